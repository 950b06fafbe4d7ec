"""Files made to break their reader: refused in words or read, in bounded time, and nothing is left.

Each is made here, read as an upload is read, and followed by an honest file.
"""

from __future__ import annotations

import gzip
import io
import os
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.importing import read
from dashboard.importing.report import COUNTED, FileReport
from dashboard.settings import Limits

LIMITS = replace(Limits(), child_seconds=20, child_memory=700 * 2**20, cells=300_000)
REFUSALS = {"too_complex", "damaged", "reader_died", "not_a_table", "no_cells", "encoding",
            "too_large", "empty", "password", "cell_too_long"}  # fmt: skip
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0"?><worksheet xmlns="{NAMESPACE}"><sheetData>'
TAIL = "</sheetData></worksheet>"
HONEST = "姓名,部门,入会时间\n张三,语文组,2017-03-08\n".encode()


def workbook(rows: list[list[object]], sheet: str = "Sheet1") -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return buffer.getvalue()


MEMBERS = workbook(
    [
        ["姓名", "部门", "入会时间"],
        ["张三", "语文组", "2017-03-08"],
        ["李四", "数学组", "2016-09-01"],
    ],
    "会员名册",
)


def with_parts(parts: dict[str, str | bytes], source: bytes = MEMBERS) -> bytes:
    """That workbook with some of its parts replaced or added."""
    old = zipfile.ZipFile(io.BytesIO(source))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return buffer.getvalue()


def with_sheet(rows: str, head: str = HEAD) -> bytes:
    return with_parts({"xl/worksheets/sheet1.xml": f"{head}{rows}{TAIL}"})


def with_texts(*texts: str) -> str:
    inside = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<?xml version="1.0"?><sst xmlns="{NAMESPACE}">{inside}</sst>'


def doctype(entities: str, text: str) -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{HEAD[21:]}'
    return with_sheet(f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>', head)


def zip_bomb() -> bytes:
    """Half a MB whose sheet unpacks to 100 MB of nothing."""
    return with_sheet(f'<row r="1">{" " * 100_000_000}<c r="A1"><v>1</v></c></row>')


def lying_directory() -> bytes:
    """It names 1,000 bytes where 50 MB come out."""
    data = bytearray(with_sheet(" " * 50_000_000))
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    return bytes(data)


def declared_too_large() -> bytes:
    data = bytearray(MEMBERS)
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (2**31).to_bytes(4, "little")
    return bytes(data)


def far_cell() -> bytes:
    """2.5 KB that abort any process which builds the sheet's range."""
    return with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def far_row() -> bytes:
    """The same within 26 columns and without a reference that could be looked at."""
    return with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    )


def huge_sheet() -> bytes:
    """A few KB that unpack to more cells than anybody keeps."""
    return with_sheet(f"<row>{'<c><v>1</v></c>' * 100}</row>" * 4_000)


def text_bomb() -> bytes:
    """One text of a MB, named by 20,000 cells."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return with_parts(
        {"xl/worksheets/sheet1.xml": f"{HEAD}{cells}{TAIL}",
         "xl/sharedStrings.xml": with_texts("长" * 350_000)}
    )  # fmt: skip


def ods(rows: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table, text = office.replace("office", "table"), office.replace("office", "text")
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{office}"'
        f' xmlns:table="{table}" xmlns:text="{text}"><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>张三</text:p></table:table-cell>'


def ods_repeats() -> bytes:
    cell = ODS_CELL.format(' table:number-columns-repeated="16384"')
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def ods_errors() -> bytes:
    """A formula without a value, a milliard times."""
    cell = '<table:table-cell table:formula="of:=1" table:number-columns-repeated="16384"/>'
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def many_entries() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        for number in range(60_000):
            book.writestr(f"xl/media/{number}.png", b"")
    return buffer.getvalue()


def doubled_entry() -> bytes:
    """Two sheets under one name: who checks the first, reads the second."""
    buffer = io.BytesIO(MEMBERS)
    with zipfile.ZipFile(buffer, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("xl/worksheets/sheet1.xml", f"{HEAD}{TAIL}")
    return buffer.getvalue()


def laughs() -> bytes:
    more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return doctype(f'<!ENTITY e0 "ha">{more}', "&e9;")


def ole(entries: bytes) -> bytes:
    """A compound file's first bytes, then whatever."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + entries


