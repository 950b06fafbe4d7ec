"""Figures hold the readings' numbers, say them in words, and leave gaps where none is known."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import words
from dashboard.charts.bars import bars
from dashboard.charts.breakdown import breakdown
from dashboard.charts.funnel import funnel
from dashboard.charts.rows import broken
from dashboard.charts.template import DARK, LIGHT, config
from dashboard.charts.trend import trend
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
    one = Measure("mart", "count(*)", "true")
    kpi = Kpi(
        id="figure", subject="members", order=1, label=Text("入会率", "Enrolment rate"),
        why=same("why"), formula=same("formula"), unit=unit, numerator=one, needs=("staff",),
        source=same("source"), counted=Text("人", "people"),
    )  # fmt: skip
    points = tuple(Point(s, r) for s, r in zip(twelve_months(AS_OF), months, strict=False))
    target = Target("figure", compare, bar, same("plan")) if bar is not None else None
    nothing = Reading(None)
    return Result(
        kpi, Span(date(2017, 1, 1), AS_OF), readings.get("now", nothing),
        readings.get("before", nothing), target, bar, "no_target", points, tuple(parts),
        "select 1", (),
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
    chart = breakdown(figure_of(parts=parts, bar=Fraction(1)), LIGHT, "zh")
    assert list(chart.figure.data[0].x) == [1.0, pytest.approx(10 / 12), None, None]
    assert list(chart.figure.layout.yaxis.ticktext) == ["语文组", "后勤处", "校医室", "未分部门"]
    assert "语文组 100.0% 30/30; 后勤处 83.3% 10/12" in chart.alt
    assert "未分部门 <5" in chart.alt
    assert "目标 100%" in chart.alt


def test_only_what_falls_short_of_the_target_is_red() -> None:
    parts = [Part("a", ratio(8, 10)), Part("b", ratio(799, 1000))]
    chart = breakdown(figure_of(parts=parts, bar=Fraction(4, 5)), LIGHT, "zh")
    assert list(chart.figure.data[0].marker.color) == [LIGHT.series[0], LIGHT.bad]
    limit = figure_of(parts=parts, bar=Fraction(4, 5), compare="at_most")
    assert set(breakdown(limit, LIGHT, "zh").figure.data[0].marker.color) == {LIGHT.series[0]}
    surpass = figure_of(parts=parts, bar=Fraction(4, 5), compare="above_previous")
    assert set(breakdown(surpass, LIGHT, "zh").figure.data[0].marker.color) == {LIGHT.bad}


def test_a_month_without_a_value_is_a_gap_and_not_a_zero() -> None:
    months = [ratio(75, 100), ratio(0, 0), HIDDEN, ratio(0, 10), *[ratio(1, 2)] * 8]
    chart = trend([figure_of(months=months)], "line", LIGHT, "zh")
    line = chart.figure.data[0]
    assert list(line.y[:4]) == [0.75, None, None, 0.0]
    assert line.connectgaps is False
    assert "2017-01 75.0%, 2017-02 —, 2017-03 <5, 2017-04 0.0%" in chart.alt


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


def test_bars_are_sorted_and_share_one_scale() -> None:
    rows = [
        {"label": "<b>慰问</b>", "value": Decimal(4300)},
        {"label": "活动", "value": Decimal("64321.5")},
        {"label": "未知", "value": None},
    ]
    chart = bars(rows, "yuan", LIGHT, "zh")
    assert list(chart.figure.data[0].x) == [64321.5, 4300.0, None]
    assert chart.alt == "活动 6.43 万元; <b>慰问</b> 0.43 万元; 未知 —"
    assert "&lt;b&gt;慰问" in texts(chart.figure)
    assert "<b>慰问" not in texts(chart.figure)


def test_a_share_is_written_where_there_is_a_whole() -> None:
    chart = bars([{"label": "在编", "value": 80, "of": 120}], "people", LIGHT, "zh")
    assert chart.alt == "在编 80 人 66.7%"


def test_a_long_tail_is_one_bar_of_its_sum() -> None:
    rows = [{"label": str(n), "value": n} for n in range(1, 15)]
    chart = bars(rows, "cases", LIGHT, "zh")
    assert list(chart.figure.data[0].x) == [14, 13, 12, 11, 10, 9, 8, 7, 6, 15]
    assert chart.alt.endswith("其余 5 项 15 件")
    shares = [row | {"of": 20} for row in rows]
    assert len(bars(shares, "cases", LIGHT, "zh").figure.data[0].x) == 14


def test_the_funnel_keeps_its_order_and_divides_by_the_first_stage() -> None:
    rows = [{"label": "提交", "value": 40}, {"label": "立案", "value": 30}]
    assert funnel(rows, "cases", LIGHT, "zh").alt == "提交 40 件 100.0%; 立案 30 件 75.0%"
    assert funnel([{"label": "提交", "value": 0}], "cases", LIGHT, "zh").alt == "提交 0 件"


def test_no_figure_holds_a_nan() -> None:
    nothing = figure_of(months=[ratio(0, 0)] * 12, parts=[Part("a", ratio(0, 0))], bar=Fraction(1))
    figures = (
        breakdown(nothing, LIGHT, "zh").figure,
        trend([nothing], "line", LIGHT, "zh").figure,
        trend([nothing], "bar", LIGHT, "zh").figure,
        bars([], "people", LIGHT, "zh").figure,
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
