"""Years beside one another: this one strong, others quiet, an estimate apart and said to be one."""

import json
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.template import DARK, LIGHT, Mark, Palette
from dashboard.charts.totals import year_totals
from dashboard.charts.years import LINE, Year, apart, running, year_lines
from dashboard.periods import parse
from dashboard.projection import MARK, Estimate, project
from dashboard.text import Lang, Number, Text, same

CALENDAR = range(1, 13)
HALF = (10_000,) * 6 + (None,) * 6
FULL = (10_000,) * 12


def year(number: int, values: tuple[Number | None, ...] = FULL) -> Year:
    return Year(parse(str(number)).label, values)


def estimate() -> Estimate:
    """Two years of 120,000 and 132,000, and half of one: about 125,454 more or less."""
    amounts: dict[tuple[int, int], int] = {(2015, n): 10_000 for n in CALENDAR}
    amounts |= {(2016, n): 10_000 if n < 7 else 12_000 for n in CALENDAR}
    amounts |= {(2017, n): 10_000 for n in range(1, 7)}
    found = project(amounts, parse("2017"), date(2017, 6, 30))
    assert isinstance(found, Estimate)
    return found


def words(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def plotted(figure: go.Figure) -> str:
    return json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False)


def test_running_totals_end_with_the_last_known_month() -> None:
    assert running((1, None, 2, None, None)) == (1, 1, 3, None, None)
    assert running((None, None)) == (None, None)
    assert running(()) == ()


def test_this_year_is_strong_and_earlier_ones_differ_without_colour() -> None:
    chart = year_lines([year(n) for n in range(2011, 2018)], CALENDAR, "yuan", LIGHT, "zh")
    lines = chart.figure.data
    assert len(lines) == 5, "the five newest"
    assert lines[-1].line.width > max(line.line.width for line in lines[:-1])
    assert lines[-1].mode == "lines+markers"
    assert len({line.line.dash for line in lines[:-1]}) == 4
    assert {line.line.color for line in lines[:-1]} == {LIGHT.series[5]}
    assert "2012 年" not in plotted(chart.figure)


@pytest.mark.parametrize(
    ("lang", "size", "unit"), [("zh", 1.0, "万元"), ("en", 10.0, "thousand ¥")]
)
def test_money_stands_in_the_languages_own_unit(lang: Lang, size: float, unit: str) -> None:
    chart = year_lines([year(2017)], CALENDAR, "yuan", LIGHT, lang)
    assert chart.figure.data[0].y[0] == size
    assert unit in words(chart.figure)


def test_a_month_that_is_not_known_is_a_gap() -> None:
    chart = year_lines([year(2017, (1, None, 0, *[None] * 9))], CALENDAR, "cases", LIGHT, "zh")
    assert chart.figure.data[0].y[:4] == (1.0, None, 0.0, None)
    assert chart.figure.data[0].connectgaps is False
    assert chart.alt == "2017 年 1月 1 件, 2月 —, 3月 0 件"


def test_the_axis_begins_where_the_school_year_does() -> None:
    months = [*range(9, 13), *range(1, 9)]
    chart = year_lines([year(2017)], months, "people", LIGHT, "zh")
    axis = chart.figure.layout.xaxis
    named = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert (named[11], named[3]) == ("8月", "12月")
    assert chart.alt.startswith("2017 年 9月 10,000 人")


def test_the_last_value_stands_at_the_last_month_that_is_known() -> None:
    chart = year_lines([year(2016), year(2017, running(HALF))], CALENDAR, "yuan", LIGHT, "zh")
    note = next(note for note in chart.figure.layout.annotations if "2017 年" in note.text)
    assert (note.x, note.y, "6.00 万元" in note.text) == (5, 6.0, True)


def test_an_estimate_is_dashed_in_a_band_and_says_what_it_is() -> None:
    found = estimate()
    lines = [year(2016, running(FULL)), year(2017, running(HALF))]
    chart = year_lines(lines, CALENDAR, "yuan", LIGHT, "zh", found)
    band, dashed = chart.figure.data[-2:]
    assert dashed.line.dash == "dash"
    assert (list(dashed.x), dashed.y[0]) == ([5, 11], 6.0)
    assert dashed.y[1] == pytest.approx(float(found.estimate) / 10_000)
    assert list(band.y) == [6.0, *[float(n / 10_000) for n in (found.high, found.low)]]
    assert any(note.startswith("估算<br>") for note in words(chart.figure))
    assert MARK.zh in chart.alt
    assert chart.twin is not None
    assert chart.twin.rows[-1][:2] == ("全期估算", "2017 年")
    assert MARK.zh in chart.twin.rows[-1][2]
    english = year_lines(lines, CALENDAR, "yuan", LIGHT, "en", found)
    assert MARK.en in english.alt


def test_a_year_of_nothing_yet_is_estimated_from_the_beginning() -> None:
    chart = year_lines([year(2017, (None,) * 12)], CALENDAR, "yuan", LIGHT, "zh", estimate())
    assert (chart.figure.data[-1].x[0], chart.figure.data[-1].y[0]) == (0, 0.0)
    assert "NaN" not in chart.figure.to_json()


