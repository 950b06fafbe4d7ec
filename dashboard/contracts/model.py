"""What a dataset is: its columns, how their headers are spelled, what identifies a row.

A contract is a value. It never infers: a column has one type, a code list has its words, and a
spelling that would fit two columns raises when the program starts, not when a school uploads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from dashboard.contracts.seen import Seen, nothing_against
from dashboard.contracts.spelling import number_key, plain
from dashboard.errors import BadDefinition
from dashboard.text import Text

Type = Literal[
    "id", "name", "label", "text", "date", "time", "period", "money", "count", "flag", "code"
]
Row = dict[str, Any]
Order = Literal["", "ymd", "dmy", "mdy"]  # of year, month and day between slashes


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a code list: what is stored, what is shown, how schools write it (blanks
    between the spellings). `pattern`, of a whole word in its plain form, speaks where none fits.
    """

    value: str
    label: Text
    spellings: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class CodeList:
    """The words a column may hold. Numbers count as words only where the list names them."""

    name: str
    codes: tuple[Code, ...]
    words: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        words: dict[str, str] = {}
        for code in self.codes:
            for spelling in (code.value, code.label.zh, code.label.en, *code.spellings.split()):
                if words.setdefault(_word(spelling), code.value) != code.value:
                    raise BadDefinition(f"{self.name}: {spelling} means two things")
        object.__setattr__(self, "words", words)

    def read(self, text: str) -> str | None:
        """The stored value for a school's word, or None."""
        word = _word(text)
        if word in self.words:
            return self.words[word]
        patterned = (code for code in self.codes if code.pattern)
        return next((c.value for c in patterned if re.fullmatch(c.pattern, word)), None)

    def label(self, value: str) -> Text:
        return next(code.label for code in self.codes if code.value == value)


def _word(text: str) -> str:
    """Marks such as √ vanish in the plain form, so they are compared as they are."""
    return plain(text) or text.strip()


@dataclass(frozen=True)
class Column:
    """One field. `headers` are spellings beside the label; traditional ones need no own entry.

    required   a row without it is rejected
    strict     a cell that cannot be read rejects the row (else it is left empty, and shown)
    blank      what an empty cell means where the column exists (else: nothing)
    default    the value where the file has no such column at all
    speaks_for fields that `finish` concludes from this column, not stored itself: as newly said
    dates      whether the year it names completes the other dates of its row
    ahead      whether its days may lie years ahead (a retirement)
    ago        whether its days may lie decades back (a birth)
    several    what several names in a cell are: refused (a row is one person), joined or rows
    within     for an id: the pattern whose first group is the number in 并入第2号提案
    also       columns that read the same cell where the sheet has none of their own
    written    headers that their punctuation tells apart: 收/支 is not 收支
    keep       False: checked, then dropped before anything is stored or shown
    """

    name: str
    label: Text
    type: Type
    headers: tuple[str, ...] = ()
    codes: CodeList | None = None
    required: bool = False
    strict: bool = False
    blank: Any = None
    default: Any = None
    keep: bool = True
    dates: bool = False
    ahead: bool = False
    ago: bool = False
    several: Literal["refused", "joined", "rows"] = "refused"
    within: str = ""
    also: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()

    def spellings(self) -> set[str]:
        return {plain(word) for word in (self.label.zh, self.label.en, self.name, *self.headers)}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sheet says outside its table, from its title lines, its name and the file's name."""

    title: str = ""
    sheet: str = ""
    file: str = ""
    year: int | None = None
    school_year: int | None = None  # the year its September lies in
    day: date | None = None
    start: date | None = None  # the first day of whatever the title names: a day, a month, a year
    mapped: frozenset[str] = frozenset()  # fields the sheet has a column for
    signed: bool = False  # an amount column that holds minus signs says income and expense itself
    order: Order = ""  # in which a column writes day and month, as its cells agree
    epoch_1904: bool = False  # bare day numbers count from 1904-01-01, as the workbook says

    @property
    def words(self) -> str:
        return f"{self.title} {self.sheet} {self.file}"


# What a dataset concludes from a whole row; returns (issue code, field) for what is wrong.
Finish = Callable[[Row, Surroundings], list[tuple[str, str]]]


