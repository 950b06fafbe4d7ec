"""What somebody says is wrong about them, put right: one field, typed as the register has it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column
from dashboard.contracts.spelling import one_line
from dashboard.deeds import noted
from dashboard.errors import RefusedRequest
from dashboard.persons.holding import mark_of
from dashboard.text import Text
from dashboard.warehouse.correcting import Correction
from dashboard.warehouse.persons import PEOPLE, Person
from dashboard.workspaces import SCHOOL, Workspaces

_HOW: dict[str, Text] = {
    "date": Text("请写成 2026-01-05。", "Write 2026-01-05."),
    "money": Text("请写成数字。", "Write a number."),
    "count": Text("请写成整数。", "Write a whole number."),
    "code": Text("可以填：{words}。", "One of: {words}."),
    "name": Text("姓名不能为空。", "A name cannot be empty."),
}


def fields(register: str) -> tuple[Column, ...]:
    """What can be corrected: all that the register keeps of a person."""
    return DATASETS[register].kept


def asked(register: str, person: Person, field: str, old: Any, words: str) -> Correction:
    """`words` is the new value as people write it, empty for none. Raises RefusedRequest
    "bad_value".
    """
    if register not in PEOPLE:
        raise RefusedRequest("unknown_dataset", name=register, known=", ".join(PEOPLE))
    new = _read(DATASETS[register].column(field), one_line(words))
    return Correction(register, person, field, old, new)


def correct(spaces: Workspaces, change: Correction, who: str, name: str = "") -> int:
    """Answers the import's number; `name` is who did it, as the history says. Raises
    RefusedRequest "nothing_corrected", WorkspaceBusy.
    """
    number = spaces.warehouse(SCHOOL).correct(change, name)
    facts = {"person": mark_of(change.person), "dataset": change.register, "column": change.field}
    noted(spaces.data, "person_corrected", who, **facts)
    return number


def _read(column: Column, words: str) -> Any:
    try:
        return _typed(column, words)
    except (ValueError, InvalidOperation):
        codes = column.codes.codes if column.codes else ()
        known = Text("、".join(c.label.zh for c in codes), ", ".join(c.label.en for c in codes))
        how = _HOW.get(column.type, _HOW["name"]).format(words=known)
        raise RefusedRequest("bad_value", field=column.label, how=how) from None


def _typed(column: Column, words: str) -> Any:
    """Nothing is nothing, unless the register needs the field."""
    if not words:
        if column.required:
            raise ValueError
        return None
    if column.codes:
        if (found := column.codes.read(words)) is None:
            raise ValueError
        return found
    if column.type == "date":
        return date.fromisoformat(words)
    if column.type == "money":
        return Decimal(words).quantize(Decimal("0.0001"))
    return int(words) if column.type == "count" else words
