"""Tables beside the figures: queries/reports/*.sql, run for a filter and put into words.

Also what a page must know before it draws: which years and departments there are, whether there is
anything at all, and which files it came from. A report that names people says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from dashboard.contracts import DATASETS, accounts, clock, codes, moves, occasions
from dashboard.contracts.model import Code, CodeList
from dashboard.dimensions import DIMENSIONS, NOT_SAID, UNCLASSIFIED, UNSAID
from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.periods import Period, calendar_year
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, ReportColumn, load
from dashboard.survival import median
from dashboard.text import Lang, Text

Row = dict[str, Any]

STAGES = CodeList(
    "stage",
    (
        Code("submitted", Text("征集", "Submitted")),
        Code("filed", Text("立案", "Filed")),
        Code("assigned", Text("交办", "Assigned")),
        Code("replied", Text("答复", "Answered")),
        Code("followed_up", Text("落实", "Followed up")),
    ),
)
REGISTER = CodeList("register", tuple(Code(one.name, one.label) for one in DATASETS.values()))
UNKNOWN = CodeList("subject", (Code(UNCLASSIFIED, Text("未归类", "Unclassified")),))
LISTS = {
    known.name: known
    for known in (
        *vars(codes).values(),
        *vars(accounts).values(),
        *vars(clock).values(),
        *vars(moves).values(),
        *vars(occasions).values(),
        STAGES,
        REGISTER,
        UNKNOWN,
    )
    if isinstance(known, CodeList)
}


class Reads(Protocol):
    """A warehouse, or one moment of it."""

    def read(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]: ...


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report as read: every row has a value for every column; of a label, `x_code` is the code.

    `ignored` are the dimensions that are chosen and that it cannot be narrowed to: then it has no
    rows, rather than the whole school's.
    `hidden` are the cells, by row and column, that would tell of too few people: they are None.
    `private`: its rows are people, and not read for a wall. `small`: it would tell of too few.
    """

    query: Query
    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()
    hidden: frozenset[tuple[int, str]] = frozenset()
    private: bool = False
    small: bool = False

    @property
    def columns(self) -> tuple[ReportColumn, ...]:
        return self.query.columns

    @property
    def needs(self) -> tuple[str, ...]:
        return self.query.needs

    def only(self, column: str, code: str) -> ReportRows:
        """The rows with one code in a column of labels."""
        kept = [at for at, row in enumerate(self.rows) if row[f"{column}_code"] == code]
        hidden = {(kept.index(at), name) for at, name in self.hidden if at in kept}
        return replace(self, rows=tuple(self.rows[at] for at in kept), hidden=frozenset(hidden))


@cache
def queries() -> dict[str, Query]:
    """The reports' SQL by name; raises BadDefinition for one that names what is not known."""
    found = load(QUERIES / "reports")
    faults = [
        f"{name}: {odd}"
        for name, query in found.items()
        for odd in [n for n in query.needs if n not in DATASETS]
        + [c.codes for c in query.columns if c.codes and c.codes not in LISTS]
    ]
    if faults:
        raise BadDefinition("reports: unknown: " + ", ".join(faults))
    return found


def run(reader: Reads, name: str, filters: Filters, lang: Lang) -> ReportRows:
    """One report for a view, codes in words."""
    query = queries()[name]
    ignored = tuple(
        dimension
        for dimension, value in filters.chosen
        if dimension not in query.parameters or value == UNSAID
    )
    found = [] if ignored else reader.read(query.sql, bound(query, filters))
    ignored = ignored if found else ignored or _untold(reader, query, filters)
    return ReportRows(query, tuple(worded(query, row, lang) for row in found), ignored)


def _untold(reader: Reads, query: Query, filters: Filters) -> tuple[str, ...]:
    """Of what is chosen, what a register has a column for but never says: as good as none."""
    return tuple(
        name
        for name, _ in filters.chosen
        for need in query.needs
        if (column := DIMENSIONS[name].told_by) in DATASETS[need].stored()
        and reader.read(f"select bool_or({column} is not null) as told from {need}")[0]["told"]  # noqa: S608 - our own names
        is False
    )


def bound(query: Query, filters: Filters) -> dict[str, object]:
    """A query's parameters; it may take only those a filter knows."""
    known: dict[str, object] = {
        "start": filters.span.start,
        "as_of": filters.as_of,
        "until": filters.period.end,
        "today": filters.today,
    }
    known |= {name: filters.value(name) for name in DIMENSIONS}
    if strange := sorted(query.parameters - known.keys()):
        raise BadDefinition(f"{query.name}: no filter knows {', '.join(strange)}")
    return {name: value for name, value in known.items() if name in query.parameters}


def worded(query: Query, row: Row, lang: Lang) -> Row:
    """A row as people read it: what is divided outside, and codes in words."""
    shown = row | {name: _share(row, *of) for name, of in query.shares.items()}
    shown |= {name: _median(row, *of)(lang) for name, of in query.medians.items()}
    for column in query.columns:
        if column.kind == "label":
            shown |= {f"{column.name}_code": row[column.name]}
            shown[column.name] = _said(column, row[column.name], lang)
    return shown


def _share(row: Row, part: str, whole: str) -> float | None:
    """For display: a share of nothing is no share."""
    if row[part] is None or not row[whole]:
        return None
    return float(Fraction(row[part]) / Fraction(row[whole]))


def _median(row: Row, ended: str, running: str) -> Text:
    """An empty list comes as None from the database."""
    return median(row[ended] or (), row[running] or ()).words


def _said(column: ReportColumn, value: str | None, lang: Lang) -> str:
    """A code's label; a school's own word stays as it is."""
    if value is None:
        return NOT_SAID(lang)
    known = {code.value: code.label for code in LISTS[column.codes].codes} if column.codes else {}
    return known[value](lang) if value in known else value


# -- what there is ----------------------------------------------------------------------------


def years_with_data(reader: Reads) -> list[int]:
    """Calendar years in which something is dated, oldest first."""
    rows = reader.read("select distinct year(on_day) as found from dated_days order by found")
    return [row["found"] for row in rows]


def default_period(reader: Reads, today: date) -> Period:
    """The latest calendar year that has data, not later than today's; today's if none has.

    A roster only says who could have come: where anything was done, that decides.
    """
    rows = reader.read("select distinct dataset, year(on_day) as found from dated_days")
    rosters = {name for name, dataset in DATASETS.items() if dataset.shape == "snapshot"}
    done = {r["found"] for r in rows if r["dataset"] not in rosters and r["found"] <= today.year}
    listed = {r["found"] for r in rows if r["found"] <= today.year}
    return calendar_year(max(done or listed, default=today.year))


def values(reader: Reads) -> dict[str, tuple[str, ...]]:
    """What each dimension can be narrowed to: in its own order, else in that of pinyin."""
    rows = reader.read("select * from dimension_values order by value collate zh")
    found = {name: [r["value"] for r in rows if r["dimension"] == name] for name in DIMENSIONS}
    return {name: tuple(sorted(held, key=_place(name))) for name, held in found.items()}


def _place(dimension: str) -> Callable[[str], int]:
    """Sorting is stable: what has no place of its own stays where it is."""
    words = DIMENSIONS[dimension].words
    places = {value: place for place, value in enumerate(words)}
    return lambda value: places.get(value, len(places))


def datasets(reader: Reads) -> tuple[str, ...]:
    """The registers that hold anything."""
    rows = reader.read("select distinct dataset from dated_days order by dataset")
    return tuple(row["dataset"] for row in rows)
