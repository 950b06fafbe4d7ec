"""The process that opens strangers' files: limited before it reads, and alone when it dies.

Standard input: one line of JSON (the order), then the file's bytes to the end.
Standard output: one report (see wire.py), what a loose reading found (see loose/wire.py), or the
cells (see cells.py). Nothing is written to disk.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
import warnings
from types import ModuleType

import pyarrow as pa

from dashboard.errors import RefusedFile
from dashboard.importing import aside, cells, grids, planned, progress, questions, sheets, wire
from dashboard.importing.formats import delimited, gate, oldsheets, webpage, workbooks, xmlsheets
from dashboard.importing.layout import blocks
from dashboard.importing.loose import sheet
from dashboard.importing.loose import wire as loose_wire
from dashboard.importing.loose.model import LooseFile, LooseSheet
from dashboard.importing.order import Order
from dashboard.importing.report import FileReport
from dashboard.importing.values.private import masked
from dashboard.settings import Limits


def limit(limits: Limits) -> None:
    """Memory, processor time, files: the platform's own means. Windows has none here; there the
    parent's clock stops a child that runs away.
    """
    try:
        import resource
    except ImportError:
        return
    for which, bound in (
        (resource.RLIMIT_AS, limits.child_memory),
        (resource.RLIMIT_CPU, limits.child_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (bound, bound if hard < 0 else min(bound, hard)))


def report(data: bytes, order: Order) -> FileReport:
    """Read the whole file. What refuses it becomes part of the report."""
    found = FileReport(masked(order.file), hashlib.sha256(data).hexdigest(), "unknown")
    try:
        found.kind = gate.kind(data, order.limits)
        for whole in _grids(data, order, found):
            for grid in [] if aside.is_aside(whole) else _tables(whole, order):
                if not order.choice(grid.name, grid.area).skip:
                    found.sheets.append(sheets.read(grid, order))
    except RefusedFile as refusal:
        found.refused = (refusal.code, refusal.message)
        found.sheets = []
    return found


def loosely(data: bytes, order: Order) -> LooseFile:
    """Read the whole file without a contract. What refuses it becomes part of what is told."""
    found = FileReport(masked(order.file), hashlib.sha256(data).hexdigest(), "unknown")
    told: list[LooseSheet] = []
    try:
        found.kind = gate.kind(data, order.limits)
        for grid in _grids(data, order, found):
            if not aside.is_aside(grid):
                told += sheet.tables(grids.by_columns(grid), order)
    except RefusedFile as refusal:
        found.refused, told = (refusal.code, refusal.message), []
    return LooseFile(found.file, found.sha256, found.kind, found.encoding, found.refused, told)


def _tables(whole: grids.Grid, order: Order) -> list[grids.Grid]:
    return blocks.tables(grids.by_columns(whole), order)


def _grids(data: bytes, order: Order, found: FileReport) -> list[grids.Grid]:
    stem, _, suffix = order.file.rpartition(".")
    whole = {choice.sheet for choice in order.choices if choice.hidden_rows}
    if found.kind in ("html", "mht"):
        pages, found.encoding = webpage.tables(data, stem, order.limits, whole)
        return pages
    if found.kind == "xml":
        pages, found.encoding = xmlsheets.grids(data, order.limits, whole)
        return pages
    if found.kind == "biff":
        return oldsheets.grids(data, stem, order.limits)
    if found.kind != "text":
        return workbooks.grids(data, found.kind, order.limits, whole)
    found.kind = suffix.lower() if suffix.lower() in ("csv", "tsv", "txt") else "csv"
    grid, found.encoding = delimited.table(data, stem, order.limits, order.encoding)
    return [grid]


def _without_pandas() -> None:
    """Arrow looks for pandas at its first array; importing it takes longer than a small file."""
    absent = ModuleType("pandas")
    absent.__version__ = "0"  # type: ignore[attr-defined]
    sys.modules.setdefault("pandas", absent)
    warnings.filterwarnings("ignore", "pyarrow requires pandas")
    pa.array([0])


def main() -> None:
    _without_pandas()
    gc.disable()  # a child reads one file and is gone
    line = sys.stdin.buffer.readline()
    order, wanted, plan = wire.order_from_json(line), cells.wish(line), planned.wish(line)
    sql = questions.wish(line)
    limit(order.limits)
    progress.begin()
    data = sys.stdin.buffer.read()
    if sql is not None:
        sys.stdout.buffer.write(questions.told(data, sql, order.limits))
    elif loose_wire.is_asked(line):
        loose_wire.send(loosely(data, order), sys.stdout.buffer)
    elif plan is not None:
        sys.stdout.buffer.write(planned.told(data, order.file, plan))
    elif wanted is None:
        wire.send(report(data, order), sys.stdout.buffer)
    else:
        found = FileReport(order.file, "", gate.kind(data, order.limits))
        sys.stdout.buffer.write(cells.told(_grids(data, order, found), wanted))
    sys.stdout.buffer.flush()
    os._exit(0)  # tidying up a million cells takes as long as reading some


if __name__ == "__main__":
    main()
