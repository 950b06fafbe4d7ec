"""A meeting as slides: one block each, or a row of tiles; what does not fit goes on after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.charts.projected import projected
from dashboard.exhibits.model import Exhibit, Figure, Grid, Meeting, Section
from dashboard.exhibits.paging import pages
from dashboard.text import Lang, Text, number

WIDTH, HEIGHT = 1760, 724  # pixels of the room for a block, on a slide of 1920 × 1080
TILES = 4  # on one slide
TABLE = 4  # slides a table takes; the rest is in the workbook
LINES, EMS = 12, 60.0  # of the smallest letters of a table on one slide
LEFT_OUT = Text("其余 {n} 行见工作簿", "{n} more rows in the workbook")


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture on the wall.

    page      the title of the page it is from; empty on the first slide
    part      `2/3`, where its block takes several slides
    drawn     a chart's figure, grown for a hall
    sentence  why there is nothing to show
    left      what of a table is not shown
    """

    kind: Literal["cover", "tiles", "chart", "table", "missing"]
    page: str
    title: str
    hint: str = ""
    part: str = ""
    figures: tuple[Figure, ...] = ()
    grid: Grid | None = None
    drawn: Any = None
    sentence: str = ""
    left: str = ""


def slides(meeting: Meeting) -> list[Slide]:
    """The cover, then every block in order."""
    found = [Slide("cover", "", meeting.title)]
    for section in meeting.sections:
        for exhibit in section.exhibits:
            parts = list(_parts(exhibit, section, meeting.lang))
            told = [f"{at}/{len(parts)}" if len(parts) > 1 else "" for at in _count(parts)]
            found += [replace(one, part=part) for one, part in zip(parts, told, strict=True)]
    return found


def _count(parts: Sequence[Slide]) -> range:
    return range(1, len(parts) + 1)


def _parts(exhibit: Exhibit, section: Section, lang: Lang) -> Iterator[Slide]:
    plain = Slide("missing", section.title, exhibit.title, exhibit.hint)
    if exhibit.missing:
        yield replace(plain, sentence=exhibit.missing)
    elif exhibit.form == "tiles":
        yield from _tiles(exhibit.figures, replace(plain, title=exhibit.title or section.question))
    elif exhibit.form == "chart" and exhibit.chart:
        for drawn in projected(exhibit.chart, WIDTH, HEIGHT):
            yield replace(plain, kind="chart", drawn=drawn)
    elif exhibit.grid:
        yield from _table(exhibit.grid, plain, lang)


def _tiles(figures: Sequence[Figure], plain: Slide) -> Iterator[Slide]:
    """Equally many on each slide."""
    each = -(-len(figures) // max(1, -(-len(figures) // TILES)))
    for at in range(0, len(figures), max(1, each)):
        yield replace(plain, kind="tiles", figures=tuple(figures[at : at + each]))


def _table(grid: Grid, plain: Slide, lang: Lang) -> Iterator[Slide]:
    """As many rows as a few slides hold, each with all its columns; how many more there are."""
    parts = pages(grid, LINES, EMS)
    across = len({part.heads for part in parts})
    shown = parts[: max(1, TABLE // across) * across]
    rest = len(grid.rows) - sum(len(part.rows) for part in shown[::across])
    left = LEFT_OUT.format(n=number(rest))(lang) if rest else ""
    for at, part in enumerate(shown):
        yield replace(plain, kind="table", grid=part, left=left if at == len(shown) - 1 else "")
