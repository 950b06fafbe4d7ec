"""What every chart of any table is drawn from, and what it says in words and as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.charts.measures import Measure
from dashboard.charts.rows import broken, letters, plain
from dashboard.charts.shades import thinned
from dashboard.charts.template import Palette, Twin
from dashboard.exploring.charting.recipe import Counted, Name
from dashboard.text import Lang, Text, number

WIDE = 480  # pixels a plot usually has; a phone turns what does not fit
LETTER = 6.5  # pixels of half a Chinese character among the small words
FAINT = 0.55  # of a colour that comes a second time
EMPTY = "（空）"
ROWS, SERIES = Text("行数", "Rows"), Text("分组", "Group")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:年|-| )(?P<rest>\S.*)")
_WHOLE = re.compile(r"^（|\d[–,.%\d ]*\d")
_YEAR_LAST = re.compile(r"(?P<rest>[A-Z][a-z]{2}) (?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, how its values are written, in which colours and language."""

    counted: Counted
    measure: Measure
    palette: Palette
    lang: Lang

    @property
    def names(self) -> list[str]:
        return [name.text(self.lang) for name in self.counted.names]

    @property
    def words(self) -> list[list[str]]:
        """Of each series, its values with their unit."""
        return [[self.measure.words(a.value) for a in held] for _, held in self.counted.series]

    def sizes(self, at: int) -> list[float | None]:
        return [self.measure.size(amount.value) for amount in self.counted.series[at][1]]


def is_quiet(name: Name) -> bool:
    """Whether it stands for the tail, or for empty cells."""
    return name.rest or is_empty(name)


def is_empty(name: Name) -> bool:
    """Whether it stands for empty cells; a series without a split has no value either."""
    return name.value is None and not name.rest and name.text.zh == EMPTY


def can_be_kept(name: Name) -> bool:
    """Whether a click on it can keep to it: not the tail, not the only series."""
    return name.value is not None or is_empty(name)


def colours(drawing: Drawing) -> list[str]:
    """One each; the tail and the empty are grey. After five they come again, fainter."""
    own, grey = drawing.palette.series[:-1], drawing.palette.series[-1]
    found: list[str] = []
    for at, (name, _) in enumerate(drawing.counted.series):
        share = FAINT if at // len(own) % 2 else 1.0
        colour = thinned(own[at % len(own)], drawing.palette, share)
        found.append(grey if is_quiet(name) else colour)
    return found


def said(drawn: go.Figure, text: str, colour: str, **place: object) -> None:
    """A few quiet words above the plot."""
    above = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left"}
    lifted = {"yanchor": "bottom", "yshift": 8, "xshift": -4, "showarrow": False}
    drawn.add_annotation(**(above | lifted | place), text=text, font={"color": colour, "size": 12})


def dated(names: list[str]) -> Iterator[str]:
    """Of `2025年3月` the month; the year stands under the first and where another one begins.
    Nothing where names are not of years.
    """
    parts = [_of_year(name) for name in names]
    years = [part[0] for part in parts]
    if not parts or "" in years:
        return
    yield f"{parts[0][1]}<br>{years[0]}"
    for (before, _), (year, rest) in pairwise(parts):
        yield rest if year == before else f"{rest}<br>{year}"


def under(names: list[str], room: float) -> list[str]:
    """Names that stand side by side in so many pixels: words on two lines where one is too narrow;
    ranges of numbers, and what stands in brackets, whole.
    """
    slot = max(6, min(int(room / max(len(names), 1) / LETTER) - 1, 14))
    return list(dated(names)) or [
        plain(name) if _WHOLE.search(name) else broken(name, _even(name, slot)) for name in names
    ]


def _even(name: str, slot: int) -> int:
    """How wide a line is where lines without blanks are about as long as one another."""
    wide = letters(name)
    if wide <= slot or not name.isalpha() or name.isascii():
        return slot
    line = -(-wide // -(-wide // slot))
    return min(slot, line + line % 2)


def _of_year(name: str) -> tuple[str, str]:
    """(year, the rest) of 2025年3月, Mar 2025, 2025 week 3, 2025-03-07; no year where it is none
    of these.
    """
    found = _YEAR_FIRST.fullmatch(name) or _YEAR_LAST.fullmatch(name)
    return (found["year"], found["rest"]) if found else ("", name)


# -- in words, and as a table -------------------------------------------------------------------


def told(drawing: Drawing) -> str:
    """`语文组 12 人; …`, each with its series where there are several."""
    several = len(drawing.counted.series) > 1
    said = []
    for (series, _), words in zip(drawing.counted.series, drawing.words, strict=True):
        first = f"{series.text(drawing.lang)} " if several else ""
        pairs = zip(drawing.names, words, strict=True)
        said += [f"{first}{name} {value}" for name, value in pairs]
    return "; ".join(said)


def twin(drawing: Drawing) -> Twin:
    """A row a mark; of how many rows it is, unless rows are what is counted."""
    counted, lang = drawing.counted, drawing.lang
    several, rows = len(counted.series) > 1, counted.recipe.how != "rows"
    heads = [counted.along(lang), *([SERIES(lang)] if several else []), counted.measured(lang)]
    lines = [
        (
            along,
            *([series.text(lang)] if several else []),
            words,
            *([number(amount.rows)] if rows else []),
        )
        for (series, amounts), told in zip(counted.series, drawing.words, strict=True)
        for along, amount, words in zip(drawing.names, amounts, told, strict=True)
    ]
    return Twin((*heads, *([ROWS(lang)] if rows else [])), tuple(lines))
