"""What is looked at: a period and perhaps one department. A filter knows its own caption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.periods import Period, Span, current, year_before
from dashboard.text import Text, same


@dataclass(frozen=True, slots=True)
class Filters:
    """Hashable, so that it can be part of a cache's key."""

    period: Period
    today: date
    department: str | None = None

    @property
    def span(self) -> Span:
        return current(self.period, self.today)

    @property
    def before(self) -> Span:
        return year_before(self.span)

    @property
    def as_of(self) -> date:
        return self.span.as_of

    @property
    def caption(self) -> Text:
        """`2017 年 · 语文组 · 数据截至 2017-12-31`."""
        parts = [self.period.label]
        if self.department:
            parts.append(same(self.department))
        parts.append(Text(f"数据截至 {self.as_of}", f"as of {self.as_of}"))
        return Text(" · ".join(p.zh for p in parts), " · ".join(p.en for p in parts))
