"""The copy to mend: it reads as the file did, and without its issues once its cells are mended."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from here import read_here as read
from openpyxl.utils.cell import coordinate_from_string

from dashboard.contracts import DATASETS
from dashboard.exports import annotated, look, mending
from dashboard.importing import cells, child
from dashboard.importing.aside import SENTENCE
from dashboard.importing.cells import SheetCells
from dashboard.importing.formats import gate
from dashboard.importing.formats.scaling import scaling
from dashboard.importing.order import Order
from dashboard.importing.report import FileReport, Issue, SheetReport
from dashboard.settings import Limits

FILES = Path(__file__).parent / "files"
CASES = sorted(
    path
    for path in FILES.iterdir()
    if path.is_file() and path.suffix != ".json" and not path.name.startswith("refused")
)
TODAY = date(2018, 6, 30)
BY_PATH = pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
# What a file does beside its cells' values a copy need not do; it lists it.
NOT_COPIED = {"hidden_rows", "hidden_columns", "hidden_sheet", "filtered_rows",
              "picture_cells", "open_quote", "no_worksheet"}  # fmt: skip


def first_reading(data: bytes, name: str) -> FileReport:
    """Here and now; the child is spared where nothing can hurt."""
    return child.report(data, Order(name, TODAY))


def cells_of(data: bytes, name: str) -> list[SheetCells]:
    found = FileReport(name, "", gate.kind(data, Limits()))
    grids = child._grids(data, Order(name, TODAY), found)
    return [cells._sheet(sheet) for sheet in json.loads(cells.told(grids, {}))]


def copy_of(data: bytes, name: str) -> tuple[FileReport, bytes]:
    report = first_reading(data, name)
    return report, annotated.annotated(report, cells_of(data, name), "zh")


def short(path: Path) -> str:
    """A text file's name is its sheet's, and a workbook allows but 31 characters of it."""
    return f"{path.stem[:31]}{path.suffix}"


def told(sheet: SheetReport) -> list[tuple[str, str]]:
    return sorted((i.code, i.cell or "") for i in sheet.issues if i.code not in NOT_COPIED)


@BY_PATH
def test_the_copy_reads_as_the_file_did(path: Path) -> None:
    data = path.read_bytes()
    report, copied = copy_of(data, short(path))
    again = first_reading(copied, annotated.file_name(report, "zh"))
    assert again.refused is None
    shown = [sheet for sheet in report.sheets if not sheet.hidden and sheet.counts["rows"]]
    assert [(s.name, s.area, s.dataset, s.as_of) for s in again.sheets] == [
        (s.name, s.area, s.dataset, s.as_of) for s in shown
    ]
    for before, after in zip(shown, again.sheets, strict=True):
        if "damaged" in path.name or "phone_as_number" in path.name:  # masked as what they were
            assert len(after.rows) == len(before.rows)
            continue
        assert after.rows == before.rows
        assert after.sums == before.sums
        assert told(after) == told(before)


MENDED = {
    "bad_amount": 1200.5,
    "bad_count": 12,
    "bad_date": date(2018, 3, 8),
    "week_no_day": date(2018, 3, 8),
    "ambiguous_date": date(2018, 3, 8),
    "year_completed": date(2018, 3, 8),
    "day_completed": date(2018, 3, 8),
    "bad_period": "2018年3月",
    "ambiguous_time": "13:05",
    "text_after_amount": 1200.5,
    "scientific_amount": 1200.5,
    "unit_in_cell": 1200.5,
    "error_cell": 1200.5,
    "uncalculated": 1200.5,
    "note_in_name": "赵六",
    "bad_name": "赵六",
    "required_empty": "赵六",
}


def test_every_scaling_has_a_format_that_is_read_as_the_same() -> None:
    for divisor in (10, 100, 1_000, 10_000, 1_000_000, 100_000_000):
        found = scaling(look.scaled(divisor))
        assert found is not None
        assert found.divisor == divisor


def mended(issue: Issue, sheet: SheetReport) -> Any:
    """What the remedy asks for; None where it asks for more than one cell."""
    if issue.cell is None or sheet.dataset is None:
        return None
    if any(other.code == "date_put_together" for other in sheet.issues):  # of three cells
        return None
    letter = coordinate_from_string(issue.cell)[0]
    field = next((name for name, c in sheet.columns.items() if c.column == letter), None)
    column = DATASETS[sheet.dataset].column(field) if field else None
    if column is None:
        return None
    if issue.code == "unknown_code" and column.codes:
        return column.codes.codes[0].label.zh
    if issue.code == "required_empty" and column.type != "name":
        return {"date": date(2018, 3, 8)}.get(column.type, "补填")
    return MENDED.get(issue.code)


def mendable(report: FileReport) -> Iterator[tuple[SheetReport, str, str, Any]]:
    for sheet in report.sheets:
        for issue in sheet.issues:
            value = mended(issue, sheet)
            if value is not None and issue.cell:
                yield sheet, issue.code, issue.cell, value


def rows_of(report: FileReport) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """The loaded rows by sheet and row number."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for sheet in report.sheets:
        numbers = sheet.table["source_row"].to_pylist() if sheet.table is not None else []
        for number, row in zip(numbers, sheet.rows, strict=True):
            found.setdefault((sheet.name, number), []).append(row)
    return found


