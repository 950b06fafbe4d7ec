"""Tables as tables: ruled like ours on the screen, in letters that can be read from the back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.exhibits import paging
from dashboard.exhibits.model import Cell, Grid, Head, Plot
from dashboard.exports.deck.inks import Ink
from dashboard.exports.deck.lettering import Run, plain, write
from dashboard.exports.deck.paper import LEADING, Area, lines
from dashboard.exports.deck.stage import Leaf, Stage
from dashboard.exports.deck.words import COLUMNS, FLOWS, REST
from dashboard.text import Lang

SIZES = (20.0, 18.0, 16.0, 14.0)
MOST = 6  # slides of one table; the workbook has all of it
PAD, SIDE = 3.5, 8.0  # points above and below the words of a cell, and beside them
ROOMIEST = 1.7  # how much wider than its words a column may get
NUMBERS = ("count", "money", "ratio", "people")
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: the size of its letters, and em of a column before its words break."""

    size: float
    widest: float

    @classmethod
    def of(cls, grid: Grid, area: Area, size: float) -> Setting:
        return cls(size, paging.roomiest(grid, area.width / size))

    def parts(self, grid: Grid, area: Area) -> list[Grid]:
        head = _height(max(paging.lines(one.label, self.widest) for one in grid.heads), self.size)
        lines_below = max(1, int((area.height - head) / _height(1, self.size)))
        return paging.pages(grid, lines_below, area.width / self.size, self.widest)


def leaves(stage: Stage, title: str, hint: str, grid: Grid) -> list[Leaf]:
    """As many slides as it needs, in the largest letters that need no more; then it is cut."""
    settings = [Setting.of(grid, stage.body, size) for size in SIZES]
    found = [(setting, setting.parts(grid, stage.body)) for setting in settings]
    setting, parts = min(found, key=lambda one: len(one[1]))
    shown, told = _capped(grid, parts, stage)
    hint = " · ".join(part for part in (*told, hint) if part)
    return [Leaf(title, hint, partial(_draw, grid=part, setting=setting)) for part in shown]


def _height(lines: int, size: float) -> float:
    return lines * size * LEADING + 2 * PAD


def _lines(row: Sequence[str], wide: Sequence[float], setting: Setting) -> int:
    """Of the cell that takes the most, in columns as they are drawn."""
    return max(
        min(lines(words, width - 2 * SIDE, setting.size), paging.lines(words, setting.widest))
        for words, width in zip(row, wide, strict=True)
    )


