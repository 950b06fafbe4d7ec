"""What figures are split and narrowed by: 部门, 用工类型, 性别, 类别 …; a value each.

A mart that carries a dimension has a column of that name, or the `column` that the expression of
the dimension reads; the age band follows from `span.as_of` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.contracts import clock, codes, occasions
from dashboard.contracts.model import CodeList
from dashboard.text import Text

UNCLASSIFIED = "未归类"
UNSAID = "-"  # chosen as a value: the rows that say nothing of a dimension
NOT_SAID = Text("未填写", "Not stated")

# Complete years of age on the day; a stretch that holds 35 is the usual bound of 青年教师.
_AGE = "date_sub('year', birth_date, span.as_of)"
_AGE_BAND = (
    f"case when {_AGE} <= 35 then '35' when {_AGE} <= 45 then '45'"
    f" when {_AGE} <= 55 then '55' when {_AGE} > 55 then '56' end"
)


# How long a case without an answer has waited; the mart is proposal_clock.
_WAITED = "(span.as_of - case when assigned_on <= span.as_of then assigned_on else filed_from end)"
_WAITING = (
    f"case when {_WAITED} <= 7 then '7' when {_WAITED} <= 15 then '15'"
    f" when {_WAITED} <= 30 then '30' when {_WAITED} <= 60 then '60' else '61' end"
)


# How the plan stands on the day; the mart is occasions.
_PLAN_STATE = (
    "case when is_unplanned then 'unplanned' when done_from <= span.as_of then 'held'"
    " when is_cancelled then 'cancelled' else 'not_held' end"
)
# How many activities a person came to within the span; the mart is member_spells.
_TIMES_SEEN = (
    "(select case when count(distinct seen_at) >= 10 then '10'"
    " when count(distinct seen_at) >= 4 then '4' else count(distinct seen_at)::varchar end"
    " from times_seen where seen_person = person_id"
    " and day_seen between span.start and span.as_of)"
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """`name` is its column, in the address too; `words` what its codes are called.

    expression  how it follows from `column` and the day, where it is no column itself
    ordered     whether its values have an order of their own, that of `words`
    """

    name: str
    label: Text
    words: Mapping[str, Text] = field(default_factory=dict)
    column: str = ""
    expression: str = ""
    ordered: bool = False

    @property
    def told_by(self) -> str:
        """The column without which nothing is known of it."""
        return self.column or self.name

    def value(self, stored: str | None) -> Text:
        """A value in words; a school's own word stays as it is."""
        if stored is None or stored == UNSAID:
            return NOT_SAID
        return self.words.get(stored) or Text(stored, stored)


def _coded(known: CodeList) -> dict[str, Text]:
    return {code.value: code.label for code in known.codes}


_UNKNOWN = {UNCLASSIFIED: Text("未归类", "Unclassified")}

_ALL = (
    Dimension("department", Text("部门", "Department")),
    Dimension("employment_type", Text("用工类型", "Employment"), _coded(codes.EMPLOYMENT)),
    Dimension("sex", Text("性别", "Sex"), _coded(codes.SEX)),
    Dimension(
        "age_band",
        Text("年龄段", "Age"),
        {
            "35": Text("35岁及以下", "35 and under"),
            "45": Text("36–45岁", "36–45"),
            "55": Text("46–55岁", "46–55"),
            "56": Text("56岁及以上", "56 and over"),
        },
        column="birth_date",
        expression=_AGE_BAND,
        ordered=True,
    ),
    Dimension("activity_kind", Text("活动类别", "Kind of activity"), _coded(codes.ACTIVITY_KIND)),
    Dimension("audience", Text("活动对象", "For whom"), _coded(occasions.AUDIENCE)),
    Dimension(
        "plan_state",
        Text("计划状态", "State of the plan"),
        _coded(occasions.PLAN_STATE),
        column="is_unplanned",
        expression=_PLAN_STATE,
        ordered=True,
    ),
    Dimension(
        "times_seen",
        Text("参加次数", "Times seen"),
        _coded(occasions.TIMES_SEEN),
        column="person_id",
        expression=_TIMES_SEEN,
        ordered=True,
    ),
    Dimension("proposal_kind", Text("提案类别", "Kind of proposal")),
    Dimension("session", Text("届次", "Session")),
    Dimension(
        "waiting",
        Text("已等待", "Waiting"),
        _coded(clock.WAITING),
        column="filed_from",
        expression=_WAITING,
        ordered=True,
    ),
    Dimension("lead", Text("主办部门", "Lead office")),
    Dimension("subject", Text("科目", "Subject"), _UNKNOWN, column="level1", expression="level1"),
    Dimension(
        "subject_part",
        Text("明细科目", "Detailed subject"),
        _UNKNOWN,
        column="level2",
        expression="level2",
    ),
)
DIMENSIONS: dict[str, Dimension] = {dimension.name: dimension for dimension in _ALL}
