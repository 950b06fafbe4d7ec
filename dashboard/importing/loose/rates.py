"""Rates that are written as 85% here, as 0.85 there and as 85 elsewhere: one share of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dashboard.contracts.spelling import folded
from dashboard.importing.columns import Cell

_SIGN = re.compile(r"%|百分|percent", re.IGNORECASE)
_SHARE = Decimal("1.5")  # a number up to here is a share where others are
_BEYOND = Decimal(10)  # no share, wherever it stands


def is_in_hundreds(numbers: Sequence[Decimal]) -> bool:
    """Whether most of the numbers written without a sign are no shares: 85, 90, 100."""
    told = [abs(number) > _SHARE for number in numbers if number]
    return sum(told) * 2 > len(told)


def shares(label: str, cells: Sequence[Cell], found: Sequence[Any]) -> list[Any]:
    """Each cell's value as a share; None for a number that may be a share or hundredths."""
    bare = [one is not None and not _signed(cell) for cell, one in zip(cells, found, strict=True)]
    numbers = [one for one, plain in zip(found, bare, strict=True) if plain]
    hundreds, said = is_in_hundreds(numbers), bool(_SIGN.search(folded(label)))
    return [
        _share(one, hundreds, said) if plain else one
        for one, plain in zip(found, bare, strict=True)
    ]


def _signed(cell: Cell) -> bool:
    return isinstance(cell, str) and folded(cell).strip().endswith("%")


def _share(number: Decimal, hundreds: bool, said: bool) -> Decimal | None:
    if not hundreds:
        return number if abs(number) <= _BEYOND else None
    return number.scaleb(-2) if said or not number or abs(number) > _SHARE else None
