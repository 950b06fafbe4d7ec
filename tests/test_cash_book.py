"""What the lines of a cash book mean: the side, the sums, and what was carried over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from here import read_here

from dashboard.contracts import carried
from dashboard.contracts.spelling import plain
from dashboard.importing.layout import lines
from dashboard.importing.report import SheetReport


def parts(text: str, name: str = "2025年收支明细账.csv") -> list[SheetReport]:
    return read_here(text.encode(), name).sheets


def read(text: str, name: str = "2025年收支明细账.csv") -> SheetReport:
    (sheet,) = parts(text, name)
    return sheet


def sums(sheet: SheetReport) -> tuple[int, int]:
    """(income, expense)"""
    found = (sheet.sums.get(side, Decimal(0)) for side in ("income", "expense"))
    income, expense = map(int, found)
    return income, expense


def codes(sheet: SheetReport) -> list[str]:
    return [found.code for found in sheet.issues]


@pytest.mark.parametrize(
    ("amounts", "expense", "doubt"),
    [
        ((200, -50), 150, True),
        ((-200, 50), -150, True),  # either may be the refund
        ((-200,), 200, False),
        ((200, 30, -50), 180, False),
        ((-200, -30, 50), 180, False),
        ((200, 30, 10, -50, -20), 170, True),
        ((-200, -30, -10, 50, 20), 170, True),
    ],
)
def test_a_minus_is_spending_only_where_most_spending_has_one(
    amounts: tuple[int, ...], expense: int, doubt: bool
) -> None:
    spent = "".join(f"2025-03-0{day},买{day},支出,{n}\n" for day, n in enumerate(amounts, start=1))
    sheet = read(f"日期,摘要,收支类别,金额\n2025-03-01,拨款,收入,1000\n{spent}")
    assert (sums(sheet), codes(sheet)) == ((1000, expense), ["signs_mixed"] * doubt)
    assert all((found.cell or "").startswith("D") for found in sheet.issues)


SECTIONS = [
    ("一、收入", "二、支出"),
    ("收入", "支出"),
    ("收入部分", "支出部分"),
    ("收入：", "支出："),
    ("（一）本年收入", "（二）本年支出"),
    ("一、工会经费收入", "二、工会经费支出"),
]
EARNED = "2025-04-01,拨款,901\n2025-04-02,拨款,902\n"
PAID = "2025-03-01,费用,101\n2025-03-02,费用,102\n"
HEAD = "日期,摘要,金额\n"


@pytest.mark.parametrize("title", ["2025年工会经费收支明细账,,\n", ""])
@pytest.mark.parametrize("blank", [",,\n", "", "合计,,1803\n"])
@pytest.mark.parametrize("second", [HEAD, "日期,用途,金额\n"])
@pytest.mark.parametrize("captions", SECTIONS)
def test_a_section_over_a_header_says_its_side(
    captions: tuple[str, str], second: str, blank: str, title: str
) -> None:
    one, two = captions
    text = f"{title}{one},,\n{HEAD}{EARNED}{blank}{two},,\n{second}{PAID}"
    incomes, spending = parts(text)
    assert (sums(incomes), sums(spending)) == ((1803, 0), (0, 203))
    assert (codes(incomes), codes(spending)) == (["tables_cut"], [])
    spending, incomes = parts(f"{title}{two},,\n{HEAD}{PAID}{one},,\n{second}{EARNED}")
    assert (sums(incomes), sums(spending)) == ((1803, 0), (0, 203))


def test_the_same_section_on_the_next_page_is_no_new_table() -> None:
    sheet = read(f"一、收入,,\n{HEAD}{EARNED}一、收入,,\n{HEAD}2025-05-01,拨款,7\n")
    assert (sums(sheet), sheet.counts["headers"]) == ((1810, 0), 2)


def test_a_section_without_a_header_is_shown() -> None:
    sheet = read(f"一、收入,,\n{HEAD}{EARNED}二、支出,,\n{PAID}")
    assert [(found.code, found.cell) for found in sheet.issues] == [("section_unheeded", "A5")]
    summed = read(f"一、收入,,\n{HEAD}{EARNED}收入,,1803\n二、支出,,203\n")
    assert "section_unheeded" not in codes(summed)


OPENING = [
    "承前页", "承上页", "接上页", "上页结转", "期初数", "年初数", "月初余额", "上年结余",
    "上年度末结余", "去年结余", "前年结余", "历年结余", "往年滚存结余", "以前年度结余",
    "上学年结余", "上学期结余", "上月结余", "上月转来", "结余转入", "结转上年", "2024年结余",
    "结转2024年度结余", "上年结转本年", "上年工会经费结余", "期初余额（2025年1月1日）",
    "上年结余（含利息）", "上年結餘",
]  # fmt: skip
CLOSING = [
    "期末余额", "月末余额", "年末结余", "本月结余", "本年结余", "本年度经费结余", "本期余额",
    "累计结余", "期末余额（12月31日）", "结转下年", "结转下年度", "结转下月", "余额结转下年",
    "年末结余转下年", "结余转入下年度", "本年结余结转下年", "转下学期", "結轉下年",
]  # fmt: skip
PAGES = [
    "转次页", "过次页", "过下页", "转下页", "结转下页",
]  # fmt: skip
DOUBTFUL = [
    "余额", "结余", "银行存款结余", "12月末余额", "春游经费结余", "结转", "结转2026年",
]  # fmt: skip
ORDINARY = [
    "收到上年度补助", "退回春游余款", "慰问金", "打印第3页材料", "收到2024年度经费",
    "年初慰问", "期初物资采购", "转账手续费", "购买余额宝", "支付下年度订报费",
    "收到上级结转下拨的补助", "初三年级活动", "上年度活动费报销", "下页广告",
    "补发上年节日慰问余额", "退回活动经费结余",
]  # fmt: skip
BOOK = "日期,摘要,收入,支出,余额\n"


@pytest.mark.parametrize("words", OPENING)
def test_what_is_brought_forward_is_no_income(words: str) -> None:
    sheet = read(f"{BOOK}2025-01-01,{words},1000,,1000\n2025-03-05,慰问,,200,800\n")
    assert (sums(sheet), codes(sheet)) == ((0, 200), [])
    assert [(row["is_opening"], row["balance"]) for row in sheet.rows] == [
        (True, 1000),
        (False, 800),
    ]


@pytest.mark.parametrize("words", CLOSING)
def test_what_is_handed_on_is_neither_income_nor_spending(words: str) -> None:
    begun = f"{BOOK}2025-01-01,拨款,1500,,1500\n2025-03-05,慰问,,200,1300\n"
    for line in ("1300,,1300", ",1300,0", ",,1300"):
        sheet = read(f"{begun}2025-12-31,{words},{line}\n")
        assert (sums(sheet), codes(sheet), sheet.counts["totals"]) == ((1500, 200), [], 1)
    amounts = "日期,摘要,收支类别,金额\n2025-03-05,慰问,支出,200\n"
    assert sums(read(f"{amounts}2025-12-31,{words},支出,1300\n")) == (0, 200)


@pytest.mark.parametrize("words", PAGES)
def test_a_page_carried_on_is_its_sum(words: str) -> None:
    sheet = read(f"{BOOK}2025-01-01,拨款,1500,,1500\n2025-03-05,{words},1500,,1500\n")
    assert (sums(sheet)[0], codes(sheet), sheet.counts["totals"]) == (1500, [], 1)


@pytest.mark.parametrize("words", DOUBTFUL)
def test_a_balance_in_other_words_is_doubted(words: str) -> None:
    sheet = read(f"{BOOK}2025-03-05,{words},1000,,1000\n")
    assert [(found.code, found.cell) for found in sheet.issues] == [("perhaps_carried", "B2")]


@pytest.mark.parametrize("words", ORDINARY)
def test_a_line_that_says_more_is_business(words: str) -> None:
    sheet = read(f"{BOOK}2025-03-05,{words},1000,,1000\n")
    assert (sums(sheet)[0], codes(sheet), sheet.rows[0]["is_opening"]) == (1000, [], False)


@pytest.mark.parametrize("words", [*OPENING, *CLOSING, *PAGES, *DOUBTFUL])
def test_large_files_look_at_the_same_words(words: str) -> None:
    bare = carried.bare(words)
    assert carried.CARRIED.search(words)
    if carried.brings_forward(bare) or words in CLOSING + PAGES:
        assert lines.may_total(words)
    assert bare in plain(words)


TOTALS = [
    "三月合计", "十二月份合计", "3月合计", "以上合计", "以上共计", "总合计", "月计", "本月计",
    "年计", "日计", "月合计", "年累计", "本学期合计", "下半年合计", "本月发生额",
    "本月发生额及余额", "累计发生额", "本年累计发生额", "合计（大写）壹佰元整",
    "合计人民币（大写）：壹佰元整", "合计大写壹佰元整", "本月共计支出", "合计支出",
    "本年累计支出", "截至本月累计", "三月總計",
]  # fmt: skip
NO_TOTALS = [
    "月计划费", "合计算器采购", "三年计划印刷", "年计划编制", "总计划印刷", "会费合计", "合计时器",
    "日计划本", "发生额", "以上学期奖励", "共计三人慰问", "统计费", "会计培训", "购买计步器",
]  # fmt: skip


@pytest.mark.parametrize("words", TOTALS)
def test_a_total_with_a_day_of_its_own_is_no_spending(words: str) -> None:
    sheet = read(f"日期,摘要,支出\n2025-03-05,慰问,100\n2025-03-31,{words},100\n")
    assert (sums(sheet), codes(sheet), sheet.counts["totals"]) == ((0, 100), [], 1)
    assert lines.may_total(words)  # large files ask this first


@pytest.mark.parametrize("words", NO_TOTALS)
def test_what_only_sounds_like_a_total_is_spending(words: str) -> None:
    sheet = read(f"日期,摘要,支出\n2025-03-05,慰问,100\n2025-03-31,{words},100\n")
    assert (sums(sheet), codes(sheet), sheet.counts["totals"]) == ((0, 200), [], 0)


DEBITS = "日期,摘要,借方发生额,贷方发生额"
MOVED = ("2025-03-05,一,200,", "2025-03-06,二,,500", "2025-03-07,三,30,")
TWO_SIDES = "\n".join([DEBITS, *MOVED, ""])


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("银行对账单2025.csv", ""),
        ("工行对账单2025.csv", ""),
        ("2025年银行流水.csv", ""),
        ("2025.csv", "中国银行交易明细,,,\n"),
        ("2025.csv", "對賬單,,,\n"),
    ],
)
def test_a_statement_by_its_name_has_the_banks_sides(name: str, title: str) -> None:
    sheet = read(f"{title}{TWO_SIDES}", name)
    assert (sums(sheet), codes(sheet)) == ((500, 230), ["banks_debit_named"])


@pytest.mark.parametrize(
    "name", ["2025年收支明细账.csv", "银行存款日记账2025.csv", "2025年银行存款明细账.csv", "账.csv"]
)
def test_a_book_that_names_no_bank_keeps_its_sides_and_says_so(name: str) -> None:
    sheet = read(TWO_SIDES, name)
    assert (sums(sheet), codes(sheet)) == ((230, 500), ["debit_unproved"])
    assert sheet.issues[0].severity == "warning"


@pytest.mark.parametrize("name", ["银行对账单2025.csv", "2025年收支明细账.csv"])
def test_a_balance_goes_before_every_name(name: str) -> None:
    for balances, told, expected in (
        ((-200, 300, 270), "banks_debit", (500, 230)),
        ((1200, 700, 730), "", (230, 500)),
    ):
        rows = [f"{line},{rest}" for line, rest in zip(MOVED, balances, strict=True)]
        sheet = read("\n".join([f"{DEBITS},余额", *rows, ""]), name)
        assert (sums(sheet), codes(sheet)) == (expected, [told] if told else [])


def test_a_balance_that_does_not_tell_leaves_it_to_the_name() -> None:
    one = f"{DEBITS},余额\n{MOVED[0]},1200\n"
    assert codes(read(one, "对账单.csv")) == ["banks_debit_named"]
    assert codes(read(one)) == ["debit_unproved"]


def test_columns_called_income_and_spending_need_no_balance() -> None:
    assert codes(read("日期,摘要,收入,支出\n2025-03-05,一,200,\n", "银行对账单.csv")) == []


FIRST = "日期,摘要,收入,支出,\n2025-03-05,一,,100,\n"


@pytest.mark.parametrize(
    "second",
    [
        "日期,摘要,支出,收入,\n2025-03-06,二,,900,\n",
        "收入,支出,日期,摘要,\n900,,2025-03-06,二,\n",
        "支出,收入,日期,摘要,\n,900,2025-03-06,二,\n",
        "日期,用途,支出金额,收入金额,\n2025-03-06,二,,900,\n",
        "日期,摘要,收支类别,金额,\n2025-03-06,二,收入,900,\n",
    ],
)
@pytest.mark.parametrize("between", ["", "合计,,0,100,\n", ",,,,\n", "2025-03-07,三,,0,\n"])
def test_a_header_in_another_order_begins_a_table(second: str, between: str) -> None:
    one, two = parts(f"{FIRST}{between}{second}")
    assert (sums(one), sums(two)) == ((0, 100), (900, 0))
    assert (codes(one), codes(two)) == (["tables_cut"], [])


@pytest.mark.parametrize(
    ("line", "headers", "told"),
    [
        ("日期,摘要,收入,支出,", 2, []),  # the same one, at a page's head
        (",摘要,收入,,", 2, []),  # a piece of it
        (",活动,收入,,", 1, ["bad_amount"]),  # words that may be a row's
        ("2025-03-06,活动,,5,", 1, []),
    ],
)
def test_words_of_a_header_alone_begin_no_table(line: str, headers: int, told: list[str]) -> None:
    sheet = read(f"{FIRST}{line}\n2025-03-06,二,900,,\n")
    assert (sums(sheet)[0], sheet.counts["headers"]) == (900, headers)
    assert codes(sheet) == told


@pytest.mark.parametrize("between", ["", ",,,,,\n"])
def test_a_second_header_with_more_columns_leaves_the_first_table_there(between: str) -> None:
    more = "日期,摘要,支出,收入,余额,经办人\n2025-03-06,二,,900,800,张三\n"
    one, two = parts(f"{FIRST}{between}{more}")
    assert (sums(one), sums(two)) == ((0, 100), (900, 0))
