"""活动: what was held, and who came."""

from __future__ import annotations

from dataclasses import replace

from dashboard.kpis.model import Kpi, Measure, Unmet, Variant
from dashboard.text import Text

_HELD_THEN = "held_on between span.start and span.as_of"
_MEMBER_THEN = "span.as_of >= valid_from and span.as_of < valid_to"
_INVITED = Measure("turnout", "activity", _HELD_THEN, "invited", heads="heads", who="who")
_DUE = Measure("plan_items", "plan_item", "due_on between span.start and span.as_of")
_COST = Measure(
    "activity_costs",
    "activity",
    _HELD_THEN,
    "participants",
    "cost is not null and participants is not null",
    heads="participants",
)

KPIS = (
    Kpi(
        id="participation_rate",
        subject="activities",
        order=50,
        label=Text("活动参与率", "Participation rate"),
        why=Text(
            "活动办得多不等于来的人多；参与率看请到的人来了多少。",
            "Many activities are not yet many people; this tells how many of those asked came.",
        ),
        formula=Text(
            "实到人次 ÷ 应到人次；应到取台账的应到数，没有则取含缺席者的签到名单，再没有则取当日"
            "名册上的活动对象（全体、女、男、青年、部门）；请假按未到计，名册以外的人不计",
            "attended ÷ invited person-times; invited is the register's number, else who is listed"
            " where absentees are listed too, else the target group (all, women, men, the young,"
            " a department) on that day's roster; leave counts as not attended, guests not at all",
        ),
        unit="ratio",
        numerator=Measure(
            "turnout",
            "activity",
            _HELD_THEN,
            "attended",
            left_out="invited is null",
            heads="heads",
            who="who",
        ),
        lacking=Text("应到或实到人数无从得知", "invited or attended is not known"),
        denominator=_INVITED,
        needs=("attendance",),
        inputs=("turnout",),
        source=Text(
            "通行口径；请假按未到计",
            "Practice; people on leave count as not attending",
        ),
        variant=Text("请假按未到计", "leave counts as absent"),
        variants=(
            Variant(
                "without_leave",
                Text("请假不计入应到", "leave is not counted as invited"),
                Text(
                    "实到人次 ÷（应到人次 − 请假人次）；其余同上：应到取台账数，没有则取签到名单或"
                    "当日名册上的活动对象，名册以外的人不计",
                    "attended ÷ (invited − on leave) person-times; invited as the register has it,"
                    " else the sign-in list or the target group; guests not at all",
                ),
                denominator=replace(_INVITED, amount="invited - on_leave"),
            ),
        ),
        better="up",
        unmet=Unmet(Text("缺席较多的活动", "Activities with most absences"), ("gap desc",)),
        counted=Text("人次", "person-times"),
        by=("department", "employment_type", "sex", "activity_kind", "audience"),
    ),
    Kpi(
        id="coverage_rate",
        subject="activities",
        order=60,
        label=Text("参与覆盖率", "Coverage rate"),
        why=Text(
            "总是同一批人参加时，参与率看不出来；覆盖率看有多少会员至少来过一次。",
            "When it is always the same people, participation does not tell; coverage asks how"
            " many members came at least once.",
        ),
        formula=Text(
            "期内至少参加过一次活动的会员 ÷ 期末会员",
            "members at the end of the period who attended at least once within it ÷ those members",
        ),
        unit="ratio",
        numerator=Measure(
            "members_seen",
            "member",
            f"{_MEMBER_THEN} and seen_on between span.start and span.as_of",
            once=True,
        ),
        denominator=Measure("member_spells", "member", _MEMBER_THEN),
        needs=("members", "attendance"),
        source=Text("通行口径", "Practice"),
        better="up",
        unmet=Unmet(Text("从未参加活动的会员", "Members never seen"), ("joined_on", "department")),
        trend="rolling",
        counted=Text("人", "people"),
        by=("department", "employment_type", "sex", "age_band"),
    ),
    Kpi(
        id="activities_held",
        subject="activities",
        order=70,
        label=Text("活动场次", "Activities held"),
        why=Text("工会有没有正常开展活动。", "Whether the union keeps its activities going."),
        formula=Text(
            "期内实际开展的活动：台账中有实际日期且未取消的，加上只有签到表的",
            "activities that took place: those with a day in the register, unless cancelled, and"
            " those known only from a sign-in sheet",
        ),
        unit="count",
        numerator=Measure("activities_held", "activity", _HELD_THEN),
        needs=("activities",),
        inputs=("held",),
        source=Text("学校工会工作计划；通行口径", "The school union's work plan; practice"),
        counted=Text("场", "activities"),
        by=("department", "activity_kind", "audience"),
    ),
    Kpi(
        id="plan_completion_rate",
        subject="activities",
        order=80,
        label=Text("计划完成率", "Plan completion rate"),
        why=Text(
            "年初计划的事项到期是否办了。",
            "Whether what the plan promised was done when it fell due.",
        ),
        formula=Text(
            "已开展的到期计划事项 ÷ 到期计划事项；计划时间的最后一天为到期日，取消的仍算到期",
            "due items of the plan that were held ÷ items due; an item falls due on the last day"
            " of its planned time, and a cancelled one stays due",
        ),
        unit="ratio",
        numerator=replace(_DUE, of="done_from <= span.as_of"),
        denominator=_DUE,
        needs=("activities",),
        source=Text("学校工会工作计划；通行口径", "The school union's work plan; practice"),
        better="up",
        unmet=Unmet(Text("到期未开展的计划", "Due and not held"), ("due_on",)),
        trend="rolling",
        counted=Text("项", "items"),
        by=("department", "activity_kind", "audience"),
    ),
    Kpi(
        id="plan_and_beyond",
        subject="activities",
        order=82,
        label=Text("计划与实际", "Plan and reality"),
        why=Text(
            "计划的办了多少，没列入计划的又办了多少。",
            "How much of the plan was done, and how much was done outside it.",
        ),
        formula=Text(
            "期内到期的计划事项 + 期内开展的计划外活动；同年同名的活动算作计划事项的开展",
            "items of the plan due within the period + activities held outside it; an activity of"
            " an item's name in its year is that item held",
        ),
        unit="items",
        numerator=Measure("occasions", "occasion", "on_day between span.start and span.as_of"),
        needs=("activities",),
        source=Text("学校工会工作计划；通行口径", "The school union's work plan; practice"),
        counted=Text("项", "items"),
        by=("plan_state", "department", "activity_kind", "audience"),
    ),
    Kpi(
        id="members_by_times",
        subject="activities",
        order=84,
        label=Text("会员（按参加次数）", "Members by times seen"),
        why=Text(
            "谁总来、谁没来过，一看便知；只数人数，不列姓名。",
            "Whether the same people always come: how many members came how often.",
        ),
        formula=Text(
            "期末会员，按其在期内签到参加的活动数归类；请假、缺席不算参加",
            "members at the end of the period, by how many activities they signed in at within it;"
            " leave and absence are no attendance",
        ),
        unit="people",
        numerator=Measure("member_spells", "member", _MEMBER_THEN),
        needs=("members", "attendance"),
        source=Text("通行口径", "Practice"),
        trend="rolling",
        counted=Text("人", "people"),
        by=("times_seen", "department", "employment_type", "sex", "age_band"),
        apart=(("times_seen", "0"),),  # who came at all is the coverage rate's
    ),
    Kpi(
        id="cost_per_participant",
        subject="activities",
        order=86,
        label=Text("活动人均费用", "Cost per participant"),
        why=Text(
            "每来一个人花多少钱，便于比较不同的活动。",
            "What each person who came cost: activities become comparable.",
        ),
        formula=Text(
            "活动费用 ÷ 参加人数；费用取经费账中写明该活动的支出，没有的取活动台账的决算；"
            "参加人数取签到人数（含非会员），没有签到的取台账的实到",
            "cost ÷ people who took part; the cost is the ledger's spending that names the"
            " activity, else the register's own; people are those who signed in, guests too, else"
            " the register's number",
        ),
        unit="yuan_per_person",
        numerator=replace(_COST, amount="cost", left_out=f"not ({_COST.of})"),
        lacking=Text("费用或参加人数无从得知", "its cost or who took part is not known"),
        denominator=_COST,
        needs=("ledger", "attendance", "activities"),
        inputs=("costs", "turnout"),
        source=Text(
            "经费账的关联活动栏、活动签到：通行口径",
            "The ledger's activity column and sign-in sheets: practice",
        ),
        counted=Text("元/人", "yuan per person"),
        by=("activity_kind", "audience"),
    ),
)
