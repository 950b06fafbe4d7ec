"""Rows whose key was seen before: repetitions, namesakes, more lines of a voucher, conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.contracts.model import Dataset
from dashboard.importing.columns import Places
from dashboard.importing.tables import Field

Content = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row that an earlier one resembles: the issue to tell, and that row (None: on another
    sheet, `sheet` names it).
    """

    row: int
    code: str
    like: int | None
    sheet: str = ""


@dataclass(slots=True)
class Verdicts:
    """How the rows of one sheet fared, and the keys of those that are loaded."""

    keys: list[str] | pa.Array
    duplicates: list[int] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)


@dataclass(slots=True)
class Earlier:
    """The lines of a register that the sheets before this one of the same file held."""

    sheets: list[tuple[str, pa.Array, Callable[[int], Content]]] = field(default_factory=list)

    def lines(self, keys: pa.Array | list[str]) -> dict[str, list[tuple[str, Content]]]:
        """Key -> (sheet, content) of each earlier line with one of these keys."""
        wanted = set(keys if isinstance(keys, list) else keys.to_pylist()) if self.sheets else ()
        found: dict[str, list[tuple[str, Content]]] = defaultdict(list)
        for sheet, known, content in self.sheets:
            for place, key in enumerate(known.to_pylist()):
                if key in wanted:
                    found[key].append((sheet, content(place)))
        return found


def verdicts(
    dataset: Dataset,
    keys: pa.Array | list[str],
    fields: Mapping[str, Field],
    alive: Places,
    earlier: Earlier,
) -> Verdicts:
    """Which of the `alive` rows are loaded, and under which key.

    A sheet seldom repeats a key, so only the rows that do are looked at one by one.
    """
    found = Verdicts(keys)
    stored = [fields[name] for name in dataset.stored()]
    before = earlier.lines(keys) if dataset.numbered else {}
    seen: dict[str, dict[Content, int]] = {}
    counts = {key: len(lines) for key, lines in before.items()}
    known = keys if isinstance(keys, list) else None
    for at in _in_question(keys, alive, before):
        known = known if known is not None else keys.to_pylist()  # type: ignore[union-attr]
        key, content = known[at], tuple(column[at] for column in stored)
        if _was_there(before.get(key, []), content, at, found):
            continue
        rank = counts[key] = counts.get(key, 0) + 1
        rows = seen.setdefault(key, {})
        if rank > 1 and not _is_loaded(dataset, key, rows, content, at, found):
            counts[key] -= 1
            continue
        rows.setdefault(content, at)
        known[at] = key if rank == 1 else f"{key}~{rank}"
    found.keys = known if known is not None else keys
    return found


def _in_question(
    keys: pa.Array | list[str], alive: Places, before: Mapping[str, object]
) -> Sequence[int]:
    """The rows that share their key with another one, in the sheet's order."""
    coded = pa.array(keys, pa.string()) if isinstance(keys, list) else keys
    encoded = coded.take(pa.array(alive)).dictionary_encode()
    codes = encoded.indices.to_numpy()
    if len(encoded.dictionary) == len(alive) and not before:
        return []
    often = np.bincount(codes, minlength=len(encoded.dictionary)) > 1
    if before:
        often |= np.fromiter((key in before for key in encoded.dictionary.to_pylist()), bool)
    rows: list[int] = alive[often[codes]].tolist()
    return rows


def _was_there(
    lines: list[tuple[str, Content]], content: Content, at: int, found: Verdicts
) -> bool:
    """A line that another sheet of the file holds too (a summary of the months) counts once."""
    for place, (sheet, other) in enumerate(lines):
        if other == content:
            del lines[place]
            found.duplicates.append(at)
            found.repeats.append(Repeat(at, "repeated_on_sheet", None, sheet))
            return True
    return False


def _is_loaded(
    dataset: Dataset,
    key: str,
    rows: dict[Content, int],
    content: Content,
    at: int,
    found: Verdicts,
) -> bool:
    """A key seen before on this sheet; False where the row is left out."""
    twin = rows.get(content)
    outcome, code = _verdict(dataset, key, twin is not None)
    like = twin if twin is not None else next(iter(rows.values()), None)
    if code and like is not None:
        found.repeats.append(Repeat(at, code, like))
    if outcome != "loaded":
        getattr(found, outcome).append(at)
    return outcome == "loaded"


def _verdict(dataset: Dataset, key: str, same: bool) -> tuple[str, str | None]:
    """(how the row fares, the issue to tell)."""
    if dataset.numbered:
        return "loaded", "possible_duplicate" if same else None
    if same:
        return "duplicates", "repeated_row"
    if dataset.shape == "snapshot" and not key.startswith("#"):
        return "loaded", "ambiguous_person"
    if dataset.repeats == "ignored":
        return "duplicates", "repeated_key"
    return "rejected", "conflicting_key"
