"""What a comparison found, as rows to read: with the sheet's own row numbers, persons masked.

`names`: persons' names as written, for the officer's eyes; never for a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np
import pyarrow as pa

from dashboard.exploring.charting.roles import is_category
from dashboard.exploring.pairs.coding import held
from dashboard.exploring.pairs.comparing import Comparison
from dashboard.exploring.pairs.keys import Pairing, Places
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text, same

Cell = str | bool | int | Decimal | date | None
Group = Literal["added", "removed", "changed", "repeated", "without"]
ROW = Text("行号", "Row")
ROWS = Text("前表行号", "Row before"), Text("后表行号", "Row after")
TABLE = Text("表", "Table")
SIDES = Text("前表", "before"), Text("后表", "after")
COLUMN = Text("列", "Column")
WAS, IS = Text("原来", "Before"), Text("现在", "After")
OUTCOME, DIFFERING = Text("结果", "Outcome"), Text("变化的列", "Columns that changed")
SIDED = Text("{column}（{side}）", "{column} ({side})")
GROUPS: dict[Group, Text] = {
    "added": Text("新增", "Added"),
    "removed": Text("减少", "Removed"),
    "changed": Text("变化", "Changed"),
    "repeated": Text("键重复", "Key repeated"),
    "without": Text("没有键", "Without a key"),
}
MOST = 12  # values of a category that are told, before the rest is one


@dataclass(frozen=True, slots=True)
class Listing:
    """`total`: how many rows there are in all."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Cell | Text, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one value of a category: changed ones count where they stand now. `name` is None for
    empty cells, `others` how many values it stands for where it is the rest.
    """

    name: str | None
    added: int
    removed: int
    changed: int
    others: int = 0


def listed(
    pairing: Pairing, found: Comparison, group: Group, most: int, *, names: bool = False
) -> Listing:
    """The first rows of a group. Changed rows have a line for each cell that differs."""
    if group == "added":
        return _plainly(pairing.right, found.added, most, names)
    if group == "removed":
        return _plainly(pairing.left, found.removed, most, names)
    if group == "changed":
        return _changed(pairing, found, most, names)
    sides = found.repeated if group == "repeated" else found.without
    return _either(pairing, found.parts, sides, most, names)


def shown_by(pairing: Pairing, parts: Sequence[int]) -> list[int]:
    """The matches a row is found by: its key, and the first column of names beside it."""
    every = range(len(pairing.matches))
    names = [match for match in every if pairing.columns(match)[1].kind == "name"]
    return [*parts, *(match for match in names[:1] if match not in parts)]


def cells(sheet: LooseSheet, place: int, rows: Places, *, names: bool = False) -> list[Cell]:
    """A column's cells in these rows: the value, else the text that stands there."""
    table, at = held(sheet), pa.array(rows)
    if names and f"p{place}" in table.column_names:
        written: list[Cell] = table[f"p{place}"].take(at).to_pylist()
        return written
    values = table[f"c{place}"].take(at).to_pylist()
    texts = table[f"t{place}"].take(at).to_pylist()
    return [text if one is None else one for one, text in zip(values, texts, strict=True)]


def numbers(sheet: LooseSheet, rows: Places) -> list[int]:
    """The sheet's own numbers of these rows."""
    found: list[int] = held(sheet)["row"].take(pa.array(rows)).to_pylist()
    return found


def _plainly(sheet: LooseSheet, rows: Places, most: int, names: bool) -> Listing:
    first = rows[:most]
    columns = [cells(sheet, at, first, names=names) for at in range(len(sheet.columns))]
    heads = (ROW, *(same(column.label) for column in sheet.columns))
    return Listing(heads, tuple(zip(numbers(sheet, first), *columns, strict=True)), len(rows))


def _changed(pairing: Pairing, found: Comparison, most: int, names: bool) -> Listing:
    places, matches = np.nonzero(found.differs)
    total = len(places)
    places, matches = places[:most], matches[:most]
    left, right = found.changed[0][places], found.changed[1][places]
    who = shown_by(pairing, found.parts)
    keys = _keys(pairing, who, 1, right, names)
    before, after = (
        _each(pairing, matches, side, rows, names) for side, rows in enumerate((left, right))
    )
    labels = [same(pairing.columns(int(match))[1].label) for match in matches]
    heads = (*ROWS, *_key_heads(pairing, who), COLUMN, WAS, IS)
    lines = zip(
        numbers(pairing.left, left), numbers(pairing.right, right), *keys, labels, before, after,
        strict=True,
    )  # fmt: skip
    return Listing(heads, tuple(lines), total)


def _each(pairing: Pairing, matches: Places, side: int, rows: Places, names: bool) -> list[Cell]:
    """For each row the cell of its own column."""
    found: list[Cell] = [None] * len(rows)
    for match in np.unique(matches):
        at = np.flatnonzero(matches == match)
        sheet, place = side_of(pairing, int(match), side)
        for line, cell in zip(at, cells(sheet, place, rows[at], names=names), strict=True):
            found[line] = cell
    return found


def _either(
    pairing: Pairing, parts: Sequence[int], sides: tuple[Places, Places], most: int, names: bool
) -> Listing:
    """Rows of both tables, those of one key beside one another."""
    codes = pairing.key(parts)
    keys = np.concatenate((codes.left[sides[0]], codes.right[sides[1]]))
    side = np.repeat([0, 1], [len(sides[0]), len(sides[1])])
    rows = np.concatenate(sides)
    order = np.lexsort((rows, side, keys))[:most]
    lines: dict[int, tuple[Cell | Text, ...]] = {}
    who = shown_by(pairing, parts)
    for which, sheet in enumerate((pairing.left, pairing.right)):
        mine = order[side[order] == which]
        told = _keys(pairing, who, which, rows[mine], names)
        for at, number, *key in zip(mine, numbers(sheet, rows[mine]), *told, strict=True):
            lines[int(at)] = (SIDES[which], number, *key)
    heads = (TABLE, ROW, *_key_heads(pairing, who))
    return Listing(heads, tuple(lines[int(at)] for at in order), len(rows))


