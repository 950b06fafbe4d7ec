"""Numbers as they are typed into a table and shown there again, exact: 66.67%, 300, 1/3."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

# Bounded, so that no number typed in keeps the computer busy.
_WRITTEN = re.compile(r"(\d{1,12}(?:\.\d{1,8})?)(?:/(\d{1,12}))?(%)?")


def read(typed: str) -> tuple[Fraction, bool] | None:
    """The number, and whether it was written as per cent or as a fraction, which says its unit;
    None for what is none. A percentage comes as its share of one.
    """
    plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "")
    found = _WRITTEN.fullmatch(plain)
    if found is None or (found[2] and not int(found[2])):
        return None
    value = Fraction(found[1]) / int(found[2] or 1)
    return (value / 100 if found[3] else value), bool(found[2] or found[3])


def share(typed: str) -> Fraction | None:
    """A share: `95%`, `95` and `19/20` are the same; `0.95` may mean either and is none."""
    found = read(typed)
    if found is None:
        return None
    value, is_plain = found[0], found[1]
    if is_plain or value == 0:
        return value
    return value / 100 if value > 1 else None


def shown(value: Fraction) -> str:
    """With a decimal point where that is exact, else as a fraction."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest > 1:
        return str(value)
    return f"{value.numerator / value.denominator:.8f}".rstrip("0").rstrip(".")


def shown_share(value: Fraction) -> str:
    told = shown(value * 100)
    return str(value) if "/" in told else f"{told}%"


# -- cells of a table that is typed into ------------------------------------------------------


def words(cell: Any) -> str:
    """A cell's text; nothing where it is empty."""
    return "" if _is_empty(cell) else str(cell).strip()


def day(cell: Any) -> date | None:
    """A cell's day."""
    if _is_empty(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else date.fromisoformat(str(cell)[:10])


def _is_empty(cell: Any) -> bool:
    return cell is None or (not isinstance(cell, str) and bool(pd.isna(cell)))
