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

from dashboard.errors import RefusedFile
from dashboard.importing import (
    aside,
    cells,
    confinement,
    grids,
    planned,
    progress,
    provisions,
    questions,
    sheets,
    wire,
)
from dashboard.importing.confinement import proof
from dashboard.importing.formats import delimited, gate, oldsheets, webpage, workbooks, xmlsheets
from dashboard.importing.layout import blocks
from dashboard.importing.loose import sheet
from dashboard.importing.loose import wire as loose_wire
from dashboard.importing.loose.model import LooseFile, LooseSheet
from dashboard.importing.order import Order
from dashboard.importing.report import FileReport
from dashboard.importing.values.private import masked


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


def main() -> None:
    """One order, one answer. Until the order is read nothing of a stranger's is in here; from
    `shut` on nothing can be opened, and only then the file's bytes are taken.
    """
    confinement.die_with_the_server()
    provisions.load()
    gc.disable()  # a child reads one file and is gone
    line = sys.stdin.buffer.readline()
    if not line:  # the server is gone
        return
    order = wire.order_from_json(line)
    confinement.limit(order.limits)
    _close_behind(line)
    progress.begin()
    _answer(line, order, sys.stdin.buffer.read())
    sys.stdout.buffer.flush()
    os._exit(0)  # tidying up a million cells takes as long as reading some


def _close_behind(line: bytes) -> None:
    """Take along what this order needs, and shut; a question shuts when its engine stands."""
    if questions.wish(line) is not None:
        return
    if planned.wish(line):
        provisions.load_plans()
    confinement.shut()


def _answer(line: bytes, order: Order, data: bytes) -> None:
    """By what the order asks for; a report where it asks for nothing else."""
    out = sys.stdout.buffer
    wanted, plan, sql = cells.wish(line), planned.wish(line), questions.wish(line)
    if proof.wish(line):
        out.write(proof.told())
    elif sql is not None:
        out.write(questions.told(data, sql, order.limits))
    elif loose_wire.is_asked(line):
        loose_wire.send(loosely(data, order), out)
    elif plan is not None:
        out.write(planned.told(data, order.file, plan))
    elif wanted is None:
        wire.send(report(data, order), out)
    else:
        found = FileReport(order.file, "", gate.kind(data, order.limits))
        out.write(cells.told(_grids(data, order, found), wanted))


if __name__ == "__main__":
    main()
