"""Figures hold the readings' numbers, say them in words, and leave gaps where none is known."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import words
from dashboard.charts.breakdown import breakdown
from dashboard.charts.funnel import funnel
from dashboard.charts.rows import broken
from dashboard.charts.template import DARK, LIGHT, Mark, config
from dashboard.charts.trend import trend
from dashboard.dimensions import UNSAID
from dashboard.kpis.model import Compare, Kpi, Measure, Part, Point, Reading, Result, Target
from dashboard.periods import Span, twelve_months
from dashboard.text import Lang, Text, same

AS_OF = date(2017, 12, 31)
HIDDEN = Reading(None, is_ratio=True, hidden=True)


def ratio(n: int | None, of: int | None) -> Reading:
    return Reading(n, of, is_ratio=True)


def amount(n: str | int | None) -> Reading:
    return Reading(None if n is None else Decimal(n))


def figure_of(
    unit: Any = "ratio",
    months: Sequence[Reading] = (),
    parts: Sequence[Part] = (),
    bar: Fraction | None = None,
    compare: Compare = "at_least",
    **readings: Reading,
) -> Result:
    one = Measure("mart", "staff", "true")
    kpi = Kpi(
        id="figure", subject="members", order=1, label=Text("入会率", "Enrolment rate"),
        why=same("why"), formula=same("formula"), unit=unit, numerator=one, needs=("staff",),
        source=same("source"), counted=Text("人", "people"),
    )  # fmt: skip
    points = tuple(Point(s, r, s) for s, r in zip(twelve_months(AS_OF), months, strict=False))
    target = Target("figure", compare, bar, same("plan")) if bar is not None else None
    nothing = Reading(None)
    return Result(
        kpi, Span(date(2017, 1, 1), AS_OF), readings.get("now", nothing),
        readings.get("before", nothing), target, bar, "no_target", points,
        {"department": tuple(parts)}, "select 1", (),
    )  # fmt: skip


def texts(figure: go.Figure) -> str:
    return json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False)


def test_departments_are_sorted_and_those_without_a_value_come_last() -> None:
    parts = [
        Part("后勤处", ratio(10, 12)),
        Part("校医室", ratio(0, 0)),
        Part("语文组", ratio(30, 30)),
        Part(None, HIDDEN),
    ]
    chart = breakdown(figure_of(parts=parts, bar=Fraction(1)), "department", LIGHT, "zh")
    assert list(chart.figure.data[0].x) == [1.0, pytest.approx(10 / 12), None, None]
    assert list(chart.figure.layout.yaxis.ticktext) == ["语文组", "后勤处", "校医室", "未填写"]
    assert "语文组 100.0% 30/30; 后勤处 83.3% 10/12" in chart.alt
    assert "未填写 *" in chart.alt
    assert "目标 100%" in chart.alt


def colours(result: Result) -> set[str]:
    return set(breakdown(result, "department", LIGHT, "zh").figure.data[0].marker.color)


def test_only_what_falls_short_of_the_target_is_red() -> None:
    parts = [Part("a", ratio(8, 10)), Part("b", ratio(799, 1000))]
    chart = breakdown(figure_of(parts=parts, bar=Fraction(4, 5)), "department", LIGHT, "zh")
    assert list(chart.figure.data[0].marker.color) == [LIGHT.series[0], LIGHT.bad]
    limit = figure_of(parts=parts, bar=Fraction(4, 5), compare="at_most")
    assert set(breakdown(limit, "department", LIGHT, "zh").figure.data[0].marker.color) == {
        LIGHT.series[0]
    }
    surpass = figure_of(parts=parts, bar=Fraction(4, 5), compare="above_previous")
    assert set(breakdown(surpass, "department", LIGHT, "zh").figure.data[0].marker.color) == {
        LIGHT.bad
    }


def test_a_month_without_a_value_is_a_gap_and_not_a_zero() -> None:
    months = [ratio(75, 100), ratio(0, 0), HIDDEN, ratio(0, 10), *[ratio(1, 2)] * 8]
    chart = trend([figure_of(months=months)], "line", LIGHT, "zh")
    line = chart.figure.data[0]
    assert list(line.y[:4]) == [0.75, None, None, 0.0]
    assert line.connectgaps is False
    assert "2017-01 75.0%, 2017-02 —, 2017-03 *, 2017-04 0.0%" in chart.alt


def test_money_bars_stand_on_zero_in_the_languages_own_unit() -> None:
    result = figure_of(unit="yuan", months=[amount("12500")] * 12)
    chinese = trend([result, result], "bar", LIGHT, "zh").figure
    english = trend([result, result], "bar", LIGHT, "en").figure
    assert chinese.data[0].y[0] == 1.25
    assert english.data[0].y[0] == 12.5
    assert chinese.layout.yaxis.range[0] == 0
    assert "万元" in texts(chinese)
    assert "入会率" in texts(chinese)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_months_are_named_in_the_readers_language(lang: Lang) -> None:
    chart = trend([figure_of(months=[ratio(1, 2)] * 12)], "line", DARK, lang)
    first, *_, last = chart.figure.layout.xaxis.ticktext
    assert (first, last) == (("1月<br>2017", "12月") if lang == "zh" else ("Jan<br>2017", "Dec"))


def money_parts(*amounts_: str | None) -> Result:
    names = ("<b>慰问</b>", "活动", None)
    parts = [Part(n, amount(a)) for n, a in zip(names, amounts_, strict=False)]
    return figure_of(unit="yuan", parts=parts)


def test_bars_of_money_are_sorted_and_share_one_scale() -> None:
    chart = breakdown(money_parts("4300", "64321.5"), "department", LIGHT, "zh")
    assert list(chart.figure.data[0].x) == [64321.5, 4300.0]
    assert chart.alt == "入会率; 活动 6.43 万元; <b>慰问</b> 0.43 万元"
    assert "&lt;b&gt;慰问" in texts(chart.figure)
    assert "<b>慰问" not in texts(chart.figure)


def test_a_long_tail_is_one_bar_of_its_sum_and_opens_nothing() -> None:
    parts = [Part(str(n), amount(n)) for n in range(1, 16)]
    chart = breakdown(figure_of(unit="cases", parts=parts), "department", LIGHT, "zh")
    assert list(chart.figure.data[0].x) == [*range(15, 4, -1), 1 + 2 + 3 + 4]
    assert chart.alt.endswith("其余 4 项 10 件")
    assert [mark.value for mark in chart.marks[0] if mark] == [str(n) for n in range(15, 4, -1)]
    assert chart.twin is not None
    assert len(chart.twin.rows) == 15
    shares = [Part(str(n), ratio(n, 20)) for n in range(1, 16)]
    assert len(breakdown(figure_of(parts=shares), "department", LIGHT, "zh").figure.data[0].x) == 15


def test_ages_keep_their_own_order() -> None:
    parts = [Part(name, ratio(n, 9)) for n, name in enumerate(("56", "35", None, "45", "55"))]
    result = figure_of(parts=())
    chart = breakdown(replace(result, parts={"age_band": tuple(parts)}), "age_band", LIGHT, "zh")
    names = ["35岁及以下", "36–45岁", "46–55岁", "56岁及以上", "未填写"]
    assert [row[0] for row in chart.twin.rows] == names if chart.twin else False


def test_a_bar_opens_its_part_and_a_point_its_stretch() -> None:
    result = figure_of(months=[ratio(1, 2)] * 12, parts=[Part(None, ratio(1, 2))])
    (bar_marks,) = breakdown(result, "department", LIGHT, "zh").marks
    assert bar_marks == (Mark("figure", "department", UNSAID),)
    (points,) = trend([result], "line", LIGHT, "zh").marks
    assert points[-1] == Mark("figure", span=Span(date(2017, 12, 1), AS_OF))


def test_the_funnel_keeps_its_order_and_divides_by_the_first_stage() -> None:
    stages = [figure_of(unit="cases", now=amount(40)), figure_of(unit="cases", now=amount(30))]
    assert funnel(stages, LIGHT, "zh").alt == "入会率 40 件 100.0%; 入会率 30 件 75.0%"
    nothing = [figure_of(unit="cases", now=amount(0))]
    assert funnel(nothing, LIGHT, "zh").alt == "入会率 0 件"


def test_no_figure_holds_a_nan() -> None:
    nothing = figure_of(months=[ratio(0, 0)] * 12, parts=[Part("a", ratio(0, 0))], bar=Fraction(1))
    figures = (
        breakdown(nothing, "department", LIGHT, "zh").figure,
        trend([nothing], "line", LIGHT, "zh").figure,
        trend([nothing], "bar", LIGHT, "zh").figure,
    )
    assert all("NaN" not in figure.to_json() for figure in figures)


def test_long_names_are_broken_by_their_width() -> None:
    assert broken("语文组") == "语文组"
    assert broken("No department") == "No department"
    assert broken("心理健康与特殊教育联合教研中心") == "心理健康与特殊教育<br>联合教研中心"
    assert broken("一" * 30).endswith("…")


@pytest.mark.parametrize(
    ("unit", "now", "before", "said"),
    [
        ("ratio", ratio(118, 120), ratio(115, 119), "+1.7 个百分点"),
        ("ratio", ratio(1, 2), ratio(3, 4), "-25.0 个百分点"),
        ("ratio", ratio(1, 2), ratio(10001, 20001), "持平"),
        ("people", amount(118), amount(120), "-2 人"),
        ("yuan", amount("12000"), amount(0), "+1.20 万元"),
        ("people", amount(118), amount(None), None),
    ],
)
def test_changes_are_told_in_words(
    unit: str, now: Reading, before: Reading, said: str | None
) -> None:
    assert words.change(figure_of(unit=unit, now=now, before=before), "zh") == said


def test_plotly_speaks_chinese_and_shows_no_tools() -> None:
    assert config("zh")["locale"] == "zh-CN"
    assert "locale" not in config("en")
    assert config("en")["displayModeBar"] is False
