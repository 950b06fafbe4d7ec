"""Any table without a contract: header, kinds, what does not fit, and nobody recognisable.

A case is a file of tests/files/explore and, beside it, NAME.json with what must come out of it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from explored import FILES, case, loosely, only
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exploring.doubts import doubts
from dashboard.exploring.profile import profile
from dashboard.importing import child, children
from dashboard.importing.loose import read_loosely, wire
from dashboard.importing.loose.model import KINDS, LooseFile, LooseSheet
from dashboard.importing.order import Order
from dashboard.settings import Limits

CASES = sorted(path for path in FILES.iterdir() if path.suffix != ".json")
REGISTERS = sorted(
    path for path in FILES.parent.iterdir() if path.is_file() and ".json" not in path.name
)
TODAY = date(2026, 1, 15)


def outline(sheet: LooseSheet) -> dict[str, Any]:
    """What an expectation holds."""
    return {
        "known": sheet.known,
        "header_rows": list(sheet.header_rows),
        "rows": sheet.rows,
        "totals": sheet.totals,
        "notes": sheet.notes,
        "totals_check": [
            [c.field, str(c.printed), str(c.computed), c.ok] for c in sheet.totals_check
        ],
        "kinds": {column.label: column.kind for column in sheet.columns},
        "units": {column.label: column.unit for column in sheet.columns if column.unit},
        "misfits": [[m.cell, m.text] for m in sheet.misfits()],
        "doubts": [[d.code, *d.cells] for d in doubts(sheet, profile(sheet), TODAY)],
    }  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_an_odd_sheet_is_read_as_expected(path: Path) -> None:
    expected = json.loads(Path(f"{path}.json").read_text("utf-8"))
    assert [outline(sheet) for sheet in loosely(path.read_bytes(), path.name).sheets] == expected


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name)
def test_every_file_the_import_knows_is_read_loosely_without_losing_a_cell(path: Path) -> None:
    file = loosely(path.read_bytes(), path.name)
    assert bool(file.refused) == path.name.startswith("refused")
    for sheet in file.sheets:
        assert all(column.kind in KINDS for column in sheet.columns)
        assert sum(1 for _ in sheet.misfits()) == sum(c.misfits for c in sheet.columns)
        for place, column in enumerate(sheet.columns):
            assert sheet.table is not None
            cells = sheet.table.select([f"c{place}", f"t{place}"]).to_pydict().values()
            there = [(a is not None) + (b is not None) for a, b in zip(*cells, strict=True)]
            assert max(there, default=0) <= 1
            assert sum(there) >= column.filled
            assert column.filled + column.empty == sheet.rows


def kinds(text: str) -> dict[str, str]:
    return {column.label: column.kind for column in only(text).columns}


@pytest.mark.parametrize(
    ("header", "cells", "months"),
    [
        ("月份", "2025.03|2025/4|202505|6月", ["2025-03", "2025-04", "2025-05", "06"]),
        ("月份", "1|2|12|三月", ["01", "02", "12", "03"]),
        ("期间", "2025年3月|2025年4月份|２０２５年５月", ["2025-03", "2025-04", "2025-05"]),
        ("日期", "2025.03|2025.04|2025.12", ["2025-03", "2025-04", "2025-12"]),
        ("时间", "202503|202504|202512", ["2025-03", "2025-04", "2025-12"]),
    ],
)  # fmt: skip
def test_months_are_read_however_they_are_typed(header: str, cells: str, months: list[str]) -> None:
    sheet = only(f"{header},金额\n" + "".join(f"{cell},5\n" for cell in cells.split("|")))
    assert sheet.columns[0].kind == "month"
    assert sheet.table is not None
    assert sheet.table["c0"].to_pylist() == months


def test_amounts_and_codes_are_no_months() -> None:
    assert kinds("部门,3月,十二月份\n甲,1,2\n乙,3,4\n")["3月"] == "number"
    assert kinds("单价,编号\n2025.03,202503\n2025.04,202504\n") == {
        "单价": "money", "编号": "code"
    }  # fmt: skip


def test_a_number_that_may_be_january_or_october_is_left_to_the_officer() -> None:
    with xlsxwriter.Workbook(out := io.BytesIO()) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["月份", "金额"])
        for at, value in enumerate([2025.07, 2025.08, 2025.09, 2025.1, 2025.11], 1):
            page.write_row(at, 0, [value, 5])
    (sheet,) = loosely(out.getvalue(), "月.xlsx").sheets
    assert sheet.table is not None
    assert sheet.table["c0"].to_pylist() == ["2025-07", "2025-08", "2025-09", None, "2025-11"]
    assert [(one.cell, one.text) for one in sheet.misfits()] == [("A5", "2025.1")]


def test_a_child_process_reads_it_and_a_known_register_is_called_by_its_name() -> None:
    data = "会员名册\n姓名,部门,入会时间\n张三,语文组,2017-03-08\n李四,数学组,2018-09-01\n".encode()
    told: list[tuple[int, int]] = []
    file = read_loosely(data, "会员名册2017.csv", progress=lambda *step: told.append(step))
    (sheet,) = file.sheets
    assert (sheet.known, sheet.known_columns, file.refused) == ("members", 3, None)
    assert sheet.score > 5
    assert told[-1] == (2, 2)
    assert sheet.table is not None
    assert sheet.table["c0"].to_pylist() == ["张*", "李*"]


def test_what_cannot_be_read_says_why() -> None:
    assert (read_loosely(b"", "空.xlsx").refused or ("",))[0] == "empty"
    limits = Limits(child_seconds=0, child_memory=400 * 2**20)
    file = read_loosely(b"a,b\n1,2\n", "a.csv", limits=limits)
    assert file.refused is not None
    assert file.refused[0] == "reader_died"
    assert "（0 秒、400 MB 内存）" in file.refused[1].zh
    assert "(0 s, 400 MB of memory)" in file.refused[1].en


def test_a_large_file_that_kills_its_reader_is_told_to_be_split(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(children, "_LARGE", 1)
    data = b"a,b\n" + b"1,2\n" * 600_000
    file = read_loosely(data, "a.csv", limits=Limits(child_memory=400 * 2**20))
    assert file.refused is not None
    assert file.refused[0] == "too_heavy"
    assert "2 MB" in file.refused[1].zh
    assert "400 MB" in file.refused[1].zh


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    file = loosely((FILES.parent / "staff_sheets_and_hidden.xlsx").read_bytes(), "册.xlsx")
    assert [(s.hidden, s.rows, s.columns) for s in file.sheets if s.hidden] == [(True, 0, [])]


def test_numbers_keep_the_unit_they_stand_in_and_take_others_into_it() -> None:
    sheet = only("开支\n单位：万元\n项目,金额\n甲,1.5\n乙,2\n丙,3000元\n")
    amounts = sheet.columns[1]
    assert (amounts.kind, amounts.unit, amounts.other_units.cells) == ("money", "万元", ("B6",))
    assert sheet.table is not None
    assert sheet.table["c1"].to_pylist() == [Decimal("1.5"), Decimal(2), Decimal("0.3")]


def test_numbers_of_a_spreadsheet_come_as_it_shows_them() -> None:
    book = xlsxwriter.Workbook(made := io.BytesIO())
    page = book.add_worksheet()
    page.write_row(0, 0, ["项目", "读数"])
    for row, value in enumerate([0.1 + 0.2, 1e-5, 123456789012345.0], start=1):
        page.write_row(row, 0, [f"第{row}项", value])
    book.close()
    (sheet,) = loosely(made.getvalue(), "表.xlsx").sheets
    assert sheet.table is not None
    values = sheet.table["c1"].to_pylist()
    assert values == [Decimal("0.3"), Decimal("0.00001"), Decimal(123456789012345)]


def test_names_are_known_by_their_header_or_by_nearly_all_their_cells() -> None:
    assert kinds("领取人,件数\n王伟,1\n李娜,2\n")["领取人"] == "name"
    assert kinds("谁,件数\n王伟,1\n李娜,2\n张磊,3\n刘洋,4\n陈杰,5\n")["谁"] == "name"
    rooms = "".join(f"{room},{n}\n" for n in range(4) for room in ("王府", "李家", "张村"))
    assert kinds(f"片区,件数\n{rooms}")["片区"] == "category"
    assert kinds("单位名称,件数\n王伟,1\n李娜,2\n")["单位名称"] != "name"


PEOPLE = ["王芳", "李娜", "张伟", "欧阳建国", "司马淑芬", "刘洋"]


@pytest.mark.parametrize(
    "header",
    [
        "领用人",
        "单位负责人",
        "保管员",
        "获奖者",
        "主讲",
        "组长",
        "成员",
        "慰问对象",
        "teacher",
        "签收",
    ],
)
def test_few_people_again_and_again_are_names_where_the_header_speaks_of_people(
    header: str,
) -> None:
    rows = "".join(f"{PEOPLE[at % 3]},{at}\n" for at in range(12))
    assert kinds(f"{header},件数\n{rows}")[header] == "name"
    several = "".join(
        f"{PEOPLE[at % 3]}、{PEOPLE[at % 3 + 1]}（语文组）;{at}\n" for at in range(12)
    )
    assert kinds(f"{header};件数\n{several}")[header] == "name"
    others = "".join(f"{('女教师', '全体', '退休教师')[at % 3]},{at}\n" for at in range(12))
    assert kinds(f"{header},件数\n{others}")[header] == "category"


def test_many_different_names_are_names_whatever_the_header_and_however_often() -> None:
    rows = "".join(f"{PEOPLE[at % 6]},{at}\n" for at in range(24))
    assert kinds(f"备注,件数\n{rows}")["备注"] == "name"
    places = ("江苏组", "石家庄", "高一组", "金州", "万州", "常州", "徐州", "郑州")
    rows = "".join(f"{places[at % 8]},{at}\n" for at in range(24))
    assert kinds(f"备注,件数\n{rows}")["备注"] == "category"


@pytest.mark.parametrize(
    ("header", "cells", "shares"),
    [
        ("完成率", "85|90|78.5", ["0.85", "0.9", "0.785"]),
        ("完成率", "0.85|1.2|90%", ["0.85", "1.2", "0.9"]),
        ("完成率（%）", "85|0.9|100", ["0.85", "0.009", "1"]),
        ("完成率（%）", "0.85|0.9|1", ["0.85", "0.9", "1"]),
        ("出勤率", "85|90|0.9|78.5%", ["0.85", "0.9", None, "0.785"]),
        ("出勤率", "0.85|0.9|90|100%", ["0.85", "0.9", None, "1"]),
    ],
)  # fmt: skip
def test_rates_are_shares_of_one_however_they_are_written(
    header: str, cells: str, shares: list[str | None]
) -> None:
    rows = "".join(f"{cell},组{at}\n" for at, cell in enumerate(cells.split("|")))
    sheet = only(f"{header},部门\n{rows}")
    assert sheet.table is not None
    expected = [None if one is None else Decimal(one) for one in shares]
    assert sheet.table["c0"].to_pylist() == expected
    assert [one.text for one in sheet.misfits()] == [
        cell for cell, one in zip(cells.split("|"), shares, strict=True) if one is None
    ]


def rows_of(text: str) -> tuple[list[str], list[int]]:
    """The first column of the data, and the numbers of the totals."""
    sheet = only(text)
    assert sheet.table is not None
    return sheet.table["c0"].to_pylist(), sheet.totals


def test_income_and_spending_are_data_where_they_head_no_section() -> None:
    ledger = "收支,金额\n收入,100\n支出,30\n收入,5\n转账,3\n支出,4\n"
    assert rows_of(ledger) == (["收入", "支出", "收入", "转账", "支出"], [])
    assert rows_of("项目,预算\n收入,100\n支出,80\n结余,20\n") == (["收入", "支出", "结余"], [])
    parts = "项目,金额\n收入,100\n其中：会费,60\n其中：拨款,40\n支出,80\n其中：活动,80\n"
    assert rows_of(parts) == (["其中：会费", "其中：拨款", "其中：活动"], [2, 5])


def test_a_header_that_comes_again_whole_is_a_header_once_more() -> None:
    sheet = only("部门,人数\n语文组,1\n数学组,2\n部门,人数\n语文组,3\n数学组,5\n")
    assert ([c.label for c in sheet.columns], sheet.rows) == (["部门", "人数"], 4)
    assert sum(column.misfits for column in sheet.columns) == 0


def test_years_are_read_with_the_words_and_noughts_behind_them() -> None:
    years = only("年份,人数\n2021,5\n2022年,6\n2023年度,7\n2024.0,8\n")
    assert years.columns[0].kind == "year"
    assert years.table is not None
    assert years.table["c0"].to_pylist() == ["2021", "2022", "2023", "2024"]


def test_numbers_a_school_gives_are_no_phones() -> None:
    text = "工号,号码\n13800138000,13800138000\n13912345678,13912345678\n"
    assert kinds(text) == {"工号": "code", "号码": "phone"}


PRIVATE = (
    "王伟敏",
    "990000197001120006",
    "13910000137",
    "学府路",
    "6222021234567890128",
    "13912345678",
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_nothing_personal_leaves_the_child(path: Path) -> None:
    wire.send(child.loosely(path.read_bytes(), Order(path.name, TODAY)), sent := io.BytesIO())
    head = sent.getvalue().split(b"\n")[0].decode()
    tables = [sheet.table for sheet in wire.file_from_bytes(sent.getvalue()).sheets]
    told = head + str([table.to_pylist() for table in tables if table is not None])
    assert "table" in head
    assert not [secret for secret in PRIVATE if secret in told]
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\w)\d{17}[\dX](?!\w)", told)


def test_what_is_repeated_is_counted_on_the_true_values() -> None:
    people = "".join(
        f"王{given},1391000{n:04d}\n" for n, given in enumerate("伟芳娜敏静丽强磊洋艳勇杰")
    )
    sheet = only(f"姓名,手机\n{people}王伟,13910000000\n")
    name, phone = sheet.columns
    assert (name.distinct, phone.distinct) == (12, 12)  # all of them are 王* to the eye
    assert [(value, places.cells) for value, places in name.repeated] == [("王*", ("A2", "A14"))]
    assert (sheet.same_rows, sheet.same_at) == (1, [(14, 2)])


def test_nothing_is_an_answer_where_answers_stand_and_a_dash_is_an_empty_cell() -> None:
    said = ["有"] * 9 + ["无", "—", "不清楚"]
    sheet = only("部门,有无\n" + "".join(f"第{at}组,{word}\n" for at, word in enumerate(said)))
    answers = sheet.columns[1]
    assert (answers.kind, answers.filled, answers.empty, answers.misfits) == ("yes_no", 11, 1, 1)


def test_the_first_row_is_no_header_where_its_words_come_again() -> None:
    sheet = case("no_header_at_all.csv")
    assert (sheet.header_rows, sheet.rows) == ((), 6)
    assert [column.label for column in sheet.columns] == ["A", "B", "C", "D"]


# -- the way between the processes -------------------------------------------------------------


@pytest.fixture(scope="module")
def sent() -> bytes:
    file = child.loosely("项目,金额\n甲,1.5\n乙,无法\n丙,3\n丁,4\n".encode(), Order("a.csv", TODAY))
    wire.send(file, out := io.BytesIO())
    return out.getvalue()


def spoiled(sent: bytes) -> Iterator[bytes]:
    head, _, rest = sent.partition(b"\n")
    told = json.loads(head)
    told["sheets"][0]["columns"][1]["kind"] = "date"  # no longer what its values are
    yield json.dumps(told).encode() + b"\n" + rest
    told["sheets"][0]["columns"][1]["kind"] = "nonsense"
    yield json.dumps(told).encode() + b"\n" + rest
    yield head + b"\n" + rest[:-40]
    yield b"{}\n"


def test_what_a_child_says_is_believed_only_where_it_fits(sent: bytes) -> None:
    assert isinstance(wire.file_from_bytes(sent), LooseFile)
    for bad in spoiled(sent):
        with pytest.raises((ValueError, KeyError, TypeError)):
            wire.file_from_bytes(bad)


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "—", "无", "12", "1,200.5", "3万元", "35%", "2025-02-30", "王伟", "√",
                     "#REF!", "13910000137", "990000197001120006", "1e400", "合计", "３５",
                     "\u202e"]),
)  # fmt: skip


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=12))
def test_whatever_stands_in_the_cells_every_filled_one_is_a_value_or_a_text(
    rows: list[list[str]],
) -> None:
    text = "\n".join(",".join(f'"{cell.replace(chr(34), "")}"' for cell in row) for row in rows)
    file = loosely(text.encode("utf-8", "ignore"))
    for sheet in file.sheets:
        found = profile(sheet)
        assert found.empty == sum(column.empty for column in sheet.columns)
        assert sum(1 for _ in sheet.misfits()) == sum(c.misfits for c in sheet.columns)
        doubts(sheet, found, TODAY)


def test_rows_somebody_only_signed_are_not_about_them() -> None:
    ledger = "日期,摘要,支出,经办人,审批人签字\n" + "2025-01-02,雨伞,300,王芳,李伟\n" * 3
    for header, people in (("经办人", False), ("姓名", True), ("慰问对象", True)):
        (sheet,) = loosely(ledger.replace("经办人", header).encode(), "账.csv").sheets
        kinds = {column.label: column.kind for column in sheet.columns}
        assert (kinds[header], kinds["审批人签字"]) == ("name", "name")
        assert sheet.tells_of_people is people
