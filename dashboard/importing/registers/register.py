"""A sheet that is one of the union's registers: its units and signs, then its rows and sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.contracts import codes
from dashboard.contracts.model import Dataset, Surroundings
from dashboard.contracts.spelling import plain
from dashboard.contracts.subjects import is_expense
from dashboard.importing.columns import Coded, Mask, Places
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import lines, surroundings, units
from dashboard.importing.layout.headers import Header
from dashboard.importing.layout.sorting import Sorted
from dashboard.importing.order import Order
from dashboard.importing.registers import debits, rows, totals
from dashboard.importing.registers.rows import Register
from dashboard.importing.registers.sums import sum_up
from dashboard.importing.report import Issue, SheetReport
from dashboard.importing.values.amounts import UNITS
from dashboard.importing.values.coerce import Reader, shown
from dashboard.importing.values.dates import counts_weeks
from dashboard.text import Text

_MINUS_SPENDS = Text("负数按支出读取", "those with a minus are read as spending")
_MINUS_RETURNS = Text("负数按退回读取", "those with a minus are read as returned")


def read(report: SheetReport, dataset: Dataset, sheet: Sorted, order: Order) -> list[Issue]:
    """Fill the report's table, counts, sums and totals; return its issues, of single cells only
    as many as the order's limits keep.
    """
    grid, header, at = sheet.grid, sheet.header, sheet.data
    around, issues = _completed(sheet.around, dataset, header, grid, at)
    scales, converted = _scales(dataset, header, around, grid.scaled)
    issues += converted + _unheeded(sheet, dataset, around)
    issues += debits.directed(report, dataset, sheet, around)
    missing = [c for c in dataset.columns if c.name in dataset.needed - header.fields.keys()]
    if missing:
        report.counts["rejected"] = len(at)
        return issues + [issue("column_missing", field=column.label) for column in missing]
    weeks, months = _weeks(dataset, header, grid, at), _months(header)
    reader = Reader(around, scales, weeks, order.today, months)
    register = Register(dataset, grid, header.fields, reader)
    found, loaded = rows.read(report, register, at, order)
    return issues + sum_up(report, register, loaded, sheet.totals) + found


def _weeks(dataset: Dataset, header: Header, grid: Grid, at: Places) -> frozenset[str]:
    """The columns of days that hold weeks: where 2021-21 stands, 2021-05 is no May."""
    return frozenset(
        column.name
        for column in dataset.columns
        if column.type == "date" and column.name in header.fields
        if any(map(counts_weeks, grid.column(header.fields[column.name]).take(at).compact().values))
    )


def _months(header: Header) -> frozenset[str]:
    """The columns headed 月份, which hold no days."""
    return frozenset(
        name
        for name, place in header.fields.items()
        if plain(header.labels[place]).endswith(("月份", "month"))
    )


def _completed(
    around: Surroundings, dataset: Dataset, header: Header, grid: Grid, at: Places
) -> tuple[Surroundings, list[Issue]]:
    year = around.year or (surroundings.years_in(" ".join(header.labels)) or (None, None))[0]
    signed, issues = _signed(dataset, header, grid, at, around)
    mapped = frozenset(header.fields)
    return replace(around, mapped=mapped, signed=signed, year=year), issues


def _signed(
    dataset: Dataset, header: Header, grid: Grid, at: Places, around: Surroundings
) -> tuple[bool, list[Issue]]:
    """Whether a minus means spending: where the direction or the subject names spending, most of
    its amounts are negative. Where they are positive, a minus is a refund.
    """
    if "amount" not in header.fields:
        return False, []
    amounts = grid.column(header.fields["amount"]).take(at)
    numbers = [totals.number(cell) or 0 for cell in amounts.values]
    negative = amounts.where(number < 0 for number in numbers)
    if not negative.any():
        return False, []
    filled = amounts.where(number != 0 for number in numbers)
    spent = filled & _naming_spending(header, grid, at)
    if not spent.any():
        # Few minus signs among many amounts are refunds: they make no income of the rest.
        many = bool(negative.sum() * 4 >= filled.sum())
        return many and is_expense(around.sheet + around.title) is None, []
    minus, plus = int((spent & negative).sum()), int((spent & ~negative).sum())
    where = grid.where(int(at[(spent & negative).argmax()]), header.fields["amount"])
    return minus > plus, _doubted(dataset, minus, plus, where)


def _doubted(dataset: Dataset, minus: int, plus: int, where: str) -> list[Issue]:
    """Neither sign is the rule: refunds and spending look the same."""
    if 2 * min(minus, plus) <= max(minus, plus):
        return []
    words = _MINUS_SPENDS if minus > plus else _MINUS_RETURNS
    label = dataset.column("amount").label
    return [issue("signs_mixed", where, field=label, minus=minus, plus=plus, given=words)]


def _naming_spending(header: Header, grid: Grid, at: Places) -> Mask:
    """The rows whose direction, else whose subject, says that money went out."""

    def told(field: str) -> Coded:
        return grid.column(header.fields[field]).take(at)

    if "direction" in header.fields:
        column = told("direction")
        return column.where(codes.DIRECTION.read(shown(c)) == "expense" for c in column.values)
    if "subject" in header.fields:
        column = told("subject")
        return column.where(bool(is_expense(shown(cell))) for cell in column.values)
    return np.zeros(len(at), bool)


def _unheeded(sheet: Sorted, dataset: Dataset, around: Surroundings) -> list[Issue]:
    """二、支出 among incomes, without a header of its own: the rows below keep the title's side."""
    side = is_expense(around.sheet + around.title)
    if side is None or "amount" not in around.mapped or "direction" in around.mapped:
        return []
    label = dataset.column("expense" if side else "income").label
    heads = [(row, lines.caption(sheet.grid.rows[row])) for row in _below(sheet)]
    return [
        issue("section_unheeded", sheet.grid.where(row, 0), words, field=label)
        for row, words in heads
        if words and is_expense(words) is (not side)
    ]


def _below(sheet: Sorted) -> list[int]:
    """The rows below the header that are no data."""
    return [row for row in sheet.totals + sheet.of("notes") if row > sheet.header.last]


def _scales(
    dataset: Dataset, header: Header, around: Surroundings, shrunk: dict[int, int]
) -> tuple[dict[str, int], list[Issue]]:
    """Each money field's factor to yuan, from its header or the sheet's 单位 line. A unit speaks of
    what is seen: where the format already shows 12,000 as 1.2 (`shrunk`), 万元 is no factor.
    """
    common = units.around(around)
    scales: dict[str, int] = {}
    issues: list[Issue] = []
    for column in dataset.columns:
        if column.type != "money" or column.name not in header.fields:
            continue
        label = header.labels[header.fields[column.name]]
        unit = units.said_in_header(label, of_money=True) or common
        told, seen = UNITS.get(unit or "元", 1), shrunk.get(header.fields[column.name], 1)
        scales[column.name] = told // seen if told % seen == 0 else told
        if unit and unit not in UNITS:
            issues.append(issue("unit_unknown", field=column.label, given=unit))
        if scales[column.name] != 1:
            issues.append(issue("unit_scaled", field=column.label, given=unit))
    return scales, issues
