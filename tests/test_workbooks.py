"""What a workbook says beside its values: the manners of its writers, and what is hidden."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.errors import RefusedFile
from dashboard.importing import read
from dashboard.importing.formats import beside, biff, gate, sheetxml, stored, workbooks
from dashboard.importing.formats.beside import Beside
from dashboard.importing.formats.compound import Compound
from dashboard.importing.formats.scaling import scaling
from dashboard.importing.grids import UNCALCULATED, Grid
from dashboard.importing.report import Choice
from dashboard.settings import Limits

FILES = Path(__file__).parent / "files"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>1</v></c></row>'
    '<row r="2" hidden="1"><c r="A2"><v>2</v></c><c r="B2"><v>9</v></c></row>'
    '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3"><f>B1*2</f></c></row>'
)


def made(fill: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    fill(book)
    book.close()
    return buffer.getvalue()


def with_parts(source: bytes, change: Callable[[str, str], str]) -> bytes:
    """The same workbook, each of its XML parts changed."""
    old, buffer = zipfile.ZipFile(io.BytesIO(source)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name).decode()))
    return buffer.getvalue()


def with_sheet(xml: str) -> bytes:
    plain = made(lambda book: book.add_worksheet("表").write(0, 0, "x"))
    return with_parts(
        plain, lambda name, old: xml if "sheet1" in name and "rels" not in name else old
    )


def sheet(rows: str = ROWS) -> str:
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    )


def grids(data: bytes, kind: str = "xlsx", whole: tuple[str, ...] = ()) -> list[Grid]:
    return workbooks.grids(data, kind, Limits(), whole)


def assert_all_seen(data: bytes) -> None:
    (grid,) = grids(data)
    assert grid.rows == [["甲", 1], ["#REF!", UNCALCULATED]]
    assert [grid.number(row) for row in range(2)] == [1, 3]
    assert [note.code for note in grid.notes] == ["hidden_rows"]


def test_the_usual_manner() -> None:
    assert_all_seen(with_sheet(sheet()))


def test_elements_with_a_prefix() -> None:
    named = sheet().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    assert_all_seen(with_sheet(named.replace("xmlns=", "xmlns:x=")))


def test_single_quotation_marks() -> None:
    assert_all_seen(with_sheet(sheet().replace('"', "'")))


def test_cells_without_references() -> None:
    bare = ROWS
    for name in ("A1", "B1", "A2", "B2", "A3", "B3", "1", "2", "3"):
        bare = bare.replace(f' r="{name}"', "")
    assert_all_seen(with_sheet(sheet(bare)))


def test_a_row_without_height_is_hidden() -> None:
    assert_all_seen(with_sheet(sheet(ROWS.replace('hidden="1"', 'ht="0" customHeight="1"'))))


def test_strict_namespaces() -> None:
    def strict(name: str, xml: str) -> str:
        return xml.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                           "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/")  # fmt: skip

    assert_all_seen(with_parts(with_sheet(sheet()), strict))


def test_a_sheet_in_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetxml, "_PIECE", 64)
    assert_all_seen(with_sheet(sheet()))


def test_an_empty_text_is_a_formulas_answer() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>A1&amp;""</f><v></v></c></row>'
    assert grids(with_sheet(sheet(rows)))[0].rows == [[1]]


@pytest.mark.parametrize(
    "name", ["会员名册.xlsm", "会员名册.xltx", "会员名册.et", "会员名册.xls", "会员名册"]
)
def test_the_content_decides_not_the_name(name: str) -> None:
    for file in ("members_title_total_footer.xlsx", "members_other.xls"):
        report = read((FILES / file).read_bytes(), name)
        assert report.refused is None
        assert report.sheets[0].dataset == "members"


def hidden_book(book: xlsxwriter.Workbook) -> None:
    for name in ("在编", "草稿"):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["工号", "姓名", "部门", "用工类型"])
        page.write_row(1, 0, ["0001", "张三", "语文组", "在编"])
        page.write_row(2, 0, ["0002", "李四", "数学组", "在编"])
        page.set_row(2, options={"hidden": True})
    page.hide()


def test_what_is_hidden_is_read_where_it_is_asked_for() -> None:
    choices = [Choice("在编", hidden_rows=True), Choice("草稿", hidden_rows=True)]
    data = made(hidden_book)
    shown = read(data, "教职工名册.xlsx", as_of=date(2017, 9, 1)).sheets
    assert [(found.hidden, found.counts["loaded"]) for found in shown] == [(False, 1), (True, 0)]
    asked = read(data, "教职工名册.xlsx", as_of=date(2017, 9, 1), choices=choices).sheets
    assert [(found.hidden, found.counts["loaded"]) for found in asked] == [(False, 2), (False, 2)]
    assert all(found.issues == [] for found in asked)


def test_a_hidden_first_sheet_is_not_taken_for_the_file() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        draft, roster = book.add_worksheet("草稿"), book.add_worksheet("名册")
        draft.write_column(0, 0, ["姓名", "赵六"])
        roster.write_column(0, 0, ["姓名", "张三"])
        roster.activate()
        roster.set_first_sheet()
        draft.hide()

    draft, roster = grids(made(fill))
    assert (draft.hidden, draft.rows) == (True, [])
    assert roster.rows == [["姓名"], ["张三"]]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_part_that_disagrees_with_its_checksum_is_damaged(part: str) -> None:
    old, buffer = zipfile.ZipFile(FILES / "members_title_total_footer.xlsx"), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    data, before = bytearray(buffer.getvalue()), old.read(part)
    at = data.index(before) + before.index(b"</") - 1
    data[at] ^= 1  # another digit, another letter: still good XML
    with pytest.raises(RefusedFile, match="damaged"):
        grids(bytes(data))


def test_an_ods_tells_errors_and_formulas_nobody_calculated() -> None:
    old, buffer = zipfile.ZipFile(FILES / "members_other.ods"), io.BytesIO()
    cells = (
        b'<table:table-cell office:value-type="string" calcext:value-type="error"'
        b' table:formula="of:=A9"><text:p>#REF!</text:p></table:table-cell>'
        b'<table:table-cell table:formula="of:=B1"/></table:table-row>'
    )
    with zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "content.xml":
                part = part.replace(b"</table:table-row>", cells, 1)
            new.writestr(name, part)
    (grid,) = grids(buffer.getvalue(), "ods")
    assert grid.rows[0][-2:] == ["#REF!", UNCALCULATED]


def test_only_a_hidden_sheet_is_named_rather_than_refused() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("空")
        page = book.add_worksheet("名册")
        page.write(0, 0, "姓名")
        page.hide()

    report = read(made(fill), "a.xlsx")
    assert report.refused is None
    assert [issue.code for found in report.sheets for issue in found.issues] == ["hidden_sheet"]


def test_a_workbook_of_pictures_is_refused_with_what_to_do() -> None:
    report = read(made(lambda book: book.add_worksheet().insert_textbox(0, 0, "名册")), "a.xlsx")
    assert report.refused
    assert report.refused[0] == "no_cells"
    assert "图片" in report.refused[1].zh


def test_a_tables_own_filter_is_a_filter_too() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("表")
        page.write_column(0, 0, ["部门", "语文组", "数学组"])
        page.add_table("A1:A3", {"columns": [{"header": "部门"}]})
        page.set_row(2, options={"hidden": True})

    def chosen(name: str, xml: str) -> str:
        column = '<filterColumn colId="0"><filters><filter val="语文组"/></filters></filterColumn>'
        if not name.startswith("xl/tables/"):
            return xml
        return xml.replace(
            '<autoFilter ref="A1:A3"/>', f'<autoFilter ref="A1:A3">{column}</autoFilter>'
        )

    (plain,), (filtered,) = grids(made(fill)), grids(with_parts(made(fill), chosen))
    assert [note.code for note in plain.notes] == ["hidden_rows"]
    assert [note.code for note in filtered.notes] == ["filtered_rows"]


def renamed(data: bytes, before: str, after: str, texts: bool = True) -> bytes:
    """The same archive, a word replaced in its parts' names and texts."""
    old, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            part = part.replace(before.encode(), after.encode()) if texts else part
            new.writestr(name.replace(before, after), part)
    return buffer.getvalue()


