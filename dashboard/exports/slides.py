"""A meeting as slides (.pptx): a title, the agenda, and one slide a block, or a few.

Every chart and table is a native one, to be edited; there is not one picture. What is shown is
what the meeting says in words, so no number here can differ from the screen's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import Any

from dashboard.exhibits.model import Exhibit, Meeting, Plot, Section
from dashboard.exports.deck import bars, covers, dots, fields, tables, tiles, upright
from dashboard.exports.deck.lettering import Run, clean, lettered
from dashboard.exports.deck.paper import Area
from dashboard.exports.deck.sealed import sealed
from dashboard.exports.deck.stage import Leaf, Stage
from dashboard.exports.deck.words import FILES, PART, SCOPE, caption

Step = Callable[[str], None]
CHARTS: dict[str, Callable[[Stage, str, str, Plot], list[Leaf]]] = {
    "bars": bars.leaves,
    "funnel": bars.leaves,
    "columns": upright.leaves,
    "lines": upright.leaves,
    "moves": upright.leaves,
    "heat": fields.leaves,
    "points": dots.leaves,
}
MOST_FILES = 12  # named in the notes


def _quietly(part: str) -> None:
    """Nobody wants to know."""


def slides(meeting: Meeting, template: bytes | None = None, step: Step = _quietly) -> bytes:
    """The .pptx, on our paper or on a school's own template (.pptx).

    `step` is called before each part with its title; what it raises ends the work. Raises
    RefusedFile for a template that is damaged, too large, or not harmless.
    """
    stage = Stage.of(meeting, template)
    parts = [(section, _leaves(stage, section)) for section in meeting.sections]
    parts = [(section, leaves) for section, leaves in parts if leaves]
    before = 1 + covers.pages(stage, len(parts))
    starts = list(accumulate((len(leaves) for _, leaves in parts), initial=before + 1))
    entries = [(section, at) for (section, _), at in zip(parts, starts, strict=False)]
    step(meeting.title)
    covers.first(stage)
    _bind(stage, covers.agenda(stage, entries), 2, starts[-1] - 1)
    for (section, leaves), at in zip(parts, starts, strict=False):
        step(section.title)
        _bind(stage, leaves, at, starts[-1] - 1)
    _letter(stage)
    return sealed(stage.deck, meeting)


def _bind(stage: Stage, leaves: Sequence[Leaf], first: int, of: int) -> None:
    for number, leaf in enumerate(leaves, start=first):
        slide = stage.slide(leaf, number, of)
        notes = "\n".join(clean(line) for line in (*leaf.notes, *_sources(stage.meeting)))
        slide.notes_slide.notes_text_frame.text = notes


def _sources(meeting: Meeting) -> list[str]:
    """What every slide's notes end with: the filter line, the files."""
    found = [SCOPE.format(caption=caption(meeting))(meeting.lang)]
    files = list(dict.fromkeys(f"{one.file}（{one.register}）" for one in meeting.sources))
    if files:
        more = ["…"] if len(files) > MOST_FILES else []
        told = "、".join([*files[:MOST_FILES], *more])
        found.append(FILES.format(list=told)(meeting.lang))
    return found


def _letter(stage: Stage) -> None:
    """Fonts and language on everything that is written anywhere."""
    for slide in stage.deck.slides:
        lettered(slide.element, stage.font, stage.lang)
        lettered(slide.notes_slide.element, stage.font, stage.lang)
        for shape in slide.shapes:
            if shape.has_chart:
                lettered(shape.chart.element, stage.font, stage.lang)


# -- from an exhibit to its slides ---------------------------------------------------------------


def _leaves(stage: Stage, section: Section) -> list[Leaf]:
    found = []
    for exhibit in section.exhibits:
        leaves = _of(stage, section, exhibit)
        for at, leaf in enumerate(leaves, start=1):
            title = leaf.title
            if len(leaves) > 1:
                title = PART.format(title=title, part=at, parts=len(leaves))(stage.lang)
            found.append(replace(leaf, title=title, notes=(*exhibit.notes, *leaf.notes)))
    return found


def _of(stage: Stage, section: Section, exhibit: Exhibit) -> list[Leaf]:
    between = " · "
    title = between.join(dict.fromkeys(part for part in (section.title, exhibit.title) if part))
    if exhibit.missing:
        return [Leaf(title, exhibit.hint, partial(_missing, words=exhibit.missing))]
    if exhibit.form == "tiles":
        hint = exhibit.hint or section.question
        return [
            Leaf(title, hint, partial(tiles.draw, figures=figures))
            for figures in tiles.dealt(exhibit.figures)
        ]
    if exhibit.plot and exhibit.plot.form in CHARTS:
        return CHARTS[exhibit.plot.form](stage, title, exhibit.hint, exhibit.plot)
    return _table(stage, title, exhibit)


def _table(stage: Stage, title: str, exhibit: Exhibit) -> list[Leaf]:
    grid = exhibit.grid
    if exhibit.plot and exhibit.plot.form == "flows":
        grid = tables.of_flows(exhibit.plot, grid, stage.lang)
    if grid is None or not grid.heads:
        return []
    return tables.leaves(stage, title, exhibit.hint, grid)


def _missing(stage: Stage, slide: Any, area: Area, words: str) -> None:
    """Why there is nothing, in a sentence that can be read from the back."""
    stage.box(slide, area.strip(area.height * 0.6), [[Run(words, 24, "quiet")]], anchor="middle")
