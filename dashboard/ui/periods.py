"""The period picker of every page: one narrow button that opens the choice, a step either side.

The address is the state: what is shown follows from `?period=` and `?as_of=` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import streamlit as st

from dashboard.choices import KINDS, beside, brief, offered, turned
from dashboard.filters import Filters
from dashboard.periods import USUAL, Calendars, Kind, Period, free_range
from dashboard.text import Lang, Text
from dashboard.ui import address

BACK = Text("上一期", "Previous period")
FORWARD = Text("下一期", "Next period")
LEADS_TO = Text("{step}：{period}", "{step}: {period}")
KIND = Text("时间种类", "Kind of period")
WHICH = Text("时间段", "Period")
FROM = Text("从", "From")
UNTIL = Text("到", "To")
SHOW = Text("查看", "Show")
BACKWARDS = Text(
    "请填写两个日期，开始日期不晚于结束日期，再点“查看”。",
    "Give both days, the first not after the last, and press Show again.",
)
AS_OF = Text("数据截至（选填）", "As of (optional)")
AS_OF_HELP = Text(
    "只看到这一天为止：人数等存量指标取这一天的数，收支等只算到这一天。不填则到时间段的最后一天。",
    "Look no further than this day: head counts are those of the day, sums end with it. Empty"
    " means the period's last day.",
)
WIDE, NARROW = 190, 36  # pixels of the button and of a step
A_DAY = 160  # and of a day: on a phone one stands under the other


def period_picker(
    filters: Filters,
    years: Sequence[int],
    lang: Lang,
    calendars: Calendars = USUAL,
    *,
    days: bool = True,
) -> None:
    """`years` are those with data. `days`: whether any days can be chosen, too."""
    with st.container(
        horizontal=True, width="content", gap="xxsmall", wrap=False, key="period_picker_row"
    ):
        _step(filters, years, -1, lang)
        label = brief(filters.period)(lang)
        said = filters.period.label(lang)
        behind = st.popover(label, key="period_button", width=WIDE, help=said, on_change="rerun")
        if behind.open:  # what nobody looks at costs every run of a page
            with behind:
                _choice(filters, years, lang, calendars, days=days)
        _step(filters, years, 1, lang)


def _step(filters: Filters, years: Sequence[int], step: Literal[1, -1], lang: Lang) -> None:
    """Its name is read out, its icon is seen. It ends where the data does."""
    word, icon = (FORWARD, "chevron_right") if step == 1 else (BACK, "chevron_left")
    there = beside(filters.period, step)
    reached = there is not None and _has_begun(there, filters.today) and _has_data(there, years)
    told = LEADS_TO.format(step=word, period=there.label) if there else word
    st.button(
        word(lang),
        icon=f":material/{icon}:",
        key=f"period_step_{'forward' if step == 1 else 'back'}",
        help=told(lang),
        width=NARROW,
        disabled=not reached,
        on_click=_choose,
        args=(there,),
    )


def _has_begun(period: Period, today: date) -> bool:
    return period.start <= today


def _has_data(period: Period, years: Sequence[int]) -> bool:
    """A period before the first year with data has nothing to show."""
    return bool(years) and period.end.year >= min(years)


def _choose(period: Period | None) -> None:
    """A day looked at belongs to its period, and goes with it."""
    if period is not None:
        address.say("period", period.key)
        address.say("as_of", None)


# -- what opens -------------------------------------------------------------------------------


def _pick(period: Period | None) -> None:
    """With another label it is another button, and would be closed."""
    _choose(period)
    st.session_state["period_button"] = True


def _choice(
    filters: Filters, years: Sequence[int], lang: Lang, calendars: Calendars, *, days: bool
) -> None:
    _kinds(filters, lang, calendars, [kind for kind in KINDS if days or kind != "range"])
    if filters.period.kind == "range":
        _two_days(filters, years, lang)
    else:
        _which(filters, years, lang, calendars)
    if days and filters.period.start <= filters.today:
        _day(filters, lang)


def _kinds(filters: Filters, lang: Lang, calendars: Calendars, kinds: Sequence[Kind]) -> None:
    def change() -> None:
        kind: Kind = st.session_state["period_kind"]
        _pick(turned(filters.period, kind, filters.today, calendars))

    st.session_state["period_kind"] = filters.period.kind
    st.segmented_control(
        KIND(lang),
        list(kinds),
        format_func=lambda kind: KINDS[kind](lang),
        key="period_kind",
        on_change=change,
        label_visibility="collapsed",
        required=True,
    )


def _which(filters: Filters, years: Sequence[int], lang: Lang, calendars: Calendars) -> None:
    """Newest first; what the address names is among them, whatever it is."""
    found = offered(filters.period.kind, years, filters.today, calendars)
    words = {period.key: period for period in found}
    words |= {} if filters.period.key in words else {filters.period.key: filters.period}
    st.session_state["period_picker"] = filters.period.key
    st.selectbox(
        WHICH(lang),
        list(words),
        format_func=lambda key: words[key].label(lang),
        key="period_picker",
        on_change=lambda: _pick(words[st.session_state["period_picker"]]),
        label_visibility="collapsed",
    )


def _two_days(filters: Filters, years: Sequence[int], lang: Lang) -> None:
    """Both days are set, then shown at once; the wrong way round nothing changes."""

    def change() -> None:
        start, end = st.session_state["period_from"], st.session_state["period_until"]
        st.session_state["period_backwards"] = wrong = not (start and end and start <= end)
        if not wrong:
            _pick(free_range(start, end))

    backwards = st.session_state.pop("period_backwards", False)
    if not backwards:
        st.session_state["period_from"] = filters.period.start
        st.session_state["period_until"] = filters.period.end
    reach = (*years, filters.period.start.year, filters.period.end.year, filters.today.year)
    first, last = date(min(reach), 1, 1), date(max(reach), 12, 31)
    with st.form("period_range", border=False):
        with st.container(horizontal=True):
            for word, key in ((FROM, "period_from"), (UNTIL, "period_until")):
                st.date_input(word(lang), None, first, last, key, format="YYYY-MM-DD", width=A_DAY)
        if backwards:
            st.caption(f":red[{BACKWARDS(lang)}]")
        st.form_submit_button(SHOW(lang), key="period_show", on_click=change)


def _day(filters: Filters, lang: Lang) -> None:
    def change() -> None:
        day: date | None = st.session_state["as_of_day"]
        address.say("as_of", day.isoformat() if day else None)

    first, last = filters.period.start, filters.period.as_of(filters.today)
    inside = filters.day is not None and first <= filters.day <= last
    st.session_state["as_of_day"] = filters.day if inside else None
    st.date_input(
        AS_OF(lang),
        None,
        min_value=first,
        max_value=last,
        key="as_of_day",
        on_change=change,
        format="YYYY-MM-DD",
        help=AS_OF_HELP(lang),
    )