def nothing_more(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    return []


def no_parents(rows: Sequence[Row]) -> set[int]:
    """No row of most registers sums up others."""
    return set()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a key: `form` of one field. With `when`, it stands only where that field is
    filled; with `unless`, only where that one is empty.
    """

    field: str
    form: Callable[[Any], str]
    when: str = ""
    unless: str = ""


@dataclass(frozen=True)
class Shortcut:
    """What `finish` and `key` come to in a large register, told column by column.

    A row is plain where all of `filled` and, if named, one of `either` are filled and no value of
    the fields in `words` matches; there `finish` objects to nothing and does no more than `sets`.
    A sheet that has one of the columns `not_with` has no plain rows. `key` are the pieces that,
    one after the other, make the key of any row. tests/test_shortcuts.py holds it to what it
    abbreviates.
    """

    key: tuple[Piece, ...]
    filled: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    words: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    not_with: tuple[str, ...] = ()
    sets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Dataset:
    """One of the union's registers.

    shape    snapshot: a roster, true from its as-of date to the next one's;
             record: lines that are merged by their key
    key      the text that identifies a row among all of its dataset (within one snapshot)
    titles   words in a title, sheet or file name that speak for this dataset
    needs    columns a sheet must have although a row may do without them
    evidence fields of which one must be there, unless a title word speaks for the dataset
    against  whether a sheet with the right columns is something else nevertheless
    numbered whether equal keys within one sheet are separate rows (a voucher's many lines)
    repeats  what a second row of the same key with other content is (one who signs in twice)
    identifier  the field that makes a key an identifier; of rows that have none there, equal keys
             are told apart by the fields `apart`, and none is rejected
    concludes fields `finish` may fill in some rows; where it does, the newest word counts
    dated    stored fields, days or years, of which the first that is filled says to which month a
             row belongs
    sums_up  the places among a sheet's rows of those that only sum up others, which a printed
             total does not count again
    shortcut for registers that grow large: `finish` and `key` by columns
    on_delete  what becomes of rows of a person who is deleted: they go, or stay and name nobody
    """

    name: str
    label: Text
    shape: Literal["snapshot", "record"]
    columns: tuple[Column, ...]
    key: Callable[[Row], str]
    titles: tuple[str, ...]
    finish: Finish = nothing_more
    needs: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    numbered: bool = False
    repeats: Literal["rejected", "ignored"] = "rejected"
    identifier: str = ""
    apart: tuple[str, ...] = ()
    against: Callable[[Seen], bool] = nothing_against
    concludes: tuple[str, ...] = ()
    sums_up: Callable[[Sequence[Row]], set[int]] = no_parents
    derived: tuple[tuple[str, str], ...] = ()  # columns `finish` adds: (name, SQL type)
    dated: tuple[str, ...] = ()
    shortcut: Shortcut | None = None
    on_delete: Literal["", "remove", "unname"] = ""
    headers: Mapping[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        headers: dict[str, Column] = {}
        for column in self.columns:
            for spelling in column.spellings() | set(column.written):
                if headers.setdefault(spelling, column) is not column:
                    raise BadDefinition(f"{self.name}: header {spelling} fits two columns")
        object.__setattr__(self, "headers", headers)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def label_of(self, stored: str) -> Text:
        """A stored field in words; a period's two days are its from and its to."""
        for column in self.columns:
            if stored == column.name:
                return column.label
            if stored in (f"{column.name}_from", f"{column.name}_to"):
                first = stored.endswith("_from")
                side = Text("起", "from") if first else Text("止", "to")
                return Text(f"{column.label.zh}{side.zh}", f"{column.label.en} {side.en}")
        return Text(stored, stored)

    @property
    def needed(self) -> frozenset[str]:
        """Columns without which a sheet is not this dataset."""
        return frozenset(self.needs) | {c.name for c in self.columns if c.required}

    @property
    def kept(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.keep and not column.speaks_for)

    def stored(self) -> dict[str, str]:
        """Field name -> SQL type, in order. A period becomes two days."""
        fields: dict[str, str] = {}
        for column in self.kept:
            if column.type == "period":
                fields |= {f"{column.name}_from": "DATE", f"{column.name}_to": "DATE"}
            else:
                fields[column.name] = SQL_TYPES[column.type]
        return fields | dict(self.derived)


SQL_TYPES: dict[str, str] = {
    "id": "VARCHAR",
    "name": "VARCHAR",
    "label": "VARCHAR",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "date": "DATE",
    "time": "VARCHAR",
    "money": "DECIMAL(20,4)",
    "count": "BIGINT",
}


def plain_or_empty(text: str | None) -> str:
    """The plain form, nothing where the field is empty."""
    return plain(text or "")


def _as_written(text: str | None) -> str:
    return text or ""


PERSON = (  # person_key in pieces
    Piece("staff_no", lambda value: f"#{number_key(value)}", when="staff_no"),
    Piece("name", _as_written, unless="staff_no"),
    Piece("department", lambda value: f"@{value or ''}", unless="staff_no"),
)


def person_key(row: Row) -> str:
    """By 工号, else 姓名 + 部门; a name alone is only what it is."""
    if row.get("staff_no"):
        return f"#{number_key(row['staff_no'])}"
    return f"{row.get('name') or ''}@{row.get('department') or ''}"
