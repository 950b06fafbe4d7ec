"""The kinds of record the fictional school holds: what a careful reader finds in its files.

Nothing here knows how a file looks. A record is in the model only if the files state it in a
readable way, so every figure of the dashboard can be computed a second time from these lists.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """One life at the school; the rosters are cut from it, one per as-of date."""

    staff_id: str
    name: str
    sex: str
    born: date
    dept: str
    post: str
    employment: str
    hired: date
    politics: str
    joined: date | None  # joined the union; None: never did
    carded: date | None  # service card issued
    ended: date | None  # last working day
    ending: str  # 退休 or 离职; empty while working
    office: str  # office in the union
    id_number: str  # must never reach the database
    mobile: str  # must never reach the database


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One row of one staff roster."""

    as_of: date
    staff_id: str
    name: str
    sex: str
    born: date
    dept: str
    post: str
    employment: str
    hired: date
    status: str
    ended: date | None


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """One row of one member roster."""

    as_of: date
    staff_id: str
    name: str
    sex: str
    born: date
    politics: str
    dept: str
    group: str
    joined: date
    standing: str
    office: str
    card: bool


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of the activity register; `planned` is empty for an unplanned activity."""

    name: str
    kind: str
    target: str
    planned: str  # YYYY-MM
    held: date | None
    owner: str
    expected: int | None
    present: int | None
    budget: Decimal | None
    spent: Decimal
    status: str
    listing: str  # where its sign-in list is: 汇总 (the year's CSV), 单独 (own file), or empty


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one activity; `staff_id` is empty for people on no roster."""

    activity: str
    held: date
    staff_id: str
    name: str
    dept: str
    state: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One booking; `subject` is the plain label of the chart of accounts."""

    day: date
    voucher: str
    summary: str
    subject: str
    income: Decimal
    expense: Decimal
    balance: Decimal
    handler: str
    activity: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One approved amount; level 1 lines equal the sum of their level 2 lines."""

    year: int
    code: str
    subject: str
    parent: str
    level: int
    amount: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One submitted form; `outcome` is A, B, C or empty."""

    number: str
    session: str
    submitted: date
    proposers: tuple[str, ...]
    seconders: tuple[str, ...]
    dept: str
    category: str
    title: str
    review: str
    merged_into: str
    filed: date | None
    lead: str
    assist: str
    assigned: date | None
    due: date | None
    replied: date | None
    outcome: str
    rating: str
    done: date | None


@dataclass(frozen=True, slots=True)
class Vote:
    """One motion put to the vote; everybody present took part."""

    session: str
    meeting: str
    held: date
    motion: str
    method: str
    due: int
    present: int
    observers: int
    void: int
    in_favour: int
    against: int
    abstained: int
    adopted: bool


@dataclass(frozen=True, slots=True)
class School:
    """Everything the files state; `opening` is the balance brought into each year."""

    name: str
    people: tuple[Person, ...]
    roster: tuple[RosterEntry, ...]
    members: tuple[MemberEntry, ...]
    activities: tuple[Activity, ...]
    attendance: tuple[Attendance, ...]
    ledger: tuple[LedgerLine, ...]
    opening: dict[int, Decimal]
    budget: tuple[BudgetLine, ...]
    proposals: tuple[Proposal, ...]
    votes: tuple[Vote, ...]
