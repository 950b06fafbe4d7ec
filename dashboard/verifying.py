"""`python -m dashboard verify`: whether what is kept is as it was written, and the house is sound.

Exit 0 where all of it is, 1 where something asks to be mended. The checks are those of the page
Status (`dashboard.checkup`); while the server holds the data it is asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from dashboard.checkup import CHECKS, made
from dashboard.settings import Settings, data_folder
from dashboard.workspaces import Workspaces

_MARKS = {"ok": "✓", "doubt": "!", "bad": "✗"}
_FOR_THE_PAGE = ("memory", "retention")  # say nothing of what is kept being whole


def arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=None)
    command.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Make every check, reading everything back."""
    folder = options.data.expanduser().resolve() if options.data else data_folder()
    wanted = {name: check for name, check in CHECKS.items() if name not in _FOR_THE_PAGE}
    with Workspaces(replace(Settings(), data=folder)) as spaces:
        found = {name: made(check, spaces, thorough=True) for name, check in wanted.items()}
    if options.json:
        told = {
            name: {
                "whole": one.state != "bad",
                "state": one.state,
                "words": one.words(options.lang),
            }
            for name, one in found.items()
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        for name, one in found.items():
            label = CHECKS[name].label(options.lang)
            sys.stdout.write(f"{_MARKS[one.state]} {label}: {one.words(options.lang)}\n")
    return 1 if any(one.state == "bad" for one in found.values()) else 0
