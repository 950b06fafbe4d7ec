"""Which of today's figures a deletion moves: reckoned in a copy that is thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress

import pandas as pd
import streamlit as st

from dashboard.errors import DashboardError
from dashboard.keeping.deeds import alone
from dashboard.keeping.disk import check_room
from dashboard.keeping.manifest import DATABASE, LEDGER
from dashboard.kpis import KPIS, counted, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.model import Result
from dashboard.persons.rewriting import aside
from dashboard.settings import today
from dashboard.text import Lang, Text, money, number, percent
from dashboard.ui import spaces
from dashboard.ui.markdown import escaped
from dashboard.views import view
from dashboard.warehouse import Warehouse, settings
from dashboard.warehouse.erasing import Erasure
from dashboard.workspaces import SCHOOL, Workspaces

LOOK = Text("先看哪些数字会变", "See which figures change")
WORKING = Text("正在副本里试算…", "Reckoning in a copy…")
NONE = Text("最近一期的指标都不变。", "No figure of the latest period changes.")
FIGURE, NOW, THEN = Text("指标", "Figure"), Text("现在", "Now"), Text("删除后", "Then")

Told = Mapping[str, Result]


def foreseen(erasure: Erasure, lang: Lang) -> None:
    """Asked for by a click: it takes some seconds."""
    if not st.button(LOOK(lang), icon=":material/difference:", key="person_foresee"):
        return
    try:
        with st.spinner(WORKING(lang)):
            before, after = figures(spaces.opened(), erasure)
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    rows = [
        (KPIS[name].label(lang), said(before[name], lang), said(after[name], lang))
        for name in before
        if said(before[name], lang) != said(after[name], lang)
    ]
    if not rows:
        st.caption(NONE(lang))
        return
    names = [name(lang) for name in (FIGURE, NOW, THEN)]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, key="person_moved")


def figures(opened: Workspaces, erasure: Erasure) -> tuple[Told, Told]:
    """Every figure of the latest period, as it is and as it would be. Nothing is changed."""
    with alone(opened), aside(opened.data) as work:
        check_room(work, (opened.folder(SCHOOL) / DATABASE).stat().st_size)

        def beside() -> None:
            with suppress(FileNotFoundError):
                shutil.copyfile(opened.folder(SCHOOL) / LEDGER, work / LEDGER)

        opened.warehouse(SCHOOL).copy(work / DATABASE, beside)
        copy = Warehouse.open(work / DATABASE)
        try:
            before = _told(copy)
            copy.erase(erasure)
            return before, _told(copy)
        finally:
            copy.close()


def _told(warehouse: Warehouse) -> Told:
    with warehouse.snapshot() as reader:
        school = settings(reader)
        filters = view(reader, school, None, [], today())
        wanted = [counted(name, school.variants) for name in KPIS]
        found = evaluate_all(reader, filters, targets.of(school), wanted)
    return {result.kpi.id: result for result in found}


def said(result: Result, lang: Lang) -> str:
    """The value with its parts, as people read it."""
    value, unit = result.now.value, result.kpi.unit
    if unit == "ratio":
        return f"{percent(value)}  {result.now.numerator}/{result.now.denominator}"
    return money(value, lang) if unit.startswith("yuan") else number(value)
