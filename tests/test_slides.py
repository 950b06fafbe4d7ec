"""The slides: what is on them, where it stands, and that every number is the meeting's."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from dashboard.errors import Cancelled
from dashboard.exhibits.model import Cell, Grid, Meeting, Plot, Series
from dashboard.exports.deck.scales import scale
from dashboard.exports.slides import slides
from dashboard.settings import ROOT
from dashboard.text import Lang
from tests import decks, meetings
from tests.decks import Deck

BOTH: tuple[Lang, ...] = ("zh", "en")
MADE: dict[Lang, Deck] = {}


@pytest.fixture(params=BOTH)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


@pytest.fixture
def deck(lang: Lang) -> Deck:
    """The meeting that has everything, made once."""
    if lang not in MADE:
        MADE[lang] = Deck.of(slides(meetings.meeting(lang)))
    return MADE[lang]


def one(plot: Plot, lang: Lang = "zh", **more: object) -> Any:
    """The only slide of the only exhibit."""
    told = meetings.of(meetings.exhibit(1, "X", form="chart", plot=plot, **more), lang=lang)
    return Deck.of(slides(told)).titled("X")[0]


# -- where things stand ---------------------------------------------------------------------------


def test_the_slides_are_as_wide_as_a_projector(deck: Deck) -> None:
    assert round(deck.file.slide_width / deck.file.slide_height, 3) == round(16 / 9, 3)


def test_nothing_stands_outside_the_slide(deck: Deck) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            left, top, right, bottom = decks.sides(shape)
            assert left >= 0, shape.name
            assert top >= 0, shape.name
            assert right <= deck.file.slide_width, (decks.title(slide), shape.name)
            assert bottom <= deck.file.slide_height, (decks.title(slide), shape.name)


def overlaps(slide: Any) -> Iterator[tuple[str, str]]:
    """Pairs of shapes that touch; the dotted line is meant to cross the bars."""
    shapes = [s for s in slide.shapes if s.shape_type != MSO_SHAPE_TYPE.LINE and s.name != "target"]
    for at, one in enumerate(shapes):
        for other in shapes[at + 1 :]:
            a, b = decks.sides(one), decks.sides(other)
            if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1]):
                yield one.name, other.name


def test_nothing_lies_over_anything(deck: Deck) -> None:
    assert {decks.title(s): list(overlaps(s)) for s in deck.slides if list(overlaps(s))} == {}


def test_every_letter_can_be_read_from_the_back(deck: Deck) -> None:
    for slide in deck.slides:
        for tree in decks.trees(slide):
            sizes = [int(p.get("sz")) for p in tree.iter() if p.get("sz") and p.tag != qn("p:ph")]
            assert min(sizes) >= 1400, decks.title(slide)


def test_the_values_of_tiles_are_large(deck: Deck) -> None:
    cards = [shape for s in deck.slides for shape in s.shapes if shape.name.startswith("tile ")]
    values = [shape.text_frame.paragraphs[1].runs[0].font.size.pt for shape in cards]
    assert len(values) == 5
    assert min(values) >= 54


def odd_plots() -> list[Plot]:
    """Nothing known, all alike, below zero, a single point, far too many."""
    gap, zero, minus = Cell(None, "—"), Cell(0, "0 人"), Cell(-7, "-7 人")
    rows = [(gap,), (gap, gap, gap), (zero, zero), (minus, minus), (Cell(5, "5 人"),) * 60]
    names = tuple(f"{meetings.LONG}{n}" for n in range(60))
    return [
        Plot(form, names[: len(row)], (Series(meetings.LONG, row),) * count, "people")
        for row in rows
        for form, count in (("bars", 1), ("columns", 1), ("columns", 6), ("lines", 6), ("moves", 2))
    ] + [Plot("lines", (), (), "people"), Plot("bars", (), (), "people"), Plot("heat", (), (), "")]


def odd_meeting() -> Meeting:
    """Everything far too long, and figures that have no number."""
    long = meetings.LONG * 5
    figures = [
        replace(one, label=long, fraction=long, target=long, change=long, than=long, variant=long)
        for one in meetings.tiles("zh")
    ]
    figures.append(replace(figures[0], value=Cell(1, "123,456,789,012.34 万元"), badge=long))
    told = [meetings.exhibit(at, long, hint=long, form="chart", plot=plot, notes=(long,))
            for at, plot in enumerate(odd_plots())]  # fmt: skip
    told += [
        meetings.exhibit(at + 100, long, form="tiles", figures=tuple(figures[:at]))
        for at in range(7)
    ]
    told.append(meetings.exhibit(200, long, form="table", grid=meetings.table(1, 60, "zh")))
    told.append(meetings.exhibit(201, long, form="table", missing=long))
    section = replace(meetings.meeting().sections[0], title=long, question=long)
    sections = (replace(section, exhibits=tuple(told)), *[section] * 9)
    return replace(meetings.meeting(), school=long, title=long, caption=long, sections=sections)


def test_nothing_breaks_the_page_however_odd_it_is() -> None:
    deck = Deck.of(slides(odd_meeting()))
    for slide in deck.slides:
        assert list(overlaps(slide)) == []
        for shape in slide.shapes:
            left, top, right, bottom = decks.sides(shape)
            assert min(left, top) >= 0
            assert right <= deck.file.slide_width
            assert bottom <= deck.file.slide_height, shape.name


# -- what they say --------------------------------------------------------------------------------


def test_the_first_slide_tells_whose_figures_of_when(deck: Deck, lang: Lang) -> None:
    meeting, words = meetings.meeting(lang), decks.written(deck.slides[0])
    hidden = {"zh": "已隐去个人信息", "en": "Personal details hidden"}[lang]
    for told in (meeting.school, meeting.title, meeting.caption, "2025-12-31", hidden):
        assert told in words


def test_the_agenda_leads_to_each_part(deck: Deck, lang: Lang) -> None:
    rows = decks.tables(deck.slides[1])[0]
    sections = meetings.meeting(lang).sections
    assert [(row[0], row[1]) for row in rows] == [(s.title, s.question) for s in sections]
    for row in rows:
        assert decks.title(deck.slides[int(row[2]) - 1]).startswith(row[0])
        assert not decks.title(deck.slides[int(row[2]) - 2]).startswith(row[0])


def test_every_slide_has_its_number_its_caption_and_its_badge(deck: Deck, lang: Lang) -> None:
    meeting = meetings.meeting(lang)
    for number, slide in enumerate(deck.slides[1:], start=2):
        words = decks.written(slide)
        assert f"{number} / {len(deck.slides)}" in words
        assert meeting.caption in words
        assert {"zh": "已隐去个人信息", "en": "Personal details hidden"}[lang] in words


def test_names_shown_and_the_demonstration_are_marked() -> None:
    told = replace(meetings.meeting("zh", "shown"), is_demo=True)
    for slide in Deck.of(slides(told)).slides:
        assert "含个人信息" in decks.written(slide)
        assert "演示数据" in decks.written(slide)


def test_the_notes_have_the_definition_the_scope_and_the_files(deck: Deck, lang: Lang) -> None:
    meeting = meetings.meeting(lang)
    for slide in deck.slides[2:]:
        notes = decks.noted(slide)
        for line in (
            *meeting.exhibits[0].notes,
            meeting.caption,
            "会员名册.xlsx",
            "经费 台账.xlsx",
        ):
            assert line in notes


def test_a_missing_block_says_why(deck: Deck, lang: Lang) -> None:
    missing = meetings.meeting(lang).exhibits[-1]
    assert missing.missing in decks.written(deck.titled(missing.title)[0])


def numbers(meeting: Meeting) -> Iterator[tuple[str, str]]:
    """Every value of every exhibit but the table that is cut, by the exhibit's title."""
    for exhibit in meeting.exhibits:
        for figure in exhibit.figures:
            for words in (figure.label, figure.value.text, figure.fraction, figure.target,
                          figure.change, figure.badge, figure.variant):  # fmt: skip
                yield exhibit.title, words
        if exhibit.plot:
            for series in exhibit.plot.series:
                yield from ((exhibit.title, cell.text) for cell in series.cells)
            yield from ((exhibit.title, note) for note in exhibit.plot.notes)
            yield from ((exhibit.title, cell.text) for *_, cell in exhibit.plot.flows)
        if exhibit.grid and len(exhibit.grid.heads) < 18:
            for row in exhibit.grid.rows:
                yield from ((exhibit.title, cell.text) for cell in row)


