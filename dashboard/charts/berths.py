"""Where the places of a flow chart stand on a slide, so that large names leave each other room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

EDGE = 0.001  # Plotly takes a nought for no place at all
GAP = 1.5  # letters between two names


def berths(trace: Mapping[str, Any], width: float, height: float) -> dict[str, list[float]]:
    """`x` and `y` of every node, as shares of `width` and `height` pixels.

    Names stand at the right of their node, those of the last layer at the left of it; a layer is
    as far from the next as its names are long.
    """
    node, link = trace["node"], trace["link"]
    pairs = list(zip(link["source"], link["target"], link["value"], strict=True))
    layers = _layers(len(node["label"]), pairs)
    across = _across(layers, node["label"], trace["textfont"]["size"], width - node["thickness"])
    down = _down(layers, pairs, node["pad"], height)
    return {
        "x": [_inside((across[layer] + node["thickness"] / 2) / width) for layer in layers],
        "y": [_inside(at / height) for at in down],
    }


def _inside(share: float) -> float:
    return min(max(share, EDGE), 1 - EDGE)


def _layers(count: int, pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """How many steps each is from where the flows begin."""
    found = [0] * count
    for _ in range(count):
        for source, target, _value in pairs:
            found[target] = max(found[target], found[source] + 1)
    return found


def _across(layers: Sequence[int], names: Sequence[str], size: float, width: float) -> list[float]:
    """The left edge of each layer."""
    last = max(layers)
    rooms = [
        max((em(name) for name, at in zip(names, layers, strict=True) if at == layer), default=0.0)
        for layer in range(last + 1)
    ]
    needs = [(room + GAP) * size for room in rooms[:-1]]
    needs[-1] += rooms[-1] * size
    return [0.0, *accumulate(need / sum(needs) * width for need in needs)]


def _down(
    layers: Sequence[int], pairs: Sequence[tuple[int, int, float]], pad: float, height: float
) -> list[float]:
    """The middle of each node: a layer's stand under one another, as their sources do."""
    sizes = [
        max(sum(v for s, _, v in pairs if s == at), sum(v for _, t, v in pairs if t == at))
        for at in range(len(layers))
    ]
    columns = [[at for at in range(len(layers)) if layers[at] == n] for n in range(max(layers) + 1)]
    scale = min(_room(column, pad, height) / _whole(column, sizes) for column in columns)
    middles = [0.0] * len(layers)
    for column in columns:
        above = 0.0
        for at in sorted(column, key=lambda at: (_source(at, pairs, middles), -sizes[at])):
            middles[at] = above + sizes[at] * scale / 2
            above += sizes[at] * scale + pad
    return middles


def _room(column: Sequence[int], pad: float, height: float) -> float:
    return height - pad * (len(column) - 1)


def _whole(column: Sequence[int], sizes: Sequence[float]) -> float:
    return sum(sizes[at] for at in column)


def _source(at: int, pairs: Sequence[tuple[int, int, float]], middles: Sequence[float]) -> float:
    return min((middles[source] for source, target, _ in pairs if target == at), default=0.0)


def em(words: str) -> float:
    """How wide words are, in letters of their own size."""
    return sum(1.0 if east_asian_width(mark) in "WF" else 0.57 for mark in words)
