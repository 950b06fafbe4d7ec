"""The meeting as a printed report: a PDF on A4 that says, byte for byte, the same each time.

All words travel as JSON and are never read as markup. Nothing is fetched: the templates lie in
`report`, and the typesetter may read that folder only.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Set
from datetime import UTC, datetime, time

import typst

from dashboard.exhibits.model import Meeting
from dashboard.exports.manuscript import Part, manuscript, reworded
from dashboard.exports.phrases import PHRASES
from dashboard.exports.typefaces import Typefaces, chosen, pages, unwritten
from dashboard.exports.work import Step, silent
from dashboard.text import Lang

GETA = "〓"  # what Chinese and Japanese printers set for a type they have not got
KEPT = "\n\t"
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def document(meeting: Meeting, step: Step = silent, fonts: Typefaces | None = None) -> bytes:
    """The report as PDF/A-2u. `step` is called before each exhibit and before the setting.

    fonts: where typefaces are looked for; else this computer's and the folder `fonts` of the data.
    Raises MissingFont where none of them writes Chinese.
    """
    where = fonts or Typefaces.usual()
    found = where.found()
    told = reworded(manuscript(meeting, chosen(where, found), step), _visible)
    step(PHRASES["setting"](meeting.lang))
    return _set(told, meeting, found)


def _set(told: Part, meeting: Meeting, found: typst.Fonts) -> bytes:
    """A character that no typeface writes is marked, and told at the end; then it is set again."""
    stamp = int(datetime.combine(meeting.as_of, time(), UTC).timestamp())
    lost: set[str] = set()
    while True:
        try:
            return pages("report.typ", _inputs(_marked(told, lost, meeting.lang)), found, stamp)
        except typst.TypstError as error:
            missing = unwritten(error) - lost
            if not missing:
                raise
            lost |= missing


def _inputs(told: Part) -> dict[str, str]:
    return {"data": json.dumps(told, ensure_ascii=False, allow_nan=False)}


def _marked(told: Part, lost: Set[str], lang: Lang) -> Part:
    """With a mark for each of what cannot be written, the longest first."""
    if not lost:
        return told
    ordered = sorted(lost, key=lambda one: (-len(one), one))
    pattern = re.compile("|".join(map(re.escape, ordered)))
    marked: Part = reworded(told, lambda word: pattern.sub(GETA, word))
    codes = PHRASES["and"](lang).join(map(_code, sorted(lost)))
    line = PHRASES["unwritten"].format(mark=GETA, found=codes)(lang)
    return marked | {"quality": [*marked["quality"], line]}


def _code(letters: str) -> str:
    return "+".join(f"U+{ord(letter):04X}" for letter in letters)


def _visible(word: str) -> str:
    """Without what has no shape of its own and could turn or join what stands beside it."""
    if word.isascii() and word.isprintable():
        return word
    return "".join(one for one in word if one in KEPT or unicodedata.category(one) not in UNSEEN)
