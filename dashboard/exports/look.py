"""How our workbooks look: the house's ink, paper and one calm blue; never colour alone."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.template import LIGHT
from dashboard.text import Lang, Text

BLUE, PALE = LIGHT.series[0], "#DCE5EE"
FILLS = {"error": "#F6CFCA", "warning": "#FBE7B8", "info": "#E6ECF2"}
_PAGE = Text("&8第 &P 页，共 &N 页", "&8Page &P of &N")

DATE, MOMENT, TIME, SPAN, MONEY = (
    "yyyy-mm-dd",
    "yyyy-mm-dd hh:mm:ss",
    "hh:mm:ss",
    "[h]:mm:ss",
    "#,##0.00",
)
FORMATS = {"money": MONEY, "date": DATE, "count": "0"}  # 2026 is a year, not 2,026
AS_TEXT = "@"  # whatever is typed stays as typed: 0012, 2026年3月


class Looks:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **wanted: Any) -> Format:
        """A format with these properties on top of the house's own."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            base = {"font_color": LIGHT.text, "valign": "vcenter"}
            self._made[key] = self._book.add_format(base | wanted)
        return self._made[key]

    def title(self) -> Format:
        return self(bold=True, font_size=16)

    def quiet(self) -> Format:
        return self(font_color=LIGHT.quiet, font_size=10)

    def head(self, *, strong: bool = True) -> Format:
        """A header cell: dark where something must be filled in, else pale."""
        colours = {"bg_color": BLUE, "font_color": "#FFFFFF"} if strong else {"bg_color": PALE}
        return self(
            bold=strong, text_wrap=True, align="center", border=1, border_color="#FFFFFF", **colours
        )

    def line(self, **more: Any) -> Format:
        """A cell of a table to read: ruled below, wrapped."""
        return self(**{"text_wrap": True, "bottom": 1, "bottom_color": LIGHT.line} | more)


def printed(sheet: Worksheet, lang: Lang, header: int) -> None:
    """A4 across, as wide as the page, the header on each."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(header)
    sheet.set_footer(f"&C{_PAGE(lang)}")


def width(text: str) -> int:
    """Columns of a fixed-width screen a text takes: a Chinese character takes two."""
    longest = max(text.split("\n"), key=len)
    return sum(2 if character > "\u2e80" else 1 for character in longest)


def scaled(divisor: int) -> str:
    """The number format that shows a number divided so: 1000 as `#,##0,`, 10000 as `0!.0,`.

    A comma divides by a thousand; what is left of the power of ten is a point of one's own.
    """
    thousands, tens = divmod(len(str(divisor)) - 1, 3)
    return (f"0!.{'0' * tens}" if tens else "#,##0") + "," * thousands
