"""The calendar's table: whether people work on a day, and how many working days came before."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

from dashboard.schema import Cursor
from dashboard.workdays import Workdays, days

FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
_INSERT = (
    "insert into calendar select unnest($day), unnest($working), unnest($known), unnest($worked)"
)


def fill(cursor: Cursor, workdays: Workdays) -> None:
    """Every day from FIRST to LAST; written only where the table says something else.

    Of two days of the table, the difference of their `worked` is `workdays.between` them.
    """
    every = list(days(FIRST, LAST))
    working = [workdays.is_working_day(day) for day in every]
    known = [workdays.is_known(day) for day in every]
    there = cursor.execute("select day, is_working, is_known from calendar order by day")
    if there.fetchall() == list(zip(every, working, known, strict=True)):
        return
    cursor.execute("delete from calendar")
    worked = list(accumulate(map(int, working)))
    rows = {"day": every, "working": working, "known": known, "worked": worked}
    cursor.execute(_INSERT, rows)
