"""The numbers Word sets before paragraphs by itself: 一、 (一) 1. as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CHINESE = "〇一二三四五六七八九"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    begins: int = 1


@dataclass(slots=True)
class Numbering:
    """Listens to word/numbering.xml, then counts; `next` is asked paragraph by paragraph."""

    _levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _abstract: str = ""
    _list: str = ""
    _level: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        level = self._levels.setdefault((self._abstract, self._level), _Level())
        if name == "abstractNum":
            self._abstract = attributes.get("abstractNumId", "")
        elif name == "lvl":
            self._level = _small(attributes.get("ilvl", ""))
        elif name == "num":
            self._list = attributes.get("numId", "")
        elif name == "abstractNumId":
            self._lists[self._list] = value
        elif name == "numFmt":
            level.format = value
        elif name == "lvlText":
            level.text = value
        elif name == "start":
            level.begins = _small(value)

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def text(self, words: str) -> None:
        """Nothing is said between the elements."""

    def next(self, list_: str, level: str) -> str:
        """The number before the next paragraph of that list, as text; a bullet for a bullet."""
        at, abstract = _small(level), self._lists.get(list_)
        found = self._levels.get((abstract, at)) if abstract is not None else None
        if list_ == "0" or abstract is None or found is None:
            return ""
        if found.format in ("bullet", "none"):
            return "• " if found.format == "bullet" else ""
        place = (abstract, at)
        self._counts[place] = self._counts.get(place, found.begins - 1) + 1
        for other in [key for key in self._counts if key[0] == abstract and key[1] > at]:
            del self._counts[other]
        return self._written(abstract, found) + " "

    def _written(self, abstract: str, level: _Level) -> str:
        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            known = self._levels.get((abstract, at), _Level())
            return _figure(self._counts.get((abstract, at), known.begins), known.format)

        return re.sub(r"%([1-9])", shown, level.text)


def _small(text: str) -> int:
    return min(int(text), 999) if text.isdecimal() else 0


def _figure(number: int, format_: str) -> str:
    if "circle" in format_.lower() and 1 <= number <= len(_CIRCLES):
        return _CIRCLES[number - 1]
    if "hinese" in format_ or "deograph" in format_ or "apanese" in format_:
        tens, ones = divmod(number, 10)
        front = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens % 10]}十"
        return front + (_CHINESE[ones] if ones or not tens else "")
    return str(number)
