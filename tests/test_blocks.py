"""One sheet, several tables: each cell in exactly one of them, each row accounted for."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.importing import child
from dashboard.importing.columns import Cell, Columns, coded
from dashboard.importing.grids import Grid, trimmed
from dashboard.importing.layout import abreast, blocks, cutting, stacked
from dashboard.importing.order import Order
from dashboard.importing.report import COUNTED, Choice
from dashboard.importing.sheets import read as read_sheet

ORDER = Order("名册.xlsx", date(2017, 9, 1))
TWO: list[list[Cell]] = [
    ["2018年3月会员名册", None, None],
    ["姓名", "部门", "入会时间"],
    ["赵一", "语文组", "2017-03-08"],
    [None, None, None],
    ["2018年3月8日三八观影签到表", None, None],
    ["姓名", "部门", "签到"],
    ["赵一", "语文组", "√"],
]


def cells_of(grid: Grid) -> Counter[str]:
    """Where the grid's filled cells lie in the sheet."""
    return Counter(
        f"{grid.where(at, place)}={cell!r}"
        for at, row in enumerate(grid.rows)
        for place, cell in enumerate(row)
        if cell is not None
    )


def words_of(*grids: Grid) -> Counter[str]:
    cells = (cell for grid in grids for row in grid.rows for cell in row if cell is not None)
    return Counter(word for cell in cells for word in str(cell).split())


def test_each_table_has_its_area_and_all_rows_are_shared_out() -> None:
    parts = blocks.tables(Grid("表", TWO), ORDER)
    assert [part.area for part in parts] == ["A1:C4", "A5:C7"]
    reports = [read_sheet(part, ORDER) for part in parts]
    assert [report.dataset for report in reports] == ["members", "attendance"]
    assert sum(report.counts["rows"] for report in reports) == len(TWO)


def test_a_single_table_is_handed_on_as_it_is() -> None:
    grid = Grid("表", TWO[:3])
    assert blocks.tables(grid, ORDER) == [grid]
    assert grid.area == ""


def test_the_officers_header_rows_keep_the_sheet_whole() -> None:
    order = Order("名册.xlsx", date(2017, 9, 1), choices=(Choice("表", header_rows=(2,)),))
    assert len(blocks.tables(Grid("表", TWO), order)) == 1


def test_the_officer_speaks_of_one_table_by_its_area() -> None:
    choices = (Choice("表", "staff", area="A1:C4"), Choice("表", header_rows=(6,), area="A5:C7"))
    order = Order("名册.xlsx", date(2017, 9, 1), choices=choices)
    reports = [read_sheet(part, order) for part in blocks.tables(Grid("表", TWO), order)]
    assert [report.dataset for report in reports] == ["staff", "attendance"]
    assert reports[1].header_rows == (6,)


def test_a_sheet_left_out_is_left_out_with_all_its_tables() -> None:
    data = "\n".join(",".join(str(cell or "") for cell in row) for row in TWO).encode()
    assert len(child.report(data, Order("表.csv", date(2017, 9, 1))).sheets) == 2
    order = Order("表.csv", date(2017, 9, 1), choices=(Choice("表", skip=True),))
    assert child.report(data, order).sheets == []


def test_a_large_sheet_is_cut_at_the_same_rows() -> None:
    filler: list[list[Cell]] = [[f"张{n}", "语文组", "2017-03-08"] for n in range(3_000)]
    rows = TWO[:3] + filler + TWO[3:]
    columns = Columns([coded([row[place] for row in rows]) for place in range(3)])
    for grid in (Grid("表", rows), Grid("表", columns)):
        assert [part.area for part in blocks.tables(grid, ORDER)] == ["A1:C3004", "A3005:C3007"]


def test_a_large_sheet_is_cut_at_a_header_in_another_order() -> None:
    days: list[list[Cell]] = [[f"2025-03-{n % 28 + 1:02}", f"事{n}", n, None] for n in range(3_000)]
    heads: list[list[Cell]] = [["日期", "摘要", "收入", "支出"], ["摘要", "支出", "日期", "收入"]]
    rows = [heads[0], *days, heads[1], ["买球", 5, "2025-03-08", None]]
    columns = Columns([coded([row[place] for row in rows]) for place in range(4)])
    for grid in (Grid("表", rows), Grid("表", columns)):
        assert [part.area for part in blocks.tables(grid, ORDER)] == ["A1:D3001", "A3002:D3003"]


def test_a_part_knows_its_cells_in_a_sheet_with_hidden_rows_and_columns() -> None:
    grid = Grid("表", TWO, down=[0, 1, 3, 4, 6, 7, 8], across=[0, 2, 3])
    part = cutting.part(grid, range(4, 7), range(1, 3))
    assert (part.where(2, 1), cutting.area(part)) == ("D9", "C7:D9")
    assert (part.row_at(9), part.column_at("D")) == (2, 1)


def test_merged_cells_end_at_the_edge_of_a_part() -> None:
    grid = Grid("表", TWO, merged=[(0, 0, 0, 2), (4, 0, 4, 2), (2, 1, 5, 1)])
    assert cutting.part(grid, range(4, 7), range(2)).merged == [(0, 0, 0, 1)]
    assert cutting.part(grid, range(1, 4), range(3)).merged == [(1, 1, 2, 1)]


CELLS = st.none() | st.sampled_from(
    ["姓名", "部门", "签到", "入会时间", "日期", "收入", "支出", "序号", "合计", "制表：", "√",
     "赵一", "2018年签到表", "第2页", "科目", "2018-03-08", "5月8日", 1, 3.5, 100]
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=1, max_size=14)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_every_filled_cell_lies_in_exactly_one_part(rows: list[list[Cell]]) -> None:
    grid = Grid("表", trimmed(rows))
    below = stacked.parts(grid, "a.xlsx") if grid.rows else []
    assert sum((cells_of(part) for part in below), Counter()) == cells_of(grid)
    assert sum(len(part.rows) for part in below) == len(grid.rows)
    beside = [side for part in below for side in abreast.parts(part, "a.xlsx")]
    assert words_of(*beside) == words_of(grid)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_every_part_is_read_and_accounts_for_its_rows(rows: list[list[Cell]]) -> None:
    for part in blocks.tables(Grid("表", trimmed(rows)), ORDER):
        counts = read_sheet(part, ORDER).counts
        assert counts["rows"] == len(part.rows) == sum(counts[name] for name in COUNTED)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_a_sheet_kept_by_columns_is_cut_as_one_kept_by_rows(rows: list[list[Cell]]) -> None:
    cells = trimmed(rows)
    width = len(cells[0]) if cells else 0
    columns = Columns([coded([row[place] for row in cells]) for place in range(width)])
    by_rows = blocks.tables(Grid("表", cells), ORDER)
    by_columns = blocks.tables(Grid("表", columns), ORDER)
    assert [part.area for part in by_columns] == [part.area for part in by_rows]
    assert [list(part.rows) for part in by_columns] == [list(part.rows) for part in by_rows]
