"""What the loaded rows of a register add up to, and the totals its sheet prints."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts.model import Dataset, no_parents
from dashboard.importing.columns import Places
from dashboard.importing.registers import differing, totals
from dashboard.importing.registers.rows import Register
from dashboard.importing.report import Issue, SheetReport

_NEVER_SUMMED = frozenset(("balance", "year", "dues_base"))  # their sums say nothing
_CENT = Decimal("0.01")


def sum_up(
    report: SheetReport, register: Register, loaded: Places, total_rows: list[int]
) -> list[Issue]:
    """Fill the report's sums and totals; `loaded` are the grid's rows behind the report's table.

    Returns an issue for each printed total that disagrees.
    """
    dataset, grid = register.dataset, register.grid
    report.sums = _sums(report, dataset)
    summed = {
        name: place
        for name, place in register.places.items()
        if dataset.column(name).type in ("money", "count") and name not in _NEVER_SUMMED
    }
    counted = _without_parents(report, dataset, loaded) if total_rows else loaded
    factors = dict.fromkeys(summed, 1) | register.reader.scales
    report.totals_check = totals.check(
        grid,
        total_rows,
        summed,
        lambda name: totals.column(grid, counted, summed[name], factors[name]),
        factors.__getitem__,
    )
    return [
        differing.told(
            found,
            dataset.column(found.field).label,
            grid.column(summed[found.field]).take(counted),
            factors[found.field],
        )
        for found in report.totals_check
        if not found.ok
    ]


def _without_parents(report: SheetReport, dataset: Dataset, loaded: Places) -> Places:
    """Lines that only sum up others are not counted once more."""
    if dataset.sums_up is no_parents:
        return loaded
    parents = dataset.sums_up(report.rows)
    kept = [place for place in range(len(loaded)) if place not in parents]
    return loaded[np.array(kept, np.int64)]


def _sums(report: SheetReport, dataset: Dataset) -> dict[str, Decimal]:
    """What will be stored, summed per numeric field that the sheet filled."""
    if report.table is None:
        return {}
    sums: dict[str, Decimal] = {}
    for name, kind in dataset.stored().items():
        if not kind.startswith(("DECIMAL", "BIGINT")) or name in _NEVER_SUMMED:
            continue
        column: pa.ChunkedArray = report.table[name]
        if column.null_count < len(column) or name in report.columns:
            sums[name] = _short(Decimal(pc.sum(column).as_py() or 0))
    return sums


def _short(value: Decimal) -> Decimal:
    """Without the zeros that only the column's type prints: 1200, 1200.50, 0.3333."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.quantize(_CENT) if value == value.quantize(_CENT) else value.normalize()
