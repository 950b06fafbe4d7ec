"""The tables a question may name: the session's dropped ones and, by role, the union's own.

A dropped table goes by t1, t2 … and by its file's name, its columns by their headers; what is
personal is masked. A cell that is not what its column holds is empty there, and stands as it was
written in a column 列名·原文, which is there where it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import pyarrow as pa

from dashboard.contracts.spelling import one_line
from dashboard.exploring.questions import union
from dashboard.exploring.shelf import Dropped
from dashboard.exploring.words import KINDS
from dashboard.importing.loose.model import LooseSheet
from dashboard.roles import Role
from dashboard.sqlfiles import ColumnKind, Query
from dashboard.text import Lang, Text

ROW, WRITTEN, LONG = "行", "·原文", "长表"
OWN = Text("工会_", "union_")  # before the name of a table of the union's
_ROW_SAID = Text("表中行号", "the sheet's row")
_WRITTEN_SAID = Text("不相符的单元格原文", "cells that do not fit, as written")
_LONG, _LONGEST = 40, 60  # characters of a table's name, of a column's
_NARROW = 18  # figures of a number that is reckoned with quickly
_SAID: dict[ColumnKind, Text] = {
    "label": KINDS["category"], "text": KINDS["text"], "date": KINDS["date"],
    "count": KINDS["count"], "money": KINDS["money"], "ratio": KINDS["ratio"],
    "people": KINDS["count"],
}  # fmt: skip
_MEASURES = tuple(KINDS[kind] for kind in ("money", "count", "number"))


@dataclass(frozen=True, slots=True)
class Field:
    """A column as a question names it, what it holds, and whether it is only masks."""

    name: str
    said: Text
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """One table. `source` is a sheet, or a query of the union's with the language it speaks.

    people: whether what is asked of it may be about people
    """

    names: tuple[str, ...]
    fields: tuple[Field, ...]
    source: LooseSheet | tuple[Query, Lang]
    people: bool
    rows: int | None = None

    @property
    def name(self) -> str:
        """The one people read."""
        return self.names[-1]

    def speaks(self, lang: Lang) -> bool:
        """Whether its words are of that language, or nobody's."""
        return not isinstance(self.source, tuple) or self.source[1] == lang


def offered(files: Sequence[Dropped], role: Role) -> list[Offered]:
    """Every table there is, the dropped ones first; of the union's each in both languages."""
    found: list[Offered] = []
    own_tables = list(_of_union(role))
    taken = {one.name for one in own_tables}
    for number, (name, sheet) in enumerate(_sheets(files), 1):
        own = _free(name, taken)
        fields = tuple(field for field, _ in _fields(sheet))
        people = sheet.tells_of_people
        found.append(Offered((f"t{number}", own), fields, sheet, people, sheet.rows))
    return found + own_tables


def _sheets(files: Sequence[Dropped]) -> Iterator[tuple[str, LooseSheet]]:
    for file in files:
        sheets = [sheet for sheet in file.read.sheets if sheet.table is not None]
        stem = file.name if file.made else PurePath(file.name).stem
        alone = sum(not sheet.unfolded for sheet in sheets) == 1
        for sheet in sheets:
            name = stem if alone else f"{stem}_{sheet.name}"
            yield f"{name}_{LONG}" if sheet.unfolded else name, sheet


def _of_union(role: Role) -> Iterator[Offered]:
    languages: tuple[Lang, ...] = ("zh", "en")
    for query in (one for one in union.queries().values() if union.may_read(one, role)):
        for lang in languages:
            fields = tuple(Field(c.label(lang), _SAID[c.kind]) for c in query.columns)
            name = OWN(lang) + union.title(query)(lang)
            yield Offered((name,), fields, (query, lang), people=True)


def _free(name: str, taken: set[str]) -> str:
    """A name of letters and figures that no other table has: t1 is one already."""
    plain = re.sub(r"\W+", "_", one_line(name)).strip("_")[:_LONG] or "表"
    plain = f"{plain}_" if re.fullmatch(r"t\d+", plain, re.IGNORECASE) else plain
    return _numbered(plain, taken)


def _numbered(name: str, taken: set[str]) -> str:
    other, count = name, 1
    while other.lower() in taken:
        count += 1
        other = f"{name}_{count}"
    taken.add(other.lower())
    return other


def _fields(sheet: LooseSheet) -> Iterator[tuple[Field, str]]:
    """(the column as it is named, its name in the sheet's own table)."""
    taken: set[str] = set()
    yield Field(_numbered(ROW, taken), _ROW_SAID), "row"
    for place, column in enumerate(sheet.columns):
        label = one_line(re.sub(r'["\x00-\x1f]', " ", column.label))[:_LONGEST] or column.letter
        name = _numbered(label, taken)
        yield Field(name, KINDS[column.kind], column.personal), f"c{place}"
        if column.misfits:
            yield (
                Field(_numbered(name + WRITTEN, taken), _WRITTEN_SAID, column.personal),
                f"t{place}",
            )


def table_of(sheet: LooseSheet) -> pa.Table:
    """A sheet's rows by the names a question may use."""
    if sheet.table is None:
        raise ValueError(sheet.name)
    pairs = [(field.name, sheet.table[own]) for field, own in _fields(sheet)]
    return narrowed(pa.table([values for _, values in pairs], [name for name, _ in pairs]))


def narrowed(table: pa.Table) -> pa.Table:
    """Numbers as narrow as their values allow: a product of wide ones would not fit."""
    return pa.table([_narrow(column) for column in table.columns], table.column_names)


def _narrow(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_decimal128(values.type):
        return values
    scale = values.type.scale
    try:
        return values.cast(pa.decimal128(_NARROW, scale) if scale else pa.int64())
    except pa.ArrowInvalid:  # a figure more than that
        return values


def examples(one: Offered) -> list[tuple[Text, str]]:
    """Questions to begin with: what is asked, and the SQL."""
    found = [(Text("前 100 行", "the first 100 rows"), f'select *\nfrom "{one.name}"\nlimit 100')]
    by = next((f.name for f in one.fields if f.said == KINDS["category"]), None)
    measure = next((f.name for f in one.fields if f.said in _MEASURES), None)
    if by is None:
        return found
    sums = f',\n  sum("{measure}") as "{measure}"' if measure else ""
    asked = f'select "{by}",\n  count(*) as "行数"{sums}\nfrom "{one.name}"'
    sql = f"{asked}\ngroup by all\norder by 2 desc"
    return [*found, (Text("按{by}统计", "by {by}").format(by=by), sql)]
