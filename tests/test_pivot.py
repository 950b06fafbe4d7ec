"""A table turned: every figure and every total on a second road, from the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pyarrow as pa
import pytest
from explored import only
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import RefusedRequest
from dashboard.exploring.charting.recipe import How
from dashboard.exploring.made import CODE, column, table
from dashboard.exploring.pivots.pivoting import ACROSS, DOWN, Pivot, along, measures, pivot
from dashboard.exploring.pivots.turned import turned
from dashboard.exploring.profile import profile
from dashboard.importing.loose.model import Kind, LooseSheet
from dashboard.text import Text

LEDGER = only(
    "日期,科目,部门,金额（万元）,完成率,经办人\n"
    "2025-01-05,慰问费,语文组,0.12,90%,王伟\n"
    "2025-01-20,活动费,语文组,0.3,80%,李娜\n"
    "2025-02-03,慰问费,数学组,1.05,,王伟\n"
    "2025-02-11,活动费,,待定,70%,刘洋\n"
    "2025-03-01,慰问费,语文组,0.08,60%,陈静\n"
    "2025-03-09,活动费,数学组,,50%,赵敏\n"
)
AT = {one.label: at for at, one in enumerate(LEDGER.columns)}
MONEY = AT["金额（万元）"]


def words(found: Pivot) -> list[tuple[str, ...]]:
    return [tuple(name.text.zh for name in line) for line in found.lines]


def values(found: Pivot) -> list[list[Fraction | None]]:
    return [[one.value for one in line] for line in found.cells]


def test_amounts_are_summed_in_yuan_with_totals_both_ways() -> None:
    found = pivot(LEDGER, [AT["科目"]], AT["部门"], "sum", MONEY)
    assert [name.text.zh for name in found.columns] == ["数学组", "语文组"]
    assert dict(zip(words(found), values(found), strict=True)) == {
        ("慰问费",): [10_500, 2_000],
        ("活动费",): [None, 3_000],
    }
    assert (found.unit, found.measured.zh, found.total.value) == ("yuan", "金额合计", 15_500)
    assert [one.value for one in found.column_totals] == [10_500, 5_000]
    assert (found.used, found.empty, found.unfit) == (4, 1, 1)


def test_the_mean_of_all_is_no_mean_of_means() -> None:
    found = pivot(LEDGER, [AT["部门"]], None, "mean", AT["完成率"])
    assert dict(zip(words(found), values(found), strict=True)) == {
        ("数学组",): [Fraction(1, 2)],
        ("语文组",): [Fraction(23, 30)],
        ("（空）",): [Fraction(7, 10)],
    }
    assert found.total.value == Fraction(35, 50)
    assert (found.unit, found.used, found.empty) == ("ratio", 5, 1)


def test_months_stand_in_their_order_and_two_columns_go_down() -> None:
    found = pivot(LEDGER, [AT["日期"], AT["科目"]], None, "rows")
    assert words(found)[:3] == [
        ("2025年1月", "慰问费"), ("2025年1月", "活动费"), ("2025年2月", "慰问费"),
    ]  # fmt: skip
    assert found.total.value == 6
    quarters = pivot(LEDGER, [AT["日期"]], None, "rows", step="quarter")
    assert words(quarters) == [("2025年第1季度",)]


def test_persons_codes_and_free_text_never_stand_along_a_side() -> None:
    assert [LEDGER.columns[at].label for at in along(LEDGER)] == ["日期", "科目", "部门"]
    assert AT["完成率"] not in measures(LEDGER, "sum")


@pytest.mark.parametrize(
    ("down", "across", "how", "measure"),
    [
        ([AT["经办人"]], None, "rows", None),
        ([], None, "rows", None),
        ([AT["科目"]], AT["科目"], "rows", None),
        ([AT["科目"]], None, "sum", AT["完成率"]),
        ([AT["科目"]], None, "sum", None),
        ([AT["科目"]], None, "rows", MONEY),
        ([AT["科目"]], 99, "rows", None),
    ],
)
def test_what_cannot_be_counted_is_refused(
    down: list[int], across: int | None, how: How, measure: int | None
) -> None:
    with pytest.raises(RefusedRequest) as refusal:
        pivot(LEDGER, down, across, how, measure)
    assert refusal.value.code == "bad_recipe"


def test_a_pivot_kept_is_a_table_with_a_row_for_each_cell() -> None:
    found = pivot(LEDGER, [AT["日期"]], AT["科目"], "sum", MONEY)
    made = turned(found, Text("科目", "科目"), (True, False), "透视", "zh", people=True)
    assert [(one.label, one.kind, one.unit) for one in made.columns] == [
        ("日期", "month", ""), ("科目", "category", ""), ("金额合计", "money", "元"),
    ]  # fmt: skip
    assert made.tells_of_people
    assert made.table is not None
    assert sum(made.table["c2"].to_pylist()) == found.total.value
    assert profile(made).rows == made.rows == 4
    again = pivot(made, [1], None, "sum", 2)
    assert again.total.value == found.total.value


# -- the second road -----------------------------------------------------------------------------

WORDS = st.none() | st.sampled_from(["甲", "乙", "丙", "1班", "2班", "10班"])
DAYS = st.none() | st.dates(date(2024, 11, 1), date(2025, 3, 1))
AMOUNTS = st.none() | st.decimals(-(10**20), 10**20, places=3, allow_nan=False)
DRAWN = st.lists(st.tuples(WORDS, DAYS, AMOUNTS), min_size=1, max_size=30)
Drawn = list[tuple[str | None, date | None, Decimal | None]]
KINDS: tuple[tuple[str, Kind, pa.DataType], ...] = (
    ("部门", "category", pa.string()),
    ("日期", "date", pa.date32()),
    ("数", "number", pa.decimal128(38, 3)),
)


def sheet(rows: Drawn) -> LooseSheet:
    made = [
        column(replace(CODE, header=label, kind=kind), {"c": pa.array([r[at] for r in rows], form)})
        for at, (label, kind, form) in enumerate(KINDS)
    ]
    return table("表", pa.array(range(len(rows)), pa.int32()), made, people=False)


FIGURES: dict[How, Callable[[list[Decimal]], Fraction]] = {
    "sum": lambda numbers: sum(map(Fraction, numbers), Fraction(0)),
    "mean": lambda numbers: sum(map(Fraction, numbers), Fraction(0)) / len(numbers),
    "median": lambda numbers: Fraction(median(map(Fraction, numbers))),
}


def name(value: str | date | None) -> str:
    if value is None:
        return "（空）"
    return value if isinstance(value, str) else f"{value.year}年{value.month}月"


def grouped(rows: Iterable[tuple[Any, ...]], *places: int) -> dict[tuple[str, ...], list[Decimal]]:
    found: dict[tuple[str, ...], list[Decimal]] = {}
    for row in rows:
        found.setdefault(tuple(name(row[at]) for at in places), []).append(row[2])
    return found


@settings(deadline=None, max_examples=150)
@given(DRAWN, st.sampled_from(list(FIGURES)))
def test_figures_and_totals_agree_with_a_plain_second_road(rows: Drawn, how: How) -> None:
    found = pivot(sheet(rows), [0], 1, how, 2)
    used = [row for row in rows if row[2] is not None]
    figure = FIGURES[how]
    cells = grouped(used, 0, 1)
    for line, amounts in zip(words(found), found.cells, strict=True):
        for head, amount in zip(found.columns, amounts, strict=True):
            numbers = cells.get((*line, head.text.zh), [])
            assert amount.rows == len(numbers)
            assert amount.value == (figure(numbers) if numbers else None)
    lines, columns = grouped(used, 0), grouped(used, 1)
    assert dict(zip(words(found), (one.value for one in found.line_totals), strict=True)) == {
        line: figure(numbers) for line, numbers in lines.items()
    }
    assert [one.value for one in found.column_totals] == [
        figure(columns[(head.text.zh,)]) for head in found.columns
    ]
    assert found.total.value == (figure([row[2] for row in used]) if used else None)
    assert found.used + found.empty + found.unfit == len(rows)


@settings(deadline=None)
@given(DRAWN)
def test_different_values_are_counted_once_in_a_total(rows: Drawn) -> None:
    found = pivot(sheet(rows), [0], None, "distinct", 1)
    days = {row[1] for row in rows if row[1]}
    assert (found.total.value or 0) == len(days)
    for line, amount in zip(words(found), found.line_totals, strict=True):
        assert amount.value == len({row[1] for row in rows if name(row[0]) == line[0] and row[1]})


def test_what_is_beyond_the_shown_lines_is_one_and_counted_from_its_rows() -> None:
    rows: Drawn = [
        (f"{n // 40}年级{n % 40}班", date(2000 + n % 40, 1, 1), Decimal(n)) for n in range(9_000)
    ]
    found = pivot(sheet(rows), [0], 1, "mean", 2, "year")
    assert (len(found.lines), len(found.columns)) == (DOWN, ACROSS)
    assert found.lines[-1][0].rest
    assert found.columns[-1].rest
    shown = {line[0].text.zh for line in found.lines[:-1]}
    tail = [row[2] for row in rows if row[0] not in shown and row[2] is not None]
    assert found.line_totals[-1].value == sum(map(Fraction, tail), Fraction(0)) / len(tail)
    assert sum(one.rows for line in found.cells for one in line) == 9_000
