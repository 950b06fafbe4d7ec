"""How many cases a figure could not count for bad data, without reading the figure itself."""

from __future__ import annotations

from dashboard.filters import Filters
from dashboard.kpis.cases import cases
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Kpi, Measure
from dashboard.kpis.statements import narrowing, where

_STATEMENT = """\
with span(name, start, as_of) as (
    values
        ('now', $start::date, $as_of::date)
)

select count(distinct {key}) as omitted
from span
join {mart}
    on
        {when}
        and ({left_out}){where}"""


def omitted(reader: Reads, kpi: Kpi, filters: Filters) -> int:
    """The same cases that the figure's reading counts as `left_out`: the larger of its parts."""
    bound = {"start": filters.span.start, "as_of": filters.as_of} | narrowing(kpi, filters)
    statements = dict.fromkeys(
        statement(kpi, measure, filters) for measure in kpi.measures.values() if measure.left_out
    )
    found = [reader.read(sql, bound)[0]["omitted"] for sql in statements]
    return max(found, default=0)


def statement(kpi: Kpi, measure: Measure, filters: Filters) -> str:
    return _STATEMENT.format(
        key=cases()[measure.case].key,
        mart=measure.mart,
        when=measure.when,
        left_out=measure.left_out,
        where=where(kpi, filters),
    )
