"""Everything the registers hold about one person, each value with the cell it came from.

Former states are told as well: what was changed or taken out since is still held, for an undo.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import audit
from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.persons.finding import Bearer, Found, is_lone, person
from dashboard.text import Lang, Text, day
from dashboard.warehouse import Reader
from dashboard.warehouse.erasing import Mention
from dashboard.warehouse.persons import Person, held
from dashboard.workspaces import SCHOOL, Workspaces

REGISTER, STATE = Text("登记簿", "Register"), Text("状态", "State")
FIELD, VALUE = Text("项目", "Field"), Text("内容", "Value")
FILE, SHEET, CELL = Text("来自文件", "From file"), Text("工作表", "Sheet"), Text("单元格", "Cell")
NOW, BEFORE = Text("现有", "held now"), Text("以前的内容（供撤销）", "former, kept for an undo")
NAMED = Text("提到此姓名", "names somebody so called")
AS_OF = Text("{register} {day}", "{register} {day}")
COLUMNS = (REGISTER, STATE, FIELD, VALUE, FILE, SHEET, CELL)


@dataclass(frozen=True, slots=True)
class Item:
    """One value. `raw` is what is stored; `field` its column."""

    register: str
    field: str
    raw: Any
    words: tuple[Text, ...]  # by COLUMNS

    def line(self, lang: Lang) -> tuple[str, ...]:
        return tuple(word(lang) for word in self.words)


def items(reader: Reader, theirs: Person, mentions: Sequence[Mention] = ()) -> list[Item]:
    """Register by register, the newest roster first; then the rows of the books that name them."""
    sources = {row["source_id"]: row for row in reader.read("from sources")}
    found: list[Item] = []
    for name, rows in held(reader, theirs).items():
        dataset = DATASETS[name]
        rows.sort(key=lambda row: (row["is_before"], str(row.get("as_of") or "")))
        for row in rows:
            found += _row(dataset, row, sources.get(row["source_id"]))
    return found + [item for one in mentions for item in _mention(one)]


def _row(dataset: Dataset, row: dict[str, Any], source: dict[str, Any] | None) -> Iterator[Item]:
    state = BEFORE if row["is_before"] else NOW
    roster = row.get("as_of")
    told = AS_OF.format(register=dataset.label, day=day(roster)) if roster else dataset.label
    places = json.loads(source["columns"]) if source else {}
    for field in dataset.stored():
        if row[field] is not None:
            at = places.get(field, {}).get("column", "")
            cell = f"{row['source_column'] or at}{row['source_row']}" if at else ""
            where = (source["file"], source["sheet"]) if source else ("", "")
            value = _said(dataset, field, row[field])
            parts = (told, state, dataset.label_of(field), value, *map(_same, (*where, cell)))
            yield Item(dataset.name, field, row[field], parts)


def _mention(one: Mention) -> Iterator[Item]:
    dataset = DATASETS[one.register]
    for field, (words, _) in one.words.items():
        if field in dataset.stored():
            none = (_same(""),) * 3
            parts = (dataset.label, NAMED, dataset.label_of(field), _same(words), *none)
            yield Item(one.register, field, words, parts)


def _said(dataset: Dataset, field: str, value: Any) -> Text:
    column = next((one for one in dataset.kept if one.name == field), None)
    if column and column.codes:
        known = {code.value for code in column.codes.codes}
        return column.codes.label(value) if value in known else _same(str(value))
    return _same(str(value))


def _same(words: str) -> Text:
    return Text(words.strip(), words.strip())


def handed_over(spaces: Workspaces, found: Found, chosen: Sequence[Bearer], who: str) -> list[Item]:
    """For the person to take away; noted. Of mentions only where nobody else can be meant."""
    mentions = found.mentions if is_lone(found, chosen) else ()
    with spaces.warehouse(SCHOOL).snapshot() as reader:
        told = items(reader, person(chosen), mentions)
    audit.note(
        spaces.data, "person_exported", who, person=mark_of(person(chosen)), values=len(told)
    )
    return told


def mark_of(who: Person) -> str:
    """What stands for somebody in the audit log."""
    return audit.digest("\0".join(sorted("".join(mark) for mark in who.marks)))
