"""One cell of one column: the value, and the issues it leaves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column, Surroundings
from dashboard.importing.columns import Cell
from dashboard.importing.issues import KINDS
from dashboard.importing.registers.bulk import read_all
from dashboard.importing.values.coerce import Reader
from dashboard.importing.values.private import MASK

READER = Reader(Surroundings(year=2017), today=date(2026, 9, 1))


def column(name: str) -> Column:
    dataset, _, field = name.partition(".")
    return DATASETS[dataset].column(field)


def read(name: str, cell: Cell, reader: Reader = READER) -> tuple[Any, list[str]]:
    value, issues = reader.read(column(name), cell, "B3")
    return value, [found.code for found in issues]


@pytest.mark.parametrize(
    "word",
    ["估算中", "尚未核定", "未施作", "待定", "暂无", "尚未驗收", "未报销", "无法确定", "免费"],
)
def test_a_word_for_a_state_is_an_empty_amount_that_keeps_its_word(word: str) -> None:
    value, issues = READER.read(column("activities.cost"), word, "H3")
    if word in ("无法确定", "免费"):  # one says nothing we know, the other is an amount
        assert (value, issues[0].code) == (None, "bad_amount")
        return
    assert value is None
    assert [(found.code, found.severity, found.value) for found in issues] == [
        ("state_word", "info", word)
    ]
    assert word in issues[0].message.zh


def test_a_state_in_an_amount_the_row_needs_rejects_the_row() -> None:
    value, (found,) = READER.read(column("ledger.expense"), "尚未核定", "F3")
    assert (value, found.severity) == (None, "error")


def test_a_state_in_a_column_of_days_is_an_empty_day() -> None:
    assert read("proposals.replied_on", "办理中") == (None, ["state_word"])
    assert read("staff.left_on", "至今") == (None, ["state_word"])


@pytest.mark.parametrize("word", ["无", "無 ", "-", "/", "—", "没有"])
def test_a_word_for_nothing_is_nothing(word: str) -> None:
    assert read("activities.cost", word) == (None, [])
    assert read("activities.held_on", word) == (None, [])


def test_units_of_their_own_are_converted_and_each_is_said() -> None:
    assert read("activities.cost", "500元") == (Decimal(500), [])
    assert read("activities.cost", "0.3万元") == (Decimal(3000), ["unit_in_cell"])
    assert read("activities.cost", "约2千") == (
        Decimal(2000),
        ["unit_in_cell", "text_after_amount"],
    )


def test_a_percent_is_no_amount_and_no_count() -> None:
    assert read("activities.cost", "50%") == (None, ["bad_amount"])
    assert read("activities.attended", "95%") == (None, ["bad_count"])


# Made up; the region 990000 does not exist.
PERSONAL = ["１３９00001234", 13900001234, 330000900307123]


@pytest.mark.parametrize("cell", PERSONAL)
@pytest.mark.parametrize("field", ["activities.attended", "activities.cost", "ledger.expense"])
def test_a_number_of_a_person_is_no_figure(field: str, cell: Cell) -> None:
    value, (found,) = READER.read(column(field), cell, "I3")
    assert (value, found.code, found.value) == (None, "personal_figure", MASK)


def test_of_a_whole_column_neither() -> None:
    for cells in (["100.00", "13900001234"], [100, 13900001234], [1.5, 13900001234.0]):
        found = read_all([READER], column("ledger.income"), cells)
        assert found.objects() == [Decimal(str(cells[0])), None]
        assert [one.code for one in found.issues[1]] == ["personal_figure"]


def test_a_large_amount_is_an_amount() -> None:
    for cell in ("21900001234.50", 21900001234.5):
        assert read("ledger.income", cell) == (Decimal(str(cell)), [])


@pytest.mark.parametrize("cell", [-30, "－30", "(30)", "负30"])
def test_nobody_is_fewer_than_none(cell: Cell) -> None:
    assert read("activities.attended", cell) == (None, ["negative_count"])
    assert read("votes.in_favour", cell) == (None, ["negative_count"])


def test_days_far_ahead_are_doubted_and_kept_but_not_where_they_belong() -> None:
    assert read("members.birth_date", "2060-01-01") == (date(2060, 1, 1), ["future_date"])
    assert read("attendance.held_on", "2029-01-01") == (date(2029, 1, 1), ["future_date"])
    assert read("members.joined_on", "2028-08-30") == (date(2028, 8, 30), [])
    assert read("staff.left_on", "2045-08-31") == (date(2045, 8, 31), [])


@pytest.mark.parametrize("cell", [20253, "1955-06-13", "1925-3-5", date(1996, 12, 31)], ids=repr)
def test_days_long_ago_are_doubted_and_kept_but_not_where_they_belong(cell: Cell) -> None:
    for name in ("ledger.spent_on", "activities.held_on", "attendance.held_on"):
        value, notes = read(name, cell)
        assert (value < date(1997, 1, 1), notes) == (True, ["past_date"])
    for name in ("members.birth_date", "members.joined_on", "staff.hired_on", "staff.left_on"):
        assert read(name, cell)[1] == []


def test_days_of_an_old_ledger_are_told_by_its_title_or_by_today() -> None:
    old = Reader(Surroundings(year=1998), today=READER.today)
    assert read("ledger.spent_on", "1998-3-5", old) == (date(1998, 3, 5), [])
    bare = Reader(Surroundings(), today=READER.today)
    assert read("ledger.spent_on", "2006-3-5", bare) == (date(2006, 3, 5), [])
    assert read("ledger.spent_on", "2005-3-5", bare) == (date(2005, 3, 5), ["past_date"])


def test_in_a_column_of_weeks_a_month_is_refused() -> None:
    weeks = Reader(READER.around, weeks=frozenset(("held_on",)))
    assert read("activities.held_on", "2021-05") == (date(2021, 5, 1), ["day_completed"])
    assert read("activities.held_on", "2021-05", weeks) == (None, ["week_no_day"])


# -- numbers that name something --------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [("0012", "0012"), ("000001            ", "000001"), (12, "12"), (12.0, "12"), ("12.0", "12"),
     ("'0012", "0012"), ("００１２", "0012"), (" 00 12 ", "0012"), ("T-07", "T-07"),
      ("1.2", "1.2")],
    ids=repr,
)  # fmt: skip
def test_an_identifier_keeps_its_zeros_and_loses_its_padding(cell: Cell, value: str) -> None:
    assert read("members.staff_no", cell) == (value, [])


@pytest.mark.parametrize("cell", ["1.23457E+17", "1.23457e+17", 9.9000019500101e17, 10**17])
def test_a_number_the_spreadsheet_rounded_is_no_identifier(cell: Cell) -> None:
    assert read("members.staff_no", cell) == (None, ["damaged_number"])


def test_an_identity_number_is_no_identifier() -> None:
    assert read("members.staff_no", "110101199003070011") == (None, ["personal_number"])


# -- words of a list --------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["√", "✓", "✔", "☑", "○", "●", "是", "有", "Y", "y", "v", True])
def test_a_mark_for_yes(mark: Cell) -> None:
    assert read("attendance.presence", mark) == ("present", [])
    assert read("members.has_card", mark) == ("yes", [])


@pytest.mark.parametrize("mark", ["×", "✗", "✘", "☒", "否", "无", "N", "n", "x", "X", False])
def test_a_mark_for_no(mark: Cell) -> None:
    assert read("attendance.presence", mark) == ("absent", [])
    assert read("members.has_card", mark) == ("no", [])


@pytest.mark.parametrize("number", [0, 1, "0", "1", 1.0], ids=repr)
def test_a_bare_number_is_no_word_but_where_the_list_says_so(number: Cell) -> None:
    for name in ("members.has_card", "proposals.review", "ledger.booked", "staff.status"):
        assert read(name, number) == (None, ["unknown_code"])


@pytest.mark.parametrize(
    ("cell", "value"),
    [(1, "present"), ("2", "leave"), (3.0, "absent"), (0, "absent"), ("1出席", "present"),
     ("出席", "present"), ("請假", "leave"), ("缺席", "absent")],
)  # fmt: skip
def test_attendance_by_number_or_word(cell: Cell, value: str) -> None:
    assert read("attendance.presence", cell) == (value, [])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("proposals.status", {"0已保存": "received", "1未审查": "received", "已审查": "reviewed",
                              "未办理": "assigned", "4已办理": "replied", "未审批": "received",
                              "已审批": "reviewed", "7申退中": "withdrawing", "已签收": "assigned",
                              "未交办": "reviewed", "1已交办": "assigned"}),
        ("proposals.review", {"立案": "filed", "不立案": "rejected", "否（转建议）": "opinion",
                              "撤案": "withdrawn", "是": "filed", "否": "rejected", "√": "filed",
                              "并入2号": "merged", "与3号并案": "merged", "並入第2號提案": "merged",
                              "已与第3号提案合并办理": "merged", "并案（2号）": "merged"}),
        ("proposals.outcome", {"A": "A", "Ａ": "A", "a": "A", "A类": "A", "A（已解决）": "A",
                               "A解决或基本解决": "A", "A：已解决": "A", "B类": "B",
                               "B（列入计划）": "B",
                               "B列入计划拟解决": "B", "C暂不能解决留作参考": "C", "留作参考": "C",
                               "C類（暫不能解決）": "C"}),
        ("proposals.satisfaction", {"1满意": "satisfied", "2.基本满意": "mostly", "③不满意":
                                    "unsatisfied", "滿意": "satisfied"}),
        ("proposals.handling", {"单办": "single", "分办": "divided", "会办": "joint",
         "會辦": "joint"}),
        ("proposals.occasion", {"会议": "session", "平时": "between"}),
        ("members.politics", {"中共党员": "party", "共青团员": "league", "群众": "none", "民主党派":
                              "democratic", "九三学社": "democratic", "民盟": "democratic",
                              "民建": "democratic", "中共预备党员": "party", "群眾": "none"}),
        ("staff.employment_type", {"在编": "established", "合同": "contract", "职员": "logistics",
                                   "其他": "other", "退休": "retired", "实习生": "intern",
                                   "劳务派遣": "dispatched"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_words_of_real_registers(name: str, words: dict[str, str]) -> None:
    assert {word: read(name, word) for word in words} == {
        word: (value, []) for word, value in words.items()
    }


@pytest.mark.parametrize("cell", ["A（未解决）", "B（已解决）", "D", "1"])
def test_a_word_that_contradicts_itself_or_is_unknown_is_refused(cell: str) -> None:
    assert read("proposals.outcome", cell) == (None, ["unknown_code"])


@pytest.mark.parametrize(
    ("cell", "number"),
    [("并入2号", "2"), ("与3号并案", "3"), ("並入第12號提案", "12"), (2, "2"), ("第2号", "2"),
     ("并案（并入A-7号）", "A-7"), ("并案", None), ("立案", None)],
)  # fmt: skip
def test_the_number_a_case_was_merged_into(cell: Cell, number: str | None) -> None:
    assert read("proposals.merged_into", cell) == (number, [])


# -- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["锟斤拷组", "语文\ufffd组", "CafÃ©", "â€œ三八â€", "烫烫烫"])
def test_garbled_words_are_kept_and_said(text: str) -> None:
    for name in ("ledger.summary", "members.department", "members.name", "ledger.voucher_no"):
        _, codes = read(name, text)
        assert "mojibake" in codes


def test_words_that_only_look_strange_are_not_called_garbled() -> None:
    for text in ("张锟", "José", "周\ue000", "《三八》", "São Paulo"):
        assert read("ledger.summary", text) == (text, [])


def test_every_doubt_has_words_in_both_languages() -> None:
    for kind in KINDS.values():
        assert all((kind.message.zh, kind.message.en, kind.remedy.zh, kind.remedy.en))