def macro_book(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("名册").write_row(0, 0, ["姓名", "部门"])
    book.add_worksheet("Macro1").write(0, 0, "=ALERT()")


def test_a_macro_sheet_is_named_and_the_others_are_read() -> None:
    """Of Excel 4, left over in old files; the reader refuses the whole book for it."""
    kind = "openxmlformats.org/officeDocument/2006/relationships/worksheet"
    macro = "microsoft.com/office/2006/relationships/xlMacrosheet"
    data = with_parts(
        renamed(made(macro_book), "worksheets/sheet2", "macrosheets/sheet2"),
        lambda _, xml: xml.replace(f'{kind}" Target="macro', f'{macro}" Target="macro'),
    )
    roster, macros = grids(data)
    assert roster.rows == [["姓名", "部门"]]
    assert (macros.rows, [note.code for note in macros.notes]) == ([], ["no_worksheet"])


def test_a_chart_sheet_is_named_and_the_others_are_read() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("名册").write_column(0, 0, [1, 2])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=名册!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)

    numbers, drawn = read(made(fill), "a.xlsx").sheets
    assert numbers.counts["rows"] == 2
    assert [(found.code, found.severity) for found in drawn.issues] == [("no_worksheet", "info")]


@pytest.mark.parametrize("folder", ["book/", "XL/"])
def test_a_book_in_another_folder_is_a_book(folder: str) -> None:
    data = renamed(made(lambda book: book.add_worksheet("表").write(0, 0, "甲")), "xl/", folder)
    assert gate.kind(data, Limits()) == "xlsx"
    assert grids(data)[0].rows == [["甲"]]


