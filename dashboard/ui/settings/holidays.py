"""Days on which the school rests or works out of turn, beside the public calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import workdays
from dashboard.answers import Answer
from dashboard.text import Lang, Text
from dashboard.ui.settings import amounts
from dashboard.ui.settings.draft import Draft
from dashboard.warehouse.chosen import Setting

Stretch = tuple[date, date, bool]

OWN = Text("本校放假与上班日", "The school's own days off and on")
OWN_SAYS = Text(
    "与国家安排不同的日子填在这里，以此为准；只有一天的，两个日期填同一天。",
    "Days that differ from the public calendar; they stand above it. One day: the same day twice.",
)
PUBLIC = Text("国家节假日与调休", "The public calendar")
PUBLIC_SAYS = Text("按国务院办公厅通知，已内置。", "By the State Council's notices, built in.")
UNKNOWN = Text(
    "{years} 年尚无公布的放假安排，涉及该年的工作日天数不显示。",
    "For {years} nothing is announced yet; working days of that time are not shown.",
)
YEAR = Text("年份", "Year")
FIRST, LAST, WHAT = Text("起", "From"), Text("止", "Until"), Text("安排", "What")
DAYS = Text("天数", "Days")
WORDS = {"off": Text("放假", "Day off"), "on": Text("上班", "Working day")}
INCOMPLETE = Text(
    "第 {row} 行不完整：请填写起、止日期，并选择放假或上班。",
    "Row {row} is not complete: it needs both days, and day off or working day.",
)
BACKWARDS = Text("第 {row} 行的起止日期颠倒了。", "Row {row} ends before it begins.")
TOO_LONG = Text("第 {row} 行超过一年，请核对年份。", "Row {row} is longer than a year.")
TWICE = Text(
    "{day} 既放假又上班，请改其中一行。", "{day} is both off and on; mend one of the rows."
)
A_YEAR = timedelta(days=366)


def holidays(draft: Draft, answer: Answer, lang: Lang) -> Setting | Text:
    st.markdown(f"**{OWN(lang)}**")
    st.caption(OWN_SAYS(lang))
    rows = [
        (first, last, "on" if works else "off")
        for first, last, works in stretches(draft.school.holidays)
    ]
    frame = pd.DataFrame(rows, columns=["first", "last", "what"])
    kinds = {"first": "datetime64[us]", "last": "datetime64[us]", "what": "str"}
    edited: pd.DataFrame = st.data_editor(
        frame.astype(kinds),
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        key=draft.key("holidays"),
        alt=OWN(lang),
        column_config={
            "first": st.column_config.DateColumn(FIRST(lang), format="YYYY-MM-DD"),
            "last": st.column_config.DateColumn(LAST(lang), format="YYYY-MM-DD"),
            "what": st.column_config.SelectboxColumn(
                WHAT(lang), options=list(WORDS), format_func=lambda word: WORDS[str(word)](lang)
            ),
        },
    )
    return days(edited.to_dict("records"))


def stretches(held: Mapping[date, bool]) -> list[Stretch]:
    """Days in a row that say the same, as one: first, last, and whether people work."""
    placed = enumerate(sorted(held.items()))
    runs = groupby(placed, lambda one: (one[1][0] - timedelta(days=one[0]), one[1][1]))
    found = [[day for _, (day, _) in run] for _, run in runs]
    return [(run[0], run[-1], held[run[0]]) for run in found]


def days(rows: Iterable[Mapping[Any, Any]]) -> dict[str, bool] | Text:
    """Every day by itself, True where people work; or what is wrong with a row."""
    found: dict[str, bool] = {}
    for place, row in enumerate(rows, start=1):
        first, last = amounts.day(row["first"]), amounts.day(row["last"])
        word = amounts.words(row["what"])
        if not (first or last or word):
            continue
        if not (first and last and word):
            return INCOMPLETE.format(row=place)
        if not timedelta() <= last - first < A_YEAR:
            return (BACKWARDS if last < first else TOO_LONG).format(row=place)
        for day in workdays.days(first, last):
            if found.setdefault(day.isoformat(), word == "on") != (word == "on"):
                return TWICE.format(day=day)
    return dict(sorted(found.items()))


# -- the public calendar ----------------------------------------------------------------------


def public(answer: Answer, lang: Lang) -> None:
    """The built-in calendar of one year, to look at; and the years nobody knows yet."""
    known = sorted(workdays.shipped().years)
    st.markdown(f"**{PUBLIC(lang)}** :gray[:small[{PUBLIC_SAYS(lang)}]]")
    if missing := list(unknown(answer)):
        between = "、" if lang == "zh" else ", "
        told = UNKNOWN.format(years=between.join(map(str, missing)))
        st.caption(f":material/info: {told(lang)}")
    this = answer.filters.today.year
    year = st.selectbox(
        YEAR(lang),
        known,
        index=known.index(this) if this in known else len(known) - 1,
        key="public_year",
        label_visibility="collapsed",
        width=140,
    )
    _announced(year, lang)


def unknown(answer: Answer) -> Iterator[int]:
    """Years of the school's data, and the coming one, whose holidays nobody told."""
    known = workdays.shipped().with_own(answer.school.holidays).years
    this = answer.filters.today.year
    yield from sorted({*answer.years, this, this + 1} - known)


def _announced(year: int, lang: Lang) -> None:
    public = workdays.shipped()
    held = {day: day in public.on for day in public.off | public.on if day.year == year}
    rows = [
        (first.isoformat(), last.isoformat(), (last - first).days + 1, WORDS[_word(works)](lang))
        for first, last, works in stretches(held)
    ]
    heads = [head(lang) for head in (FIRST, LAST, DAYS, WHAT)]
    st.dataframe(
        pd.DataFrame(rows, columns=heads), hide_index=True, height=250, alt=f"{PUBLIC(lang)} {year}"
    )


def _word(works: bool) -> str:
    return "on" if works else "off"
