"""The meeting as a workbook: what it is, every figure, a sheet a table, where it all is from.

Values are typed, so they can be sorted and added up; a hidden one stays the text `*`. The same
meeting gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.template import LIGHT
from dashboard.exhibits.model import Exhibit, Meeting
from dashboard.exports import look, neutral, rows, sketches
from dashboard.exports.leaves import ABOUT, NUMBERS, Leaf, Typed, leaves
from dashboard.exports.look import Looks
from dashboard.exports.rows import Rows
from dashboard.exports.work import Step, silent
from dashboard.text import Text

SCHOOL, CAPTION, AS_OF = Text("学校", "School"), Text("范围", "View"), Text("数据截至", "As of")
PERSONS, DATA, READING = (
    Text("个人信息", "Persons"),
    Text("数据", "Data"),
    Text("怎么读", "How to read"),
)
NAMES = {
    "hidden": Text(
        "已隐去个人信息：没有姓名；不足 5 人的组合并隐去", "Hidden: no names, no group of under 5"
    ),
    "shown": Text("含个人信息：请勿外传", "Names are shown: not to be passed on"),
}
DEMO = Text("演示数据：虚构的学校", "Sample data of a fictional school")
MANNER = Text(
    "空格表示没有数据；* 表示不足 5 人或为防推算，已隐去；比率按百分比显示；金额以元计。",
    "An empty cell: no data. *: under five people, or hidden with such. Rates are shown in per"
    " cent, money in yuan.",
)
NUMBER, PAGE = Text("序号", "No."), Text("页面", "Page")
CONTENT, LINES = Text("内容", "Content"), Text("行数", "Rows")
BACK = Text("← 目录", "← Contents")
_NUMBER = {"align": "right", "text_wrap": False}
_WORDS = {"align": "left", "indent": 1}
_TOP = 3  # the header's row on every sheet but the first (from 0)
_NARROW, _WIDE, _MEASURED = 8, 44, 400  # a column's bounds, and the rows it is measured by
_ALONE, _LINE = 110, 15.0  # the bound of a table's only column; points a line of text takes
_BESIDE = 70  # the widest table that is printed with its chart; a wider one without
_ABOUT = (14, 24, 58, 10)  # widths of the first sheet


def workbook(meeting: Meeting, step: Step = silent) -> bytes:
    """The .xlsx. `step` is called before each page, and may raise."""
    buffer = io.BytesIO()
    made = datetime.combine(meeting.as_of, time())
    book = neutral.workbook(buffer, meeting.title, made=made)
    about, looks = book.add_worksheet(ABOUT(meeting.lang)), Looks(book)
    found = []
    for leaf in leaves(meeting, step):
        found.append(leaf)
        _Sheet(book, book.add_worksheet(leaf.name), leaf, meeting, looks).write()
    _about(about, meeting, found, looks)
    about.activate()
    book.close()
    return buffer.getvalue()


def tables(meeting: Meeting, step: Step = silent) -> dict[str, bytes]:
    """The same tables as CSV, by the names of their sheets."""
    found = {}
    for leaf in leaves(meeting, step):
        columns = tuple(head.label for head in leaf.heads)
        values = tuple(tuple(cell.value for cell in row) for row in leaf.rows)
        found[leaf.name] = rows.as_csv(Rows(leaf.title, columns, values))
    return found


# -- one table --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One leaf on its sheet: title, view, header, rows, and the chart beside them."""

    book: Workbook
    page: Worksheet
    leaf: Leaf
    meeting: Meeting
    looks: Looks

    def write(self) -> None:
        lang = self.meeting.lang
        under = " · ".join(part for part in (self.meeting.caption, self.leaf.hint) if part)
        self.page.set_row(0, 26)
        self.page.write_string(0, 0, self.leaf.title, self.looks.title())
        self.page.write_string(1, 0, under, self.looks.quiet())
        _link(self.page, (2, 0), ABOUT(lang), BACK(lang), self.looks)
        widths = [self._width(place) for place in range(len(self.leaf.heads))]
        for place, head in enumerate(self.leaf.heads):
            self.page.set_column(place, place, widths[place])
            self.page.write_string(_TOP, place, head.label, self.looks.head())
        heads = [Typed(head.label) for head in self.leaf.heads]
        self.page.set_row(_TOP, _high(heads, widths) + 4)
        self._rows(widths)
        self._view()
        if sketches.sketched(self.book, self.page, self.leaf, _TOP) and sum(widths) > _BESIDE:
            self.page.print_area(0, 0, _TOP + len(self.leaf.rows), len(widths) - 1)

    def _width(self, place: int) -> float:
        """As wide as what stands there; a heading may break into two lines."""
        said = [_shown(row[place].value, row[place].format) for row in self.leaf.rows[:_MEASURED]]
        widest = max((look.width(one) for one in said), default=0) + 3
        heading = look.width(self.leaf.heads[place].label)
        heading = heading + 4 if heading <= 16 else heading // 2 + 5
        most = _WIDE if len(self.leaf.heads) > 1 else _ALONE
        return float(min(max(widest, heading, _NARROW), most))

    def _rows(self, widths: Sequence[float]) -> None:
        kinds = [head.kind for head in self.leaf.heads]
        for line, row in enumerate(self.leaf.rows, start=_TOP + 1):
            self.page.set_row(line, _high(row, widths))
            for place, cell in enumerate(row):
                shape = _NUMBER if kinds[place] in NUMBERS else _WORDS
                wanted = self.looks.line(**shape, num_format=cell.format)
                neutral.write(self.page, line, place, cell.value, wanted)

    def _view(self) -> None:
        """Header in sight and on each printed page; a filter on it."""
        columns = len(self.leaf.heads)
        self.page.freeze_panes(_TOP + 1, 1 if columns > 4 else 0)
        look.printed(self.page, self.meeting.lang, _TOP)
        if self.leaf.rows:
            self.page.autofilter(_TOP, 0, _TOP + len(self.leaf.rows), columns - 1)


