"""The backups there are, the newest first: what is in each, and what to do with it."""

from __future__ import annotations

import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.keeping import backups, words
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import WHY, Manifest
from dashboard.settings import data_folder
from dashboard.text import DASH, Lang, Text, number
from dashboard.ui.keeping.bringing import restore_button
from dashboard.ui.keeping.taking import zip_button
from dashboard.ui.markdown import escaped

TITLE = Text("已有的备份", "The backups")
IMPORTS = Text("{n} 次导入", "imports: {n}")
HOLDS = Text("{school}：{rows}", "{school}: {rows}")
KEPT = Text("保留为：{kinds}", "kept as: {kinds}")
UNREADABLE = Text("说明文件损坏，无法使用", "its description is damaged; it is of no use")
ROWS = Text("{label} {n} 行", "{label} {n} rows")
PAGE = 10


def standing(lang: Lang) -> None:
    """Every backup once, each in a line that opens; nothing where there is none."""
    every = backups.listed(data_folder())
    kinds: dict[str, list[Backup]] = {}
    for one in every:
        kinds.setdefault(one.name, []).append(one)
    if not kinds:
        return
    with st.container(border=True, gap="xsmall", key="backups"):
        st.markdown(f"**{TITLE(lang)}** :gray[{len(kinds)}]")
        found = list(kinds.values())
        for same in found[_from(len(found)) :][:PAGE]:
            _backup(same, lang)
        if len(found) > PAGE:
            st.pagination(-(-len(found) // PAGE), key="backups_page")


def _from(count: int) -> int:
    page = int(st.session_state.get("backups_page") or 1)
    return min((page - 1) * PAGE, (count - 1) // PAGE * PAGE)


def _backup(same: list[Backup], lang: Lang) -> None:
    """One backup, however many times it is kept."""
    one = next((each for each in same if each.manifest), same[0])
    icon = ":material/check:" if one.looks_whole else ":material/error:"
    box = st.expander(_line(one, lang), icon=icon, key=f"backup_{one.name}", on_change="rerun")
    if not box.open:
        return
    with box:
        if one.manifest:
            _inside(same, one.manifest, lang)
            with st.container(horizontal=True, gap="small"):
                restore_button(one, lang)
                zip_button(one, lang)


def _line(one: Backup, lang: Lang) -> str:
    told = one.manifest
    if told is None:
        return f"{one.name} · :red[{UNREADABLE(lang)}]"
    state = words.WHOLE if one.looks_whole else words.TORN
    parts = [
        f"{told.made_at:%Y-%m-%d %H:%M}",
        WHY[told.why](lang),
        IMPORTS.format(n=len(told.moment.imports))(lang),
        words.size(told.bytes),
    ]
    color = "gray" if one.looks_whole else "red"
    return f"{' · '.join(escaped(part) for part in parts)} · :{color}[{state(lang)}]"


def _inside(same: list[Backup], told: Manifest, lang: Lang) -> None:
    tables = told.moment.tables
    between = "、" if lang == "zh" else ", "
    rows = [
        ROWS.format(label=dataset.label, n=number(tables[name].rows))(lang)
        for name, dataset in DATASETS.items()
        if name in tables and tables[name].rows
    ]
    kinds = between.join(words.KINDS[each.kind](lang) for each in same if each.kind)
    school = told.moment.school or words.NO_NAME(lang)
    held = HOLDS.format(school=school, rows=between.join(rows) or DASH)
    st.markdown(escaped(held(lang)))
    st.caption(f"{KEPT.format(kinds=kinds)(lang)} · `{same[0].name}`")
