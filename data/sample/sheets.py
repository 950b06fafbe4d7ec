"""How an officer's files are put on disk: grids of cells, spellings, workbooks and CSV files.

Writing is kept apart from the content so that a sheet can be looked at as a plain value. Nothing
here depends on the clock: the same grids give the same bytes.
"""

import csv
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | date | None
Row = list[Cell]

CREATED = datetime(2026, 1, 5, 9, 0, 0)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
BLANK: Row = []


@dataclass
class Sheet:
    """A grid and what is merged in it; a merge is first row, column, last row, column."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    dates: str = "yyyy-mm-dd"

    def title(self, text: str, width: int) -> None:
        """A line of text merged over the whole width."""
        self.merges.append((len(self.rows), 0, len(self.rows), width - 1))
        self.rows.append([text])


def header_cell(text: str) -> str:
    """`_` stands for a full-width blank and `/` for a line break inside a header."""
    return text.replace("_", "　").replace("/", "\n")


def header(text: str) -> Row:
    """A header row out of one line of words."""
    return [header_cell(word) for word in text.split()]


def spelled(day: date | None, style: str) -> Cell:
    """A day in one of the spellings seen in real files; `typed` leaves a true date."""
    if day is None or style == "typed":
        return day
    if style == "serial":
        return day.toordinal() - date(1899, 12, 30).toordinal()
    text = {
        "dot": f"{day.year}.{day.month}.{day.day}",
        "slash": f"{day.year}/{day.month}/{day.day}",
        "dash": f"{day:%Y-%m-%d}",
        "compact": f"{day:%Y%m%d}",
        "words": f"{day.year}年{day.month}月{day.day}日",
        "short": f"{day.month}月{day.day}日",
        "wide": f"{day.year}年{day.month}月{day.day}日".translate(FULL_WIDTH),
    }
    return text[style]


def money(amount: Decimal, style: str = "number") -> Cell:
    """An amount as a number or as the text people type; nothing for zero."""
    if not amount:
        return None
    text = {"sign": f"￥{amount:,.2f}", "unit": f"{amount:,.2f}元"}
    if style == "wide" and amount == int(amount):
        return f"{int(amount)}".translate(FULL_WIDTH)
    return text.get(style, amount)


def write_workbook(path: Path, sheets: list[Sheet]) -> None:
    """All sheets into one workbook, with a fixed day of creation."""
    book = Workbook(str(path))
    book.set_properties({"author": "示例小学工会", "created": CREATED})
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.close()


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    day = book.add_format({"num_format": sheet.dates})
    plain, wrapped = book.add_format({}), book.add_format({"text_wrap": True, "valign": "top"})
    for r, row in enumerate(sheet.rows):
        for c, cell in enumerate(row):
            _write_cell(page, r, c, cell, (day, wrapped, plain))
    middle = book.add_format({"align": "center", "valign": "vcenter", "bold": True})
    for first, left, last, right in sheet.merges:
        page.merge_range(first, left, last, right, sheet.rows[first][left], middle)
    for column in range(max(map(len, sheet.rows))):
        page.set_column(column, column, _width(sheet, column))
    if sheet.hidden:
        page.hide()


def _width(sheet: Sheet, column: int) -> int:
    """Wide enough for the table's cells; titles run over all columns and do not count."""
    titles = {first for first, left, _, right in sheet.merges if right > left}
    rows = [row for n, row in enumerate(sheet.rows) if n not in titles and column < len(row)]
    return min(34, max([6, *(_cell_width(row[column]) for row in rows)]) + 1)


def _cell_width(cell: Cell) -> int:
    """Chinese characters take two columns, and a day about eleven."""
    if isinstance(cell, date):
        return 11
    lines = ("" if cell is None else str(cell)).split("\n")
    return max(sum(1 + (c > "⺀") for c in line) for line in lines)


def _write_cell(
    page: Worksheet, r: int, c: int, cell: Cell, formats: tuple[Format, Format, Format]
) -> None:
    day, wrapped, plain = formats
    if isinstance(cell, date):
        page.write_datetime(r, c, cell, day)
    elif isinstance(cell, str):
        page.write_string(r, c, cell, wrapped if "\n" in cell else plain)
    elif cell is not None:
        page.write_number(r, c, float(cell), plain)


def write_csv(path: Path, rows: list[Row], encoding: str) -> None:
    """A CSV as Excel saves it in China: CRLF, quoted only where needed."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
