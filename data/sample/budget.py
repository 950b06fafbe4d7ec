"""The approved budget of each year, set so that the year's spending executes it as wanted."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from random import Random

from records import BudgetLine, LedgerLine

CHART = (
    ("401", "会费收入", ()),
    ("402", "拨缴经费收入", ()),
    ("403", "上级补助收入", ()),
    ("405", "行政补助收入", ()),
    ("408", "其他收入", ()),
    ("501", "职工活动支出", ("职工教育", "文体活动", "宣传活动", "职工集体福利", "其他活动")),
    ("502", "维权支出", ("劳动保护费", "法律援助费", "困难职工帮扶费", "送温暖费")),
    ("503", "业务支出", ("培训费", "会议费", "专项业务费", "其他业务")),
    ("505", "资本性支出", ()),
    ("508", "其他支出", ()),
)
NOTES = {
    "会费收入": "按会员缴费基数0.5%测算", "拨缴经费收入": "按留成比例测算",
    "上级补助收入": "送温暖等专项补助", "行政补助收入": "学校行政补助",
    "职工教育": "师德、基本功竞赛", "文体活动": "校长杯、运动会、俱乐部",
    "宣传活动": "宣传栏、通讯报道", "职工集体福利": "节日慰问、生日",
    "其他活动": "互助保障分担", "劳动保护费": "高温慰问", "法律援助费": "预留",
    "困难职工帮扶费": "按困难职工档案", "送温暖费": "住院、走访",
    "培训费": "工会干部培训", "会议费": "教代会及工会会议", "专项业务费": "建家、审计",
}  # fmt: skip
EXECUTION = {2023: Decimal("0.86"), 2024: Decimal("0.96"), 2025: Decimal("0.88")}
TIGHTNESS = {2023: Decimal("0.95"), 2024: Decimal(1), 2025: Decimal("0.94")}
OVERSPENT = {2025: "送温暖费"}
RESERVE = Decimal(1000)  # approved for a subject that saw no spending
LEVELLER = "职工集体福利"  # the largest subject takes what brings the year to its execution
STEP = Decimal(500)


def build(rng: Random, ledger: tuple[LedgerLine, ...]) -> tuple[BudgetLine, ...]:
    """All budget lines, year after year in the order of the chart."""
    return tuple(line for year in EXECUTION for line in _year(rng, ledger, year))


def _year(rng: Random, ledger: tuple[LedgerLine, ...], year: int) -> Iterator[BudgetLine]:
    booked: dict[str, Decimal] = {}
    for line in ledger:
        if line.day.year == year:
            booked[line.subject] = booked.get(line.subject, Decimal(0)) + line.income + line.expense
    amounts = _amounts(rng, booked, year)
    for code, subject, children in CHART:
        total = sum((amounts[child] for child in children), Decimal(0)) or amounts[subject]
        yield BudgetLine(year, code, subject, "", 1, total, NOTES.get(subject, ""))
        for n, child in enumerate(children, start=1):
            yield BudgetLine(year, f"{code}{n:02d}", child, subject, 2, amounts[child],
                             NOTES.get(child, ""))  # fmt: skip


def _amounts(rng: Random, booked: dict[str, Decimal], year: int) -> dict[str, Decimal]:
    """An amount for each subject without children."""
    leaves = [leaf for _, subject, children in CHART for leaf in children or (subject,)]
    amounts = {leaf: _amount(rng, booked.get(leaf, Decimal(0)), leaf, year) for leaf in leaves}
    spending = [leaf for leaf in leaves if not leaf.endswith("收入")]
    spent = sum((booked.get(leaf, Decimal(0)) for leaf in spending), Decimal(0))
    others = sum((amounts[leaf] for leaf in spending if leaf != LEVELLER), Decimal(0))
    amounts[LEVELLER] = round((spent / EXECUTION[year] - others) / STEP) * STEP
    return amounts


def _amount(rng: Random, booked: Decimal, leaf: str, year: int) -> Decimal:
    share = rng.randint(94, 99) * TIGHTNESS[year] / 100
    if OVERSPENT.get(year) == leaf:
        share = Decimal("1.2")
    return _up(booked / share) if booked else RESERVE


def _up(amount: Decimal) -> Decimal:
    return (amount / STEP).to_integral_value(ROUND_CEILING) * STEP
