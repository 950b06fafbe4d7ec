"""Figures as large cards, up to four a slide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.exhibits.model import Figure
from dashboard.exhibits.paging import em
from dashboard.exports.deck.inks import Ink
from dashboard.exports.deck.lettering import Line, Run, plain, write
from dashboard.exports.deck.paper import BOLD, LEADING, Area, cut, fitting, grid
from dashboard.exports.deck.stage import Stage
from dashboard.exports.deck.words import WAY
from dashboard.text import Lang

MOST = 4
LEAST = 54.0  # of a value
LARGEST = {1: 120.0, 2: 88.0, 3: 72.0, 4: 72.0}
LABEL, QUIET = 20.0, 18.0
MARGIN, GAP = 18.0, 18.0
TALLEST = 260.0  # a card of one row is not stretched over the whole slide
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
    pairs = list(zip(figures, fields, strict=True))
    largest = min(
        _room(figure, field, LARGEST[len(figures)], stage.lang) for figure, field in pairs
    )
    for figure, field in pairs:
        _card(stage, slide, field, figure, largest)


def _fields(area: Area, count: int) -> list[Area]:
    if count <= 2:
        return grid(area.strip(min(area.height, TALLEST)), count, 1, GAP)
    fields = grid(area, 2, 2, GAP)
    return fields if count == 4 else [grid(area, 1, 2, GAP)[0], *fields[2:]]


def _card(stage: Stage, slide: Any, area: Area, figure: Figure, largest: float) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.sides())
    shape.name = f"tile {figure.id}"
    shape.element.remove(shape.element.find(qn("p:style")))  # no shadow of the theme's
    if stage.inks.ours:
        shape.fill.solid()
        stage.inks.paint(shape.fill.fore_color, "card")
    else:
        shape.fill.background()
    shape.line.width = Pt(0.75)
    stage.inks.paint(shape.line.color, "line")
    plain(shape.text_frame, anchor="top", margin=MARGIN)
    write(shape.text_frame, _lines(figure, area, largest, stage.lang), stage.inks)


def _lines(figure: Figure, area: Area, largest: float, lang: Lang) -> list[Line]:
    """Label, value, what it is of and should be, what it was: as many as there is to say."""
    width = area.width - 2 * MARGIN - 4
    label = Run(cut(figure.label, width, LABEL), LABEL, "quiet")
    value = _value(figure.value.text, width, largest)
    return [[label], value, *_rest(figure, area, lang)]


def _rest(figure: Figure, area: Area, lang: Lang) -> list[Line]:
    width = area.width - 2 * MARGIN - 4
    found = (*_of(figure, width, QUIET), *_under(figure, width, QUIET, lang))
    return [line for line in found if line]


def _room(figure: Figure, area: Area, largest: float, lang: Lang) -> float:
    """How high the value may stand, so that all cards of a slide have it in one size."""
    others = LABEL + QUIET * len(_rest(figure, area, lang))
    return min(largest, (area.height - 2 * MARGIN) / LEADING - others)


def _value(text: str, width: float, largest: float) -> Line:
    """The number large, its unit small beside it; narrow before it is cut."""
    found = _PARTS.fullmatch(text)
    head, tail = (found[1], found[2].rstrip()) if found else (text, "")
    for unit in (28.0, 20.0):
        size = fitting(head, width - em(tail) * BOLD * unit, largest, 28)
        if size >= LEAST:
            break
    return [Run(head, size, bold=True), *([Run(tail, unit, bold=True)] if tail else [])]


def _of(figure: Figure, width: float, size: float) -> list[Line]:
    """`未达标   118/120 人 · 目标 100%`; what does not fit beside takes a line of its own."""
    badge: Ink = "good" if figure.status == "met" else "bad"
    head = [Run(figure.badge, size, badge, bold=True)] if figure.badge else []
    told = [part for part in (figure.fraction, figure.target) if part]
    whole = " · ".join(told)
    if em(figure.badge + whole) + 2 <= width / size or not told:
        gap = "   " if head and told else ""
        return [[*head, *([Run(f"{gap}{whole}", size, "quiet")] if told else [])]]
    rest = [[Run(cut(part, width, size), size, "quiet")] for part in told]
    return [head, *rest]


def _under(figure: Figure, width: float, size: float, lang: Lang) -> list[Line]:
    """What changed, in green or red only where a direction is better; then how it is counted."""
    inks: dict[str, Ink] = {"good": "good", "bad": "bad"}
    change: list[Run] = []
    if figure.change:
        change.append(Run(figure.change, size, inks.get(figure.better, "text"), bold=True))
    if figure.than:
        change.append(Run(f"  {figure.than}" if change else figure.than, size, "quiet"))
    told = WAY.format(way=figure.variant)(lang) if figure.variant else ""
    return [change, [Run(cut(told, width, size), size, "quiet")] if told else []]
