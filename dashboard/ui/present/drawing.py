"""A slide as HTML, 1920 × 1080: every word escaped, every size such that it fits.

Nothing here is Markdown, and nothing of a school's data is anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from dashboard.charts.words import PROTECTED
from dashboard.exhibits.model import Cell, Figure, Grid, Head, Meeting
from dashboard.exhibits.paging import cut, em, height, widths
from dashboard.text import Lang, Text
from dashboard.ui.present.slides import HEIGHT, WIDTH, Slide

LEAST, LARGEST = 28, 40  # pixels of a table's letters
LEADING, PADDING = 1.3, 0.66  # of a table's letters: a line, and the room of a row
VALUE = 120  # pixels of a tile's value, at least
VALUES = {1: 340, 2: 230, 3: 180, 4: 138}  # … and at most, by how many stand on a slide
UNIT = 0.42  # of a value's size
TILE_GAP, TILE_PADDING = 28, 36  # pixels
TITLE, LONG_TITLE = 60, 46  # pixels
QUIET = 30  # pixels of the words under a value
HIDDEN_NAMES = Text("已隐去个人信息", "No personal data")
SHOWN_NAMES = Text("含个人信息", "Contains personal data")
DEMO = Text("演示数据", "Demo data")
NO_ROWS = Text("没有这样的记录。", "There are no such rows.")
_NUMBER = re.compile(r"([+\-−<¥]*[\d.,]+[%k]?)\s*(.*)", re.DOTALL)
_ICONS = {"met": "✓", "not_met": "⚑"}


def html(slide: Slide, at: int, of: int, meeting: Meeting) -> str:
    """The slide numbered `at` of `of`; a chart's place is left free."""
    inside = {
        "cover": lambda: _cover(meeting),
        "tiles": lambda: _head(slide) + _tiles(slide.figures, meeting.lang),
        "chart": lambda: _head(slide),
        "table": lambda: _head(slide) + _table(slide, meeting.lang),
        "missing": lambda: _head(slide) + _tag("p", "sentence", slide.sentence),
    }[slide.kind]()
    chart = " data-chart" if slide.kind == "chart" else ""
    return (
        f'<section class="slide {slide.kind}" data-slide="{at}"{chart}>'
        f"{inside}{_foot(slide, at, of, meeting)}</section>"
    )


def _tag(name: str, kind: str, words: str, style: str = "") -> str:
    styled = f' style="{style}"' if style else ""
    return f'<{name} class="{kind}"{styled}>{escape(words)}</{name}>'


def _head(slide: Slide) -> str:
    size = TITLE if em(slide.title) * TITLE < WIDTH - 160 else LONG_TITLE
    part = f' <span class="part">{escape(slide.part)}</span>' if slide.part else ""
    return (
        f"<header>{_tag('p', 'page', slide.page)}"
        f'<h2 style="font-size:{size}px">{escape(slide.title)}{part}</h2>'
        f"{_tag('p', 'hint', slide.hint)}</header>"
    )


def _foot(slide: Slide, at: int, of: int, meeting: Meeting) -> str:
    where = "" if slide.kind == "cover" else f"{meeting.school} · {meeting.caption}"
    left = _tag("p", "left", slide.left) if slide.left else ""
    return (
        f'{left}<footer>{_tag("p", "where", where)}<p class="marks">{_marks(meeting)}'
        f'<b class="number">{at} / {of}</b></p></footer>'
    )


def _marks(meeting: Meeting) -> str:
    kind, words = (
        ("names hidden", HIDDEN_NAMES) if meeting.names == "hidden" else ("names", SHOWN_NAMES)
    )
    demo = _tag("span", "demo", DEMO(meeting.lang)) if meeting.is_demo else ""
    return demo + _tag("span", kind, words(meeting.lang))


def _cover(meeting: Meeting) -> str:
    size = min(132, int((WIDTH - 40) / max(em(meeting.title), 1)))
    return (
        '<div class="front"><i></i>'
        + _tag("p", "school", meeting.school)
        + _tag("h2", "title", meeting.title, f"font-size:{max(size, 64)}px")
        + _tag("p", "caption", meeting.caption)
        + "</div>"
    )


# -- tiles ------------------------------------------------------------------------------------


