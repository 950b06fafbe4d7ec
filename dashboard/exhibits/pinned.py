"""A pinned chart as numbers and as a table, and what of it may be on a wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from dashboard import layout
from dashboard.answers import Answer
from dashboard.charts.dots import across_measure
from dashboard.charts.drawn import Drawing
from dashboard.charts.explored import note, shape
from dashboard.charts.measures import Measure, measure
from dashboard.charts.template import LIGHT
from dashboard.disclosure import is_small
from dashboard.exhibits.model import Cell, Grid, Head, Plot, Series
from dashboard.exploring.charting.recipe import Counted, Name, Unit
from dashboard.sqlfiles import ColumnKind
from dashboard.text import Lang, Text, number
from dashboard.withheld import Wall

LEFT_OUT = Text("{n} 行未计入", "{n} rows not counted")
KEPT_TO = Text("只看 {kept}", "only {kept}")
UNNAMED = Text("一份未入库的表格", "a spreadsheet that is not stored")
UNIT = Text("单位：{unit}", "in {unit}")
SOURCE = Text("来源：{source}", "from {source}")
KINDS: dict[Unit, ColumnKind] = {"yuan": "money", "ratio": "ratio", "number": "count"}


def hint(block: layout.Pinned, answer: Answer, lang: Lang) -> str:
    """What it is kept to, of which table it is, and what of that is not counted; on a wall no
    number of people tells what could be taken away.
    """
    counted = block.counted
    told = [KEPT_TO.format(kept=block.kept)(lang)] if block.kept.zh else []
    told.append(SOURCE.format(source=block.source)(lang))
    if not (answer.filters.safe and counted.people):
        left = counted.empty + counted.unfit
        told += [LEFT_OUT.format(n=number(left))(lang)] if left else []
    if shape(counted) == "heat" and (word := measure(counted, lang).word):
        told.append(UNIT.format(unit=word)(lang))
    return " · ".join(told)


# -- on a wall ----------------------------------------------------------------------------------


def seen(block: layout.Pinned, answer: Answer) -> layout.Pinned:
    """As it may be read there: no person's name or number among its words. How a file or its
    sheets are called is nobody's business: whoever sent it in is often on no register.
    """
    wall = answer.wall
    if not answer.filters.safe or wall is None:
        return block
    counted, said = block.counted, wall.text
    names = tuple(_veiled(name, wall) for name in counted.names)
    series = tuple((_veiled(name, wall), amounts) for name, amounts in counted.series)
    told = replace(
        counted, title=said(counted.title), along=said(counted.along),
        measured=said(counted.measured), suffix=wall.words(counted.suffix), names=names,
        series=series, along_suffix=wall.words(counted.along_suffix),
    )  # fmt: skip
    return replace(block, counted=told, source=UNNAMED, kept=said(block.kept))


def _veiled(name: Name, wall: Wall) -> Name:
    return replace(name, text=wall.text(name.text))


def is_of_few(block: layout.Pinned) -> bool:
    """Whether single people could be told from it: one is never on a wall."""
    counted = block.counted
    return counted.people and bool(counted.dots or counted.recipe.kept or _is_small(block))


def is_withheld(block: layout.Pinned, answer: Answer) -> bool:
    """Whether it may not be on a wall at all. Of people: where a mark is of less than five rows, or
    people; where it is kept to some, for what it leaves out follows from the whole; where each dot
    is one. Of money: where it names a person or tells of a hardship.
    """
    if not answer.filters.safe:
        return False
    counted, wall = block.counted, answer.wall
    if wall is None:
        return True
    if is_of_few(block):
        return True
    return counted.unit == "yuan" and any(map(wall.veil.is_private, _said(block)))


def _is_small(block: layout.Pinned) -> bool:
    """How many different people there are is a number of people, whatever the rows."""
    marks = [amount for _, amounts in block.counted.series for amount in amounts]
    if block.counted.recipe.how == "distinct" and any(is_small(int(m.value or 0)) for m in marks):
        return True
    return is_small(block.fewest or 0) or any(is_small(mark.rows) for mark in marks)


def _said(block: layout.Pinned) -> Iterator[str]:
    counted = block.counted
    names = (*counted.names, *(name for name, _ in counted.series))
    yield from (name.text.zh for name in names)
    yield from (counted.title.zh, block.kept.zh)


# -- as numbers ---------------------------------------------------------------------------------


def of_pinned(block: layout.Pinned, lang: Lang) -> tuple[Plot, Grid]:
    """Its numbers, written as on the screen, and the same as a table."""
    counted, drawn = block.counted, shape(block.counted)
    if drawn == "points":
        return _points(counted, lang)
    told = measure(counted, lang)
    plot = Plot(
        drawn,
        tuple(name.text(lang) for name in counted.names),
        tuple(_series(counted, at, told) for at in range(len(counted.series))),
        _unit(told),
        notes=_notes(counted, lang) if drawn == "bars" else (),
    )
    return plot, _grid(counted, plot, told)


def _unit(told: Measure) -> str:
    """Numbers without decimals are counts."""
    return "count" if told.unit == "number" and not told.places else told.unit


def _series(counted: Counted, at: int, told: Measure) -> Series:
    """The only one is called by what was measured."""
    name, amounts = counted.series[at]
    called = name.text if len(counted.series) > 1 else counted.measured
    write = _in_field if shape(counted) == "heat" else _at_mark
    return Series(called(told.lang), tuple(write(one.value, told) for one in amounts))


def _at_mark(value: Fraction | None, told: Measure) -> Cell:
    return Cell(value, told.words(value))


def _in_field(value: Fraction | None, told: Measure) -> Cell:
    """What is nothing at all is not written; the unit is said once."""
    return Cell(value, told.bare(value)) if value else Cell(None, "")


def _notes(counted: Counted, lang: Lang) -> tuple[str, ...]:
    """As beside the bars on the screen."""
    return tuple(note(counted, amount.rows, lang) for amount in counted.series[0][1])


def _grid(counted: Counted, plot: Plot, told: Measure) -> Grid:
    """Names down, series across; the headings say the unit."""
    kind = KINDS[counted.unit]
    heads = (Head(counted.along(told.lang), "label"), *(Head(s.name, kind) for s in plot.series))
    rows = tuple(
        (
            Cell(name, name),
            *(
                _plain(held[at].value, told.words(held[at].value), told)
                for _, held in counted.series
            ),
        )
        for at, name in enumerate(plot.names)
    )
    return Grid(heads, rows)


def _plain(value: Fraction | None, text: str, told: Measure) -> Cell:
    """Whole, whatever scale the chart has."""
    whole = replace(told, divisor=1, places=2 if told.unit == "yuan" else told.places)
    return Cell(value, text if value is None else whole.bare(value))


def _points(counted: Counted, lang: Lang) -> tuple[Plot, Grid]:
    drawing = Drawing(counted, measure(counted, lang), LIGHT, lang)
    across, up = across_measure(drawing), drawing.measure
    names = counted.along(lang), counted.measured(lang)
    dots = tuple((Cell(x, across.words(x)), Cell(y, up.words(y))) for x, y in counted.dots)
    heads = tuple(
        Head(name, KINDS[one.unit]) for name, one in zip(names, (across, up), strict=True)
    )
    rows = tuple((_plain(x, "", across), _plain(y, "", up)) for x, y in counted.dots)
    return Plot("points", names, (), _unit(up), dots=dots), Grid(heads, rows)
