"""From bytes to text: whatever encoding a plan was saved in."""

from __future__ import annotations

import re

from dashboard.errors import RefusedFile

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_GUESSES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs")
_HAN = re.compile("[\u4e00-\u9fff]")
# The characters a plan of work is sure to have, in both scripts.
_USUAL = re.compile(
    "[的工作会會教学學校活动動计計划劃月开開展做好年师師生一二三人和组組织織加强強、，。]"
)
_NOISE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def decoded(data: bytes) -> str:
    """Text by its mark, else by the guess that reads most like a plan.

    Raises RefusedFile: empty, encoding.
    """
    if not data.strip(b"\x00\r\n\t "):
        raise RefusedFile("empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    found = [text for encoding in _GUESSES if (text := _read(data, encoding)) is not None]
    best = max(found, key=_sense, default=None)
    if best is None or _sense(best) <= 0:
        best = data.decode("utf-8", "replace")
        if _sense(best) <= 0:
            best = data.decode("gb18030", "replace")
    return best


def _read(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sense(text: str) -> float:
    """How much of it is what plans are made of; noise counts against it."""
    usual, noise = len(_USUAL.findall(text)), len(_NOISE.findall(text))
    return (usual - 3 * noise) / max(len(text), 1)


def check(text: str) -> None:
    """Raise RefusedFile(no_plan) for text that is no Chinese prose: glyph noise, tables of
    figures, programs.
    """
    dense = [character for character in text if not character.isspace()]
    han = len(_HAN.findall(text))
    noise = len(_NOISE.findall(text)) + text.count("\ufffd")
    if not dense:
        raise RefusedFile("empty")
    if han < 8 or han < len(dense) * 0.2 or noise > len(dense) * 0.05:
        raise RefusedFile("no_plan")
    if len(_USUAL.findall(text)) < han * 0.05:
        raise RefusedFile("no_plan")
