"""A meeting as the report's templates read it: words and lengths, nothing left to compute there.

Numbers go along only to draw by; every value that is read is written as the meeting says it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.exhibits.model import Cell, Exhibit, Figure, Grid, Head, Meeting, Section
from dashboard.exports import widths
from dashboard.exports.glance import glance
from dashboard.exports.graphs import drawable, graph
from dashboard.exports.phrases import PHRASES, Speech
from dashboard.exports.typefaces import LATIN
from dashboard.exports.work import Step
from dashboard.sqlfiles import ColumnKind

Part = dict[str, Any]

STEERING = frozenset({"lang", "region", "fonts", "form", "status", "better"})
HEAD = 48  # letters
HEX = 12  # digits of a sha256 that are printed
SOURCES: tuple[tuple[str, ColumnKind], ...] = (
    ("file", "text"),
    ("sheet", "text"),
    ("register", "text"),
    ("rows", "count"),
    ("imported", "date"),
    ("sha256", "date"),
)


def manuscript(meeting: Meeting, family: str, step: Step) -> Part:
    """All of the report; `family` is the typeface it is set in."""
    say = Speech(meeting.lang)
    return {
        **_cover(meeting, say),
        "lang": meeting.lang,
        "region": "cn" if meeting.lang == "zh" else "gb",
        "fonts": [family, *LATIN],
        "words": {name: text(meeting.lang) for name, text in PHRASES.items()},
        "summary": glance(meeting, say),
        "sections": [_section(section, say, step) for section in meeting.sections],
        "definitions": [
            {"label": one.label, "formula": one.formula, "why": one.why, "source": one.source}
            for one in meeting.definitions
        ],
        "quality": list(meeting.quality),
        "sources": _sources(meeting, say),
    }


def _cover(meeting: Meeting, say: Speech) -> Part:
    day = meeting.as_of
    facts = (("data_until", day.isoformat()), ("view", meeting.caption))
    return {
        "school": meeting.school,
        "title": meeting.title,
        "period": meeting.period,
        "head": [_cut(meeting.school), _cut(meeting.caption)],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "facts": [[say(name), told] for name, told in facts],
        "names": say(f"names_{meeting.names}"),
        "demo": say("demo") if meeting.is_demo else "",
    }


def _cut(words: str) -> str:
    """Short enough for two lines at the head of a page; the cover has all of it."""
    return words if len(words) <= HEAD else words[: HEAD - 1] + "…"


def _section(section: Section, say: Speech, step: Step) -> Part:
    exhibits = []
    for one in section.exhibits:
        step(section.title)
        exhibits.append(_exhibit(one, say))
    return {"title": section.title, "question": section.question, "exhibits": exhibits}


def _exhibit(one: Exhibit, say: Speech) -> Part:
    drawn = one.plot if one.plot and drawable(one.plot) else None
    table = widths.ruled(one.grid) if one.grid and one.form != "tiles" and not one.missing else None
    across = bool(table and table["flipped"] and not drawn)
    return {
        "title": one.title,
        "headed": one.form != "tiles" or bool(one.missing),
        "hint": one.hint,
        "missing": one.missing,
        "figures": [_tile(figure) for figure in one.figures],
        "plot": graph(drawn, say) if drawn and not one.missing else None,
        "table": table,
        "flipped": across,
        "long": bool(table and not drawn and len(table["rows"]) > widths.LONG),
    }


def _tile(figure: Figure) -> Part:
    quiet = (figure.fraction, figure.target, figure.variant)
    return {
        "label": figure.label,
        "value": figure.value.text,
        "change": figure.change,
        "than": figure.than,
        "better": figure.better,
        "status": figure.status,
        "badge": figure.badge,
        "quiet": [told for told in quiet if told],
    }


def _sources(meeting: Meeting, say: Speech) -> Part | None:
    if not meeting.sources:
        return None
    heads = tuple(Head(say(name), kind) for name, kind in SOURCES)
    rows = [
        (
            one.file,
            one.sheet,
            one.register,
            f"{one.rows:,}",
            one.imported.isoformat(),
            one.sha256[:HEX],
        )
        for one in meeting.sources
    ]
    return widths.ruled(Grid(heads, tuple(tuple(Cell(None, text) for text in row) for row in rows)))


def reworded(part: Any, change: Callable[[str], str]) -> Any:
    """The same with every word changed that is read; those that steer the templates are kept."""
    if isinstance(part, str):
        return change(part)
    if isinstance(part, list):
        return [reworded(one, change) for one in part]
    if isinstance(part, dict):
        return {
            name: one if name in STEERING else reworded(one, change) for name, one in part.items()
        }
    return part
