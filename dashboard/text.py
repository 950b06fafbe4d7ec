"""Words in two languages, and the numbers between them.

Every string a person reads is a `Text`: both languages stand side by side, so neither can be
forgotten. Formatting turns exact numbers into words once, here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

Lang = Literal["zh", "en"]
Number = int | float | Decimal | Fraction

DASH = "—"  # an empty denominator is neither 0 nor 100 %


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or word in Chinese and English; `{name}` marks are filled by `format`."""

    zh: str
    en: str

    def __call__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def format(self, **values: object) -> Text:
        """Fill the marks; a `Text` among the values is filled in its own language."""
        zh = {k: v.zh if isinstance(v, Text) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))


def same(words: str) -> Text:
    """A word that is the same in both languages, such as a department's name."""
    return Text(words, words)


def exact(value: Number) -> Fraction:
    """The number as it was written: 0.1 is a tenth, whatever a float makes of it."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def rounded(value: Number, places: int) -> Decimal:
    """Half-up, as people round; Python's own `round` is half-even."""
    fraction = exact(value)
    quotient = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return quotient.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: Number | None, places: int = 0) -> str:
    """`1,234` or `1,234.50`."""
    return DASH if value is None else f"{rounded(value, places):,}"


def percent(value: Number | None) -> str:
    """A share as `98.3%`, one decimal, half-up."""
    return DASH if value is None else f"{rounded(exact(value) * 100, 1)}%"


def money(value: Number | None, lang: Lang, *, brief: bool = False) -> str:
    """Yuan; `brief` gives 万元 (thousands in English) for tiles and axes."""
    if value is None:
        return DASH
    if not brief or abs(exact(value)) < 10_000:
        return f"{number(value, 2)} 元" if lang == "zh" else f"¥{number(value, 2)}"
    scaled = exact(value) / (10_000 if lang == "zh" else 1_000)
    return f"{number(scaled, 2)} 万元" if lang == "zh" else f"¥{number(scaled, 1)}k"


def day(value: date | None) -> str:
    """ISO dates read the same in both languages."""
    return DASH if value is None else value.isoformat()


MONTHS_EN = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def month(value: date, lang: Lang) -> str:
    """1月 … 12月, or Jan … Dec."""
    return f"{value.month}月" if lang == "zh" else MONTHS_EN[value.month - 1]


_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def is_formula(words: str) -> bool:
    """Whether a spreadsheet program that opens a CSV might run this text (OWASP's list, and the
    full-width signs).
    """
    return words.startswith(_STARTS) or words.lstrip().startswith(_STARTS)
