"""What a table says of itself where no contract speaks: columns, their kinds, what does not fit.

All of it has left the reading child: what identifies a person is masked in it, and what must be
counted on the true values (different ones, repeated ones, nearly the same) was counted before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, get_args

import pyarrow as pa

from dashboard.importing.report import TotalCheck
from dashboard.importing.values.absences import is_empty
from dashboard.text import Text

Kind = Literal[
    "empty", "count", "number", "money", "ratio", "date", "month", "year", "yes_no", "category",
    "text", "code", "name", "phone", "identity", "card", "address",
]  # fmt: skip
KINDS: frozenset[str] = frozenset(get_args(Kind))
NUMERIC: frozenset[str] = frozenset(("count", "number", "money", "ratio"))
PERSONAL: frozenset[str] = frozenset(("name", "phone", "identity", "card", "address"))
_OFFICE = re.compile(
    r"(?:经办|承办|主办|审批|审核|批准|签批|复核|核对|验收|采购|填表|填报|制表|制单|记录|登记|录入|证明|主持"
    r"|负责|责任|联系)(?:人|者|人员|领导)?(?:签[字名])?$|^(?:会计|出纳)(?:人员)?$"
)
LISTED = 50  # places told of one doubt; how many there are in all is told beside


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be read: the officer's word on its encoding, and the sheets of which what
    is hidden is wanted.
    """

    encoding: str | None = None
    whole: frozenset[str] = frozenset()

    def told_apart(self, sha256: str) -> str:
        """What a file read so is called: by its own sha256 where nothing was wished."""
        if not self.encoding and not self.whole:
            return sha256
        said = f"{sha256}\0{self.encoding}\0" + "\0".join(sorted(self.whole))
        return hashlib.sha256(said.encode()).hexdigest()


AS_FOUND = Wishes()


@dataclass(frozen=True, slots=True)
class Places:
    """Cells such as B7: the first of them, and how many there are."""

    cells: tuple[str, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """Two spellings that may mean one thing, each with its first cell and how often it stands."""

    often: str
    often_at: str
    often_count: int
    rare: str
    rare_at: str
    rare_count: int


@dataclass(frozen=True, slots=True)
class LooseColumn:
    """One column. `filled` cells of the data rows hold something, `misfits` of them not what the
    kind says; `distinct` counts true values. `unit` is the header's or the sheet's, and the
    numbers are in it; `other_units` are cells that name another one. `repeated`: values of a
    column that names its rows which stand more than once, masked where personal.
    """

    header: str
    letter: str
    kind: Kind
    filled: int
    empty: int
    misfits: int
    distinct: int
    unit: str = ""
    other_units: Places = Places()
    repeated: tuple[tuple[str, Places], ...] = ()
    repeated_total: int = 0
    alike: tuple[Alike, ...] = ()

    @property
    def label(self) -> str:
        """Its header, or its letter where it has none."""
        return self.header or self.letter

    @property
    def personal(self) -> bool:
        return self.kind in PERSONAL

    @property
    def of_persons(self) -> bool:
        """Whether a row is about the person it names here, and not entered or signed by them."""
        return self.personal and not _OFFICE.search(self.header)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell that is not what its column holds; `text` is what stands there, masked."""

    cell: str
    column: str
    text: str


@dataclass(slots=True)
class LooseSheet:
    """One table of a sheet. `known` is the register the ordinary reading takes it for,
    `known_columns` how many of its columns; `score` counts one for each of them, 3 for a title,
    less for strange columns.

    `table` holds the data rows: `row` (the sheet's number, from 1), and for the column at place n
    `c{n}`, typed by its kind, and `t{n}`, the text where the cell is no such value (a dash
    that says there is none among them), else null. Where a column is personal, `k{n}` (int64) is
    the same for the same person's cell in every file of a session, and leads back to nobody; of
    names, `p{n}` is the name as written: for the officer's eyes, never for a chart or an export.
    `people`: its rows may be persons although no column says so (it was made from one that does).
    `notes` and `totals` are the numbers of the rows told apart from the data; `left_out` says
    which hidden rows and columns were not read. `unfolded`: it is the long form of the table
    before it, whose columns of times are rows here.
    """

    name: str
    area: str = ""
    hidden: bool = False
    title: str = ""
    known: str | None = None
    known_columns: int = 0
    score: float = 0.0
    header_rows: tuple[int, ...] = ()
    columns: list[LooseColumn] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    totals_check: list[TotalCheck] = field(default_factory=list)
    same_rows: int = 0  # rows that say what another one above says
    same_at: list[tuple[int, int]] = field(default_factory=list)  # (row, the first that says so)
    table: pa.Table | None = None
    people: bool = False
    left_out: list[Text] = field(default_factory=list)
    unfolded: bool = False

    @property
    def tells_of_people(self) -> bool:
        return self.people or any(column.of_persons for column in self.columns)

    @property
    def rows(self) -> int:
        """Data rows."""
        return self.table.num_rows if self.table is not None else 0

    def misfits(self, most: int | None = None, names: bool = False) -> Iterator[Misfit]:
        """Every cell that does not fit, column by column; at most so many of each column.
        `names`: those among names as they were written, for the officer's eyes.
        """
        for place, column in enumerate(self.columns):
            if column.misfits and self.table is not None:
                yield from _misfits(self.table, place, column, most, names)


def _misfits(
    table: pa.Table, place: int, column: LooseColumn, most: int | None, names: bool
) -> Iterator[Misfit]:
    found = table.filter(table[f"t{place}"].is_valid())
    texts = found[f"t{place}"].to_pylist()
    written = f"p{place}" if names and f"p{place}" in table.column_names else f"t{place}"
    cells = zip(found["row"].to_pylist(), texts, found[written].to_pylist(), strict=True)
    fitting_none = ((row, said or text) for row, text, said in cells if not is_empty(text))
    for row, text in islice(fitting_none, most):
        yield Misfit(f"{column.letter}{row}", column.label, text)


@dataclass(slots=True)
class LooseFile:
    """One file; `refused` is (code, message) when it could not be read."""

    file: str
    sha256: str
    kind: str
    encoding: str | None = None
    refused: tuple[str, Text] | None = None
    sheets: list[LooseSheet] = field(default_factory=list)
