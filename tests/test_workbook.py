"""The meeting's workbook: every number typed and exact, nothing runs, and it opens readable."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import meetings
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from dashboard.errors import Cancelled
from dashboard.exhibits import grids
from dashboard.exhibits.model import Cell, Exhibit, Grid, Head, Meeting, Plot, Series
from dashboard.exports.leaves import Typed, leaves, typed
from dashboard.exports.workbook import tables, workbook
from dashboard.kpis.model import Reading
from dashboard.text import Lang, Text

REFERENCE = re.compile(r"'.+'!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?|[^'!]+!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
TOP = 4  # rows above a table: title, view, the way back, header


def charted(lang: Lang = "zh") -> Meeting:
    """The hand-made meeting, each of its charts with its numbers as a table."""
    return meetings.of(
        *(
            meetings.exhibit(
                at,
                form,
                form="chart",
                plot=plot,
                grid=grids.of_plot(plot, Text("名称", "Name"), lang),
            )
            for at, (form, plot) in enumerate(meetings.plots(lang).items(), start=1)
        ),
        lang=lang,
    )


def tabled(*rows: tuple[Cell, ...], heads: tuple[Head, ...], title: str = "表") -> Meeting:
    return meetings.of(meetings.exhibit(1, title, form="table", grid=Grid(heads, rows)))


def book(meeting: Meeting) -> dict[str, list[list[Any]]]:
    """Each sheet's rows under its header, as another reader sees them."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(workbook(meeting)))
    return {
        name: found.get_sheet_by_name(name).to_python(skip_empty_area=False)[TOP:]
        for name in found.sheet_names
    }


def opened(meeting: Meeting) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(meeting)))


def sheet(meeting: Meeting, at: int = 2) -> Worksheet:
    found = opened(meeting).worksheets[at]
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize(
    ("cell", "kind", "kept"),
    [
        (Cell(Fraction(59, 60), "98.3%"), "ratio", Typed(59 / 60, "0.0%")),
        (Cell(Fraction(7), "7"), "count", Typed(7, "#,##0")),
        (Cell(Decimal("1234.50"), "1,234.50"), "money", Typed(Decimal("1234.50"), "#,##0.00")),
        (Cell(1234, "1,234"), "people", Typed(1234, "#,##0")),
        (Cell(2026, "2026"), "count", Typed(2026, "0")),
        (Cell(Fraction(5, 2), "2.5"), "count", Typed(2.5, "#,##0.00")),
        (Cell(date(2025, 3, 8), "2025-03-08"), "date", Typed(date(2025, 3, 8), "yyyy-mm-dd")),
        (Cell(None, "*"), "people", Typed("*")),
        (Cell(None, "—"), "ratio", Typed(None)),
        (Cell(None, ""), "money", Typed(None)),
        (Cell(0, "0"), "count", Typed(0, "#,##0")),
        (Cell(2025, "2025 年"), "label", Typed("2025 年")),
        (Cell(Fraction(59, 60), "98.3%"), "text", Typed("98.3%")),
    ],
)
def test_a_cell_keeps_its_type(cell: Cell, kind: Any, kept: Typed) -> None:
    found = typed(cell, kind)
    assert (found, type(found.value)) == (kept, type(kept.value))


def test_every_cell_of_a_table_is_in_its_sheet() -> None:
    grid = meetings.table(40, 18, "zh")
    rows = book(meetings.of(meetings.exhibit(1, "长表", form="table", grid=grid)))["01 长表"]
    assert len(rows) == 40
    for mine, theirs in zip(grid.rows, rows, strict=True):
        for cell, head, read in zip(mine, grid.heads, theirs, strict=True):
            wanted = typed(cell, head.kind).value
            assert read == ("" if wanted is None else wanted)


def test_hidden_is_a_text_and_missing_is_empty() -> None:
    heads = (Head("部门", "label"), Head("人数", "people"))
    meeting = tabled((Cell("甲", "甲"), Cell(None, "*")), (Cell("乙", "乙"), Cell(None, "—")),
                     heads=heads)  # fmt: skip
    assert book(meeting)["01 表"] == [["甲", "*"], ["乙", ""]]


def test_of_a_hidden_figure_no_part_is_told() -> None:
    hidden = meetings.figure("hardship", "慰问人数", meetings.HIDDEN)
    hidden = replace(hidden, result=meetings.result(Reading(3, 4, hidden=True)))
    meeting = meetings.of(meetings.exhibit(1, "", form="tiles", figures=(hidden,)))
    (row,) = book(meeting)["指标"]
    assert row[2] == "*"
    assert [row[5], row[6]] == ["", ""]
    assert not {3.0, 4.0} & {value for value in row if isinstance(value, float)}