def _capped(grid: Grid, parts: list[Grid], stage: Stage) -> tuple[list[Grid], list[str]]:
    """Whole stretches of rows, each with all its columns; what is left out is told."""
    reached = accumulate(len(part.heads) - 1 for part in parts)
    across = next((at for at, n in enumerate(reached, 1) if n >= len(grid.heads) - 1), len(parts))
    kept = parts[: min(across, MOST) * max(1, MOST // across)]
    if len(kept) == len(parts):
        return parts, []
    told = []
    rows = sum(len(part.rows) for part in kept[:: min(across, MOST)])
    if rows < len(grid.rows):
        told.append(REST.format(all=len(grid.rows), shown=rows)(stage.lang))
    if across > MOST:
        left = len(grid.heads) - 1 - sum(len(part.heads) - 1 for part in kept[:MOST])
        told.append(COLUMNS.format(n=left)(stage.lang))
    return kept, told


def _draw(stage: Stage, slide: Any, area: Area, grid: Grid, setting: Setting) -> None:
    """A part of it, from the top of the room."""
    size, widest = setting.size, setting.widest
    wide = [ems * size for ems in paging.widths(grid, widest)]
    roomier = min(ROOMIEST, area.width / sum(wide))
    wide = [one * roomier for one in wide]
    texts = [[head.label for head in grid.heads]]
    texts += [[paging.cut(cell.text, widest) for cell in row] for row in grid.rows]
    sheet = Sheet(stage, slide, area, wide)
    sheet.begin([_height(_lines(row, wide, setting), size) for row in texts])
    aligned = ["right" if head.kind in NUMBERS else "left" for head in grid.heads]
    for at, head in enumerate(grid.heads):
        sheet.put(0, at, [Run(head.label, size, "quiet", bold=True)], aligned[at])
    for line, row in enumerate(grid.rows, start=1):
        for at, cell in enumerate(row):
            sheet.put(line, at, [Run(paging.cut(cell.text, widest), size)], aligned[at])


class Sheet:
    """A native table with rules between its rows and no other decoration."""

    def __init__(self, stage: Stage, slide: Any, area: Area, widths: Sequence[float]) -> None:
        self.stage, self.slide, self.area, self.widths = stage, slide, area, widths
        self.table: Any = None

    def begin(self, heights: Sequence[float]) -> None:
        """Make it, with rows of these heights; the first is its heading."""
        area = self.area
        frame = self.slide.shapes.add_table(
            len(heights), len(self.widths), Pt(area.left), Pt(area.top), Pt(sum(self.widths)),
            Pt(sum(heights)),
        )  # fmt: skip
        self.table = frame.table
        self.table.horz_banding = False
        next(frame.element.iter(qn("a:tableStyleId"))).text = NO_STYLE
        for column, width in zip(self.table.columns, self.widths, strict=True):
            column.width = Pt(width)
        for row, height in zip(self.table.rows, heights, strict=True):
            row.height = Pt(height)

    def put(
        self, row: int, column: int, line: Sequence[Run], align: str, *, headed: bool = True
    ) -> Any:
        """Words in one cell, and the rule under it."""
        cell = self.table.cell(row, column)
        plain(cell.text_frame, anchor="middle")
        cell.margin_top = cell.margin_bottom = Pt(PAD)
        cell.margin_left, cell.margin_right = Pt(SIDE), Pt(SIDE)
        cell.vertical_anchor = cell.text_frame.vertical_anchor
        write(cell.text_frame, [line], self.stage.inks, align=align)
        self._rule(cell, "quiet" if headed and row == 0 else "line")
        return cell

    def _rule(self, cell: Any, ink: Ink) -> None:
        """A cell's borders have no place in the library, so they are borrowed from a shape's."""
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - a cell's own element
        rule = properties.makeelement(qn("a:lnB"), {"w": str(Pt(1.25 if ink == "quiet" else 0.75))})
        fill = rule.makeelement(qn("a:solidFill"), {})
        colour = {"quiet": "tx1", "line": "bg2" if self.stage.inks.ours else "tx1"}[ink]
        shade = fill.makeelement(qn("a:schemeClr"), {"val": colour})
        if ink == "line" and not self.stage.inks.ours:
            _lighten(shade, self.stage.inks.brightness(ink))
        fill.append(shade)
        rule.append(fill)
        properties.insert(0, rule)


def _lighten(shade: Any, brightness: float) -> None:
    """As the library writes a brightness: so much of the colour, and so much white on top."""
    kept = round((1 - abs(brightness)) * 100_000)
    parts = [("a:lumMod", kept)] + ([("a:lumOff", 100_000 - kept)] if brightness > 0 else [])
    for name, value in parts:
        shade.append(shade.makeelement(qn(name), {"val": str(value)}))


def of_flows(plot: Plot, grid: Grid | None, lang: Lang) -> Grid:
    """From, to, and how much, in the words of the chart."""
    said = grid.heads if grid and len(grid.heads) == 3 else ()
    words = (Head(FLOWS[0](lang), "label"), Head(FLOWS[1](lang), "label"))
    heads = said or (*words, Head(FLOWS[2](lang), "money"))
    rows = tuple((Cell(a, a), Cell(b, b), amount) for a, b, amount in plot.flows)
    return Grid(heads, rows)
