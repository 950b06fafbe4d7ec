"""Which charts an odd sheet gets first, and that no pick list leads to a refusal.

A case is a file of tests/files/charted and, beside it, NAME.json with the first chart it must get,
columns by their labels; null where no chart says anything.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drawn_tables import TOLD, marks, sheet_of
from explored import FILES, loosely, only
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exploring import profile
from dashboard.exploring.charting.choices import FORMS, offered, repaired
from dashboard.exploring.charting.choosing import MOST, RULE, chosen
from dashboard.exploring.charting.counting import counted
from dashboard.exploring.charting.ranking import step_of
from dashboard.exploring.charting.recipe import Chosen, Recipe
from dashboard.importing.loose.model import PERSONAL, Kind, LooseSheet

CHARTED = FILES.parent / "charted"
CASES = sorted(path for path in CHARTED.iterdir() if path.suffix != ".json")
ODD = sorted(path for path in FILES.iterdir() if path.is_file() and path.suffix != ".json")
NEVER = {*PERSONAL, "code", "empty"}


def read(path: Path) -> LooseSheet:
    (sheet,) = loosely(path.read_bytes(), path.name).sheets
    return sheet


def charts(sheet: LooseSheet) -> list[Chosen]:
    return chosen(sheet, profile(sheet))


def outline(sheet: LooseSheet, recipe: Recipe) -> dict[str, Any]:
    def label(place: int | None) -> str | None:
        return None if place is None else sheet.columns[place].label

    timed = sheet.columns[recipe.by].kind in ("date", "month", "year")
    return {
        "form": recipe.form, "by": label(recipe.by), "how": recipe.how,
        "measure": label(recipe.measure), "split": label(recipe.split),
        "step": recipe.step if timed else None,
    }  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_an_odd_sheet_gets_the_expected_chart_first(path: Path) -> None:
    expected = json.loads(Path(f"{path}.json").read_text("utf-8"))
    sheet = read(path)
    first = [outline(sheet, one.recipe) for one in charts(sheet)[:1]]
    assert first == ([] if expected is None else [expected])


@pytest.mark.parametrize("path", [*CASES, *ODD], ids=lambda path: path.name)
def test_what_is_chosen_counts_as_plain_python_counts_it(path: Path) -> None:
    sheet = read(path)
    for one in charts(sheet):
        found = counted(sheet, one.recipe)
        assert found.used + found.empty + found.unfit + found.kept_out == sheet.rows
        assert found.used
        if one.recipe.form == "points" or sheet.columns[one.recipe.by].kind in (
            "money",
            "number",
            "count",
            "ratio",
        ):
            continue
        plain, told = marks(sheet, one.recipe)
        assert (found.used, found.empty, found.unfit) == (
            told["used"],
            told["empty"],
            told["unfit"],
        )
        for name, amounts in found.series:
            for along, amount in zip(found.names, amounts, strict=True):
                other = name.value if one.recipe.split is not None else ""
                values = plain.get((along.value, other), [])
                if values and not along.rest and not name.rest:
                    assert amount.value == TOLD[one.recipe.how](values)


@pytest.mark.parametrize("path", [*CASES, *ODD], ids=lambda path: path.name)
def test_no_two_charts_say_the_same_and_none_names_a_person(path: Path) -> None:
    sheet = read(path)
    found = [one.recipe for one in charts(sheet)]
    says = [(frozenset((r.by, r.split, r.measure)), r.how, r.form == "points") for r in found]
    assert len(set(says)) == len(says) <= MOST
    for recipe in found:
        kinds = {sheet.columns[at].kind for at in (recipe.by, recipe.split) if at is not None}
        assert not kinds & NEVER


@pytest.mark.parametrize("path", [*CASES, *ODD], ids=lambda path: path.name)
def test_no_choice_of_a_pick_list_is_refused(path: Path) -> None:
    sheet = read(path)
    for one in charts(sheet)[:3]:
        tried(sheet, one.recipe)


def tried(sheet: LooseSheet, recipe: Recipe) -> None:
    """Each value of each list, picked by itself."""
    lists = offered(sheet, recipe)
    fields = {"form": lists.forms, "by": lists.by, "how": lists.hows, "measure": lists.measures,
              "split": lists.splits, "step": lists.steps, "order": lists.orders}  # fmt: skip
    for field, values in fields.items():
        held = getattr(recipe, field)
        assert held in values or not values
        for value in values:
            picked = repaired(sheet, replace(recipe, **{field: value}))
            assert getattr(picked, field) == value
            counted(sheet, picked)


KINDS = st.sampled_from(
    ["count", "number", "money", "ratio", "date", "month", "year", "yes_no", "category", "text",
     "code", "name", "phone", "empty"]
)  # fmt: skip
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    "month": st.sampled_from(["2024-11", "2024-12", "2025-02", "03", "04"]),
    "year": st.sampled_from(["2019", "2024", "2025"]),
    "yes_no": st.booleans(),
    "empty": st.none(),
    **dict.fromkeys(("count", "number", "money", "ratio"), st.decimals(-999, 999, places=2)),
    **dict.fromkeys(("category", "text", "code", "name", "phone"), st.sampled_from("甲乙丙丁")),
}
HEADERS = st.sampled_from(["部门", "金额", "单价", "余额", "序号", "备注", "出生日期", "", "合计"])


@st.composite
def tables(draw: st.DrawFn) -> LooseSheet:
    rows = draw(st.integers(0, 12))
    columns: list[tuple[str, Kind, list[Any]]] = []
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(KINDS)
        cell = VALUES[kind] | st.sampled_from([None, ("？",)] if kind != "empty" else [None])
        columns.append((draw(HEADERS), kind, draw(st.lists(cell, min_size=rows, max_size=rows))))
    return sheet_of(*columns)


RECIPES = st.builds(
    Recipe, st.sampled_from(FORMS), st.integers(-1, 6),
    st.sampled_from(["rows", "sum", "mean", "median", "distinct"]), st.none() | st.integers(0, 6),
    st.none() | st.integers(0, 6), st.sampled_from(["day", "month", "quarter", "school_year"]),
    st.integers(-3, 200),
)  # fmt: skip


@given(tables(), RECIPES)
def test_whatever_the_columns_no_choice_is_refused(sheet: LooseSheet, wish: Recipe) -> None:
    for one in charts(sheet):
        counted(sheet, one.recipe)
    recipe = repaired(sheet, wish)
    if offered(sheet, Recipe("bars", 0)).forms:
        tried(sheet, recipe)
        assert repaired(sheet, recipe) == recipe
    else:
        assert recipe == wish


# -- people and free text ----------------------------------------------------------------------


def once(header: str, *words: str) -> bool:
    """Whether words that stand once each may stand along."""
    column: tuple[str, Kind, list[Any]] = (header, "text", list(words))
    return 0 in offered(sheet_of(column, ("数", "count", [1] * len(words))), Recipe("bars", 0)).by


def test_words_that_stand_once_are_labels_where_the_header_says_so() -> None:
    assert once("部门", "语文组", "数学组", "英语组")
    assert once("预算科目", "职工活动支出", "维权支出", "业务支出")
    assert not once("备注", "语文组", "数学组", "英语组")
    assert not once("部门", "语文组", "数学组", "关于希望把活动安排在下午放学以后举行的一些想法")


def test_names_are_no_labels_whatever_the_header_says() -> None:
    assert not once("活动小组", "王伟", "李娜", "张磊强", "书法社")
    assert not once("项目负责人", "语文组", "数学组", "英语组")
    assert not once("参加活动代表", "甲乙丙", "数学组", "英语组")


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.name)
def test_no_list_offers_a_person(path: Path) -> None:
    sheet = read(path)
    for form in FORMS:
        lists = offered(sheet, repaired(sheet, Recipe(form, 0)))
        for place in (*lists.by, *lists.splits, *lists.keeps):
            assert place is None or sheet.columns[place].kind not in NEVER


# -- the rule ----------------------------------------------------------------------------------


def first(*columns: tuple[str, Kind, list[Any]]) -> dict[str, Any]:
    sheet = sheet_of(*columns)
    return outline(sheet, charts(sheet)[0].recipe)


GROUPS: tuple[str, Kind, list[Any]] = ("组", "category", list("甲乙丙") * 4)
SOME = [Decimal(n * n % 17) for n in range(12)]


@pytest.mark.parametrize("header", ["单价", "人均费用", "余额", "年末结余", "Unit price"])
def test_prices_and_balances_are_averaged(header: str) -> None:
    assert first(GROUPS, (header, "money", SOME))["how"] == "mean"


@pytest.mark.parametrize("header", ["年龄", "得分", "所在班级", "届", "工作年限", "身高"])
def test_ages_scores_and_classes_are_averaged(header: str) -> None:
    assert first(GROUPS, (header, "number", SOME))["how"] == "mean"


@pytest.mark.parametrize("header", ["上级补助收入", "班费", "分工会经费", "金额"])
def test_money_is_summed_whatever_else_its_header_holds(header: str) -> None:
    assert first(GROUPS, (header, "money", SOME))["how"] == "sum"


def test_money_comes_before_counts_rates_and_numbers_and_balances_last() -> None:
    told = [
        ("时长", "number"),
        ("余额", "money"),
        ("达标率", "ratio"),
        ("人数", "count"),
        ("支出", "money"),
    ]
    order = []
    while told:
        columns = [
            (name, kind, [n + len(name) + at for n in SOME]) for at, (name, kind) in enumerate(told)
        ]
        order.append(first(GROUPS, *columns)["measure"])  # type: ignore[arg-type]
        told = [one for one in told if one[0] != order[-1]]
    assert order == ["支出", "人数", "达标率", "时长", "余额"]


def test_numbers_of_the_rows_are_no_measure() -> None:
    rising = ("第几", "number", [Decimal(n) for n in range(1, 13)])
    assert first(GROUPS, rising)["measure"] is None


def test_the_same_numbers_twice_are_told_once() -> None:
    sheet = sheet_of(GROUPS, ("金额", "money", SOME), ("实付金额", "money", SOME))
    assert {one.recipe.measure for one in charts(sheet)} == {1, None}


def test_days_of_birth_are_no_time() -> None:
    born = ("出生日期", "date", [date(1970 + n, 1, 1) for n in range(12)])
    assert first(GROUPS, born)["by"] == "组"


@pytest.mark.parametrize(
    ("days", "step"),
    [([1, 2, 30], "day"), ([1, 40, 900], "month"), ([1, 400, 3_000], "year"),
     ([1, *[40_000 + n for n in range(30)]], "day")],
)  # fmt: skip
def test_the_step_fits_how_far_the_days_lie_apart(days: list[int], step: str) -> None:
    told = [date.fromordinal(700_000 + n) for n in days]
    assert step_of(sheet_of(("日期", "date", told)), 0) == step


def test_the_rule_and_each_reason_are_told_in_both_languages() -> None:
    sheet = sheet_of(GROUPS, ("金额", "money", SOME))
    reasons = [one.reason for one in charts(sheet)]
    assert reasons[0].zh == "“组”是类别，“金额”是金额，作比较"
    for told in (RULE, *reasons):
        assert told.zh != told.en
        assert "{" not in told.zh + told.en


def test_school_years_that_stand_once_each_are_categories() -> None:
    sheet = only("学年,人数\n2022-2023学年,10\n2023-2024学年,20\n2024-2025学年,15\n")
    assert [one.recipe.by for one in chosen(sheet, profile(sheet))][:1] == [0]
