"""Tables as the loose reading hands them on, made of plain values; and counted by a second road."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa

from dashboard.exploring.charting.recipe import Recipe
from dashboard.importing.loose.model import Kind, LooseColumn, LooseSheet

TYPES: dict[str, Any] = {"date": pa.date32(), "yes_no": pa.bool_()}
NUMBERS = ("money", "number", "count", "ratio")
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "": 1}
EMPTY, UNFIT = "empty", "unfit"
Cell = Any  # a value, None for an empty cell, or ("text",) for one that is not what it should be


def sheet_of(
    *columns: tuple[str, Kind, Sequence[Cell]], unit: str = "", scale: int = 2
) -> LooseSheet:
    """(header, kind, cells) of each column."""
    told, arrays, names = [], [], ["row"]
    for place, (header, kind, cells) in enumerate(columns):
        values = [None if isinstance(cell, tuple) else cell for cell in cells]
        texts = [cell[0] if isinstance(cell, tuple) else None for cell in cells]
        filled = sum(cell is not None for cell in cells)
        misfits = sum(text is not None for text in texts)
        held = pa.decimal128(38, scale) if kind in NUMBERS else TYPES.get(kind, pa.string())
        arrays += [pa.array(values, held), pa.array(texts, pa.string())]
        names += [f"c{place}", f"t{place}"]
        told.append(
            LooseColumn(
                header, chr(65 + place), kind, filled, len(cells) - filled, misfits,
                len(set(cells) - {None}), unit if kind == "money" else "",
            )
        )  # fmt: skip
    rows = pa.array(range(2, 2 + len(columns[0][2])), pa.int32())
    return LooseSheet("表", columns=told, table=pa.table([rows, *arrays], names=names))


def cells(sheet: LooseSheet, place: int) -> list[Any]:
    """Each row's value, EMPTY or UNFIT; money in yuan."""
    assert sheet.table is not None
    column = sheet.columns[place]
    values, texts = (sheet.table[f"{letter}{place}"].to_pylist() for letter in "ct")
    factor = UNITS[column.unit] if column.kind == "money" else 1
    found = []
    for value, text in zip(values, texts, strict=True):
        if value is None:
            found.append(EMPTY if text in (None, "-", "—", "无") else UNFIT)
        else:
            found.append(Fraction(value) * factor if isinstance(value, Decimal) else value)
    return found


def of_step(value: date | str, step: str) -> str:
    """The words the values of names have for a step, made from the calendar anew."""
    if isinstance(value, str):
        year, month = (value[:4], int(value[5:])) if len(value) == 7 else (value, 0)
        if step == "month" or len(value) == 4:
            return value
    else:
        year, month = f"{value.year:04d}", value.month
    return {
        "day": lambda: str(value),
        "week": lambda: value.strftime("%G-W%V"),
        "month": lambda: f"{year}-{month:02d}",
        "quarter": lambda: f"{year}-Q{(month + 2) // 3}",
        "year": lambda: year,
        "school_year": lambda: (
            f"{int(year)}-{int(year) + 1}" if month >= 9 else f"{int(year) - 1}-{year}"
        ),
    }[step]()


def keys(sheet: LooseSheet, place: int, step: str) -> list[Any]:
    """What each row is called along; None where a category is empty."""
    kind, found = sheet.columns[place].kind, cells(sheet, place)
    if kind in ("date", "month", "year"):
        return [one if one in (EMPTY, UNFIT) else of_step(one, step) for one in found]
    if kind == "yes_no":
        return [None if one == EMPTY else one if one == UNFIT else "yes" if one else "no"
                for one in found]  # fmt: skip
    return [None if one == EMPTY else one for one in found]


def median(values: list[Fraction]) -> Fraction:
    held = sorted(values)
    return (held[(len(held) - 1) // 2] + held[len(held) // 2]) / 2


TOLD: dict[str, Callable[[list[Any]], Fraction]] = {
    "rows": lambda values: Fraction(len(values)),
    "sum": lambda values: sum(values, Fraction(0)),
    "mean": lambda values: sum(values, Fraction(0)) / len(values),
    "median": median,
    "distinct": lambda values: Fraction(len(set(values))),
}


def marks(
    sheet: LooseSheet, recipe: Recipe
) -> tuple[dict[tuple[Any, Any], list[Any]], dict[str, int]]:
    """(the values of each mark by its names; the rows that are used, empty, unfit). A mark whose
    rows have no value is there, and empty.
    """
    rows = sheet.rows
    along = keys(sheet, recipe.by, recipe.step)
    split = [""] * rows if recipe.split is None else keys(sheet, recipe.split, recipe.step)
    measure = [1] * rows if recipe.measure is None else cells(sheet, recipe.measure)
    found: dict[tuple[Any, Any], list[Any]] = {}
    told = {"used": 0, "empty": 0, "unfit": 0}
    for one, other, value in zip(along, split, measure, strict=True):
        if UNFIT in (one, other) or value == UNFIT:
            told["unfit"] += 1
            continue
        if one == EMPTY:
            told["empty"] += 1
            continue
        mark = found.setdefault((one, other), [])
        told["empty" if value == EMPTY else "used"] += 1
        if value != EMPTY:
            mark.append(value)
    return found, told
