"""A figure as a tile: value, change, twelve months, one badge and one quiet line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from unicodedata import east_asian_width

import streamlit as st

from dashboard.charts import words
from dashboard.exhibits.figures import NO_BEFORE, THAN_BEFORE
from dashboard.kpis.model import Result
from dashboard.text import Lang, Text
from dashboard.ui.detail import opener
from dashboard.ui.empty import missing
from dashboard.ui.markdown import escaped, together

HELP = Text(
    "**公式** {formula}\n\n**意义** {why}\n\n**出处** {source}",
    "**Formula** {formula}\n\n**Why** {why}\n\n**Source** {source}",
)
NARROW = 26  # letters of a quiet line that fit the narrowest tile; a Chinese one takes two
COUNTED = Text("口径：{way}", "{way}")
LEFT_OUT = Text("另有 {n} 行未计入", "rows not counted: {n}")
BADGES: dict[str, tuple[str, Literal["green", "red"]]] = {
    "met": (":material/check_circle:", "green"),
    "not_met": (":material/flag:", "red"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """What a tile says: `figure` as `st.metric` takes it, the lines at its foot as Markdown."""

    figure: Mapping[str, Any]
    foot: str


def face(result: Result, lang: Lang) -> Face:
    figure = {
        "label": escaped(result.kpi.label(lang)),
        "value": escaped(words.read(result.now, result.kpi.unit, lang)),
        "help": _help(result, lang),
        "chart_data": _sparkline(result),
        "chart_type": "area",
    }
    lines = [_badge(result, lang), *_lines(_quiet(result, lang))]
    return Face(figure | _change(result, lang), "  \n".join(line for line in lines if line))


def tile(result: Result, face: Face, lang: Lang) -> None:
    """One card; the row around it makes all of them equally high."""
    with st.container(border=True, height="stretch", gap="xsmall", key=f"tile_{result.kpi.id}"):
        st.metric(**face.figure)
        if result.now.missing:
            missing([result.now.missing], lang)
            return
        if face.foot:
            st.markdown(face.foot)
        opener(result, lang)


def _help(result: Result, lang: Lang) -> str:
    kpi = result.kpi
    parts = {"formula": kpi.formula, "why": kpi.why, "source": kpi.source}
    return HELP.format(**{name: escaped(text(lang)) for name, text in parts.items()})(lang)


def _change(result: Result, lang: Lang) -> dict[str, Any]:
    """Red and green only where a direction is better; a change of nothing has no arrow."""
    if result.now.value is None:
        return {}
    told = words.change(result, lang)
    if told is None or told == words.NO_CHANGE(lang):
        quiet = {"delta_color": "off", "delta_arrow": "off"}
        described = {"delta_description": THAN_BEFORE(lang)} if told else {}
        return {"delta": told or NO_BEFORE(lang)} | quiet | described
    colour = {"up": "normal", "down": "inverse", None: "off"}[result.kpi.better]
    return {"delta": told, "delta_color": colour, "delta_description": THAN_BEFORE(lang)}


def _sparkline(result: Result) -> list[float] | None:
    """Months without a value are gaps; fewer than two months are no line."""
    values = [point.reading.value for point in result.trend]
    if sum(value is not None for value in values) < 2:
        return None
    return [float("nan") if value is None else float(value) for value in values]


def _badge(result: Result, lang: Lang) -> str:
    if result.status not in BADGES:
        return ""
    icon, colour = BADGES[result.status]
    return f":{colour}-badge[{icon} {words.BADGES[result.status](lang)}]"


def _lines(parts: list[str]) -> list[str]:
    """One line where that is short; else a line each, so that no separator dangles."""
    letters = " · ".join(parts)
    width = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in letters)
    told = [together(escaped(part)) for part in parts]
    lines = [" · ".join(told)] if width <= NARROW else told
    return [f":gray[:small[{line}]]" for line in lines if line]


def _quiet(result: Result, lang: Lang) -> list[str]:
    """`118/120 人`, `目标 100%`, `另有 3 行未计入`: whichever there is to say."""
    now = result.now
    parts = [
        words.PROTECTED(lang) if now.hidden else words.fraction(now, result.kpi, lang),
        words.bar(result, lang),
        COUNTED.format(way=_short(result.kpi.variant))(lang) if result.kpi.variant else "",
        LEFT_OUT.format(n=now.left_out)(lang) if now.left_out else "",
    ]
    return [part for part in parts if part]


def _short(variant: Text) -> Text:
    """Without what stands in brackets; the proof has it in full."""
    return Text(variant.zh.split("（")[0], variant.en.split(" (")[0])
