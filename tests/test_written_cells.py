"""What stands in a cell besides its number, through the whole reading: read right, or shown."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from here import read_here

from dashboard.contracts.spelling import INVISIBLE, folded, one_line, plain, visible
from dashboard.importing.formats import archives, delimited
from dashboard.importing.report import SheetReport
from dashboard.ui.markdown import escaped

Seen = tuple[Decimal | None, list[tuple[str, str | None]]]


def ledger(*lines: str, name: str = "2025年收支明细账.csv") -> SheetReport:
    """A ledger of these lines, as the school's text file."""
    (sheet,) = read_here("\n".join(("日期,摘要,支出,备注", *lines)).encode(), name).sheets
    return sheet


def page(*rows: str) -> bytes:
    """A ledger as a web page; each row is the cells' own marks."""
    head = "<tr><td>日期</td><td>摘要</td><td>支出</td></tr>"
    return f'<meta charset="utf-8"><table>{head}{"".join(rows)}</table>'.encode()


def seen(sheet: SheetReport) -> Seen:
    """The expense in all, and the issues with their cells."""
    return sheet.sums.get("expense"), [(found.code, found.cell) for found in sheet.issues]


@pytest.mark.parametrize(
    ("cell", "expense", "issues"),
    [
        ("500<br>600", "1", [("bad_amount", "C2")]),
        ("<p>500</p><p>600</p>", "1", [("bad_amount", "C2")]),
        ("<div>500</div>600", "1", [("bad_amount", "C2")]),
        ("<ul><li>500<li>600</ul>", "1", [("bad_amount", "C2")]),
        ("<p>500</p>", "501", []),
        ("<div><b>5</b>00</div>", "501", []),
        ("500<br>", "501", []),
    ],
)
def test_lines_of_a_web_pages_cell_are_no_single_amount(
    cell: str, expense: str, issues: list[tuple[str, str]]
) -> None:
    rows = [f"<tr><td>2025-03-05</td><td>场地</td><td>{each}</td></tr>" for each in (cell, "1")]
    (sheet,) = read_here(page(*rows), "2025年收支明细账.xls").sheets
    assert seen(sheet) == (Decimal(expense), issues)


def test_lines_of_a_text_files_cell_are_no_single_amount() -> None:
    sheet = ledger('2025-03-05,场地,"500\n600",', "2025-03-06,奖品,1,")
    assert seen(sheet) == (Decimal(1), [("bad_amount", "C2")])


def test_the_mark_of_a_footnote_joins_no_figure() -> None:
    marked = ("2025-03-05,场地,500①,", "2025-03-06,奖品,①500,", "2025-3-1①,横幅,20,")
    sheet = ledger(*marked, "2025-03-07,茶歇,1,", "2025-03-08,参观①,2,见①")
    told = [("bad_amount", "C2"), ("bad_amount", "C3"), ("bad_date", "A4")]
    assert seen(sheet) == (Decimal(3), told)


SHIFTED = [("shifted_cell", "C2"), ("shifted_cell", "D2")]


@pytest.mark.parametrize(
    ("lines", "expense", "issues"),
    [
        (["2025-03-05,场地,1,234.50,", "2025-03-06,奖品,5,"], "5", SHIFTED),
        (["2025-03-05,场地,1,234.50,旧", "2025-03-06,奖品,5,"], "5", SHIFTED),
        # all have a comma too many
        (["2025-03-05,场地,1,234.50,", "2025-03-06,奖品,5,,", "2025-03-07,书,1,,"], "7", []),
        (["2025-03-05,场地,1,234.50", "2025-03-06,奖品,5,"], "6", []),  # 234.50 may be the note
        (['2025-03-05,场地,"1,234.50",', "2025-03-06,奖品,5,"], "1239.50", []),
        (["2025-03-05,场地,1,一桌,多写的", "2025-03-06,奖品,5,"], "6", []),
        (["2025-03-05,场地,1234,500,", "2025-03-06,奖品,5,"], "1239", []),
        (["2025-03-05,场地,1,234.50,"], "0", SHIFTED),
    ],
)
def test_thousands_that_part_a_cell_are_told(
    lines: list[str], expense: str, issues: list[tuple[str, str]]
) -> None:
    sheet = ledger(*lines)
    total, told = seen(sheet)
    assert (total, [one for one in told if one[0] != "no_column_name"]) == (
        Decimal(expense),
        issues,
    )


def test_thousands_that_part_a_cell_are_told_in_a_large_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [f"2025-03-{day:02d},场地,{day},说明" for day in range(1, 29)]
    parted = [*lines, "2025-03-29,奖品,1,234.50,", *lines, "2025-03-30,奖品,12,345,旧"]
    small = ledger(*parted)
    monkeypatch.setattr(delimited, "_LARGE", 10)
    large = ledger(*parted)
    assert seen(large) == seen(small)
    assert [cell for code, cell in seen(large)[1] if code == "shifted_cell"] == [
        "C30", "C59", "D30", "D59"
    ]  # fmt: skip


