"""What is looked at: a period, and perhaps one value each of some dimensions.

A filter knows its own caption, and the values it binds in a statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from dashboard.dimensions import DIMENSIONS
from dashboard.periods import Period, Span, current, year_before
from dashboard.text import Text

Chosen = tuple[tuple[str, str], ...]


def chosen(values: Mapping[str, str | None]) -> Chosen:
    """The dimensions that are narrowed, in their own order; None and '' are not."""
    return tuple((name, said) for name in DIMENSIONS if (said := values.get(name)))


@dataclass(frozen=True, slots=True)
class Filters:
    """Hashable, so that it can be part of a cache's key.

    `day` is an as-of day asked for within the period; without it, its last day or today.
    `safe`: for a wall; nothing may be read that tells of one person (disclosure.py).
    `browsed`: and whoever looks chooses the view, so that what two of them differ by counts, too
    (kpis/differences.py).
    """

    period: Period
    today: date
    chosen: Chosen = ()
    day: date | None = None
    safe: bool = False
    browsed: bool = False

    @property
    def span(self) -> Span:
        whole = current(self.period, self.today)
        if self.day is None or not whole.start <= self.day <= whole.as_of:
            return whole
        return Span(whole.start, self.day)

    @property
    def before(self) -> Span:
        return year_before(self.span)

    @property
    def as_of(self) -> date:
        return self.span.as_of

    def value(self, dimension: str) -> str | None:
        return dict(self.chosen).get(dimension)

    @property
    def department(self) -> str | None:
        return self.value("department")

    def narrowed(self, dimension: str, value: str | None) -> Self:
        """The same view with one dimension chosen otherwise; None lets it go."""
        return replace(self, chosen=chosen(dict(self.chosen) | {dimension: value}))

    @property
    def caption(self) -> Text:
        """`2017 年 · 语文组 · 数据截至 2017-12-31`."""
        parts = [self.period.label]
        parts += [DIMENSIONS[name].value(value) for name, value in self.chosen]
        parts.append(Text(f"数据截至 {self.as_of}", f"as of {self.as_of}"))
        return Text(" · ".join(p.zh for p in parts), " · ".join(p.en for p in parts))
