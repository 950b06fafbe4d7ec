"""The table of ceilings: data/rules/ceilings.toml, and what a school fills in on top of it.

A row with a number that nobody verified does not ship: the loader refuses it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, get_args

from dashboard.contracts.codes import ACTIVITY_KIND
from dashboard.errors import BadDefinition
from dashboard.rules.model import UNITS, Cap, Matches, Per, Shape
from dashboard.settings import RULES
from dashboard.text import Text

Entry = Mapping[str, Any]
_SCHOOLS = {"zh": "学校自行设定", "en": "Set by the school itself"}
_KNOWN = ({field.name for field in fields(Cap)} - {"filled"}) | {"unit"}


def load(overrides: Mapping[str, Cap] | None = None) -> dict[str, Cap]:
    """Every rule by id, the school's own in the place of the shipped ones."""
    shipped = {name: _cap(entry, filled=False) for name, entry in entries().items()}
    return shipped | dict(overrides or {})


def filled(told: Iterable[Entry]) -> dict[str, Cap]:
    """What a school set, each on top of the shipped row of its id: `{"id": …, "value": "300"}`.

    A row of its own names everything itself. Raises BadDefinition for what cannot be read.
    """
    shipped, found = entries(), {}
    for entry in told:
        whole = {"source": _SCHOOLS} | dict(shipped.get(str(entry.get("id")), {})) | dict(entry)
        found[str(whole.get("id"))] = _cap(whole, filled=True)
    return found


def standing(told: Iterable[Entry]) -> dict[str, Cap]:
    """Of what a school set, what can still be read: a rule that is gone locks nobody out."""
    found: dict[str, Cap] = {}
    for entry in told:
        with suppress(BadDefinition):
            found |= filled([entry])
    return found


@cache
def entries(path: Path = RULES / "ceilings.toml") -> dict[str, Entry]:
    """The file's rows as they stand; raises BadDefinition for faults, and numbers not verified."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["cap"]
    found = {str(row.get("id")): row for row in rows}
    if len(found) < len(rows):
        raise BadDefinition(f"{path.name}: an id stands twice")
    for cap in (_cap(row, filled=False) for row in rows):
        traced = cap.verified and cap.document and cap.valid_from
        if cap.value is not None and not traced:
            raise BadDefinition(f"{path.name}: {cap.id}: a number without document, day or proof")
    return found


def _cap(entry: Entry, *, filled: bool) -> Cap:
    try:
        return _read(entry, filled=filled)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as fault:
        raise BadDefinition(f"ceiling {entry.get('id')}: {fault!r}") from fault


def _read(entry: Entry, *, filled: bool) -> Cap:
    if strange := sorted(entry.keys() - _KNOWN):
        raise ValueError(f"unknown: {', '.join(strange)}")
    label, source, shape = entry["label"], entry["source"], _shape(entry)
    return Cap(
        id=str(entry["id"]),
        shape=shape,
        label=Text(label["zh"], label["en"]),
        matches=_matches(entry["matches"]),
        source=Text(source["zh"], source["en"]),
        value=_amount(entry.get("value")),
        per=_one_of(Per, entry.get("per", "member")),
        place=str(entry.get("place", "")),
        document=str(entry.get("document", "")),
        valid_from=_day(entry.get("valid_from")),
        valid_to=_day(entry.get("valid_to")),
        verified=bool(entry.get("verified", False)),
        filled=filled,
        private=bool(entry.get("private", False)),
    )


def _shape(entry: Entry) -> Shape:
    """The shape implies the unit: a row that says another would be read wrongly by a person."""
    shape: Shape = _one_of(Shape, entry["shape"])
    if entry.get("unit", UNITS[shape].en) != UNITS[shape].en:
        raise ValueError(f"the unit of {shape} is {UNITS[shape].en}")
    return shape


def _matches(told: Mapping[str, Iterable[str]]) -> Matches:
    matches = Matches(**{name: tuple(words) for name, words in told.items()})
    if not (matches.words or matches.subjects or matches.kinds):
        raise ValueError("it would look at every payment")
    codes = {code.value for code in ACTIVITY_KIND.codes}
    if strange := sorted(set(matches.kinds) - codes):
        raise ValueError(f"unknown kind: {', '.join(strange)}")
    return matches


def _one_of(known: Any, word: str) -> Any:
    if word not in get_args(known):
        raise ValueError(f"{word} is none of {', '.join(get_args(known))}")
    return word


def _amount(told: object) -> Fraction | None:
    """`"2200"`, `"0.5"` or `"1/3"`; nothing, and an empty field, is no ceiling."""
    if told is None or str(told).strip() == "":
        return None
    value = Fraction(str(told).strip())
    if value < 0:
        raise ValueError("a ceiling below nought")
    return value


def _day(told: object) -> date | None:
    if told is None or told == "":
        return None
    return told if type(told) is date else date.fromisoformat(str(told))
