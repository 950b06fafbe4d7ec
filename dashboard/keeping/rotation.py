"""Which backups stay: 7 daily, 4 weekly, 12 monthly ones, by the calendar.

The first backup of a week and of a month is kept once more under that name, as a second link to
the same files: nothing is made anew, and what is removed in one place stands in the other. Each
week and month is known by the day in a backup's own name. What goes is what was made first, by the
count of backups and not by the clock, which may be wrong.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from dashboard.keeping.disk import UNFINISHED, doubled, made, settled
from dashboard.keeping.manifest import order

log = logging.getLogger(__name__)

Kind = Literal["daily", "weekly", "monthly", "by_hand", "before"]
KEPT: dict[Kind, int] = {"daily": 7, "weekly": 4, "monthly": 12, "by_hand": 5, "before": 5}
_PROMOTED: tuple[Kind, ...] = ("weekly", "monthly")
_FORM = "%Y%m%d-%H%M%S"
_DIGITS = len("20260101-000000")
_MOST = 2  # go at a time: one more than comes


def name_of(at: datetime) -> str:
    """`20260105-173000`."""
    return at.strftime(_FORM)


def day_of(name: str) -> datetime | None:
    """When a backup of this name was made; None where it is no backup's name."""
    try:
        return datetime.strptime(name[:_DIGITS], _FORM)
    except ValueError:
        return None


def rotate(place: Path, kind: Kind, name: str) -> None:
    """Keep the new backup for its week and month where it is their first; let go of the oldest.

    What fails is logged only: the new backup is whole.
    """
    if kind in ("daily", "by_hand"):
        for longer in _PROMOTED:
            with _only_logged(longer):
                _promote(place / kind / name, place / longer / name, longer)
    for each, count in KEPT.items():
        with _only_logged(each):
            for old in _surplus(place / each, count):
                if old.name != name:
                    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _only_logged(kind: Kind) -> Iterator[None]:
    try:
        yield
    except OSError:
        log.exception("the folder of the %s backups", kind)


def names(folder: Path) -> list[str]:
    """The backups in a folder, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(
        path.name
        for path in folder.iterdir()
        if day_of(path.name) and not path.name.endswith(UNFINISHED)
    )


def _promote(new: Path, place: Path, kind: Kind) -> None:
    if day_of(new.name) is None or _stretch(new.name, kind) in {
        _stretch(name, kind) for name in names(place.parent)
    }:
        return
    aside = made(place.parent) / (place.name + UNFINISHED)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    for file in new.iterdir():
        doubled(file, aside / file.name)
    settled(aside, place)


def _stretch(name: str, kind: Kind) -> tuple[int, int]:
    """The week or month a backup lies in."""
    day = day_of(name) or datetime.min
    year, week, _ = day.isocalendar()
    return (year, week) if kind == "weekly" else (day.year, day.month)


def _surplus(folder: Path, count: int) -> list[Path]:
    """Those above `count` that were made first."""
    found = [folder / name for name in names(folder)]
    above = max(0, len(found) - count)
    return sorted(found, key=order)[: min(above, _MOST)] if above else []