def test_every_number_is_told_as_it_is_shown_elsewhere(deck: Deck, lang: Lang) -> None:
    for name, words in numbers(meetings.meeting(lang)):
        told = [decks.written(s) + "\n" + decks.noted(s) for s in deck.titled(name)]
        assert words in " ".join(told).replace("\u000b", ""), (name, words)


# -- tables ---------------------------------------------------------------------------------------


def test_a_wide_table_repeats_its_first_column_and_tells_what_is_left_out(
    deck: Deck, lang: Lang
) -> None:
    found = deck.titled({"zh": "长表", "en": "Long table"}[lang])
    assert len(found) == 6
    parts = [decks.tables(slide)[0] for slide in found]
    assert {part[0][0] for part in parts} == {parts[0][0][0]}
    assert parts[0][1][0] == parts[1][1][0]
    heads = [head for part in parts[:3] for head in part[0][1:]]
    assert heads == [head.label for head in meetings.table(1, 18, lang).heads[1:]]
    for slide in found:
        assert " 40 " in decks.written(slide).splitlines()[1]


def test_a_long_table_goes_on_on_the_next_slide() -> None:
    grid = meetings.table(30, 4, "zh")
    told = meetings.of(meetings.exhibit(1, "X", form="table", grid=grid))
    found = Deck.of(slides(told)).titled("X")
    assert len(found) > 1
    assert [f"{at}/{len(found)}" in decks.title(s) for at, s in enumerate(found, 1)] == [
        True
    ] * len(found)
    rows = [row[0] for slide in found for row in decks.tables(slide)[0][1:]]
    assert [row[:3] for row in rows] == [row[0].text[:3] for row in grid.rows]