def side_of(pairing: Pairing, match: int, side: int) -> tuple[LooseSheet, int]:
    """(the table, the place of the matched column in it); 0 is the left one."""
    one = pairing.matches[match]
    return (pairing.left, one.left) if side == 0 else (pairing.right, one.right)


def _keys(
    pairing: Pairing, parts: Sequence[int], side: int, rows: Places, names: bool
) -> list[list[Cell]]:
    sides = [side_of(pairing, part, side) for part in parts]
    return [cells(sheet, place, rows, names=names) for sheet, place in sides]


def _key_heads(pairing: Pairing, parts: Sequence[int]) -> list[Text]:
    return [same(pairing.columns(part)[1].label) for part in parts]


# -- all of it, for a file -----------------------------------------------------------------------


def every(pairing: Pairing, found: Comparison) -> Listing:
    """Each row that is not the same, once, with the cells of both tables side by side; masked."""
    left, right, outcome = _lines(found)
    heads = [OUTCOME, *ROWS, DIFFERING]
    columns: list[list[Cell | Text]] = [
        [GROUPS[one] for one in outcome],
        _sided(pairing.left, None, left), _sided(pairing.right, None, right),
        _differing(pairing, found, len(outcome)),
    ]  # fmt: skip
    for sheet, place, head in _heads(pairing):
        heads.append(head)
        columns.append(_sided(sheet, place, left if sheet is pairing.left else right))
    return Listing(tuple(heads), tuple(zip(*columns, strict=True)), len(outcome))


def _lines(found: Comparison) -> tuple[Places, Places, list[Group]]:
    """The rows' places, -1 where a table has none; changed ones first."""

    def none(rows: Places) -> Places:
        return np.full(len(rows), -1)

    groups: list[tuple[Group, Places, Places]] = [
        ("changed", found.changed[0], found.changed[1]),
        ("added", none(found.added), found.added),
        ("removed", found.removed, none(found.removed)),
    ]
    both: list[tuple[Group, tuple[Places, Places]]] = [
        ("repeated", found.repeated),
        ("without", found.without),
    ]
    for group, sides in both:
        groups += [(group, sides[0], none(sides[0])), (group, none(sides[1]), sides[1])]
    outcome = [group for group, rows, _ in groups for _ in rows]
    left, right = (np.concatenate([one[at] for one in groups]) for at in (1, 2))
    return left, right, outcome


def _heads(pairing: Pairing) -> list[tuple[LooseSheet, int, Text]]:
    """Matched columns side by side, then what only one table has."""
    told = []
    for match in pairing.matches:
        for side, (sheet, place) in enumerate(
            ((pairing.left, match.left), (pairing.right, match.right))
        ):
            told.append((sheet, place, _headed(sheet, place, side)))
    for side, sheet in enumerate((pairing.left, pairing.right)):
        taken = {match.left if side == 0 else match.right for match in pairing.matches}
        open_ = [place for place in range(len(sheet.columns)) if place not in taken]
        told += [(sheet, place, _headed(sheet, place, side)) for place in open_]
    return told


def _headed(sheet: LooseSheet, place: int, side: int) -> Text:
    return SIDED.format(column=sheet.columns[place].label, side=SIDES[side])


def _sided(sheet: LooseSheet, place: int | None, rows: Places) -> list[Cell | Text]:
    """A column's cells, or the rows' numbers; nothing where the table has no such row."""
    there = rows[rows >= 0]
    found = iter(numbers(sheet, there) if place is None else cells(sheet, place, there))
    return [next(found) if row >= 0 else None for row in rows]


def _differing(pairing: Pairing, found: Comparison, height: int) -> list[Cell | Text]:
    labels = [pairing.columns(match)[1].label for match in range(len(pairing.matches))]
    told = ["、".join(labels[at] for at in np.flatnonzero(row)) for row in found.differs]
    return [*told, *[None] * (height - len(told))]


# -- by a category -------------------------------------------------------------------------------


def categories(pairing: Pairing) -> list[int]:
    """The matches by which rows may be counted."""
    return [
        match
        for match, one in enumerate(pairing.matches)
        if is_category(pairing.left, one.left)
        and is_category(pairing.right, one.right)
        and max(column.distinct for column in pairing.columns(match)) > 1
    ]


def parted(pairing: Pairing, found: Comparison, match: int) -> list[Part]:
    """The values with the most to tell first, what is beyond twelve as one."""
    added = Counter(_names(pairing, match, 1, found.added))
    removed = Counter(_names(pairing, match, 0, found.removed))
    changed = Counter(_names(pairing, match, 1, found.changed[1]))
    every = added + removed + changed
    names = sorted(every, key=lambda name: (-every[name], name or ""))
    parts = [Part(name, added[name], removed[name], changed[name]) for name in names]
    if len(parts) <= MOST:
        return parts
    tail = parts[MOST - 1 :]
    sums = (sum(one.added for one in tail), sum(one.removed for one in tail))
    return [*parts[: MOST - 1], Part(None, *sums, sum(one.changed for one in tail), len(tail))]


def _names(pairing: Pairing, match: int, side: int, rows: Places) -> list[str | None]:
    sheet, place = side_of(pairing, match, side)
    return [None if cell is None else str(cell) for cell in cells(sheet, place, rows)]
