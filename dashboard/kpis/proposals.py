"""提案: from hand-in to the proposer's verdict. Forms belong to the period they were handed in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dashboard.kpis.model import Kpi, Measure, Unmet, Variant
from dashboard.text import Text


def _count(*conditions: str) -> Measure:
    """Forms handed in within the span of which all this is known by its last day."""
    return Measure(
        "proposal_facts",
        "proposal",
        "submitted_on between span.start and span.as_of",
        of=" and ".join(conditions) or "true",
    )


_FILED = "filed_from <= span.as_of"
_ACCEPTED = f"({_FILED} or merged_from <= span.as_of)"
_ASSIGNED = "assigned_from <= span.as_of"
_REPLIED = "replied_from <= span.as_of"
_FOLLOWED_UP = "followed_up_from <= span.as_of"
_DUE = "due_on <= span.as_of"
_Rate = partial(
    Kpi,
    subject="proposals",
    unit="ratio",
    needs=("proposals",),
    trend="rolling",
    counted=Text("件", "cases"),
    by=("department", "proposal_kind", "session", "lead"),
    open=True,
)
_Stage = partial(
    _Rate,
    why=Text("提案走到哪一步，停在哪一步。", "How far proposals come, and where they stop."),
    unit="cases",
    source=Text("提案登记表：通行口径", "The proposal register: practice"),
)

KPIS = (
    _Rate(
        id="filing_rate",
        order=150,
        label=Text("立案率", "Filing rate"),
        why=Text(
            "职工提出的意见有多少进入了办理程序。",
            "How many of the staff's proposals entered the procedure.",
        ),
        formula=Text(
            "（立案 + 并案）件数 ÷ 征集件数；按提交的提案表计，并案视为立案",
            "(filed + merged) ÷ all forms handed in; by form, a merged one counts as filed",
        ),
        numerator=_count(_ACCEPTED),
        denominator=_count(),
        source=Text("教代会提案工作通行口径", "Practice of staff congresses"),
        variant=Text("按提交件数", "by form"),
        variants=(
            Variant(
                "by_case",
                Text("按并案后件数", "by case"),
                Text(
                    "立案件数 ÷ 征集件数；并入他案的不再计为立案",
                    "filed cases ÷ all forms handed in; a merged form is no case of its own",
                ),
                _count(_FILED),
            ),
        ),
        unmet=Unmet(Text("未立案的提案", "Not filed"), ("submitted_on",)),
    ),
    _Rate(
        id="reply_rate",
        order=160,
        label=Text("答复率", "Reply rate"),
        why=Text("立了案就应当有答复。", "What is filed deserves an answer."),
        formula=Text(
            "已答复的立案件数 ÷ 立案件数；并入他案的不单独成案",
            "filed cases answered ÷ filed cases; a merged form is no case of its own",
        ),
        numerator=_count(_FILED, _REPLIED),
        denominator=_count(_FILED),
        better="up",
        source=Text("教代会提案工作通行口径（办复率）", "Practice of staff congresses (办复率)"),
        unmet=Unmet(Text("未答复的提案", "Not answered"), ("due_on", "submitted_on")),
    ),
    _Rate(
        id="on_time_rate",
        order=170,
        label=Text("按时办结率", "On-time rate"),
        why=Text("答复是否守时。", "Whether answers keep their term."),
        formula=Text(
            "在要求办结日期当日或之前答复的件数 ÷ 截至当日已到期的立案件数；未到期的不计入",
            "cases answered on or before their due day ÷ filed cases whose due day is on or before"
            " the as-of day; cases not yet due are out",
        ),
        numerator=_count(_FILED, _DUE, "replied_on <= due_on"),
        denominator=_count(_FILED, _DUE),
        better="up",
        source=Text(
            "提案登记表的要求办结日期与答复日期；比率：通行口径",
            "Due day and reply day of the register; the ratio: practice",
        ),
        unmet=Unmet(Text("超期提案", "Late proposals"), ("replied_from is not null", "due_on")),
    ),
    _Rate(
        id="follow_up_rate",
        order=180,
        label=Text("落实率", "Follow-up rate"),
        why=Text(
            "提案最终有没有着落：已解决，或已列入计划。",
            "Whether proposals come to something: solved, or planned.",
        ),
        formula=Text(
            "办理结果为A（已解决或基本解决）或B（列入计划拟解决）的件数 ÷ 立案件数"
            "（并入他案的不单独计）",
            "cases with outcome A (solved or mostly solved) or B (planned) ÷ filed cases",
        ),
        numerator=_count(_FILED, _FOLLOWED_UP),
        denominator=_count(_FILED),
        variant=Text("A＋B（已解决或列入计划）", "A and B (solved or planned)"),
        variants=(
            Variant(
                "solved",
                Text("仅A（已解决或基本解决）", "A alone (solved)"),
                Text(
                    "办理结果为A（已解决或基本解决）的件数 ÷ 立案件数（并入他案的不单独计）",
                    "cases with outcome A (solved or mostly solved) ÷ filed cases",
                ),
                _count(_FILED, "solved_from <= span.as_of"),
            ),
        ),
        unmet=Unmet(Text("未落实的提案", "Not followed up"), ("due_on", "submitted_on")),
        better="up",
        source=Text(
            "教代会提案工作通行口径（A＋B）；目标见学校工会工作计划",
            "Practice of staff congresses (A and B); the target: the school union's work plan",
        ),
    ),
    _Rate(
        id="resolution_rate",
        order=190,
        label=Text("解决率", "Resolution rate"),
        why=Text(
            "落实率中真正解决了的部分。", "The part of the follow-up rate that is truly solved."
        ),
        formula=Text(
            "办理结果为A（已解决或基本解决）的件数 ÷ 立案件数（并入他案的不单独计）",
            "cases with outcome A (solved or mostly solved) ÷ filed cases",
        ),
        numerator=_count(_FILED, "solved_from <= span.as_of"),
        denominator=_count(_FILED),
        unmet=Unmet(Text("未解决的提案", "Not solved"), ("due_on", "submitted_on")),
        better="up",
        source=Text("教代会提案工作通行口径（仅A）", "Practice of staff congresses (A alone)"),
    ),
    _Rate(
        id="satisfaction_rate",
        order=200,
        label=Text("满意率", "Satisfaction rate"),
        why=Text("办得好不好，由提案人说。", "How well it was handled, in the proposers' words."),
        formula=Text(
            "评价为满意或基本满意的件数 ÷ 已评价件数；未评价的不计入",
            "rated satisfied or mostly satisfied ÷ rated; the unrated are out",
        ),
        numerator=_count("approved_from <= span.as_of"),
        denominator=_count("rated_from <= span.as_of"),
        variant=Text("含基本满意", "mostly satisfied included"),
        variants=(
            Variant(
                "satisfied",
                Text("仅满意", "satisfied alone"),
                Text(
                    "评价为满意的件数 ÷ 已评价件数；基本满意和未评价的不计入",
                    "rated satisfied ÷ rated; neither 'mostly' nor the unrated",
                ),
                _count("satisfied_from <= span.as_of"),
            ),
        ),
        unmet=Unmet(Text("评价不满意的提案", "Rated unsatisfied"), ("replied_from desc",)),
        better="up",
        source=Text("提案登记表的满意度栏：通行口径", "The register's verdict: practice"),
    ),
    _Rate(
        id="overdue_open",
        order=210,
        label=Text("逾期未办", "Overdue"),
        why=Text("这些提案现在就该催办。", "These are the ones to press for now."),
        formula=Text(
            "要求办结日期在当日或之前、至当日仍未答复的立案件数，含往期提出的",
            "filed cases whose due day is on or before the as-of day, and unanswered by its end;"
            " those of earlier sessions included",
        ),
        unit="cases",
        numerator=replace(
            _count(_FILED, _DUE, "(replied_from <= span.as_of) is not true"),
            when="submitted_on <= span.as_of",
        ),
        trend="monthly",
        unmet=Unmet(Text("超期提案", "Overdue proposals"), ("due_on",)),
        better="down",
        source=Text(
            "提案登记表的要求办结日期与答复日期：通行口径",
            "Due day and reply day of the register: practice",
        ),
    ),
    _Stage(
        id="proposals_submitted",
        order=220,
        label=Text("征集件数", "Proposals submitted"),
        formula=Text("期内提交的提案表", "forms handed in within the period"),
        numerator=_count(),
    ),
    _Stage(
        id="proposals_filed",
        order=221,
        label=Text("立案件数", "Proposals filed"),
        formula=Text("征集的提案中立案或并案的", "of those, filed or merged"),
        numerator=_count(_ACCEPTED),
    ),
    _Stage(
        id="proposals_assigned",
        order=222,
        label=Text("交办件数", "Proposals assigned"),
        formula=Text("立案的提案中已交办的", "of those, assigned"),
        numerator=_count(_ACCEPTED, _ASSIGNED),
    ),
    _Stage(
        id="proposals_replied",
        order=223,
        label=Text("答复件数", "Proposals answered"),
        formula=Text("交办的提案中已答复的", "of those, answered"),
        numerator=_count(_ACCEPTED, _ASSIGNED, _REPLIED),
    ),
    _Stage(
        id="proposals_followed_up",
        order=224,
        label=Text("落实件数", "Proposals followed up"),
        formula=Text("答复的提案中已解决或列入计划的", "of those, solved or planned"),
        numerator=_count(_ACCEPTED, _ASSIGNED, _REPLIED, _FOLLOWED_UP),
    ),
)
