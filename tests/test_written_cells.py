"""What stands in a cell besides its number, through the whole reading: read right, or shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from here import read_here

from dashboard.importing.report import SheetReport

Seen = tuple[Decimal | None, list[tuple[str, str | None]]]


def ledger(*lines: str, name: str = "2025年收支明细账.csv") -> SheetReport:
    """A ledger of these lines, as the school's text file."""
    (sheet,) = read_here("\n".join(("日期,摘要,支出,备注", *lines)).encode(), name).sheets
    return sheet


def page(*rows: str) -> bytes:
    """A ledger as a web page; each row is the cells' own marks."""
    head = "<tr><td>日期</td><td>摘要</td><td>支出</td></tr>"
    return f'<meta charset="utf-8"><table>{head}{"".join(rows)}</table>'.encode()


def seen(sheet: SheetReport) -> Seen:
    """The expense in all, and the issues with their cells."""
    return sheet.sums.get("expense"), [(found.code, found.cell) for found in sheet.issues]


@pytest.mark.parametrize(
    ("cell", "expense", "issues"),
    [
        ("500<br>600", "1", [("bad_amount", "C2")]),
        ("<p>500</p><p>600</p>", "1", [("bad_amount", "C2")]),
        ("<div>500</div>600", "1", [("bad_amount", "C2")]),
        ("<ul><li>500<li>600</ul>", "1", [("bad_amount", "C2")]),
        ("<p>500</p>", "501", []),
        ("<div><b>5</b>00</div>", "501", []),
        ("500<br>", "501", []),
    ],
)
def test_lines_of_a_web_pages_cell_are_no_single_amount(
    cell: str, expense: str, issues: list[tuple[str, str]]
) -> None:
    rows = [f"<tr><td>2025-03-05</td><td>场地</td><td>{each}</td></tr>" for each in (cell, "1")]
    (sheet,) = read_here(page(*rows), "2025年收支明细账.xls").sheets
    assert seen(sheet) == (Decimal(expense), issues)


def test_lines_of_a_text_files_cell_are_no_single_amount() -> None:
    sheet = ledger('2025-03-05,场地,"500\n600",', "2025-03-06,奖品,1,")
    assert seen(sheet) == (Decimal(1), [("bad_amount", "C2")])


def test_the_mark_of_a_footnote_joins_no_figure() -> None:
    marked = ("2025-03-05,场地,500①,", "2025-03-06,奖品,①500,", "2025-3-1①,横幅,20,")
    sheet = ledger(*marked, "2025-03-07,茶歇,1,", "2025-03-08,参观①,2,见①")
    told = [("bad_amount", "C2"), ("bad_amount", "C3"), ("bad_date", "A4")]
    assert seen(sheet) == (Decimal(3), told)
