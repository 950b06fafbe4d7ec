"""How many things stand in each month, as columns; the stretch is as long as they reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.charts.template import Chart, Palette, Twin, axis, blank, lay
from dashboard.text import Lang, Text, month, number

HEIGHT = 190
HEADINGS = Text("月份", "Month"), Text("事项", "Items")


def months(counts: Sequence[tuple[date, int]], palette: Palette, lang: Lang) -> Chart:
    """`counts`: the first day of each month in order, and how many; zeros leave a gap."""
    drawn = blank(palette, HEIGHT)
    words = [f"{day:%Y-%m} {number(count)}" for day, count in counts]
    drawn.add_bar(
        x=list(range(len(counts))),
        y=[count for _, count in counts],
        width=0.6,
        marker={"color": palette.series[0]},
        text=[f"<b>{number(count)}</b>" if count else "" for _, count in counts],
        textposition="outside",
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
    )
    most = max((count for _, count in counts), default=1)
    lay(
        drawn,
        xaxis=axis(palette)
        | {
            "tickvals": list(range(len(counts))),
            "ticktext": [_name(counts, at, lang) for at in range(len(counts))],
            "range": [-0.6, len(counts) - 0.4],
            "autotickangles": [0, 90],
        },
        yaxis=axis(palette, shown=False) | {"range": [0, most * 1.2]},
        margin_t=18,
    )
    rows = tuple((f"{day:%Y-%m}", number(count)) for day, count in counts)
    return Chart(drawn, "; ".join(words), Twin(tuple(name(lang) for name in HEADINGS), rows))


def _name(counts: Sequence[tuple[date, int]], at: int, lang: Lang) -> str:
    """The year stands under the first month and under each January."""
    day = counts[at][0]
    year = f"<br>{day.year}" if at == 0 or day.month == 1 else ""
    return f"{month(day, lang)}{year}"
