"""A meeting as plain tables: those of the workbook, and the same as CSV.

An empty cell is a value there is none of; `*` is one that is hidden. Numbers are whole and exact,
whatever short form a slide shows them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dashboard.charts.words import UNITS
from dashboard.exhibits.model import Cell, Exhibit, Figure, Grid, Head, Meeting, Plot
from dashboard.exports import neutral
from dashboard.exports.look import DATE, MONEY
from dashboard.exports.work import Step, silent
from dashboard.sqlfiles import ColumnKind
from dashboard.text import DASH, Lang, Number, Text

ABOUT, FIGURES = Text("说明", "About"), Text("指标", "Figures")
DEFINITIONS, SOURCES = Text("定义", "Definitions"), Text("来源", "Sources")
QUALITY = Text("数据质量", "Data quality")
NUMBERS: frozenset[ColumnKind] = frozenset(("count", "people", "money", "ratio"))
RATIO, COUNT, PLAIN, GENERAL = "0.0%", "#,##0", "0", "General"

_KINDS: dict[str, ColumnKind] = {"ratio": "ratio", "yuan": "money", "yuan_per_person": "money"}
_UNITS = UNITS | {
    "ratio": Text("率", "share"),
    "yuan": Text("元", "yuan"),
    "yuan_per_person": Text("元/人", "yuan a person"),
}
_FIGURES: tuple[tuple[Text, ColumnKind], ...] = (
    (Text("页面", "Page"), "label"),
    (Text("指标", "Figure"), "label"),
    (Text("数值", "Value"), "count"),
    (Text("单位", "Unit"), "label"),
    (Text("显示为", "Shown as"), "label"),
    (Text("分子", "Numerator"), "count"),
    (Text("分母", "Denominator"), "count"),
    (Text("目标", "Target"), "label"),
    (Text("状态", "Status"), "label"),
    (Text("变化", "Change"), "label"),
    (Text("本校口径", "Counted here as"), "text"),
)
_DEFINED = (
    Text("指标", "Figure"),
    Text("公式", "Formula"),
    Text("为什么看它", "Why"),
    Text("出处", "Source"),
)
_SOURCE: tuple[tuple[Text, ColumnKind], ...] = (
    (Text("文件", "File"), "text"),
    (Text("工作表", "Sheet"), "text"),
    (Text("台账", "Register"), "label"),
    (Text("行数", "Rows"), "count"),
    (Text("导入日期", "Imported"), "date"),
    (Text("文件指纹 SHA-256", "SHA-256 of the file"), "text"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell: its value as a spreadsheet keeps it, and the format it is shown in."""

    value: neutral.Value
    format: str = GENERAL


@dataclass(frozen=True, slots=True)
class Leaf:
    """One table. `name` is the sheet's and the file's: unique, valid for both."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Typed, ...], ...]
    hint: str = ""
    key: str = ""  # the exhibit's, where it is one
    plot: Plot | None = None


def leaves(meeting: Meeting, step: Step = silent) -> Iterator[Leaf]:
    """The figures, every chart and table that has anything to show, and where it all is from.

    Tiles are rows of the first: each figure stands once. `step` is called before each page.
    """
    step(meeting.title)
    yield _figures(meeting)
    taken = [part(meeting.lang) for part in (ABOUT, FIGURES, DEFINITIONS, SOURCES, QUALITY)]
    reserved = len(taken) - 1
    for section in meeting.sections:
        step(section.title)
        for exhibit in section.exhibits:
            if exhibit.grid and exhibit.form != "tiles":
                title = exhibit.title or section.title
                name = neutral.sheet_name(f"{len(taken) - reserved:02} {title}", taken)
                taken.append(name)
                yield _leaf(name, title, exhibit, exhibit.grid)
    yield from _behind(meeting)


def _leaf(name: str, title: str, exhibit: Exhibit, grid: Grid) -> Leaf:
    kinds = [head.kind for head in grid.heads]
    rows = tuple(
        tuple(typed(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in grid.rows
    )
    return Leaf(name, title, grid.heads, rows, exhibit.hint, exhibit.key, exhibit.plot)


def typed(cell: Cell, kind: ColumnKind) -> Typed:
    """The cell as a spreadsheet keeps it. Words stay words, though a number were behind them."""
    if cell.value is None:
        return Typed(None if cell.text in ("", DASH) else cell.text)
    if isinstance(cell.value, str) or (kind not in NUMBERS and not isinstance(cell.value, date)):
        return Typed(cell.text)
    if isinstance(cell.value, date):
        return Typed(cell.value, DATE)
    return Typed(plain(cell.value), _format(cell.value, cell.text, kind))


def plain(value: Number) -> neutral.Value:
    """A fraction as the number nearest to it."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value


