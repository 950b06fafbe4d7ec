"""Files that still hold somebody who was deleted: what of them an import leaves out.

Nobody's name is kept to know them by. A keyed hash is made of who a row is about, and of every
stretch of letters as long as a deleted name; equal hashes are the same words. Where somebody else
bears the name today, only a row with the deleted person's own number is known for theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts import DATASETS
from dashboard.contracts.spelling import like_for_like, plain
from dashboard.schema import Arrival, Cursor
from dashboard.veil import is_between
from dashboard.warehouse.erasing import digest, key_in, worded
from dashboard.warehouse.persons import PEOPLE, Mark, mark

_TOKEN = re.compile("[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a sheet is stored: `left_out` are the numbers of rows about somebody deleted,
    `unnamed` counts rows that came without their name.
    """

    arrival: Arrival
    left_out: tuple[int, ...] = ()
    unnamed: int = 0


def kept(cursor: Cursor, arrival: Arrival) -> Kept:
    """The sheet as it may be stored; itself where nobody was ever deleted."""
    rows = cursor.execute("select mark, length, instead from deleted_people").fetchall()
    table = arrival.sheet.table
    if not rows or table is None:
        return Kept(arrival)
    known = {found: instead for found, _, instead in rows}
    lengths = tuple(sorted({length for _, length, _ in rows if length}, reverse=True))
    gone = _Gone(key_in(cursor), known, lengths, _standing(cursor))
    table, left_out = _without_rows(gone, arrival, table)
    table, unnamed = _without_names(gone, arrival, table)
    return Kept(replace(arrival, sheet=replace(arrival.sheet, table=table)), left_out, unnamed)


def _standing(cursor: Cursor) -> frozenset[str]:
    """The names, in plain form, of everybody in the rosters."""
    names = cursor.execute("select name from staff union select name from members").fetchall()
    return frozenset(plain(name) for (name,) in names)


@dataclass(slots=True)
class _Gone:
    key: bytes
    known: Mapping[str, str]
    lengths: tuple[int, ...]
    standing: frozenset[str]
    _seen: dict[str, str | None] = field(default_factory=dict)

    def is_about(self, one: Mark) -> bool:
        """By number always; by department only while nobody else is called so."""
        sure = one[1].startswith("#") or one[0] not in self.standing
        return sure and digest(self.key, *one) in self.known

    def without(self, words: str) -> str:
        """Words with what stands for a deleted name in its place, and of a number beside it."""
        said = self._unnamed(words)
        return said if said == words else _TOKEN.sub(self._unnumbered, said)

    def _unnumbered(self, found: re.Match[str]) -> str:
        return self.known.get(digest(self.key, "number", plain(found[0]))) or found[0]

    def _unnamed(self, words: str) -> str:
        alike = like_for_like(words)
        places = [at for at, letter in enumerate(alike) if not is_between(letter)]
        letters = "".join(alike[at] for at in places)
        for length in self.lengths:
            for at in reversed(range(len(letters) - length + 1)):
                instead = self._instead(letters[at : at + length])
                if instead and _apart(letters, at, length):
                    end = places[at + length - 1] + 1
                    return self._unnamed(words[: places[at]] + instead + words[end:])
        return words

    def _instead(self, letters: str) -> str | None:
        if letters not in self._seen:
            is_other = letters in self.standing
            self._seen[letters] = None if is_other else self.known.get(digest(self.key, letters))
        return self._seen[letters]


def _apart(letters: str, at: int, length: int) -> bool:
    """A foreign name is no part of a longer word."""
    around = letters[max(0, at - 1) : at] + letters[at + length : at + length + 1]
    return not (letters[at : at + length].isascii() and any("a" <= one <= "z" for one in around))


def _without_rows(gone: _Gone, arrival: Arrival, table: Any) -> tuple[Any, tuple[int, ...]]:
    if arrival.sheet.dataset not in PEOPLE:
        return table, ()
    who = table.select(["name", "staff_no", "department"]).to_pylist()
    about = {one: gone.is_about(one) for one in {mark(**row) for row in who}}
    stays = [not about[mark(**row)] for row in who]
    gone_rows = table.filter(pc.invert(pa.array(stays, pa.bool_())))
    return table.filter(pa.array(stays, pa.bool_())), tuple(gone_rows["source_row"].to_pylist())


def _without_names(gone: _Gone, arrival: Arrival, table: Any) -> tuple[Any, int]:
    """Of every column of words; keys stay unique."""
    changed: set[int] = set()
    for name in worded(DATASETS[arrival.sheet.dataset or ""].name):
        if name not in table.column_names:
            continue
        old = table[name].to_pylist()
        told = {words: gone.without(words) for words in set(old) if words}
        new = [told.get(words, words) for words in old]
        places = {at for at, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]}
        if places:
            changed |= places
            new = _unique(new, places) if name == "row_key" else new
            at = table.column_names.index(name)
            table = table.set_column(at, table.schema.field(name), pa.array(new, pa.string()))
    return table, len(changed)


def _unique(keys: list[Any], changed: set[int]) -> list[Any]:
    taken = {key for at, key in enumerate(keys) if at not in changed}
    for at in sorted(changed):
        base, number = keys[at], 1
        while keys[at] in taken:
            number += 1
            keys[at] = f"{base}~{number}"
        taken.add(keys[at])
    return keys
