"""Charts of dropped tables: the numbers themselves, their words in one scale, gaps as gaps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from counts import BARS, COLUMNS, EVERY, HEAT, LINES, POINTS, amounts, named, of, series

from dashboard.charts.drawn import can_be_kept, dated, under
from dashboard.charts.explored import explored, lit, places
from dashboard.charts.measures import Measure
from dashboard.charts.projected import LEAST, projected
from dashboard.charts.template import DARK, LIGHT
from dashboard.exploring.charting.recipe import Counted
from dashboard.text import Lang


@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_form_is_drawn_told_and_listed(form: str, lang: Lang, palette: object) -> None:
    counted = EVERY[form]
    chart = explored(counted, palette, lang)  # type: ignore[arg-type]
    assert chart.marks == ()
    assert chart.alt
    assert chart.twin
    marks = len(counted.dots) or len(counted.names) * len(counted.series)
    assert len(chart.twin.rows) == marks
    assert {len(row) for row in chart.twin.rows} == {len(chart.twin.columns)}


def test_bars_are_as_long_as_their_amounts_and_the_tail_and_the_empty_are_grey() -> None:
    bars = explored(BARS, LIGHT, "zh").figure.data[0]
    assert list(bars.x) == [51600.5, 42300, 3000.25, 900, 55]
    assert list(bars.marker.color) == [LIGHT.series[0]] * 3 + [LIGHT.series[-1]] * 2


def test_money_is_written_in_one_scale() -> None:
    ends = explored(BARS, LIGHT, "zh").figure.layout.yaxis2.ticktext
    assert [end.split("<")[1][2:] for end in ends] == [
        "5.16 万元", "4.23 万元", "0.30 万元", "0.09 万元", "0.01 万元",
    ]  # fmt: skip
    small = of("bars", named("甲"), [series("12.5")])
    assert "12.50 元" in explored(small, LIGHT, "zh").alt


def test_a_mark_without_a_value_is_a_gap_in_its_place() -> None:
    line = explored(LINES, LIGHT, "zh").figure.data[0]
    assert list(line.y) == [0.5, None, 0.75]
    assert line.connectgaps is False
    assert "2025年2月 —" in explored(LINES, LIGHT, "zh").alt


def test_an_average_says_of_how_many_rows_it_is() -> None:
    mean = replace(BARS, recipe=replace(BARS.recipe, how="mean"))
    assert "9 行" in explored(mean, LIGHT, "zh").figure.layout.yaxis2.ticktext[0]
    assert "行" not in explored(BARS, LIGHT, "zh").figure.layout.yaxis2.ticktext[0]


def test_decimals_are_as_many_as_the_numbers_need_and_the_same_for_all() -> None:
    def told(*values: str) -> list[str]:
        found = Measure.of([Fraction(one) for one in values], "number", "小时", "zh")
        return [found.words(Fraction(one)) for one in values]

    assert told("3", "1200") == ["3 小时", "1,200 小时"]
    assert told("2.5", "3") == ["2.50 小时", "3.00 小时"]
    assert told("0.0125") == ["0.0125 小时"]
    assert told("1200.25", "3") == ["1,200.3 小时", "3.0 小时"]


@pytest.mark.parametrize("form", ["bars", "columns", "lines", "heat"])
def test_each_mark_that_can_be_clicked_is_the_one_that_is_drawn(form: str) -> None:
    counted, figure = EVERY[form], explored(EVERY[form], LIGHT, "zh").figure
    for trace, marks in zip(figure.data, places(counted), strict=False):
        assert len(marks) == len(trace.y)
        for at, (line, name) in enumerate(marks):
            value = counted.series[line][1][name].value
            if form == "heat":
                drawn = int(trace.y[at]), round(trace.base[at])
                assert drawn == (line, name)
            elif value is not None:
                size = trace.x[at] if form == "bars" else trace.y[at]
                assert size == float(value)
    assert places(POINTS) == ()


def test_the_tail_and_the_only_series_cannot_be_kept_to_but_the_empty_can() -> None:
    assert [can_be_kept(name) for name in BARS.names] == [True, True, True, False, True]
    assert not can_be_kept(BARS.series[0][0])


def test_what_is_kept_to_stands_out_among_the_others() -> None:
    chart = explored(BARS, LIGHT, "zh")
    lit(chart, BARS, ((0, ("数学组",)),), LIGHT)
    assert [one == 1 for one in chart.figure.data[0].marker.opacity] == [
        False, True, False, False, False,
    ]  # fmt: skip
    heat = explored(HEAT, LIGHT, "zh")
    lit(heat, HEAT, ((0, (None,)), (2, ("培训",))), LIGHT)
    shown = [one == 1 for one in heat.figure.data[0].marker.opacity]
    assert [place for place, one in zip(places(HEAT)[0], shown, strict=True) if one] == [(1, 3)]
    other = explored(BARS, LIGHT, "zh")
    lit(other, BARS, ((5, ("是",)),), LIGHT)
    assert other.figure.data[0].marker.opacity is None


def test_several_series_of_bars_stand_as_columns() -> None:
    both = replace(COLUMNS, recipe=replace(COLUMNS.recipe, form="bars"))
    figure = explored(both, LIGHT, "zh").figure
    assert [trace.name for trace in figure.data] == ["男", "女"]
    assert figure.data[0].orientation is None


def test_names_of_lines_end_apart_and_inside_the_figure() -> None:
    near = [
        (*named(word), amounts("5", value)) for word, value in zip("甲乙丙", "889", strict=True)
    ]
    figure = explored(of("lines", named("一", "二"), near), LIGHT, "zh").figure
    low, high = figure.layout.yaxis.range
    pixel = (280 - 80) / (high - low)
    ends = [
        one for one in figure.layout.annotations if one.xanchor == "left" and one.yref != "paper"
    ]
    heights = sorted(one.y * pixel + one.yshift for one in ends)
    assert len(heights) == 3
    assert all(two - one >= 15.9 for one, two in pairwise(heights))


def test_months_say_their_year_once() -> None:
    assert list(dated(["2024年12月", "2025年1月", "2025年2月"])) == [
        "12月<br>2024", "1月<br>2025", "2月",
    ]  # fmt: skip
    assert list(dated(["Dec 2024", "Jan 2025"])) == ["Dec<br>2024", "Jan<br>2025"]
    assert list(dated(["语文组", "数学组"])) == []


def test_names_below_keep_ranges_and_brackets_whole() -> None:
    assert under(["1,000–2,000"] * 9, 400) == ["1,000–2,000"] * 9
    assert under(["（空）"] * 20, 400) == ["（空）"] * 20
    assert under(["语文教研组"] * 12, 400)[0] == "语文教<br>研组"


def test_marks_in_a_files_words_mean_themselves() -> None:
    evil = of("columns", named("<b>x</b>", "y"), [series("1", "2")])
    words = explored(evil, LIGHT, "zh").figure.to_json()
    assert "<b>x" not in words
    assert "\\u003cb\\u003ex" not in words


@pytest.mark.parametrize("form", EVERY)
def test_on_a_slide_no_letter_is_too_small(form: str) -> None:
    for figure in projected(explored(EVERY[form], LIGHT, "zh"), 1760, 724):
        told = figure.to_plotly_json()["layout"]
        assert told["font"]["size"] >= LEAST
        assert told["xaxis"]["tickfont"]["size"] >= LEAST
        assert all(one["font"]["size"] >= LEAST for one in told.get("annotations", ()))


def test_a_chart_of_one_name_and_of_nought_is_drawn() -> None:
    for form in ("bars", "columns", "lines", "heat"):
        counted: Counted = of(form, named("甲"), [series("0")])  # type: ignore[arg-type]
        assert explored(counted, LIGHT, "zh").figure.data
        assert explored(replace(counted, series=(series(None),)), LIGHT, "en").figure.data
