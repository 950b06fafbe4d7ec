"""Numbers as plans write them: 12, 十二, 二〇一七."""

from __future__ import annotations

_FIGURES = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
            "六": 6, "七": 7, "八": 8, "九": 9, "元": 1, "正": 1}  # fmt: skip


def number(text: str) -> int:
    """A number up to 99 in figures or characters, or a row of characters (二〇一七).

    Raises ValueError for anything else.
    """
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_figure(tens) if tens else 1) * 10 + (_figure(ones) if ones else 0)
    return int("".join(str(_figure(character)) for character in text))


def _figure(character: str) -> int:
    try:
        return _FIGURES[character]
    except KeyError:
        raise ValueError(character) from None
