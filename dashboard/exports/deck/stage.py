"""The deck that is being made, and the slides it will have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from dashboard.exhibits.model import Meeting
from dashboard.exports.deck import layouts, masters, templates
from dashboard.exports.deck.inks import Ink, Inks
from dashboard.exports.deck.lettering import Line, Run, clean, plain, write
from dashboard.exports.deck.paper import SMALLEST, Area, cut, fitting
from dashboard.exports.deck.themes import Theme
from dashboard.exports.deck.tryout import tried
from dashboard.exports.deck.words import caption, marks
from dashboard.text import Lang

HEADLINE = 28.0
_FOOT_RIGHT = 0.5  # of the foot, for the badge and the number
SLIDE_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A slide to be: `draw` fills the room under its title, `notes` are for who speaks."""

    title: str
    hint: str
    draw: Callable[[Stage, Any, Area], None]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A presentation with the layouts, colours and font that everything on it is drawn with."""

    deck: Any
    meeting: Meeting
    inks: Inks
    font: str
    ground: layouts.Ground

    @classmethod
    def of(cls, meeting: Meeting, template: bytes | None) -> Stage:
        """On our own paper, or on a school's template. Raises RefusedFile for a bad one."""
        deck = templates.opened(tried(template)) if template is not None else masters.ours()
        theme = Theme.of(deck)
        inks = Inks(template is None, theme.is_dark)
        return cls(deck, meeting, inks, theme.typeface, layouts.ground(deck))

    @property
    def lang(self) -> Lang:
        return self.meeting.lang

    @property
    def body(self) -> Area:
        return self.ground.body

    def box(
        self, slide: Any, area: Area, lines: list[Line], *, align: str = "left", anchor: str = "top"
    ) -> Any:
        """Text of its own, without a frame to be seen."""
        shape = slide.shapes.add_textbox(*area.sides())
        plain(shape.text_frame, anchor=anchor)
        write(shape.text_frame, lines, self.inks, align=align)
        return shape

    def slide(self, leaf: Leaf, number: int, of: int) -> Any:
        """A slide with its title, hint and foot, filled by the leaf."""
        slide = self.deck.slides.add_slide(self.ground.layout)
        self._title(slide, leaf.title)
        if leaf.hint:
            hint = cut(leaf.hint, self.ground.hint.width, 16)
            self.box(slide, self.ground.hint, [[Run(hint, 16, "quiet")]], anchor="middle")
        leaf.draw(self, slide, self.body)
        _describe(slide, f"{leaf.title} {leaf.hint}")
        self._foot(slide, number, of)
        return slide

    def _title(self, slide: Any, title: str) -> None:
        area = self.ground.title
        size = fitting(title, area.width - 16, min(HEADLINE, area.height / 1.4), 20)
        line: list[Line] = [[Run(cut(title, (area.width - 16) / 1.08, size), size, bold=True)]]
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type in (
                PP_PLACEHOLDER.TITLE,
                PP_PLACEHOLDER.CENTER_TITLE,
            ):
                _fill(shape, line[0])
            else:
                shape.element.getparent().remove(shape.element)
        if slide.shapes.title is None:
            self.box(slide, area, line, anchor="middle")

    def _foot(self, slide: Any, number: int, of: int) -> None:
        """Left what is counted, right the badge and the number, which PowerPoint keeps right."""
        foot = self.ground.foot
        told = marks(self.meeting)
        ink: Ink = "bad" if self.meeting.names == "shown" else "quiet"
        runs = [Run(f"{'  ·  '.join(told)}    ", SMALLEST, ink), Run(f" / {of}", SMALLEST, "quiet")]
        half = foot.width * _FOOT_RIGHT
        left = Area(foot.left, foot.top, foot.width - half - 12, foot.height)
        words = cut(caption(self.meeting), left.width, SMALLEST)
        self.box(slide, left, [[Run(words, SMALLEST, "quiet")]], anchor="middle")
        right = Area(foot.right - half, foot.top, half, foot.height)
        shape = self.box(slide, right, [runs], align="right", anchor="middle")
        _number(shape.text_frame.paragraphs[0], number)


def _describe(slide: Any, words: str) -> None:
    """What a chart or table shows, for those who do not see it."""
    for shape in slide.shapes:
        if shape.has_chart or shape.has_table:
            next(shape.element.iter(qn("p:cNvPr"))).set("descr", clean(words.strip()))


def _fill(shape: Any, line: Line) -> None:
    """A template's title keeps its colour, face and place; the size is what fits."""
    paragraph = shape.text_frame.paragraphs[0]
    for one in line:
        run = paragraph.add_run()
        run.text = clean(one.words)
        run.font.size = round(one.size) * 12700


def _number(paragraph: Any, number: int) -> None:
    """Before the last run a field, so that a moved slide still tells its own number."""
    last = paragraph.runs[-1].font._element.getparent()  # noqa: SLF001 - a run's own element
    field = last.makeelement(qn("a:fld"), {"id": SLIDE_FIELD, "type": "slidenum"})
    properties = last.find(qn("a:rPr"))
    field.append(properties.__copy__())
    text = field.makeelement(qn("a:t"), {})
    text.text = str(number)
    field.append(text)
    last.addprevious(field)
