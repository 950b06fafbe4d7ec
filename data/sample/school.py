"""示例小学, the fictional school: its clean truth, built from one fixed random source.

The files beside this module say the same things untidily (see `make`). Tests compute the
figures of the dashboard a second time from here, so the model holds exactly what a careful
reader finds in the files, and none of the faulty rows.
"""

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from random import Random

import budget
import events
import money
import people
import proposals
import rosters
import votes
from records import Activity, LedgerLine, School

SEED = 20250901
NAME = "示例小学"


def build() -> School:
    """The school, the same on every call."""
    rng = Random(SEED)  # noqa: S311 - invents people, keeps no secrets
    staff = people.build(rng)
    members = rosters.members(staff)
    activities, attendance = events.build(rng, staff, members)
    ledger, opening = money.build(rng, staff, members, activities)
    return School(
        name=NAME,
        people=tuple(staff),
        roster=rosters.staff(staff),
        members=members,
        activities=tuple(_costed(activity, ledger) for activity in activities),
        attendance=tuple(attendance),
        ledger=ledger,
        opening=opening,
        budget=budget.build(rng, ledger),
        proposals=proposals.build(rng, members),
        votes=votes.build(activities),
    )


def _costed(activity: Activity, ledger: tuple[LedgerLine, ...]) -> Activity:
    """The activity with its cost from the ledger, and a budget a little above it."""
    spent = sum((line.expense for line in ledger if line.activity == activity.name), Decimal(0))
    plan = (spent * Decimal("1.05") / 100).to_integral_value(ROUND_CEILING) * 100
    return replace(activity, spent=spent, budget=(plan or Decimal(1500)) if _planned(activity)
                   else None)  # fmt: skip


def _planned(activity: Activity) -> bool:
    return bool(activity.planned and (activity.spent or activity.listing or not activity.held))
