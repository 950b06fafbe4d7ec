"""A sheet no contract knows: its own headers are the fields, its numbers are summed and checked."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Coded
from dashboard.importing.grids import Grid, letter
from dashboard.importing.issues import issue
from dashboard.importing.layout import units
from dashboard.importing.layout.headers import Header
from dashboard.importing.layout.sorting import Sorted
from dashboard.importing.registers import differing, summary, totals
from dashboard.importing.report import Issue, SheetReport
from dashboard.importing.values.amounts import UNITS
from dashboard.text import same

_NO_MEASURE = re.compile(
    r"率|比|平均|均|单价|序号|编号|编码|代码|工号|学号|号$|(?<!\d)年度|(?<!\d)年份|^年$|学年|^月份?$|^季度$|电话|手机|联系|证件|账户|账号|卡|余额|结余|日期"
    r"|时间|名次|排名|届|%|phone|id$|no$|year|date|rate|avg"
)
_MONEY = re.compile(
    r"额|款|费|收入|支出|预算|决算|拨|价|资产|负债|资金|奖|补助|工资|薪|税|元|执行数|核定数|批复数|结余|结转|amount|cost"
)
_LEAST_COUNTED = 4


def read(report: SheetReport, sheet: Sorted) -> list[Issue]:
    """Fill counts, sums and the totals check; every data row counts as loaded."""
    grid, data = sheet.grid, sheet.data
    report.counts["loaded"] = len(data)
    lines = np.sort(np.concatenate([data, np.array(sheet.totals, np.int64)]))
    measures = {
        name: place
        for place, name in enumerate(_field_names(sheet.header))
        if _is_measure(name, grid.column(place).take(data))
        and not _counts_up(grid.column(place).take(lines))
    }
    scales = _scales(list(measures), units.in_yuan(units.around(sheet.around)))
    factors = {name: _factor(scales[name], grid, place) for name, place in measures.items()}
    columns = {
        name: totals.column(grid, data, place, factors[name]) for name, place in measures.items()
    }
    found = totals.check(
        grid, sheet.totals, measures, columns.__getitem__, factors.__getitem__
    ) if len(data) else []  # fmt: skip
    report.totals_check = summary.telling(sheet, found)
    last = summary.end(sheet, report.totals_check)
    report.sums = {name: column.between(-1, last) for name, column in columns.items()}
    scaled = [
        issue("unit_scaled", field=same(name), given=scales[name])
        for name, factor in factors.items()
        if factor != 1
    ]
    return scaled + [
        differing.told(
            check,
            same(check.field),
            grid.column(measures[check.field]).take(data),
            factors[check.field],
        )
        for check in report.totals_check
        if not check.ok
    ]


def speaks_of_money(header: str) -> bool:
    """Whether a column so headed holds amounts, which a sheet's unit speaks of."""
    return _MONEY.search(plain(header)) is not None


def _factor(unit: str, grid: Grid, place: int) -> int:
    """What turns a column's numbers into yuan; a unit speaks of what its format shows."""
    told, seen = UNITS.get(unit, 1), grid.scaled.get(place, 1)
    return told // seen if told % seen == 0 else told


def _scales(names: list[str], common: str | None) -> dict[str, str]:
    """Each measure's unit: its header's own; else the sheet's, which speaks of money. Where no
    header does, it speaks of them all.
    """
    money = {name for name in names if _MONEY.search(plain(name))} or set(names)
    return {
        name: units.in_yuan(units.said_in_header(name, speaks_of_money(name)))
        or (common if common and name in money else "元")
        for name in names
    }


def _field_names(header: Header) -> list[str]:
    return [label or letter(place) for place, label in enumerate(header.labels)]


def _is_measure(name: str, cells: Coded) -> bool:
    """Mostly numbers that may be added up; a number that starts with 0 is an identifier."""
    if _NO_MEASURE.search(plain(name)):
        return False
    numbers = [totals.number(cell) is not None for cell in cells.values]
    there = int(cells.where(numbers).sum())
    if not there or there * 10 < int(cells.filled.sum()) * 6:
        return False
    used = cells.compact().values
    return not any(
        re.fullmatch(r"0\d+|\d{11,}", str(cell).strip())
        for cell in used
        if totals.number(cell) is not None
    )


def _counts_up(cells: Coded) -> bool:
    """Line numbers: each is one more than the one before."""
    before: Decimal | None = None
    found = 0
    for row in range(len(cells)):
        number = totals.number(cells[row])
        if number is None:
            continue
        if before is not None and number != before + 1:
            return False
        before, found = number, found + 1
    return found >= _LEAST_COUNTED
