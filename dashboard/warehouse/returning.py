"""Files that still hold somebody who was deleted: what of them an import leaves out.

Nobody's name is kept to know them by. A keyed hash is made of who a row is about, and of every
stretch of letters as long as a deleted name; equal hashes are the same words. Where somebody else
bears the name today, only a row with the deleted person's own number is known for theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts.spelling import like_for_like, plain
from dashboard.schema import Arrival, Cursor, retold
from dashboard.veil import is_between
from dashboard.warehouse.database import Reader
from dashboard.warehouse.erasing import NAMED, digest, joined_up, key_in, worded
from dashboard.warehouse.persons import PEOPLE, Mark, mark

_KNOWN = "select mark, length, instead, only_lines from deleted_people order by deleted_at"
_TOKEN = re.compile("[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a sheet is stored: `left_out` are the numbers of rows about somebody deleted,
    `unnamed` counts rows that came without their name.
    """

    arrival: Arrival
    left_out: tuple[int, ...] = ()
    unnamed: int = 0


def kept(cursor: Any, arrival: Arrival) -> Kept:
    """The sheet as it may be stored; itself where nobody was ever deleted."""
    rows = cursor.execute(_KNOWN).fetchall()
    table = arrival.sheet.table
    if not rows or table is None:
        return Kept(arrival)
    gone = Gone.of(key_in(cursor), [row for row in rows if not row[3]], standing(Reader(cursor)))
    table, left_out = _without_rows(gone, arrival, table)
    table, stood = _as_they_stand(cursor, rows, arrival, table)
    table, unnamed = _without_names(gone.without, arrival, table, range(table.num_rows))
    sheet = replace(arrival.sheet, table=table)
    return Kept(replace(arrival, sheet=sheet), left_out, len(stood | unnamed))


def standing(reader: Reader) -> frozenset[str]:
    """The names, in plain form, of everybody in the rosters."""
    rows = reader.read("select name from staff union select name from members")
    return frozenset(plain(row["name"]) for row in rows)


@dataclass(slots=True)
class Gone:
    """Who was deleted, as far as marks tell: `known`, mark -> what stands instead."""

    key: bytes
    known: Mapping[str, str]
    lengths: tuple[int, ...]
    standing: frozenset[str]
    _seen: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, key: bytes, rows: Sequence[Any], standing: frozenset[str] = frozenset()) -> Self:
        """Of two deletions that left the same mark, the last counts."""
        known = {mark: instead for mark, _, instead, _ in rows}
        lengths = {length for _, length, _, _ in rows if length}
        return cls(key, known, tuple(sorted(lengths, reverse=True)), standing)

    def is_about(self, one: Mark) -> bool:
        """By number always; by department only while nobody else is called so."""
        sure = one[1].startswith("#") or one[0] not in self.standing
        return sure and digest(self.key, *one) in self.known

    def without(self, words: str, column: str = "") -> str:
        """Words with what stands for a deleted name in its place, and of a number beside it."""
        said = retold(column, words, self._unnamed)
        said = joined_up(said, self._whose) if column in NAMED else said
        return said if said == words else retold(column, said, self._unnumbered)

    def _unnumbered(self, words: str) -> str:
        return _TOKEN.sub(self._number, words)

    def _number(self, found: re.Match[str]) -> str:
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

    def _whose(self, pieces: Sequence[str]) -> str | None:
        joined = like_for_like("".join(pieces))
        is_one = len(joined) in self.lengths and not any(plain(p) in self.standing for p in pieces)
        return self._instead(joined) if is_one else None

    def _instead(self, letters: str) -> str | None:
        if letters not in self._seen:
            is_other = letters in self.standing
            self._seen[letters] = None if is_other else self.known.get(digest(self.key, letters))
        return self._seen[letters]


def _apart(letters: str, at: int, length: int) -> bool:
    """A foreign name is no part of a longer word."""
    around = letters[max(0, at - 1) : at] + letters[at + length : at + length + 1]
    return not (letters[at : at + length].isascii() and any("a" <= one <= "z" for one in around))


def _without_rows(gone: Gone, arrival: Arrival, table: Any) -> tuple[Any, tuple[int, ...]]:
    if arrival.sheet.dataset not in PEOPLE:
        return table, ()
    who = table.select(["name", "staff_no", "department"]).to_pylist()
    about = {one: gone.is_about(one) for one in {mark(**row) for row in who}}
    stays = [not about[mark(**row)] for row in who]
    gone_rows = table.filter(pc.invert(pa.array(stays, pa.bool_())))
    return table.filter(pa.array(stays, pa.bool_())), tuple(gone_rows["source_row"].to_pylist())


def _as_they_stand(
    cursor: Cursor, rows: Sequence[Any], arrival: Arrival, table: Any
) -> tuple[Any, set[int]]:
    """A line of the books that stands without the name is that very line, whoever is back or is
    called so by now: no yuan is counted twice.
    """
    register, stood = arrival.sheet.dataset or "", set[int]()
    if register in PEOPLE:
        return table, stood
    key, keys = key_in(cursor), table["row_key"].to_pylist()
    anybody = Gone.of(key, rows)
    places = [at for at, one in enumerate(keys) if anybody.without(one) != one]
    words = dict.fromkeys(row[2] for row in rows) if places else ()
    each = [Gone.of(key, [row for row in rows if row[2] == one]) for one in words]
    for gone in (anybody, *each):
        told = {at: gone.without(keys[at]) for at in places if at not in stood}
        known = _stored(cursor, register, set(told.values()) - set(keys))
        theirs = {at for at, one in told.items() if one in known}
        table, _ = _without_names(gone.without, arrival, table, theirs)
        stood |= theirs
    return table, stood


def _stored(cursor: Cursor, register: str, keys: Collection[str]) -> set[str]:
    sql = f'select row_key from "{register}" where list_contains($keys, row_key)'  # noqa: S608
    return (
        {one for (one,) in cursor.execute(sql, {"keys": list(keys)}).fetchall()} if keys else set()
    )


def _without_names(
    without: Callable[[str, str], str], arrival: Arrival, table: Any, rows: Collection[int]
) -> tuple[Any, set[int]]:
    """Of every column of words in these rows; keys stay unique. Answers the rows it changed."""
    changed: set[int] = set()
    for name in worded(arrival.sheet.dataset or "") if rows else ():
        if name not in table.column_names:
            continue
        old = table[name].to_pylist()
        told = {words: without(words, name) for words in {old[at] for at in rows} if words}
        places = {at for at in rows if told.get(old[at], old[at]) != old[at]}
        if places:
            changed |= places
            new = [told[words] if at in places else words for at, words in enumerate(old)]
            new = _unique(new, places) if name == "row_key" else new
            at = table.column_names.index(name)
            table = table.set_column(at, table.schema.field(name), pa.array(new, pa.string()))
    return table, changed


def _unique(keys: list[Any], changed: set[int]) -> list[Any]:
    taken = {key for at, key in enumerate(keys) if at not in changed}
    for at in sorted(changed):
        base, number = keys[at], 1
        while keys[at] in taken:
            number += 1
            keys[at] = f"{base}~{number}"
        taken.add(keys[at])
    return keys
