"""Words from a school's files, made harmless before Streamlit reads them as Markdown."""

from __future__ import annotations

import re

from dashboard.contracts.spelling import INVISIBLE
from dashboard.text import DASH

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~^=&\"'])")
# An address becomes a link though its marks are escaped: it is looked for when they are gone.
_ADDRESS = re.compile(r"(?i)(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[-\w])")
_JOINT = "\u2060"  # nobody sees it, and no address has it
NO_BREAK = "\u00a0"


def escaped(words: object) -> str:
    """One line in which every mark means itself: no image is fetched, no formula drawn, no link."""
    text = " ".join(INVISIBLE.sub("", DASH if words is None else str(words)).split())
    return _MARKS.sub(r"\\\1", _ADDRESS.sub(_JOINT, text))


def together(words: str) -> str:
    """A phrase that is not torn apart at the end of a line."""
    return words.replace(" ", NO_BREAK)
