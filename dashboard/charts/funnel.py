"""Stages in their own order, each a figure of its own, with its share of the first."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.rows import Row, figure
from dashboard.charts.template import Chart, Mark, Palette, Twin
from dashboard.charts.words import headline
from dashboard.kpis.model import Result
from dashboard.text import Lang, Text, percent

STAGE, COUNT, SHARE = Text("阶段", "Stage"), Text("件数", "Cases"), Text("占首段", "Of the first")


def funnel(results: Sequence[Result], palette: Palette, lang: Lang) -> Chart:
    """Stages are not sorted: the order is what happened."""
    drawn = stages(results, lang)
    return Chart(
        figure(drawn, palette, None),
        "; ".join(row.words for row in drawn),
        Twin(
            (STAGE(lang), COUNT(lang), SHARE(lang)),
            tuple((row.name, row.value, row.note) for row in drawn),
        ),
        (tuple(Mark(result.kpi.id) for result in results),),
    )


def stages(results: Sequence[Result], lang: Lang) -> list[Row]:
    """A bar a stage, with its share of the first."""
    whole = results[0].now.value if results else None
    return [
        Row(
            name=_stage(result, lang),
            size=(value := result.now.value),
            value=headline(value, result.kpi.unit, lang),
            note=percent(value / whole) if whole and value is not None else "",
        )
        for result in results
    ]


def _stage(result: Result, lang: Lang) -> str:
    """The stage without the word the heading says already: 立案件数 is 立案."""
    label = result.kpi.label(lang)
    return label.removesuffix("件数").removeprefix("Proposals ").capitalize()