def test_a_book_with_backslashes_in_its_names_is_a_book() -> None:
    data = made(lambda book: book.add_worksheet("表").write(0, 0, "甲"))
    data = renamed(data, "/", "\\", texts=False)
    assert gate.kind(data, Limits()) == "xlsx"
    assert grids(data)[0].rows == [["甲"]]


@pytest.mark.parametrize(
    ("text", "told", "cell", "divisor"),
    [("1,861", "1860.5", 1860.5, None), ("1,860.50", "1860.5", "1,860.50", None),
     ("1.2", "12000", 12_000, 10_000), ("￥94", "94000", 94_000, 1_000),
     ("0001", "1", "0001", None),
     ("2017-3-8", "42802", "2017-3-8", None), ("15%", "0.15", "15%", None), ("无", "", "无", None),
     ("3.30102E+17", "330102198001011000", 330102198001011000.0, None), ("7", "nan", "7", None),
     ("1", "1E999999", "1", None)],
)  # fmt: skip
def test_a_page_tells_the_number_its_text_cut(
    text: str, told: str, cell: str | float, divisor: int | None
) -> None:
    found, scaled = stored.number(text, told)
    assert (found, type(found)) == (cell, type(cell))
    assert (scaled and scaled.divisor) == divisor


LOCKED = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}


def test_an_ods_with_a_password_says_so() -> None:
    data = (FILES / "members_other.ods").read_bytes()
    old, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name == "mimetype" else LOCKED.get(name, b"\x8f"))
    report = read(buffer.getvalue(), "a.ods")
    assert report.refused
    assert report.refused[0] == "password"


def test_hidden_rows_without_content_are_no_news() -> None:
    (grid,) = grids(with_sheet(sheet(ROWS.replace("<v>2</v>", "").replace("<v>9</v>", ""))))
    assert grid.notes == []
    assert grid.rows[1:] == [[None, None], ["#REF!", UNCALCULATED]]


def test_a_merged_box_shrinks_with_what_is_left() -> None:
    rows = [["部门", "姓名"], ["语文组", "张三"], [None, "李四"], ["数学组", "王五"]]
    said = Beside(hidden_rows=[(1, 1)], merged=[(1, 0, 2, 0), (3, 0, 3, 1)])
    grid = beside.laid("表", [list(row) for row in rows], said, whole=False)
    assert grid.rows == [["部门", "姓名"], ["语文组", "李四"], ["数学组", "王五"]]
    assert grid.merged == [(1, 0, 1, 0), (2, 0, 2, 1)]


