"""A figure month by month over several years: the lines of years, and what a running one comes to.

One statement, generated as every reading is, with a span for each calendar month. What adds up
by month (money, head counts, and rates of them) also has running totals, each of them the reading
of its period up to that month, and an estimate of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from dashboard.filters import Filters
from dashboard.kpis.evaluate import Answered, ground_of, telling_of
from dashboard.kpis.flows import adds_up, reaches
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Kpi, Reading
from dashboard.kpis.people import hidden
from dashboard.kpis.spans import Spans
from dashboard.kpis.statements import expression, narrowing, statement
from dashboard.periods import Kind, Period, Span, calendar_year, last_day, months_of, years_before
from dashboard.projection import MOST_YEARS, Month, Projection, project, project_rate

OF_A_YEAR: tuple[Kind, ...] = ("year", "school_year", "statistical_year", "term")


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a figure, by calendar month.

    periods     the one looked at is the last, before it the same stretch of earlier years, oldest
                first; of a month or a free range, the calendar years
    months      by (year, month); one that nothing is known of is left out
    until       the last day the figure's own rows reach, where that is before the as-of day
    is_running  whether its months add up to the period looked at
    projection  of that period; None where nothing adds up to one
    """

    kpi: Kpi
    periods: tuple[Period, ...]
    months: Mapping[Month, Reading]
    as_of: date
    until: date
    is_running: bool
    projection: Projection | None

    def by_month(self, period: Period) -> tuple[Reading | None, ...]:
        """Each month by itself; None where nothing is known of it."""
        return tuple(self.months.get(at) for at in months_of(period))

    def running(self, period: Period) -> tuple[Reading | None, ...]:
        """The period from its start to the end of each month; None where by_month has none."""
        alone = self.by_month(period)
        totals = accumulate((one for one in alone if one), _added)
        return tuple(one and next(totals) for one in alone)

    @property
    def begun(self) -> tuple[Period, Month] | None:
        """An earlier period in the midst of which the records begin, and the month."""
        first = min((at for at, one in self.months.items() if _says(one)), default=None)
        for period in self.periods[:-1]:
            if first in months_of(period)[1:]:
                return period, first
        return None

    @property
    def is_hidden(self) -> bool:
        """Whether some month is of too few people to be told."""
        return any(reading.hidden for reading in self.months.values())

    @property
    def says_anything(self) -> bool:
        return any(reading.value for reading in self.months.values())

    def is_known(self, period: Period) -> bool:
        """Whether nothing is missing of it: only then can its total be compared."""
        return None not in self.by_month(period)


def history(reader: Reads, kpi: Kpi, filters: Filters) -> History:
    """The period looked at and as many years before it as an estimate goes by."""
    looked_at = _looked_at(filters)
    until = reaches(reader, kpi, filters)
    stretches = _stretches(looked_at, filters.as_of)
    months = {
        at: reading
        for at, reading in _read(reader, kpi, filters, stretches).items()
        if not reading.missing and date(*at, 1) <= until
    }
    return History(
        kpi=kpi,
        periods=(*_earlier(looked_at, months), looked_at),
        months=months,
        as_of=filters.as_of,
        until=until,
        is_running=_sums(kpi, filters) and looked_at == filters.period,
        projection=_projection(kpi, filters, months, until),
    )


def _sums(kpi: Kpi, filters: Filters) -> bool:
    """A state or an age is that of a span's last day: by it nothing adds up."""
    return adds_up(kpi) and not any("span." in expression(name) for name, _ in filters.chosen)


def _looked_at(filters: Filters) -> Period:
    """A stretch that is no year or term, or not of whole months, stands within its years."""
    period = filters.period
    if period.kind in OF_A_YEAR and months_of(period):
        return period
    return calendar_year(filters.as_of.year)


def _stretches(period: Period, as_of: date) -> dict[Month, Span]:
    """A span for each of the months that have begun."""
    months = {at for back in range(MOST_YEARS + 1) for at in months_of(years_before(period, back))}
    return {
        at: Span(date(*at, 1), min(last_day(*at), as_of))
        for at in sorted(months)
        if date(*at, 1) <= as_of
    }


def _read(
    reader: Reads, kpi: Kpi, filters: Filters, stretches: Mapping[Month, Span]
) -> dict[Month, Reading]:
    """Split by nothing: only what is narrowed is asked for."""
    if not stretches:
        return {}
    whole = replace(kpi, by=tuple(name for name in kpi.by if filters.value(name)))
    looked_at = Spans({_name(at): span for at, span in stretches.items()}, {})
    bound = looked_at.parameters | narrowing(whole, filters)
    rows = reader.read(statement(whole, looked_at, filters), bound)
    ground = ground_of(reader, filters)
    telling = telling_of(reader, kpi, filters, looked_at, ground)
    answer = Answered(whole, filters, ground.inputs, rows, telling)
    found = {at: answer.reading(_name(at), span) for at, span in stretches.items()}
    if any(reading.hidden for reading in found.values()):
        # one month that is hidden would follow from the others and the whole
        return {
            at: reading if reading.missing else hidden(reading) for at, reading in found.items()
        }
    return found


def _name(at: Month) -> str:
    return f"at_{at[0]}_{at[1]:02}"


def _earlier(period: Period, months: Mapping[Month, Reading]) -> list[Period]:
    """Those of which anything is known, oldest first."""
    before = (years_before(period, back) for back in range(MOST_YEARS, 0, -1))
    return [earlier for earlier in before if any(at in months for at in months_of(earlier))]


def _projection(
    kpi: Kpi, filters: Filters, months: Mapping[Month, Reading], until: date
) -> Projection | None:
    period = filters.period
    if period.kind not in OF_A_YEAR or not _sums(kpi, filters):
        return None
    if any(one.hidden for one in months.values()):
        return None
    tops = {at: one.numerator or 0 for at, one in months.items()}
    if kpi.denominator is None:
        return project(tops, period, until)
    bottoms = {at: one.denominator or 0 for at, one in months.items()}
    return project_rate(tops, bottoms, period, until)


def _says(reading: Reading) -> bool:
    return bool(reading.numerator or reading.denominator)


def _added(one: Reading, other: Reading) -> Reading:
    denominator = (one.denominator or 0) + (other.denominator or 0)
    return replace(
        other,
        numerator=(one.numerator or 0) + (other.numerator or 0),
        denominator=denominator if other.is_ratio else None,
        left_out=one.left_out + other.left_out,
    )