def test_long_words_use_the_room_that_is_left() -> None:
    words = "活动台账最近一次记录是 2025-12-26，已超过 3 个月没有更新，请上传新数据，再看这一页。"
    heads = meetings.heads(("事项", "text"), ("件数", "count"))
    grid = Grid(heads, ((Cell(words, words), Cell(1, "1")),) * 9)
    told = meetings.of(meetings.exhibit(1, "X", form="table", grid=grid))
    found = Deck.of(slides(told)).titled("X")
    assert [row[0] for row in decks.tables(found[0])[0][1:]] == [words] * 9


def test_numbers_stand_at_the_right_and_words_at_the_left(deck: Deck) -> None:
    table = next(s for s in deck.titled("短表") or deck.titled("Short")).shapes
    cells = list(next(s for s in table if s.has_table).table.rows)[1].cells
    aligned = [cell.text_frame.paragraphs[0].alignment for cell in cells]
    assert [str(one).split(" ")[0] for one in aligned] == ["LEFT", "LEFT", "LEFT", "RIGHT", "RIGHT"]


# -- charts ---------------------------------------------------------------------------------------


def test_nothing_is_a_picture(deck: Deck) -> None:
    for slide in deck.slides:
        assert MSO_SHAPE_TYPE.PICTURE not in [shape.shape_type for shape in slide.shapes]
    assert not [name for name in deck.names if "media" in name or name.endswith((".png", ".jpeg"))]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("bars", XL_CHART_TYPE.BAR_CLUSTERED),
        ("funnel", XL_CHART_TYPE.BAR_CLUSTERED),
        ("columns", XL_CHART_TYPE.COLUMN_CLUSTERED),
        ("moves", XL_CHART_TYPE.COLUMN_CLUSTERED),
        ("lines", XL_CHART_TYPE.LINE),  # one of its lines, the target, has no markers
    ],
)
def test_charts_are_native_and_hold_the_exact_numbers(
    deck: Deck, lang: Lang, form: Any, kind: Any
) -> None:
    plot = meetings.plots(lang)[form]
    chart = decks.charts(deck.titled(f" {form}")[0])[0]
    assert chart.chart_type == kind
    divisor = {"zh": 10_000, "en": 1_000}[lang] if plot.unit == "yuan" else 1
    for series, drawn in zip(plot.series, chart.plots[0].series, strict=False):
        assert drawn.name == series.name
        for cell, size in zip(series.cells, drawn.values, strict=True):
            if cell.value is None:
                assert size is None
            else:
                assert isinstance(cell.value, int | float | Fraction)
                assert size == pytest.approx(float(cell.value / divisor))