def _high(row: Sequence[Typed], widths: Sequence[float]) -> float:
    """Points a row takes: text is broken where its column ends."""
    said = ((cell.value, wide) for cell, wide in zip(row, widths, strict=True))
    over = [-(-look.width(one) // int(wide - 3)) for one, wide in said if isinstance(one, str)]
    return _LINE * max(1, *over, 1) + 3


def _shown(value: neutral.Value, form: str) -> str:
    """About as long as the program will show it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, int | float) or hasattr(value, "quantize"):
        return {"0.0%": "100.0%", look.MONEY: f"{value:,.2f}"}.get(form, f"{value:,.0f}")
    return str(value)


def _link(
    sheet: Worksheet, at: tuple[int, int], to: str, words: str, looks: Looks, bottom: int = 0
) -> None:
    """To another sheet of this workbook; an apostrophe in its name is doubled."""
    place = "internal:'{}'!A1".format(to.replace("'", "''"))
    shape = looks(font_color=look.BLUE, underline=1, bottom=bottom, bottom_color=LIGHT.line)
    sheet.write_url(*at, place, shape, words)


# -- the first sheet --------------------------------------------------------------------------


def _about(sheet: Worksheet, meeting: Meeting, found: Sequence[Leaf], looks: Looks) -> None:
    for place, wide in enumerate(_ABOUT):
        sheet.set_column(place, place, wide)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, meeting.title, looks.title())
    facts = _facts(meeting)
    for row, (label, said) in enumerate(facts, start=2):
        sheet.write_string(row, 0, label(meeting.lang), looks(bold=True))
        sheet.merge_range(row, 1, row, len(_ABOUT) - 1, "", looks(text_wrap=True))
        sheet.write_string(row, 1, said, looks(text_wrap=True))
        sheet.set_row(row, 16.0 * max(1, -(-look.width(said) // sum(_ABOUT[1:]))) + 4)
    _contents(sheet, len(facts) + 3, meeting, found, looks)
    look.printed(sheet, meeting.lang, len(facts) + 3)


def _facts(meeting: Meeting) -> list[tuple[Text, str]]:
    lang = meeting.lang
    found = [
        (SCHOOL, meeting.school),
        (CAPTION, meeting.caption),
        (AS_OF, meeting.as_of.isoformat()),
        (PERSONS, NAMES[meeting.names](lang)),
        (READING, MANNER(lang)),
    ]
    return found + ([(DATA, DEMO(lang))] if meeting.is_demo else [])


def _contents(
    sheet: Worksheet, top: int, meeting: Meeting, found: Sequence[Leaf], looks: Looks
) -> None:
    """Every block in the meeting's order with a link to its sheet; of a gap, why it is one."""
    lang = meeting.lang
    heads = (NUMBER(lang), PAGE(lang), CONTENT(lang), LINES(lang))
    for place, head in enumerate(heads):
        sheet.write_string(top, place, head, looks.head())
    places = {leaf.key: leaf for leaf in found if leaf.key}
    lines: list[tuple[str, Leaf | Exhibit]] = [("", found[0])]
    for section in meeting.sections:
        shown = [one for one in section.exhibits if one.form != "tiles" or one.missing]
        lines += [(section.title, places.get(one.key, one)) for one in shown]
    lines += [("", leaf) for leaf in found[1:] if not leaf.key]
    for number, (page, what) in enumerate(lines):
        row = top + 1 + number
        sheet.write_number(row, 0, number + 1, looks.line(align="center"))
        sheet.write_string(row, 1, page, looks.line())
        _content(sheet, row, what, looks)


def _content(sheet: Worksheet, row: int, what: Leaf | Exhibit, looks: Looks) -> None:
    if isinstance(what, Leaf):
        _link(sheet, (row, 2), what.name, what.title, looks, bottom=1)
        sheet.write_number(row, 3, len(what.rows), looks.line(num_format="#,##0"))
    else:
        said = f"{what.title} — {what.missing}" if what.title else what.missing
        sheet.write_string(row, 2, said, looks.line(font_color=LIGHT.quiet))
        sheet.write_blank(row, 3, None, looks.line())
