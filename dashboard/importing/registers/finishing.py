"""What a dataset concludes from whole rows, and each row's key; plain rows by columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts.model import Dataset, Piece, Row, Shortcut, Surroundings, plain_or_empty
from dashboard.contracts.spelling import are_plain, plain_number
from dashboard.importing.columns import Mask
from dashboard.importing.tables import Field, joined_texts, taken
from dashboard.importing.texts import characters, run_together

Fields = dict[str, Field]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What `finish` objects to in one row."""

    row: int
    code: str
    field: str


def finish(
    dataset: Dataset, fields: Fields, around: Surroundings, rejected: Mask
) -> tuple[list[Flaw], pa.Array | list[str]]:
    """Finish every row that is not rejected; returns the flaws and each row's key.

    `fields` come to hold what is stored. The key of a row with a fatal flaw means nothing.
    """
    height = len(rejected)
    for name in dataset.stored():
        fields.setdefault(name, Field(np.zeros(height, np.int32), [None]))
    short = dataset.shortcut
    plain = _plain(short, fields, around) if short else np.zeros(height, bool)
    if short:
        _set(short, fields, plain)
    keys = [""] * height if not short else []
    flaws: list[Flaw] = []
    for at in np.flatnonzero(~rejected & ~plain).tolist():
        row = {name: found[at] for name, found in fields.items()}
        flaws += _finished(dataset, fields, around, at, row)
        if not short:
            keys[at] = dataset.key({name: row.get(name) for name in dataset.stored()})
    return flaws, _keys(short, fields, height) if short else keys


def _finished(
    dataset: Dataset, fields: Fields, around: Surroundings, at: int, row: Row
) -> list[Flaw]:
    before = dict(row)
    flaws = [Flaw(at, code, name) for code, name in dataset.finish(row, around)]
    for name in dataset.stored():
        value = row.get(name)
        if value is not before.get(name):
            fields[name].put(at, value)
    return flaws


def _plain(short: Shortcut, fields: Fields, around: Surroundings) -> Mask:
    """The rows that need no second look."""
    height = len(next(iter(fields.values())).codes)
    if set(short.not_with) & around.mapped:
        return np.zeros(height, bool)
    plain: Mask = np.ones(height, bool)
    for name in short.filled:
        plain &= fields[name].filled()
    if short.either:
        plain &= np.logical_or.reduce([fields[name].filled() for name in short.either])
    for name, words in short.words.items():
        plain &= ~_holding(fields[name], words)
    return plain


def _holding(found: Field, words: re.Pattern[str]) -> Mask:
    """The rows whose text matches."""
    if isinstance(found.base, pa.Array) and not found.added:
        joined = run_together(found.base)
    else:
        joined = "\n".join(filter(None, found.distinct()))
    if not words.search(joined):
        return np.zeros(len(found.codes), bool)
    flags = (value is not None and words.search(value) is not None for value in found.distinct())
    holding: Mask = np.fromiter(flags, bool)[found.codes]
    return holding


def _set(short: Shortcut, fields: Fields, plain: Mask) -> None:
    for name, value in short.sets.items():
        fields[name] = Field(plain.astype(np.int32), [None, value])


def _keys(short: Shortcut, fields: Fields, height: int) -> pa.Array:
    """The pieces of every row's key, one behind the other."""
    there = {name: fields[name].filled() for piece in short.key for name in _conditions(piece)}
    parts = [_texts(piece, fields, there) for piece in short.key]
    return joined_texts(parts) if height else pa.array([], pa.string())


def _conditions(piece: Piece) -> Sequence[str]:
    return [name for name in (piece.when, piece.unless) if name]


def _texts(piece: Piece, fields: Fields, there: Mapping[str, Mask]) -> pa.Array:
    found = fields[piece.field]
    texts = taken(_formed(piece, found), found.codes)
    if piece.when:
        return pc.if_else(pa.array(there[piece.when]), texts, None)
    return pc.if_else(pa.array(there[piece.unless]), None, texts) if piece.unless else texts


def _is_plain(texts: pa.Array) -> bool:
    return are_plain("".join(characters(run_together(texts))))


def _formed(piece: Piece, found: Field) -> pa.Array:
    """The form of each distinct value; an empty field has one only where its form knows one.

    A long column of words that are plain already costs next to nothing.
    """
    if piece.form in (plain_or_empty, plain_number):
        base = found.base
        if isinstance(base, pa.Array) and not found.added and _is_plain(base):
            return base.fill_null("")
        texts = [value or "" for value in found.distinct()]
        plain = are_plain("".join(texts))
        return pa.array(texts if plain else map(piece.form, texts), pa.string())
    told = (
        piece.form(value) if value is not None or not piece.when else None
        for value in found.distinct()
    )
    return pa.array(list(told), pa.string())
