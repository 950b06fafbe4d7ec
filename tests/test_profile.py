"""The figures of a table by a second road: plain Python over the raw cells of the same file."""

from __future__ import annotations

import csv
import statistics
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from explored import FILES, case, only
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exploring import profile
from dashboard.exploring.doubts import Finding, doubts
from dashboard.exploring.profile import ColumnProfile, Profile
from dashboard.importing.loose.model import LooseSheet

TODAY = date(2026, 1, 15)
BOOKS = "books_handed_out.csv"


@pytest.fixture(scope="module")
def raw() -> list[dict[str, str]]:
    """The data rows as they stand in the file: below row 3, above the total and the signature."""
    rows = list(csv.reader((FILES / BOOKS).read_text("utf-8").splitlines()))
    return [dict(zip(rows[2], row, strict=True)) for row in rows[3:-2]]


@pytest.fixture(scope="module")
def sheet() -> LooseSheet:
    return case(BOOKS)


@pytest.fixture(scope="module")
def found(sheet: LooseSheet) -> Profile:
    return profile(sheet)


def column(found: Profile, label: str) -> ColumnProfile:
    return next(one for one in found.columns if one.column.label == label)


def test_rows_columns_and_empty_cells_are_those_of_the_file(
    found: Profile, raw: list[dict[str, str]]
) -> None:
    assert (found.rows, len(found.columns)) == (len(raw), len(raw[0]))
    assert found.cells == len(raw) * len(raw[0])
    assert found.empty == sum(not cell for row in raw for cell in row.values())
    assert found.rows_with_empty == sum(not all(row.values()) for row in raw)
    for one in found.columns:
        cells = [row[one.column.label] for row in raw]
        assert one.column.empty == cells.count("")
        assert one.column.distinct == len({cell for cell in cells if cell})


def test_repeated_rows_are_those_that_differ_in_their_number_only(
    found: Profile, raw: list[dict[str, str]]
) -> None:
    said = Counter(tuple(cell for name, cell in row.items() if name != "序号") for row in raw)
    assert found.same_rows == sum(times - 1 for times in said.values()) == 1


def test_numbers_are_exact(found: Profile, raw: list[dict[str, str]]) -> None:
    amounts = [Fraction(40) if "万" in row["金额"] else Fraction(row["金额"])
               for row in raw if row["金额"] != "待定"]  # fmt: skip
    figures = column(found, "金额").figures
    assert figures is not None
    assert (figures.count, figures.low, figures.high) == (24, min(amounts), max(amounts))
    assert (figures.total, figures.mean) == (sum(amounts), sum(amounts) / len(amounts))
    quarters = statistics.quantiles(amounts, n=4, method="inclusive")
    assert [figures.first_quarter, figures.median, figures.third_quarter] == quarters
    assert column(found, "金额").fits == Fraction(24, 25)


def test_days_answers_and_top_values_are_counted(found: Profile, raw: list[dict[str, str]]) -> None:
    days = sorted(row["领取日期"] for row in raw if row["领取日期"] != "1900-01-00")
    ends = column(found, "领取日期").days
    assert ends is not None
    assert [day.isoformat() for day in ends] == [days[0], days[-1]]
    assert column(found, "是否签字").yes == sum(row["是否签字"] == "是" for row in raw)
    grades = Counter(row["年级"] for row in raw)
    top = column(found, "年级").top
    assert {one.value: one.count for one in top} == dict(grades)
    assert [one.share for one in top] == [Fraction(one.count, len(raw)) for one in top]
    assert [one.count for one in top] == sorted(grades.values(), reverse=True)


def test_months_and_years_reach_from_the_first_to_the_last() -> None:
    months = column(profile(case("salaries_in_two_scales.csv")), "月份")
    assert months.ends == ("2025-01", "2025-09")
    years = column(profile(only("年度,册数\n2023年,5\n2021年,7\n2022,6\n")), "年度")
    assert years.ends == ("2021", "2023")


def test_no_value_of_a_person_is_told(found: Profile) -> None:
    personal = [one for one in found.columns if one.column.personal]
    assert len(personal) == 4
    assert all(one.top == () and one.figures is None for one in personal)


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=60))
def test_quantiles_are_those_of_the_standard_library(numbers: list[Decimal]) -> None:
    rows = "\n".join(f"第{at}项,{value}" for at, value in enumerate(numbers))
    (_, one) = profile(only(f"项目,读数\n{rows}\n")).columns
    assert one.figures is not None
    assert one.figures.total == sum(map(Fraction, numbers))
    assert (one.figures.low, one.figures.high) == (min(numbers), max(numbers))
    if len(numbers) > 1:
        told = [one.figures.first_quarter, one.figures.median, one.figures.third_quarter]
        exact = sorted(map(Fraction, numbers))
        assert told == statistics.quantiles(exact, n=4, method="inclusive")


