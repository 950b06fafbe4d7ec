"""A report's stages in their own order, each with its share of the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.rows import Row, figure
from dashboard.charts.template import Chart, Palette
from dashboard.charts.words import worded
from dashboard.text import Lang, exact, percent


def funnel(rows: Sequence[Mapping[str, Any]], unit: str, palette: Palette, lang: Lang) -> Chart:
    """Stages are not sorted: the order is what happened."""
    whole = rows[0]["value"] if rows else None
    drawn = [
        Row(
            name=str(row["label"]),
            size=float(row["value"]),
            value=worded(row["value"], unit, lang),
            note=percent(exact(row["value"]) / exact(whole)) if whole else "",
        )
        for row in rows
    ]
    return Chart(figure(drawn, palette, None), "; ".join(row.words for row in drawn))
