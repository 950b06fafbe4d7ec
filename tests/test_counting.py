"""What a chart of any table counts, against plain Python over the same cells."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from drawn_tables import TOLD, cells, marks, sheet_of
from explored import case
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import BadDefinition, RefusedRequest
from dashboard.exploring.charting import axes, tables
from dashboard.exploring.charting.choices import offered
from dashboard.exploring.charting.counting import DOTS, counted
from dashboard.exploring.charting.recipe import Counted, Recipe
from dashboard.importing.loose.model import LooseSheet
from dashboard.settings import QUERIES

DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
WORDS = st.sampled_from(["语文组", "数学组", "英语组", "综合组", "后勤", "一年级", "二年级"])
WRONG = st.sampled_from([None, None, ("待定",), ("—",)])
ROWS = st.lists(
    st.tuples(
        DAYS | WRONG, st.none() | WORDS, st.booleans() | WRONG, AMOUNTS | WRONG,
        st.none() | WORDS, AMOUNTS | WRONG,
    ),
    max_size=40,
)  # fmt: skip
KINDS = [("日期", "date"), ("部门", "category"), ("是否签字", "yes_no"), ("金额", "money"),
         ("级别", "category"), ("时长", "number")]  # fmt: skip
UNITS = st.sampled_from(["", "元", "千元", "万元"])


def drawn(rows: list[tuple[Any, ...]], unit: str = "") -> LooseSheet:
    columns = list(zip(*rows, strict=True)) or [()] * len(KINDS)
    told = [(name, kind, held) for (name, kind), held in zip(KINDS, columns, strict=True)]
    return sheet_of(*told, unit=unit)  # type: ignore[arg-type]


def agrees(sheet: LooseSheet, recipe: Recipe) -> None:
    """Every mark, the rest among them, is what plain Python makes of its rows."""
    found, (plain, told) = counted(sheet, recipe), marks(sheet, recipe)
    assert (found.used, found.empty, found.unfit) == (told["used"], told["empty"], told["unfit"])
    shown = {name.value for name in found.names if not name.rest}
    series = {name.value for name, _ in found.series if not name.rest}
    for name, amounts in found.series:
        assert len(amounts) == len(found.names)
        for along, amount in zip(found.names, amounts, strict=True):
            inside = [
                held
                for (one, other), held in plain.items()
                if (one not in shown if along.rest else one == along.value)
                and (
                    recipe.split is None
                    or (other not in series if name.rest else other == name.value)
                )
            ]
            values = [value for held in inside for value in held]
            assert amount.rows == len(values)
            if values:
                assert amount.value == TOLD[recipe.how](values)
            elif inside or recipe.how in ("mean", "median"):
                assert amount.value is None
            else:
                assert amount.value == 0


@given(rows=ROWS, unit=UNITS, data=st.data())
def test_every_mark_is_what_its_rows_make(
    rows: list[tuple[Any, ...]], unit: str, data: st.DataObject
) -> None:
    sheet = drawn(rows, unit)
    how = data.draw(st.sampled_from(["rows", "sum", "mean", "median", "distinct"]))
    by = data.draw(st.sampled_from([0, 1, 2, 4]))
    measure = {"rows": None, "distinct": data.draw(st.sampled_from([0, 1, 4]))}.get(
        how, data.draw(st.sampled_from([3, 5]))
    )
    agrees(
        sheet,
        Recipe(
            "columns", by, how, measure,
            split=data.draw(st.sampled_from([one for one in (None, 1, 2, 4) if one != by])),
            step=data.draw(st.sampled_from(["week", "month", "quarter", "year", "school_year"])),
            top=data.draw(st.integers(1, 4)),
            order=data.draw(st.sampled_from(["most", "least", "name"])),
        ),
    )  # fmt: skip


@given(rows=ROWS, data=st.data())
def test_a_kept_chart_is_the_chart_of_the_kept_rows(
    rows: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    sheet = drawn(rows)
    wanted = data.draw(st.sets(st.none() | WORDS, max_size=3))
    found = counted(sheet, Recipe("columns", 2, "sum", 3, kept=((1, tuple(wanted)),)))
    held = [row for row in rows if row[1] in wanted]
    alone = counted(drawn(held), Recipe("columns", 2, "sum", 3))
    assert (found.names, [a for _, a in found.series]) == (
        alone.names,
        [a for _, a in alone.series],
    )
    assert (found.used, found.empty, found.unfit) == (alone.used, alone.empty, alone.unfit)
    assert found.used + found.empty + found.unfit + found.kept_out == len(rows)


@given(rows=ROWS, unit=UNITS)
def test_each_class_holds_the_numbers_it_says(rows: list[tuple[Any, ...]], unit: str) -> None:
    sheet = drawn(rows, unit)
    found = counted(sheet, Recipe("columns", 3))
    numbers = [value for value in cells(sheet, 3) if isinstance(value, Fraction)]
    assert sum(amount.rows for amount in amounts(found)) == found.used == len(numbers)
    for name, amount in zip(found.names, amounts(found), strict=True):
        low, _, high = (name.value or "").strip("[])").partition(",")
        closed = (name.value or "").endswith("]")
        inside = [n for n in numbers if Fraction(low) <= n and (n < Fraction(high) or
                  (closed and n == Fraction(high)))]  # fmt: skip
        assert amount.rows == len(inside)
        clicked = counted(sheet, Recipe("columns", 1, kept=((3, (name.value,)),)))
        assert clicked.used == len(inside)


def amounts(found: Counted) -> tuple[Any, ...]:
    return found.series[0][1] if found.series else ()


def names(found: Counted) -> list[str]:
    return [name.text.zh for name in found.names]


def of(header: str, kind: Any, *held: Any, **more: Any) -> LooseSheet:
    """A table of one column, and 1 in another beside it."""
    return sheet_of((header, kind, held), ("数", "count", [Decimal(1)] * len(held)), **more)


# -- time --------------------------------------------------------------------------------------


def test_nothing_happened_is_zero_for_sums_and_nothing_for_means() -> None:
    sheet = sheet_of(
        ("日期", "date", [date(2025, 1, 5), date(2025, 4, 1), date(2025, 3, 1)]),
        ("金额", "money", [Decimal("0.10"), Decimal("0.20"), None]),
    )
    total = counted(sheet, Recipe("lines", 0, "sum", 1))
    assert names(total) == ["2025年1月", "2025年2月", "2025年3月", "2025年4月"]
    assert [a.value for a in amounts(total)] == [Fraction(1, 10), 0, None, Fraction(1, 5)]
    mean = counted(sheet, Recipe("lines", 0, "mean", 1))
    assert [a.value for a in amounts(mean)] == [Fraction(1, 10), None, None, Fraction(1, 5)]
    rows = counted(sheet, Recipe("lines", 0))
    assert [a.value for a in amounts(rows)] == [1, 0, 1, 1]


def test_a_school_year_begins_in_september() -> None:
    sheet = of("日期", "date", date(2024, 8, 31), date(2024, 9, 1), date(2025, 8, 31))
    found = counted(sheet, Recipe("lines", 0, step="school_year"))
    assert names(found) == ["2023–2024学年", "2024–2025学年"]
    assert [a.rows for a in amounts(found)] == [1, 2]


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    found = counted(of("日期", "date", date(2024, 12, 30)), Recipe("lines", 0, step="week"))
    assert (found.names[0].value, names(found)) == ("2025-W01", ["2025年第1周"])


def test_months_without_a_year_stand_from_january() -> None:
    found = counted(of("月份", "month", "11", "03", "01"), Recipe("lines", 0))
    assert names(found)[:3] == ["1月", "2月", "3月"]
    assert (names(found)[-1], len(found.names)) == ("11月", 11)


def test_no_year_is_made_up_for_the_few_months_that_lack_one() -> None:
    found = counted(of("月份", "month", "2025-03", "2025-04", "05"), Recipe("lines", 0))
    assert (names(found), found.unfit) == (["2025年3月", "2025年4月"], 1)


def test_a_mistyped_century_hides_its_empty_years_only() -> None:
    sheet = of("日期", "date", date(1925, 7, 1), date(2025, 7, 1), date(2025, 7, 4))
    found = counted(sheet, Recipe("lines", 0, step="day"))
    assert names(found) == ["1925-07-01", "2025-07-01", "2025-07-02", "2025-07-03", "2025-07-04"]


@pytest.mark.parametrize("step", ["day", "week", "month", "quarter", "year", "school_year"])
def test_a_click_on_a_step_keeps_its_rows(step: Any) -> None:
    sheet = of("日期", "date", date(2024, 8, 31), date(2024, 9, 1), date(2025, 8, 31), None)
    found = counted(sheet, Recipe("lines", 0, step=step))
    for name, amount in zip(found.names, amounts(found), strict=True):
        kept = counted(sheet, Recipe("lines", 0, step="day", kept=((0, (name.value,)),)))
        assert kept.used == amount.rows


# -- categories --------------------------------------------------------------------------------


def test_empty_cells_are_a_name_of_their_own_and_the_last() -> None:
    found = counted(of("部门", "category", None, None, "语文组"), Recipe("bars", 0))
    assert names(found) == ["语文组", "（空）"]
    assert found.names[1].value is None
    assert [a.rows for a in amounts(found)] == [1, 2]


def test_the_tail_is_counted_from_its_own_rows() -> None:
    sheet = sheet_of(
        ("部门", "category", ["甲", "乙", "丙", "丙"]),
        ("金额", "money", [Decimal(9), Decimal(8), Decimal(1), Decimal(2)]),
    )
    found = counted(sheet, Recipe("bars", 0, "mean", 1, top=1))
    assert [(n.text.zh, n.rest) for n in found.names] == [("甲", False), ("其余2项", True)]
    assert amounts(found)[1].value == Fraction(11, 3)


def test_one_name_too_many_is_shown_itself() -> None:
    found = counted(of("部门", "category", "甲", "乙", "丙"), Recipe("bars", 0, top=2))
    assert not any(name.rest for name in found.names)


@pytest.mark.parametrize(
    "words",
    [
        ["一年级", "二年级", "三年级", "十年级", "十一年级"],
        ["1班", "2班", "10班", "11班"],
        ["一（2）班", "一（10）班", "二（1）班"],
        ["星期一", "星期三", "星期日"],
        ["优秀", "良好", "合格", "不合格"],
        ["特困", "困难", "一般"],
        ["S", "M", "L", "XL", "XXL"],
        ["第1周", "第2周", "第12周"],
    ],
)
def test_people_know_an_order_of_such_words(words: list[str]) -> None:
    found = counted(of("级", "category", *reversed(words)), Recipe("bars", 0, order="name"))
    assert names(found) == words


def test_a_holiday_with_a_number_in_its_name_is_in_no_order() -> None:
    sheet = of("节", "category", "春节", "三八节", "六一节", "中秋", "元旦")
    assert not axes.axis(sheet, 0, "month").known
    assert axes.axis(of("级", "category", "1级", "2级"), 0, "month").known


# -- numbers -----------------------------------------------------------------------------------


def test_money_is_told_in_yuan_whatever_its_column_says() -> None:
    planned = [Decimal("1.5"), Decimal("0.01")]
    subjects = ("科目", "category", ["甲", "甲"])
    sheet = sheet_of(subjects, ("预算（万元）", "money", planned), unit="万元")
    found = counted(sheet, Recipe("bars", 0, "sum", 1))
    assert (amounts(found)[0].value, found.unit) == (15_100, "yuan")
    assert (found.title.zh, found.measured.zh) == ("各科目预算合计", "预算合计")
    assert counted(sheet, Recipe("columns", 1)).along.zh == "预算（元）"


def test_what_is_counted_keeps_its_word() -> None:
    sheet = sheet_of(
        ("部门", "category", ["甲", "乙"]), ("时长（小时）", "number", [Decimal(3), None])
    )
    found = counted(sheet, Recipe("bars", 0, "mean", 1))
    assert (found.suffix, found.unit, found.empty) == ("小时", "number", 1)


def test_sums_are_exact_however_large() -> None:
    huge = Decimal(9 * 10**35)
    sheet = sheet_of(
        ("部门", "category", ["甲"] * 300), ("数", "number", [huge] * 299 + [Decimal("0.01")])
    )
    found = counted(sheet, Recipe("bars", 0, "sum", 1))
    assert amounts(found)[0].value == 299 * Fraction(huge) + Fraction(1, 100)
    spread = counted(sheet, Recipe("columns", 1))
    assert sum(a.rows for a in amounts(spread)) == 300


def test_scores_up_to_a_hundred_end_with_a_class_that_holds_it() -> None:
    scores = [Decimal(50 + n * 7 % 50) for n in range(60)] + [Decimal(100)]
    found = counted(of("得分", "number", *scores), Recipe("columns", 0))
    assert (names(found)[0], names(found)[-1]) == ("50–60", "90–100")


def test_one_wrong_number_flattens_nothing() -> None:
    held = [Decimal(n % 40) for n in range(80)] + [Decimal(9_999), Decimal(-5_000)]
    found = counted(of("数", "number", *held), Recipe("columns", 0))
    assert (names(found)[0], names(found)[-1]) == ("0 以下", "40 及以上")
    assert [a.rows for a in (amounts(found)[0], amounts(found)[-1])] == [1, 1]


def test_few_whole_numbers_stand_for_themselves_and_the_empty_ones_between() -> None:
    found = counted(of("年龄", "number", *map(Decimal, (6, 9, 6))), Recipe("columns", 0))
    assert (names(found), [a.rows for a in amounts(found)]) == (["6", "7", "8", "9"], [2, 0, 0, 1])


def test_dots_are_drawn_evenly_and_all_rows_told() -> None:
    many = [Decimal(n) for n in range(DOTS * 2)]
    sheet = sheet_of(("甲", "number", many), ("乙", "number", [*many[1:], None]))
    found = counted(sheet, Recipe("points", 0, measure=1))
    assert (len(found.dots), found.used, found.empty) == (DOTS, DOTS * 2 - 1, 1)
    assert found.dots[0] == (0, 1)
    assert found.dots[-1] == (DOTS * 2 - 2, DOTS * 2 - 1)


# -- people ------------------------------------------------------------------------------------


def test_people_are_told_apart_by_their_keys() -> None:
    sheet = sheet_of(
        ("部门", "category", ["甲", "甲", "乙", "乙"]),
        ("姓名", "name", ["张*", "张*", "张*", None]),
    )
    with pytest.raises(RefusedRequest):
        counted(sheet, Recipe("bars", 0, "distinct", 1))
    assert sheet.table is not None
    sheet.table = sheet.table.append_column("k1", pa.array([7, 8, 7, None], pa.int64()))
    found = counted(sheet, Recipe("bars", 0, "distinct", 1))
    assert {n: a.value for n, a in zip(names(found), amounts(found), strict=True)} == {
        "甲": 2,
        "乙": 1,
    }
    assert (found.people, found.empty) == (True, 1)


PEOPLE = "books_handed_out.csv"  # 0 number, 1 to 4 people, 5 category, 6 day, 7 8 numbers, 9 yes


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe("bars", 1), Recipe("bars", 0), Recipe("bars", 3), Recipe("heat", 5, split=1),
        Recipe("lines", 5), Recipe("lines", 1), Recipe("points", 5, measure=8), Recipe("points", 8),
        Recipe("points", 8, measure=8), Recipe("heat", 5), Recipe("heat", 5, split=5),
        Recipe("bars", 5, "sum"), Recipe("bars", 5, "sum", 1), Recipe("bars", 5, "mean", 6),
        Recipe("bars", 5, "rows", 8), Recipe("bars", 5, "distinct", 8),
        Recipe("columns", 8, "sum", 7),
        Recipe("columns", 8, split=5), Recipe("bars", 99), Recipe("bars", -1),
        Recipe("bars", 5, split=99),
        Recipe("bars", 5, top=0), Recipe("bars", 5, top=1_000),
        Recipe("bars", 5, kept=((1, ("王*",)),)),
        Recipe("bars", 5, kept=((6, ("tomorrow",)),)), Recipe("bars", 5, kept=((8, ("10–20",)),)),
        Recipe("bars", 5, kept=((77, (None,)),)),
    ],
)  # fmt: skip
def test_what_the_columns_do_not_allow_is_refused(recipe: Recipe) -> None:
    with pytest.raises(RefusedRequest) as refused:
        counted(case(PEOPLE), recipe)
    assert refused.value.code == "bad_recipe"


def test_ratios_are_never_summed() -> None:
    sheet = sheet_of(
        ("部门", "category", ["甲", "乙"]), ("完成率", "ratio", [Decimal("0.5"), Decimal("0.25")])
    )
    with pytest.raises(RefusedRequest):
        counted(sheet, Recipe("bars", 0, "sum", 1))
    assert counted(sheet, Recipe("bars", 0, "mean", 1)).unit == "ratio"
    assert "sum" not in offered(sheet, Recipe("bars", 0)).hows


def test_a_hidden_table_has_no_chart() -> None:
    sheet = replace(case(PEOPLE), table=None)
    with pytest.raises(RefusedRequest):
        counted(sheet, Recipe("bars", 5))


# -- our own statements ------------------------------------------------------------------------


def test_the_statements_load_and_name_no_person() -> None:
    assert set(tables.queries()) == {path.stem for path in (QUERIES / "explore").glob("*.sql")}
    assert all(query.people is None for query in tables.queries().values())


def test_a_word_of_the_table_is_never_a_statement() -> None:
    evil = "'; drop table marks; --"
    found = counted(of(evil, "category", evil, '"', "$1"), Recipe("bars", 0))
    assert set(names(found)) == {evil, '"', "$1"}


def test_a_statement_sees_no_file_and_changes_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    known = tables.queries()["mark_rows"]
    for sql in (
        "select * from 'README.md'",
        "select * from read_text('README.md')",
        "set threads = 9",
    ):
        monkeypatch.setitem(tables.queries(), "mark_rows", replace(known, sql=sql))
        with pytest.raises(BadDefinition):
            tables.asked("mark_rows", {})


def test_a_question_sees_its_own_tables_only() -> None:
    """The table of a question is gone with it, and no other can see it meanwhile."""
    secret = pa.table({"along": [1], "series": [1]})
    assert tables.asked("mark_rows", {"marks": secret}).num_rows == 1
    with pytest.raises(BadDefinition, match="marks"):
        tables.asked("mark_rows", {})
    open_one = tables._closed().cursor()
    open_one.register("marks", secret)
    with pytest.raises(BadDefinition, match="marks"):
        tables.asked("mark_rows", {})
    open_one.close()


def test_questions_of_several_sessions_at_once_keep_apart() -> None:
    def rows(many: int) -> int:
        given = pa.table({"along": [0] * many, "series": [0] * many})
        return int(tables.asked("mark_rows", {"marks": given})["used"][0].as_py())

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(rows, range(1, 200))) == list(range(1, 200))


# -- how it is called --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "kind", "measured", "suffix"),
    [
        ("学生人数", "count", "学生人数合计", "人"),
        ("参加人次", "count", "参加人次合计", "人次"),
        ("数量（件）", "count", "数量合计", "件"),
        ("票数", "count", "票数合计", "票"),
        ("工时（小时）", "number", "工时合计", "小时"),
        ("成绩（期中）", "number", "成绩（期中）合计", ""),
        ("金额（元）", "money", "金额合计", ""),
        ("合计", "money", "合计", ""),
    ],
)
def test_a_measure_is_called_without_its_unit(
    header: str, kind: Any, measured: str, suffix: str
) -> None:
    sheet = sheet_of(("部门", "category", ["甲", "乙"]), (header, kind, [Decimal(1), Decimal(2)]))
    found = counted(sheet, Recipe("bars", 0, "sum", 1))
    assert (found.measured.zh, found.suffix) == (measured, suffix)


def test_words_of_the_latin_alphabet_do_not_run_together() -> None:
    sheet = sheet_of(("Type", "category", ["A", "B"]), ("Amount", "money", [Decimal(1), None]))
    assert counted(sheet, Recipe("bars", 0, "sum", 1)).title.zh == "各Type Amount合计"
