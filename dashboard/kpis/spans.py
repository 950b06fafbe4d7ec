"""The stretches of time one figure is read over: now, a year before, and twelve months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.filters import Filters
from dashboard.kpis.model import Trend
from dashboard.periods import Span, rolling, twelve_months

NOW, BEFORE = "now", "before"


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches by the name they have in the statement, and each trend month by itself."""

    named: Mapping[str, Span]
    months: Mapping[str, Span]

    @property
    def values(self) -> str:
        """The rows of the statement's table of spans, as marks for bound values."""
        return ",\n".join(
            f"        ('{name}', ${name}_start, ${name}_as_of)" for name in self.named
        )

    @property
    def parameters(self) -> dict[str, object]:
        bound: dict[str, object] = {}
        for name, span in self.named.items():
            bound |= {f"{name}_start": span.start, f"{name}_as_of": span.as_of}
        return bound


def spans(filters: Filters, trend: Trend) -> Spans:
    """A rolling trend looks back as far as the period itself, at the end of every month."""
    months = {f"month_{n:02}": m for n, m in enumerate(twelve_months(filters.as_of), start=1)}
    read = {
        name: rolling(filters.span, month) if trend == "rolling" else month
        for name, month in months.items()
    }
    return Spans({NOW: filters.span, BEFORE: filters.before} | read, months)
