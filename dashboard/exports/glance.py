"""All figures of a meeting at one view: each once, under the page that shows it first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.exhibits.model import Figure, Meeting, Section
from dashboard.exports import widths
from dashboard.exports.phrases import Speech

Part = dict[str, Any]
STATUSES = ("met", "not_met", "no_target", "no_value", "missing")


def glance(meeting: Meeting, say: Speech) -> Part | None:
    """The summary as its template reads it; nothing where no page tells any."""
    seen: set[tuple[str, str, str]] = set()
    groups = []
    for section in meeting.sections:
        new = [one for one in _figures(section) if _once(one, seen)]
        if new:
            groups.append((section.title, new))
    if not groups:
        return None
    figures = [one for _, found in groups for one in found]
    than = {one.than for one in figures if one.change and one.than}
    head = than.pop() if len(than) == 1 else ""
    told = [(title, [_line(one, head, say) for one in found]) for title, found in groups]
    return {
        "told": _counted(figures, say),
        "table": _columns([line for _, found in told for line in found], head, say),
        "groups": [{"title": title, "figures": found} for title, found in told],
    }


def _figures(section: Section) -> list[Figure]:
    """Those of charts too: every figure that is told stands here with its number."""
    return [figure for one in section.exhibits for figure in one.figures]


def _once(figure: Figure, seen: set[tuple[str, str, str]]) -> bool:
    key = (figure.id, figure.variant, figure.value.text)
    is_new = key not in seen
    seen.add(key)
    return is_new


def _counted(figures: list[Figure], say: Speech) -> str:
    """`12 项指标：8 项达标，2 项未达标，2 项未设目标`; what there is none of is not told."""
    counts = {name: sum(one.status == name for one in figures) for name in STATUSES}
    told = [say(f"status_{name}", n=count) for name, count in counts.items() if count]
    return say("told", n=len(figures), parts=say("comma").join(told))


def _line(figure: Figure, head: str, say: Speech) -> Part:
    than = "" if figure.than == head else figure.than
    return {
        "figure": _labelled(figure, say),
        "value": figure.value.text,
        "fraction": figure.fraction,
        "target": figure.target,
        "status": figure.status,
        "badge": figure.badge,
        "change": " ".join(part for part in (figure.change, than) if part),
    }


def _labelled(figure: Figure, say: Speech) -> str:
    way = figure.variant
    return say("counted", label=figure.label, way=way) if way else figure.label


def _columns(lines: Sequence[Part], head: str, say: Speech) -> Part:
    """Its columns; a badge needs room around its word."""
    names = ("figure", "value", "fraction", "target", "badge", "change")
    labels = [say(name) for name in names[:-1]] + [head or say("change")]
    columns = [
        widths.column(label, [_roomy(name, line[name]) for line in lines], rigid=name != "figure")
        for name, label in zip(names, labels, strict=True)
    ]
    plan = widths.planned(columns, across=False)
    return {"heads": labels, "size": plan.size, "widths": list(plan.widths)}


def _roomy(name: str, word: str) -> str:
    return f"{word}  " if name == "badge" and word else word
