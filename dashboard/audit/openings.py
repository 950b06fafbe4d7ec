"""Who opened which page how often: noted at most once an hour, counted over the last 30 days."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.audit.reading import entries
from dashboard.audit.writing import note
from dashboard.errors import WorkspaceBusy

log = logging.getLogger(__name__)

_HOUR = timedelta(hours=1)
_DAYS = 30
_noted: dict[Path, dict[tuple[str, str], datetime]] = {}  # of the last hour, by data folder
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Opening:
    """One person's visits to one page: hours in which it was opened, and the last of them."""

    who: str
    page: str
    times: int
    last: datetime


def opened_page(folder: Path, who: str, page: str, at: datetime | None = None) -> None:
    """Note that somebody opened a page, unless it was noted in the hour before. The log is read
    once a process, not at each opening. On a full disk it is not noted, and the page is shown.
    """
    now = at or datetime.now(UTC)
    with _lock:
        try:
            _open(folder, who, page, now)
        except WorkspaceBusy as failure:
            log.warning("an opened page was not noted: %s", failure.code)


def _open(folder: Path, who: str, page: str, now: datetime) -> None:
    if folder not in _noted:
        _noted[folder] = _of_the_last_hour(folder, now)
    known = _noted[folder]
    if abs(now - known.get((who, page), now - _HOUR)) < _HOUR:  # the clock may have been set back
        return
    note(folder, "opened", who, now, page=page)
    for key in [key for key, when in known.items() if abs(now - when) >= _HOUR]:
        del known[key]
    known[who, page] = now


def _of_the_last_hour(folder: Path, now: datetime) -> dict[tuple[str, str], datetime]:
    found = entries(folder, now - _HOUR, "opened")
    return {(entry.who, str(entry.facts.get("page"))): entry.at for entry in found}


def opened(folder: Path, days: int = _DAYS, now: datetime | None = None) -> list[Opening]:
    """Who opened which page in the last days, whoever did most first."""
    found = entries(folder, (now or datetime.now(UTC)) - timedelta(days=days), "opened")
    last = {(entry.who, str(entry.facts.get("page"))): entry.at for entry in found}
    times = Counter((entry.who, str(entry.facts.get("page"))) for entry in found)
    return [Opening(*key, n, last[key]) for key, n in times.most_common()]