def test_runs_are_named_together_and_many_are_counted() -> None:
    assert beside.named([4, 5, 6, 7, 8, 11], str) == "4-8、11"
    assert beside.named(list(range(0, 100, 2)), str).endswith("…（50）")


def scaled_book(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet("收支")
    thousands = book.add_format({"num_format": "0\\.0,"})
    page.write_row(0, 0, ["摘要", "金额", "备注"])
    page.write(1, 0, "会费")
    page.write(1, 1, 12_000, thousands)
    page.write(1, 2, 12_000)


def test_the_grid_tells_which_columns_show_less_than_they_hold() -> None:
    (grid,) = grids(made(scaled_book))
    assert grid.scaled == {1: 10_000}
    assert grid.rows[1] == ["会费", 12_000, 12_000]
    (note,) = grid.notes
    assert (note.cell, "1.2" in note.message.zh, "12,000" in note.message.zh) == ("B2", True, True)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("#,##0,", "12"), ("0!.0,", "1.2"), ("0\\.0,", "1.2"), ('0"."0,', "1.2"),
     ("0!.0000", "1.2000"), ("#,##0.00,,", "0.01"), ("0,.00", "12.00"),
     ('0.0,"千元"', "12.0"), ("#,##0,;-#,##0,", "12"),
     ("[>=10000]0!.0,;0", "1.2")],
)  # fmt: skip
def test_a_format_that_shrinks(code: str, shown: str) -> None:
    found = scaling(code)
    assert found is not None
    assert found.shown(12_000) == shown


@pytest.mark.parametrize(
    "code",
    ["General", "#,##0.00", "#,##0", "yyyy-mm-dd", "@", "0%", '0000"-"00', "_ ¥* #,##0.00_ ",
     "h:mm", "#,##0.00_);[Red](#,##0.00)", "0.00E+00", "# ?/?", ""],
)  # fmt: skip
def test_a_format_that_does_not(code: str) -> None:
    assert scaling(code) is None


def test_a_condition_spares_small_numbers() -> None:
    found = scaling("[>=10000]0!.0,;0")
    assert found is not None
    assert (found.holds(9_999), found.holds(10_000), found.holds(0)) == (False, True, False)


def test_a_workbook_of_1904_says_so_and_its_days_are_right() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("支出")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_datetime(0, 0, date(2017, 3, 8), day)
        page.write_number(0, 1, 41_340)  # the same day, counted from 1904

    (grid,) = grids(made(fill, date_1904=True))
    assert grid.epoch_1904
    assert grid.rows == [[date(2017, 3, 8), 41_340]]
    assert not grids(made(fill))[0].epoch_1904


def test_old_workbooks_tell_1904_too() -> None:
    (grid,) = grids((FILES / "ledger_1904_dates.xls").read_bytes(), "xls")
    assert grid.epoch_1904
    (grid,) = grids((FILES / "members_other.xls").read_bytes(), "xls")
    assert not grid.epoch_1904


def test_formulas_to_be_calculated_on_opening_are_not_nought() -> None:
    """Java programs store 0 and the wish to be calculated."""
    data = (FILES / "ledger_xls_error_and_uncalculated.xls").read_bytes()
    by_java = data.replace(b"\x03\0\0\0\0\0\xff\xff\0\0", bytes(8) + b"\x02\0")
    assert by_java != data
    assert grids(by_java, "xls")[0].rows[4][3] == UNCALCULATED


def record(kind: int, content: bytes) -> bytes:
    """As an xlsb writes it: kind and length in groups of seven bits."""
    head = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    return head + bytes((len(content),)) + content


