"""One ledger and one roster as other programs save them: every file of tests/programs says the
same, row by row. The part of a file's name after `_` is the program that wrote it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from here import read_here as read

from dashboard.importing.report import COUNTED, SheetReport

FILES = Path(__file__).parent / "programs"
LEDGERS = sorted(FILES.glob("ledger_*"))
ROSTERS = sorted(FILES.glob("roster_*"))
ENTRIES = [
    (date(2017, 3, 1), "记-001", "上级补助收入", "上级补助收入", "12000", None, None),
    (date(2017, 3, 8), "记-002", "三八妇女节活动用品", "文体活动支出", None, "1860.5",
     "附 3 张发票"),
    (date(2017, 3, 15), "记-003", "慰问生病住院会员 周明", "困难职工帮扶费", None, "800", None),
    (date(2017, 4, 6), "记-004", "会费收入", "会费收入", "345.67", None, "=3月&4月"),
    (date(2017, 4, 20), "记-005", "退还多收会费", "会费收入", "-20", None, None),
]  # fmt: skip
PEOPLE = [
    ("0001", "张三", "male", "语文组", "established", date(2003, 8, 25)),
    ("0002", "李四", "female", "语文组", "established", date(1998, 9, 1)),
    ("0103", "欧阳小红", "female", "数学组", "contract", date(2015, 2, 28)),
    ("0104", "王五", "male", None, "contract", date(2017, 3, 8)),
]
TOTALS = [("income", "12000"), ("expense", "2660.5"), ("income", "12325.67"), ("expense", "2660.5")]
# pandas makes a formula of a text that begins with "="; R's table has no title to tell its day.
OWN = {"ledger_pandas.xlsx": ["uncalculated"], "roster_r.csv": ["as_of_unknown"]}


def the_sheet(path: Path) -> SheetReport:
    report = read(path.read_bytes(), path.name)
    assert report.refused is None
    (sheet,) = report.sheets
    return sheet


def rows(sheet: SheetReport, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(row[field] for field in fields) for row in sheet.rows]


def assert_only_these(sheet: SheetReport, path: Path, codes: list[str]) -> None:
    assert sorted(found.code for found in sheet.issues) == sorted(codes + OWN.get(path.name, []))


def test_there_are_files_of_many_programs() -> None:
    written = {path.name.split("_", 1)[1] for path in LEDGERS}
    assert written == {path.name.split("_", 1)[1] for path in ROSTERS}
    assert len(written) > 12


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.name)
def test_a_ledger_says_the_same_whoever_wrote_it(path: Path) -> None:
    sheet = the_sheet(path)
    found = rows(sheet, "spent_on", "voucher_no", "summary", "subject", "income", "expense", "note")
    lost = "uncalculated" in OWN.get(path.name, [])
    assert found == [
        (*entry[:4], *(amount and Decimal(amount) for amount in entry[4:6]),
         None if lost and (entry[6] or "").startswith("=") else entry[6])
        for entry in ENTRIES
    ]  # fmt: skip
    assert sheet.sums == {"income": Decimal("12325.67"), "expense": Decimal("2660.5")}
    checks = [(check.field, check.printed, check.ok) for check in sheet.totals_check]
    assert checks == [(field, Decimal(printed), True) for field, printed in TOTALS]
    assert_only_these(sheet, path, ["note_row"])
    assert sheet.counts["rows"] == sum(sheet.counts[part] for part in COUNTED)
    assert (sheet.counts["loaded"], sheet.counts["totals"]) == (5, 2)


@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: path.name)
def test_a_roster_says_the_same_whoever_wrote_it(path: Path) -> None:
    sheet = the_sheet(path)
    fields = ("staff_no", "name", "sex", "department", "employment_type", "hired_on")
    assert rows(sheet, *fields) == PEOPLE
    assert path.name in OWN or sheet.as_of == date(2017, 9, 1)
    assert_only_these(sheet, path, [])
    assert sheet.counts["rows"] == sum(sheet.counts[part] for part in COUNTED)
