"""`python -m dashboard history|undo`: what was imported, and the way back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dashboard import deeds, lines
from dashboard.documents import import_document, plain
from dashboard.settings import Settings, data_folder, user_name
from dashboard.warehouse import Import
from dashboard.workspaces import Workspaces


def history_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=None)
    command.add_argument("--json", action="store_true")


def undo_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("import_id", type=int, metavar="ID")
    command.add_argument(
        "--unwind",
        action="store_true",
        help="连同之后的导入一起撤销 / take the imports after it back, too",
    )
    history_arguments(command)


def history(options: argparse.Namespace) -> int:
    with _workspaces(options) as spaces:
        warehouse = spaces.warehouse("school")
        sys.stderr.write(lines.doubts(warehouse.verified, options.lang))
        return _print(options, warehouse.history())


def undo(options: argparse.Namespace) -> int:
    """Take an import back and show it, struck out. Raises what Warehouse.undo raises."""
    with _workspaces(options) as spaces:
        warehouse = spaces.warehouse("school")
        undone = warehouse.undo(options.import_id, user_name(), unwind=options.unwind)
        deeds.undone(_data(options), "local", undone)
        numbers = {found.import_id for found in undone}
        return _print(options, [one for one in warehouse.history() if one.import_id in numbers])


def _print(options: argparse.Namespace, imports: Sequence[Import]) -> int:
    if options.json:
        told = [import_document(found) for found in imports]
        sys.stdout.write(json.dumps(told, ensure_ascii=False, default=plain) + "\n")
    else:
        sys.stdout.write("\n".join(lines.history(imports, options.lang)) + "\n")
    return 0


def _data(options: argparse.Namespace) -> Path:
    return options.data.resolve() if options.data else data_folder()


def _workspaces(options: argparse.Namespace) -> Workspaces:
    return Workspaces(replace(Settings(), data=_data(options)))
