"""The reading child: what it refuses, what kills it, and that the server goes on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.importing import child, headers, lines, read
from dashboard.importing.grids import Grid, trimmed
from dashboard.importing.report import COUNTED, Choice
from dashboard.importing.sheets import Order
from dashboard.importing.sheets import read as read_sheet
from dashboard.settings import Limits

LIMITS = replace(Limits(), child_seconds=20, child_memory=700 * 2**20, cells=300_000)


def workbook(rows: list[list[object]], sheet: str = "Sheet1") -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return buffer.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose first sheet is replaced by this XML."""
    source = zipfile.ZipFile(io.BytesIO(workbook([["x"]])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            is_sheet = entry.filename == "xl/worksheets/sheet1.xml"
            target.writestr(entry.filename, xml if is_sheet else source.read(entry))
    return buffer.getvalue()


HEAD = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main"><sheetData>'
)


def far_cell() -> bytes:
    """2.5 KB that abort any process which builds the sheet's range."""
    return with_sheet(
        f'{HEAD}<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )


def huge_sheet() -> bytes:
    """A few KB that unpack to more cells than anybody keeps."""
    row = f"<row>{'<c><v>1</v></c>' * 100}</row>"
    return with_sheet(f"{HEAD}{row * 4_000}</sheetData></worksheet>")


def lying_directory() -> bytes:
    data = bytearray(workbook([["姓名", "部门"]]))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (2**31).to_bytes(4, "little")
    return bytes(data)


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return with_sheet(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>{HEAD[21:]}'
        '<row><c t="str"><v>&e9;</v></c></row></sheetData></worksheet>'
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "far_cell": far_cell,
    "huge_sheet": huge_sheet,
    "lying_directory": lying_directory,
    "billion_laughs": billion_laughs,
    "five_million_commas": lambda: b"," * 5_000_000,
    "ten_megabyte_cell": lambda: "姓名,部门\n".encode() + b"x" * 10_000_000 + b",y\n",
    "nul_bytes": lambda: b"\x00\x01\x02" * 3_000,
    "hundred_thousand_columns": ("姓名," * 100_000).encode,
    "damaged_xls": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 99
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_the_server_goes_on(name: str) -> None:
    report = read(HOSTILE[name](), f"{name}.xlsx", limits=LIMITS)
    assert report.refused is not None
    code, message = report.refused
    assert message.zh
    assert message.en
    assert code in {"too_complex", "damaged", "reader_died", "not_a_table", "no_cells", "encoding"}
    after = read("姓名,部门,入会时间\n张三,语文组,2017-03-08\n".encode(), "会员名册.csv")
    assert after.sheets[0].counts["loaded"] == 1


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
