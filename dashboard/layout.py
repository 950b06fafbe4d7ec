"""A page is a value: rows of blocks. Screen, slides and documents are drawn from the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.exploring.charting.recipe import Counted
from dashboard.kpis import KPIS
from dashboard.roles import Role
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Tiles:
    """A row of tiles, one per figure."""

    kpis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Twelve months of one or several figures of the same unit."""

    kpis: tuple[str, ...]
    title: Text
    hint: Text = Text("", "")
    shape: Literal["line", "bar"] = "line"


@dataclass(frozen=True, slots=True)
class Years:
    """Up to five years of one figure, month by month.

    `projected`: from the period's start, with an estimate of the whole; only what adds up by month.
    How its points are to be read follows from the period, and is said on the screen.
    """

    kpi: str
    title: Text
    projected: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One figure by one dimension; with `choices` by any of them, the first at first."""

    kpi: str
    title: Text
    hint: Text = Text("", "")
    by: str = "department"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Funnel:
    """Figures that are stages, each no wider than the one before."""

    kpis: tuple[str, ...]
    title: Text
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Moves:
    """Two figures, who came and who went, over the stretches of days that a report tells."""

    joined: str
    left: str
    report: str
    title: Text
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Unmet:
    """The cases behind a figure's gap, what to do first at the top."""

    kpi: str
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Table:
    """A report's rows, or `only` those with one code in a column of labels."""

    report: str
    title: Text
    hint: Text = Text("", "")
    only: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CalendarHeat:
    """A report that counts by month and by what its rows open: twelve months across."""

    report: str
    title: Text
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Sankey:
    """A report's `source`, `target` and `value` as flows."""

    report: str
    title: Text
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The rules over spending: what was checked, and what asks for a look."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """What calls for attention, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Files in, preview, confirm."""


@dataclass(frozen=True, slots=True)
class Explore:
    """Any spreadsheet in: what it says, at once; nothing is stored."""


@dataclass(frozen=True, slots=True)
class PlanText:
    """A work plan as text in: its items, for review and for the import."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A chart of a dropped table, as it was pinned: its numbers themselves, of which table, and
    which of its rows it is kept to. `fewest`: of how many different people the mark of the fewest
    is, where the table names them.
    """

    counted: Counted
    source: Text
    kept: Text = Text("", "")
    fewest: int | None = None

    @property
    def title(self) -> Text:
        return self.counted.title


@dataclass(frozen=True, slots=True)
class NothingPinned:
    """How charts come to stand here; in their place until there are any."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Every figure: words, formula, SQL, source, target."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the school sets itself."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The backups: a new one, one brought back, an archive."""


@dataclass(frozen=True, slots=True)
class Persons:
    """One person's data: found, handed over, corrected, deleted."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the house is."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who may sign in, and who opened what."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The figure the address names, down to its rows and their cells."""


Block = (
    Tiles
    | Trend
    | Years
    | Breakdown
    | Funnel
    | Moves
    | Unmet
    | Table
    | CalendarHeat
    | Sankey
    | Ceilings
    | Alerts
    | Upload
    | Explore
    | PlanText
    | Pinned
    | NothingPinned
    | Definitions
    | Proof
    | Settings
    | Keeping
    | Persons
    | Status
    | Accounts
)

Charted = Trend | Years | Breakdown | Funnel | Moves | CalendarHeat | Sankey
Titled = Charted | Table | Pinned

EVERYBODY = tuple(Role)
READERS = (Role.OFFICER, Role.AUDITOR, Role.PRINCIPAL)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` is its ASCII address, `question` what it answers, `rows` from top down.

    `filtered` is False where period and department mean nothing (upload, definitions).
    `seen_by`: an officer, unless it says who else.
    """

    path: str
    order: int
    title: Text
    question: Text
    icon: str
    group: Literal["board", "data", "house"]
    rows: tuple[tuple[Block, ...], ...]
    filtered: bool = True
    seen_by: tuple[Role, ...] = (Role.OFFICER,)


def presents(page: Page) -> bool:
    """Whether a meeting may be shown anything of it."""
    bare = any(isinstance(block, NothingPinned) for row in page.rows for block in row)
    return page.group == "board" and not bare


def pins(page: Page) -> bool:
    """Whether charts of dropped tables stand on it."""
    return any(isinstance(block, Pinned) for row in page.rows for block in row)


def asked(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures and the reports a page needs, each once."""
    kpis: dict[str, None] = {}
    reports: dict[str, None] = {}
    for block in (block for row in page.rows for block in row):
        kpis |= dict.fromkeys(figures(block))
        if isinstance(block, Table | Moves | CalendarHeat | Sankey):
            reports[block.report] = None
    return tuple(kpis), tuple(reports)


def years(page: Page) -> tuple[str, ...]:
    """The figures a page tells over several years."""
    blocks = (block for row in page.rows for block in row)
    return tuple(dict.fromkeys(block.kpi for block in blocks if isinstance(block, Years)))


def checks(page: Page) -> bool:
    """Whether the page tells what the rules over spending say."""
    return any(isinstance(block, Ceilings) for row in page.rows for block in row)


def watches(page: Page) -> bool:
    """Whether the page tells what calls for attention."""
    return any(isinstance(block, Alerts) for row in page.rows for block in row)


def unmet(page: Page) -> tuple[str, ...]:
    """The figures whose gap a page lists case by case."""
    blocks = (block for row in page.rows for block in row)
    return tuple(dict.fromkeys(block.kpi for block in blocks if isinstance(block, Unmet)))


def figures(block: Block) -> Sequence[str]:
    """The figures a block tells."""
    if isinstance(block, Tiles | Trend | Funnel):
        return block.kpis
    if isinstance(block, Moves):
        return block.joined, block.left
    if isinstance(block, Years | Breakdown | Unmet):
        return (block.kpi,)
    return tuple(KPIS) if isinstance(block, Definitions) else ()
