"""A report as everybody may read it: no row that is a person, no small group, no free words but
those its query names, and no name in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.contracts.spelling import plain
from dashboard.contracts.subjects import is_official
from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.disclosure import Groups, K, hidden_with, is_small
from dashboard.filters import Filters
from dashboard.groups import PERSONAL, Reads, groups, school_veil
from dashboard.kpis.model import Part, Result
from dashboard.reports import LISTS, ReportRows, queries, run
from dashboard.sqlfiles import Query, ReportColumn
from dashboard.text import Lang, Text
from dashboard.veil import NOT_SHOWN, Veil
from dashboard.warehouse import Import

Row = Mapping[str, Any]
_FEW = """\
select distinct held.name
from activities_held as held
join activity_costs as costs using (activity_id)
where costs.participants > 0 and costs.participants < $k"""


@dataclass(frozen=True, slots=True)
class Wall:
    """What is known when something is put on a wall: who there is, and their names.

    few  the names of activities that only one to four people took part in, in plain spelling
    """

    groups: Groups
    veil: Veil
    lang: Lang
    few: frozenset[str] = frozenset()

    @classmethod
    def of(cls, reader: Reads, filters: Filters, lang: Lang) -> Wall:
        few = frozenset(plain(row["name"]) for row in reader.read(_FEW, {"k": K}))
        return cls(groups(reader, filters.span), school_veil(reader), lang, few)

    def report(self, reader: Reads, name: str, filters: Filters) -> ReportRows:
        """As it may be shown; a list of people is not even read."""
        query = _open(queries()[name])
        if query.people:
            return ReportRows(query, (), private=True)
        narrowed = _people_of(query, filters)
        if self.groups.hides(narrowed):
            return ReportRows(query, (), small=True)
        if narrowed and _tells_of_people(query):
            return ReportRows(query, (), ignored=tuple(narrowed))
        found = replace(run(reader, name, filters, self.lang), query=query)
        hidden = frozenset(_small(found))
        rows = tuple(self._row(row, at, query, hidden) for at, row in enumerate(found.rows))
        return _merged(replace(found, rows=rows, hidden=hidden))

    def _row(
        self, row: Row, at: int, query: Query, hidden: frozenset[tuple[int, str]]
    ) -> dict[str, Any]:
        shown = {column.name for column in query.columns}
        codes = {f"{one.name}_code": one.codes for one in query.columns} | {
            name: "" for name in row if name.endswith("_is")
        }
        is_money = any(column.kind == "money" for column in query.columns)
        kept: dict[str, Any] = {}
        for name, value in row.items():
            if (at, name) in hidden:
                kept[name] = None
            elif not isinstance(value, str) or _is_code(name, value, codes):
                kept[name] = value
            elif name in shown or name in codes:
                kept[name] = self.words(value, is_money=is_money)
        return kept

    def words(self, written: str, *, is_money: bool = False) -> str:
        """Beside money a person is not told apart even under another name."""
        if is_official(written):
            return written
        if is_money and (plain(written) in self.few or self.veil.is_private(written)):
            return NOT_SHOWN(self.lang)
        return self.veil.over(written, self.lang)

    def imported(self, one: Import) -> Import:
        """An import without a person's name in that of a file or sheet."""
        sheets = (
            replace(s, file=self.words(s.file), sheet=self.words(s.sheet)) for s in one.sheets
        )
        return replace(one, who="", undone_by="", sheets=tuple(sheets))

    def result(self, found: Result) -> Result:
        """Values of a dimension that are a person's name (主办部门) under another; without the
        statement and its bound values, and a target's source without names.
        """
        parts = {
            name: tuple(Part(p.name and self.words(p.name), p.reading) for p in held)
            for name, held in found.parts.items()
        }
        target = found.target and replace(found.target, source=self.text(found.target.source))
        return replace(found, parts=parts, target=target, sql="", parameters=())

    def text(self, written: Text) -> Text:
        return Text(self.words(written.zh), self.words(written.en))


def _open(query: Query) -> Query:
    """The query with the columns that everybody may read."""
    return replace(query, columns=tuple(one for one in query.columns if _is_open(one, query)))


def _is_open(column: ReportColumn, query: Query) -> bool:
    """Numbers, days and codes are; free words only where the query names them."""
    is_free = column.kind == "text" or (column.kind == "label" and not column.codes)
    return not is_free or column.name in query.wall or column.name in query.medians


def _people_of(query: Query, filters: Filters) -> dict[str, str | None]:
    """What of the view narrows its people."""
    return {
        name: None if value == UNSAID else value
        for name, value in filters.chosen
        if name in PERSONAL and name in query.parameters
    }


def _tells_of_people(query: Query) -> bool:
    """Whether its rows are of people, or by them: narrowed to some, the rest would follow."""
    return "proposals" in query.needs or any(c.kind == "people" for c in query.columns)


def _is_code(name: str, value: str, codes: Mapping[str, str]) -> bool:
    """Whether it is a word of ours, rather than the school's own."""
    if named := codes.get(name):
        return any(value == code.value for code in LISTS[named].codes)
    known = DIMENSIONS.get(name.removesuffix("_is"))
    return name in codes and known is not None and value in known.words


def _small(found: ReportRows) -> Iterator[tuple[int, str]]:
    """Counts of too few people, and others from which these would follow; what is divided by
    them, and money that so few share.
    """
    kinds = {column.name: column.kind for column in found.columns}
    counts = [name for name, kind in kinds.items() if kind == "people"]
    hidden = set(_few(found, counts))
    yield from hidden
    for at in range(len(found.rows)):
        for name, (part, whole) in found.query.shares.items():
            if {(at, part), (at, whole)} & hidden:
                yield at, name
            if (at, whole) in hidden and kinds.get(part) == "money":
                yield at, part


def _few(found: ReportRows, counts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """A row that is hidden besides is hidden in all its counts: one may be as large as another."""
    for name in counts:
        people = {at: row[name] or 0 for at, row in enumerate(found.rows)}
        small = [at for at, n in people.items() if is_small(n)]
        for at in hidden_with(people, small):
            yield from ((at, other) for other in ((name,) if at in small else counts))


def _merged(found: ReportRows) -> ReportRows:
    """Money of which the same is told apart from nothing is one sum."""
    amounts = [column.name for column in found.columns if column.kind == "money"]
    if found.hidden or found.query.shares or len(amounts) != 1:
        return found
    (amount,) = amounts
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in found.rows:
        told = tuple(value for name, value in row.items() if name != amount)
        held = rows.setdefault(told, dict(row) | {amount: 0})
        held[amount] += row[amount] or 0
    return replace(found, rows=tuple(rows.values()))
