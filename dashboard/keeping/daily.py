"""The clock of a running server: a backup a day when something has changed, and what commands ask.

One thread. A backup that fails is tried again at the next look, and what was wrong stands in
`backups/school/failed.json` until one succeeds, for the page to tell.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.keeping import backups, deeds, mailbox
from dashboard.keeping.asked import Answer, Asked, answer
from dashboard.keeping.disk import made
from dashboard.keeping.manifest import DATABASE
from dashboard.text import Text
from dashboard.workspaces import SCHOOL, Workspaces

log = logging.getLogger(__name__)

_FAILED = "failed.json"
_PASSING = ("keeping_busy", "busy", "in_use")  # another deed or program is at it just now
_GLANCE = 0.5  # seconds between two looks into the mailbox
_LAST = 1.5  # seconds that the end of the program waits
_FIRST, _BETWEEN = 20.0, 600.0  # seconds after the start, and between two looks at the calendar
FAULT = Text(
    "程序出错，没有完成。现有数据未改动；请查看日志。",
    "A fault of the program stopped it. The data is unchanged; see the log.",
)


class Keeper(threading.Thread):
    """Ends with the process, or at `stop`. `now` is the clock."""

    def __init__(
        self,
        data: Path,
        spaces: Callable[[], Workspaces],
        now: Callable[[], datetime] = datetime.now,
        first: float = _FIRST,
    ) -> None:
        super().__init__(name="keeper", daemon=True)
        self._data, self._spaces, self._now = data, spaces, now
        self._left, self._ended = first, threading.Event()

    def run(self) -> None:
        """Look into the mailbox now and then, and at the calendar seldom."""
        self._safely(lambda: deeds.begin(self._spaces()))
        while not self._ended.wait(_GLANCE):
            self._safely(lambda: mailbox.answer_all(self._data, self._carry_out))
            self._left -= _GLANCE
            if self._left <= 0:
                self._left = _BETWEEN
                self._safely(lambda: daily(self._data, self._spaces, self._now()))

    def stop(self) -> None:
        """No further look; a backup under way has a moment to end, and else leaves a `.tmp`."""
        self._ended.set()
        self.join(_LAST)

    def _carry_out(self, asked: Asked) -> Answer:
        try:
            return answer(self._spaces(), asked)
        except Exception:
            log.exception("a request of the command line")
            return Answer(False, (FAULT,))

    def _safely(self, look: Callable[[], object]) -> None:
        """The clock goes on, whatever happens in one look."""
        try:
            look()
        except DashboardError as refusal:
            log.warning("keeping: %s", refusal.code)
        except Exception:
            log.exception("keeping")


def daily(data: Path, spaces: Callable[[], Workspaces], now: datetime) -> bool:
    """Back up where it is due; answers whether it was done. Raises what the backup does."""
    if not (data / SCHOOL / DATABASE).exists():
        return False
    try:
        if not backups.due(data, spaces().warehouse(SCHOOL).version, now):
            return False
        deeds.back_up(spaces(), "system", "daily", now)
    except DashboardError as refusal:
        if refusal.code not in _PASSING:
            _note(data, refusal, now)
        raise
    _place(data).unlink(missing_ok=True)
    return True


def failure(data: Path) -> tuple[datetime, Text] | None:
    """When the last daily backup failed and why; None where none did since."""
    try:
        held = json.loads(_place(data).read_text(encoding="utf-8"))
        return datetime.fromisoformat(held["at"]), Text(held["zh"], held["en"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note(data: Path, refusal: DashboardError, now: datetime) -> None:
    told = {"at": now.isoformat(), "zh": refusal.message.zh, "en": refusal.message.en}
    made(_place(data).parent)
    _place(data).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _place(data: Path) -> Path:
    return backups.place(data) / _FAILED
