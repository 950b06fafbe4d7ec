"""The first sheet of a copy to mend: every issue with its place, its value and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from dashboard.exports import look, neutral
from dashboard.exports.look import Looks
from dashboard.importing.aside import SENTENCE
from dashboard.importing.report import FileReport, Issue
from dashboard.text import Lang, Text

NAME = Text("问题清单", "To mend")
TITLE = Text("{file}：问题清单", "{file}: what to mend")
HOW = Text(
    "在后面的工作表里改正标色的单元格（指着它可看说明），保存后上传整个文件。",
    "Mend the coloured cells in the sheets behind (point at one to read why), save, and upload"
    " the whole file.",
)
COUNTED = Text(
    "需修改 {error} 处（红）· 请核对 {warning} 处（黄）· 提示 {info} 处（灰蓝）",
    "{error} to mend (red) · {warning} to check (yellow) · {info} to know (grey)",
)
MASKED = Text(
    "身份证号、电话、银行卡号、住址没有写进这份文件，原处以“[已隐去]”代替，不必补填。",
    "Identity, phone and bank card numbers and addresses are not in this file; [已隐去] stands in"
    " their place and need not be filled in.",
)
SHORT = Text(
    "工作表“{sheet}”行数太多，这里只有表头和有问题的行：请改在原文件里，再上传原文件。",
    "The sheet '{sheet}' is too long: only its header and the rows with issues are here. Mend"
    " them in the original file and upload that.",
)
MORE = Text(
    "工作表“{sheet}”共有 {all} 处问题，这里列出前 {shown} 处。",
    "The sheet '{sheet}' has {all} issues; the first {shown} are listed.",
)
SEVERITY = {
    "error": Text("需修改", "to mend"),
    "warning": Text("请核对", "to check"),
    "info": Text("提示", "to know"),
}
WHOLE = Text("整张表", "whole sheet")
HEADERS = (
    (Text("程度", "Kind"), 10),
    (Text("工作表", "Sheet"), 18),
    (Text("单元格", "Cell"), 10),
    (Text("内容", "Value"), 30),
    (Text("问题", "What is wrong"), 46),
    (Text("怎么改", "What to do"), 40),
)
_MOST_LINKS = 60_000  # a sheet may hold 65,530


def write(
    sheet: Worksheet,
    report: FileReport,
    names: Mapping[str, str],
    short: Sequence[str],
    looks: Looks,
    lang: Lang,
) -> None:
    """names: a sheet's name in the file -> in the copy; short: sheets that are not whole."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    title = TITLE.format(file=report.file)(lang)
    sheet.write_string(0, 0, title, looks.title())
    lines = list(_lines(report, short))
    for at, text in enumerate(lines, start=1):
        sheet.write_string(at, 0, text(lang), looks.quiet())
    header = len(lines) + 2
    sheet.set_row(header, 24)
    for place, (label, wide) in enumerate(HEADERS):
        sheet.set_column(place, place, wide)
        sheet.write_string(header, place, label(lang), looks.head())
    found = [(of, issue) for of in report.sheets for issue in of.issues]
    listing = _Listing(sheet, names, looks, lang)
    for at, (of, issue) in enumerate(found, start=header + 1):
        listing.line(at, of.name, issue)
    sheet.autofilter(header, 0, header + len(found), len(HEADERS) - 1)
    sheet.freeze_panes(header + 1, 0)
    look.printed(sheet, lang, header)


def _lines(report: FileReport, short: Sequence[str]) -> Iterator[Text]:
    found = Counter(issue.severity for sheet in report.sheets for issue in sheet.issues)
    yield SENTENCE
    yield HOW
    yield COUNTED.format(**{name: found[name] for name in ("error", "warning", "info")})
    yield MASKED
    for name in short:
        yield SHORT.format(sheet=name)
    for sheet in report.sheets:
        if sheet.issues_total > len(sheet.issues):
            yield MORE.format(sheet=sheet.name, all=sheet.issues_total, shown=len(sheet.issues))


@dataclass(frozen=True, slots=True)
class _Listing:
    """The table of the list."""

    sheet: Worksheet
    names: Mapping[str, str]
    looks: Looks
    lang: Lang

    def line(self, at: int, name: str, issue: Issue) -> None:
        kind = self.looks.line(bg_color=look.FILLS[issue.severity], align="center")
        self.sheet.write_string(at, 0, SEVERITY[issue.severity](self.lang), kind)
        neutral.write(self.sheet, at, 1, name, self.looks.line())
        self._place(at, self.names.get(name), issue)
        texts = (issue.value or "", issue.message(self.lang), issue.remedy(self.lang))
        for column, text in enumerate(texts, start=3):
            neutral.write(self.sheet, at, column, text or None, self.looks.line())
        widths = (HEADERS[column][1] for column in (1, 3, 4, 5))
        lines = (
            -(-look.width(text) // wide) for text, wide in zip((name, *texts), widths, strict=True)
        )
        self.sheet.set_row(at, 17 * max(1, *lines) + 4)

    def _place(self, at: int, name: str | None, issue: Issue) -> None:
        """The cell's name, leading to it; a sheet that is hidden has no copy to lead to."""
        place = issue.cell or WHOLE(self.lang)
        if name is None or at > _MOST_LINKS:
            self.sheet.write_string(at, 2, place, self.looks.line())
            return
        there = f"internal:{quote_sheetname(name)}!{issue.cell or 'A1'}"
        linked = self.looks.line(font_color=look.BLUE, underline=1)
        self.sheet.write_url(at, 2, there, linked, place)
