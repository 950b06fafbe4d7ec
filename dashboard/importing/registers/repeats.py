"""Rows whose key was seen before: repetitions, namesakes, more lines of a voucher, conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.contracts.model import Dataset
from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Places
from dashboard.importing.tables import Field, taken

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
    beside: Callable[[int], Content],
) -> Verdicts:
    """Which of the `alive` rows are loaded, and under which key. `beside` gives a row's cells that
    no field takes: lines of a book that differ there are no duplicates.

    A sheet seldom repeats a key, so only the rows that do are looked at one by one.
    """
    found = Verdicts(keys)
    before = earlier.lines(keys) if dataset.numbered else {}
    alike = _Alike(dataset, fields, beside, found)
    counts = {key: len(lines) for key, lines in before.items()}
    known = keys if isinstance(keys, list) else None
    for at in _in_question(keys, alive, before):
        known = known if known is not None else keys.to_pylist()  # type: ignore[union-attr]
        if _was_there(before.get(known[at], []), alike.stored(at), at, found):
            continue
        key = alike.key(known[at], at)
        rank = counts[key] = counts.get(key, 0) + 1
        if rank > 1 and not alike.is_loaded(key, at):
            counts[key] -= 1
            continue
        alike.remember(key, at)
        known[at] = key if rank == 1 else f"{key}~{rank}"
    found.keys = known if known is not None else keys
    return found


def _in_question(
    keys: pa.Array | list[str], alive: Places, before: Mapping[str, object]
) -> Sequence[int]:
    """The rows that share their key with another one, in the sheet's order."""
    coded = pa.array(keys, pa.string()) if isinstance(keys, list) else keys
    encoded = taken(coded, alive).dictionary_encode()
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


@dataclass(slots=True)
class _Alike:
    """The rows of one sheet that share a key, in its order."""

    dataset: Dataset
    fields: Mapping[str, Field]
    beside: Callable[[int], Content]
    found: Verdicts
    seen: dict[str, dict[Content, int]] = field(default_factory=dict)
    groups: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)

    def stored(self, at: int) -> Content:
        return tuple(self.fields[name][at] for name in self.dataset.stored())

    def _content(self, at: int) -> Content:
        """What makes two rows the same: of a punch clock's, not the time."""
        kinds = {column.name: column.type for column in self.dataset.columns}
        left_out = "time" if self.dataset.repeats == "ignored" else None
        told = (
            self.fields[name][at]
            for name in self.dataset.stored()
            if left_out is None or kinds.get(name) != left_out
        )
        return (*told, *(self.beside(at) if self.dataset.numbered else ()))

    def key(self, key: str, at: int) -> str:
        """The key; of rows without an identifier, who held it tells the second group's from the
        first's. The first keeps the key alone, so that registers stored earlier keep theirs.
        """
        of = self.dataset
        if not of.identifier or self.fields[of.identifier][at] is not None:
            return key
        mark = "|".join(plain(self.fields[name][at] or "") for name in of.apart)
        known = self.groups.setdefault(key, {})
        if mark not in known:
            if known:
                _, first = next(iter(known.values()))
                self.found.repeats.append(Repeat(at, "told_apart", first))
            known[mark] = (f"{key}|{mark}" if known else key, at)
        return known[mark][0]

    def remember(self, key: str, at: int) -> None:
        self.seen.setdefault(key, {}).setdefault(self._content(at), at)

    def is_loaded(self, key: str, at: int) -> bool:
        """A key seen before on this sheet; False where the row is left out."""
        rows = self.seen.get(key, {})
        twin = rows.get(self._content(at))
        outcome, code = self._verdict(key, at, twin)
        like = twin if twin is not None else next(iter(rows.values()), None)
        if code and like is not None:
            self.found.repeats.append(Repeat(at, code, like))
        if outcome != "loaded":
            getattr(self.found, outcome).append(at)
        return outcome == "loaded"

    def _verdict(self, key: str, at: int, twin: int | None) -> tuple[str, str | None]:
        """(how the row fares, the issue to tell)."""
        of = self.dataset
        if of.numbered:
            return "loaded", "possible_duplicate" if twin is not None else None
        if twin is not None:
            same = self.stored(twin) == self.stored(at)
            return "duplicates", "repeated_row" if same else "repeated_punch"
        if of.shape == "snapshot" and not key.startswith("#"):
            return "loaded", "ambiguous_person"
        if of.identifier and self.fields[of.identifier][at] is None:
            return "loaded", "same_name_and_day"
        if of.repeats == "ignored":
            return "duplicates", "repeated_key"
        return "rejected", "conflicting_key"
