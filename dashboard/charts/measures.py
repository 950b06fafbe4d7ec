"""How the values of one chart of any table are written: all of them in one scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dashboard.charts.words import TEN_THOUSAND
from dashboard.exploring.charting.recipe import Counted, Unit
from dashboard.text import DASH, Lang, Text, money, number, percent

YUAN = Text("元", "¥")
TEN_THOUSAND_YUAN = Text("万元", "thousand ¥")


@dataclass(frozen=True, slots=True)
class Measure:
    """`divisor` is what large money is divided by, `places` the decimals that are written."""

    unit: Unit
    lang: Lang
    suffix: str = ""
    divisor: int = 1
    places: int = 0

    @classmethod
    def of(cls, values: Iterable[Fraction | None], unit: Unit, suffix: str, lang: Lang) -> Measure:
        known = [value for value in values if value is not None]
        large = max((abs(value) for value in known), default=Fraction(0))
        if unit == "yuan" and large >= TEN_THOUSAND:
            zh = lang == "zh"
            return cls(unit, lang, "", TEN_THOUSAND if zh else 1_000, 2 if zh else 1)
        whole = all(value.denominator == 1 for value in known)
        return cls(unit, lang, suffix, 1, 0 if whole else _places(large))

    def size(self, value: Fraction | None) -> float | None:
        """On the axis' own scale."""
        return None if value is None else float(value / self.divisor)

    def words(self, value: Fraction | None) -> str:
        """With its unit."""
        if value is None:
            return DASH
        if self.unit == "yuan" and self.divisor == 1:
            return money(value, self.lang)
        if self.unit == "yuan":
            told = self.bare(value)
            return f"{told} 万元" if self.lang == "zh" else f"¥{told}k"
        return f"{self.bare(value)} {self.suffix}".rstrip()

    def bare(self, value: Fraction | None) -> str:
        """Without its unit, which is said once; a share keeps its sign."""
        if self.unit == "ratio":
            return percent(value)
        return number(None if value is None else value / self.divisor, self.places)

    @property
    def word(self) -> str:
        """The unit, to be said once beside an axis."""
        if self.unit == "yuan":
            return (TEN_THOUSAND_YUAN if self.divisor > 1 else YUAN)(self.lang)
        return "" if self.unit == "ratio" else self.suffix

    @property
    def ticks(self) -> str:
        """The number format of an axis."""
        return ".0%" if self.unit == "ratio" else ",~f"


def _places(large: Fraction) -> int:
    """Small numbers need more decimals than large ones."""
    if large >= 1_000:
        return 1
    return 2 if large >= Fraction(1, 2) else 4


def measure(counted: Counted, lang: Lang) -> Measure:
    """How a chart's values are written; of points those up the side."""
    values = [amount.value for _, amounts in counted.series for amount in amounts]
    values += [up for _, up in counted.dots]
    return Measure.of(values, counted.unit, counted.suffix, lang)
