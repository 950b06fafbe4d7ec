"""借方 and 贷方: a cash book's debit is money in, a bank statement's is money out.

The running balance tells which it is, else the title's, the sheet's or the file's words; where none
does, the cash book's reading stands, and is said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import numpy as np

from dashboard.contracts.model import Dataset, Surroundings
from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Places
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout.headers import Header
from dashboard.importing.layout.sorting import Sorted
from dashboard.importing.registers.totals import number
from dashboard.importing.report import Issue, SheetReport

_STATEMENT = re.compile("银行|对账单|交易流水|交易明细")
_OWN_BOOK = re.compile("日记账|明细账|存款账|现金账|总账|台账|银行账|银行存款")
_UNKNOWN = np.iinfo(np.int64).min
_LARGEST = Decimal(10) ** 14


def _of_a_bank(header: Header, grid: Grid, at: Places) -> bool | None:
    """Whether the balance falls by 借方 and rises by 贷方, more often than the reverse; None where
    it does not tell.
    """
    if "balance" not in header.fields:
        return None
    debit, credit, balance = (
        _ten_thousandths(grid, header.fields[name], at) for name in ("income", "expense", "balance")
    )
    told = balance != _UNKNOWN
    pairs = told[1:] & told[:-1]
    rise = np.where(pairs, balance[1:] - balance[:-1], 0)
    moved = _known(debit)[1:] - _known(credit)[1:]
    pairs &= moved != 0
    falls, rises = int((pairs & (rise == -moved)).sum()), int((pairs & (rise == moved)).sum())
    return None if falls == rises else falls > rises


def _is_named(around: Surroundings) -> bool:
    """A bank's statement by its name; 银行存款日记账 is the union's own book."""
    words = plain(f"{around.title} {around.sheet} {around.file}")
    return bool(_STATEMENT.search(words)) and not _OWN_BOOK.search(words)


def _ten_thousandths(grid: Grid, place: int, at: Places) -> Places:
    """The column's numbers as whole numbers, exactly; those too long for that as unknown."""
    column = grid.column(place).take(at)
    values = np.array([_scaled(number(cell)) for cell in column.values], np.int64)
    return values[column.codes]


def _scaled(value: Decimal | None) -> int:
    return int(value * 10_000) if value is not None and abs(value) < _LARGEST else _UNKNOWN


def _known(values: Places) -> Places:
    return np.where(values == _UNKNOWN, 0, values)


def directed(
    report: SheetReport, dataset: Dataset, sheet: Sorted, around: Surroundings
) -> list[Issue]:
    """Swap the two columns of a bank statement, and say so; say it, too, where nothing tells."""
    header = sheet.header
    if not {"income", "expense"} <= header.fields.keys():
        return []
    _leave_out_side(report, header)
    if "借" not in plain(header.labels[header.fields["income"]]) or not len(sheet.data):
        return []
    told = _of_a_bank(header, sheet.grid, sheet.data)
    named = told is None and _is_named(around)
    if told or named:
        for of in (header.fields, report.columns):
            _swap(of)
    codes = {True: "banks_debit", None: "banks_debit_named" if named else "debit_unproved"}
    return [issue(codes[told], field=dataset.label)] if told in codes else []


def _leave_out_side(report: SheetReport, header: Header) -> None:
    """借, 贷, 平 beside the balance of a cash book tell which side that is on, not what moved."""
    if "amount" not in header.fields and header.fields.pop("direction", None) is not None:
        report.unmapped.append(report.columns.pop("direction"))


def _swap(of: dict[str, Any]) -> None:
    of["income"], of["expense"] = of["expense"], of["income"]
