"""A report's `label` and `value`, and perhaps `of`, as horizontal bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.rows import Row, figure
from dashboard.charts.template import Chart, Palette
from dashboard.charts.words import column
from dashboard.text import Lang, Text, exact, percent

MOST = 10
REST = Text("其余 {n} 项", "{n} others")


def bars(rows: Sequence[Mapping[str, Any]], unit: str, palette: Palette, lang: Lang) -> Chart:
    """The largest at the top; with `of`, the share of it is written behind."""
    ranked = _folded(
        sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0))), lang
    )
    told = column([row["value"] for row in ranked], unit, lang)
    drawn = [_row(row, words) for row, words in zip(ranked, told, strict=True)]
    return Chart(figure(drawn, palette, None), "; ".join(row.words for row in drawn))


def _folded(ranked: Sequence[Mapping[str, Any]], lang: Lang) -> list[Mapping[str, Any]]:
    """A long tail as one bar of its sum; shares of different wholes cannot be added."""
    if len(ranked) <= MOST or any(row.get("of") for row in ranked):
        return list(ranked)
    head, tail = ranked[: MOST - 1], ranked[MOST - 1 :]
    value = sum(row["value"] for row in tail if row["value"] is not None)
    return [*head, {"label": REST.format(n=len(tail))(lang), "value": value}]


def _row(row: Mapping[str, Any], words: str) -> Row:
    value, of = row["value"], row.get("of")
    return Row(
        name=str(row["label"]),
        size=None if value is None else float(value),
        value=words,
        note=percent(exact(value) / exact(of)) if of and value is not None else "",
    )
