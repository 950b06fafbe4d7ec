"""One colour in several depths, and what can be read on it."""

from __future__ import annotations

from dashboard.charts.template import Palette


def mixed(palette: Palette, share: float) -> str:
    """The first colour of the series, thinned with the paper: one hue, lighter or darker."""
    return thinned(palette.series[0], palette, share)


def thinned(colour: str, palette: Palette, share: float) -> str:
    """Any colour, thinned with the paper."""
    pairs = zip(_parts(colour), _parts(palette.paper), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def ink(fill: str) -> str:
    """Black or white, whichever can be read better: one of them always reaches 4.5."""
    return max(("#000000", "#FFFFFF"), key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """Of two colours, 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [_linear(part / 255) for part in _parts(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
