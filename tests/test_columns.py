"""A large sheet is read by columns: the second road is the same sheet, read cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column, Surroundings
from dashboard.contracts.spelling import are_plain, plain, plain_number
from dashboard.errors import RefusedFile
from dashboard.importing import columns, sheets, wire
from dashboard.importing.columns import Cell, Coded, Columns, coded, loosely
from dashboard.importing.formats import delimited, large, workbooks
from dashboard.importing.grids import Grid, trimmed
from dashboard.importing.layout import lines
from dashboard.importing.order import Order
from dashboard.importing.registers import bulk
from dashboard.importing.report import FileReport
from dashboard.importing.texts import Texts
from dashboard.importing.values.coerce import Reader
from dashboard.settings import Limits
from dashboard.text import Text

WORDS = st.text(
    st.sampled_from(
        "张三李四语文组合计小计共 \n　“”()（）0123456789.-,锟斤拷#=ＡＢab乾陳\u200b\ue000"
    ),
    max_size=14,
)
CELLS = (
    st.none()
    | WORDS.filter(str.strip)  # a blank cell is an empty one
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False)
    | st.decimals(-(10**6), 10**6, places=2).map(str)
    | st.decimals(-(10**6), 10**6, places=3).map(float)
    | st.dates(date(1950, 1, 1), date(2050, 1, 1))
    | st.booleans()
)
KINDS = ("text", "label", "id", "name", "money", "count", "date")


def order(file: str = "账.xlsx") -> Order:
    return Order(file, date(2026, 11, 21))


def columns_of(rows: Sequence[Sequence[Cell]], made: Callable[..., Coded] = loosely) -> Columns:
    return Columns([made(column) for column in zip(*rows, strict=True)])


# -- columns ----------------------------------------------------------------------------------


@given(st.lists(CELLS, max_size=30))
def test_a_coded_column_holds_the_same_cells(cells: list[Cell]) -> None:
    for column in (coded(cells), loosely(cells), coded(cells).compact()):
        assert list(column) == cells
        assert [cell is True for cell in column] == [cell is True for cell in cells]
        assert column.filled.tolist() == [cell is not None for cell in cells]


def test_true_and_one_stay_apart() -> None:
    assert list(coded([True, 1, False, 0])) == [True, 1, False, 0]
    assert [type(cell) for cell in coded([True, 1, False, 0])] == [bool, int, bool, int]


def test_a_column_that_does_not_repeat_itself_is_not_searched() -> None:
    cells = [f"记{n}" for n in range(25_000)]
    assert loosely(cells).codes.tolist() == list(range(25_000))
    assert len(loosely(["语文组", "数学组"] * 15_000).values) == 2


@given(st.lists(st.lists(st.none() | st.just("x"), min_size=3, max_size=3), max_size=6))
def test_empty_edges_are_trimmed_alike(rows: list[list[Cell]]) -> None:
    assert list(Columns.of(rows, lambda cell: cell)) == trimmed([list(row) for row in rows]) or (
        not any(any(row) for row in rows)
    )


@given(st.lists(st.none() | WORDS.filter(str.strip) | st.floats(allow_nan=False), min_size=1))
def test_no_row_that_might_be_a_total_is_passed_over(cells: list[Cell]) -> None:
    for column in (coded(cells), loosely(cells)):
        asked = column.worded().matching(lines.may_total, lines.TOTAL_SIGNS)
        assert asked.tolist() == [isinstance(c, str) and lines.may_total(c) for c in cells]


def test_a_long_number_is_found_among_many_texts() -> None:
    column = Column("x", Text("摘要", "x"), "text")
    texts: list[Cell] = [f"记{n:06d}" for n in range(30_000)]
    plainly = bulk.read_all([Reader(Surroundings())], column, texts)
    assert plainly.typed is not None
    assert len(plainly.typed) == 30_000
    hiding = bulk.read_all([Reader(Surroundings())], column, [*texts, "电13800138000"])
    assert "13800138000" not in str(hiding.objects()[-1])


# -- values -----------------------------------------------------------------------------------


@given(st.sampled_from(KINDS), st.lists(CELLS, min_size=1, max_size=12), st.booleans())
def test_cells_read_at_once_are_the_cells_read_one_by_one(
    kind: Any, cells: list[Cell], required: bool
) -> None:
    column = Column("x", Text("栏", "x"), kind, required=required)
    reader = Reader(Surroundings(year=2017))
    found = bulk.read_all([reader], column, cells)
    for place, cell in enumerate(cells):
        value, issues = reader.read(column, cell, "")
        assert found.objects()[place] == value
        assert found.issues.get(place, []) == issues
        assert (place in found.fatal) == any(i.severity == "error" for i in issues)


@given(st.lists(st.none() | st.decimals(-(10**10), 10**10, places=4).map(float), min_size=1))
def test_plain_amounts_are_exact(cells: list[Cell]) -> None:
    column = Column("x", Text("金额", "x"), "money")
    found = bulk.read_all([Reader(Surroundings())], column, cells)
    for cell, value in zip(cells, found.objects(), strict=True):
        assert value == (None if cell is None else Decimal(f"{cell:.15g}"))


@pytest.mark.parametrize("kind", ["money", "name", "text", "date"])
def test_a_column_of_a_large_text_may_be_empty(kind: Any) -> None:
    """As the income is, where only spending is listed."""
    cells = Texts.of(pa.array(["", " ", None], pa.string()))
    found = bulk.read_all([Reader(Surroundings())], Column("x", Text("栏", "x"), kind), cells)
    assert found.objects() == [None, None, None]
    assert not found.issues


def test_ten_thousandths_become_decimals_of_either_sign() -> None:
    scaled = np.array([12_345, -12_345, 0, 10**15, -(10**15)], np.int64)
    told = bulk.decimals(scaled, np.array([False, False, True, False, False]))
    told.validate(full=True)
    expected = [Decimal("1.2345"), Decimal("-1.2345"), None, Decimal(10**11), -Decimal(10**11)]
    assert told.to_pylist() == expected


@given(st.lists(st.text(max_size=8)))
def test_what_is_made_of_plain_characters_is_its_own_plain_form(texts: list[str]) -> None:
    told = [text for text in texts if are_plain(text)]
    assert [plain(text) for text in told] == [plain_number(text) for text in told] == told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("记1-12", "记11-2", False),
        ("记1-12", "记－1 — 12", True),
        ("记-12", "記12", True),
        ("2017_03_001", "2017-03-001", True),
        ("记字第12号", "记字第 12 号", True),
        ("", None, True),
    ],
)
def test_a_numbers_parts_stay_apart(one: str, other: str | None, same: bool) -> None:
    assert (plain_number(one) == plain_number(other)) == same


# -- sheets -----------------------------------------------------------------------------------

FILES = Path(__file__).parent / "files"
READ_BY_CELLS = sorted(path for path in FILES.iterdir() if path.suffix in (".csv", ".tsv", ".txt"))


def outline(report: Any) -> Any:
    rows = report.table.to_pylist() if report.table is not None else None
    return replace(report, table=None), rows


@pytest.mark.parametrize("path", READ_BY_CELLS, ids=lambda path: path.name)
def test_every_case_reads_the_same_by_columns(path: Path) -> None:
    try:
        grid, _ = delimited.table(path.read_bytes(), path.stem, Limits())
    except RefusedFile:
        pytest.skip("refused")
    by_cells = sheets.read(grid, order(path.name))
    by_columns = sheets.read(replace(grid, rows=columns_of(grid.rows)), order(path.name))
    assert outline(by_columns) == outline(by_cells)


HEADERS = ["日期", "凭证号", "摘要", "收入", "支出"]
SAID = st.sampled_from(
    [
        None,
        "合计",
        "本月合计",
        "会费",
        "12月份小计",
        "第3季度合计",
        "制表人：张三",
        "日期",
        "2017-03-08",
        "12.50",
        "注",
        "制表人",
        "审核人",
        "平均",
        "总收入",
        "数据来源：统计局",
        "出席率",
    ]
)


@given(st.lists(st.lists(SAID, min_size=5, max_size=5), max_size=12))
def test_any_ledger_reads_the_same_by_columns(rows: list[list[Cell]]) -> None:
    cells: list[list[Cell]] = [["2017年经费收支", *[None] * 4], list(HEADERS), *rows]
    by_cells = sheets.read(Grid("账", cells), order())
    for made in (coded, loosely):
        by_columns = sheets.read(Grid("账", columns_of(cells, made)), order())
        assert outline(by_columns) == outline(by_cells)


@given(st.lists(st.lists(SAID | st.integers(1, 9), min_size=5, max_size=5), max_size=12))
def test_any_unknown_sheet_reads_the_same_by_columns(rows: list[list[Cell]]) -> None:
    cells: list[list[Cell]] = [["序号", "品名", "收入", "册数", "说明"], *rows]
    by_cells = sheets.read(Grid("书", cells), order())
    by_columns = sheets.read(Grid("书", columns_of(cells)), order())
    assert outline(by_columns) == outline(by_cells)


# -- large text files -------------------------------------------------------------------------

LINES = st.lists(
    st.lists(st.text(st.sampled_from("ab张 12."), max_size=3), max_size=5), min_size=1, max_size=20
)


@given(LINES, st.sampled_from([",", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_arrow_splits_a_text_as_the_standard_reader_does(
    lines: list[list[str]], mark: str, end: str
) -> None:
    text = end.join(mark.join(line) for line in lines)
    found = large.columns(text, mark, Limits())
    if found is None:
        return
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    width = max(map(len, records), default=0)
    cells: list[list[Cell]] = [
        [cell if cell.strip() else None for cell in record] + [None] * (width - len(record))
        for record in records
    ]
    assert list(found) == trimmed(cells)


def test_a_text_with_quotation_marks_is_split_line_by_line() -> None:
    assert large.columns('a,b\n"1,2",3\n', ",", Limits()) is None


# -- the way back -----------------------------------------------------------------------------


def there_and_back(report: FileReport) -> FileReport:
    out = io.BytesIO()
    wire.send(report, out)
    return wire.report_from_bytes(out.getvalue())


def test_a_table_that_is_not_the_contracts_is_refused() -> None:
    report = sheets.read(
        Grid("账", [list(HEADERS), ["2017-03-08", "1", "买球", None, "5"]]), order()
    )
    assert report.table is not None
    lying = replace(report, table=report.table.append_column("more", pa.array([1])))
    with pytest.raises(ValueError, match="contract"):
        there_and_back(FileReport("账.xlsx", "", "xlsx", sheets=[lying]))


def test_a_report_comes_back_as_it_went() -> None:
    report = sheets.read(
        Grid("账", [list(HEADERS), ["2017-03-08", "1", "买球", None, "5"]]), order()
    )
    sent = FileReport("账.xlsx", "ab", "xlsx", sheets=[report])
    back = there_and_back(sent)
    assert outline(back.sheets[0]) == outline(report)


def test_a_field_of_every_register_fits_its_column() -> None:
    assert {kind for d in DATASETS.values() for kind in d.stored().values()} <= {
        "VARCHAR", "DATE", "BIGINT", "BOOLEAN", "DECIMAL(20,4)"
    }  # fmt: skip


def test_replaced_cells_stand_in_their_rows() -> None:
    column = Coded(np.array([0, 1, 0], np.int32), ["a", "b"])
    assert list(column.replaced(np.array([0, 2]), ["x", "y"])) == ["x", "b", "y"]


MIXED = st.one_of(WORDS, st.sampled_from(["", 1, 1.0, True, False, 2.5, date(2025, 3, 1), "1"]))


@given(
    st.integers(1, 3).flatmap(
        lambda width: st.lists(st.lists(MIXED, min_size=width, max_size=width), min_size=1)
    ),
    st.integers(1, 4),
)
def test_a_sheet_taken_in_parts_is_the_sheet_taken_at_once(
    rows: list[list[Cell]], part: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(columns, "_PART", part)
        parts = Columns.in_parts(rows, workbooks._cleaned)
    at_once = Columns.of(rows, workbooks._cleaned)
    assert [[(type(c), c) for c in row] for row in parts] == [
        [(type(c), c) for c in row] for row in at_once
    ]
