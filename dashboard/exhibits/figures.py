"""A figure as it is shown: the words of its tile, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.charts import words
from dashboard.exhibits.model import Cell, Definition, Figure
from dashboard.kpis.model import Kpi, Result
from dashboard.text import Lang, Text

THAN_BEFORE = Text("较上年", "vs last year")
NO_BEFORE = Text("上年无数据", "no figure last year")
NOTE = Text("{label}：{value}", "{label}: {value}")
FORMULA = Text("口径：{formula}（{source}）", "Counted as: {formula} ({source})")
WAY = Text("本校口径：{way}", "Counted here: {way}")
LEFT_OUT = Text("另有 {n} 行未计入：{why}", "rows not counted: {n}, {why}")


def figure(result: Result, lang: Lang) -> Figure:
    """The same words as on the tile."""
    kpi, change = result.kpi, words.change(result, lang)
    badge = words.BADGES.get(result.status)
    return Figure(
        id=kpi.id,
        label=kpi.label(lang),
        value=Cell(result.now.value, words.read(result.now, kpi.unit, lang)),
        fraction=words.fraction(result.now, kpi, lang),
        target=words.bar(result, lang),
        change=_change(result, change, lang),
        than=THAN_BEFORE(lang) if change else "",
        status=result.status,
        badge=badge(lang) if badge else "",
        better=_better(result),
        variant=kpi.variant(lang) if kpi.variant else "",
        result=result,
    )


def _change(result: Result, change: str | None, lang: Lang) -> str:
    if result.now.value is None:
        return ""
    return change or NO_BEFORE(lang)


def _better(result: Result) -> str:
    if not result.change or result.kpi.better is None:
        return ""
    return "good" if (result.change > 0) == (result.kpi.better == "up") else "bad"


def notes(results: Sequence[Result], lang: Lang) -> tuple[str, ...]:
    """For who speaks: each figure with its n/N, and how it is counted."""
    return tuple(line for result in results for line in _notes(result, lang))


def _notes(result: Result, lang: Lang) -> Iterator[str]:
    kpi = result.kpi
    parts = (
        words.read(result.now, kpi.unit, lang),
        words.fraction(result.now, kpi, lang),
        words.bar(result, lang),
        result.now.missing(lang) if result.now.missing else "",
    )
    told = " · ".join(part for part in parts if part)
    yield NOTE.format(label=kpi.label, value=told)(lang)
    yield FORMULA.format(formula=kpi.formula, source=kpi.source)(lang)
    if kpi.variant:
        yield WAY.format(way=kpi.variant)(lang)
    if result.now.left_out:
        yield LEFT_OUT.format(n=result.now.left_out, why=kpi.lacking)(lang)


def definition(kpi: Kpi, lang: Lang) -> Definition:
    return Definition(kpi.id, kpi.label(lang), kpi.formula(lang), kpi.why(lang), kpi.source(lang))
