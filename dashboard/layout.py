"""A page is a value: rows of blocks. Screen, slides and documents are drawn from the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Tiles:
    """A row of tiles, one per figure."""

    kpis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Twelve months of one or several figures of the same unit."""

    kpis: tuple[str, ...]
    title: Text
    hint: Text = Text("", "")
    shape: Literal["line", "bar"] = "line"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One figure by department."""

    kpi: str
    title: Text
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Bars:
    """A report's `label` and `value` (and perhaps `of`) as horizontal bars."""

    report: str
    title: Text
    unit: Literal["people", "count", "cases", "yuan"]
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Funnel:
    """A report's stages, each no wider than the one before."""

    report: str
    title: Text
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Table:
    """A report's rows."""

    report: str
    title: Text
    hint: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Upload:
    """Files in, preview, confirm."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Every figure: words, formula, SQL, source, target."""


Block = Tiles | Trend | Breakdown | Bars | Funnel | Table | Upload | Definitions


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` is its ASCII address, `question` what it answers, `rows` from top down.

    `filtered` is False where period and department mean nothing (upload, definitions).
    """

    path: str
    order: int
    title: Text
    question: Text
    icon: str
    group: Literal["board", "data"]
    rows: tuple[tuple[Block, ...], ...]
    filtered: bool = True
