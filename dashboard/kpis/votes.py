"""教代会: who came, what was voted on and how, and what was adopted by the rule in force."""

from __future__ import annotations

from functools import partial

from dashboard.kpis.model import Kpi, Measure, Unmet, Variant
from dashboard.text import Text

_HELD = "held_on between span.start and span.as_of"
_UNTOLD = "(due is null or present is null)"


def _came(amount: str) -> Measure:
    """People at the meetings of the span; a meeting counts once, however many its motions."""
    return Measure(
        "congress_meetings",
        "meeting",
        _HELD,
        amount,
        f"not {_UNTOLD}",
        left_out=_UNTOLD,
        heads="due",
    )


def _motions(of: str, told: str) -> Measure:
    """Motions voted on within the span; those that do not tell `told` are left out."""
    return Measure("vote_facts", "vote", _HELD, of=of, left_out=f"{told} is null")


def _formula(zh: str, en: str) -> Text:
    return Text(
        f"赞成票达到{zh}的议题 ÷ 付诸表决的议题；票数或人数不全的不计入",
        f"motions that {en} were in favour of ÷ motions put to the vote; those whose counts are"
        " not all there are out",
    )


def _rule(name: str, zh: str, en: str) -> Variant:
    """A rule of adoption; the mart's column of its name says what it adopts."""
    column = f"adopted_{name}"
    adopted, decided = _motions(column, column), _motions(f"{column} is not null", column)
    return Variant(name, Text(zh, en), _formula(zh, en), adopted, decided)


_DEFAULT = ("全体代表半数以上", "half or more of all delegates")
_Rate = partial(
    Kpi,
    subject="congress",
    unit="ratio",
    needs=("votes",),
    trend="rolling",
    by=("session",),
)

KPIS = (
    _Rate(
        id="congress_attendance",
        lacking=Text("应到或实到人数未填", "due or present is not stated"),
        order=410,
        label=Text("代表出席率", "Delegates present"),
        why=Text(
            "到会人数够不够，表决才算数。", "Whether enough delegates came for the vote to stand."
        ),
        formula=Text(
            "实到代表 ÷ 应到代表（全体代表，列席人员不计）；同一次会议只计一次",
            "delegates present ÷ all delegates, observers are none; a meeting counts once",
        ),
        numerator=_came("present"),
        denominator=_came("due"),
        better="up",
        counted=Text("人次", "person-times"),
        unmet=Unmet(
            Text("有代表缺席的会议", "Meetings with delegates absent"), ("gap desc", "held_on desc")
        ),
        source=Text(
            "上海市职工代表大会条例第二十八条：三分之二以上代表出席方可举行；其他地方请按当地规定设定",
            "Shanghai's statute on workers' congresses art. 28: two thirds or more; elsewhere set"
            " what holds there",
        ),
    ),
    _Rate(
        id="adoption_rate",
        lacking=Text("应到、实到或赞成票数未填", "due, present or votes in favour are not stated"),
        order=420,
        label=Text("议案通过率", "Motions adopted"),
        why=Text(
            "提交教代会的议题有多少得到代表赞成。",
            "How many of the motions put to the congress its delegates backed.",
        ),
        formula=_formula(*_DEFAULT),
        numerator=_motions("adopted_all_half", "adopted_all_half"),
        denominator=_motions("adopted_all_half is not null", "adopted_all_half"),
        variant=Text(*_DEFAULT),
        variants=(
            _rule("all_more", "全体代表过半数", "more than half of all delegates"),
            _rule("present_half", "出席代表半数以上", "half or more of those present"),
            _rule("present_more", "出席代表过半数", "more than half of those present"),
        ),
        counted=Text("项", "motions"),
        unmet=Unmet(
            Text("未达到通过票数的议题", "Motions short of the votes needed"), ("held_on desc",)
        ),
        source=Text(
            "上海市职工代表大会条例第三十一条：全体职工代表半数以上赞成；也有学校按出席代表计算；"
            "“以上”含本数，“过半数”不含",
            "Shanghai's statute on workers' congresses art. 31: half or more of all delegates; some"
            " schools count those present; 以上 includes the half itself, 过半数 does not",
        ),
    ),
    _Rate(
        id="ballot_rate",
        lacking=Text("未填表决方式", "the way of voting is not stated"),
        order=430,
        label=Text("票决率", "Secret ballots"),
        why=Text(
            "审议通过的事项要由代表无记名投票决定。",
            "What the congress decides is to be decided by secret ballot.",
        ),
        formula=Text(
            "无记名投票表决的议题 ÷ 付诸表决的议题；没有写明表决方式的不计入",
            "motions voted on by secret ballot ÷ motions put to the vote; those that do not say how"
            " are out",
        ),
        numerator=_motions("method = 'ballot'", "method"),
        denominator=_motions("method is not null", "method"),
        better="up",
        counted=Text("项", "motions"),
        unmet=Unmet(Text("没有票决的议题", "Motions without a ballot"), ("held_on desc",)),
        source=Text(
            "学校工会工作计划：以无记名投票履行审议通过权",
            "The school union's work plan: what is adopted is adopted by secret ballot",
        ),
    ),
)
