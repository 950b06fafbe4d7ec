"""How a person comes to be named nowhere, and rows about them go.

Rows about one person go, with their former states; rows that must stay for the books name nobody
any more: in every column of words, in what the file said of a cell, in the keys made of it. Sums
stay. What an undo would bring back is kept in the twins, and ends there as well.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.contracts.spelling import number_key, plain
from dashboard.schema import BEFORE, OWN, Cursor, columns_of, insert_statement, key_of, retold
from dashboard.veil import Veil, beginnings, forms
from dashboard.warehouse import tables
from dashboard.warehouse.database import Reader
from dashboard.warehouse.persons import PEOPLE, Person, listed, mine

Spot = tuple[str, str]  # a register and the key of a row in it

OURS = ("imports", "sources", "remembered", "settings", "disclosures")
NOBODY = "已删除人员"
NAMED = frozenset(  # columns of several names
    column.name
    for one in DATASETS.values()
    for column in one.kept
    if column.type == "name" and column.several == "joined"
)
_PARTED = "、"
_PIECES = 8  # lines of one name, at most
_SHORTEST = 4  # letters of a staff number that is taken out of running words, too


@dataclass(frozen=True, slots=True)
class Erasure:
    """What shall become of one person. `instead` stands where the name stood.

    `spots` are rows that name somebody so called: with `only_there`, those alone mean this person;
    else all but those do.
    """

    person: Person
    instead: str
    spots: frozenset[Spot] = frozenset()
    only_there: bool = False

    def means(self, register: str, row_key: str) -> bool:
        return ((register, row_key) in self.spots) is self.only_there


@dataclass(frozen=True, slots=True)
class Mention:
    """A row that stays, in which somebody is named; `words` by field, as they are and would be."""

    register: str
    row_key: str
    words: Mapping[str, tuple[str, str]]

    @property
    def spot(self) -> Spot:
        return self.register, self.row_key


@dataclass(frozen=True, slots=True)
class Erased:
    """Rows by register: those that went, and those that name nobody any more."""

    removed: Mapping[str, int] = field(default_factory=dict)
    unnamed: Mapping[str, int] = field(default_factory=dict)


def school_veil(names: Collection[str]) -> Veil:
    """What knows these names in whatever spelling."""
    return Veil(frozenset(name.strip() for name in names) - {""})


# -- where they are named ---------------------------------------------------------------------


def mentions(reader: Reader, person: Person, everybody: Collection[str]) -> list[Mention]:
    """Rows of others, and of the books, in which a name of this person stands; `everybody` are
    the names there are, of which longer ones are not mistaken for it.
    """
    erasure = Erasure(person, NOBODY, only_there=True)
    veil = school_veil({*everybody, *person.names})
    found: dict[Spot, dict[str, tuple[str, str]]] = {}
    for name in DATASETS:
        for table in (name, f"{name}{BEFORE}"):
            for row, new in _named(reader, table, worded(name, only_there=True), erasure, veil):
                words = {one: (row[one], new[one]) for one in new if one != "row_key"}
                known = found.setdefault((name, row["row_key"]), {})
                known |= {one: pair for one, pair in words.items() if one not in known}
    return [Mention(name, key, words) for (name, key), words in found.items() if words]


def worded(register: str, *, only_there: bool = False) -> tuple[str, ...]:
    """The columns that may name somebody. Of rows about other people their own name is theirs."""
    dataset = DATASETS[register]
    codes = {column.name for column in dataset.kept if column.type == "code"}
    words = [n for n, kind in columns_of(dataset).items() if kind == "VARCHAR" and n not in codes]
    if dataset.on_delete == "remove":
        own = {"name", "staff_no"} | ({"row_key", "raw"} if only_there else set())
        words = [name for name in words if name not in own]
    return tuple(words)


def _named(
    reader: Reader, table: str, words: Collection[str], erasure: Erasure, veil: Veil
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Rows in which a name of theirs stands, each with its changed columns."""
    gone = frozenset(form for name in erasure.person.names for form in forms(name))
    start = "".join(re.escape(letter) for letter in beginnings(erasure.person.names))
    own = table.removesuffix(BEFORE) in PEOPLE
    theirs, values = mine(reader, table, erasure.person) if own else ("false", {})
    about = ", ".join(f'"{word}"' for word in words)
    sql = (
        f'select rowid as its_row, * from "{table}" where not ({theirs}) and '  # noqa: S608 - own names
        f"regexp_matches(concat_ws(' ', {about}), $start)"
    )
    for row in reader.read(sql, values | {"start": f"[{start}]"}):
        new = {one: _without(one, row[one], erasure, veil, gone) for one in words if row[one]}
        if changed := {one: said for one, said in new.items() if said != row[one]}:
            yield row, changed


def _without(column: str, words: str, erasure: Erasure, veil: Veil, gone: frozenset[str]) -> str:
    """Where the name stood, a staff number beside it goes as well."""

    def unnamed(text: str) -> str:
        said = veil.without(text, gone, erasure.instead)
        return joined_up(said, whose) if column in NAMED else said

    def whose(pieces: Sequence[str]) -> str | None:
        is_theirs = plain("".join(pieces)) in gone and not any(map(veil.names_in, pieces))
        return erasure.instead if is_theirs else None

    said = retold(column, words, unnamed)
    return said if said == words else retold(column, said, lambda one: _unnumbered(one, erasure))


