"""`python -m dashboard backup|restore|archive`: here, or by the server that holds the data."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dashboard.errors import RefusedBackup, RefusedRequest, WorkspaceBusy
from dashboard.keeping import backups, deeds, mailbox, words
from dashboard.keeping.asked import Answer, Asked, answer
from dashboard.settings import Settings, data_folder
from dashboard.text import Text
from dashboard.workspaces import Workspaces

_CONFIRM = Text(
    "输入“恢复”继续，其他任意键取消：", "Type “restore” to go on, anything else to stop: "
)
_WORDS = ("恢复", "restore")


def backup_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=None)
    command.add_argument("--list", action="store_true", help="列出已有的备份 / list them")


def restore_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "backup",
        nargs="?",
        default="",
        metavar="NAME|FILE",
        help="默认最近一份 / default: the newest",
    )
    command.add_argument("--yes", action="store_true", help="不再询问 / do not ask")
    command.add_argument("--data", type=Path, default=None)


def archive_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--to", type=Path, default=Path(), metavar="DIR")
    command.add_argument("--data", type=Path, default=None)


def backup(options: argparse.Namespace) -> int:
    """A backup by hand; or the list of those there are, which needs nobody's leave."""
    if not options.list:
        return _told(options, _asked(options, Asked("backup")))
    found = backups.distinct(_data(options))
    return _told(options, Answer(True, tuple(map(words.line, found)) or (words.NONE,)))


def restore(options: argparse.Namespace) -> int:
    """What it would bring; and, confirmed, the thing itself."""
    path = Path(options.backup)
    named = str(path.resolve()) if options.backup and path.exists() else options.backup
    seen = _asked(options, Asked("preview", named))
    if (code := _told(options, seen)) or not (options.yes or _confirmed(options)):
        if not code:
            raise RefusedBackup("unconfirmed")
        return code
    return _told(options, _asked(options, Asked("restore", named)))


def archive(options: argparse.Namespace) -> int:
    """Every register as plain files in one zip."""
    if not options.to.is_dir():
        raise RefusedRequest("no_such_folder", folder=options.to)
    place = options.to.resolve() / f"archive-{datetime.now():%Y%m%d-%H%M%S}.zip"
    return _told(options, _asked(options, Asked("archive", str(place))))


def _data(options: argparse.Namespace) -> Path:
    return Path(options.data or data_folder()).resolve()


def _asked(options: argparse.Namespace, asked: Asked) -> Answer:
    """Here, where the data is free; else by whoever has it."""
    with Workspaces(replace(Settings(), data=_data(options))) as spaces:
        try:
            spaces.warehouse("school")
            deeds.begin(spaces)
        except WorkspaceBusy as refusal:
            if refusal.code == "busy":
                return mailbox.ask(_data(options), asked)
        return answer(spaces, asked)


def _told(options: argparse.Namespace, told: Answer) -> int:
    lines = "\n".join(line(options.lang) for line in told.lines)
    (sys.stdout if told.done else sys.stderr).write(lines + "\n")
    return 0 if told.done else 2


def _confirmed(options: argparse.Namespace) -> bool:
    sys.stderr.write(_CONFIRM(options.lang))
    sys.stderr.flush()
    return sys.stdin.readline().strip() in _WORDS
