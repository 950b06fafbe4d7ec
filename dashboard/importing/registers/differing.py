"""Why a printed total disagrees with its rows: what the difference itself tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from dashboard.contracts.spelling import folded
from dashboard.importing.columns import Cell, Coded
from dashboard.importing.issues import issue
from dashboard.importing.registers import totals
from dashboard.importing.report import Issue, TotalCheck
from dashboard.importing.values.private import masked
from dashboard.text import Text

_FACTORS = (1_000, 10_000)
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")


def told(check: TotalCheck, label: Text, cells: Coded, factor: int) -> Issue:
    """The issue of a total that disagrees. `cells`: the column in the rows that count; `factor`:
    what its unit multiplies them by.
    """
    column = [cells[row] for row in range(len(cells))]
    code, more = "total_differs", ""
    if by := _times(check):
        code, more = "total_differs_by_unit", f"{by:,}"
    elif count := _as_text(check, column, factor):
        code, more = "total_without_texts", str(count)
    elif given := _in_words(check, column, factor):
        code, more = "total_with_words", masked(given)
    printed, computed = f"{check.printed:,}", f"{check.computed:,}"
    return issue(code, check.cell, field=label, printed=printed, computed=computed, more=more)


def _times(check: TotalCheck) -> int | None:
    """1,000 or 10,000 where one is exactly that many times the other."""
    pair = (check.printed, check.computed)
    if not all(pair):
        return None
    return next((by for by in _FACTORS if pair[0] * by == pair[1] or pair[1] * by == pair[0]), None)


def _as_text(check: TotalCheck, column: list[Cell], factor: int) -> int:
    """How many numbers are kept as text, if the sheet's own sum left out just these."""
    texts = [cell for cell in column if isinstance(cell, str)]
    there = [number for cell in texts if (number := totals.number(cell, factor)) is not None]
    numbers = sum(totals.number(cell) is not None for cell in column)
    return len(there) if len(there) < numbers and _explains(check, there, 1) else 0


def _in_words(check: TotalCheck, column: list[Cell], factor: int) -> str:
    """Cells such as `设计：800`, if the printed total counts just these."""
    told = [cell for cell in column if isinstance(cell, str) and totals.number(cell) is None]
    inside = {cell: _FIGURES.findall(folded(cell)) for cell in told}
    single = [cell for cell in told if len(inside[cell]) == 1]
    numbers = [Decimal(inside[cell][0].replace(",", "")) * factor for cell in single]
    return "、".join(dict.fromkeys(single[:3])) if _explains(check, numbers, -1) else ""


def _explains(check: TotalCheck, numbers: Iterable[Decimal], sign: int) -> bool:
    difference = (check.computed - check.printed) * sign
    return difference != 0 and sum(numbers, Decimal(0)) == difference
