"""Passwords tried in a row, per name: five wrong ones lock it for 1, 2, 4 … 30 minutes.

Names nobody has are counted alike, so that a lock does not tell which names there are.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3

from dashboard.errors import RefusedSignIn

_FREE = 5  # tries before the first lock
_LONGEST = 30  # minutes
_FORGOTTEN = 24 * 3600.0  # seconds without a try
_KEPT = 10_000  # names; whoever sends more invents them


def set_right(connection: sqlite3.Connection, now: float) -> None:
    """A clock that was set back locks nobody out for longer: what is yet to come begins now."""
    sql = "update attempts set until = :now + (until - last), last = :now where last > :now"
    connection.execute(sql, {"now": now})


def count(connection: sqlite3.Connection, name: str, now: float) -> None:
    """Count one try as wrong before it is looked at, so that many at once are no way round; a
    right one is forgotten after (`forget`). Raises RefusedSignIn "locked" (minutes, seconds).
    """
    digest = _digest(name)
    connection.execute("delete from attempts where last < ?", (now - _FORGOTTEN,))
    sql = "select wrong, until from attempts where folded = ?"
    found = connection.execute(sql, (digest,)).fetchone()
    if found and found["until"] > now:
        left = found["until"] - now
        raise RefusedSignIn("locked", minutes=math.ceil(left / 60), seconds=math.ceil(left))
    wrong = (found["wrong"] if found else 0) + 1
    values = (digest, wrong, now, now + _lock(wrong))
    connection.execute("insert or replace into attempts values (?, ?, ?, ?)", values)
    connection.execute(
        "delete from attempts where folded in"
        " (select folded from attempts order by last desc limit -1 offset ?)",
        (_KEPT,),
    )


def forget(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("delete from attempts where folded = ?", (_digest(name),))


def _lock(wrong: int) -> float:
    """Seconds: none before the fifth, then a minute, twice as long each time."""
    return 0.0 if wrong < _FREE else 60.0 * min(2 ** (wrong - _FREE), _LONGEST)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
