"""Where the header stands and which register the sheet is.

Every run of one to three rows near the top is tried against every contract; the one whose
columns are known best wins. Nothing fuzzy decides: a header is a known spelling or it is not.
The header of a sheet no contract knows: `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column, Dataset
from dashboard.contracts.seen import Seen
from dashboard.contracts.spelling import folded, one_line, plain, plain_without_brackets
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Grid
from dashboard.importing.layout import labels, units
from dashboard.importing.values.coerce import shown

_YEAR = re.compile(r"^20\d\d年?度?")  # 2026年预算数
_FIGURES = str.maketrans("023456789", "111111111")  # words that differ in these only are one
SEARCHED = 30  # rows from the top in which a header may stand
DEEPEST = 3  # rows a header may have
_LONGEST = 1_000  # characters of a column's name and what brackets say of it
WELL_KNOWN = 5  # with that many known columns a wide sheet's others no longer speak against it
KNOWN = frozenset(word for dataset in DATASETS.values() for word in dataset.headers)


@dataclass(slots=True)
class Header:
    """The rows of the header (from 0), each column's words, and the fields they mean."""

    first: int
    last: int
    labels: list[str]
    dataset: Dataset | None = None
    fields: dict[str, int] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    score: float = 0.0
    worded: frozenset[int] | None = None  # an unknown sheet's columns of texts, once looked for

    @property
    def rows(self) -> range:
        return range(self.first, self.last + 1)


def find(grid: Grid, words: str, candidates: Iterable[Dataset] | None = None) -> Header | None:
    """The best header under any of the contracts, or None. `words`: title, sheet, file."""
    datasets = list(_likely(grid) if candidates is None else candidates)
    best: Header | None = None
    for first in range(min(SEARCHED, len(grid.rows))):
        words_in = sum(isinstance(cell, str) for cell in grid.rows[first])
        if words_in < 2 or (words_in == 2 and _holds_title(grid, first)):
            continue
        for depth in depths(grid, first):
            found = best_at(grid, first, depth, words, datasets)
            if found and (best is None or _is_better(found, best)):
                best = found
    return best


def _holds_title(grid: Grid, row: int) -> bool:
    """Whether a cell merged over more than half of the table stands in this row alone."""
    return any(
        box[0] == row == box[2] and (box[3] - box[1] + 1) * 2 > grid.width for box in grid.merged
    )


def _is_better(found: Header, best: Header) -> bool:
    """A header further down is the same one at a page's head, unless it says more."""
    return found.score > best.score + (0.35 if found.first > best.last else 0)


def _likely(grid: Grid) -> Iterable[Dataset]:
    """A turned table says who was there, whatever else its title speaks of."""
    return DATASETS.values() if grid.spots is None else [DATASETS["attendance"]]


def best_at(
    grid: Grid, first: int, depth: int, words: str, datasets: Iterable[Dataset] | None = None
) -> Header | None:
    """The dataset that knows these rows best, or None."""
    stacked = stack(grid, first, depth)
    mapped = (
        _mapped(dataset, stacked, words, first, depth)
        for dataset in (DATASETS.values() if datasets is None else datasets)
    )
    return max(filter(None, mapped), key=lambda header: header.score, default=None)


def depths(grid: Grid, first: int) -> range:
    """A header is at least as deep as the merged cells that start in its first row; it goes on
    below them as long as the rows name columns.
    """
    merged = [
        box[2] - box[0] + 1 for box in grid.merged if box[0] == first and box[2] - box[0] < DEEPEST
    ]
    deepest = min(DEEPEST, len(grid.rows) - first)
    least = min(max(merged, default=1), deepest)
    least += least < deepest and _are_units(grid.rows[first + least])
    most = least
    while most < deepest and _goes_on(grid, first + most):
        most += 1
    return range(least, most + 1)


def _are_units(row: Sequence[Cell]) -> bool:
    """万元 and 元 alone, below the columns they speak of."""
    filled = [cell for cell in row if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and units.is_unit(cell) for cell in filled)


def _goes_on(grid: Grid, at: int) -> bool:
    """Whether this row names columns below the row above: it holds no value, and fills a cell
    that is empty or merged there; a header said once more in other words is known.
    """
    row, above = grid.rows[at], grid.rows[at - 1]
    if not labels.may_name(row):
        return False
    filled = [place for place, cell in enumerate(row) if cell is not None]
    words = [cell for cell in row if isinstance(cell, str)]
    return any(above[place] is None for place in filled) or (
        bool(words) and all(plain(word) in KNOWN for word in words)
    )


