"""Which printed totals of an unknown sheet are to be believed, and which rows they sum up.

A form says 合计 above or beside its parts, or as the name of an indicator; a false alarm there
teaches officers not to read the true ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dashboard.importing.layout import lines
from dashboard.importing.layout.sorting import Sorted
from dashboard.importing.report import TotalCheck

_FORM = 4  # totals, and more than half as many as rows: a form
_BEHIND = 3  # rows behind the grand total that say something else: 欠款, 现存


def telling(sheet: Sorted, checks: Sequence[TotalCheck]) -> list[TotalCheck]:
    """The totals that agree; those that do not only where another of their row does, or where they
    close their block in so many words.
    """
    is_form = len(sheet.totals) >= _FORM and len(sheet.totals) * 2 > len(sheet.data)
    rows = _by_row(sheet, checks)
    trusted = {
        row
        for row, found in rows.items()
        if not is_form and (_agrees(found) or _closes(sheet, row))
    }
    return [check for row, found in rows.items() for check in found if check.ok or row in trusted]


def end(sheet: Sorted, checks: Sequence[TotalCheck]) -> int:
    """The row before which the sums are taken: a grand total that agrees has counted them all,
    however few rows follow it; else all.
    """
    for row, found in reversed(_by_row(sheet, checks).items()):
        if _agrees(found):
            behind = int((sheet.data > row).sum())
            few = 0 < behind <= _BEHIND and behind * 2 <= len(sheet.data)
            is_grand = lines.sums_up(sheet.grid.rows[row]) == "all"
            return row if few and is_grand else len(sheet.kinds)
    return len(sheet.kinds)


def _by_row(sheet: Sorted, checks: Sequence[TotalCheck]) -> dict[int, list[TotalCheck]]:
    rows = {sheet.grid.number(row): row for row in sheet.totals}
    found = defaultdict(list)
    for check in checks:
        found[rows[int(check.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]].append(check)
    return dict(found)


def _agrees(found: Sequence[TotalCheck]) -> bool:
    return any(check.ok and check.printed for check in found)


def _closes(sheet: Sorted, row: int) -> bool:
    """合计 as the last row of its block, or 小计 right below its rows."""
    what = lines.sums_up(sheet.grid.rows[row])
    is_last = row + 1 == len(sheet.kinds) or sheet.kinds[row + 1] != "data"
    return is_last if what == "all" else what == "block" and sheet.kinds[row - 1] == "data"
