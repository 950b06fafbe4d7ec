"""The reading child: what the officer decides for it, and that every row is accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.importing import child, read
from dashboard.importing.grids import Grid, trimmed
from dashboard.importing.layout import headers, lines
from dashboard.importing.order import Order
from dashboard.importing.report import COUNTED, Choice
from dashboard.importing.sheets import read as read_sheet
from dashboard.settings import Limits

LIMITS = replace(Limits(), child_seconds=20, child_memory=700 * 2**20, cells=300_000)


def test_a_file_above_the_limit_is_refused_before_it_is_read() -> None:
    report = read(b"x" * 2_000_000, "a.csv", limits=replace(LIMITS, upload_bytes=1_000_000))
    assert report.refused is not None
    assert report.refused[0] == "too_large"


def test_only_the_name_of_the_file_is_kept_and_masked() -> None:
    report = read(b"a,b\n1,2\n", "C:/Users/x/13900001234.csv")
    assert report.file == "[已隐去].csv"


def test_the_officers_mapping_replaces_ours() -> None:
    data = "甲,乙,丙\n张三,语文组,2017-03-08\n".encode()
    assert read(data, "a.csv").sheets[0].dataset is None
    columns = (("name", "A"), ("department", "B"), ("joined_on", "C"))
    choice = Choice("a", "members", (1,), columns, date(2017, 9, 1))
    (sheet,) = read(data, "a.csv", choices=[choice]).sheets
    assert (sheet.dataset, sheet.as_of) == ("members", date(2017, 9, 1))
    assert (sheet.rows[0]["name"], sheet.rows[0]["joined_on"]) == ("张三", date(2017, 3, 8))


def test_a_skipped_sheet_is_left_out() -> None:
    assert read(b"a,b\n1,2\n", "a.csv", choices=[Choice("a", skip=True)]).sheets == []


CELLS = (
    st.none()
    | st.text(max_size=12)
    | st.integers()
    | st.floats()
    | st.dates()
    | st.sampled_from(
        [
            "姓名",
            "部门",
            "合计",
            "小计",
            "日期",
            "收入",
            "支出",
            "入会时间",
            "2017-03-08",
            "3月8日",
            "√",
            "备注",
        ]
    )
)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_any_grid_is_read_and_every_row_is_accounted_for(rows: list[list[object]]) -> None:
    blankless = [[None if c == "" or str(c).isspace() else c for c in row] for row in rows]
    grid = Grid("表", trimmed(blankless))  # type: ignore[arg-type]
    report = read_sheet(grid, Order("名册.xlsx", date(2017, 9, 1)))
    assert report.counts["rows"] == len(grid.rows)
    assert report.counts["rows"] == sum(report.counts[name] for name in COUNTED)


def test_every_row_has_one_kind() -> None:
    grid = Grid("表", [["名册", None], ["姓名", "部门"], [None, None], ["张三", "语文组"],
                      ["姓名", "部门"], ["合计", 1], ["制表：", None]])  # fmt: skip
    header = headers.find(grid, "会员名册")
    assert header is not None
    kinds = [lines.kind(grid, at, header) for at in range(len(grid.rows))]
    assert kinds == ["notes", "headers", "blank", "data", "headers", "totals", "notes"]


def test_the_child_reports_what_it_saw_without_a_parent() -> None:
    found = child.report("姓名,部门,入会时间\n张三,语文组,2017-03-08\n".encode(),
                         Order("会员名册.csv", date(2017, 9, 1)))  # fmt: skip
    assert found.sheets[0].dataset == "members"


def test_the_officers_header_row_goes_before_ours() -> None:
    data = "姓名,部门,入会时间\n姓名,科室,入会日期\n张三,语文组,2017-03-08\n".encode()
    assert read(data, "a.csv").sheets[0].header_rows == (1,)
    (sheet,) = read(data, "a.csv", choices=[Choice("a", header_rows=(2,))]).sheets
    assert (sheet.header_rows, sheet.dataset) == ((2,), "members")
    assert sheet.counts["notes"] == 1


def test_a_header_row_beyond_the_sheet_is_its_last() -> None:
    (sheet,) = read(b"a,b\n1,2\n", "a.csv", choices=[Choice("a", header_rows=(99,))]).sheets
    assert sheet.header_rows == (2,)


def test_a_chosen_dataset_stands_although_its_columns_are_missing() -> None:
    data = "商品,数量,单价\n笔,3,2\n".encode()
    (sheet,) = read(data, "a.csv", choices=[Choice("a", "ledger")]).sheets
    assert (sheet.dataset, sheet.rows, sheet.counts["rejected"]) == ("ledger", [], 1)
    assert [issue.code for issue in sheet.issues] == ["column_missing"]
    assert [column.header for column in sheet.unmapped] == ["商品", "数量", "单价"]


def test_a_row_without_its_required_column_is_never_loaded() -> None:
    data = "工号,姓名,部门,用工类型\n1,张三,语文组,在编\n2,李四,语文组,在编\n".encode()
    (sheet,) = read(data, "教职工名册.csv", choices=[
        Choice("教职工名册", "staff", header_rows=(2,))]).sheets  # fmt: skip
    assert sheet.rows == []
    assert sheet.counts["rejected"] == 1
