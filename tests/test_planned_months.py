"""9-10 in a plan: months under 月份, elsewhere maybe a day."""

from __future__ import annotations

from datetime import date

import pytest
from here import read_here

from dashboard.importing.report import SheetReport


def plan(head: str, cell: str) -> SheetReport:
    data = f'{head},事项\n"{cell}",教工运动会\n'.encode()
    (sheet,) = read_here(data, "2025年工会工作计划.csv").sheets
    return sheet


@pytest.mark.parametrize("head", ["月份", "计划月份"])
@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("9-10", "2025-09-01", "2025-10-31"), ("1-3", "2025-01-01", "2025-03-31"),
        ("2025.9-11", "2025-09-01", "2025-11-30"), ("2026年3-4", "2026-03-01", "2026-04-30"),
        ("3、4", "2025-03-01", "2025-04-30"), ("11至12", "2025-11-01", "2025-12-31"),
        ("9-10月", "2025-09-01", "2025-10-31"),
        ("9-15", "2025-09-15", "2025-09-15"), ("2025-9-11", "2025-09-11", "2025-09-11"),
        ("9月10日", "2025-09-10", "2025-09-10"), ("9.10", "2025-09-10", "2025-09-10"),
    ],
)  # fmt: skip
def test_months_under_a_head_of_months(head: str, cell: str, first: str, last: str) -> None:
    sheet = plan(head, cell)
    row = sheet.rows[0]
    told = (row["planned_from"], row["planned_to"])
    assert (told, sheet.issues) == ((date.fromisoformat(first), date.fromisoformat(last)), [])


def test_elsewhere_mixed_marks_are_refused_and_days_stay_days() -> None:
    refused = plan("计划时间", "2025.9-11")
    assert ("bad_period", "A2") in [(i.code, i.cell) for i in refused.issues]
    assert refused.rows == []
    assert plan("计划时间", "9-10").rows[0]["planned_from"] == date(2025, 9, 10)
    assert plan("计划时间", "2025.9.11").rows[0]["planned_from"] == date(2025, 9, 11)
