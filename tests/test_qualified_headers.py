"""Headers that name a field and say in the same breath that it is not that."""

from __future__ import annotations

from decimal import Decimal

import pytest
from here import read_here

from dashboard.importing.report import Choice, SheetReport


def sheet(heads: str, row: str, name: str, choices: list[Choice] | None = None) -> SheetReport:
    (found,) = read_here(f"{heads}\n{row}\n".encode(), f"{name}.csv", choices=choices or []).sheets
    return found


def budget(*heads: str, name: str = "2025年工会经费预算表") -> tuple[dict[str, Decimal], list[str]]:
    figures = ",".join(str(100 * (place + 1)) for place in range(len(heads)))
    found = sheet(f"科目名称,{','.join(heads)}", f"会费收入,{figures}", name)
    return found.sums, [issue.code for issue in found.issues]


@pytest.mark.parametrize(
    ("heads", "sums"),
    [
        (("2024年决算数", "2025年预算数"), {"last_settled": 100, "approved": 200}),
        (("决算数（2024年）", "预算数（2025年）"), {"last_settled": 100, "approved": 200}),
        (("上年决算数（2024年）", "2025年预算数"), {"last_settled": 100, "approved": 200}),
        (("2025年预算数", "2025年决算数"), {"approved": 100, "settled": 200}),
        (("预算数", "上年决算数"), {"approved": 100, "last_settled": 200}),
        (("2024-2025学年预算", "预算数"), {"approved": 200}),
    ],
)
def test_a_heads_year_finds_its_field(heads: tuple[str, ...], sums: dict[str, int]) -> None:
    assert budget(*heads) == (sums, [])


def test_another_years_column_is_none_of_this_year() -> None:
    found = budget("2024年预算数", "2025年预算数")
    assert found == ({"approved": 200}, ["column_qualified"])
    _, codes = budget("2024年预算数", "2025年预算数", name="工会经费预算表")
    assert codes == ["no_year", "column_qualified"]


def test_a_budget_of_its_heads_only_year_stays() -> None:
    assert budget("2026年预算数", name="工会经费预算表") == ({"approved": 100}, [])


@pytest.mark.parametrize(
    ("written", "year", "codes"),
    [("2025", [2025], []), ("25", [2025], []), ("20255", [], ["bad_year"]),
     ("205", [], ["bad_year"]), ("2", [], ["bad_year"])],
)  # fmt: skip
def test_a_budgets_year_is_one_some_figure_is_of(
    written: str, year: list[int], codes: list[str]
) -> None:
    found = sheet("年度,科目名称,预算数", f"{written},会费收入,100", "工会经费预算表")
    assert [row["year"] for row in found.table.to_pylist()] == year
    assert [issue.code for issue in found.issues] == codes


@pytest.mark.parametrize(
    "head",
    ["费用（元/人）", "费用（人均）", "费用（每人）", "费用（累计）", "费用（预算）",
     "费用（计划数）", "费用（上年）", "费用【占比%】", "费用(元 / 人)"],
)  # fmt: skip
def test_an_amount_of_something_else_is_left_out_and_told(head: str) -> None:
    found = sheet(
        f"活动名称,日期,应到,实到,{head}", "羽毛球,2025-03-05,60,58,50", "2025年工会活动台账"
    )
    assert ("cost" in found.sums, [c.header for c in found.unmapped]) == (False, [head])
    assert [(i.code, i.cell) for i in found.issues] == [("column_qualified", "E1")]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("费用（元）", "cost"), ("费用（含税）", "cost"), ("费用（预算内）", "cost"),
        ("预算（计划）", "budget"), ("实到（人）", "attended"), ("费用（妇女节）", "cost"),
    ],
)  # fmt: skip
def test_a_bracket_that_changes_nothing(head: str, field: str) -> None:
    found = sheet(f"活动名称,日期,参加人员,{head}", "羽毛球,2025-03-05,全体,50", "2025年活动台账")
    assert (found.sums[field], "column_qualified" in {i.code for i in found.issues}) == (50, False)


@pytest.mark.parametrize("head", ["实到（男）", "实到（女）", "实到（其中女职工）", "实到（%）"])
def test_a_count_of_some_is_not_the_count(head: str) -> None:
    found = sheet(f"活动名称,日期,应到,{head}", "羽毛球,2025-03-05,60,50", "2025年活动台账")
    assert ("attended" in found.sums, found.issues[0].code) == (False, "column_qualified")


def test_the_officers_own_word_stands() -> None:
    columns = (("name", "A"), ("held_on", "B"), ("cost", "C"))
    choice = Choice("2025年活动台账", "activities", (1,), columns)
    found = sheet("活动名称,日期,费用（累计）", "羽毛球,2025-03-05,50", "2025年活动台账", [choice])
    assert found.sums["cost"] == 50
