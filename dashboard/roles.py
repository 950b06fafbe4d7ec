"""Who may do what: five roles, the deeds and the rows each has a right to; all else is denied.

Rows that tell of persons are opened by register: who reads a list needs every register it is read
from. What a role may not read by rows it gets as the wall gets it: summed, small groups hidden,
no name (docs/decisions/009, 012).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from dashboard.errors import Denied
from dashboard.text import Text


class Role(StrEnum):
    """What somebody is in the union."""

    OFFICER = "officer"
    AUDITOR = "auditor"
    PRINCIPAL = "principal"
    DELEGATE = "delegate"
    PROJECTOR = "projector"


ROLES: dict[Role, Text] = {
    Role.OFFICER: Text("主席/委员", "Officer"),
    Role.AUDITOR: Text("经审", "Auditor"),
    Role.PRINCIPAL: Text("校长", "Principal"),
    Role.DELEGATE: Text("代表", "Delegate"),
    Role.PROJECTOR: Text("投影", "Projector"),
}

Right = Literal[
    "import",  # read files, store them, take imports back
    "explore",  # drop any table in, ask in SQL, pin charts, read a work plan
    "settings",  # the school's settings
    "export",  # take slides, reports, workbooks away: without persons
    "unmask",  # … with persons, and names on the wall
    "persons",  # export, correct, delete one person
    "keep",  # back up and restore
    "status",  # how the house is
]
_READING: frozenset[Right] = frozenset({"export"})
_ALL: frozenset[Right] = frozenset(
    {"import", "explore", "settings", "export", "unmask", "persons", "keep", "status"}
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OFFICER: _ALL,
    Role.AUDITOR: _READING,
    Role.PRINCIPAL: _READING,
    Role.DELEGATE: frozenset(),
    Role.PROJECTOR: frozenset(),
}

# The registers whose rows a role reads; an officer reads all. The auditor examines the accounts;
# the principal answers proposals and sees the plan carried out; nobody's illness, gift or absence
# is needed for either.
_ROWS: dict[Role, frozenset[str]] = {
    Role.AUDITOR: frozenset({"ledger", "budget"}),
    Role.PRINCIPAL: frozenset({"proposals", "activities", "budget", "votes"}),
}


# Of those, where it needs the names, too: who was paid. A proposal is answered, not its author.
_NAMES: dict[Role, frozenset[str]] = {Role.AUDITOR: frozenset({"ledger", "budget"})}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks. `who` goes into records and is no name: `local`, or an account's number (`u3`).

    `administrator`: manages accounts, and may look at the pages as another role.
    """

    who: str
    name: str
    role: Role
    administrator: bool = False

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def demand(self, right: Right) -> None:
        """Raises Denied where the role has no such right."""
        if not self.may(right):
            raise Denied(ROLES[self.role], right)

    def reads(self, *registers: str) -> bool:
        """Whether rows of persons from all of these registers are for these eyes."""
        return reads(self.role, *registers)

    @property
    def eyes(self) -> tuple[Role, ...]:
        """The other roles an administrator may look as: those that see no more than their own."""
        if not self.administrator:
            return ()
        return tuple(role for role in Role if role is not self.role and _is_less(role, self.role))

    def seeing_as(self, role: Role) -> Identity:
        """The same person with the eyes of another role, and no more than those: an
        administrator's means to check. Themselves where they may not.
        """
        return replace(self, role=role, administrator=False) if role in self.eyes else self


def _is_less(role: Role, than: Role) -> bool:
    """Whether a role may do and read nothing that the other may not."""
    if role is Role.OFFICER or not RIGHTS[role] <= RIGHTS[than]:
        return False
    rows = _ROWS.get(role, frozenset())
    return than is Role.OFFICER or rows <= _ROWS.get(than, frozenset())


def reads(role: Role, *registers: str) -> bool:
    """Whether a role reads the rows of all of these registers; of none named, only an officer."""
    if role is Role.OFFICER:
        return True
    return bool(registers) and set(registers) <= _ROWS.get(role, frozenset())


def names(role: Role, register: str) -> bool:
    """Whether a role reads the names in a register's cells; other roles get pseudonyms."""
    return role is Role.OFFICER or register in _NAMES.get(role, frozenset())


LOCAL = Identity("local", "", Role.OFFICER, administrator=True)
