"""Number formats that show other than the cell holds: thousands (`#,##0,`) and 万元 (`0!.0,`), a
unit in words (`0.00"万元"`), another currency or a minus (`"US$"0.00`, `-0.00`).

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
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(-[^\]]*)?\]")
_BESIDE = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[[^\]]*\]|(.)', re.DOTALL)
_UNIT = re.compile(r"(?:百万|千万|[百千万亿])元?")
_FOREIGN = re.compile(
    r"(?:US|HK|AU|CA)\$|[€£₩]|USD|EUR|HKD|JPY|GBP|美[元金]|[港日欧]元|港币|英镑|元/", re.IGNORECASE
)
_MINUS = re.compile(r"[-−–▲△]$|\($")


@dataclass(frozen=True, slots=True)
class Scaling:
    """What stands on the screen is the cell's number / `divisor`, with so many decimals; for
    numbers from `least` on (`[>=10000]0!.0,`). `before` and `after`: words that change what it
    means, 万元 or US$, where nothing is divided.
    """

    divisor: int
    decimals: int
    least: float = 0.0
    before: str = ""
    after: str = ""

    @property
    def unit(self) -> str:
        """万元 where the format writes it behind the number."""
        return self.after if _UNIT.fullmatch(self.after) else ""

    def holds(self, number: float) -> bool:
        """Whether it changes what is seen; nought looks the same in any format."""
        return number != 0 and abs(number) >= self.least

    def shown(self, stored: float) -> str:
        return f"{self.before}{stored / self.divisor:,.{self.decimals}f}{self.after}"


def scaling(code: str) -> Scaling | None:
    """What a number format's code does to a positive number; None where nothing."""
    code = _GENERAL.sub("0", code)
    shape = "".join(map(_shape, _TOKEN.finditer(_positive(code))))
    commas = _THOUSANDS.search(shape)
    own = _OWN_POINT.search(shape)
    divisor = 1000 ** (len(commas[1]) if commas else 0) * 10 ** (len(own[1]) if own else 0)
    tenths = _TENTHS.search(shape)
    least = _LEAST.search(_positive(code))
    decimals = len(tenths[1]) if tenths else 0
    from_on = float(least[1]) if least else 0.0
    if divisor > 1:
        return Scaling(divisor, decimals, from_on)
    before, after = _beside(_positive(code))
    return Scaling(1, decimals, from_on, before, after) if before or after else None


def _beside(code: str) -> tuple[str, str]:
    """The words before and after the digits, where they change what the number means."""
    marked = "".join(map(_written, _BESIDE.finditer(_CURRENCY.sub(_symbol, code))))
    before, figures, rest = marked.partition("\0")
    after = rest.rpartition("\0")[2].strip(" .,")
    before = before.strip()
    told = _FOREIGN.search(before + after) or (figures and _MINUS.search(before))
    return (before, after) if told else ("", after if figures and _UNIT.fullmatch(after) else "")


def _symbol(found: re.Match[str]) -> str:
    """[$US$-409] writes US$; [$$-409] the dollar of a country."""
    sign = "US$" if found[1] == "$" and found[2] else found[1]
    return f'"{sign}"'


def _written(token: re.Match[str]) -> str:
    """Words as they are; a digit as a mark that no format holds."""
    quoted, escaped, other = token.groups()
    if other and other in "0#?":
        return "\0"
    return quoted or escaped or other or ""


def _positive(code: str) -> str:
    """The first of the code's sections."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code, maxsplit=1)[0]


def _shape(token: re.Match[str]) -> str:
    """0 for a digit, p for a point that is only text, nothing for other text."""
    quoted, escaped, sign = token.groups()
    if (quoted or escaped) in _POINTS:
        return "p"
    return "" if sign is None else "0" if sign in "0#?" else sign
