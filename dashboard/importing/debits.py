"""借方 and 贷方: a cash book's debit is money in, a bank statement's is money out.

The running balance tells which it is; where the sheet prints none, the cash book's reading stands.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from dashboard.contracts.model import Dataset
from dashboard.contracts.spelling import plain
from dashboard.importing.grids import Cell, Grid
from dashboard.importing.headers import Header
from dashboard.importing.issues import issue
from dashboard.importing.report import Issue, SheetReport
from dashboard.importing.totals import number


def is_a_banks(header: Header, data: list[list[Cell]]) -> bool:
    """Whether the balance falls by 借方 and rises by 贷方, more often than the reverse."""
    if not {"income", "expense", "balance"} <= header.fields.keys():
        return False
    if "借" not in plain(header.labels[header.fields["income"]]):
        return False
    rows = [
        [number(row[header.fields[name]]) for name in ("income", "expense", "balance")]
        for row in data
    ]
    ours = theirs = 0
    for (_, _, before), (debit, credit, after) in pairwise(rows):
        if before is None or after is None:
            continue
        moved = (debit or Decimal(0)) - (credit or Decimal(0))
        ours += after - before == moved
        theirs += after - before == -moved
    return theirs > ours


def directed(
    report: SheetReport, dataset: Dataset, grid: Grid, header: Header, kinds: list[Any]
) -> list[Issue]:
    """Swap the two columns of a bank statement, and say so."""
    data = [grid.rows[at] for at, kind in enumerate(kinds) if kind == "data"]
    if not is_a_banks(header, data):
        return []
    for of in (header.fields, report.columns):
        _swap(of)
    return [issue("banks_debit", field=dataset.label)]


def _swap(of: dict[str, Any]) -> None:
    of["income"], of["expense"] = of["expense"], of["income"]
