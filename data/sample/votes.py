"""What the two sessions of the staff congress voted on, and how: the counts of every motion."""

from collections.abc import Iterator
from datetime import date

from records import Activity, Vote

BALLOT, HANDS = "无记名投票", "举手"
# against | abstained | void | motion; the rest of those present were in favour
MOTIONS = {
    "七届一次": """\
0|0|0|学校工作报告
2|1|0|学校三年发展规划（2024—2026年）
9|3|0|绩效工资分配办法（修订稿）
4|2|1|教职工年度考核办法
0|1|0|工会工作报告和经费审查报告
13|4|0|教职工疗休养实施方案
1|2|0|上届教代会提案办理情况报告""",
    "七届二次": """\
1|1|0|学校工作报告
3|0|0|学校章程修正案
11|5|0|绩效工资分配补充规定
2|2|1|岗位设置与聘任实施方案
4|3|0|教职工请假管理规定
0|2|0|工会工作报告和经费审查报告
1|1|0|七届一次提案办理情况报告
17|4|0|午间校门管理方案""",
}
OBSERVERS = {"七届一次": 5, "七届二次": 4}
BY_HANDS = ("七届一次", "学校工作报告")


def build(activities: list[Activity]) -> tuple[Vote, ...]:
    """All motions in the order of the sessions; who came is the sign-in list's own number."""
    return tuple(vote for session in MOTIONS for vote in _session(session, activities))


def _session(session: str, activities: list[Activity]) -> Iterator[Vote]:
    congress = next(a for a in activities if a.name == f"{session}教职工代表大会")
    for line in MOTIONS[session].splitlines():
        against, abstained, void, motion = line.split("|")
        yield _vote(congress, session, motion, int(against), int(abstained), int(void))


def _vote(
    congress: Activity, session: str, motion: str, against: int, abstained: int, void: int
) -> Vote:
    due, present = congress.expected or 0, congress.present or 0
    in_favour = present - against - abstained - void
    return Vote(
        session, congress.name, congress.held or date.min, motion,
        HANDS if (session, motion) == BY_HANDS else BALLOT, due, present, OBSERVERS[session],
        void, in_favour, against, abstained, in_favour * 2 >= present)  # fmt: skip