def _unnumbered(words: str, erasure: Erasure) -> str:
    for number in erasure.person.numbers:
        if len(number) >= _SHORTEST:
            apart = rf"(?<![0-9A-Za-z]){re.escape(number)}(?![0-9A-Za-z])"
            words = re.sub(apart, erasure.instead, words, flags=re.IGNORECASE)
    return words


def joined_up(names: str, whose: Callable[[Sequence[str]], str | None]) -> str:
    """Breaks in a narrow cell part a name: 欧、阳海棠. `whose` tells what shall stand for pieces
    that are one.
    """
    pieces = names.split(_PARTED)
    for start in range(len(pieces)):
        for end in range(start + 2, min(start + _PIECES, len(pieces)) + 1):
            if instead := whose(pieces[start:end]):
                rest = [*pieces[:start], instead, *pieces[end:]]
                return joined_up(_PARTED.join(rest), whose)
    return names


# -- the end of it ----------------------------------------------------------------------------


def erase(cursor: Any, erasure: Erasure) -> Erased:
    """Everything that says who they are, in one transaction that somebody else begins and ends."""
    reader = Reader(cursor)
    everybody = {one.name for one in listed(reader)}
    veil = school_veil({*everybody, *erasure.person.names})
    unnamed = {name: _unname(cursor, name, erasure, veil) for name in DATASETS}
    removed = {name: _remove(cursor, name, erasure.person) for name in PEOPLE}
    if not erasure.only_there:
        for table in OURS:
            _unname_own(cursor, table, erasure, veil)
    _keep_marks(cursor, erasure)
    done = Erased(_some(removed), _some(unnamed))
    tables.changed(cursor, DATASETS)
    return done


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _remove(cursor: Any, register: str, person: Person) -> int:
    """Rows of the register and its twin; answers how many of the register."""
    counts = []
    for table in (register, f"{register}{BEFORE}"):
        where, values = mine(Reader(cursor), table, person)
        counts.append(cursor.execute(f'delete from "{table}" where {where}', values).fetchall())  # noqa: S608
    return int(counts[0][0][0])


def _unname(cursor: Any, register: str, erasure: Erasure, veil: Veil) -> int:
    """Answers how many rows of the register, apart from its twin."""
    dataset, changed = DATASETS[register], 0
    for table in (register, f"{register}{BEFORE}"):
        words = worded(register, only_there=erasure.only_there)
        found = list(_named(Reader(cursor), table, words, erasure, veil))
        for row, new in found:
            if erasure.means(register, row["row_key"]):
                if "row_key" in new:
                    new["row_key"] = free_key(cursor, table, dataset, row, new["row_key"])
                put(cursor, table, row["its_row"], new)
                changed += table == register
    return changed


def free_key(cursor: Cursor, table: str, dataset: Dataset, row: Mapping[str, Any], key: str) -> str:
    """The new key, or the next one that no other row of the table has."""
    same = " and ".join(f'"{one}" = ${one}' for one in key_of(dataset))
    values, number = {one: row[one] for one in key_of(dataset)}, 1
    tried = key
    while cursor.execute(
        f'select 1 from "{table}" where {same} and rowid <> $its_row',  # noqa: S608 - own names
        values | {"row_key": tried, "its_row": row["its_row"]},
    ).fetchall():
        number += 1
        tried = f"{key}~{number}"
    return tried


def put(cursor: Cursor, table: str, its_row: int, new: Mapping[str, str]) -> None:
    """New words in one row."""
    values = ", ".join(f'"{one}" = ${one}' for one in new)
    sql = f'update "{table}" set {values} where rowid = $its_row'  # noqa: S608 - own names
    cursor.execute(sql, {**new, "its_row": its_row})


def _unname_own(cursor: Any, table: str, erasure: Erasure, veil: Veil) -> None:
    """Our own notes: a file's name, a sheet's, what an officer wrote."""
    words = [name for name, kind in OWN[table].items() if kind == "VARCHAR"]
    for row, new in list(_named(Reader(cursor), table, words, erasure, veil)):
        put(cursor, table, row["its_row"], new)


def _keep_marks(cursor: Cursor, erasure: Erasure) -> None:
    """By what a later import knows them again: no name, only what a keyed hash makes of it."""
    person, key = erasure.person, key_in(cursor)
    known = {digest(key, *one): 0 for one in person.marks}
    known |= {digest(key, "whom", number_key(one)): 0 for one in person.numbers}
    known |= {digest(key, "whom", plain(one)): 0 for one in person.names}  # for who comes back
    numbers = {plain(number) for number in person.numbers if len(number) >= _SHORTEST}
    known |= {digest(key, "number", number): 0 for number in numbers}
    if not erasure.only_there:
        places = {"", *person.departments}
        forms_of = {plain(name) for name in person.names}
        known |= {digest(key, name, f"@{plain(one)}"): 0 for name in forms_of for one in places}
    written = {digest(key, form): len(form) for name in person.names for form in forms(name)}
    values = {"instead": erasure.instead, "deleted_at": datetime.now()}
    for one, length in (known | written).items():
        own = {"mark": one, "length": length, "only_lines": erasure.only_there and length > 0}
        cursor.execute(insert_statement("deleted_people"), values | own)


def key_in(cursor: Cursor) -> bytes:
    """The school's own secret."""
    found = cursor.execute("select value from meta where name = 'pseudonyms'").fetchall()
    return str(found[0][0]).encode()


def digest(key: bytes, *words: str) -> str:
    return hmac.digest(key, "\0".join(words).encode(), "sha256").hex()[:32]
