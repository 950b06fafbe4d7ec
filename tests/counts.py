"""Charts of dropped tables made by hand: every form, gaps, the tail, the empty."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dashboard.exploring.charting.recipe import Amount, Counted, Form, Name, Recipe
from dashboard.text import Text, same

EMPTY = Name(Text("（空）", "(empty)"))
REST = Name(Text("其余7项", "7 others"), rest=True)
MONTHS = tuple(
    Text(f"2025年{at}月", f"{en} 2025") for at, en in enumerate(("Jan", "Feb", "Mar"), 1)
)
DEPARTMENTS = ("语文组", "数学组", "后勤")


def amounts(*values: str | None, rows: int = 9) -> tuple[Amount, ...]:
    return tuple(Amount(None if one is None else Fraction(one), rows) for one in values)


def named(*words: str) -> tuple[Name, ...]:
    return tuple(Name(same(word), word) for word in words)


def series(*values: str | None, rows: int = 9) -> tuple[Name, tuple[Amount, ...]]:
    """The only one of a chart without a split."""
    return Name(Text("金额合计", "total amount")), amounts(*values, rows=rows)


def of(
    form: Form,
    names: Sequence[Name],
    lines: Sequence[tuple[Name, tuple[Amount, ...]]],
    **more: object,
) -> Counted:
    split = 2 if len(lines) > 1 else None
    told = {
        "recipe": Recipe(form, 0, "sum", 1, split),
        "title": Text("各部门金额合计", "total amount by department"),
        "along": Text("部门", "Department"),
        "measured": Text("金额合计", "total amount"),
        "unit": "yuan",
        "used": 30,
    }
    return Counted(**(told | {"names": tuple(names), "series": tuple(lines)} | more))  # type: ignore[arg-type]


BARS = of(
    "bars",
    (*named(*DEPARTMENTS), REST, EMPTY),
    [series("51600.5", "42300", "3000.25", "900", "55")],
)
COLUMNS = of(
    "columns",
    named(*DEPARTMENTS),
    [(*named("男"), amounts("3", "20", "31")), (*named("女"), amounts("13", None, "0"))],
    unit="number",
    suffix="人",
)
LINES = of(
    "lines",
    [Name(month, f"2025-0{at}") for at, month in enumerate(MONTHS, 1)],
    [series("0.5", None, "0.75")],
    unit="ratio",
)
HEAT = of(
    "heat",
    (*named(*DEPARTMENTS), EMPTY),
    [
        (*named("慰问"), amounts("120000", None, "30000", "0")),
        (*named("培训"), amounts("1", "2.5", "90000", "4")),
    ],
)
POINTS = of(
    "points",
    (),
    (),
    along=Text("年龄", "Age"),
    measured=Text("金额", "amount"),
    dots=tuple((Fraction(age), Fraction(age * age * 7)) for age in range(22, 60)),
)
EVERY = {"bars": BARS, "columns": COLUMNS, "lines": LINES, "heat": HEAT, "points": POINTS}