ROW = "<tr><td>2025-03-0{}</td><td>{}</td><td>{}</td></tr>"
SEAL = "<table><tr><td>章</td></tr></table>"


@pytest.mark.parametrize(
    ("summary", "amount"),
    [(SEAL, "500"), ("场地", f"{SEAL}500"), ("场地", f"500{SEAL}"), (f"{SEAL}{SEAL}", "500"),
     (f"<table><tr><td>{SEAL}</td></tr></table>", "500")],
)  # fmt: skip
def test_a_table_within_a_cell_of_a_page_ends_with_it(summary: str, amount: str) -> None:
    data = page(ROW.format(5, summary, amount), ROW.format(6, "书", 1), ROW.format(7, "笔", 2))
    sheet, *_ = read_here(data, "2025年收支明细账.xls").sheets
    assert seen(sheet) == (Decimal(503), [])


def test_tables_that_nobody_closes_are_read_one_after_another() -> None:
    pages = (page(ROW.format(day, "场地", 500)).replace(b"</table>", b"") for day in (5, 6))
    sheets = read_here(b"".join(pages), "2025年收支明细账.xls").sheets
    assert [seen(sheet) for sheet in sheets] == [(Decimal(500), [])] * 2


UNSEEN = ("\u2060", "\u00ad", "\u061c", "\ufe0f", "\u3164", "\u115f", "\u1160", "\uffa0", "\u200b",
          "\U000e0001", "\U000e0100")  # fmt: skip


@pytest.mark.parametrize("mark", UNSEEN, ids=ascii)
def test_a_mark_that_nobody_sees_makes_no_other_member(mark: str) -> None:
    names = ("张三", f"张三{mark}", f"张{mark}三", f"{mark}张三")
    lines = [f"{name},语文组{mark},2017-03-08" for name in names]
    (sheet,) = read_here("\n".join(("姓名,部门,入会时间", *lines)).encode(), "会员名册.csv").sheets
    assert [(row["name"], row["department"]) for row in sheet.rows] == [("张三", "语文组")]
    for bare in (one_line, folded, plain, visible, escaped):
        assert bare(f"张{mark}三{mark}") == "张三"


def test_every_format_mark_of_unicode_is_among_the_invisible() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    assert all(map(INVISIBLE.match, (one for one in every if unicodedata.category(one) == "Cf")))
    assert not any(map(INVISIBLE.match, "张㐀𠀀\ue000A0é한·★"))


@pytest.mark.parametrize("mark", UNSEEN, ids=ascii)
def test_an_unseen_mark_is_taken_off_where_a_column_is_read_at_once(mark: str) -> None:
    sheet = ledger(f"2025-03-05,场{mark}地,1,x", "2025-03-06,场地,2,x")
    assert {row["summary"] for row in sheet.rows} == {"场地"}


@pytest.mark.parametrize(
    "lines",
    [
        ['2025-03-05,"场地,100,', '2025-03-06,奖品",200,'],
        ['2025-03-05,"场地,100,', "2025-03-06,书,50,", '2025-03-07,奖品",150,'],
        ['2025-03-05,场地,100,"旧', '2025-03-06,奖品,200,新"'],
    ],
)
def test_a_quotation_mark_closed_in_another_row_swallows_none(lines: list[str]) -> None:
    sheet = ledger(*lines, "2025-03-08,笔,1,")
    assert seen(sheet) == (Decimal(301), [("open_quote", "A2")])


@pytest.mark.parametrize(
    "note", ['"现场,很好\n大家,高兴"', '"现场\n大家,高兴"', '"现场\n\n很好"', '"现场,\n1,2,3,4"']
)
def test_a_note_of_several_lines_stays_a_note(note: str) -> None:
    sheet = ledger(f"2025-03-05,场地,100,{note}", "2025-03-06,奖品,200,")
    assert seen(sheet) == (Decimal(300), [])


def workbook(*cells: Sequence[Any]) -> bytes:
    """A ledger whose amounts are rich text: its runs, and formats before those that have one."""
    with xlsxwriter.Workbook(made := io.BytesIO()) as book:
        how = {name: book.add_format(told) for name, told in FORMATS.items()}
        table = book.add_worksheet("收支明细")
        table.write_row(0, 0, ("日期", "摘要", "支出"))
        for at, runs in enumerate(cells, 1):
            table.write_row(at, 0, (f"2025-03-{at:02d}", "场地"))
            table.write_rich_string(at, 2, *(how.get(run, run) for run in runs))
    return made.getvalue()


FORMATS = {"STRUCK": {"font_strikeout": 1}, "RAISED": {"font_script": 1}, "LOW": {"font_script": 2},
           "BOLD": {"bold": 1}}  # fmt: skip
RICH: tuple[tuple[Sequence[str], str | None], ...] = (
    (("STRUCK", "500", "600"), None),
    (("500", "RAISED", "1"), None),
    (("500", "LOW", "1"), None),
    (("600", "STRUCK", "500"), None),
    (("600", "元", "STRUCK", "（500）"), None),
    (("BOLD", "5", "00"), "500"),
    (("500", "STRUCK", "元"), "500"),
)