def test_the_table_has_a_row_for_every_point_and_each_opens_its_own() -> None:
    marks = tuple(Mark("spending_total", value=str(n)) for n in CALENDAR)
    first = year(2016)
    chart = year_lines(
        [first, Year(same("2017"), HALF, marks)], CALENDAR, "yuan", LIGHT, "zh", estimate()
    )
    assert chart.twin is not None
    assert chart.twin.columns == ("月份", "时间段", "数值")
    assert len(chart.twin.rows) == 12 + 12 + 1
    assert chart.twin.rows[12] == ("1月", "2017", "1.00 万元")
    assert chart.marks == ((), marks)
    assert year_lines([first], CALENDAR, "yuan", LIGHT, "zh").marks == ()


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("given_estimate", [None, estimate()])
def test_nothing_to_draw_is_drawn_as_nothing(
    palette: Palette, given_estimate: Estimate | None
) -> None:
    for chart in (
        year_lines([], CALENDAR, "yuan", palette, "zh", given_estimate),
        year_totals([], "yuan", palette, "zh", given_estimate),
    ):
        assert chart.alt == ""
        assert "NaN" not in chart.figure.to_json()


def test_a_schools_own_words_are_no_mark_up() -> None:
    named = Text("<b>初中</b>", "<b>x</b>")
    drawn = (
        year_lines([Year(named, FULL), Year(named, HALF)], CALENDAR, "people", LIGHT, "zh"),
        year_totals([(named, 1)], "people", LIGHT, "zh"),
    )
    assert all("<b>初中" not in plotted(chart.figure) for chart in drawn)


# -- totals -----------------------------------------------------------------------------------

TOTALS: list[tuple[Text, Any]] = [
    (same("2015"), 120_000), (same("2016"), None), (same("2017"), 60_000)
]  # fmt: skip


def test_totals_stand_on_zero_with_their_values_and_a_dash_for_none() -> None:
    chart = year_totals(TOTALS, "yuan", LIGHT, "zh")
    (columns,) = chart.figure.data
    assert list(columns.y) == [12.0, 0.0, 6.0]
    assert list(columns.text) == ["<b>12.00 万元</b>", "<b>—</b>", "<b>6.00 万元</b>"]
    assert list(columns.marker.color) == [LIGHT.series[5]] * 2 + [LIGHT.series[0]]
    assert chart.figure.layout.yaxis.range[0] == 0
    assert chart.alt == "2015 12.00 万元; 2016 —; 2017 6.00 万元"


def test_a_total_to_come_is_hatched_upon_what_is_there() -> None:
    found = estimate()
    chart = year_totals(TOTALS, "yuan", LIGHT, "zh", found)
    columns, hatched, whisker = chart.figure.data
    assert hatched.marker.pattern.shape == "/"
    assert (hatched.base[0], hatched.x[0]) == (6.0, 2)
    assert hatched.base[0] + hatched.y[0] == pytest.approx(float(found.estimate) / 10_000)
    assert whisker.y[0] + whisker.error_y.array[0] == pytest.approx(float(found.high) / 10_000)
    assert whisker.y[0] - whisker.error_y.arrayminus[0] == pytest.approx(float(found.low) / 10_000)
    assert columns.text[-1] == "", "it is said with the estimate"
    assert any("估算" in note and "已有 6.00 万元" in note for note in words(chart.figure))
    assert chart.alt.endswith(f"，{MARK.zh}")
    assert chart.twin is not None
    assert chart.twin.rows[-1][0] == "2017 全期估算"


def test_an_estimate_below_what_is_there_has_no_hatched_part() -> None:
    refund = Estimate(
        Fraction(50_000), Fraction(40_000), Fraction(55_000), Fraction(60_000), date(2017, 6, 30),
        (Fraction(6, 5),), Fraction(1, 10), (parse("2016"),), same("method"),
    )  # fmt: skip
    _, hatched, whisker = year_totals(TOTALS, "yuan", LIGHT, "zh", refund).figure.data
    assert hatched.y[0] == 0
    assert whisker.y[0] == 5.0


def test_the_totals_shown_open_their_own() -> None:
    marks = tuple(Mark("spending_total", value=str(n)) for n in range(7))
    totals = [(same(str(n)), n) for n in range(7)]
    chart = year_totals(totals, "cases", LIGHT, "zh", marks=marks)
    assert chart.marks == (marks[2:],)


# -- names at the lines' ends -----------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0, 206), st.sampled_from([LINE, 2 * LINE])), max_size=6))
def test_no_name_covers_another(ends: list[tuple[float, int]]) -> None:
    wanted, heights = [at for at, _ in ends], [height for _, height in ends]
    placed = [at + shift for at, shift in zip(wanted, apart(wanted, heights, 206), strict=True)]
    stacked = sorted(zip(placed, heights, strict=True))
    for (low, under), (high, over) in pairwise(stacked):
        assert high - low >= (under + over) / 2 - 1e-6
    assert all(at + height / 2 <= 206 + 1e-6 for at, height in stacked)


def test_a_name_with_room_stays_at_its_line() -> None:
    assert apart([20.0, 100.0], [LINE, LINE], 206) == [0.0, 0.0]
