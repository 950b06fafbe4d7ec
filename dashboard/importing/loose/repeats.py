"""What stands more than once: rows, values that name their rows, and spellings nearly the same.

Counted on the true values, in the child; what is told of people is masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz import fuzz

from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Codes, Places

KEYS = 0.9  # of a column's filled cells are different where it names its rows
CLOSE = 80.0  # per cent of equal characters, as rapidfuzz's ratio counts them
_OFTEN = 5  # times the commoner spelling stands, for each time the rarer one does
_COMPARED, _SHORTEST = 400, 4  # different values; characters
_FIGURES = frozenset(
    "0123456789一二三四五六七八九十〇零甲乙丙丁上下左右男女大小初高中春秋东南西北正副"
)

Numbers = NDArray[np.int64]


def encoded(texts: Sequence[str], codes: Codes) -> tuple[Codes, list[str]]:
    """The rows' codes and the different texts, each once."""
    found = pa.array(texts, pa.string()).dictionary_encode()
    indices: Codes = found.indices.to_numpy().astype(np.int32)
    return indices[codes], found.dictionary.to_pylist()


def same_rows(columns: Sequence[Codes], height: int) -> list[tuple[int, int]]:
    """(place, the first place that says the same in every column), from 0."""
    if not columns or not height:
        return []
    together: Numbers = np.zeros(height, np.int64)
    for codes in columns:
        together = together * (int(codes.max()) + 1) + codes
        together = np.unique(together, return_inverse=True)[1].astype(np.int64)
    _, first = np.unique(together, return_index=True)
    above = first[together]
    return [(int(at), int(above[at])) for at in np.flatnonzero(above != np.arange(height))]


def repeated(codes: Codes, texts: Sequence[str], filled: int) -> list[tuple[str, Places]]:
    """(value, its places) of each that stands more than once in a column whose values name its
    rows; nothing in any other column.
    """
    counts = np.bincount(codes, minlength=len(texts))
    there = np.array([bool(text) for text in texts])
    if filled < 2 or int((there & (counts > 0)).sum()) < filled * KEYS:
        return []
    more = np.flatnonzero(there & (counts > 1))
    return [(texts[one], np.flatnonzero(codes == one)) for one in more.tolist()]


def alike(codes: Codes, texts: Sequence[str]) -> list[tuple[int, int]]:
    """(the commoner, the rarer) of each pair of values that may be one: the same but for blanks,
    brackets, width or traditional characters; or, of four characters and more, close to one that
    stands five times as often, unless figures and words of order tell them apart.
    """
    counts = np.bincount(codes, minlength=len(texts))
    used = [place for place in range(len(texts)) if texts[place] and counts[place]]
    if len(used) > _COMPARED:
        return []
    ranked = sorted(used, key=lambda place: (-int(counts[place]), place))
    words = {place: plain(texts[place]) for place in ranked}
    return [
        (often, rare)
        for often, rare in combinations(ranked, 2)
        if words[often] == words[rare]
        or (counts[often] >= _OFTEN * counts[rare] and _are_close(words[often], words[rare]))
    ]


def _are_close(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _SHORTEST or (set(a) ^ set(b)) & _FIGURES:
        return False
    return fuzz.ratio(a, b) >= CLOSE