def test_each_figure_stands_once() -> None:
    tiles = meetings.exhibit(1, "", form="tiles", figures=meetings.tiles("zh"))
    meeting = meetings.of(tiles, replace(tiles, key="page.2"))
    names = [row[1] for row in book(meeting)["指标"]]
    assert names == [one.label for one in meetings.tiles("zh")]


def test_numbers_dates_and_shares_have_their_formats() -> None:
    heads = (Head("日", "date"), Head("额", "money"), Head("率", "ratio"), Head("数", "count"))
    row = (Cell(date(2025, 1, 2), "2025-01-02"), Cell(Decimal("-3.5"), "-3.50"),
           meetings.share(1, 3), Cell(1234, "1,234"))  # fmt: skip
    cells = next(sheet(tabled(row, heads=heads)).iter_rows(min_row=TOP + 1))
    assert [cell.number_format for cell in cells] == ["yyyy-mm-dd", "#,##0.00", "0.0%", "#,##0"]
    assert cells[0].value == datetime(2025, 1, 2)


def test_headers_stay_in_sight_on_screen_and_paper() -> None:
    grid = meetings.table(40, 18, "zh")
    page = sheet(meetings.of(meetings.exhibit(1, "长表", form="table", grid=grid)))
    assert page.freeze_panes == "B5"
    assert page.auto_filter.ref == "A4:R44"
    assert page.print_title_rows == "$4:$4"
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_columns_are_wide_enough_for_their_characters() -> None:
    name = "城南实验学校语文教研组"
    heads = (Head("部门", "label"), Head("金额", "money"))
    page = sheet(tabled((Cell(name, name), Cell(Decimal("123456789.12"), "123,456,789.12")),
                        heads=heads))  # fmt: skip
    assert page.column_dimensions["A"].width >= 2 * len(name)
    assert page.column_dimensions["B"].width >= len("123,456,789.12")


def test_long_words_are_broken_and_their_row_is_high_enough() -> None:
    heads = (Head("说明", "text"), Head("数", "count"))
    page = sheet(tabled((Cell("长" * 200, "长" * 200), Cell(1, "1")), heads=heads))
    cell = page.cell(TOP + 1, 1)
    assert cell.alignment.wrap_text
    assert page.column_dimensions["A"].width < 60
    assert (page.row_dimensions[TOP + 1].height or 0) >= 9 * 15


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sheet_names_are_valid_and_no_two_are_alike(lang: Lang) -> None:
    title = "a/b[c]:*?'很长的名字" * 4
    grid = meetings.table(2, 2, lang)
    exhibits = [meetings.exhibit(at, title, form="table", grid=grid) for at in range(1, 13)]
    names = CalamineWorkbook.from_filelike(
        io.BytesIO(workbook(meetings.of(*exhibits, lang=lang)))
    ).sheet_names
    assert len({name.lower() for name in names}) == len(names) == 12 + 5
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert not any(name.startswith("'") or name.endswith("'") for name in names)


def test_the_contents_lead_to_every_sheet() -> None:
    meeting = meetings.meeting()
    found = opened(meeting)
    about = found.worksheets[0]
    cells = [cell for row in about.iter_rows() for cell in row]
    places = {cell.hyperlink.location for cell in cells if cell.hyperlink}
    assert places == {f"'{name}'!A1" for name in found.sheetnames[1:]}
    assert any(
        "还没有上传提案台账" in str(cell.value) for cell in cells
    )  # a gap says why it is one


@pytest.mark.parametrize(("names", "told"), [("hidden", "已隐去个人信息"), ("shown", "含个人信息")])
def test_the_first_sheet_says_whose_view_it_is(names: Any, told: str) -> None:
    meeting = replace(meetings.meeting(names=names), is_demo=True)
    said = " ".join(
        str(cell.value) for row in opened(meeting).worksheets[0].iter_rows() for cell in row
    )
    for words in (meeting.school, meeting.caption, "2025-12-31", told, "演示数据"):
        assert words in said


