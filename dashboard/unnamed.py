"""Money's way without the activities of which nobody may know what they cost.

Where one is under a detailed subject, of that subject only the whole is told, as its figure tells
it. So is that of every other subject an activity of it was paid from: what an activity cost in all
is told elsewhere, and would leave the share of the one that is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboard.filters import Filters
from dashboard.groups import Reads
from dashboard.reports import ReportRows, worded
from dashboard.text import Lang

Row = dict[str, Any]
Place = tuple[str, str]  # a subject and one of its detailed subjects

SUBJECT, ACTIVITY = 2, 3  # layers of queries/reports/fund_flows.sql
_SPENT = """\
select
    line.subject,
    line.level2,
    line.activity,
    coalesce(meant.activity_id, line.activity) as meant,
    sum(line.expense) as expense
from ledger_lines as line
left join activity_spending as meant using (row_key)
where line.spent_on between $start and $as_of
group by all
order by all"""


def told_whole(
    reader: Reads, found: ReportRows, filters: Filters, lang: Lang, is_hidden: Callable[[str], bool]
) -> ReportRows:
    """fund_flows without the activities that are hidden, by their name or their id."""
    spent = reader.read(_SPENT, {"start": filters.span.start, "as_of": filters.as_of})
    shut = _shut(spent, is_hidden)
    if not shut:
        return found
    kept = [row for row in found.rows if ACTIVITY not in (row["from_layer"], row["to_layer"])]
    parts = [worded(found.query, row, lang) for row in _parts(spent, shut)]
    return replace(found, rows=(*kept, *parts))


def _shut(spent: Sequence[Row], is_hidden: Callable[[str], bool]) -> set[Place]:
    """Grown until no activity is in one that is told whole and in one that is not."""
    named = [one for one in spent if one["activity"] is not None]
    within = {_place(o) for o in named if is_hidden(o["activity"]) or is_hidden(o["meant"])}
    found: set[Place] = set()
    while found != within:
        found = within
        shared = {one["meant"] for one in named if _place(one) in found}
        within = found | {_place(one) for one in named if one["meant"] in shared}
    return found


def _place(one: Mapping[str, Any]) -> Place:
    return one["subject"], one["level2"]


def _parts(spent: Sequence[Row], shut: set[Place]) -> Iterator[Row]:
    """From subjects to what they were for, the largest first, as the report has it."""
    sums: dict[Place, Decimal] = defaultdict(Decimal)
    for one in spent:
        name = one["level2"] if _place(one) in shut else one["activity"] or one["level2"]
        if name != one["subject"]:
            sums[one["subject"], name] += one["expense"]
    for ends, value in sorted(sums.items(), key=lambda item: (-abs(item[1]), item[0])):
        if value:
            yield _flow(*(ends if value > 0 else ends[::-1]), value)


def _flow(source: str, target: str, value: Decimal) -> Row:
    layers = (SUBJECT, ACTIVITY) if value > 0 else (ACTIVITY, SUBJECT)
    return {
        "source": source,
        "target": target,
        "value": abs(value),
        "from_layer": layers[0],
        "to_layer": layers[1],
    }
