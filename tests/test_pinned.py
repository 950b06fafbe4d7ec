"""Pinned charts at a meeting: on the wall, in the files, and what may not be there."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from counts import BARS, EVERY, HEAT, LINES, POINTS, amounts, named, of, series
from decks import Deck, title, trees, written
from meeting_of_sample import TODAY, held, pages
from nasty_school import nasty
from openpyxl import load_workbook
from pptx.oxml.ns import qn

from dashboard.answers import Question, answered, asking
from dashboard.charts.template import LIGHT
from dashboard.errors import RefusedRequest
from dashboard.exhibits import absent
from dashboard.exhibits.meeting import UNSTORED, meeting, order
from dashboard.exhibits.model import Meeting
from dashboard.exploring.charting.recipe import Counted
from dashboard.exports.pack import made
from dashboard.layout import Page, Pinned, presents
from dashboard.roles import Role
from dashboard.text import Text, same
from dashboard.ui.present.slides import slides
from dashboard.warehouse import Warehouse

SOURCE = same("领书.csv")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with nasty(tmp_path_factory.mktemp("nasty")) as warehouse:
        yield warehouse


def with_pins(blocks: Sequence[Pinned]) -> list[Page]:
    rows = tuple((block,) for block in blocks)
    return [replace(one, rows=rows) if one.path == "pinned" else one for one in pages()]


def met(warehouse: Warehouse, *blocks: Pinned, words: str = "pinned", **view: Any) -> Meeting:
    usual = {"period": "2025", "chosen": (), "as_of": None, "lang": "zh", "safe": True}
    usual |= {"role": Role.OFFICER}
    asked = Question(
        folder="", workspace="school", version=0, today=TODAY, taken=True, **(usual | view)
    )
    shown = with_pins(blocks)
    with warehouse.snapshot() as reader:
        return meeting(
            order(words, shown),
            lambda page: answered(reader, asking(page, asked)),
            asked.lang,
            palette=LIGHT,
        )


def pin(counted: Counted, **more: Any) -> Pinned:
    return Pinned(counted, SOURCE, **more)


def missing(found: Meeting) -> list[str]:
    return [one.missing for one in found.exhibits]


# -- what is shown ------------------------------------------------------------------------------


def test_where_nothing_is_pinned_no_meeting_knows_of_it(school: Warehouse) -> None:
    assert [presents(page) for page in pages() if page.path == "pinned"] == [False]
    assert "pinned" not in [item.page.path for item in order("all", pages())]
    with pytest.raises(RefusedRequest):
        order("pinned", pages())


def test_a_meeting_of_all_pages_has_the_pins_after_the_others(school: Warehouse) -> None:
    without, _ = held(school)
    found = met(school, pin(BARS), words="all")
    paths = [section.path for section in found.sections]
    assert paths == [*(section.path for section in without.sections), "pinned"]
    assert found.caption == without.caption
    assert [len(one.exhibits) for one in found.sections][:-1] == [
        len(one.exhibits) for one in without.sections
    ]


def test_a_meeting_of_pins_alone_does_not_say_it_is_of_the_registers(school: Warehouse) -> None:
    found = met(school, pin(BARS))
    assert found.caption == UNSTORED("zh")
    assert (found.as_of, found.sources, found.definitions) == (TODAY, (), ())


def test_each_form_goes_out_with_the_numbers_of_the_screen(school: Warehouse) -> None:
    found = met(school, *(pin(counted) for counted in EVERY.values()))
    for exhibit, counted in zip(found.exhibits, EVERY.values(), strict=True):
        assert exhibit.plot
        assert exhibit.grid
        assert exhibit.chart
        assert exhibit.title == counted.title("zh")
        if counted.dots:
            values = [(row[0].value, row[1].value) for row in exhibit.grid.rows]
            assert values == list(counted.dots)
            continue
        for at, (_, held_) in enumerate(counted.series, start=1):
            assert [row[at].value for row in exhibit.grid.rows] == [one.value for one in held_]


def test_what_a_chart_is_kept_to_and_leaves_out_is_said_with_it(school: Warehouse) -> None:
    counted = replace(BARS, empty=2, unfit=1, recipe=replace(BARS.recipe, kept=((3, ("是",)),)))
    (exhibit,) = met(school, pin(counted, kept=same("是否签字：是"))).exhibits
    assert exhibit.hint == "只看 是否签字：是 · 来源：一份未入库的表格 · 3 行未计入"


def test_a_heat_map_says_its_unit_once(school: Warehouse) -> None:
    (exhibit,) = met(school, pin(HEAT)).exhibits
    assert exhibit.hint.endswith("单位：万元")
    assert exhibit.plot
    assert [cell.text for cell in exhibit.plot.series[0].cells] == ["12.00", "", "3.00", ""]


def test_charts_on_slides_are_the_pinned_ones(school: Warehouse) -> None:
    found = met(school, *(pin(counted) for counted in EVERY.values()))
    kinds = [slide.kind for slide in slides(found)]
    assert kinds == ["cover", *["chart"] * len(EVERY)]


# -- in files -----------------------------------------------------------------------------------


def test_slides_have_native_charts_dots_among_them(school: Warehouse) -> None:
    found = met(school, *(pin(counted) for counted in EVERY.values()))
    deck = Deck.of(made(found, "pptx", None, lambda _: None))
    shown = deck.titled("各部门金额合计")
    assert len(shown) == len(EVERY)
    (dots,) = [
        one for slide in shown for tree in trees(slide) for one in tree.iter(qn("c:scatterChart"))
    ]
    across = [float(v.text) for v in next(dots.iter(qn("c:xVal"))).iter(qn("c:v"))]
    up = [float(v.text) for v in next(dots.iter(qn("c:yVal"))).iter(qn("c:v"))]
    assert [(x, y * 10_000) for x, y in zip(across, up, strict=True)] == [
        (pytest.approx(float(x)), pytest.approx(float(y))) for x, y in POINTS.dots
    ]


def test_the_workbook_keeps_numbers_as_numbers_with_a_chart_beside(school: Warehouse) -> None:
    found = met(school, pin(BARS), pin(LINES), pin(POINTS))
    book = load_workbook(io.BytesIO(made(found, "xlsx", None, lambda _: None)))
    bars, lines, dots = [sheet for sheet in book.worksheets if sheet._charts]
    assert [row[1].value for row in bars.iter_rows(min_row=5)] == [51600.5, 42300, 3000.25, 900, 55]
    assert [row[1].value for row in lines.iter_rows(min_row=5)] == [0.5, None, 0.75]
    assert lines["B5"].number_format == "0.0%"
    pairs = [(row[0].value, row[1].value) for row in dots.iter_rows(min_row=5)]
    assert pairs == [(int(x), int(y)) for x, y in POINTS.dots]
    assert type(dots._charts[0]).__name__ == "ScatterChart"


def test_the_report_is_set_with_every_form(school: Warehouse) -> None:
    found = met(school, *(pin(counted) for counted in EVERY.values()))
    assert made(found, "pdf", None, lambda _: None).startswith(b"%PDF")
    one = replace(POINTS, dots=POINTS.dots[:1])
    assert made(met(school, pin(one)), "pdf", None, lambda _: None).startswith(b"%PDF")


def test_words_of_a_file_are_no_formula_in_a_deck_or_workbook(school: Warehouse) -> None:
    evil = of("points", (), (), along=same("=1+1"), dots=POINTS.dots[:9], unit="number")
    bars = of("bars", named("=cmd|' /C calc'!A0"), [series("5")])
    found = met(school, pin(evil), pin(bars), safe=False)
    book = load_workbook(io.BytesIO(made(found, "xlsx", None, lambda _: None)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    deck = Deck.of(made(found, "pptx", None, lambda _: None))
    blobs = [
        shape.chart.part.chart_workbook.xlsx_part.blob
        for slide in deck.slides for shape in slide.shapes if shape.has_chart
    ]  # fmt: skip
    assert len(blobs) == 2
    for blob in blobs:
        for row in load_workbook(io.BytesIO(blob)).active.iter_rows():
            assert "f" not in {cell.data_type for cell in row}


# -- on a wall ----------------------------------------------------------------------------------


def people(rows: int, **more: Any) -> Counted:
    lines = [(*named("行数"), (*amounts("9"), *amounts(str(rows), rows=rows)))]
    return of("bars", named("语文组", "数学组"), lines, unit="number", people=True, **more)


@pytest.mark.parametrize(("rows", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_group_of_one_to_four_is_on_no_wall(school: Warehouse, rows: int, shown: bool) -> None:
    found = met(school, pin(people(rows)))
    assert missing(found) == ["" if shown else absent.SMALL("zh")]
    assert missing(met(school, pin(people(rows)), safe=False)) == [""]
    assert missing(met(school, pin(replace(people(rows), people=False)))) == [""]


def test_one_person_in_many_rows_is_one_person(school: Warehouse) -> None:
    assert missing(met(school, pin(people(40), fewest=5))) == [""]
    assert missing(met(school, pin(people(40), fewest=4))) == [absent.SMALL("zh")]
    different = people(40, recipe=replace(BARS.recipe, how="distinct"))
    lines = ((*named("不同姓名数"), (*amounts("9"), *amounts("3", rows=40))),)
    assert missing(met(school, pin(replace(different, series=lines)))) == [absent.SMALL("zh")]


def test_what_is_kept_to_of_people_is_on_no_wall_for_the_rest_would_follow(
    school: Warehouse,
) -> None:
    kept = people(20, recipe=replace(BARS.recipe, kept=((3, ("女",)),)))
    assert missing(met(school, pin(kept, kept=same("性别：女")))) == [absent.SMALL("zh")]
    assert missing(met(school, pin(kept, kept=same("性别：女")), safe=False)) == [""]


def test_dots_of_people_are_on_no_wall(school: Warehouse) -> None:
    assert missing(met(school, pin(replace(POINTS, people=True)))) == [absent.SMALL("zh")]
    assert missing(met(school, pin(POINTS))) == [""]


def test_how_many_people_are_left_out_is_not_said(school: Warehouse) -> None:
    counted = replace(people(9), empty=2)
    (exhibit,) = met(school, pin(counted)).exhibits
    assert exhibit.hint == "来源：一份未入库的表格"
    (exhibit,) = met(school, pin(counted), safe=False).exhibits
    assert "2 行未计入" in exhibit.hint


@pytest.fixture(scope="module")
def somebody(school: Warehouse) -> str:
    """A person the registers know, whose name is no word of ours."""
    with school.snapshot() as reader:
        rows = reader.read("select name from named_people where length(name) = 3 order by name")
    return str(rows[0]["name"])


def test_no_name_and_no_hardship_is_on_a_wall(school: Warehouse, somebody: str) -> None:
    counted = of(
        "columns",
        named(somebody, "困难补助", "语文组"),
        [(*named(f"{somebody}组"), amounts("9", "9", "9")), (*named("女"), amounts("9", "9", "9"))],
        unit="number",
        title=Text(f"{somebody}的图", f"chart of {somebody}"),
        measured=same(f"{somebody}数"),
        along=same(f"{somebody}列"),
    )
    block = Pinned(counted, same(f"{somebody}.xlsx · 电话13900001234"), same(f"类别：{somebody}"))
    found = met(school, block)
    data = made(found, "pptx", None, lambda _: None)
    told = "\n".join([*map(written, Deck.of(data).slides), *map(title, Deck.of(data).slides)])
    (exhibit,) = found.exhibits
    assert exhibit.chart
    told += f"{exhibit}{exhibit.chart.figure.to_json()}{exhibit.chart.alt}"
    assert "职工" in told
    assert not [one for one in (somebody, "困难补助", "13900001234") if one in told]
    assert somebody in str(met(school, block, safe=False).exhibits)


def test_how_a_file_is_called_is_not_said_on_a_wall(school: Warehouse) -> None:
    block = Pinned(BARS, same("尉迟丽华上报.xlsx · 端木桂兰"))
    (exhibit,) = met(school, block).exhibits
    assert exhibit.hint == "来源：一份未入库的表格"
    assert "尉迟丽华上报.xlsx · 端木桂兰" in met(school, block, safe=False).exhibits[0].hint


def test_money_beside_a_name_or_a_hardship_is_on_no_wall(school: Warehouse, somebody: str) -> None:
    for word in (somebody, "困难职工慰问"):
        counted = of("bars", named("语文组", word), [series("900", "800")])
        assert missing(met(school, pin(counted))) == [absent.SMALL("zh")]
        assert missing(met(school, pin(replace(counted, unit="number")))) == [""]
    assert missing(met(school, pin(BARS))) == [""]


def test_without_the_schools_veil_nothing_pinned_is_on_a_wall(school: Warehouse) -> None:
    with school.snapshot() as reader:
        asked = Question(
            folder="", workspace="school", version=0, today=TODAY, period="2025", chosen=(),
            as_of=None, lang="zh", role=Role.OFFICER, safe=True,
        )  # fmt: skip
        shown = with_pins([pin(BARS)])
        found = meeting(order("pinned", shown), lambda _: answered(reader, asked), "zh")
    assert missing(found) == [absent.SMALL("zh")]


def test_a_chart_of_nothing_says_so(school: Warehouse) -> None:
    nothing = of("bars", (), [series()])
    assert missing(met(school, pin(nothing))) == [absent.NOTHING("zh")]
