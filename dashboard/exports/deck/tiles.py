"""Figures as large cards, up to four a slide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.exhibits.model import Figure
from dashboard.exhibits.paging import em
from dashboard.exports.deck.inks import Ink
from dashboard.exports.deck.lettering import Line, Run, plain, write
from dashboard.exports.deck.paper import BOLD, Area, cut, fitting, grid
from dashboard.exports.deck.stage import Stage
from dashboard.exports.deck.words import WAY
from dashboard.text import Lang

MOST = 4
LEAST = 54.0  # of a value
LARGEST = {1: 120.0, 2: 88.0, 3: 72.0, 4: 72.0}
LABEL, QUIET = 20.0, 18.0
TIGHT, VALUE = 1.3, 1.2  # a line's height, in its size
SPARE = 1.2  # bold figures of a font that stands in for a missing one are that much wider
MOST_LINES = 3  # under the value
MARGIN, GAP = 14.0, 16.0
TALLEST = 240.0  # a card of one row is not stretched over the whole slide
_PARTS = re.compile(r"([^\d<—]*[-−+<]?[\d,.]+%?|—)(.*)", re.DOTALL)


def dealt(figures: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    """Equally full slides: five are three and two."""
    slides = -(-len(figures) // MOST)
    least, more = divmod(len(figures), slides) if slides else (0, 0)
    found, at = [], 0
    for place in range(slides):
        size = least + (place < more)
        found.append(tuple(figures[at : at + size]))
        at += size
    return found


def draw(stage: Stage, slide: Any, area: Area, figures: Sequence[Figure]) -> None:
    """A card each; of three the first takes the whole width."""
    fields = _fields(area, len(figures))
    cards = [Card(*pair, stage.lang) for pair in zip(figures, fields, strict=True)]
    size, most = 0.0, MOST_LINES
    for most in range(MOST_LINES, 0, -1):
        size = min(card.room(LARGEST[len(figures)], most) for card in cards)
        if size >= LEAST:
            break
    for card in cards:
        _draw(stage, slide, card, size, most)


def _fields(area: Area, count: int) -> list[Area]:
    if count <= 2:
        return grid(area.strip(min(area.height, TALLEST)), count, 1, GAP)
    fields = grid(area, 2, 2, GAP)
    return fields if count == 4 else [grid(area, 1, 2, GAP)[0], *fields[2:]]


@dataclass(frozen=True, slots=True)
class Card:
    """A figure and its field on the slide."""

    figure: Figure
    area: Area
    lang: Lang

    @property
    def width(self) -> float:
        return self.area.width - 2 * MARGIN - 4

    def room(self, largest: float, most: int) -> float:
        """How high the value may stand, so that all cards of a slide have it in one size."""
        rest = len(_rest(self.figure, self.width, self.lang)[:most])
        high = self.area.height - 2 * MARGIN - (LABEL + QUIET * rest) * TIGHT
        return min(
            largest, high / VALUE, _value(self.figure.value.text, self.width, largest)[0].size
        )

    def lines(self, size: float, most: int) -> list[Line]:
        """Label, value, what it is of and should be, what it was: what there is room to say."""
        label = Run(cut(self.figure.label, self.width, LABEL), LABEL, "quiet")
        value = _value(self.figure.value.text, self.width, size)
        return [[label], value, *_rest(self.figure, self.width, self.lang)[:most]]


def _draw(stage: Stage, slide: Any, card: Card, size: float, most: int) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *card.area.sides())
    shape.name = f"tile {card.figure.id}"
    shape.element.remove(shape.element.find(qn("p:style")))  # no shadow of the theme's
    if stage.inks.ours:
        shape.fill.solid()
        stage.inks.paint(shape.fill.fore_color, "card")
    else:
        shape.fill.background()
    shape.line.width = Pt(0.75)
    stage.inks.paint(shape.line.color, "line")
    plain(shape.text_frame, anchor="top", margin=MARGIN)
    write(shape.text_frame, card.lines(size, most), stage.inks)
    _spaced(shape.text_frame)


def _value(text: str, width: float, largest: float) -> Line:
    """The number large, its unit small beside it; narrow before it is cut."""
    found = _PARTS.fullmatch(text)
    head, tail = (found[1], found[2].rstrip()) if found else (text, "")
    if tail and tail[0].isascii() and tail[0] != " ":  # ¥12.3k is one word
        head, tail = text, ""
    sizes = {
        unit: fitting(head, (width - em(tail) * BOLD * unit) / SPARE, largest, 28)
        for unit in (28.0, 20.0)
    }
    unit = next((unit for unit, size in sizes.items() if size >= LEAST), 20.0)
    size = sizes[unit]
    return [Run(head, size, bold=True), *([Run(tail, unit, bold=True)] if tail else [])]


def _rest(figure: Figure, width: float, lang: Lang) -> list[Line]:
    """`未达标 · 118/120 人 · 目标 100%`, then `+1.2 个百分点 较上年 · 口径：…`: what it should be
    and what it was, red and green only where a direction is better.
    """
    badge: Ink = "good" if figure.status == "met" else "bad"
    better: dict[str, Ink] = {"good": "good", "bad": "bad"}
    change = [Run(figure.change, QUIET, better.get(figure.better, "text"), bold=True)]
    than = [Run(f" {figure.than}", QUIET, "quiet")] if figure.than else []
    way = WAY.format(way=figure.variant)(lang) if figure.variant else ""
    first = [[Run(figure.badge, QUIET, badge, bold=True)], *_quiet(figure.fraction, figure.target)]
    lines: list[Line] = [*_packed(first, width), *_packed([[*change, *than], *_quiet(way)], width)]
    return lines  # what finds no room, the way of counting first, is in the notes


def _quiet(*told: str) -> list[list[Run]]:
    return [[Run(words, QUIET, "quiet")] for words in told]


def _packed(pieces: Sequence[list[Run]], width: float) -> list[list[Run]]:
    """Side by side while they fit; no piece is broken, one that is too long is cut."""
    lines: list[list[Run]] = []
    for piece in pieces:
        if not any(run.words.strip() for run in piece):
            continue
        if lines and em("".join(run.words for run in (*lines[-1], *piece))) + 2 < width / QUIET:
            lines[-1] += [Run(" · ", QUIET, "quiet"), *piece]
        else:
            lines.append(_within(piece, width))
    return lines


def _within(piece: Sequence[Run], width: float) -> list[Run]:
    """Cut to a line of its own."""
    kept: list[Run] = []
    for run in piece:
        room = width - em("".join(one.words for one in kept)) * BOLD * QUIET
        if room > 2 * QUIET:
            kept.append(replace(run, words=cut(run.words, room / BOLD, QUIET)))
    return kept


def _spaced(frame: Any) -> None:
    """Lines of a known height, whatever the font that is found."""
    for paragraph in frame.paragraphs:
        size = paragraph.runs[0].font.size.pt
        is_value = size > LABEL and paragraph.runs[0].font.bold
        paragraph.line_spacing = Pt(round(size * (VALUE if is_value else TIGHT)))
