"""Money from where it came to what it was for, as bands as wide as the amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.breakdown import REST
from dashboard.charts.rows import plain
from dashboard.charts.shades import mixed
from dashboard.charts.template import Chart, Mark, Palette, Twin, blank
from dashboard.charts.words import column
from dashboard.text import Lang, Text, exact

MOST = 10  # of what money was for, before the rest is one band for each subject
FUNDS = 1  # the layer all money passes through
ROW = 38  # pixels a named place takes
PAD = 18  # pixels between places: a label's height, so that none covers another
MIXED = (0.66, 1.0, 0.82, 0.66)  # of the one colour in the paper, layer by layer
BAND = 0.3
OWN = ("opening", "restated", "left")  # balances: no subject has them
SOURCE, TARGET = Text("来自", "From"), Text("去向", "To")
VALUE = Text("金额", "Amount")
TOLD = (
    Text("{source}流入{target} {value}", "{value} from {source} into {target}"),
    Text("{source}流向{target} {value}", "{value} from {source} to {target}"),
    Text("{source}用于{target} {value}", "{value} of {source} for {target}"),
    Text("{source}退回{target} {value}", "{value} back from {source} to {target}"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where money is; `of` is the subject whose others it holds, if it is not one of its own."""

    layer: int
    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """One band, in yuan."""

    source: Place
    target: Place
    value: Fraction


def sankey(rows: Sequence[Mapping[str, Any]], palette: Palette, lang: Lang) -> Chart:
    """The rows of `fund_flows`: source, target, value (yuan, above nought), from_layer, to_layer.

    What runs backwards (a refund of one activity) is told in words and not drawn.
    """
    flows = [_flow(row) for row in rows]
    drawn = _folded([flow for flow in flows if flow.source.layer < flow.target.layer], lang)
    places = _places(drawn)
    figure = blank(palette, _height(places))
    figure.update_layout(margin_b=14)  # the lowest label is half below its place
    if drawn:
        figure.add_trace(_bands(drawn, places, palette, lang))
    said = column([flow.value for flow in flows], "yuan", lang)
    told = list(zip(flows, said, strict=True))
    return Chart(
        figure,
        "; ".join(_sentence(flow, value, lang) for flow, value in told),
        Twin(
            (SOURCE(lang), TARGET(lang), VALUE(lang)),
            tuple((flow.source.name, flow.target.name, value) for flow, value in told),
        ),
        (tuple(_mark(row) for row in rows),),
    )


def _mark(row: Mapping[str, Any]) -> Mark | None:
    """What a band is the amount of: an income, or what one subject was spent on; on a wall, where
    nothing opens, no subject is told.
    """
    if "subject" not in row or row["subject"] in OWN:
        return None
    is_income = 0 in (row["from_layer"], row["to_layer"])
    return Mark("income_total" if is_income else "spending_total", "subject", row["subject"])


def _flow(row: Mapping[str, Any]) -> Flow:
    source = Place(row["from_layer"], str(row["source"]))
    return Flow(source, Place(row["to_layer"], str(row["target"])), exact(row["value"]))


def _sentence(flow: Flow, value: str, lang: Lang) -> str:
    source, target = flow.source, flow.target
    form = TOLD[3 if source.layer > target.layer else source.layer]
    return form.format(source=source.name, target=target.name, value=value)(lang)


def _folded(flows: Sequence[Flow], lang: Lang) -> list[Flow]:
    """The largest of what money was for; of each subject the others together, as one band."""
    parts = sorted((flow for flow in flows if flow.source.layer > FUNDS), key=_largest)
    rest: dict[Place, list[Flow]] = {}
    for flow in parts[MOST:]:
        rest.setdefault(flow.source, []).append(flow)
    whole = [flow for flow in flows if flow.source.layer <= FUNDS]
    return [*whole, *parts[:MOST], *(_together(others, lang) for others in rest.values())]


def _together(others: Sequence[Flow], lang: Lang) -> Flow:
    if len(others) == 1:
        return others[0]
    source, name = others[0].source, REST.format(n=len(others))(lang)
    place = Place(source.layer + 1, name, source.name)
    return Flow(source, place, sum((flow.value for flow in others), Fraction(0)))


def _largest(flow: Flow) -> Fraction:
    return -flow.value


def _places(flows: Sequence[Flow]) -> dict[Place, Fraction]:
    """Every place with what flows through it, those of a layer in the order they are drawn."""
    through = {place: Fraction(0) for flow in flows for place in (flow.source, flow.target)}
    for place in through:
        gone = sum((flow.value for flow in flows if flow.source == place), Fraction(0))
        come = sum((flow.value for flow in flows if flow.target == place), Fraction(0))
        through[place] = max(gone, come)
    return through


def _height(places: Mapping[Place, Fraction]) -> int:
    layers = [place.layer for place in places]
    return 120 + ROW * max((layers.count(layer) for layer in set(layers)), default=0)


def _bands(
    flows: Sequence[Flow], places: Mapping[Place, Fraction], palette: Palette, lang: Lang
) -> go.Sankey:
    order = list(places)
    names = column(list(places.values()), "yuan", lang)
    values = column([flow.value for flow in flows], "yuan", lang)
    return go.Sankey(
        arrangement="fixed",
        textfont={"size": 12, "color": palette.text, "shadow": _halo(palette)},
        node={
            "align": "left",  # a subject without parts stays among the subjects
            "label": [_label(p, v) for p, v in zip(order, names, strict=True)],
            "color": [mixed(palette, MIXED[place.layer]) for place in order],
            "line": {"width": 0},
            "pad": PAD,
            "thickness": 12,
            "hovertemplate": "%{label}<extra></extra>",
        },
        link={
            "source": [order.index(flow.source) for flow in flows],
            "target": [order.index(flow.target) for flow in flows],
            "value": [float(flow.value) for flow in flows],
            "color": mixed(palette, BAND),
            "customdata": [
                plain(_sentence(f, v, lang)) for f, v in zip(flows, values, strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )


def _halo(palette: Palette) -> str:
    """Paper around the letters, where a label stands on a band."""
    return ", ".join([f"0 0 3px {palette.paper}"] * 3)


def _label(place: Place, value: str) -> str:
    return f"{plain(place.name)} {value}"
