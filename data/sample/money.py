"""The union's ledger: regular income, regular spending, and what the activities cost."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from events import members_on
from records import Activity, LedgerLine, MemberEntry, Person

Booking = tuple[date, str, str, Decimal, str]  # day, summary, subject, amount, activity

OPENING = Decimal("86350.42")
MONTHS = [(2023, m) for m in range(9, 13)] + [(y, m) for y in (2024, 2025) for m in range(1, 13)]
INCOME = ("会费收入", "拨缴经费收入", "上级补助收入", "行政补助收入", "其他收入")
# festival gifts for every member: day, what, yuan a head
FESTIVALS = (
    ("2023-09-26", "中秋节慰问品", 200), ("2023-09-28", "国庆节慰问品", 150),
    ("2024-01-30", "春节慰问品", 400), ("2024-06-05", "端午节慰问品", 150),
    ("2024-09-12", "中秋节慰问品", 200), ("2024-09-27", "国庆节慰问品", 150),
    ("2025-01-20", "春节慰问品", 400), ("2025-05-27", "端午节慰问品", 150),
    ("2025-09-28", "中秋节慰问品", 180), ("2025-09-29", "国庆节慰问品", 120),
)  # fmt: skip
SINGLE = (
    ("2023-10-12", "行政补助工会活动经费", "行政补助收入", "15000"),
    ("2024-01-10", "上级拨付送温暖专项补助", "上级补助收入", "5000"),
    ("2024-03-21", "行政补助工会活动经费", "行政补助收入", "20000"),
    ("2024-10-15", "行政补助运动会经费", "行政补助收入", "15000"),
    ("2024-11-20", "上级补助区级合唱展演", "上级补助收入", "3000"),
    ("2025-01-08", "上级拨付送温暖专项补助", "上级补助收入", "5000"),
    ("2025-03-19", "行政补助工会活动经费", "行政补助收入", "20000"),
    ("2025-06-11", "上级补助区教师合唱节", "上级补助收入", "3000"),
    ("2025-10-14", "行政补助运动会经费", "行政补助收入", "12000"),
    ("2024-05-22", "教工之家添置跑步机1台", "资本性支出", "6800"),
    ("2025-04-09", "教工之家添置乒乓球台2张", "资本性支出", "5600"),
    ("2024-04-25", "七届一次教代会资料印制", "会议费", "1860"),
    ("2025-04-24", "七届二次教代会资料印制", "会议费", "1725.50"),
    ("2024-12-24", "工会经费委托审计费", "专项业务费", "3000"),
    ("2025-12-23", "工会经费委托审计费", "专项业务费", "3000"),
    ("2024-06-18", "教工之家建设材料", "专项业务费", "2140"),
    ("2025-06-19", "教工之家建设材料", "专项业务费", "1980"),
    ("2024-01-18", "困难职工帮扶2人", "困难职工帮扶费", "4000"),
    ("2025-01-16", "困难职工帮扶2人", "困难职工帮扶费", "4000"),
    ("2024-07-04", "高温慰问后勤人员防护用品", "劳动保护费", "1650"),
    ("2025-07-03", "高温慰问后勤人员防护用品", "劳动保护费", "1580"),
    ("2024-12-03", "互助保障投保分担", "其他活动", "5940"),
    ("2025-12-02", "互助保障投保分担", "其他活动", "6240"),
)
# summary, subject, least, most, times in ten months
REGULAR = (
    ("乒乓球俱乐部活动用品", "文体活动", 120, 420, 9),
    ("羽毛球俱乐部场地费", "文体活动", 240, 480, 9),
    ("瑜伽俱乐部授课费", "文体活动", 300, 500, 7), ("合唱团排练费", "文体活动", 200, 400, 6),
    ("工会宣传栏喷绘", "宣传活动", 160, 520, 8), ("通讯稿件采用奖励", "宣传活动", 100, 300, 5),
    ("工会委员会会议用品", "会议费", 60, 260, 8), ("工会干部培训费", "培训费", 300, 900, 4),
    ("师德学习用书", "职工教育", 200, 640, 5), ("师徒结对活动资料", "职工教育", 120, 360, 4),
    ("慰问住院会员", "送温暖费", 500, 800, 6), ("慰问生育会员", "职工集体福利", 500, 500, 3),
    ("慰问新婚会员", "职工集体福利", 500, 500, 2), ("网银及回单手续费", "其他支出", 8, 35, 10),
    ("档案盒及打印耗材", "其他业务", 80, 260, 6),
)  # fmt: skip
# what an activity of a kind costs: summary, subject, least, most for each ten people present
COSTS = {
    "文体": (("奖品", "文体活动", 180, 330), ("饮用水", "文体活动", 18, 40),
             ("器材及场地", "文体活动", 50, 130), ("横幅制作", "宣传活动", 14, 30)),
    "教育": (("讲课费", "职工教育", 110, 190), ("资料印制", "职工教育", 25, 60)),
    "会议": (("会议资料", "会议费", 90, 180),),
    "民主": (("会议资料及茶水", "会议费", 40, 95),),
    "宣传": (("宣传材料", "宣传活动", 50, 140), ("饮用水", "宣传活动", 15, 35)),
    "慰问": (("生日会布置", "职工集体福利", 60, 110),),
}  # fmt: skip


def build(
    rng: Random, people: list[Person], rosters: tuple[MemberEntry, ...],
    activities: list[Activity],
) -> tuple[tuple[LedgerLine, ...], dict[int, Decimal]]:  # fmt: skip
    """The ledger in the order of its days, and the balance each year began with."""
    bookings = [(date.fromisoformat(d), what, subject, Decimal(amount), "")
                for d, what, subject, amount in SINGLE]  # fmt: skip
    for year, month in MONTHS:
        bookings += _incoming(rng, rosters, year, month)
        bookings += _cakes(rosters, year, month)
        bookings += _regular(rng, year, month)
    bookings += _gifts(rosters)
    for activity in activities:
        bookings += _costs(rng, activity)
    handlers = [p.name for p in people if p.office in ("经审委员", "副主席", "组织委员")]
    return _numbered(sorted(bookings, key=lambda b: b[0]), handlers)


def _day(rng: Random, year: int, month: int) -> date:
    return date(year, month, rng.randint(3, 27))


def _incoming(
    rng: Random, rosters: tuple[MemberEntry, ...], year: int, month: int
) -> Iterator[Booking]:
    members = len(members_on(rosters, date(year, month, 15)))
    dues = Decimal(members * rng.randint(224, 236)) / 10
    share = Decimal(rng.randint(12600_00, 13400_00) + (year - 2023) * 400_00) / 100
    yield date(year, month, 10), f"{month}月会员会费", "会费收入", dues, ""
    yield date(year, month, 15), f"{month}月拨缴工会经费", "拨缴经费收入", share, ""
    if month % 3 == 0:
        interest = Decimal(rng.randint(52_00, 96_00)) / 100
        yield date(year, month, 21), "银行存款利息", "其他收入", interest, ""


def _cakes(rosters: tuple[MemberEntry, ...], year: int, month: int) -> Iterator[Booking]:
    """A birthday cake for each member, paid twice a month."""
    born = [m.born.day for m in members_on(rosters, date(year, month, 1)) if m.born.month == month]
    for last, first, word in ((5, 1, "上"), (20, 16, "下")):
        heads = sum(first <= d < first + 15 or (first > 1 and d == 31) for d in born)
        if heads:
            what = f"{month}月{word}半月会员生日蛋糕{heads}人"
            yield date(year, month, last), what, "职工集体福利", Decimal(200 * heads), ""


def _regular(rng: Random, year: int, month: int) -> Iterator[Booking]:
    for what, subject, least, most, often in REGULAR:
        if rng.random() * 10 < often * (0.3 if month in (2, 7, 8) else 1):
            yield _day(rng, year, month), what, subject, _price(rng, least, most), ""


def _gifts(rosters: tuple[MemberEntry, ...]) -> Iterator[Booking]:
    """Festival gifts are bought group by group."""
    for text, what, price in FESTIVALS:
        day = date.fromisoformat(text)
        groups = [m.group for m in members_on(rosters, day)]
        for group in sorted(set(groups), key=_group_order):
            heads = groups.count(group)
            yield day, f"{what}（{group}{heads}人）", "职工集体福利", Decimal(price * heads), ""


def _group_order(group: str) -> int:
    return "一二三四五".index(group[1])


def _costs(rng: Random, activity: Activity) -> Iterator[Booking]:
    if activity.held is None:
        return
    if "送温暖" in activity.name:
        yield activity.held, "春节走访慰问", "送温暖费", Decimal(2600), activity.name
    for what, subject, least, most in COSTS[activity.kind] if activity.present else ():
        heads = (activity.present or 0) + 9
        day = min(activity.held + timedelta(days=rng.randint(0, 9)), _year_end(activity.held))
        amount = _price(rng, least * heads // 10, most * heads // 10)
        yield day, f"{activity.name}{what}", subject, amount, activity.name


def _year_end(day: date) -> date:
    return date(day.year, 12, 30)


def _price(rng: Random, least: int, most: int) -> Decimal:
    """Mostly whole yuan, sometimes with jiao."""
    whole = Decimal(rng.randint(least, most))
    return whole + Decimal(rng.choice(("0", "0", "0", "0.5", "0.8"))) if least < most else whole


def _numbered(
    bookings: list[Booking], handlers: list[str]
) -> tuple[tuple[LedgerLine, ...], dict[int, Decimal]]:
    """Voucher numbers by month, and the balance after each line."""
    balance, opening, lines = OPENING, dict[int, Decimal](), list[LedgerLine]()
    numbers: dict[str, Callable[[], int]] = {}
    for day, what, subject, amount, activity in bookings:
        opening.setdefault(day.year, balance)
        number = numbers.setdefault(f"{day:%y%m}", count(1).__next__)()
        income, expense = (amount, Decimal(0)) if subject in INCOME else (Decimal(0), amount)
        balance += income - expense
        lines.append(LedgerLine(day, f"记{day:%y%m}-{number:02d}", what, subject, income, expense,
                                balance, handlers[day.day % len(handlers)], activity))  # fmt: skip
    return tuple(lines), opening
