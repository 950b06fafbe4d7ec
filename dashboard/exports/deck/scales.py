"""How a chart's numbers are written: told from the words that stand beside them on the screen.

A chart that somebody edits writes new numbers by its number format, so that must say what our
words say: `98.3%`, `1,234`, `12.35 万元`. Money is divided as on the screen, because a number
format can divide by a thousand only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dashboard.exhibits.model import Cell
from dashboard.text import exact, rounded

_WORDS = re.compile(r"([^\d]*?)([-−+]?)([^\d−+-]*?)([\d,]+)(?:\.(\d+))?(.*)", re.DOTALL)
_DIVISORS = {"万元": 10_000, "k": 1_000}


@dataclass(frozen=True, slots=True)
class Scale:
    """`before` and `after` stand around the number; `signed` numbers have a plus or a minus."""

    before: str = ""
    after: str = ""
    places: int = 0
    divisor: int = 1
    signed: bool = False
    percent: bool = False

    def size(self, cell: Cell) -> float | None:
        """The value on the chart's own scale; None for a gap."""
        if isinstance(cell.value, str) or not isinstance(
            cell.value, int | float | Decimal | Fraction
        ):
            return None
        return float(exact(cell.value) / self.divisor)

    def words(self, size: float) -> str:
        """The number as the format writes it."""
        shown = rounded(abs(size) * (100 if self.percent else 1), self.places)
        sign = ("−" if size < 0 else "+" if size > 0 else "") if self.signed else ""
        return f"{sign or ('-' if size < 0 and shown else '')}{self.before}{shown:,}{self.after}"

    @property
    def code(self) -> str:
        """The same as a number format."""
        digits = ("0" if self.percent else "#,##0") + (
            "." + "0" * self.places if self.places else ""
        )
        whole = f"{_quoted(self.before)}{digits}{'%' if self.percent else _quoted(self.after)}"
        return f"+{whole};−{whole};{whole}" if self.signed else whole

    @property
    def unit(self) -> str:
        """What may be said once for all numbers instead of beside each."""
        return "" if self.percent else f"{self.before}{self.after}".strip()

    def coarse(self, step: float) -> Scale:
        """For an axis: no more decimals than its steps need."""
        shown = step * (100 if self.percent else 1)
        places = next((n for n in range(self.places) if abs(shown * 10**n % 1) < 1e-9), self.places)
        return replace(self, places=places, before="", after="" if not self.percent else self.after)

    def bare(self) -> Scale:
        """Without its unit, which is then said once."""
        if self.percent:
            return self
        return Scale("", "", self.places, self.divisor, self.signed)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"' if words else ""


def scale(cells: Iterable[Cell]) -> Scale:
    """What most of the words have in common."""
    found = Counter(_of(cell.text) for cell in cells if cell.value is not None)
    return found.most_common(1)[0][0] if found else Scale()


def _of(text: str) -> Scale:
    parts = _WORDS.fullmatch(text)
    if parts is None:
        return Scale()
    before, sign, more, _, decimals, after = parts.groups()
    divisor = next((n for word, n in _DIVISORS.items() if after.strip() == word), 1)
    signed = sign in ("−", "+") or text == "0"
    return Scale(f"{before}{more}", after, len(decimals or ""), divisor, signed, after == "%")
