"""The unit of a sheet's amounts, however it is said, and words that only look like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from here import read_here

from dashboard.importing.layout import units
from dashboard.importing.report import FileReport


def ledger(
    *, above: str = "", head: str = "支出", below: str = "", name: str = "2025年收支明细账"
) -> FileReport:
    lines = [f'收支明细账,,\n,,"{above}"' if above else "", f'日期,摘要,"{head}"', below]
    data = "\n".join(line for line in (*lines, "2025-03-05,慰问,1.5") if line)
    return read_here(data.encode(), f"{name}.csv")


def expense(report: FileReport) -> Decimal:
    (sheet,) = report.sheets
    return sheet.sums["expense"]


def codes(report: FileReport) -> set[str]:
    return {issue.code for sheet in report.sheets for issue in sheet.issues}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("单位：万元", 15_000), ("单位（万元）", 15_000), ("金额单位为万元", 15_000),
        ("（万元）", 15_000), ("单位：万", 15_000), ("单 位：万元", 15_000), ("單位：萬元", 15_000),
        ("单位：千 元", 1_500), ("单位：百元", 150), ("单位：RMB万元", 15_000),
        ("单位：人民币万元", 15_000), ("【单位：亿元】", 150_000_000), ("以万元为单位", 15_000),
        ("单位：人、万元", 15_000), ("（万）", 15_000), ("单位：百万元", 1_500_000),
        ("单位：元", 1.5), ("单位：万里小学", 1.5), ("单位：百花中学", 1.5), ("（含1万元）", 1.5),
        ("填报单位：千岛湖中学", 1.5), ("编制单位：美元中学工会", 1.5), ("（经办：张万）", 1.5),
    ],
)  # fmt: skip
def test_a_unit_line(said: str, value: float) -> None:
    report = ledger(above=said)
    assert expense(report) == Decimal(str(value))
    assert ("unit_scaled" in codes(report)) == (value != 1.5)
    assert "unit_unknown" not in codes(report)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("支出（万元）", 15_000), ("支出（单位：万元）", 15_000), ("支出(人民币万元)", 15_000),
        ("支出（万）", 15_000), ("支出（税前，万元）", 15_000), ("支出【千元】", 1_500),
        ("支出（萬元）", 15_000), ("支出（元）", 1.5), ("支出（含税）", 1.5),
    ],
)  # fmt: skip
def test_a_unit_in_the_header(head: str, value: float) -> None:
    assert expense(ledger(head=head)) == Decimal(str(value))


def test_a_unit_below_the_header() -> None:
    assert expense(ledger(below=",,万元")) == 15_000


@pytest.mark.parametrize(
    "said", ["单位：美元", "单位：万美元", "单位（港币）", "单位：元/人", "（美元）"]
)
def test_a_unit_that_is_no_yuan_is_told(said: str) -> None:
    report = ledger(above=said)
    assert (expense(report), codes(report)) == (Decimal("1.5"), {"unit_unknown"})


def test_a_header_in_dollars_is_told_and_takes_no_unit_of_the_sheet() -> None:
    report = ledger(above="单位：万元", head="支出（美元）")
    assert (expense(report), codes(report)) == (Decimal("1.5"), {"unit_unknown"})


def test_the_files_name_may_say_it_and_the_title_goes_before() -> None:
    assert expense(ledger(name="2025年收支明细账（万元）")) == 15_000
    assert expense(ledger(above="单位：元", name="2025年收支明细账（万元）")) == Decimal("1.5")


HEAD = "日期,摘要,支出\n"
FIRST = f"收支明细账,,\n单位：元,,\n{HEAD}2025-03-05,慰问,100\n"


def test_another_unit_over_the_same_header_begins_another_table() -> None:
    data = f"{FIRST},,\n,,\n单位：万元,,\n{HEAD}2025-03-06,奖品,900\n"
    report = read_here(data.encode(), "2025年收支明细账.csv")
    assert [sheet.sums["expense"] for sheet in report.sheets] == [100, 9_000_000]


def test_the_same_unit_at_a_pages_head_does_not() -> None:
    data = f"{FIRST},,\n,,\n单位：元,,\n{HEAD}2025-03-06,奖品,900\n"
    assert expense(read_here(data.encode(), "2025年收支明细账.csv")) == 1_000


def test_another_unit_among_the_rows_is_no_mere_remark() -> None:
    report = read_here(f"{FIRST}单位：万元,,\n".encode(), "2025年收支明细账.csv")
    assert [(i.code, i.cell) for i in report.sheets[0].issues] == [("unit_below", "A5")]
    report = read_here(f"{FIRST}单位：元,,\n".encode(), "2025年收支明细账.csv")
    assert codes(report) == {"note_row"}


def test_a_count_in_ten_thousands_is_no_money() -> None:
    assert units.said_in_header("人数（万）") is None
    assert units.said_in_header("人数（万人）", of_money=True) is None
