"""The figures, one file per subject; a new one is found by its folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from dashboard.errors import BadDefinition
from dashboard.kpis.model import Kpi


def _found() -> dict[str, Kpi]:
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    found: list[Kpi] = [kpi for module in modules for kpi in getattr(module, "KPIS", ())]
    for what in ("id", "order"):
        times = Counter(getattr(kpi, what) for kpi in found)
        if twice := sorted(str(value) for value, n in times.items() if n > 1):
            raise BadDefinition(f"kpis: {what} {', '.join(twice)} is used twice")
    return {kpi.id: kpi for kpi in sorted(found, key=lambda kpi: kpi.order)}


KPIS: dict[str, Kpi] = _found()


def counted(name: str, variants: Mapping[str, str]) -> Kpi:
    """A figure as the school chose to count it (`variants`: figure -> way)."""
    return KPIS[name].counted_as(variants.get(name))
