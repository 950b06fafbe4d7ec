"""The number a page's cell tells beside its text: Excel's x:num, LibreOffice's sdval.

The text is what the cell's format showed, which may have cut decimals or shrunk the number.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from dashboard.importing.columns import Cell
from dashboard.importing.formats.scaling import Scaling

_AROUND = re.compile(r"[\s,，¥￥$]")  # signs that a format adds
_DIVISORS = (1, 1_000, 10_000, 1_000_000)


def number(text: str, told: str) -> tuple[Cell, Scaling | None]:
    """The cell, and how its format shrinks it: the text itself where it lost nothing or shows
    something else, as a day does.
    """
    seen, exact = _decimal(_AROUND.sub("", text)), _decimal(told)
    if seen is None or exact is None or seen == exact:
        return text, None
    step = Decimal(1).scaleb(int(seen.as_tuple().exponent))
    for divisor in _DIVISORS:
        if abs(exact / divisor - seen) * 2 <= step:
            decimals = max(0, -int(seen.as_tuple().exponent))
            return _plain(exact), Scaling(divisor, decimals) if divisor > 1 else None
    return text, None


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 30 else None


def _plain(exact: Decimal) -> int | float:
    """As a workbook holds it: from 10^15 on, its last digits are not known."""
    return int(exact) if exact == int(exact) and abs(exact) < 10**15 else float(exact)
