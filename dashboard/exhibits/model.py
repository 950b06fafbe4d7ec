"""What is shown to a meeting, as values: the slides, the document and the workbook are drawn from
the same ones, so a number cannot differ between them.

Words are in the meeting's one language already. Numbers stay exact beside the words they are
shown in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dashboard.charts.template import Chart
from dashboard.kpis.model import Result
from dashboard.sqlfiles import ColumnKind
from dashboard.text import Lang, Number

Value = Number | date | str | None
Form = Literal["bars", "columns", "lines", "funnel", "moves", "heat", "flows", "points"]
Names = Literal["hidden", "shown"]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading. `kind` tells how it is aligned and formatted: ratio is a share of one."""

    label: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: exact, and as it is shown (`98.3%`, `—`, `*`)."""

    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: every row is as long as `heads`."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one colour of bars; None is a gap, and its text says why (`—`, `*`).

    `estimated` lines are drawn dotted.
    """

    name: str
    cells: tuple[Cell, ...]
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart as numbers.

    bars     horizontal, a name each, the first at the top; one series
    columns  vertical, one or several series side by side
    lines    one or several series over `names`
    funnel   horizontal bars, each a stage
    moves    above the line who came, below it who went: two series
    heat     series are the rows, names the columns, a number in each field
    flows    `flows` are (from, to, amount); names and series are empty
    points   `dots` are (across, up); names are what is across and what is up; no series

    unit     that of a figure (kpis.model.Unit): ratio, people, count, cases, items, yuan …; number
             where values of a dropped table have decimals
    notes    what follows a bar's value quietly (`118/120`), by name; may be empty
    short    whether a bar falls short of the target, by name; may be empty
    target   where the dotted line stands, and its words
    """

    form: Form
    names: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    notes: tuple[str, ...] = ()
    short: tuple[bool, ...] = ()
    target: tuple[Number, str] | None = None
    flows: tuple[tuple[str, str, Cell], ...] = ()
    dots: tuple[tuple[Cell, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One tile: the figure's name, its value in words, and the quiet words under it.

    `status` is that of kpis.model.Result; `badge` its word (达标, 未达标), empty where there is no
    target. `change` and `than` belong together: `+1.2 个百分点`, `较上年`.
    """

    id: str
    label: str
    value: Cell
    fraction: str
    target: str
    change: str
    than: str
    status: str
    badge: str
    better: str  # good, bad, or "" where neither: what colour the change has
    variant: str
    result: Result


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One block of a page: a row of tiles, a chart, or a table.

    key      its place in the running order, `funds.3`
    grid     its numbers as a table, whatever its form; of tiles one row a figure
    plot     the chart as numbers, where it is one
    chart    the same as the screen draws it, where it is one
    missing  why there is nothing to show, in a sentence; then the others are empty
    figures  the figures it tells, as tiles; of a chart those it is drawn from
    notes    for the speaker: definition, n/N, sources, a line each
    """

    key: str
    page: str
    title: str
    hint: str
    form: Literal["tiles", "chart", "table"]
    figures: tuple[Figure, ...] = ()
    grid: Grid | None = None
    plot: Plot | None = None
    chart: Chart | None = None
    missing: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the dashboard: its title, the question it answers, its blocks."""

    path: str
    title: str
    question: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One sheet that was imported; `file` is without a person's name where names are hidden."""

    file: str
    sheet: str
    register: str
    rows: int
    imported: date
    sha256: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure's words: formula, why it is told, where the definition comes from."""

    id: str
    label: str
    formula: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that goes out at once.

    school   its name, or 本校工会
    caption  the filter line: `2025 年 · 语文组 · 数据截至 2025-12-31`
    names    whether persons' names are in it
    quality  what of the data could not be counted or contradicts itself, a line each
    view     the filters as the address has them, for the manifest
    """

    school: str
    title: str
    caption: str
    as_of: date
    period: str
    lang: Lang
    names: Names
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...] = ()
    sources: tuple[Source, ...] = ()
    quality: tuple[str, ...] = ()
    view: Mapping[str, str] = field(default_factory=dict)
    is_demo: bool = False

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All of them, in order."""
        return tuple(exhibit for section in self.sections for exhibit in section.exhibits)
