"""One figure by department, the best at the top, the target as a dotted line."""

from __future__ import annotations

from dashboard.charts.rows import Row, figure
from dashboard.charts.template import Chart, Palette
from dashboard.charts.words import NAMELESS, bar, brief_fraction, read
from dashboard.kpis.model import Part, Result
from dashboard.text import Lang


def breakdown(result: Result, palette: Palette, lang: Lang) -> Chart:
    """Departments without a value come last (a gap is not a zero), after them what has none."""
    rows = [_row(part, result, lang) for part in sorted(result.parts, key=_rank)]
    line = (float(result.bar), bar(result, lang)) if result.bar is not None else None
    told = [result.kpi.label(lang), *(row.words for row in rows), line[1] if line else ""]
    return Chart(figure(rows, palette, line), "; ".join(part for part in told if part))


def _rank(part: Part) -> tuple[bool, bool, object, str]:
    value = part.reading.value
    return part.name is None, value is None, -(value or 0), part.name or ""


def _row(part: Part, result: Result, lang: Lang) -> Row:
    value = part.reading.value
    return Row(
        name=part.name or NAMELESS(lang),
        size=None if value is None else float(value),
        value=read(part.reading, result.kpi.unit, lang),
        note=brief_fraction(part.reading, result.kpi, lang),
        bad=_falls_short(part, result),
    )


def _falls_short(part: Part, result: Result) -> bool:
    value = part.reading.value
    if value is None or result.bar is None or result.target is None:
        return False
    return {
        "at_least": value < result.bar,
        "at_most": value > result.bar,
        "above_previous": value <= result.bar,
    }[result.target.compare]