def stack(grid: Grid, first: int, depth: int, figures: bool = False) -> list[list[str]]:
    """Each column's header words from top to bottom; a merged parent speaks for its children.
    `figures`: years, sessions and days name columns, too.
    """
    rows = [list(grid.rows[first + level]) for level in range(depth)]
    for box in grid.merged:
        if first <= box[0] and box[2] < first + depth:
            for column in range(box[1], min(box[3], grid.width - 1) + 1):
                rows[box[0] - first][column] = grid.rows[box[0]][box[1]]
    if depth > 1 and not grid.merged:
        rows[0] = _spread(rows[0], rows[1])
    return [_distinct((row[column] for row in rows), figures) for column in range(grid.width)]


def _spread(parents: list[Cell], children: Sequence[Cell]) -> list[Cell]:
    """Text files have no merged cells: a parent reaches right over the children without one."""
    spread: list[Cell] = []
    for parent, child in zip(parents, children, strict=True):
        spread.append(parent if parent is not None or child is None or not spread else spread[-1])
    return spread


def _distinct(cells: Iterable[Cell], figures: bool) -> list[str]:
    words: list[str] = []
    for cell in cells:
        given = shown(cell) if figures and not isinstance(cell, str) else cell
        text = one_line(given) if isinstance(given, str) else ""
        if text and text not in words:
            words.append(text)
    return words


def _mapped(
    dataset: Dataset, stacked: list[list[str]], words: str, first: int, depth: int
) -> Header | None:
    header = Header(first, first + depth - 1, [" ".join(texts) for texts in stacked], dataset)
    for place, texts in enumerate(stacked):
        column = known(dataset, texts)
        if column is None:
            continue
        if column.name in header.fields:
            header.repeated.append(column.name)
        else:
            header.fields[column.name] = place
    header.score = _score(dataset, header, words, depth)
    return header if header.score > 0 else None


def known(dataset: Dataset, texts: list[str]) -> Column | None:
    """The column these header words mean: all of them, the lowest, the highest, in that order."""
    if not texts:
        return None
    for text in ("".join(texts), texts[-1], texts[0]):
        if len(text) > _LONGEST:
            continue
        bare = plain_without_brackets(text)
        for spelling in (folded(text).lower(), plain(text), bare, _YEAR.sub("", bare)):
            if found := dataset.headers.get(spelling):
                return found
    return None


def _score(dataset: Dataset, header: Header, words: str, depth: int) -> float:
    """Known columns count one each; without the required ones and some evidence it is nothing."""
    if len(header.fields) < 2:
        return 0.0
    if not dataset.needed <= header.fields.keys():
        return 0.0
    titled = any(plain(title) in plain(words) for title in dataset.titles)
    if not titled and not any(name in header.fields for name in dataset.evidence):
        return 0.0
    labels = tuple(plain(label) for label in header.labels)
    if dataset.against(Seen(frozenset(header.fields), labels, words)):
        return 0.0
    unknown = sum(1 for label in header.labels if label) - len(header.fields)
    strange = 0.4 * unknown if len(header.fields) < WELL_KNOWN else min(0.4 * unknown, 2.0)
    return len(header.fields) + 3 * titled - strange - 0.1 * depth


def is_header(row: list[Cell], grid: Grid, header: Header) -> bool:
    """The header once more, at a page's head: every filled cell says what its header says. A
    piece of it that leaked among the rows is one, too.
    """
    texts = [
        (column, one_line(cell) if isinstance(cell, str) else "")
        for column, cell in enumerate(row)
        if cell is not None
    ]
    own = [
        {plain(str(grid.rows[level][column] or "")) for level in header.rows}
        | {plain(header.labels[column])}
        for column, _ in texts
    ]
    return all(text and plain(text) in words for (_, text), words in zip(texts, own, strict=True))


def needed_columns(header: Header) -> set[int]:
    """The columns a data row fills; of an unknown sheet the first."""
    if header.dataset is None:
        return {0}
    return {header.fields[name] for name in header.dataset.needed & header.fields.keys()}


def header_words(grid: Grid, header: Header, column: int) -> Callable[[str], bool]:
    """A test for the words the header says over this column, whatever their figures."""
    words = [str(grid.rows[level][column] or "") for level in header.rows]
    own = {plain(word).translate(_FIGURES) for word in (*words, header.labels[column])}
    return lambda text: plain(text).translate(_FIGURES) in own
