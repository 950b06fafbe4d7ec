"""Number formats that show less than the cell holds: thousands (`#,##0,`) and 万元 (`0!.0,`).

Excel: a comma after the last digit divides what is shown by a thousand. Chinese users put a point
of their own (`!.`, `\\.` or `"."`) before the last digits to reach ten thousand. ECMA-376 §18.8.31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[[^\]]*\]|([0#?]|,|\.)|.', re.DOTALL)
_POINTS = (".", "．", "·")  # in whichever width it is typed
_THOUSANDS = re.compile(r"0(,+)(?=\.|$)")
_OWN_POINT = re.compile(r"0p(0+)")
_LEAST = re.compile(r"\[>=?(\d+(?:\.\d+)?)\]")
_TENTHS = re.compile(r"[.p](0+)")


@dataclass(frozen=True, slots=True)
class Scaling:
    """What stands on the screen is the cell's number / `divisor`, with so many decimals; for
    numbers from `least` on (`[>=10000]0!.0,`).
    """

    divisor: int
    decimals: int
    least: float = 0.0

    def holds(self, number: float) -> bool:
        """Whether it changes what is seen; nought looks the same in any format."""
        return number != 0 and abs(number) >= self.least

    def shown(self, stored: float) -> str:
        return f"{stored / self.divisor:,.{self.decimals}f}"


def scaling(code: str) -> Scaling | None:
    """What a number format's code does to a positive number; None where nothing."""
    shape = "".join(map(_shape, _TOKEN.finditer(_positive(code))))
    commas = _THOUSANDS.search(shape)
    own = _OWN_POINT.search(shape)
    divisor = 1000 ** (len(commas[1]) if commas else 0) * 10 ** (len(own[1]) if own else 0)
    tenths = _TENTHS.search(shape)
    least = _LEAST.search(_positive(code))
    decimals = len(tenths[1]) if tenths else 0
    return Scaling(divisor, decimals, float(least[1]) if least else 0.0) if divisor > 1 else None


def _positive(code: str) -> str:
    """The first of the code's sections."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code, maxsplit=1)[0]


def _shape(token: re.Match[str]) -> str:
    """0 for a digit, p for a point that is only text, nothing for other text."""
    quoted, escaped, sign = token.groups()
    if (quoted or escaped) in _POINTS:
        return "p"
    return "" if sign is None else "0" if sign in "0#?" else sign
