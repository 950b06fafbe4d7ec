"""What a command asks for, and what is answered: here, or in the server that holds the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, get_args

from dashboard.errors import DashboardError
from dashboard.keeping import backups, carrying, deeds, disk, restoring, words
from dashboard.roles import LOCAL
from dashboard.text import Text, number
from dashboard.workspaces import SCHOOL, Workspaces

Deed = Literal["backup", "preview", "restore", "archive", "verify"]


@dataclass(frozen=True, slots=True)
class Asked:
    """`named`: a backup's name, or the whole path of its folder or zip; or where an archive goes.
    Nothing: the newest backup.
    """

    deed: Deed
    named: str = ""

    @classmethod
    def read(cls, held: Any) -> Self:
        """Raises ValueError, KeyError or TypeError for what is no request."""
        if held["deed"] not in get_args(Deed):
            raise ValueError("no such deed")
        return cls(held["deed"], str(held["named"]))


@dataclass(frozen=True, slots=True)
class Answer:
    """`done` is False where it was refused; then `lines` say why."""

    done: bool
    lines: tuple[Text, ...]


def answer(spaces: Workspaces, asked: Asked) -> Answer:
    """Do it; a refusal is an answer, too."""
    try:
        return Answer(True, tuple(_CARRIED_OUT[asked.deed](spaces, asked.named)))
    except DashboardError as refusal:
        return Answer(False, (refusal.message,))


def newest(data: Path) -> str:
    """The name of the newest backup that is whole; empty where there is none."""
    return next((backup.name for backup in backups.distinct(data) if backup.is_whole), "")


def _backup(spaces: Workspaces, _: str) -> list[Text]:
    return words.made(deeds.back_up(spaces, LOCAL.who))


def _preview(spaces: Workspaces, named: str) -> list[Text]:
    with carrying.sought(spaces.data, named or newest(spaces.data)) as backup:
        return words.preview(restoring.preview(spaces, backup))


def _restore(spaces: Workspaces, named: str) -> list[Text]:
    with carrying.sought(spaces.data, named or newest(spaces.data)) as backup:
        return words.restored(deeds.restore(spaces, backup, LOCAL.who))


def _archive(spaces: Workspaces, place: str) -> list[Text]:
    with disk.whole_file(Path(place)) as file:
        counts = deeds.archived(spaces, file, LOCAL.who)
    rows = sum(counts.values())
    return [words.ARCHIVED.format(place=place, tables=len(counts), rows=number(rows))]


def _verify(spaces: Workspaces, _: str) -> list[Text]:
    """What of the data does not agree with its ledger; no line where all does."""
    found = spaces.warehouse(SCHOOL).verify()
    return [] if found.whole else [finding.message for finding in found.findings]


_CARRIED_OUT: dict[Deed, Callable[[Workspaces, str], list[Text]]] = {
    "backup": _backup,
    "preview": _preview,
    "restore": _restore,
    "archive": _archive,
    "verify": _verify,
}
