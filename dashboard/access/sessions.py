"""Who is signed in: sessions on the server, so that ending one holds at once.

The browser holds a token of 256 random bits; here lies only its SHA-256. A session ends after half
an hour without use and after eight hours in any case; a projector's is not used, only looked at.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dashboard import audit
from dashboard.access.accounts import Account
from dashboard.access.store import Store
from dashboard.errors import WorkspaceBusy
from dashboard.roles import Identity, Role

IDLE, ABSOLUTE = 30 * 60.0, 8 * 3600.0  # seconds
_OF_ONE = 150  # of one account: a whole room may be signed in under it
_EXACT = 20.0  # seconds; use is written down no more often

# Those that stand at a moment: `:now` in seconds since 1970. One from the future is none.
_STANDING = f"""
select s.number, a.name, a.role, a.administrator, s.opened, s.used, s.digest
from sessions as s join accounts as a using (number)
where a.removed_at is null and s.opened between :now - {ABSOLUTE} and :now + {_EXACT}
    and (s.used > :now - {IDLE} or a.role = '{Role.PROJECTOR}')
"""  # noqa: S608 - our own numbers
# Those of an account that are too many where one more is opened.
_SURPLUS = f"""
delete from sessions where number = :number and digest not in (
    select digest from sessions where number = :number
    order by used desc, opened desc limit {_OF_ONE - 1}
)
"""  # noqa: S608 - our own number


@dataclass(frozen=True, slots=True)
class Standing:
    """A session that stands; times in seconds since 1970."""

    identity: Identity
    opened: float
    used: float


class Sessions:
    """The sessions of one data folder; safe from any thread and any program at once.

    `now` is in seconds since 1970. Every method may raise WorkspaceBusy "storage".
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = Store(folder)

    def open(self, account: Account, *, now: float | None = None) -> str:
        """A new session's token, for the browser alone; what has ended is cleared away, and what
        one account has too many of: the longest unused.
        """
        token, when = secrets.token_urlsafe(32), _now(now)
        with self._store.writing() as connection:
            standing = f"select digest from ({_STANDING})"  # noqa: S608 - our own statement
            connection.execute(
                f"delete from sessions where digest not in ({standing})",  # noqa: S608 - ours
                {"now": when},
            )
            connection.execute(_SURPLUS, {"number": account.number})
            values = (_digest(token), account.number, when, when)
            connection.execute("insert into sessions values (?, ?, ?, ?)", values)
        return token

    def find(self, token: str, *, use: bool = True, now: float | None = None) -> Identity | None:
        """Whose session it is, None where it stands no more. To look without `use` (a poll, a
        ping) does not keep it from ending.
        """
        if not self._store.is_there:
            return None
        when, digest = _now(now), _digest(token)
        with self._store.reading() as connection:
            sql = f"{_STANDING} and s.digest = :digest"
            row = connection.execute(sql, {"now": when, "digest": digest}).fetchone()
        if row is None:
            return None
        if use and when - row["used"] > _EXACT:
            self._used(digest, when)
        return _identity(row)

    def close(self, token: str) -> None:
        """Sign out; a session that is none stays none."""
        with self._store.writing() as connection:
            connection.execute("delete from sessions where digest = ?", (_digest(token),))

    def close_all(self, number: int, *, by: str = "local") -> int:
        """Sign an account out wherever it is signed in; answers how many sessions ended."""
        with self._store.writing() as connection:
            ended = connection.execute("delete from sessions where number = ?", (number,)).rowcount
            audit.note(self._folder, "signed_out", by, account=f"u{number}", sessions=ended)
        return int(ended)

    def standing(self, *, now: float | None = None) -> list[Standing]:
        """Every session that stands, the one used last first."""
        with self._store.reading() as connection:
            rows = connection.execute(f"{_STANDING} order by s.used desc", {"now": _now(now)})
            return [Standing(_identity(row), row["opened"], row["used"]) for row in rows]

    def _used(self, digest: bytes, when: float) -> None:
        """On a full disk it is not kept, and who reads goes on reading."""
        with suppress(WorkspaceBusy), self._store.writing() as connection:
            sql = "update sessions set used = max(used, ?) where digest = ?"
            connection.execute(sql, (when, digest))


def _identity(row: sqlite3.Row) -> Identity:
    administrator = bool(row["administrator"])
    return Identity(f"u{row['number']}", row["name"], Role(row["role"]), administrator)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _now(now: float | None) -> float:
    return time.time() if now is None else now
