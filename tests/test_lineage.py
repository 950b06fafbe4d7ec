"""Every cell a proof names is opened in the file itself, and holds what the proof says was written.

The files are the sample's own, read through the importer; the second road is openpyxl, or the csv
module, on the very file.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from here import read_here
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from schools import Schools, person

from dashboard.filters import Filters
from dashboard.ingest import store
from dashboard.kpis import KPIS
from dashboard.lineage import Address, Cell, origins
from dashboard.periods import parse
from dashboard.proving import evidence, over, prove
from dashboard.roles import Role
from dashboard.school import School
from dashboard.settings import SAMPLE
from dashboard.text import Text
from dashboard.warehouse import Warehouse

FILTERS = Filters(parse("2025"), date(2026, 1, 15))
FILES = [p for p in sorted(SAMPLE.iterdir()) if p.suffix in (".xlsx", ".csv") and p.name[0] != "~"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = Warehouse.open(tmp_path_factory.mktemp("sample") / "school.duckdb")
    store(warehouse, [read_here(path.read_bytes(), path.name) for path in FILES])
    yield warehouse
    warehouse.close()


class Files:
    """The sample's cells as another reader sees them."""

    def __init__(self) -> None:
        self._books: dict[str, Any] = {}

    def cell(self, file: str, sheet: str, place: str) -> Any:
        letters, row = coordinate_from_string(place)
        if file.endswith(".csv"):
            return self._lines(file)[row - 1][column_index_from_string(letters) - 1]
        if file not in self._books:
            self._books[file] = openpyxl.load_workbook(SAMPLE / file, data_only=True)
        page = self._books[file][sheet]
        merged = (area for area in page.merged_cells.ranges if place in area)
        return next((page.cell(a.min_row, a.min_col).value for a in merged), page[place].value)

    def _lines(self, file: str) -> list[list[str]]:
        if file not in self._books:
            raw = (SAMPLE / file).read_bytes()
            text = raw.decode("utf-8-sig" if raw[:3] == b"\xef\xbb\xbf" else "gb18030")
            self._books[file] = list(csv.reader(io.StringIO(text)))
        found: list[list[str]] = self._books[file]
        return found


def says(found: Any, cell: Cell) -> bool:
    """Whether the file's cell is what the proof says of it."""
    if cell.written is not None:
        return _bare(found) == _bare(cell.written)
    if isinstance(cell.value, Text):
        return _bare(found) in (_bare(cell.value.zh), _bare(cell.value.en))
    return _bare(found) == _bare(cell.value)


def _bare(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return "".join(str(value).split()).removesuffix("00:00:00")


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


@pytest.mark.parametrize("kpi", KPIS)
def test_every_cell_a_proof_names_holds_what_it_says(
    sample: Warehouse, files: Files, kpi: str
) -> None:
    looked_at = 0
    with sample.snapshot() as reader:
        found = prove(reader, kpi, FILTERS, School(), Role.OFFICER, most=40)
    for origin in found.origins.values():
        for cell in origin.cells:
            if cell.place:
                there = files.cell(origin.file, origin.sheet, cell.place)
                assert says(there, cell), (origin.file, origin.sheet, cell, there)
                looked_at += 1
    assert looked_at or not any(counting.rows for counting in found.countings)


def test_a_row_without_a_cell_of_its_own_still_leads_to_its_sheet(sample: Warehouse) -> None:
    """Every row of every proof of the sample has an origin."""
    with sample.snapshot() as reader:
        for kpi in KPIS:
            found = prove(reader, kpi, FILTERS, School(), Role.OFFICER, most=200)
            for counting in found.countings:
                for row in counting.rows:
                    assert row.address in found.origins, (kpi, row.key)


def test_what_is_not_stored_any_more_has_no_origin(sample: Warehouse) -> None:
    assert origins(sample, [Address("ledger", "gone")]) == {}
    assert evidence(sample, "ledger", "gone", FILTERS, Role.OFFICER) is None


def test_a_point_of_a_trend_is_proved_over_its_own_stretch(sample: Warehouse) -> None:
    with sample.snapshot() as reader:
        whole = prove(reader, "spending_total", FILTERS, School(), Role.OFFICER)
        months = [
            prove(reader, "spending_total", over(FILTERS, point.over), School(), Role.OFFICER)
            for point in whole.result.trend
        ]
    for month, point in zip(months, whole.result.trend, strict=True):
        assert month.result.now.numerator == point.reading.numerator
        assert sum(one.numerator for one in month.countings) == point.reading.numerator


def test_the_original_text_stands_where_it_differs(tmp_path: Path) -> None:
    day = date(2017, 1, 1)
    with ExitStack() as stack:
        warehouse = Schools(tmp_path, stack)(staff={day: [person("1", "王芳")]})
        (origin,) = origins(warehouse, [Address("staff", "#1", day)]).values()
    assert (origin.file, origin.sheet) == ("账.xlsx", "表1")
    assert {cell.label.zh for cell in origin.cells} == {"工号", "姓名", "部门"}
    assert all(cell.written is None for cell in origin.cells)