@pytest.mark.parametrize(("runs", "amount"), RICH)
@pytest.mark.parametrize("inline", [False, True])
def test_figures_struck_out_or_raised_are_none_of_an_amount(
    runs: Sequence[str], amount: str | None, inline: bool
) -> None:
    data = workbook(runs, ("BOLD", "1", ".5"))
    (sheet,) = read_here(inlined(data) if inline else data, "2025年收支明细账.xlsx").sheets
    issues = [] if amount else [("bad_amount", "C2")]
    assert seen(sheet) == (Decimal(amount or 0) + Decimal("1.5"), issues)


def inlined(data: bytes) -> bytes:
    """The same workbook, its texts in its sheet."""
    book = zipfile.ZipFile(io.BytesIO(data))
    texts = re.findall(rb"<si>(.*?)</si>", book.read("xl/sharedStrings.xml"))
    told = re.sub(
        rb't="s"><v>(\d+)</v>',
        lambda found: b't="inlineStr"><is>%s</is>' % texts[int(found[1])],
        book.read(name := "xl/worksheets/sheet1.xml"),
    )
    with zipfile.ZipFile(made := io.BytesIO(), "w") as changed:
        for part in set(book.namelist()) - {name, "xl/sharedStrings.xml"}:
            kept = book.read(part)
            named = rb"<(?:Override|Relationship) [^>]*haredStrings[^>]*>"
            changed.writestr(part, re.sub(named, b"", kept))
        changed.writestr(name, told)
    return made.getvalue()


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("<s>500</s>600", None),
        ("<del>500</del> 600", None),
        ("500<sup>1</sup>", None),
        ("<b>500<sub>1</sub></b>", None),
        ("<s>500<b>1</s>600", None),
        ('<span style="display:none">20</span>500', None),
        ('<div style="DISPLAY: none">20</div>500', None),
        ('<img style="display:none">500', "500"),
        ("600<s>500", None),
        ("500<sup></sup>", "500"),
        ("500<s>元</s>", "500"),
        ("<span>5</span>00", "500"),
    ],
)
def test_figures_set_apart_in_a_web_page_are_none_of_an_amount(
    cell: str, amount: str | None
) -> None:
    data = page(ROW.format(5, "面积5<sup>2</sup>", cell), ROW.format(6, "书", 1))
    (sheet,) = read_here(data, "2025年收支明细账.xls").sheets
    assert seen(sheet) == (
        Decimal(amount or 0) + 1,
        [] if amount else [("bad_amount", "C2")],
    )
    assert not amount or sheet.rows[0]["summary"] == "面积52"


def test_what_excel_cuts_off_in_a_page_is_still_read() -> None:
    day = '2025-<span style="display:none">03-05</span>'
    data = page(f"<tr><td>{day}</td><td>书</td><td>5</td></tr>")
    (sheet,) = read_here(b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>" + data,
                         "2025年收支明细账.xls").sheets  # fmt: skip
    assert seen(sheet) == (Decimal(5), [])


@pytest.mark.parametrize(
    ("error", "shown"),
    [("#SPILL!", "#SPILL!"), ("#CALC!", "#CALC!"), ("#GETTING_DATA", "#GETTING_DATA"),
     ("#VALUE!", "#VALUE!"), ("#NEVER_SEEN!", "#VALUE!")],
)  # fmt: skip
def test_an_error_the_reader_does_not_know_refuses_its_cell_only(error: str, shown: str) -> None:
    data = workbook(("BOLD", "1", ".5"), ("BOLD", "2", ".5"), ("BOLD", "3", ".5"))
    cell, found = re.compile(rb'(<c r="C3")[^>]*>.*?</c>'), zipfile.ZipFile(io.BytesIO(data))
    name = "xl/worksheets/sheet1.xml"
    told = cell.sub(rb'\1 t="e"><v>%s</v></c>' % error.encode(), found.read(name))
    (sheet,) = read_here(archives.with_parts(data, {name: told}), "2025年收支明细账.xlsx").sheets
    assert seen(sheet) == (Decimal(5), [("error_cell", "C3")])
    assert sheet.issues[0].value == shown


@pytest.mark.parametrize(
    ("line", "where"),
    [("2025-03-06,{},5,", "B3"), ('2025-03-06,"场,{}",5,', "B3"), ('2025-03-06,场地,5,"{}"', "D3")],
)
def test_a_cell_too_long_to_be_read_is_named(line: str, where: str) -> None:
    text = "\n".join(("日期,摘要,支出,备注", "2025-03-05,书,1,", line.format("长" * 140_000)))
    report = read_here(text.encode(), "2025年收支明细账.csv")
    assert report.refused
    code, words = report.refused
    assert (code, where in words.zh, "131,072" in words.en) == ("cell_too_long", True, True)


def test_a_cell_just_not_too_long_is_read() -> None:
    assert seen(ledger(f"2025-03-05,{'长' * 131_000},1,")) == (Decimal(1), [])