def expected_codes(path: Path) -> set[str]:
    sheets = json.loads(Path(f"{path}.json").read_text("utf-8")).get("sheets", [])
    return {code for sheet in sheets for code, _ in sheet.get("issues", [])}


WITH_ISSUES = [path for path in CASES if expected_codes(path) & {*MENDED, "unknown_code"}]


@pytest.mark.parametrize("path", WITH_ISSUES, ids=lambda path: path.name)
def test_mended_cells_raise_no_issue_and_change_no_other_row(path: Path) -> None:
    data = path.read_bytes()
    report, copied = copy_of(data, short(path))
    book = openpyxl.load_workbook(io.BytesIO(copied))
    mends = list(mendable(report))
    for sheet, _, cell, value in mends:
        book[sheet.name][cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    again = first_reading(buffer.getvalue(), annotated.file_name(report, "zh"))
    left = {(sheet.name, i.code, i.cell) for sheet in again.sheets for i in sheet.issues}
    assert left.isdisjoint((sheet.name, code, cell) for sheet, code, cell, _ in mends)
    touched = {(s.name, coordinate_from_string(cell)[1]) for s, _, cell, _ in mends}
    before, after = rows_of(report), rows_of(again)
    assert {at: after.get(at) for at in before.keys() - touched} == {
        at: rows for at, rows in before.items() if at not in touched
    }


def test_there_is_enough_to_mend_among_the_cases() -> None:
    reports = [first_reading(path.read_bytes(), short(path)) for path in WITH_ISSUES]
    codes = {code for report in reports for _, code, _, _ in mendable(report)}
    assert len(WITH_ISSUES) >= 12
    assert {"bad_amount", "bad_date", "unknown_code", "required_empty", "note_in_name"} <= codes


FAULTY = """教职工名册（截至2017年9月1日）
工号,姓名,性别,部门,入职日期,备注
1,张三,妖,语文组,2010-09-01,"=cmd|' /C calc'!A0"
2,,女,语文组,不详,@SUM(1)
3,王五,女,语文组,2010-09-01,-300
"""


def faulty() -> tuple[FileReport, bytes]:
    return copy_of(FAULTY.encode(), "名册.csv")


def test_each_doubtful_cell_is_coloured_and_explained() -> None:
    report, copied = faulty()
    sheet = openpyxl.load_workbook(io.BytesIO(copied))["名册"]
    issues = {issue.cell: issue for issue in report.sheets[0].issues}
    assert {"C3", "B4", "E4"} <= issues.keys()
    for cell, issue in issues.items():
        if cell is None:
            continue
        assert issue.remedy.zh in sheet[cell].comment.text
        assert sheet[cell].fill.fgColor.rgb == "FF" + look.FILLS[issue.severity][1:]
    assert sheet["B3"].fill.fgColor.rgb == "00000000"
    assert sheet["B3"].comment is None


def test_every_cell_of_an_issue_that_is_told_once_is_coloured() -> None:
    lines = ["教职工名册（截至2017年9月1日）", "工号,姓名,性别,入职日期"]
    lines += [f"{n},张三{'甲乙丙丁'[n % 4]},妖,2010-09-01" for n in range(1, 31)]
    report, copied = copy_of("\n".join(lines).encode(), "名册.csv")
    (found,) = [issue for issue in report.sheets[0].issues if issue.code == "unknown_code"]
    sheet = openpyxl.load_workbook(io.BytesIO(copied))["名册"]
    cells = [f"C{row}" for row in range(3, 33)]
    assert list(found.cells) == cells
    assert all(found.remedy.zh in sheet[cell].comment.text for cell in cells)


def test_staff_numbers_as_long_as_phones_come_back_in_the_copy() -> None:
    text = "教职工名册（截至2017年9月1日）\n工号,姓名,性别,手机\n15307130123,张三,妖,13900001234\n"
    _, copied = copy_of(text.encode(), "名册.csv")
    sheet = openpyxl.load_workbook(io.BytesIO(copied))["名册"]
    assert sheet["A3"].value == "15307130123"
    assert "13900001234" not in str([[cell.value for cell in row] for row in sheet])


def test_the_list_names_and_reaches_every_cell() -> None:
    report, copied = faulty()
    listed = openpyxl.load_workbook(io.BytesIO(copied)).worksheets[0]
    assert (listed.title, listed["A2"].value) == (mending.NAME.zh, SENTENCE.zh)
    links = {cell.value: cell.hyperlink.location for (cell,) in listed["C1:C60"] if cell.hyperlink}
    assert links == {issue.cell: f"'名册'!{issue.cell}" for issue in report.sheets[0].issues} or (
        links == {issue.cell: f"名册!{issue.cell}" for issue in report.sheets[0].issues}
    )
    remedies = {cell.value for (cell,) in listed["F1:F60"]}
    assert {issue.remedy.zh for issue in report.sheets[0].issues} <= remedies


def test_a_copy_of_a_copy_has_the_same_name() -> None:
    report, copied = faulty()
    name = annotated.file_name(report, "zh")
    assert name == "名册_待修改.xlsx"
    assert annotated.file_name(first_reading(copied, name), "zh") == name


def test_no_cell_of_the_copy_is_a_formula() -> None:
    _, copied = faulty()
    with zipfile.ZipFile(io.BytesIO(copied)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 2
    assert not any(re.search(rb"<f[ >]", sheet) for sheet in sheets)
    sheet = openpyxl.load_workbook(io.BytesIO(copied))["名册"]
    assert sheet["F3"].value == "=cmd|' /C calc'!A0"
    assert sheet["F3"].data_type == "s"


PERSONAL = ("110105194912310021", "13912345678", "6222021234567890128", "幸福路12号3单元")


def personal() -> bytes:
    """Numbers as text and as numbers, in their own columns, in notes, in a title, in a name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"联系 {PERSONAL[1]}"
    identity, phone, card, address = PERSONAL
    sheet.append([f"教职工名册（截至2017年9月1日） 联系电话 {phone}"])
    sheet.append(["工号", "姓名", "身份证号", "手机", "银行卡号", "家庭住址", "备注", "入职日期"])
    sheet.append(["1", "张三", identity, phone, card, address, f"卡 {card}", "不详"])
    sheet.append(["2", "李四", int(identity), int(phone), int(card), address, int(phone), None])
    sheet.append([identity, "王五", None, None, None, None, "无", None])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_no_personal_number_is_in_any_part_of_the_copy() -> None:
    report = read(personal(), f"名册 {PERSONAL[1]}.xlsx")
    copied = annotated.copy_of(personal(), f"名册 {PERSONAL[1]}.xlsx", report, "zh")
    with zipfile.ZipFile(io.BytesIO(copied)) as parts:
        everything = b"\n".join(parts.read(name) for name in parts.namelist()).decode()
    assert "张三" in everything
    for number in (*PERSONAL, PERSONAL[0][:14], PERSONAL[2][:14]):
        assert number not in everything
    (sheet,) = read(copied, annotated.file_name(report, "zh")).sheets
    assert [row["staff_no"] for row in sheet.rows] == ["1", "2", None]


def long_ledger() -> bytes:
    rows = [f"2018-03-08,记{n},文具,{n}.50" for n in range(cells.WHOLE + 50)]
    rows[70], rows[20_020] = "2018-03-08,记x,文具,一些", "不详,记y,文具,3.00"
    return ("经费收支明细\n日期,凭证号,摘要,支出\n" + "\n".join(rows) + "\n").encode()


def test_of_a_long_sheet_only_the_header_and_the_faulty_rows_are_copied_and_it_says_so() -> None:
    data = long_ledger()
    report = read(data, "明细.csv")
    book = openpyxl.load_workbook(io.BytesIO(annotated.copy_of(data, "明细.csv", report, "zh")))
    sheet = book["明细"]
    numbers = [row[0].row for row in sheet.rows if any(cell.value is not None for cell in row)]
    assert numbers == [1, 2, 73, 20_023]
    assert sheet["D73"].value == "一些"
    told = [cell.value for (cell,) in book.worksheets[0]["A1:A10"]]
    assert mending.SHORT.format(sheet="明细").zh in told


def test_the_list_is_never_data_and_a_real_sheet_of_that_name_is_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(openpyxl_book("问题清单")))
    buffer = io.BytesIO()
    book.save(buffer)
    report = read(buffer.getvalue(), "会员名册.xlsx")
    copied = annotated.copy_of(buffer.getvalue(), "会员名册.xlsx", report, "zh")
    again = read(copied, annotated.file_name(report, "zh"))
    assert [sheet.name for sheet in again.sheets] == ["问题清单 (2)"]
    assert again.sheets[0].rows == report.sheets[0].rows


def openpyxl_book(name: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in (["会员名册（截至2017年9月1日）"], ["姓名", "入会日期"], ["张三", "2010-01-01"]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_sheets_whose_masked_names_are_alike_are_both_copied() -> None:
    book = openpyxl.Workbook()
    for name in ("联系 13912345678", "联系 13912345679"):
        sheet = book.create_sheet(name)
        for row in (["会员名册（截至2017年9月1日）"], ["姓名", "入会日期"], [name[-4:], "不详"]):
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    _, copied = copy_of(buffer.getvalue(), "会员.xlsx")
    copies = openpyxl.load_workbook(io.BytesIO(copied)).worksheets[1:]
    assert [copy.title for copy in copies] == ["联系  已隐去", "联系  已隐去 (2)"]
    assert [copy["A3"].value for copy in copies] == ["5678", "5679"]


def test_absurd_merges_are_left_out_and_the_rest_is_kept() -> None:
    boxes = [(0, 0, 19_999, 9)] * 300 + [(1, 0, 1, 1)]
    sheet = SheetCells("表", {1: ["姓名", "部门"], 2: ["张三", None]}, boxes)
    copied = annotated.annotated(FileReport("a.xlsx", "", "xlsx"), [sheet], "zh")
    page = openpyxl.load_workbook(io.BytesIO(copied))["表"]
    assert [str(area) for area in page.merged_cells.ranges] == ["A2:B2"]
    assert page["A2"].value == "张三"