def test_the_first_bar_is_at_the_top_and_a_hidden_one_says_so() -> None:
    slide = one(meetings.plots("zh")["bars"])
    chart = decks.charts(slide)[0]
    assert chart.category_axis.reverse_order
    assert [str(name)[-1:] for name in chart.plots[0].categories][3] == "*"
    assert "目标 95%" in decks.written(slide)


def test_the_target_line_stands_where_its_value_is() -> None:
    slide = one(meetings.plots("zh")["bars"])
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    line = next(shape for shape in slide.shapes if shape.name == "target")
    parts = next(frame.chart.element.iter(qn("c:manualLayout")))
    layout = {name: float(parts.find(qn(f"c:{name}")).get("val")) for name in "xw"}
    axis = frame.chart.value_axis
    share = 0.95 / (axis.maximum_scale - axis.minimum_scale)
    place = frame.left + frame.width * (layout["x"] + layout["w"] * share)
    assert line.left == pytest.approx(place, abs=12700)


def test_number_formats_say_what_the_words_say(lang: Lang) -> None:
    codes = {form: one(meetings.plots(lang)[form], lang) for form in ("bars", "funnel", "columns")}
    found = {form: decks.charts(slide)[0].plots[0].series[0] for form, slide in codes.items()}
    shown = {form: s._element.findtext(f".//{qn('c:formatCode')}") for form, s in found.items()}
    assert shown == {
        "bars": "0.0%",
        "funnel": {"zh": '#,##0" 件"', "en": "#,##0"}[lang],
        "columns": {"zh": "#,##0.00", "en": "#,##0.0"}[lang],
    }


@pytest.mark.parametrize(
    ("value", "words", "code", "size"),
    [
        (Fraction(59, 60), "98.3%", "0.0%", 59 / 60),
        (1234, "1,234", "#,##0", 1234),
        (1234, "1,234 人", '#,##0" 人"', 1234),
        (123456, "12.35 万元", '#,##0.00" 万元"', 12.3456),
        (123456, "¥123.5k", '"¥"#,##0.0"k"', 123.456),
        (Fraction(5877, 2), "2,938.50 元", '#,##0.00" 元"', 2938.5),
        (-3, "−3", "+#,##0;−#,##0;#,##0", -3),
        (-3, "-3 人", '#,##0" 人"', -3),
    ],
)
def test_a_scale_is_told_from_the_words(value: Any, words: str, code: str, size: float) -> None:
    cell = Cell(value, words)
    found = scale([cell, Cell(None, "—"), Cell(None, "*")])
    assert found.code == code
    assert found.size(cell) == pytest.approx(size)
    assert found.words(size) == words


def test_what_columns_are_counted_in_is_said_once() -> None:
    assert "单位：万元" in decks.written(one(meetings.plots("zh")["columns"]))


def test_gaps_stay_gaps_and_estimates_are_dotted() -> None:
    chart = decks.charts(one(meetings.plots("zh")["lines"]))[0]
    assert next(chart.element.iter(qn("c:dispBlanksAs"))).get("val") == "gap"
    dashes = [
        [d.get("val") for d in s._element.iter(qn("a:prstDash"))] for s in chart.plots[0].series
    ]
    assert dashes == [[], ["sysDash"], ["sysDot"]]


def test_an_estimate_reaches_over_the_months_between() -> None:
    cells = [Cell(n, f"{n} 人") for n in range(1, 7)] + [Cell(None, "—")] * 6
    ahead = [*[Cell(None, "")] * 5, Cell(6, "6 人"), *[Cell(None, "")] * 5, Cell(14, "14 人")]
    both = Series("本年", tuple(cells)), Series("估算", tuple(ahead), True)
    plot = Plot("lines", meetings.MONTHS["zh"], both, "people")
    chart = decks.charts(one(plot))[0]
    assert next(chart.element.iter(qn("c:dispBlanksAs"))).get("val") == "span"