def _tiles(figures: Sequence[Figure], lang: Lang) -> str:
    """Three beside one another where their values fit; else two in a row."""
    across = min(len(figures), 3) if len(figures) < 4 else 2
    if across == 3 and _size(figures, 3) < VALUE:
        across = 2
    size = max(VALUE, _size(figures, across))
    cards = "".join(_card(figure, size, across, lang) for figure in figures)
    return f'<div class="tiles across{across}">{cards}</div>'


def _inner(across: int) -> float:
    """How wide the inside of a card is, in pixels."""
    return (WIDTH - TILE_GAP * (across - 1)) / across - 2 * TILE_PADDING


def _size(figures: Sequence[Figure], across: int) -> int:
    """Pixels in which every value fits its card."""
    rows = -(-len(figures) // across)
    widest = max((_em(figure.value.text) for figure in figures), default=1.0)
    return int(min(VALUES[4 if rows > 1 else across], _inner(across) / widest))


def _em(words: str) -> float:
    """How wide a value is, in its own letters; they are heavy, and wider than others."""
    amount, unit = _told(words)
    return em(amount) * 1.08 + (em(unit) + 0.5) * UNIT * bool(unit)


def _card(figure: Figure, size: int, across: int, lang: Lang) -> str:
    amount, unit = _told(figure.value.text)
    return (
        f'<article class="tile">'
        f'<div class="name">{_tag("p", "label", figure.label)}{_badge(figure)}</div>'
        f'<p class="value" style="font-size:{size}px">{escape(amount)}'
        f"{_tag('small', 'unit', unit) if unit else ''}</p>"
        f"{_change(figure)}{_tag('p', 'quiet', _quiet(figure, _inner(across), lang))}</article>"
    )


def _told(words: str) -> tuple[str, str]:
    """The number, and its unit, which is written smaller."""
    found = _NUMBER.fullmatch(words)
    return (found[1], found[2]) if found else (words, "")


def _badge(figure: Figure) -> str:
    if not figure.badge:
        return ""
    return (
        f'<span class="badge {figure.status}">{_ICONS.get(figure.status, "")}'
        f" {escape(figure.badge)}</span>"
    )


def _change(figure: Figure) -> str:
    arrow = {"+": "▲ ", "-": "▼ "}.get(figure.change[:1], "")
    return (
        f'<p class="change {figure.better}"><b>{arrow}{escape(figure.change)}</b>'
        f" {escape(figure.than)}</p>"
    )


def _quiet(figure: Figure, room: float, lang: Lang) -> str:
    """As much of what there is to say as one line holds, or two where there is no value."""
    now = figure.result.now
    if now.missing:
        return now.missing(lang)
    parts = [PROTECTED(lang) if now.hidden else figure.fraction, figure.target]
    return " · ".join(_fitting([part for part in parts if part], room / QUIET))


def _fitting(parts: Sequence[str], ems: float) -> Iterator[str]:
    for part in parts:
        ems -= em(part) + 1
        if ems > -1:
            yield part


# -- tables -----------------------------------------------------------------------------------


def _table(slide: Slide, lang: Lang) -> str:
    grid = slide.grid
    if grid is None or not grid.rows:
        return _tag("p", "sentence", NO_ROWS(lang))
    wide, size = widths(grid), _letters(grid)
    whole = max(sum(wide) * size, WIDTH if len(wide) > 3 else WIDTH * 0.6)
    columns = "".join(f'<col style="width:{one / sum(wide):.2%}">' for one in wide)
    heads = "".join(_cell("th", head.label, head.kind) for head in grid.heads)
    rows = "".join(_row(row, grid.heads) for row in grid.rows)
    return (
        f'<div class="table"><table style="font-size:{size}px;width:{min(whole, WIDTH):.0f}px">'
        f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )


def _row(row: Sequence[Cell], heads: Sequence[Head]) -> str:
    pairs = zip(row, heads, strict=True)
    return f"<tr>{''.join(_cell('td', cell.text, head.kind) for cell, head in pairs)}</tr>"


def _letters(grid: Grid) -> int:
    """Pixels: as large as the table's width and height allow."""
    high = 2 * LEADING + PADDING + sum(height(r) * LEADING + PADDING for r in grid.rows)
    return int(max(LEAST, min(LARGEST, WIDTH / sum(widths(grid)), HEIGHT / high)))


def _cell(name: str, words: str, kind: str) -> str:
    side = "words" if kind in ("label", "text", "date") else "amount"
    return _tag(name, side, cut(words))