# -- what is suspicious ------------------------------------------------------------------------


def told(text: str) -> dict[str, Finding]:
    sheet = only(text)
    return {one.code: one for one in doubts(sheet, profile(sheet), TODAY)}


def readings(*values: object) -> str:
    rows = "\n".join(f"第{at}项,{value}" for at, value in enumerate(values))
    return f"项目,读数\n{rows}\n"


def test_every_finding_says_its_rule_in_both_languages(sheet: LooseSheet, found: Profile) -> None:
    for one in doubts(sheet, found, TODAY):
        assert all((one.what.zh, one.what.en, one.rule.zh, one.rule.en))
        assert "{" not in one.what.zh + one.what.en


def test_a_value_three_spreads_away_is_told_and_one_within_is_not() -> None:
    near = [10, 11, 12, 13, 14, 15, 16]
    q1, _, q3 = statistics.quantiles([*near, 1000], n=4, method="inclusive")
    assert told(readings(*near, 1000))["outliers"].cells == ("B9",)
    assert "outliers" not in told(readings(*near, q3 + 3 * (q3 - q1)))
    assert "outliers" not in told(readings(*near[1:], 1000))  # seven values only
    assert "outliers" not in told(readings(*[5] * 8, 1000))  # nothing spreads


def test_two_scales_in_one_column_are_told() -> None:
    mixed = [4200, 4300, 4100, 4500, 4600, 4700, "0.42", "0.45"]
    assert told(readings(*mixed))["scales"].cells == ("B8", "B9")
    assert "scales" not in told(readings(*mixed[:-1], 4200))
    assert "scales" not in told(readings(*[4.2 if isinstance(v, str) else v for v in mixed][:7]))


def test_totals_that_differ_are_told_and_those_that_agree_are_not() -> None:
    rows = "项目,金额\n甲,100\n乙,200\n丙,300\n合计,{}\n"
    assert told(rows.format(700))["totals"].cells == ("B5",)
    assert "totals" not in told(rows.format(600))


def test_impossible_days_are_told() -> None:
    days = "姓名,出生日期,入职日期\n王伟,1980-01-01,2003-09-01\n"
    odd = told(days + "李娜,2027-01-01,1930-09-01\n张磊,1985-02-30,2031-09-01\n")
    assert odd["no_day"].cells == ("B4",)
    assert "C3" in odd["early"].cells
    assert "C4" in odd["late"].cells
    assert not {"no_day", "early", "late"} & told(days + "李娜,1930-01-01,2004-09-01\n").keys()


def test_spellings_of_one_thing_are_told_and_numbered_things_are_not() -> None:
    many = "语文教研组\n" * 6
    assert told(f"序号,部门\n{_numbered(many + '语文教硏组')}")["alike"].cells == ("B8", "B2")
    assert told(f"序号,部门\n{_numbered(many + '語文教研組')}")["alike"].cells == ("B8", "B2")
    classes = "三年级一班\n" * 6 + "三年级二班"
    assert "alike" not in told(f"序号,部门\n{_numbered(classes)}")


def _numbered(words: str) -> str:
    return "\n".join(f"{at},{word}" for at, word in enumerate(words.split("\n"), start=1)) + "\n"


def test_a_value_that_should_be_one_of_a_kind_and_is_not_is_told() -> None:
    codes = [f"A{n:03d}" for n in range(12)]
    rows = "\n".join(f"{code},项目{at}" for at, code in enumerate([*codes, "A003"]))
    assert told(f"编号,内容\n{rows}\n")["repeated"].cells == ("A5", "A14")
    again = "\n".join(f"{code},项目{at}" for at, code in enumerate([*codes, *codes]))
    assert "repeated" not in told(f"编号,内容\n{again}\n")


def test_a_hidden_or_empty_table_has_no_figures() -> None:
    found = profile(LooseSheet("空", hidden=True))
    assert (found.rows, found.columns, found.cells) == (0, (), 0)
    assert doubts(LooseSheet("空"), found, TODAY) == []
