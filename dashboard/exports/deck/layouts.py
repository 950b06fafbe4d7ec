"""Which layouts of a presentation serve us, and where on them there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.exports.deck.paper import Area

TITLES = ("TITLE", "CENTER_TITLE")
SMALL = ("DATE", "FOOTER", "SLIDE_NUMBER")
FOOT = 26.0  # points of the line at the bottom
HINT = 26.0  # … and of the line under the title
BEHIND = 0.45  # of a slide; what covers more is its background
LEAST = 0.3  # of a slide; with less room the layout's own decoration is drawn over


@dataclass(frozen=True, slots=True)
class Ground:
    """A layout for slides with a title: where the title, its hint, the block and the foot stand."""

    layout: Any
    title: Area
    hint: Area
    body: Area
    foot: Area


def cover(deck: Any) -> Any:
    """The layout for the first slide: a title with a subtitle."""
    found = list(_layouts(deck))
    ranked = sorted(found, key=lambda one: (-_likeness(one), found.index(one)))
    return ranked[0]


def _likeness(layout: Any) -> int:
    kinds = _kinds(layout)
    if "CENTER_TITLE" in kinds and "SUBTITLE" in kinds:
        return 4
    if "CENTER_TITLE" in kinds or "SUBTITLE" in kinds:
        return 3
    return 2 if set(kinds) & set(TITLES) else 0


def ground(deck: Any) -> Ground:
    """The layout with a title and the least beside it, and its free room."""
    found = list(_layouts(deck))
    titled = [one for one in found if "TITLE" in _kinds(one)] or found
    layout = min(titled, key=lambda one: len([k for k in _kinds(one) if k not in SMALL]))
    page = Area.of(0, 0, deck.slide_width, deck.slide_height)
    title = _title(layout, page)
    room = _room(layout, title, page)
    foot = Area(room.left, room.bottom - FOOT, room.width, FOOT)
    rest = Area(room.left, room.top + HINT + 8, room.width, room.height - HINT - FOOT - 20)
    return Ground(layout, title, room.strip(HINT), rest, foot)


def _layouts(deck: Any) -> Iterator[Any]:
    for master in deck.slide_masters:
        yield from master.slide_layouts


def _kinds(layout: Any) -> list[str]:
    return [shape.placeholder_format.type.name for shape in layout.placeholders]


def _title(layout: Any, page: Area) -> Area:
    for shape in layout.placeholders:
        if shape.placeholder_format.type.name in TITLES and shape.width and shape.height:
            return Area.of(shape.left, shape.top, shape.width, shape.height)
    return Area(page.width * 0.05, page.height * 0.05, page.width * 0.9, 50)


def _room(layout: Any, title: Area, page: Area) -> Area:
    """Under the title, as wide as it, clear of what the layout and its master draw."""
    left = min(title.left, page.width * 0.08)
    width = max(title.right, page.width * 0.92) - left
    bottom = page.height - 14
    whole = Area(left, title.bottom + 4, width, bottom - title.bottom - 4)
    room = whole
    for drawn in _drawn(layout):
        if drawn.size < BEHIND * page.size:
            room = room.without(drawn)
    if room.size < LEAST * page.size:
        room = whole
    if room.size < LEAST * page.size:  # a title that fills the slide
        room = Area(page.width * 0.05, page.height * 0.25, page.width * 0.9, page.height * 0.7)
    return room


def _drawn(layout: Any) -> Iterator[Area]:
    for holder in (layout, layout.slide_master):
        for shape in holder.shapes:
            if not shape.is_placeholder and shape.width and shape.height:
                yield Area.of(shape.left, shape.top, shape.width, shape.height)