def test_the_target_of_columns_is_a_line_beside_them() -> None:
    plot = replace(meetings.plots("zh")["columns"], target=(1_500_000, "目标 150.00 万元"))
    chart = decks.charts(one(plot))[0]
    assert [str(p).rsplit(".", 1)[-1].split(" ")[0] for p in chart.plots] == ["BarPlot", "LinePlot"]
    assert set(chart.plots[1].series[0].values) == {150.0}


def test_many_bars_go_on_on_the_next_slide_with_the_same_scale() -> None:
    names = tuple(f"部门{n}" for n in range(30))
    cells = tuple(Cell(100 - n, f"{100 - n} 人") for n in range(30))
    plot = Plot("bars", names, (Series("人数", cells),), "people")
    told = meetings.of(meetings.exhibit(1, "X", form="chart", plot=plot))
    found = [decks.charts(slide)[0] for slide in Deck.of(slides(told)).titled("X")]
    assert len(found) > 1
    assert [str(name) for chart in found for name in chart.plots[0].categories] == list(names)
    lengths = {
        round(chart.plots[0].series[0].values[0] / chart.value_axis.maximum_scale, 2)
        * (100 / chart.plots[0].series[0].values[0])
        for chart in found
    }
    assert max(lengths) - min(lengths) < 0.06


def embedded(slide: Any) -> bytes:
    return decks.charts(slide)[0].part.chart_workbook.xlsx_part.blob


def test_the_workbook_behind_a_chart_runs_nothing() -> None:
    sheet = load_workbook(io.BytesIO(embedded(one(meetings.plots("zh")["bars"])))).active
    assert sheet is not None
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert any(str(name).startswith("=HYPERLINK") for name in names)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["B2"].value == 1
    assert sheet["B2"].number_format == "0.0%"


def test_letters_no_file_may_hold_are_left_out() -> None:
    plot = Plot(
        "bars",
        ("a\x00b\x0b", "c\ud800"),
        (Series("\x1f", (Cell(1, "1"), Cell(2, "2\x07"))),),
        "count",
    )
    assert "a b" in decks.written(one(plot))


# -- letters --------------------------------------------------------------------------------------


def test_every_run_has_a_font_for_latin_and_one_for_chinese(deck: Deck, lang: Lang) -> None:
    for slide in deck.slides:
        for tree in (*decks.trees(slide), slide.notes_slide.element):
            for properties in decks.runs(tree):
                assert properties.find(qn("a:latin")).get("typeface") == "Microsoft YaHei"
                assert properties.find(qn("a:ea")).get("typeface") == "Microsoft YaHei"
                assert properties.get("lang") == {"zh": "zh-CN", "en": "en-US"}[lang]


def test_charts_write_in_the_same_font(deck: Deck) -> None:
    for slide in deck.slides:
        for chart in decks.charts(slide):
            for properties in chart.element.iter(qn("a:defRPr")):
                assert properties.find(qn("a:ea")).get("typeface") == "Microsoft YaHei"


# -- the file -------------------------------------------------------------------------------------


def test_the_same_meeting_gives_the_same_bytes_in_another_process() -> None:
    asked = (
        "import hashlib; from tests import meetings; from dashboard.exports.slides import slides;"
        "print(hashlib.sha256(slides(meetings.meeting())).hexdigest())"
    )
    surroundings = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=surroundings, capture_output=True, check=True
    )
    mine = hashlib.sha256(slides(meetings.meeting())).hexdigest()
    assert told.stdout.decode().strip() == mine


def test_the_file_tells_nothing_of_today(deck: Deck) -> None:
    core = deck.file.core_properties
    assert core.created.date() == core.modified.date() == date(2025, 12, 31)
    assert "docProps/app.xml" not in deck.names
    with zipfile.ZipFile(io.BytesIO(deck.data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_each_part_is_announced_and_what_the_caller_raises_ends_the_work() -> None:
    heard: list[str] = []
    slides(meetings.meeting(), step=heard.append)
    assert heard == ["工会工作情况", "会员", "名单"]

    def stop(words: str) -> None:
        if words == "名单":
            raise Cancelled

    with pytest.raises(Cancelled):
        slides(meetings.meeting(), step=stop)


def test_a_meeting_about_nothing_has_a_title() -> None:
    nothing = replace(meetings.meeting(), sections=())
    assert len(Deck.of(slides(nothing)).slides) == 1
