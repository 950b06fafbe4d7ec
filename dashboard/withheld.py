"""A report as everybody may read it: no row that is a person, no small group, no free words but
those its query names, and no name in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.contracts.subjects import is_official
from dashboard.dimensions import UNSAID
from dashboard.disclosure import NOT_SHOWN, Groups, Veil, is_small
from dashboard.filters import Filters
from dashboard.groups import PERSONAL, Reads, groups, school_veil
from dashboard.kpis.model import Part, Result
from dashboard.reports import ReportRows, queries, run
from dashboard.sqlfiles import Query, ReportColumn
from dashboard.text import Lang
from dashboard.warehouse import Import

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wall:
    """What is known when something is put on a wall: who there is, and their names."""

    groups: Groups
    veil: Veil
    lang: Lang

    @classmethod
    def of(cls, reader: Reads, filters: Filters, lang: Lang) -> Wall:
        return cls(groups(reader, filters.span), school_veil(reader), lang)

    def report(self, reader: Reads, name: str, filters: Filters) -> ReportRows:
        """As it may be shown; a list of people is not even read."""
        query = _open(queries()[name])
        if query.people:
            return ReportRows(query, (), private=True)
        if self.groups.hides(_people_of(query, filters)):
            return ReportRows(query, (), small=True)
        found = replace(run(reader, name, filters, self.lang), query=query)
        hidden = frozenset(_small(found))
        rows = tuple(self._row(row, at, query, hidden) for at, row in enumerate(found.rows))
        return replace(found, rows=rows, hidden=hidden)

    def _row(
        self, row: Row, at: int, query: Query, hidden: frozenset[tuple[int, str]]
    ) -> dict[str, Any]:
        shown = {column.name for column in query.columns}
        codes = {f"{name}_code" for name in shown} | {name for name in row if name.endswith("_is")}
        is_money = any(column.kind == "money" for column in query.columns)
        kept: dict[str, Any] = {}
        for name, value in row.items():
            if (at, name) in hidden:
                kept[name] = None
            elif not isinstance(value, str) or name in codes:
                kept[name] = value
            elif name in shown:
                kept[name] = self.words(value, is_money=is_money)
        return kept

    def words(self, written: str, *, is_money: bool = False) -> str:
        """Beside money a person is not told apart even under another name."""
        if is_official(written):
            return written
        if is_money and self.veil.is_private(written):
            return NOT_SHOWN(self.lang)
        return self.veil.over(written, self.lang)

    def imported(self, one: Import) -> Import:
        """An import without a person's name in that of a file or sheet."""
        sheets = (
            replace(s, file=self.words(s.file), sheet=self.words(s.sheet)) for s in one.sheets
        )
        return replace(one, who="", undone_by="", sheets=tuple(sheets))

    def result(self, found: Result) -> Result:
        """Values of a dimension that are a person's name (主办部门) under another."""
        parts = {
            name: tuple(Part(p.name and self.words(p.name), p.reading) for p in held)
            for name, held in found.parts.items()
        }
        return replace(found, parts=parts)


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


def _small(found: ReportRows) -> Iterator[tuple[int, str]]:
    """Counts of too few people, what is divided by them, and money that so few of them share."""
    kinds = {column.name: column.kind for column in found.columns}
    for at, row in enumerate(found.rows):
        small = {n for n, kind in kinds.items() if kind == "people" and is_small(row[n] or 0)}
        yield from ((at, name) for name in small)
        for name, (part, whole) in found.query.shares.items():
            if {part, whole} & small:
                yield at, name
            if whole in small and kinds.get(part) == "money":
                yield at, part
