"""Times of day as people and machines write them; what has two readings is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

from dashboard.contracts.spelling import folded_figures
from dashboard.importing.columns import Cell
from dashboard.importing.values.dates import Unreadable

_CLOCK = re.compile(
    r"^(?:.*[\s日号T])?(?P<half>[上下中]午|早上|晚上|凌晨)? ?(?P<hour>\d{1,2})"
    r"(?::(?P<m1>\d{2})(?::(?P<s1>\d{2})(?:\.\d+)?)?"
    r"|[点时](?:(?P<m2>\d{1,2})分?(?:(?P<s2>\d{1,2})秒)?|半)?)"
    r" ?(?P<after>am|pm)?$",
    re.IGNORECASE,
)
_LONGEST = 60


def read_time(cell: Cell) -> str:
    """`10:39:28`, `08:30`; of a moment only its time.

    Raises Unreadable: bad_time, ambiguous_time.
    """
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return _shown(cell)
    if isinstance(cell, timedelta):
        return _of_seconds(cell.total_seconds())
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        raise Unreadable("bad_time")
    if isinstance(cell, float) and not cell.is_integer():
        if not isfinite(cell) or cell < 0:
            raise Unreadable("bad_time")
        return _of_seconds(cell % 1 * 86_400)
    return _text(f"{cell:.0f}" if isinstance(cell, (int, float)) else cell)


def _of_seconds(seconds: float) -> str:
    """A spreadsheet's moment is a part of its day."""
    whole = round(seconds)
    return _within(whole // 3600, whole // 60 % 60, whole % 60)


def _within(hour: int, minute: int, second: int) -> str:
    try:
        return _shown(time(hour, minute, second))
    except ValueError:
        raise Unreadable("bad_time") from None


def _shown(moment: time) -> str:
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def _text(text: str) -> str:
    if len(text) > _LONGEST:
        raise Unreadable("bad_time")
    words = " ".join(folded_figures(text).split()).translate(str.maketrans("時點", "时点"))
    if words.isdecimal():
        return _figures(words)
    found = _CLOCK.match(words)
    if not found:
        raise Unreadable("bad_time")
    hour, half = int(found["hour"]), (found["half"] or found["after"] or "").lower()
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if half in ("凌晨", "am") and hour == 12:
        hour = 0
    minute = 30 if words.endswith("半") else int(found["m1"] or found["m2"] or 0)
    return _within(hour, minute, int(found["s1"] or found["s2"] or 0))


def _figures(text: str) -> str:
    """HHMMSS without its leading zeros: 3000 is 00:30:00; 830 may be two times. 0830 is one."""
    if len(text) > 6:
        raise Unreadable("bad_time")
    readings = [] if len(text) == 4 and text.startswith("0") else [text.zfill(6)]
    if 3 <= len(text) <= 4:
        readings.append(text.zfill(4) + "00")
    real = {reading for reading in readings if _is_time(reading)}
    if len(real) != 1:
        raise Unreadable("ambiguous_time" if real else "bad_time")
    reading = real.pop()
    return _within(int(reading[:2]), int(reading[2:4]), int(reading[4:]))


def _is_time(digits: str) -> bool:
    return int(digits[:2]) < 24 and int(digits[2:4]) < 60 and int(digits[4:]) < 60
