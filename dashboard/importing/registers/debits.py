"""借方 and 贷方: a cash book's debit is money in, a bank statement's is money out.

The running balance tells which it is; where the sheet prints none, the cash book's reading stands.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from dashboard.contracts.model import Dataset
from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Places
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout.headers import Header
from dashboard.importing.registers.totals import number
from dashboard.importing.report import Issue, SheetReport

_UNKNOWN = np.iinfo(np.int64).min
_LARGEST = Decimal(10) ** 14


def is_a_banks(header: Header, grid: Grid, at: Places) -> bool:
    """Whether the balance falls by 借方 and rises by 贷方, more often than the reverse."""
    if not {"income", "expense", "balance"} <= header.fields.keys():
        return False
    if "借" not in plain(header.labels[header.fields["income"]]):
        return False
    debit, credit, balance = (
        _ten_thousandths(grid, header.fields[name], at) for name in ("income", "expense", "balance")
    )
    told = balance != _UNKNOWN
    pairs = told[1:] & told[:-1]
    rise = np.where(pairs, balance[1:] - balance[:-1], 0)
    moved = _known(debit)[1:] - _known(credit)[1:]
    return bool((pairs & (rise == -moved)).sum() > (pairs & (rise == moved)).sum())


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
    report: SheetReport, dataset: Dataset, grid: Grid, header: Header, at: Places
) -> list[Issue]:
    """Swap the two columns of a bank statement, and say so."""
    if not is_a_banks(header, grid, at):
        return []
    for of in (header.fields, report.columns):
        _swap(of)
    return [issue("banks_debit", field=dataset.label)]


def _swap(of: dict[str, Any]) -> None:
    of["income"], of["expense"] = of["expense"], of["income"]
