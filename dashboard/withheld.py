"""A report as everybody may read it: no row that is a person, no small group, no free words but
those its query names, and no name in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.contracts.spelling import plain
from dashboard.contracts.subjects import is_official
from dashboard.dimensions import DIMENSIONS
from dashboard.disclosure import Groups, K
from dashboard.filters import Filters
from dashboard.groups import Reads, groups, people_of, school_veil
from dashboard.kpis.differences import years_of
from dashboard.kpis.model import Part, Result
from dashboard.periods import calendar_year
from dashboard.reports import LISTS, ReportRows, queries, run
from dashboard.small import small
from dashboard.sqlfiles import Query, ReportColumn
from dashboard.text import Lang, Text
from dashboard.unnamed import told_whole
from dashboard.veil import NOT_SHOWN, Veil
from dashboard.warehouse import Import

Row = Mapping[str, Any]
# Leave is mostly illness. Whoever sees that it is hidden knows that it is not nought; and where the
# figure leaves it out of the invited (its variant), the invited less the figure's own are it.
_LEAVE, _AROUND_LEAVE = "on_leave", frozenset({"on_leave", "invited", "rate"})
_FLOWS, _HELD = "fund_flows", "activities_list"
_FEW = """\
select distinct held.name
from activities_held as held
join activity_costs as costs using (activity_id)
where costs.participants > 0 and costs.participants < $k"""


@dataclass(frozen=True, slots=True)
class Wall:
    """What is known when something is put on a wall: who there is, and their names.

    few    the names of activities that only one to four people took part in, in plain spelling
    aside  columns that nobody is told
    """

    groups: Groups
    veil: Veil
    lang: Lang
    few: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset({_LEAVE})

    @classmethod
    def of(cls, reader: Reads, filters: Filters, lang: Lang, variants: Mapping[str, str]) -> Wall:
        few = frozenset(plain(row["name"]) for row in reader.read(_FEW, {"k": K}))
        aside = _AROUND_LEAVE if "participation_rate" in variants else frozenset({_LEAVE})
        return cls(groups(reader, filters.span), school_veil(reader), lang, few, aside)

    def report(self, reader: Reads, name: str, filters: Filters) -> ReportRows:
        """As it may be shown; a list of people is not even read."""
        query = _open(queries()[name], self.aside)
        if query.people:
            return ReportRows(query, (), private=True)
        narrowed = _people_of(query, filters)
        if self.groups.hides(narrowed):
            return ReportRows(query, (), small=True)
        if narrowed and _tells_of_people(query):
            return ReportRows(query, (), ignored=tuple(narrowed))
        found = replace(run(reader, name, filters, self.lang), query=query)
        if name == _FLOWS:
            found = self._flows(reader, found, filters)
        hidden = frozenset(small(found))
        if filters.browsed and _counted(query):
            hidden = frozenset(self._hidden_all_year(reader, found, filters))
        rows = tuple(self._row(row, at, query, hidden) for at, row in enumerate(found.rows))
        return _merged(replace(found, rows=rows, hidden=hidden))

    def unsigned(self, reader: Reads, name: str, filters: Filters) -> ReportRows:
        """For who reads proposals and not whose they are: a small department would tell."""
        query = queries()[name]
        if self.groups.hides(_people_of(query, filters)):
            return ReportRows(query, (), small=True)
        found = run(reader, name, replace(filters, safe=False), self.lang)
        return replace(found, rows=tuple(self._unsigned(row) for row in found.rows))

    def _unsigned(self, row: Row) -> dict[str, Any]:
        department = row.get("department_code")
        if department is None or not self.groups.hides({"department": department}):
            return dict(row)
        return dict(row) | {"department": NOT_SHOWN(self.lang), "department_code": None}

    def _hidden_all_year(
        self, reader: Reads, found: ReportRows, filters: Filters
    ) -> Iterator[tuple[int, str]]:
        """What is hidden of a row in its calendar year, narrowed to nothing, is in any view."""
        known: dict[str, set[str]] = {}
        for every in self._years(reader, found.query, filters):
            known |= {str(row): set() for row in every.rows}
            for at, name in small(every, by_figures=True):
                known[str(every.rows[at])].add(name)
        for at, row in enumerate(found.rows):
            yield from ((at, name) for name in known[str(row)])

    def _years(self, reader: Reads, query: Query, filters: Filters) -> Iterator[ReportRows]:
        """A list in each calendar year that the view touches, narrowed to nothing."""
        for year in years_of(filters.span):
            whole = replace(filters, period=calendar_year(year), chosen=(), day=None)
            yield replace(run(reader, query.name, whole, self.lang), query=query)

    def _flows(self, reader: Reads, found: ReportRows, filters: Filters) -> ReportRows:
        """Without the activities whose cost the list of them hides, were it only beside another."""
        years = self._years(reader, _open(queries()[_HELD], self.aside), filters)
        costs = ((e, at) for e in years for at, n in small(e, by_figures=True) if n == "cost")
        hidden = {every.rows[at]["activity_id"] for every, at in costs}
        return told_whole(
            reader, found, filters, self.lang, lambda one: one in hidden or self._few(one)
        )

    def _row(
        self, row: Row, at: int, query: Query, hidden: frozenset[tuple[int, str]]
    ) -> dict[str, Any]:
        shown = {column.name for column in query.columns}
        gone = {column.name for column in queries()[query.name].columns} - shown
        codes = {f"{one.name}_code": one.codes for one in query.columns} | {
            name: "" for name in row if name.endswith("_is")
        }
        is_money = any(column.kind == "money" for column in query.columns)
        kept: dict[str, Any] = {}
        for name, value in row.items():
            if name in gone:
                continue
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
        if is_money and self._few(written):
            return NOT_SHOWN(self.lang)
        return self.veil.over(written, self.lang)

    def _few(self, written: str) -> bool:
        return plain(written) in self.few or self.veil.is_private(written)

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


def _open(query: Query, aside: Collection[str]) -> Query:
    """The query with the columns that everybody may read."""
    columns = tuple(one for one in query.columns if _is_open(one, query))
    if all(one.name != _LEAVE for one in columns):
        return replace(query, columns=columns)
    shares = {name: of for name, of in query.shares.items() if name not in aside}
    left = tuple(one for one in columns if one.name not in aside)
    return replace(query, columns=left, shares=shares)


def _is_open(column: ReportColumn, query: Query) -> bool:
    """Numbers, days and codes are; free words only where the query names them."""
    is_free = column.kind == "text" or (column.kind == "label" and not column.codes)
    return not is_free or column.name in query.wall or column.name in query.medians


def _people_of(query: Query, filters: Filters) -> dict[str, str | None]:
    """What of the view narrows the query's people."""
    chosen = people_of(filters.chosen)
    return {name: value for name, value in chosen.items() if name in query.parameters}


def _tells_of_people(query: Query) -> bool:
    """Whether its rows are of people, or by them: narrowed to some, the rest would follow."""
    return "proposals" in query.needs or any(c.kind == "people" for c in query.columns)


def _counted(query: Query) -> set[str]:
    """The columns in which a list of the period counts people."""
    counts = {column.name for column in query.columns if column.kind == "people"}
    return counts if "start" in query.parameters else set()


def _is_code(name: str, value: str, codes: Mapping[str, str]) -> bool:
    """Whether it is a word of ours, rather than the school's own."""
    if named := codes.get(name):
        return any(value == code.value for code in LISTS[named].codes)
    known = DIMENSIONS.get(name.removesuffix("_is"))
    return name in codes and known is not None and value in known.words


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
