"""Text in shapes, cells and charts, with a font for Latin and one for Chinese on every run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.exports.deck.inks import Ink, Inks
from dashboard.exports.deck.paper import BREAK
from dashboard.text import Lang

FONT = "Microsoft YaHei"
ALIGNED = {
    "left": PP_ALIGN.LEFT,
    "right": PP_ALIGN.RIGHT,
    "centre": PP_ALIGN.CENTER,
    "inherited": None,
}
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_ILLEGAL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_PROPERTIES = tuple(qn(name) for name in ("a:rPr", "a:defRPr", "a:endParaRPr"))
_BEFORE_FONTS = {qn(f"a:{name}") for name in (
    "ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "effectLst",
    "effectDag", "highlight", "uLnTx", "uLn", "uFillTx", "uFill",
)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look; `size` in points."""

    words: str
    size: float
    ink: Ink = "text"
    bold: bool = False


Line = Sequence[Run]


def clean(words: str) -> str:
    """Without what no XML may hold; a line break is a space."""
    return _ILLEGAL.sub(" ", words)


def write(
    frame: Any, lines: Iterable[Line], inks: Inks, *, align: str = "left", after: float = 0
) -> None:
    """Fill a text frame: a paragraph each, nothing inherited but the place of the text."""
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = ALIGNED[align]
        if after:
            paragraph.space_after = Pt(after)
        for one in line:
            _put(paragraph, one, inks)


def _put(paragraph: Any, one: Run, inks: Inks) -> None:
    for at, words in enumerate(one.words.split(BREAK)):
        if at:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = clean(words)
        run.font.size, run.font.bold = Pt(round(one.size * 2) / 2), one.bold
        inks.paint(run.font.color, one.ink)


def plain(frame: Any, *, anchor: str = "top", margin: float = 0.0) -> None:
    """A frame that wraps, does not grow, and keeps this margin on all sides."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = {"top": MSO_ANCHOR.TOP, "bottom": MSO_ANCHOR.BOTTOM}.get(
        anchor, MSO_ANCHOR.MIDDLE
    )
    for side in ("left", "right", "top", "bottom"):
        setattr(frame, f"margin_{side}", Pt(margin))


def lettered(root: Any, font: str, lang: Lang) -> None:
    """The fonts and the language on every run below `root`, whoever wrote it."""
    for run in root.iter(qn("a:r"), qn("a:fld")):
        if run.find(qn("a:rPr")) is None:
            run.insert(0, run.makeelement(qn("a:rPr"), {}))
    for properties in root.iter(*_PROPERTIES):
        _face(properties, font)
        if properties.tag != qn("a:defRPr") or properties.get("lang"):
            properties.set("lang", LANGUAGES[lang])
            properties.set("altLang", LANGUAGES["en" if lang == "zh" else "zh"])


def _face(properties: Any, font: str) -> None:
    for name in ("a:latin", "a:ea"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    place = sum(child.tag in _BEFORE_FONTS for child in properties)
    for name in ("a:ea", "a:latin"):
        properties.insert(place, properties.makeelement(qn(name), {"typeface": font}))
