"""Several years of one figure as lines: running totals with an estimate, or month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.charts.template import Chart, Mark, Palette
from dashboard.charts.years import Year, year_lines
from dashboard.kpis.history import History
from dashboard.kpis.model import Reading
from dashboard.periods import Period, Span, last_day, months_of
from dashboard.projection import Estimate
from dashboard.text import Lang, Text, same

SINCE = Text("每点为期初至当月", "each point: from the period's start to that month")
ALONE = Text("每点为一个月", "each point: one month")


def history_lines(history: History, running: bool, palette: Palette, lang: Lang) -> Chart:
    """Each point opens what it stands for: its month, or the period up to the end of it.

    Of running totals an earlier period is drawn only where all of it is known.
    """
    years, months, estimate = told(history, running)
    return year_lines(years, months, history.kpi.unit, palette, lang, estimate)


def told(history: History, running: bool) -> tuple[list[Year], list[int], Estimate | None]:
    """The lines, the months of their axis, and what the running one comes to."""
    shown = [one for one in history.periods[:-1] if not running or history.is_known(one)]
    years = [_year(history, one, running) for one in (*shown, history.periods[-1])]
    months = [number for _, number in months_of(history.periods[-1])]
    estimate = history.projection if running else None
    return years, months, estimate if isinstance(estimate, Estimate) else None


def points(history: History, projected: bool) -> Text:
    """What each of its points stands for."""
    return SINCE if projected and history.is_running else ALONE


def _year(history: History, period: Period, running: bool) -> Year:
    readings = _begun(history, period, running)
    return Year(
        _name(period),
        tuple(reading.value if reading else None for reading in readings),
        _marks(history, period, readings, running),
    )


def _begun(history: History, period: Period, running: bool) -> tuple[Reading | None, ...]:
    """Nothing is drawn for the months before the records begin: nobody knows of them."""
    readings = history.running(period) if running else history.by_month(period)
    if history.begun is None or history.begun[0] != period:
        return readings
    pairs = zip(months_of(period), readings, strict=True)
    return tuple(one if at >= history.begun[1] else None for at, one in pairs)


def _marks(
    history: History, period: Period, readings: Sequence[Reading | None], running: bool
) -> tuple[Mark | None, ...]:
    stretches = [
        Span(period.start if running else date(*at, 1), min(last_day(*at), history.as_of))
        for at in months_of(period)
    ]
    return tuple(
        Mark(history.kpi.id, span=span) if reading else None
        for span, reading in zip(stretches, readings, strict=True)
    )


def _name(period: Period) -> Text:
    """Short, for a line's end: `2024 年`, `2023–24`; which kind it is, the page says."""
    if period.kind in ("year", "statistical_year"):
        return Text(f"{period.end.year} 年", f"{period.end.year}")
    return same(f"{period.key[:4]}–{period.key[7:9]}")
