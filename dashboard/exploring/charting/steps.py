"""Time in steps: which step a day, a month or a year belongs to, and how steps are called.

A step is a whole number that grows by one from each step to the next, so that the empty steps
between two are known. Its key says the same in letters, each step's in a form of its own:
2025-03-07, 2025-W10 (ISO weeks, from Monday), 2025-03, 2025-Q1, 2025, 2024-2025 (a school year,
September to August). Months whose year nobody wrote are 03 or, in quarters, Q1; no year is made up
for them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, get_args

from dashboard.exploring.charting.recipe import Step
from dashboard.text import MONTHS_EN, Text, same

Spelling = Literal[
    "day", "week", "month", "quarter", "year", "school_year", "of_year", "quarter_of"
]
STEPS: tuple[Step, ...] = get_args(Step)
AUTUMN = 9  # the month a school year begins with
_FORMS: tuple[tuple[Spelling, re.Pattern[str]], ...] = (
    ("day", re.compile(r"\d{4}-\d{2}-\d{2}")),
    ("week", re.compile(r"\d{4}-W\d{2}")),
    ("month", re.compile(r"\d{4}-\d{2}")),
    ("quarter", re.compile(r"\d{4}-Q\d")),
    ("year", re.compile(r"\d{4}")),
    ("school_year", re.compile(r"\d{4}-\d{4}")),
    ("of_year", re.compile(r"\d{2}")),
    ("quarter_of", re.compile(r"Q\d")),
)


def spelling(step: Step, lone: bool) -> Spelling:
    """How a step is spelled; `lone` are months without a year."""
    if not lone:
        return step
    return "quarter_of" if step == "quarter" else "of_year"


def spelling_of(key: str) -> Spelling | None:
    """Which step a key is one of."""
    return next((form for form, pattern in _FORMS if pattern.fullmatch(key)), None)


def day_of(value: date | str) -> date:
    """The first day a value means: of 2025-03, of 2025; of a month without a year, in year 1."""
    if isinstance(value, date):
        return value
    if len(value) == 2:
        return date(1, int(value), 1)
    return date(int(value[:4]), int(value[5:7] or 1), 1)


def ordinal(on: date, by: Spelling) -> int:
    """The number of the step a day lies in."""
    months = on.year * 12 + on.month - 1
    return {
        "day": on.toordinal(),
        "week": (on.toordinal() - 1) // 7,
        "month": months,
        "quarter": months // 3,
        "year": on.year,
        "school_year": (months - AUTUMN + 1) // 12,
        "of_year": on.month,
        "quarter_of": (on.month + 2) // 3,
    }[by]


def key(step: int, by: Spelling) -> str:
    """The step's letters."""
    if by == "day":
        return date.fromordinal(step).isoformat()
    if by == "week":
        year, week, _ = (date(1, 1, 1) + timedelta(weeks=step)).isocalendar()
        return f"{year:04d}-W{week:02d}"
    year, part = divmod(step, 12 if by == "month" else 4)
    return {
        "month": f"{year:04d}-{part + 1:02d}",
        "quarter": f"{year:04d}-Q{part + 1}",
        "year": f"{step:04d}",
        "school_year": f"{step:04d}-{step + 1:04d}",
        "of_year": f"{step:02d}",
        "quarter_of": f"Q{step}",
    }[by]


def words(letters: str, by: Spelling) -> Text:
    """How people call a step, by its key."""
    year, part = letters[:4], letters[5:]
    if by == "day":
        return same(letters)
    if by == "week":
        return Text(f"{year}年第{int(part[1:])}周", f"{year} week {int(part[1:])}")
    if by == "month":
        return Text(f"{year}年{int(part)}月", f"{MONTHS_EN[int(part) - 1]} {year}")
    if by == "quarter":
        return Text(f"{year}年第{part[1:]}季度", f"{year} {part}")
    return _without_year(letters, by)


def _without_year(letters: str, by: Spelling) -> Text:
    if by == "year":
        return Text(f"{letters}年", letters)
    if by == "school_year":
        span = letters.replace("-", "–")
        return Text(f"{span}学年", span)
    if by == "of_year":
        return Text(f"{int(letters)}月", MONTHS_EN[int(letters) - 1])
    return Text(f"第{letters[1:]}季度", letters)


STEP_WORDS: dict[Step, Text] = {
    "day": Text("每日", "by day"),
    "week": Text("每周", "by week"),
    "month": Text("每月", "by month"),
    "quarter": Text("每季度", "by quarter"),
    "year": Text("每年", "by year"),
    "school_year": Text("每学年", "by school year"),
}
