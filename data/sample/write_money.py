"""The ledger and the budgets as files."""

from datetime import date
from decimal import Decimal
from itertools import groupby

from budget import CHART
from records import BudgetLine, LedgerLine, School
from sheets import BLANK, Row, Sheet, header, money, spelled
from write_people import TOTAL

LEDGER = {
    2023: "日期 凭证号 摘要 科目 收入 支出 余额 经办人 关联活动",
    2024: "日_期 凭证号 摘_____要 科_目 收_入 支_出 余_额 经办人 关联活动",
    2025: "记账日期 凭证号 摘要 会计科目 收入 支出 余额 经办人 关联活动",
}
WIDTH = 9
DAY_STYLES = {
    2023: ("typed", "dot", "dot", "typed"),
    2024: ("typed", "short", "dot", "words", "compact", "typed"),
    2025: ("dash", "typed", "short", "slash", "words", "dot"),
}
PARENT = {child: parent for _, parent, children in CHART for child in children}
PLAIN_ENDINGS = ("费", "业务")  # these labels never take the word 支出
CHINESE = str.maketrans("0123456789", "○一二三四五六七八九")


def ledger(school: School) -> list[Sheet]:
    """The ledger, a sheet per year, with the monthly totals of an account book."""
    return [_ledger_year(school, year) for year in LEDGER]


def _ledger_year(school: School, year: int) -> Sheet:
    lines = [line for line in school.ledger if line.day.year == year]
    sheet = Sheet(f"{year}年")
    sheet.title(f"示例小学工会{year}年经费收支明细账", WIDTH)
    sheet.title("单位名称：示例小学工会　　　　　　　　　　　　单位：元", WIDTH)
    sheet.rows += [header(LEDGER[year]), BLANK]
    opened = date(year, 9 if year == 2023 else 1, 1)
    sheet.rows.append([opened, "", "上年结余", "", None, None, school.opening[year]])
    for month, group in groupby(lines, key=lambda line: line.day.month):
        sheet.rows += [_ledger_row(line, n) for n, line in enumerate(group)]
        sheet.rows += _ledger_fault(year, month) + _month_end(lines, month)
    sheet.rows += [_sums(TOTAL, lines), BLANK]
    sheet.title("审核：　　　　　　记账：　　　　　　制表：　　　　　　", WIDTH)
    return sheet


def _ledger_row(line: LedgerLine, n: int) -> Row:
    styles = DAY_STYLES[line.day.year]
    style = "wide" if n == 11 else styles[(line.day.month - 1) // 2 % len(styles)]
    form = {3: "sign", 8: "unit", 13: "wide"}.get(n, "number")
    return [spelled(line.day, style), line.voucher, line.summary, label(line.subject, n),
            money(line.income, form), money(line.expense, form), line.balance, line.handler,
            line.activity]  # fmt: skip


def label(subject: str, n: int) -> str:
    """A subject in one of the ways people write it."""
    if subject not in PARENT:
        return "上级工会补助收入" if subject == "上级补助收入" and n % 2 else subject
    if n % 3 == 1:
        return f"{PARENT[subject]}-{subject}"
    return subject if n % 3 or subject.endswith(PLAIN_ENDINGS) else f"{subject}支出"


def _ledger_fault(year: int, month: int) -> list[Row]:
    if (year, month) == (2024, 3):
        return [["2024-02-30", "", "补记宣传栏维修", "宣传活动", None, 120, None, "", ""]]
    if (year, month) == (2025, 5):
        return [[date(2025, 5, 28), "", "乒乓球台维修（未结算）", "文体活动", None, "待定", None,
                 "", ""]]  # fmt: skip
    return []


def _month_end(lines: list[LedgerLine], month: int) -> list[Row]:
    this = [line for line in lines if line.day.month == month]
    year = [line for line in lines if line.day.month <= month]
    return [_sums("本月合计", this), _sums("本年累计", year)]


def _sums(words: str, lines: list[LedgerLine]) -> Row:
    income = sum((line.income for line in lines), Decimal(0))
    expense = sum((line.expense for line in lines), Decimal(0))
    return ["", "", words, "", income, expense, lines[-1].balance]


def budgets(school: School) -> list[Sheet]:
    """The approved budgets, a sheet per year, the year in Chinese numerals in the title."""
    years = sorted({line.year for line in school.budget})
    return [_budget_year([b for b in school.budget if b.year == year], year) for year in years]


def _budget_year(lines: list[BudgetLine], year: int) -> Sheet:
    sheet = Sheet(f"{year}年预算")
    months = "（9—12月）" if year == 2023 else ""
    sheet.title(f"{str(year).translate(CHINESE)}年{months}工会经费预算表", 4)
    sheet.rows.append(["编制单位：示例小学工会", None, None, "单位：元"])
    sheet.rows.append(header("科目编码 科目名称 核定预算数（元） 说_明"))
    for words, kind in (("收入合计", "4"), ("支出合计", "5")):
        part = [b for b in lines if b.code.startswith(kind)]
        sheet.rows += [_budget_row(b) for b in part]
        sheet.rows += _budget_fault(year) if kind == "5" else []
        sheet.rows.append(["", words, sum((b.amount for b in part if b.level == 1), Decimal(0))])
    sheet.title("工会主席：　　　　　经审委员：　　　　　制表：　　　　　", 4)
    return sheet


def _budget_row(line: BudgetLine) -> Row:
    name = label(line.subject, 0) if line.level == 2 else line.subject
    return [line.code, "　　" * (line.level - 1) + name, line.amount, line.note]


def _budget_fault(year: int) -> list[Row]:
    undecided: Row = ["50305", "　　课题调研费", "待定", "年中再议"]
    nameless: Row = ["", None, 500, "机动"]
    return {2024: [undecided], 2025: [nameless]}.get(year, [])
