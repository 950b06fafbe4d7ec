"""The main figures of a year, computed plainly from the model; `make` prints them."""

from datetime import date
from decimal import Decimal

from events import in_target, members_on
from records import Activity, School
from votes import BALLOT

EXPENSE_PARENTS = ("职工活动支出", "维权支出", "业务支出", "资本性支出", "其他支出")


def enrolment(school: School, day: date) -> tuple[int, int]:
    """Staff who are members, and staff, on a day."""
    latest = max(entry.as_of for entry in school.roster if entry.as_of <= day)
    staff = {e.staff_id for e in school.roster
             if e.as_of == latest and e.status not in ("退休", "离职")}  # fmt: skip
    return len(staff & {m.staff_id for m in members_on(school.members, day)}), len(staff)


def cards(school: School, day: date) -> tuple[int, int]:
    """Members with a service card, and members, on a day."""
    members = members_on(school.members, day)
    return sum(m.card for m in members), len(members)


def participation(school: School, year: int) -> tuple[int, int]:
    """Person-times attended and invited, over the activities with a sign-in list."""
    listed = [a for a in school.activities if a.listing and a.held and a.held.year == year]
    return sum(a.present or 0 for a in listed), sum(invited(school, a) for a in listed)


def invited(school: School, activity: Activity) -> int:
    """The number expected, else those listed where the list has absentees, else the target."""
    if activity.held is None or activity.expected is not None:
        return activity.expected or 0
    people = [a for a in school.attendance if a.activity == activity.name and a.staff_id]
    if any(a.state != "出席" for a in people):
        return len(people)
    members = members_on(school.members, activity.held)
    return sum(in_target(m, activity.target, activity.held) for m in members)


def never_seen(school: School, year: int) -> int:
    """Members at the end of a year who came to nothing in it."""
    seen = {a.staff_id for a in school.attendance if a.held.year == year and a.state == "出席"}
    return sum(m.staff_id not in seen for m in members_on(school.members, date(year, 12, 31)))


def planned_held(school: School, year: int) -> tuple[int, int]:
    """Planned activities of a year that were held, and all planned."""
    plan = [a for a in school.activities if a.planned.startswith(str(year))]
    return sum(a.status == "已完成" for a in plan), len(plan)


def money(school: School, year: int) -> tuple[Decimal, Decimal]:
    """Income and expense of a year."""
    lines = [line for line in school.ledger if line.day.year == year]
    return sum((x.income for x in lines), Decimal(0)), sum((x.expense for x in lines), Decimal(0))


def spending_budget(school: School, year: int) -> Decimal:
    """The approved expense of a year, from the level 1 lines."""
    lines = [b for b in school.budget if b.year == year and b.level == 1]
    return sum((b.amount for b in lines if b.subject in EXPENSE_PARENTS), Decimal(0))


def overspent(school: School, year: int) -> list[str]:
    """The subjects with more spent than approved."""
    spent: dict[str, Decimal] = {}
    for line in school.ledger:
        if line.day.year == year:
            spent[line.subject] = spent.get(line.subject, Decimal(0)) + line.expense
    return [b.subject for b in school.budget
            if b.year == year and spent.get(b.subject, Decimal(0)) > b.amount]  # fmt: skip


def proposals(school: School, year: int) -> dict[str, int]:
    """The counts behind the proposal rates, for the forms submitted in a year."""
    forms = [p for p in school.proposals if p.submitted.year == year]
    cases = [p for p in forms if p.review == "立案"]
    return {
        "征集": len(forms),
        "立案": len(cases),
        "并案": sum(p.review == "并案" for p in forms),
        "答复": sum(p.replied is not None for p in cases),
        "A": sum(p.outcome == "A" for p in cases),
        "A+B": sum(p.outcome in ("A", "B") for p in cases),
        "按时": sum(bool(p.replied and p.due and p.replied <= p.due) for p in cases),
        "已评价": sum(bool(p.rating) for p in cases),
        "满意": sum(p.rating == "满意" for p in cases),
        "满意+基本满意": sum(p.rating in ("满意", "基本满意") for p in cases),
        "未答复": sum(p.replied is None for p in cases),
    }


def votes(school: School, year: int) -> dict[str, int]:
    """The counts behind the figures of the congress, for the motions of a year."""
    motions = [v for v in school.votes if v.held.year == year]
    return {
        "议题": len(motions),
        "无记名投票": sum(v.method == BALLOT for v in motions),
        "全体代表半数以上": sum(v.in_favour * 2 >= v.due for v in motions),
        "全体代表过半数": sum(v.in_favour * 2 > v.due for v in motions),
        "出席代表半数以上": sum(v.in_favour * 2 >= v.present for v in motions),
        "出席代表过半数": sum(v.in_favour * 2 > v.present for v in motions),
    }


def table(school: School, year: int) -> list[str]:
    """One line of text per figure."""
    close, (income, expense) = date(year, 12, 31), money(school, year)
    approved = spending_budget(school, year)
    rows = [f"{year} 入会率 {_rate(*enrolment(school, close))}"]
    rows.append(f"{year} 办卡率 {_rate(*cards(school, close))}")
    rows.append(f"{year} 参与率 {_rate(*participation(school, year))}")
    rows.append(f"{year} 从未参加 {never_seen(school, year)} 人")
    rows.append(f"{year} 计划完成率 {_rate(*planned_held(school, year))}")
    rows.append(f"{year} 收入 {income:,.2f} 支出 {expense:,.2f}")
    rows.append(f"{year} 预算执行率 {expense / approved:.1%} (核定 {approved:,.2f})")
    rows.append(f"{year} 超支科目 {'、'.join(overspent(school, year)) or '无'}")
    rows.append(f"{year} 提案 {proposals(school, year)}")
    rows.append(f"{year} 表决 {votes(school, year)}")
    return rows


def _rate(met: int, whole: int) -> str:
    return f"{met / whole:.1%} ({met}/{whole})"
