"""A chart as the report's templates draw it: lengths beside the words that are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from math import isfinite
from typing import Any

from dashboard.exhibits.model import Form, Plot, Series, Value
from dashboard.exports.phrases import Speech

Part = dict[str, Any]
_NUMERIC = frozenset("0123456789-+−¥")
_YEAR = re.compile(r"^(\d{4} ?年) ?(?=\d)")  # before a month
_DATED = re.compile(r"\d{4}")


def drawable(plot: Plot) -> bool:
    """Whether there is anything to draw."""
    if plot.form in ("flows", "points"):
        return bool(plot.flows or plot.dots)
    return bool(plot.names and plot.series)


def graph(plot: Plot, say: Speech) -> Part:
    """Names, sizes and words, one for one."""
    target = plot.target
    return {
        "form": plot.form,
        "names": [_slotted(name, plot.form) for name in plot.names],
        "series": [
            _series(one, plot.form, say) | {"style": style}
            for one, style in zip(plot.series, _styles(plot.series), strict=True)
        ],
        "notes": list(plot.notes),
        "short": list(plot.short),
        "target": {"value": _size(target[0]), "words": target[1]} if target else None,
        "flows": [
            {"from": a, "to": b, "value": _size(cell.value), "text": cell.text}
            for a, b, cell in plot.flows
        ],
        "dots": [[_size(x.value), _size(y.value)] for x, y in plot.dots],
        "ends": _ends(plot),
    }


def _ends(plot: Plot) -> list[list[str]]:
    """The words of the least and the most across, and up."""
    axes = list(zip(*plot.dots, strict=True))
    sized = [sorted(axis, key=lambda cell: _size(cell.value) or 0.0) for axis in axes]
    return [[axis[0].text, axis[-1].text] for axis in sized]


def _slotted(name: str, form: Form) -> str:
    """A month's year stands above it, where names stand side by side."""
    return name if form in ("bars", "funnel") else _YEAR.sub("\\1\n", name)


def _series(one: Series, form: Form, say: Speech) -> Part:
    """Under a slot there is no room for the unit: one that all share is told with the name."""
    texts = [cell.text for cell in one.cells]
    unit = _unit(texts) if form in ("columns", "lines") else ""
    return {
        "name": one.name,
        "unit": say("unit", unit=unit.strip()) if unit else "",
        "values": [_size(cell.value) for cell in one.cells],
        "texts": [text.removesuffix(unit) for text in texts],
        "estimated": one.estimated,
    }


def _styles(series: Sequence[Series]) -> list[int]:
    """The first is the strongest; of years the newest. An estimate looks like what it prolongs."""
    known = [one.name for one in series if not one.estimated]
    order = list(range(len(known)))
    if known and all(_DATED.match(name) for name in known):
        order = [sorted(known, reverse=True).index(name) for name in known]
    places = accumulate(0 if one.estimated else 1 for one in series)
    return [order[max(0, min(place, len(order)) - 1)] if order else 0 for place in places]


def _unit(texts: Sequence[str]) -> str:
    """` 万元` where every number ends so; nothing where they differ or have none."""
    units = {
        text[place:] for text in texts if (place := text.find(" ")) > 0 and text[0] in _NUMERIC
    }
    bare = any(text[-1:].isdigit() and " " not in text and text[0] in _NUMERIC for text in texts)
    return units.pop() if len(units) == 1 and not bare else ""


def _size(value: Value) -> float | None:
    """A number to draw by; a day or a word has none."""
    if isinstance(value, bool) or value is None or not hasattr(value, "__float__"):
        return None
    size = float(value)
    return size if isfinite(size) else None
