"""Tables as values: reports, figures, and the numbers behind a chart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.charts import words
from dashboard.dimensions import DIMENSIONS
from dashboard.exhibits.model import Cell, Grid, Head, Plot, Value
from dashboard.kpis.model import Part, Reading, Result
from dashboard.reports import ReportRows
from dashboard.sqlfiles import ColumnKind, ReportColumn
from dashboard.text import Lang, Text, day, number, percent

LABEL, VALUE = Text("指标", "Figure"), Text("数值", "Value")
N, OF = Text("分子", "Numerator"), Text("分母", "Denominator")
TARGET, STATUS = Text("目标", "Target"), Text("状态", "Status")
CHANGE = Text("较上年", "vs last year")
FROM, TO, AMOUNT = Text("来自", "From"), Text("用于", "To"), Text("金额", "Amount")
KINDS: dict[str, ColumnKind] = {"ratio": "ratio", "people": "people"}


def kind_of(unit: str) -> ColumnKind:
    """How a figure's values are written in a column."""
    return KINDS.get(unit) or ("money" if unit.startswith("yuan") else "count")


def shown(value: Any, kind: ColumnKind) -> str:
    """A value under a heading that says its unit."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return day(value)
    if kind == "ratio":
        return percent(value)
    if kind == "money":
        return number(value, 2)
    return number(value) if kind in ("count", "people") else str(value)


def cell(value: Value, kind: ColumnKind) -> Cell:
    return Cell(value, shown(value, kind))


HIDDEN = Cell(None, words.HIDDEN)


def of_report(found: ReportRows, lang: Lang) -> Grid:
    hidden = found.hidden
    return of_rows(found.columns, found.rows, lang, hidden)


def of_rows(
    columns: Sequence[ReportColumn],
    rows: Sequence[Mapping[str, Any]],
    lang: Lang,
    hidden: Collection[tuple[int, str]] = (),
) -> Grid:
    """`hidden`: the cells, by row and column, that tell of too few people."""
    return Grid(
        tuple(Head(column.label(lang), column.kind) for column in columns),
        tuple(
            tuple(
                HIDDEN if (at, column.name) in hidden else cell(row[column.name], column.kind)
                for column in columns
            )
            for at, row in enumerate(rows)
        ),
    )


def of_figures(results: Sequence[Result], lang: Lang) -> Grid:
    """A row a figure; units differ from row to row, so the value stands in words beside it."""
    heads = (
        Head(LABEL(lang), "text"),
        Head(VALUE(lang), "text"),
        Head(N(lang), "count"),
        Head(OF(lang), "count"),
        Head(TARGET(lang), "text"),
        Head(STATUS(lang), "text"),
        Head(CHANGE(lang), "text"),
    )
    return Grid(heads, tuple(_figure_row(result, lang) for result in results))


def _part_kinds(result: Result) -> tuple[ColumnKind, ColumnKind]:
    """Of numerator and denominator: yuan per person divides money by people."""
    unit = result.kpi.unit
    is_money = unit.startswith("yuan") or result.kpi.counted.zh == "元"
    top: ColumnKind = "money" if is_money else "count"
    return top, "count" if unit == "yuan_per_person" else top


def _figure_row(result: Result, lang: Lang) -> tuple[Cell, ...]:
    badge = words.BADGES.get(result.status)
    texts = (
        words.bar(result, lang),
        badge(lang) if badge else "",
        words.change(result, lang) or "",
    )
    return (
        Cell(result.kpi.label(lang), result.kpi.label(lang)),
        Cell(result.now.value, words.read(result.now, result.kpi.unit, lang)),
        *_parts(result.now, _part_kinds(result)),
        *(Cell(text, text) for text in texts),
    )


def _parts(reading: Reading, kinds: tuple[ColumnKind, ColumnKind]) -> tuple[Cell, Cell]:
    if reading.hidden:
        return HIDDEN, HIDDEN
    return cell(reading.numerator, kinds[0]), cell(reading.denominator, kinds[1])


def of_parts(result: Result, dimension: str, parts: Sequence[Part], lang: Lang) -> Grid:
    """Every value of a dimension, with numerator and denominator where it is a rate."""
    known, kpi = DIMENSIONS[dimension], result.kpi
    heads = [Head(known.label(lang), "label"), Head(kpi.label(lang), kind_of(kpi.unit))]
    is_rate = any(part.reading.is_ratio for part in parts)
    kinds = _part_kinds(result)
    if is_rate:
        heads += [Head(N(lang), kinds[0]), Head(OF(lang), kinds[1])]
    rows = []
    for part in parts:
        name = known.value(part.name)(lang)
        row = [Cell(name, name), _reading(part.reading, kpi.unit)]
        rows.append((*row, *(_parts(part.reading, kinds) if is_rate else ())))
    return Grid(tuple(heads), tuple(rows))


def _reading(reading: Reading, unit: str) -> Cell:
    return HIDDEN if reading.hidden else cell(reading.value, kind_of(unit))


def of_plot(plot: Plot, over: Text, lang: Lang) -> Grid:
    """A chart's numbers: its names down, its series across; flows a row each."""
    kind = kind_of(plot.unit)
    if plot.form == "flows":
        heads = (Head(FROM(lang), "label"), Head(TO(lang), "label"), Head(AMOUNT(lang), kind))
        rows = ((Cell(a, a), Cell(b, b), _plain(amount, kind)) for a, b, amount in plot.flows)
        return Grid(heads, tuple(rows))
    series = [Head(one.name, kind) for one in plot.series]
    return Grid(
        (Head(over(lang), "label"), *series),
        tuple(
            (Cell(name, name), *(_plain(one.cells[at], kind) for one in plot.series))
            for at, name in enumerate(plot.names)
        ),
    )


def _plain(found: Cell, kind: ColumnKind) -> Cell:
    """Without its unit, which the heading says; why there is none stays."""
    return found if found.value is None else cell(found.value, kind)
