"""A pivot as a table of its own, a row for each cell: down, across, the figure; without totals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.exploring.charting.recipe import Name
from dashboard.exploring.made import CODE, Made, column, table
from dashboard.exploring.pivots.pivoting import Pivot
from dashboard.importing.loose.column import arrow
from dashboard.importing.loose.model import Kind, LooseSheet
from dashboard.text import Lang, Text, rounded

_FINE = 6  # figures behind the point that are kept of a mean
_UNITS: dict[str, tuple[Kind, str]] = {"yuan": ("money", "元"), "ratio": ("ratio", "")}
_STEPS: dict[str, Kind] = {"month": "month", "year": "year", "day": "date"}


def turned(
    found: Pivot,
    across: Text | None,
    times: tuple[bool, ...],
    name: str,
    lang: Lang,
    *,
    people: bool,
) -> LooseSheet:
    """`across`: what the column across is called; `times`: which of the columns, down then across,
    are times. Cells without rows make no row.
    """
    rows = [
        ((*line, head), amount.value)
        for line, cells in zip(found.lines, found.cells, strict=True)
        for head, amount in zip(found.columns, cells, strict=True)
        if amount.value is not None
    ]
    heads = [*found.heads, *([across] if across else [])]
    made = [
        _named(head(lang), [names[place] for names, _ in rows], found.step if time else "", lang)
        for place, (head, time) in enumerate(zip(heads, times, strict=True))
    ]
    kind, unit = _UNITS.get(found.unit, ("number", ""))
    values = [rounded(value, _FINE) for _, value in rows]
    told = replace(CODE, header=found.measured(lang), kind=kind, unit=unit)
    made.append(column(told, {"c": pa.array(values, pa.decimal128(38, _FINE))}))
    return table(name, pa.array(range(1, len(rows) + 1), pa.int32()), made, people=people)


def _named(head: str, names: list[Name], step: str, lang: Lang) -> Made:
    """Times as times where a column can hold them; what is empty stays so."""
    kind = _STEPS.get(step, "category")
    values: list[Any] = [name.value if step in _STEPS else name.text(lang) for name in names]
    if kind == "date":
        values = [None if value is None else date.fromisoformat(value) for value in values]
    return column(replace(CODE, header=head, kind=kind), {"c": pa.array(values, arrow(kind))})
