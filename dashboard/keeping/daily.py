"""The clock of a running server: a backup a day when something has changed, and what commands ask.

One thread. A backup that fails is tried again at the next look, and what was wrong stands in
`backups/school/failed.json` until one succeeds, for the page to tell; where that cannot be
written, in `backup.failed.json` beside the backups.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dashboard.errors import DashboardError, cause
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
    except Exception as failure:
        _tell(data, failure, now)
        raise
    for path in _places(data):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return True


def failure(data: Path) -> tuple[datetime, Text] | None:
    """When the last daily backup failed and why; None where none did since."""
    return next((told for path in _places(data) if (told := _read(path))), None)


def _read(path: Path) -> tuple[datetime, Text] | None:
    """What was cut short by a full disk tells of a failure, too."""
    with suppress(OSError):
        words, at = path.read_bytes(), path.stat().st_mtime
        try:
            held = json.loads(words)
            return datetime.fromisoformat(held["at"]), Text(str(held["zh"]), str(held["en"]))
        except (ValueError, KeyError, TypeError):
            return datetime.fromtimestamp(at), FAULT
    return None


def _tell(data: Path, failure: Exception, now: datetime) -> None:
    """In the first of its places that can be written."""
    if isinstance(failure, DashboardError) and failure.code in _PASSING:
        return
    message = failure.message if isinstance(failure, DashboardError) else FAULT
    told = {"at": now.isoformat(), "zh": message.zh, "en": message.en}
    for path in _places(data):
        try:
            made(path.parent)
            path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        except OSError as trouble:
            log.warning("a backup that failed cannot be told there: %s", cause(trouble))
        else:
            return


def _places(data: Path) -> tuple[Path, Path]:
    """Where it stands what went wrong; the second where the backups' own folder is at fault."""
    return backups.place(data) / _FAILED, data / f"backup.{_FAILED}"
