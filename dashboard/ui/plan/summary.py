"""What the reviewed items come to: four numbers, how they lie over the months, and their kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard.charts.months import months
from dashboard.contracts.codes import ACTIVITY_KIND
from dashboard.plans.review import Reviewed, by_month, doubts
from dashboard.text import Lang, Text, number
from dashboard.ui.card import card, draw, palette
from dashboard.ui.markdown import escaped

ITEMS, OF = Text("要导入的事项", "Items to import"), Text("共 {n} 项", "of {n}")
TARGETS = Text("写明目标", "With a target")
OWNERS = Text("写明负责人", "With somebody in charge")
DOUBTS = Text("需要看一看", "To look at")
DOUBTS_HELP = Text(
    "没写时间、日期不明、类别不明、起止颠倒或事项为空。没写时间和日期不明的，暂按整个计划期导入。",
    "No time, a time whose days are not known, no kind, an end before its beginning, or no words."
    " Without days of its own an item is planned for all of the plan's year or term.",
)
BY_MONTH = Text("各月事项", "Items by month")
BY_MONTH_HINT = Text("按开始的月份", "by the month they begin in")
NO_MONTH = Text(
    "全年、学期或没有日期的 {n} 项不在图中", "{n} for a term, a year or no date are not drawn"
)
KIND = "{kind}\u00a0**{n}**"  # together
UNKNOWN = Text("未定类别", "no kind")


def summary(rows: Sequence[Reviewed], lang: Lang) -> None:
    """Of what is ticked."""
    chosen = [row for row in rows if row.taken]
    asking = sum(bool(doubts(row)) for row in chosen)
    counts = by_month(chosen)
    left, right = st.columns([2, 3]) if counts else (st.container(), None)
    with left, st.grid(2 if counts else 4, min_column_width=120, gap="small"):
        st.metric(ITEMS(lang), number(len(chosen)), help=OF.format(n=number(len(rows)))(lang))
        st.metric(DOUBTS(lang), number(asking), help=DOUBTS_HELP(lang))
        st.metric(TARGETS(lang), number(sum(bool(row.item.target) for row in chosen)))
        st.metric(OWNERS(lang), number(sum(bool(row.item.owner) for row in chosen)))
    left.caption(_kinds(chosen, lang))
    if right:
        with right, card(BY_MONTH, _hint(chosen, counts), lang, "plan_months"):
            draw(months(counts, palette(), lang), BY_MONTH, "plan_months", lang)


def _hint(rows: Sequence[Reviewed], counts: Sequence[tuple[object, int]]) -> Text:
    without = len(rows) - sum(count for _, count in counts)
    if not without:
        return BY_MONTH_HINT
    more = NO_MONTH.format(n=number(without))
    return Text(f"{BY_MONTH_HINT.zh}；{more.zh}", f"{BY_MONTH_HINT.en}; {more.en}")


def _kinds(rows: Sequence[Reviewed], lang: Lang) -> str:
    counts = Counter(row.item.kind for row in rows)
    told = [(code.label, counts[code.value]) for code in ACTIVITY_KIND.codes]
    told.append((UNKNOWN, counts[None]))
    return " · ".join(KIND.format(kind=escaped(name(lang)), n=number(n)) for name, n in told if n)
