"""How long rows are kept, what is older, and its end by one confirmed click."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError
from dashboard.persons import erasing, notice, retention, words
from dashboard.settings import today
from dashboard.text import DASH, Lang, Text, number
from dashboard.ui import identity, spaces
from dashboard.ui.keeping import told
from dashboard.ui.markdown import escaped
from dashboard.ui.persons.deleting import GIVE_UP, WORKING
from dashboard.warehouse.expiring import Aged, Limits, aged
from dashboard.workspaces import SCHOOL

TITLE = Text("保存期限", "How long it is kept")
KEPT = Text("看板保存哪些信息", "What is kept at all")
RULES = Text("各登记簿的期限", "The time of each register")
SAYS = Text(
    "期限由本校自己决定，写在 data/rules/retention.csv，不是法规条文；请按本校档案与财务规定核对。",
    "The times are the school's own decision in data/rules/retention.csv, no quotation of a law:"
    " check them against your rules on records and accounts.",
)
REGISTER, YEARS = Text("登记簿", "Register"), Text("年限", "Years")
REASON = Text("用途", "Kept for")
SOURCE, OLDER = Text("依据", "Decided by"), Text("已超期", "Past its time")
WHEN = Text("{year} 年 {n} 行", "{year}: {n} rows")
DUE = Text("{n} 行已超过保存期限：{what}。", "{n} rows are past their time: {what}.")
NONE_DUE = Text("没有超期的数据。", "Nothing is past its time.")
PART = Text("{register}（{years}）", "{register} ({years})")
SURE = Text(
    "删除后无法恢复，备份里的也一并删除，过去年份的统计将不再有",
    "This cannot be undone; the backups lose them, too, and figures of those years are gone",
)
DO = Text("删除超期数据", "Delete what is past its time")


def ageing(lang: Lang) -> None:
    rules = retention.rules()
    limits = retention.limits(rules, today())
    with spaces.warehouse(SCHOOL).snapshot() as reader:
        old = aged(reader, limits)
    with st.container(border=True, gap="small", key="retention"):
        st.markdown(f"**{TITLE(lang)}**")
        _told(old, lang)
        by_register = {one.register: one for one in old}
        with st.expander(RULES(lang), key="retention_rules"):
            st.caption(SAYS(lang))
            st.dataframe(_table(rules, by_register, lang), hide_index=True, key="retention_table")
        if old:
            _question(limits, lang)


def kept(lang: Lang) -> None:
    """What is kept of people, register by register, as the contracts have it."""
    with st.expander(KEPT(lang), key="persons_kept"):
        st.markdown(notice.table(lang))


def _told(old: Sequence[Aged], lang: Lang) -> None:
    if not old:
        st.caption(NONE_DUE(lang))
        return
    between = "、" if lang == "zh" else ", "
    parts = [
        PART.format(register=DATASETS[one.register].label, years=between.join(map(str, one.years)))
        for one in old
    ]
    what = between.join(part(lang) for part in parts)
    count = number(sum(one.rows for one in old))
    st.warning(escaped(DUE.format(n=count, what=what)(lang)), icon=":material/schedule:")


def _table(rules: Sequence[retention.Rule], old: dict[str, Aged], lang: Lang) -> pd.DataFrame:
    names = [name(lang) for name in (REGISTER, YEARS, REASON, SOURCE, OLDER)]
    rows = [
        (DATASETS[rule.register].label(lang), rule.years, rule.reason(lang), rule.source,
         _years(old.get(rule.register), lang))
        for rule in rules
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _years(one: Aged | None, lang: Lang) -> str:
    if one is None:
        return DASH
    return "；".join(WHEN.format(year=y, n=number(n))(lang) for y, n in one.years.items())


def _question(limits: Limits, lang: Lang) -> None:
    give_up = st.checkbox(GIVE_UP(lang), key="retention_give_up")
    sure = st.checkbox(SURE(lang), key="retention_sure")
    if st.button(DO(lang), disabled=not sure, key="retention_delete",
                 icon=":material/delete_sweep:"):  # fmt: skip
        _delete(limits, give_up, lang)


@identity.for_right("persons")
def _delete(limits: Limits, give_up: bool, lang: Lang) -> None:
    try:
        with st.spinner(WORKING(lang)):
            done = erasing.expire(spaces.opened(), limits, identity.who(), give_up=give_up)
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    for key in ("retention_sure", "retention_give_up"):
        st.session_state.pop(key, None)
    told.tell(words.done(done, searched=False))
    st.rerun()