def circular_ole() -> bytes:
    """Each sector says that it follows itself."""
    header = bytearray(ole(bytes(504)))
    header[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header[44:76] = struct.pack("<IIIIIIII", 1, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header[76:512] = struct.pack("<I", 0) + b"\xff" * 432
    return bytes(header) + struct.pack("<I", 0) * 128 + "Workbook".encode("utf-16-le") * 32


def xml_sheet(rows: str) -> bytes:
    """A workbook in one XML file."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def nested_spans() -> bytes:
    """Cells that each reach over the next thousand rows."""
    row = "<tr>" + '<td rowspan="1000">张</td>' * 60 + "</tr>"
    return f"<html><table>{row * 1_000}</table></html>".encode()


# name -> (how it is made, its name as an upload, whether it may be read after all)
HOSTILE: dict[str, tuple[Callable[[], bytes], str, bool]] = {
    "zip_bomb": (zip_bomb, "a.xlsx", False),
    "lying_directory": (lying_directory, "a.xlsx", False),
    "declared_too_large": (declared_too_large, "a.xlsx", False),
    "far_cell": (far_cell, "a.xlsx", False),
    "far_row": (far_row, "a.xlsx", False),
    "huge_sheet": (huge_sheet, "a.xlsx", False),
    "text_bomb": (text_bomb, "a.xlsx", False),
    "unused_texts": (
        lambda: with_parts({"xl/sharedStrings.xml": with_texts(*["姓名"] * 1_000_000)}),
        "a.xlsx", True),
    "styled_empty_rows": (
        lambda: with_sheet("".join(f'<row r="{n}" s="1"/>' for n in range(1, 1_000_000))),
        "a.xlsx", False),
    "billion_laughs": (laughs, "a.xlsx", False),
    "external_entity": (
        lambda: doctype('<!ENTITY e SYSTEM "file:///etc/hostname">', "&e;"), "a.xlsx", False),
    "entities_in_the_book": (
        lambda: with_parts({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'}),
        "a.xlsx", False),
    "wide_sheet": (
        lambda: workbook([["姓名"] * 16_384]), "a.xlsx", False),
    "deep_tags": (
        lambda: with_sheet("<row>" * 100_000), "a.xlsx", False),
    "ten_megabyte_text": (
        lambda: with_sheet(f'<row r="1"><c r="A1" t="str"><v>{"长" * 3_500_000}</v></c></row>'),
        "a.xlsx", True),
    "control_characters": (
        lambda: with_parts({"xl/workbook.xml": "<workbook>\x00\x01</workbook>"}), "a.xlsx", False),
    "many_entries": (many_entries, "a.xlsx", False),
    "doubled_entry": (doubled_entry, "a.xlsx", False),
    "way_out_of_the_archive": (
        lambda: with_parts({"../../etc/passwd": "x"}), "a.xlsx", False),
    "repeated_row_number": (
        lambda: with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>' * 2), "a.xlsx", False),
    "rows_out_of_order": (
        lambda: with_sheet('<row r="3"><c r="A3"><v>1</v></c></row>'
                           '<row r="1"><c r="A1"><v>1</v></c></row>'), "a.xlsx", False),
    "text_that_is_not_there": (
        lambda: with_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "a.xlsx", False),
    "text_number_below_nought": (
        lambda: with_sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), "a.xlsx", False),
    "text_number_in_letters": (
        lambda: with_sheet('<row r="1"><c t="s" r="A1"><v>abc</v></c></row>'), "a.xlsx", False),
    "ods_repeats": (ods_repeats, "a.ods", False),
    "ods_errors": (ods_errors, "a.ods", False),
    "ole_noise": (lambda: ole("Workbook".encode("utf-16-le") * 99), "a.xls", False),
    "ole_circle": (circular_ole, "a.xls", False),
    "five_million_commas": (lambda: b"," * 5_000_000, "a.csv", False),
    "ten_megabyte_field": (
        lambda: "姓名,部门\n".encode() + b"x" * 10_000_000 + b",y\n", "a.csv", False),
    "forty_megabytes_without_end": (lambda: b"x" * 40_000_000, "a.csv", False),
    "hundred_thousand_columns": (("姓名," * 100_000).encode, "a.csv", False),
    "nul_bytes": (lambda: b"\x00\x01\x02" * 3_000, "a.csv", False),
    "nul_in_a_name": ("姓名,部门\n张\x00三,语文组\n".encode, "a.csv", True),
    "gzip": (lambda: gzip.compress(bytes(5_000_000)), "a.csv", False),
    "web_page_of_spans": (nested_spans, "a.xls", True),
    "web_page_without_end": (lambda: b"<html><table>" + b"<tr><td>" * 100_000, "a.xls", True),
    "xml_far_cell": (
        lambda: xml_sheet('<Row><Cell ss:Index="1024"><Data ss:Type="Number">1</Data></Cell></Row>'
                          '<Row ss:Index="9999999"><Cell><Data ss:Type="Number">1</Data></Cell>'
                          '</Row>'), "a.xls", False),
    "xml_row_twice": (
        lambda: xml_sheet('<Row ss:Index="2"/><Row ss:Index="2"/>'), "a.xls", False),
    "xml_sheet_of_no_book": (
        lambda: b'<?xml version="1.0"?><Row xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "a.xls", False),
    "archive_within_archives": (
        lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                + b"--b\nContent-Type: message/rfc822\n\n" * 5_000, "a.xls", False),
    "bare_records_without_end": (
        lambda: b"\x09\x08\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00", "a.xls", False),
    "bare_records_far_apart": (
        lambda: b"\x09\x08\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00"
                + struct.pack("<HHHHHd", 0x203, 14, 65_535, 65_535, 0, 1.0) + b"\x0a\x00\x00\x00",
        "a.xls", False),
    "xml_laughs": (
        lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>',
        "a.xls", False),
}  # fmt: skip


@pytest.fixture
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No file and no process outlives a reading."""
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = children()
    yield
    assert list(tmp_path.iterdir()) == []
    assert children() == before


def children() -> set[str]:
    """Processes started from here; only Linux tells."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return set(listed.read_text("utf-8").split()) if sys.platform == "linux" else set()


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_or_read_and_the_next_one_is(name: str) -> None:
    make, upload, may_be_read = HOSTILE[name]
    data = make()
    start = time.monotonic()
    report = read(data, upload, limits=LIMITS)
    assert time.monotonic() - start < LIMITS.child_seconds + 5
    assert may_be_read or report.refused
    assert_answered(report)
    assert read(HONEST, "会员名册.csv").sheets[0].counts["loaded"] == 1


def assert_answered(report: FileReport) -> None:
    """Refused with a reason, or read with every row accounted for."""
    if report.refused:
        code, message = report.refused
        assert code in REFUSALS
        assert message.zh
        assert message.en
    for sheet in report.sheets:
        assert sheet.counts["rows"] == sum(sheet.counts[part] for part in COUNTED)


FILES = Path(__file__).parent / "files"


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", ["members_other.xls", "members_other.ods", "members_other.xlsb",
                                  "members_title_total_footer.xlsx"])  # fmt: skip
def test_a_file_cut_short_is_refused_and_never_half_read(name: str) -> None:
    data = (FILES / name).read_bytes()
    for tenth in range(1, 10):
        report = read(data[: len(data) * tenth // 10], name)
        assert report.refused, f"{tenth}/10 of {name} were read"
        assert report.refused[0] in {"damaged", "reader_died", "not_a_table"}


def test_a_far_cell_is_refused_for_what_it_is() -> None:
    report = read(far_cell(), "a.xlsx", limits=LIMITS)
    assert report.refused
    assert report.refused[0] == "too_complex"


def test_a_declared_range_without_cells_costs_nothing() -> None:
    declared = HEAD.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    report = read(with_sheet(rows, declared), "a.xlsx", limits=LIMITS)
    assert report.refused is None
    assert report.sheets[0].counts["rows"] == 1


def test_an_empty_workbook_is_refused() -> None:
    report = read(workbook([]), "a.xlsx")
    assert report.refused
    assert report.refused[0] == "no_cells"
