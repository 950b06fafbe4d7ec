"""What can go wrong that is not bad data (bad data is an `Issue`, a value).

    DashboardError
    ├── RefusedFile        a file that cannot be read at all; says what to do
    ├── RefusedImport      an import that cannot be stored; nothing of it was
    ├── RefusedUndo        an import that cannot be taken back; nothing was
    ├── RefusedBackup      a backup that cannot be made or brought back; nothing was changed
    ├── RefusedRequest     a period, department or dataset nobody knows
    ├── WorkspaceBusy      another program holds the school's database
    ├── RefusedSignIn      a name and a password nobody has, or tried too often
    ├── Denied             a role has no right to it; says which would
    ├── Cancelled          an export that was stopped; nothing of it was kept
    ├── MissingFont        no typeface here writes Chinese; says where to get one
    └── BadDefinition      a contract, query, KPI or page of ours is wrong: a bug

Each carries a stable code and its message in both languages.
"""

from __future__ import annotations

from dashboard.refusals import REFUSALS
from dashboard.text import Text


def cause(failure: Exception) -> str:
    """What the system or SQLite says went wrong, and no path or value: their words hold those."""
    said = getattr(failure, "strerror", "") or getattr(failure, "sqlite_errorname", "")
    return said or type(failure).__name__


class DashboardError(Exception):
    """Base: `code` is stable, `message` is for people. `values` fill the message's marks."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        self.message = REFUSALS[code].format(**values)
        super().__init__(f"{code}: {self.message.en}")


class RefusedFile(DashboardError):
    """A file that cannot be read at all."""


class RefusedImport(DashboardError):
    """An import of which nothing was stored."""


class RefusedUndo(DashboardError):
    """An undo of which nothing was done; `imports` are the numbers of those in the way."""

    def __init__(self, code: str, imports: tuple[int, ...], **values: object) -> None:
        super().__init__(code, **values)
        self.imports = imports


class RefusedBackup(DashboardError):
    """A backup that cannot be made, or not be brought back; what stands was not changed."""


class RefusedRequest(DashboardError):
    """Asked for something that does not exist, or is written in a way we cannot read."""


class WorkspaceBusy(DashboardError):
    """The database belongs to another running program, or cannot be opened."""


class RefusedSignIn(DashboardError):
    """Somebody who is not let in: `wrong`, `locked` (minutes, seconds) or `crowded`."""


class Denied(DashboardError):
    """Somebody asked for what their role has no right to; `right` is what was missing."""

    def __init__(self, role: Text, right: str) -> None:
        super().__init__("denied", role=role)
        self.right = right


class Cancelled(DashboardError):
    """Long work that somebody stopped."""

    def __init__(self) -> None:
        super().__init__("cancelled")


class MissingFont(DashboardError):
    """A document that would have blanks where there are words; none was made."""


class BadDefinition(DashboardError):
    """Our own definition is wrong; told at start, never to a user in the middle of work."""

    def __init__(self, reason: str) -> None:
        super().__init__("definition", reason=reason)
