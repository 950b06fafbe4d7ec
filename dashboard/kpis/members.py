"""会员: who is enrolled, among whom."""

from __future__ import annotations

from dataclasses import replace

from dashboard.kpis.model import Kpi, Measure, Unmet, Variant
from dashboard.text import Text

_ON_THE_DAY = "span.as_of >= valid_from and span.as_of < valid_to"
_PEOPLE = Text("人", "people")
_STAFF = Measure("staff_spells", "staff", _ON_THE_DAY)
_MEMBERS = Measure("member_spells", "member", _ON_THE_DAY)
# Who may hold a card differs by place; Tianjin's notice of 2015 leaves out these.
_ELIGIBLE = "coalesce(employment_type not in ('rehired', 'temporary', 'retired'), true)"
_BY = ("department", "employment_type", "sex", "age_band")
_MOVED_THEN = Measure("member_moves", "move", "moved_on between span.start and span.as_of")
_MOVES_SOURCE = Text(
    "会籍随劳动（工作）关系动态接转：全总《工会会员会籍管理办法》第三条；计数：通行口径",
    "Membership follows the job: All-China Federation rules on membership (会籍管理办法) art. 3;"
    " the count: practice",
)

KPIS = (
    Kpi(
        id="enrollment_rate",
        subject="members",
        order=10,
        label=Text("入会率", "Enrolment rate"),
        why=Text(
            "凡有劳动关系的教职工都可以入会；没有入会的人，工会就代表不了。",
            "Everyone with a labour relation may join; the union cannot speak for who has not.",
        ),
        formula=Text(
            "在册会员中的职工 ÷ 全部有劳动关系的职工（在编、合同、临时代课、后勤等，"
            "不含退休、返聘和实习生），均以当日最近一期名册为准",
            "staff who are members ÷ all staff with a labour relation (established, contract,"
            " temporary, logistics …; never the retired, re-hired or interns), by the rosters of"
            " that day",
        ),
        unit="ratio",
        numerator=Measure("enrolled", "staff", _ON_THE_DAY),
        denominator=_STAFF,
        needs=("staff", "members"),
        source=Text(
            "入会资格：工会法第三条；会籍随劳动（工作）关系：全总《工会会员会籍管理办法》第三条；"
            "分母含临时代课教师、后勤人员：学校工会工作计划；比率：通行口径",
            "Who may join: Trade Union Law art. 3; membership follows the job: All-China Federation"
            " rules on membership (会籍管理办法) art. 3; temporary and logistics staff included:"
            " the school union's work plan; the ratio itself: practice",
        ),
        better="up",
        counted=_PEOPLE,
        by=_BY,
        beside=_MEMBERS,
        unmet=Unmet(Text("未入会名单", "Not yet members"), ("hired_on", "department")),
    ),
    Kpi(
        id="service_card_rate",
        subject="members",
        order=20,
        label=Text("服务卡办卡率", "Service card rate"),
        why=Text(
            "会员服务卡是享受工会服务的凭证；没有办卡的会员需要提醒和帮助。",
            "The card opens the union's services; members without one need a reminder or help.",
        ),
        formula=Text("已办服务卡的会员 ÷ 会员", "members with a service card ÷ members"),
        variant=Text("按全体会员", "of all members"),
        variants=(
            Variant(
                "eligible",
                Text("按符合办卡条件的会员", "of eligible members"),
                Text(
                    "已办服务卡的会员 ÷ 符合办卡条件的会员（不含返聘和临时聘用人员）",
                    "members with a card ÷ eligible members (without the re-hired and temporary)",
                ),
                replace(_MEMBERS, of=f"has_card = 'yes' and {_ELIGIBLE}"),
                replace(_MEMBERS, of=_ELIGIBLE),
            ),
        ),
        unmet=Unmet(Text("未办卡名单", "Without a card"), ("joined_on desc", "department")),
        unit="ratio",
        numerator=replace(_MEMBERS, of="has_card = 'yes'"),
        denominator=_MEMBERS,
        needs=("members",),
        inputs=("members", "cards"),
        source=Text(
            "学校工会工作计划（为新进人员办理服务卡）；比率：通行口径，各地办卡条件不一，此处以全体会员为分母",
            "The school union's work plan (cards for newcomers); the ratio: practice. Who is"
            " eligible differs by place; here all members are the denominator",
        ),
        better="up",
        counted=_PEOPLE,
        by=_BY,
    ),
    Kpi(
        id="member_total",
        subject="members",
        order=30,
        label=Text("会员数", "Members"),
        why=Text(
            "会员数决定组织设置和经费测算。",
            "It decides how the union is organised and what it may plan to spend.",
        ),
        formula=Text(
            "当日在籍会员：不含退休、转出、退会、保留会籍和申请中的人员",
            "members in good standing that day: not the retired, transferred, resigned, those who"
            " merely keep their membership, or applicants",
        ),
        unit="people",
        numerator=_MEMBERS,
        needs=("members",),
        source=Text(
            "全总《工会会员会籍管理办法》；退休人员不计入：通行口径",
            "All-China Federation rules on membership (会籍管理办法); the retired not counted:"
            " practice",
        ),
        counted=_PEOPLE,
        by=_BY,
    ),
    Kpi(
        id="staff_total",
        subject="members",
        order=40,
        label=Text("职工数", "Staff"),
        why=Text(
            "入会率的分母；人员变动先从这里看到。",
            "The denominator of enrolment; changes of staff show here first.",
        ),
        formula=Text(
            "当日有劳动关系的教职工：不含退休、返聘、实习生和已离职人员，借出人员计入",
            "everyone with a labour relation that day: not the retired, re-hired, interns or those"
            " who left; people lent elsewhere are counted",
        ),
        unit="people",
        numerator=_STAFF,
        needs=("staff",),
        source=Text(
            "工会法第三条；学校工会工作计划；统计口径：通行口径",
            "Trade Union Law art. 3; the school union's work plan; how it is counted: practice",
        ),
        counted=_PEOPLE,
        by=_BY,
    ),
    Kpi(
        id="female_share",
        subject="members",
        order=42,
        label=Text("女会员比", "Women among members"),
        why=Text(
            "女会员人数决定是否设女职工委员会，也是统计年报的一项。",
            "It decides whether a women's committee is set up, and stands in the yearly return.",
        ),
        formula=Text(
            "女会员 ÷ 填有性别的会员", "women among the members ÷ members whose sex is stated"
        ),
        unit="ratio",
        numerator=replace(_MEMBERS, of="sex = 'female'"),
        denominator=replace(_MEMBERS, of="sex is not null", left_out="sex is null"),
        lacking=Text("未填性别", "sex is not stated"),
        needs=("members",),
        source=Text(
            "统计年鉴分列女会员人数；女职工委员会：工会法第十一条；比率：通行口径",
            "Statistical yearbooks print women members; women's committee: Trade Union Law"
            " art. 11; the ratio: practice",
        ),
        counted=_PEOPLE,
        by=("department", "employment_type", "age_band"),
        tells=("sex",),
    ),
    Kpi(
        id="members_joined",
        subject="members",
        order=44,
        label=Text("新增会员", "Members joined"),
        why=Text(
            "新进人员是否及时入会，从这里看到。",
            "It shows whether newcomers are enrolled in good time.",
        ),
        formula=Text(
            "期间内由非会员变为会员的人次，按前后两期会员名册比对，含重新列入的；首期名册上的人不算新增",
            "times in the period that someone not a member became one, by comparing each member"
            " roster with the one before, those who came back included; nobody on the first"
            " roster counts as having joined",
        ),
        unit="people",
        numerator=replace(_MOVED_THEN, of="what in ('joined', 'returned')"),
        needs=("members",),
        inputs=("members", "moves", "recent_members"),
        source=_MOVES_SOURCE,
        counted=_PEOPLE,
        by=_BY,
        open=True,
    ),
    Kpi(
        id="members_left",
        subject="members",
        order=46,
        label=Text("减少会员", "Members left"),
        why=Text(
            "退休、转出的人要办会籍手续；不该减少的人从这里查出来。",
            "Whoever goes needs the membership settled; who should not be gone shows here.",
        ),
        formula=Text(
            "期间内由会员变为非会员的人次：退休、离职、转出、退会、保留会籍，或名册未再列入",
            "times in the period that a member ceased to be one: retired, left, transferred,"
            " resigned, membership retained, or no longer listed",
        ),
        unit="people",
        numerator=replace(_MOVED_THEN, of="what = 'left'"),
        needs=("members",),
        inputs=("members", "moves", "recent_members"),
        source=_MOVES_SOURCE,
        counted=_PEOPLE,
        by=_BY,
        open=True,
    ),
)
