"""What runs, of which day the data is, who is in: plain lines, nothing to judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import streamlit as st
from streamlit import runtime

from dashboard.access import Sessions
from dashboard.checkup import program
from dashboard.roles import ROLES, Role
from dashboard.settings import data_folder, is_shared
from dashboard.text import DASH, Lang, Text, day
from dashboard.ui import spaces
from dashboard.ui.markdown import escaped
from dashboard.workspaces import DEMO as DEMONSTRATION

DATA = Text("数据截至", "Data as of")
PROGRAM = Text("版本", "Version")
PEOPLE = Text("正在使用", "In use")
NOTHING = Text("还没有导入本校数据。", "Nothing of your school was imported yet.")
DEMO = Text("现在显示的是演示数据。", "What is shown now is the demonstration.")
REGISTER = Text("{label}　名册日期 {as_of}，{when} 导入", "{label}: as of {as_of}, imported {when}")
RECORDS = Text("{label}　{when} 导入", "{label}: imported {when}")
ALONE = Text(
    "没有共享，只有这台电脑能打开，无需登录。",
    "Not shared: only this computer opens it, and nobody signs in.",
)
TABS = Text("打开的页面 {n} 个", "Open tabs: {n}")
SIGNED_IN = Text("已登录 {n} 人次：{roles}", "{n} signed in: {roles}")
NOBODY = Text("没有人登录", "nobody signed in")
PARTS = Text(
    "组成部分与许可证：docs/licences.md；物料清单：docs/sbom.cdx.json",
    "Parts and licences: docs/licences.md; bill of materials: docs/sbom.cdx.json",
)
_FAMILY = "active_sessions"


def data(lang: Lang) -> None:
    """The registers of the school that is looked at."""
    name = spaces.opened().active()
    if name == DEMONSTRATION:
        st.caption(DEMO(lang))
    found = program.registers(spaces.warehouse(name).history())
    if not found:
        st.caption(NOTHING(lang))
    for one in found:
        when = f"{one.imported_at:%Y-%m-%d}"
        words = REGISTER if one.as_of else RECORDS
        st.markdown(escaped(words.format(label=one.label, as_of=day(one.as_of), when=when)(lang)))


def versions(lang: Lang) -> None:
    for name, told in program.versions():
        st.markdown(escaped(f"{name(lang)}　{told}"))
    st.caption(escaped(PARTS(lang)))


def people(lang: Lang) -> None:
    if is_shared():
        by_role = Counter(one.identity.role for one in Sessions(data_folder()).standing())
        told = [f"{ROLES[role](lang)} {by_role[role]}" for role in Role if by_role[role]]
        roles = ("、" if lang == "zh" else ", ").join(told)
        st.markdown(SIGNED_IN.format(n=by_role.total(), roles=roles or NOBODY(lang))(lang))
    else:
        st.caption(ALONE(lang))
    st.markdown(TABS.format(n=_tabs())(lang))


def _tabs() -> str:
    """As Streamlit counts them; a test has none."""
    if not runtime.exists():
        return DASH
    stats = runtime.get_instance().stats_mgr.get_stats([_FAMILY])
    return str(sum(getattr(one, "value", 0) for family in stats.values() for one in family))


Card = tuple[Text, Callable[[Lang], None]]
COLUMNS: tuple[tuple[Card, ...], ...] = (((DATA, data),), ((PEOPLE, people), (PROGRAM, versions)))
