"""What came, went and changed between two tables: by a category, by columns, in sums."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import plotly.graph_objects as go

from dashboard.charts.measures import Measure
from dashboard.charts.rows import ROW, Row, broken, figure, plain
from dashboard.charts.template import Chart, Palette, Twin, axis, blank, lay
from dashboard.exploring.charting.naming import EMPTY, REST
from dashboard.exploring.charting.recipe import Unit
from dashboard.exploring.pairs.changes import GROUPS, SIDES, Group, Part
from dashboard.exploring.pairs.comparing import Comparison
from dashboard.exploring.pairs.keys import Pairing
from dashboard.exploring.pairs.sums import Weighed
from dashboard.text import Lang, Text, number

ROWS = Text("{n} 行", "{n} rows")
COLUMN, CHANGED = Text("列", "Column"), Text("变化的行", "Rows that changed")
DIFFERENCE = Text("相差", "Difference")
GROUP, COUNT = Text("结果", "Outcome"), Text("行数", "Rows")
_MOST = 12  # columns told
_SIGNS: dict[Group, str] = {"removed": "−", "added": "+", "changed": "~"}
_SHOWN = tuple(_SIGNS)
_SIDE_COLOURS = (5, 0)
_COLOURS: dict[Group, int] = {"removed": 1, "added": 2, "changed": 0}


def parted(parts: Sequence[Part], by: Text, palette: Palette, lang: Lang) -> Chart:
    """A bar to each side of nought: what went to the left, what came and what changed to the
    right; the numbers beside it.
    """
    names = [_called(part.name, part.others, lang) for part in parts]
    told = [_numbers(part) for part in parts]
    drawn = blank(palette, height=ROW * len(parts) + 44)
    for group in _SHOWN:
        _add(drawn, group, parts, names, palette, lang)
    _frame(drawn, names, [_beside(row) for row in told], palette)
    drawn.update_layout(barmode="relative")
    colours = [palette.series[at] for at in _COLOURS.values()]
    signs = [f"{sign} {GROUPS[group](lang)}" for group, sign in _SIGNS.items()]
    _legend(drawn, list(zip(colours, signs, strict=True)), palette)
    heads = (by(lang), *(GROUPS[group](lang) for group in _SHOWN))
    rows = tuple((name, *row) for name, row in zip(names, told, strict=True))
    words = (
        ", ".join(f"{head} {n}" for head, n in zip(heads[1:], row, strict=True)) for row in told
    )
    alt = "; ".join(f"{name}: {row}" for name, row in zip(names, words, strict=True))
    return Chart(drawn, alt, Twin(heads, rows))


def outcomes(found: Comparison, palette: Palette, lang: Lang) -> Chart:
    """Where no category parts the rows."""
    sizes = {
        "removed": len(found.removed), "added": len(found.added), "changed": len(found.changed[0]),
    }  # fmt: skip
    rows = [_bar(GROUPS[group](lang), sizes[group], lang) for group in _SHOWN]
    return _bars(rows, (GROUP(lang), COUNT(lang)), palette)


def columns(pairing: Pairing, found: Comparison, palette: Palette, lang: Lang) -> Chart:
    """The columns that changed in the most rows."""
    changes = sorted(found.columns, key=lambda one: -(one.rows or 0))
    rows = [
        _bar(pairing.columns(one.match)[1].label, one.rows, lang) for one in changes if one.rows
    ]
    return _bars(rows[:_MOST], (COLUMN(lang), CHANGED(lang)), palette)


def weighed(told: Sequence[Weighed], by: Text, unit: Unit, palette: Palette, lang: Lang) -> Chart:
    """Two bars for each value, before and after; what it came to and the difference beside."""
    names = [_called(one.name, one.others, lang) for one in told]
    sums = [sum_ for one in told for sum_ in (one.before, one.after)]
    measure = Measure.of(sums, unit, "", lang)
    words = [_words(one, measure) for one in told]
    drawn = blank(palette, height=(ROW + 12) * len(told) + 44)
    for side, colour in enumerate(_SIDE_COLOURS):
        _add_sums(drawn, names, sums[side::2], measure, palette.series[colour])
    _frame(drawn, names, [f"<b>{after}</b>  {change}" for _, after, change in words], palette)
    drawn.update_layout(barmode="group", bargap=0.3, bargroupgap=0.08)
    colours = [palette.series[at] for at in _SIDE_COLOURS]
    _legend(drawn, list(zip(colours, (side(lang) for side in SIDES), strict=True)), palette)
    heads = (by(lang), *(side(lang) for side in SIDES), DIFFERENCE(lang))
    rows = tuple((name, *row) for name, row in zip(names, words, strict=True))
    return Chart(drawn, "; ".join(" ".join(row) for row in rows), Twin(heads, rows))


def _words(one: Weighed, measure: Measure) -> tuple[str, str, str]:
    change = (one.after or Fraction(0)) - (one.before or Fraction(0))
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return measure.words(one.before), measure.words(one.after), sign + measure.words(abs(change))


def _add_sums(
    drawn: go.Figure,
    names: Sequence[str],
    sums: Sequence[Fraction | None],
    measure: Measure,
    colour: str,
) -> None:
    drawn.add_bar(
        x=[measure.size(one) for one in sums],
        y=list(range(len(sums))),
        orientation="h",
        marker={"color": colour},
        customdata=[
            [plain(name), measure.words(one)] for name, one in zip(names, sums, strict=True)
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )


def _bar(name: str, size: int, lang: Lang) -> Row:
    return Row(name, size, ROWS.format(n=number(size))(lang))


def _bars(rows: Sequence[Row], heads: tuple[str, str], palette: Palette) -> Chart:
    alt = "; ".join(row.words for row in rows)
    told = tuple((row.name, row.value) for row in rows)
    return Chart(figure(rows, palette, None), alt, Twin(heads, told))


def _called(name: str | None, others: int, lang: Lang) -> str:
    if others:
        return REST.format(n=others)(lang)
    return EMPTY(lang) if name is None else name


def _numbers(part: Part) -> tuple[str, str, str]:
    return number(part.removed), number(part.added), number(part.changed)


def _add(
    drawn: go.Figure, group: Group, parts: Sequence[Part], names: Sequence[str], palette: Palette,
    lang: Lang,
) -> None:  # fmt: skip
    sizes = [getattr(part, group) for part in parts]
    word = GROUPS[group](lang)
    drawn.add_bar(
        x=[-size if group == "removed" else size for size in sizes],
        y=list(range(len(parts))),
        orientation="h",
        width=0.62,
        marker={"color": palette.series[_COLOURS[group]]},
        customdata=[
            [plain(name), word, number(size)] for name, size in zip(names, sizes, strict=True)
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]} %{customdata[2]}<extra></extra>",
    )


def _frame(drawn: go.Figure, names: Sequence[str], beside: Sequence[str], palette: Palette) -> None:
    """Names at the left, the numbers at the right, a line at nought."""
    drawn.add_scatter(
        x=[None] * len(names), y=list(range(len(names))), yaxis="y2", hoverinfo="skip"
    )
    ends = {"range": [len(names) - 0.5, -0.5], "tickvals": list(range(len(names)))}
    dark = {"tickfont": {"color": palette.text, "size": 13}}
    left = axis(palette) | ends | dark | {"ticktext": [broken(name) for name in names]}
    right = axis(palette) | ends | dark | {"ticktext": list(beside)}
    lay(
        drawn,
        xaxis=axis(palette, shown=False) | {"zeroline": True, "zerolinecolor": palette.quiet},
        yaxis=left | {"ticklabelstandoff": 6},
        yaxis2=right | {"side": "right", "overlaying": "y", "ticklabelstandoff": 8},
        margin_t=34,
    )


def _beside(row: tuple[str, str, str]) -> str:
    """Each number behind its sign, none where it is nought."""
    told = zip(_SIGNS.values(), row, strict=True)
    return "  ".join(f"<b>{sign}{size}</b>" for sign, size in told if size != "0")


def _legend(drawn: go.Figure, told: Sequence[tuple[str, str]], palette: Palette) -> None:
    """The colours' words, above the bars."""
    words = [f"<span style='color:{colour}'>■</span> {word}" for colour, word in told]
    drawn.add_annotation(
        x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=8,
        text="　".join(words), showarrow=False, font={"size": 12, "color": palette.quiet},
    )  # fmt: skip