def _format(value: Number, text: str, kind: ColumnKind) -> str:
    if kind in ("ratio", "money"):
        return RATIO if kind == "ratio" else MONEY
    if value != int(value):
        return MONEY
    is_year = float(value) >= 1_000 and "," not in text  # 2026 is a year, not 2,026
    return PLAIN if is_year else COUNT


# -- the figures ------------------------------------------------------------------------------


def _figures(meeting: Meeting) -> Leaf:
    """Every figure once, under the page that tells it first."""
    lang = meeting.lang
    rows = tuple(_figure(page, figure, lang) for page, figure in figures(meeting))
    heads = tuple(Head(label(lang), kind) for label, kind in _FIGURES)
    return Leaf(FIGURES(lang), FIGURES(lang), heads, rows)


def figures(meeting: Meeting) -> list[tuple[str, Figure]]:
    """Each figure once with its page's title, in the order of the meeting."""
    found: dict[str, tuple[str, Figure]] = {}
    for section in meeting.sections:
        for exhibit in section.exhibits:
            for figure in exhibit.figures:
                found.setdefault(figure.id, (section.title, figure))
    return list(found.values())


def _figure(page: str, figure: Figure, lang: Lang) -> tuple[Typed, ...]:
    now, unit = figure.result.now, figure.result.kpi.unit
    parts = (None, None) if now.hidden or now.missing else (now.numerator, now.denominator)
    money = MONEY if figure.result.kpi.counted.zh == "元" or unit.startswith("yuan") else COUNT
    missing = now.missing(lang) if now.missing else ""
    return (
        Typed(page),
        Typed(figure.label),
        typed(figure.value, _KINDS.get(unit, "count")),
        Typed(_UNITS[unit](lang)),
        Typed(figure.value.text),
        Typed(parts[0], money),
        Typed(parts[1], COUNT if unit == "yuan_per_person" else money),
        Typed(figure.target or None),
        Typed(figure.badge or missing or None),
        Typed(f"{figure.change} {figure.than}".strip() or None),
        Typed(figure.variant or None),
    )


# -- what is behind them ----------------------------------------------------------------------


def _behind(meeting: Meeting) -> Iterable[Leaf]:
    lang = meeting.lang
    heads = tuple(Head(label(lang), "text") for label in _DEFINED)
    defined = tuple(
        tuple(Typed(said or None) for said in (one.label, one.formula, one.why, one.source))
        for one in meeting.definitions
    )
    yield Leaf(DEFINITIONS(lang), DEFINITIONS(lang), heads, defined)
    heads = tuple(Head(label(lang), kind) for label, kind in _SOURCE)
    yield Leaf(SOURCES(lang), SOURCES(lang), heads, tuple(_sources(meeting)))
    if meeting.quality:
        lines = tuple((Typed(line),) for line in meeting.quality)
        yield Leaf(QUALITY(lang), QUALITY(lang), (Head(QUALITY(lang), "text"),), lines)


def _sources(meeting: Meeting) -> Iterable[tuple[Typed, ...]]:
    for one in meeting.sources:
        yield (
            Typed(one.file),
            Typed(one.sheet),
            Typed(one.register),
            Typed(one.rows, COUNT),
            Typed(one.imported, DATE),
            Typed(one.sha256),
        )
