"""Cells of columns that are never kept: in a copy nothing but their length is left of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlsxwriter.utility import xl_cell_to_rowcol

from dashboard.contracts import DATASETS
from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Cell
from dashboard.importing.report import SheetReport
from dashboard.importing.values.private import MASK, hint

_LAST = 1_048_575
_WORD = re.compile(r"^\D{1,4}$")  # 无, 合计, a header met again: no number, no address


@dataclass(frozen=True, slots=True)
class Dropped:
    """The places of one table's dropped columns; rows and columns from 0."""

    rows: range
    columns: frozenset[int]
    headers: frozenset[str]

    @classmethod
    def of(cls, report: SheetReport) -> Dropped:
        """Of a register's table: the rows below its header, within its own area."""
        dataset = DATASETS.get(report.dataset or "")
        mapped = [
            column
            for name, column in report.columns.items()
            if dataset and not dataset.column(name).keep
        ]
        places = frozenset(xl_cell_to_rowcol(f"{column.column}1")[1] for column in mapped)
        last = xl_cell_to_rowcol(report.area.split(":")[1])[0] if ":" in report.area else _LAST
        rows = range(max(report.header_rows, default=0), last + 1)
        return cls(rows, places, frozenset(plain(column.header) for column in mapped))

    def __call__(self, row: int, column: int, cell: Cell) -> Cell:
        """`[已隐去]（18 位）` in these places; a word that says nothing of anybody stays."""
        text = "" if cell is None else str(cell)
        if column not in self.columns or row not in self.rows or self._is_harmless(text):
            return cell
        return hint(text)

    def _is_harmless(self, text: str) -> bool:
        if not text or text.startswith(MASK):
            return True
        return bool(_WORD.match(text)) or plain(text) in self.headers
