"""One spelling for many: headers and code words are compared in their plain form only.

Plain form: compatibility characters folded (full-width digits and brackets), traditional turned
into simplified by OpenCC, all white space and punctuation dropped, lower case. What is stored
keeps its own spelling; only comparisons are made on the plain one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from opencc import OpenCC

_BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_KEPT = re.compile(r"[^\w%#]|_", re.UNICODE)
_BLANKS = re.compile(r"\s+")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)(?:[^\w%#]|_)+(?=\d)")
# What nobody sees, and what makes one name look like another: all of Unicode's format marks (Cf),
# the fillers of Hangul, and the choice of a sign's form.
INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
    "\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)

_NOTES = "[²³¹⁰-⁹₀-₉①-⑳⒈-⒛⓪-⓿❶-➓㉑-㉟㊱-㊿]"
_NOTE_BESIDE = re.compile(
    rf"(?:(?<=[\d.,．，])|(?<=\d )){_NOTES}+|{_NOTES}+(?= ?[.,．，]?\d)|{_NOTES}{{2,}}"
)
_UNREAD = "※"
APART = "\u2063"  # invisible: stands around figures struck out, raised or hidden within a cell

# What people write between the figures of one number: blanks, dashes, marks nobody sees, …
LOOSE = (
    r"\s\-\u00ad\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63\uff0d\uff70"
    r"\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
)
# … and what parts dates and amounts as well.
TIGHT = r".．。·•‧∙・･_＿/／~～∼〜()（）\[\]"
GAP = rf"[{LOOSE}{TIGHT}]"
CROSS = "[xX×✕✖ХхＸｘ*＊]"  # the X of an identity number


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def folded(text: str) -> str:
    """Full-width and compatibility characters as ordinary ones; invisible marks removed."""
    if text.isascii():
        return text
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def folded_figures(text: str) -> str:
    """As `folded`, for a number or a day: a footnote's mark beside a figure (500①, 500¹) and what
    stands apart are none of its figures, and stay a sign that nothing reads.
    """
    if text.isascii():
        return text
    return folded(_NOTE_BESIDE.sub(_UNREAD, visible(text.replace(APART, _UNREAD))))


def visible(text: str) -> str:
    """Without marks that nobody sees, which turn, join or hide what stands beside them."""
    return text if text.isascii() else INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """Trimmed, runs of white space as one blank. Rare and private-use characters stay."""
    if text.isalnum() and not INVISIBLE.search(text):  # neither a blank nor a mark
        return text
    return _BLANKS.sub(" ", INVISIBLE.sub("", text).replace("\x00", "")).strip()


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """The form in which headers and code words are compared."""
    return _KEPT.sub("", _converter().convert(folded(text))).lower()


def simplified(texts: Sequence[str]) -> list[str]:
    """Each text in simplified characters, otherwise as it is; one conversion for all."""
    turned = _converter().convert("\n".join(texts)).split("\n")
    return turned if len(turned) == len(texts) else [_converter().convert(text) for text in texts]


def like_for_like(text: str) -> str:
    """As long as the text, each letter compared as it is alone: full-width, traditional, capital;
    an invisible mark is a blank.
    """
    return "".join(map(_alike, text))


@lru_cache(maxsize=20_000)
def _alike(character: str) -> str:
    if INVISIBLE.match(character):
        return " "
    alike = _converter().convert(unicodedata.normalize("NFKC", character)).lower()
    return alike if len(alike) == 1 else character


@lru_cache(maxsize=20_000)
def _is_plain(character: str) -> bool:
    """Simplified, lower case, a letter or figure: it stays as it is, in whatever word."""
    return plain(character) == character


def are_plain(joined: str) -> bool:
    """Whether every word made of these characters is its own plain form."""
    return all(map(_is_plain, set(joined)))


@lru_cache(maxsize=100_000)
def plain_number(text: str | None) -> str:
    """The plain form of a voucher's or case's number: 记1-12 and 记11-2 are two, 记-12 and 记12
    one.
    """
    return "-".join(plain(part) for part in _BETWEEN_FIGURES.split(folded(text or "")))


def number_key(text: str | None) -> str:
    """A staff number as it is compared: 0012, 12 and '12 ' are one person."""
    bare = plain(text or "")
    return bare.lstrip("0") or bare


@lru_cache(maxsize=20_000)
def plain_without_brackets(text: str) -> str:
    """As `plain`, less what stands in brackets: 核定预算数（元） is 核定预算数."""
    return plain(_BRACKETED.sub("", folded(text)))
