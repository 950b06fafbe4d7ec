"""A table made here, looked at as a dropped one is; and the names a question may use for it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from explored import case, only

from dashboard.exploring.derived import sheet_of
from dashboard.exploring.profile import profile
from dashboard.exploring.questions.offered import offered, table_of
from dashboard.exploring.shelf import Dropped
from dashboard.importing.loose.model import LooseFile, LooseSheet
from dashboard.roles import Role

TODAY = date(2026, 1, 15)


def column(
    values: Any, name: str = "x", kind: pa.DataType | None = None
) -> tuple[str, list[Any], list[Any]]:
    """(kind, values, what is none)."""
    sheet = sheet_of("表", pa.table({name: pa.array(values, kind)}))
    assert sheet.table is not None
    profile(sheet)
    return sheet.columns[0].kind, sheet.table["c0"].to_pylist(), sheet.table["t0"].to_pylist()


def dropped(name: str, *sheets: LooseSheet) -> Dropped:
    return Dropped.of(name, b"", LooseFile(name, name, "csv", sheets=list(sheets)), TODAY)


def test_hundredths_a_question_made_are_no_shares() -> None:
    sheet = sheet_of("答", pa.table({"完成率": [85.0, 90.0], "占比": [0.5, 1.0]}))
    assert [column.kind for column in sheet.columns] == ["number", "ratio"]


def test_floats_keep_twelve_figures_and_what_is_no_number_is_a_text() -> None:
    kind, values, odd = column([0.1 + 0.2, 1 / 3, float("inf"), float("nan"), -0.0, None, 1e30])
    assert kind == "number"
    assert values == [
        Decimal("0.3"), Decimal("0.333333333333"), None, None, Decimal(0), None, None,
    ]  # fmt: skip
    assert odd == [None, None, "inf", "nan", None, None, "1e+30"]


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("金额", [1, 2, 3], "money"),
        ("人数", [1, 2, 3], "count"),
        ("入会率", [0.5, 0.25, 1.0], "ratio"),
        ("n", [1, 5, 3], "number"),
        ("编号", [1001, 1002, 1009], "code"),
        ("年份", [2023, 2024, 2025], "year"),
        ("月份", [202501, 202502, 202512], "month"),
        ("每月人均", [1, 2, 12], "number"),
        ("月份", ["2025-01", "2025-02", "2025-03"], "month"),
        ("部门", ["语文组", "数学组"] * 4, "category"),
        ("说明", ["甲乙丙丁", "戊己庚辛", "壬癸子丑"], "text"),
        ("签到", [True, False, None], "yes_no"),
        ("日期", [date(2025, 1, 2), None], "date"),
        ("时间", [datetime(2025, 1, 2, 10, 30), None], "date"),
        ("空", [None, None], "empty"),
        ("表", [[1, 2], [3]], "text"),
    ],
)  # fmt: skip
def test_a_kind_comes_from_the_type_and_the_headers_word(
    name: str, values: list[Any], kind: str
) -> None:
    assert column(values, name)[0] == kind


def test_a_day_no_calendar_has_stays_a_text() -> None:
    kind, values, odd = column([1, 2**31 - 1, -800_000, None], "日期", pa.date32())
    assert kind == "date"
    assert (values, odd) == (
        [date(1970, 1, 2), None, None, None], [None, "5881580-07-11", "-221-09-04", None],
    )  # fmt: skip


def test_masks_stay_masks_and_what_stands_among_them_is_masked() -> None:
    kind, values, _ = column(["张*", "欧阳*", "王小明", None], "姓名")
    assert (kind, values) == ("name", ["张*", "欧阳*", "王*", None])
    assert column(["138****1234", "139****0000"])[0] == "phone"
    assert column(["990***********0006", "990***********0013"])[0] == "identity"
    assert column(["**** 1234"] * 3)[0] == "card"
    assert column(["五星*", "四星级酒店", "好", "坏", "一般"], "等级")[0] == "text"


def test_numbers_that_identify_people_are_masked_wherever_they_come_from() -> None:
    kind, values, _ = column([13910000137, 13910000138, 13910000139], "手机")
    assert (kind, values) == ("phone", ["139****0137", "139****0138", "139****0139"])
    assert column(["张伟民", "李小龙", "王志强", "赵大海"], "姓名")[1] == [
        "张*",
        "李*",
        "王*",
        "赵*",
    ]


def test_counts_are_those_of_the_values() -> None:
    table = pa.table({"部门": ["语", "语", "数", "语", None], "n": [1, 1, 2, 1, None]})
    sheet = sheet_of("表", table)
    told = [(one.filled, one.empty, one.distinct) for one in sheet.columns]
    assert told == [(4, 1, 2), (4, 1, 2)]
    assert (sheet.same_rows, sheet.same_at) == (2, [(2, 1), (4, 1)])
    assert profile(sheet).rows_with_empty == 1


def test_rows_that_are_only_masks_are_not_called_the_same() -> None:
    sheet = sheet_of("表", pa.table({"姓名": ["张*", "张*"], "部门": ["语", "语"]}))
    assert (sheet.same_rows, sheet.tells_of_people) == (0, True)


def test_figures_agree_with_those_the_engine_counts() -> None:
    rows = duckdb.sql(
        "select i % 7 as k, (i * 37 % 1000)::decimal(12, 2) / 4 as 金额 from range(5000) t(i)"
    ).to_arrow_table()
    (own,) = duckdb.sql("select sum(金额), min(金额), max(金额), median(金额) from rows").fetchall()
    found = profile(sheet_of("表", rows)).columns[1].figures
    assert found is not None
    assert [float(found.total), float(found.low), float(found.high), float(found.median)] == list(
        own
    )


def test_a_table_without_rows_or_columns_is_one_all_the_same() -> None:
    assert sheet_of("空", pa.table({})).columns == []
    none = sheet_of("空", pa.table({"a": pa.array([], pa.int64())}))
    assert (none.rows, none.table) == (0, None)


def test_people_are_told_of_where_the_maker_says_so() -> None:
    assert sheet_of("表", pa.table({"n": [1]}), people=True).tells_of_people
    assert not sheet_of("表", pa.table({"n": [1]})).tells_of_people


# -- names for questions -------------------------------------------------------------------------


def test_tables_go_by_their_files_and_by_short_names() -> None:
    sheet = only("部门,金额\n语,1\n数,2\n")
    files = [
        dropped("2025 名册.csv", sheet), dropped("2025-名册.xlsx", sheet), dropped("T2.csv", sheet),
        dropped("！！.csv", sheet),
    ]  # fmt: skip
    names = [one.names for one in offered(files, Role.OFFICER) if not isinstance(one.source, tuple)]
    assert names == [("t1", "2025_名册"), ("t2", "2025_名册_2"), ("t3", "T2_"), ("t4", "表")]
    every = [name.lower() for one in offered(files, Role.OFFICER) for name in one.names]
    assert len(every) == len(set(every))


def test_columns_go_by_their_headers_equal_ones_numbered() -> None:
    table = table_of(only('行,金额,金额,"a""b",备注\n1,2,3,4,x\n5,6,7,8,y\n'))
    assert table.column_names == ["行", "行_2", "金额", "金额 #2", "a b", "备注"]
    assert table["行"].to_pylist() == [2, 3]


def test_what_does_not_fit_stands_beside_as_it_was_written() -> None:
    table = table_of(case("books_handed_out.csv"))
    assert {name for name in table.column_names if name.endswith("·原文")} == {
        "证件·原文", "领取日期·原文", "金额·原文",
    }  # fmt: skip
    both = zip(table["金额"].to_pylist(), table["金额·原文"].to_pylist(), strict=True)
    assert [text for value, text in both if value is None] == ["待定"]
    assert not [name for name in table.column_names if name[:1] in "kp" and name[1:].isdigit()]


def test_numbers_are_as_narrow_as_they_can_be() -> None:
    table = table_of(only("人数,金额,长\n1,2.50,12345678901234567.25\n3,4.25,1\n"))
    assert table.schema.field("人数").type == pa.int64()
    assert table.schema.field("金额").type == pa.decimal128(18, 2)
