"""The first slide, and the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from dashboard.exhibits.model import Section
from dashboard.exhibits.paging import em
from dashboard.exports.deck import layouts
from dashboard.exports.deck.lettering import Line, Run, clean, write
from dashboard.exports.deck.paper import LEADING, Area, cut, fitting
from dashboard.exports.deck.stage import Leaf, Stage
from dashboard.exports.deck.tables import PAD, Sheet
from dashboard.exports.deck.words import AGENDA, caption, marks

TITLES = ("TITLE", "CENTER_TITLE")
SIZE = 22.0
ROW = SIZE * LEADING + 2 * PAD + 8
NUMBER = 70.0  # points of the column with the slide's number

Entry = tuple[Section, int]  # and the slide it begins on


def first(stage: Stage) -> Any:
    """School, title, what is counted, as of when, and whether names are in it."""
    slide = stage.deck.slides.add_slide(layouts.cover(stage.deck))
    meeting = stage.meeting
    for shape in list(slide.placeholders):
        area = Area.of(shape.left, shape.top, shape.width, shape.height)
        kind = shape.placeholder_format.type.name
        if kind in TITLES:
            _title(stage, shape, area)
        elif kind == "SUBTITLE":
            write(
                shape.text_frame,
                _lines(stage, area.width * 0.95),
                stage.inks,
                align="inherited",
                after=6,
            )
        else:
            shape.element.getparent().remove(shape.element)
    if not any(s.placeholder_format.type.name == "SUBTITLE" for s in slide.placeholders):
        _beside(stage, slide)
    slide.notes_slide.notes_text_frame.text = clean(f"{meeting.school} {meeting.title}")
    return slide


def _title(stage: Stage, shape: Any, area: Area) -> None:
    words = stage.meeting.title
    size = fitting(words, area.width - 16, min(44.0, area.height / 1.5), 24)
    run = shape.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = (
        clean(cut(words, (area.width - 16) / 1.08, size, 2)),
        round(size) * 12700,
    )


def _lines(stage: Stage, width: float) -> list[Line]:
    meeting = stage.meeting
    ink = "bad" if meeting.names == "shown" else "quiet"
    return [
        [Run(cut(meeting.school, width, 24), 24, bold=True)],
        [Run(cut(caption(meeting), width, 20), 20, "quiet")],
        [Run("  ·  ".join(marks(meeting)), 18, ink)],  # type: ignore[arg-type]
    ]


def _beside(stage: Stage, slide: Any) -> None:
    """A layout without a second line of text: ours stands under the title, or low on the slide."""
    page = Area.of(0, 0, stage.deck.slide_width, stage.deck.slide_height)
    title = slide.shapes.title
    top = page.height * 0.6
    if title is not None:
        top = min(max(top * 0.5, Area.of(0, title.top, 1, title.height).bottom + 8), top * 1.2)
    else:
        area = Area(page.width * 0.1, page.height * 0.3, page.width * 0.8, 70)
        stage.box(slide, area, [[Run(stage.meeting.title, 36, bold=True)]], anchor="bottom")
    area = Area(page.width * 0.1, top, page.width * 0.8, 120)
    stage.box(slide, area, _lines(stage, area.width * 0.95))


def agenda(stage: Stage, entries: Sequence[Entry]) -> list[Leaf]:
    """What is shown and where, with the question each part answers."""
    each = max(1, int(stage.body.height / ROW))
    parts = [entries[at : at + each] for at in range(0, len(entries), each)]
    return [Leaf(AGENDA(stage.lang), "", partial(_draw, entries=part)) for part in parts]


def pages(stage: Stage, sections: int) -> int:
    """How many slides the agenda takes."""
    return -(-sections // max(1, int(stage.body.height / ROW)))


def _draw(stage: Stage, slide: Any, area: Area, entries: Sequence[Entry]) -> None:
    titles = min(area.width * 0.38, max(em(s.title) for s, _ in entries) * SIZE * 1.1 + 40)
    sheet = Sheet(stage, slide, area, [titles, area.width - titles - NUMBER, NUMBER])
    sheet.begin([min(1.5 * ROW, area.height / len(entries))] * len(entries))
    for row, (section, number) in enumerate(entries):
        room = area.width - titles - NUMBER - 14
        title = Run(cut(section.title, titles / 1.1 - 12, SIZE), SIZE, bold=True)
        sheet.put(row, 0, [title], "left", headed=False)
        sheet.put(row, 1, [Run(cut(section.question, room, 18), 18, "quiet")], "left", headed=False)
        sheet.put(row, 2, [Run(str(number), 18, "quiet")], "right", headed=False)