def xlsb(*, hidden: bool = True) -> bytes:
    """The shared case with its row of 李四 hidden, 语文组 merged down, and an error at the end."""
    source = zipfile.ZipFile(FILES / "members_other.xlsb")
    buffer, part = io.BytesIO(), "xl/worksheets/sheet1.bin"
    cells = source.read(part)
    row = record(0, struct.pack("<IIHBBBI", 3, 0, 300, 0, 0, 0, 1) + bytes(8))[:2]
    at = cells.index(row + struct.pack("<I", 3))
    if hidden:
        cells = cells[: at + 13] + b"\x10" + cells[at + 14 :]
    error = record(3, struct.pack("<IIB", 3, 0, 23))
    merged = record(176, struct.pack("<IIII", 2, 3, 2, 2))
    end = cells.index(record(146, b""))
    cells = cells[:end] + error + record(146, b"") + merged + cells[end + 3 :]
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, cells if name == part else source.read(name))
    return buffer.getvalue()


def test_an_xlsb_tells_hidden_rows_merged_cells_and_errors() -> None:
    (whole,) = grids(xlsb(hidden=False), "xlsb")
    assert (whole.merged, whole.rows[-1][3]) == ([(2, 2, 3, 2)], "#REF!")
    (grid,) = grids(xlsb(), "xlsb")
    assert [note.code for note in grid.notes] == ["hidden_rows"]
    assert [row[1] for row in grid.rows] == [row[1] for row in whole.rows if row[1] != "李四"]
    assert grid.merged == [(2, 2, 2, 2)]


def far_apart(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet("收支")
    page.write_row(3, 1, ["摘要", "金额"])
    page.write_row(4, 1, ["会费", 12.5])
    page.write_formula(1_000, 2, "SUM(C5:C1000)", value="")
    page.write_row(1_048_575, 1, ["合计", 12.5])


def test_a_total_in_a_sheets_very_last_row_leaves_the_gap_out() -> None:
    (grid,) = workbooks.grids(made(far_apart), "xlsx", replace(Limits(), cells=1_000_000))
    filled = [(grid.number(at), row[1:]) for at, row in enumerate(grid.rows) if any(row)]
    assert filled == [(4, ["摘要", "金额"]), (5, ["会费", 12.5]), (1_001, [None, UNCALCULATED]),
                      (1_048_576, ["合计", 12.5])]  # fmt: skip
    assert len(grid.rows) < 20
    assert grid.where(len(grid.rows) - 1, 2) == "C1048576"


def test_more_filled_rows_than_anybody_keeps_are_refused() -> None:
    with pytest.raises(RefusedFile, match="too_complex"):
        workbooks.grids(made(far_apart), "xlsx", replace(Limits(), cells=11))


@pytest.mark.parametrize("page", [936, 950, 1252])
def test_an_old_workbook_that_names_a_code_page_holds_unicode_all_the_same(page: int) -> None:
    """As R packages and the exporters of web forms write."""
    data = (FILES / "members_other.xls").read_bytes()
    unicode = struct.pack("<HHH", 0x42, 2, 1200)
    assert data.count(unicode) == 1
    named = data.replace(unicode, struct.pack("<HHH", 0x42, 2, page))
    assert grids(named, "xls")[0].rows == grids(data, "xls")[0].rows
    assert biff.in_unicode(named) == data


def test_a_byte_of_a_stream_is_found_in_the_file() -> None:
    data = (FILES / "members_other.xls").read_bytes()
    shell = Compound(data)
    for name in ("Workbook", "\x05SummaryInformation"):
        stream = shell.stream(name)
        assert bytes(data[shell.spot(at, name)] for at in range(len(stream))) == stream


def test_a_stream_comes_out_of_its_shell() -> None:
    data = (FILES / "members_other.xls").read_bytes()
    assert Compound(data).stream("Workbook", "Book")[:2] == b"\x09\x08"
    with pytest.raises(RefusedFile, match="damaged"):
        Compound(data).stream("Elsewhere")


@pytest.mark.parametrize("at", [30, 48, 60, 76, 1_000])
def test_a_damaged_shell_is_refused_or_read_the_same(at: int) -> None:
    data = bytearray((FILES / "members_other.xls").read_bytes())
    whole = grids(bytes(data), "xls")[0].rows
    data[at : at + 4] = b"\x07\x07\x07\x07"
    with suppress_damage():
        assert grids(bytes(data), "xls")[0].rows == whole


@contextmanager
def suppress_damage() -> Iterator[None]:
    try:
        yield
    except RefusedFile as refusal:
        if refusal.code != "damaged":
            raise
