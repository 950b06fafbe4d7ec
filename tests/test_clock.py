"""Times of day: what people write, what punch clocks print, what has two readings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Surroundings
from dashboard.importing.columns import Cell
from dashboard.importing.values.clock import read_time
from dashboard.importing.values.coerce import Reader
from dashboard.importing.values.dates import Unreadable

SIGNED_AT = DATASETS["attendance"].column("signed_at")


@pytest.mark.parametrize(
    ("cell", "read"),
    [(3000, "00:30"), ("3000", "00:30"), (103928, "10:39:28"), (80000, "08:00"), (5, "00:00:05"),
     ("0830", "08:30"), ("8:30", "08:30"), ("８：３０", "08:30"), ("08:30:15", "08:30:15"),
     ("上午8:30", "08:30"), ("下午2:30", "14:30"), ("2:30 PM", "14:30"), ("12:05am", "00:05"),
     ("8点30分", "08:30"), ("8点半", "08:30"), ("2018-10-30 10:39:28", "10:39:28"),
     ("2017年3月8日8:30", "08:30"), (datetime(2018, 10, 30, 10, 39, 28), "10:39:28"),
     (time(8, 30), "08:30"), (timedelta(hours=8, minutes=30), "08:30"), (0.5, "12:00"),
     (43000.75, "18:00")],
    ids=repr,
)  # fmt: skip
def test_a_time_in_every_spelling(cell: Cell, read: str) -> None:
    assert read_time(cell) == read


@pytest.mark.parametrize("cell", [830, "830", 1730, "1730"], ids=repr)
def test_minutes_or_hours_first_is_not_guessed(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="ambiguous_time"):
        read_time(cell)


@pytest.mark.parametrize(
    "cell", ["已签", "8:3①", "24:00", "8:75", 9999999, -1, 250000, True, None, float("nan"), "8.30",
             timedelta(days=2), date(2017, 3, 8)], ids=repr
)  # fmt: skip
def test_what_is_no_time_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="bad_time"):
        read_time(cell)


@given(st.times())
def test_every_spelling_of_a_time_comes_back(moment: time) -> None:
    exact = moment.replace(microsecond=0)
    words = f"{exact:%H}点{exact:%M}分{exact:%S}秒"
    for cell in (exact, f"{exact:%H:%M:%S}", words, datetime.combine(date(2017, 3, 8), exact)):
        assert time.fromisoformat(read_time(cell)) == exact


@given(st.text(max_size=20) | st.floats() | st.integers())
def test_nothing_but_unreadable_is_ever_raised(cell: Cell) -> None:
    try:
        read_time(cell)
    except Unreadable:
        return


def test_a_day_alone_tells_no_time_and_is_no_mistake() -> None:
    assert Reader(Surroundings()).read(SIGNED_AT, "2017-03-08", "E3") == (None, [])