def test_definitions_sources_and_doubts_are_there() -> None:
    found = book(meetings.meeting())
    assert found["定义"][0][:2] == ["入会率", "会员 ÷ 职工"]
    assert found["来源"][0] == ["会员名册.xlsx", "Sheet1", "会员名册", 118.0, date(2025, 12, 31),
                              "a" * 64]  # fmt: skip
    assert found["数据质量"] == [["经费台账有 2 行没有日期，未计入。"]]


# -- charts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_stand_beside_their_numbers(lang: Lang) -> None:
    found = {page.title[3:]: len(page._charts) for page in opened(charted(lang)).worksheets[2:]}
    drawn = {name: found[name] for name in meetings.plots(lang)}
    assert drawn == {"bars": 1, "columns": 1, "lines": 1, "funnel": 1, "moves": 1, "heat": 0,
                     "flows": 0}  # fmt: skip


def test_a_hidden_bar_says_so_and_a_line_is_never_drawn_through_nought() -> None:
    cells = (Cell(9, "9"), Cell(None, "*"), Cell(7, "7"))
    plot = Plot("bars", ("甲", "乙", "丙"), (Series("人数", cells),), "people")
    for form, charts in (("bars", 1), ("lines", 0)):
        one = replace(plot, form=form)  # type: ignore[arg-type]
        grid = grids.of_plot(one, Text("部门", "Department"), "zh")
        meeting = meetings.of(meetings.exhibit(1, "图", form="chart", plot=one, grid=grid))
        with zipfile.ZipFile(io.BytesIO(workbook(meeting))) as parts:
            drawn = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
            assert len(drawn) == charts
            assert all(">*<" in parts.read(name).decode() for name in drawn)


# -- nothing runs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack", [meetings.EVIL, "=1+1", "+1", "-1", "@x", "\t=1", "http://x.example"]
)
def test_no_text_becomes_a_formula_or_a_link_to_the_outside(attack: str) -> None:
    heads = (Head(attack, "label"), Head("数", "count"))
    exhibit = meetings.exhibit(
        1, attack, hint=attack, form="table",
        grid=Grid(heads, ((Cell(attack, attack), Cell(1, "1")),)),
    )  # fmt: skip
    plot = Plot("bars", (attack, "乙"), (Series(attack, (Cell(1, "1"), Cell(2, "2"))),), "people")
    chart = meetings.exhibit(2, attack, form="chart", plot=plot,
                             grid=grids.of_plot(plot, Text("名", "Name"), "zh"))  # fmt: skip
    meeting = replace(meetings.of(exhibit, chart), school=attack, caption=attack, quality=(attack,))
    with zipfile.ZipFile(io.BytesIO(workbook(meeting))) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode()
            assert "<f>" not in text
            assert 'TargetMode="External"' not in text
            assert all(REFERENCE.fullmatch(one) for one in re.findall("<c:f>(.*?)</c:f>", text))
    assert [attack, 1.0] in book(meeting)[list(leaves(meeting))[1].name]


def test_a_csv_has_its_mark_and_nothing_that_runs() -> None:
    heads = (Head("姓名", "label"), Head("变化", "text"), Head("额", "money"))
    row = (
        Cell("=1+1", "=1+1"),
        Cell("+1.2 个百分点", "+1.2 个百分点"),
        Cell(Decimal("-2.50"), "-2.50"),
    )
    data = tables(tabled(row, heads=heads))["01 表"]
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["姓名", "变化", "额"], ["'=1+1", "'+1.2 个百分点", "-2.50"],
    ]  # fmt: skip


def test_the_tables_are_those_of_the_workbook() -> None:
    meeting = meetings.meeting()
    names = CalamineWorkbook.from_filelike(io.BytesIO(workbook(meeting))).sheet_names
    assert list(tables(meeting)) == names[1:]


# -- the same again ---------------------------------------------------------------------------


def test_the_same_meeting_gives_the_same_bytes() -> None:
    data = workbook(charted())
    assert workbook(charted()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        told = parts.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", told)) == {"2025-12-31T00:00:00Z"}


def test_the_step_is_called_before_each_page_and_may_stop_it() -> None:
    told: list[str] = []
    workbook(meetings.meeting(), told.append)
    assert told == ["工会工作情况", "会员", "名单"]

    def stop(words: str) -> None:
        raise Cancelled

    for make in (workbook, tables):
        with pytest.raises(Cancelled):
            make(meetings.meeting(), stop)


def test_a_meeting_of_nothing_is_still_a_workbook() -> None:
    empty: tuple[Exhibit, ...] = ()
    assert book(meetings.of(*empty))["指标"] == []
