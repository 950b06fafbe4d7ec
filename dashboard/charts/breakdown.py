"""One figure by one dimension, the best at the top, the target as a dotted line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboard.charts.rows import Row, figure
from dashboard.charts.template import Chart, Mark, Palette, Twin
from dashboard.charts.words import bar, brief_fraction, column, read
from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.kpis.model import Part, Reading, Result
from dashboard.text import Lang, Text

MOST = 12  # bars, before a long tail of a sum becomes one
REST = Text("其余 {n} 项", "{n} others")


def breakdown(result: Result, dimension: str, palette: Palette, lang: Lang) -> Chart:
    """Those without a value come last (a gap is not a zero), after them what belongs to none."""
    parts = ranked(result, dimension)
    rows = bars(result, dimension, lang)
    line = (float(result.bar), bar(result, lang)) if result.bar is not None else None
    alt = [result.kpi.label(lang), *(row.words for row in rows), line[1] if line else ""]
    return Chart(
        figure(rows, palette, line),
        "; ".join(part for part in alt if part),
        twin(result, dimension, parts, lang),
        (tuple(mark(result.kpi.id, dimension, part) for part in _folded(parts, result)[0]),),
    )


def bars(result: Result, dimension: str, lang: Lang) -> list[Row]:
    """The bars from top down, a long tail as the last one."""
    shown, tail = _folded(ranked(result, dimension), result)
    told = _told([part.reading for part in shown], result, lang)
    rows = [
        _row(part, words, result, dimension, lang) for part, words in zip(shown, told, strict=True)
    ]
    return [*rows, _rest(tail, result, lang)] if tail else rows


def ranked(result: Result, dimension: str) -> list[Part]:
    """Ages in their own order; all else by value."""
    known = DIMENSIONS[dimension]
    parts = sorted(result.parts.get(dimension, ()), key=_rank)
    if known.ordered:
        places = {name: place for place, name in enumerate(known.words)}
        parts.sort(key=lambda part: places.get(part.name or "", len(places)))
    return parts


def mark(kpi: str, dimension: str, part: Part) -> Mark:
    return Mark(kpi, dimension, UNSAID if part.name is None else part.name)


def twin(result: Result, dimension: str, parts: Sequence[Part], lang: Lang) -> Twin:
    """Every value, the folded ones too."""
    known, kpi = DIMENSIONS[dimension], result.kpi
    heads = [known.label(lang), kpi.label(lang)] + ([_OF(lang)] if _is_share(parts) else [])
    rows = []
    for part in parts:
        row = [known.value(part.name)(lang), read(part.reading, kpi.unit, lang)]
        rows.append((*row, brief_fraction(part.reading, kpi, lang))[: len(heads)])
    return Twin(tuple(heads), tuple(rows))


def _is_share(parts: Sequence[Part]) -> bool:
    return any(part.reading.is_ratio for part in parts)


_OF = Text("n/N", "n/N")


def _rank(part: Part) -> tuple[bool, bool, object, str]:
    value = part.reading.value
    return part.name is None, value is None, -(value or 0), part.name or ""


def _folded(parts: list[Part], result: Result) -> tuple[list[Part], list[Part]]:
    """A long tail of amounts, as one; shares of different wholes cannot be added, nor what is
    hidden.
    """
    hidden = any(part.reading.hidden for part in parts)
    if hidden or _is_share(parts) or len(parts) <= MOST:
        return parts, []
    return parts[: MOST - 1], parts[MOST - 1 :]


def _rest(tail: Sequence[Part], result: Result, lang: Lang) -> Row:
    total = sum((part.reading.numerator or 0 for part in tail), Decimal(0))
    words = read(Reading(total), result.kpi.unit, lang)
    return Row(name=REST.format(n=len(tail))(lang), size=total, value=words)


def _told(readings: Sequence[Reading], result: Result, lang: Lang) -> list[str]:
    """Money in one scale, so that it can be compared; all else as it is read."""
    if result.kpi.unit != "yuan" or any(reading.hidden for reading in readings):
        return [read(reading, result.kpi.unit, lang) for reading in readings]
    return column([reading.value for reading in readings], "yuan", lang)


def _row(part: Part, words: str, result: Result, dimension: str, lang: Lang) -> Row:
    value = part.reading.value
    return Row(
        name=DIMENSIONS[dimension].value(part.name)(lang),
        size=value,
        value=words,
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
