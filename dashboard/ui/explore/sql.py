"""SQL for who wants it: an editor over the dropped tables and the union's own.

What is written here never runs in this process: it is asked in a child that can open nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.exploring.questions.asking import Asked, asked
from dashboard.exploring.questions.offered import Offered, examples, offered
from dashboard.exploring.shelf import Shelf
from dashboard.settings import Limits, today
from dashboard.text import Lang, Text, number
from dashboard.ui import spaces
from dashboard.ui.explore.sqlfaults import fault_shown
from dashboard.ui.explore.sqlresult import result_shown
from dashboard.ui.identity import for_right, role
from dashboard.ui.markdown import escaped

TITLE = Text("SQL 查询（给会用的人）", "SQL (for who wants it)")
ABOUT = Text(
    "只读：不能读文件、网络和设置，最多 {seconds} 秒、{rows} 行。姓名等已遮盖，遮盖后相同的不一定是"
    "同一个人。",
    "Read-only: no files, no network, no settings; {seconds} seconds and {rows} rows at most. Names"
    " and the like are masks: equal masks need not be one person.",
)
QUESTION, RUN = Text("查询", "Question"), Text("运行（Ctrl+Enter）", "Run (Ctrl+Enter)")
STOP = Text("停止", "Stop")
RUNNING = Text("正在查询，已 {n} 秒（最多 {most} 秒）", "Asking, {n} s so far ({most} s at most)")
TABLE, COLUMNS = Text("可查的表", "Tables"), Text("列：", "Columns: ")
OF_ROWS = Text("{name} · {n} 行", "{name} · {n} rows")
ALSO = Text("也叫 {name}", "also called {name}")
FIELD = Text("{name}（{said}）", "{name} ({said})")
FIELD_MASKED = Text("{name}（{said}，已遮盖）", "{name} ({said}, masked)")
EXAMPLE = Text("示例：{what}", "Example: {what}")
BEFORE = Text("最近的查询", "Asked before")
CHOOSE = Text("选一条放回编辑框", "Choose one to edit it")
_TEXT, _ASK, _BEFORE, _PICKED = "sql_text", "sql_ask", "sql_before", "sql_picked"
_REMEMBERED = 10  # questions
_LONGEST = 20_000  # characters of one
_AT_ONCE = 0.4  # seconds; a shorter work shows no bar that would only flicker


def sql_box(shelf: Shelf, lang: Lang) -> None:
    """Closed until somebody wants it; nothing is made ready for it before. It is no fragment:
    within one, Streamlit would keep a click on Stop until the answer is there.
    """
    box = st.expander(TITLE(lang), icon=":material/terminal:", key="sql_box", on_change="rerun")
    if not box.open:
        return
    with box:
        limits = Limits()
        told = ABOUT.format(seconds=limits.question_seconds, rows=number(limits.question_rows))
        st.caption(told(lang))
        tables = offered(shelf.files(), role())
        _pane([one for one in tables if one.speaks(lang)], lang)
        _editor(lang)
        _ask(shelf, tables, lang)
        _answer(shelf, lang)


def _pane(tables: list[Offered], lang: Lang) -> None:
    """What there is to ask, and one click to begin with."""
    known = {table.name: table for table in tables}
    with st.grid(2, min_column_width=280, gap="small"):
        picked = st.selectbox(
            TABLE(lang), list(known), format_func=lambda name: _named(known[name], lang),
            key="sql_table",
        )  # fmt: skip
        _asked_before(lang)
    one = known[picked]
    fields = [
        (FIELD_MASKED if field.masked else FIELD).format(name=field.name, said=field.said)(lang)
        for field in one.fields
    ]
    also = [ALSO.format(name=name)(lang) for name in one.names[:-1]]
    st.caption(escaped(" · ".join([*also, COLUMNS(lang) + "、".join(fields)])))
    with st.container(horizontal=True, gap="small"):
        for place, (what, sql) in enumerate(examples(one)):
            st.button(
                escaped(EXAMPLE.format(what=what)(lang)), on_click=_write, args=(sql,),
                type="tertiary", icon=":material/edit_note:", key=f"sql_example_{place}",
            )  # fmt: skip


def _asked_before(lang: Lang) -> None:
    before: list[str] = st.session_state.get(_BEFORE, [])
    if before:
        st.selectbox(
            BEFORE(lang), before, index=None, placeholder=CHOOSE(lang), on_change=_pick,
            format_func=lambda sql: " ".join(sql.split())[:100], key=_PICKED,
        )  # fmt: skip


def _named(one: Offered, lang: Lang) -> str:
    if one.rows is None:
        return one.name
    return OF_ROWS.format(name=one.name, n=number(one.rows))(lang)


def _write(sql: str) -> None:
    st.session_state[_TEXT] = sql


def _editor(lang: Lang) -> None:
    with st.form("sql_form", border=False):
        st.text_area(
            QUESTION(lang), key=_TEXT, height=120, max_chars=_LONGEST, label_visibility="collapsed"
        )
        st.form_submit_button(
            RUN(lang), type="primary", icon=":material/play_arrow:", on_click=_begin, key="sql_run"
        )


def _pick() -> None:
    if picked := st.session_state.get(_PICKED):
        _write(picked)


def _begin() -> None:
    sql = str(st.session_state.get(_TEXT) or "")
    st.session_state[_ASK] = sql
    if sql.strip():
        before: list[str] = st.session_state.get(_BEFORE, [])
        st.session_state[_BEFORE] = [sql, *(one for one in before if one != sql)][:_REMEMBERED]


@for_right("explore")
def _ask(shelf: Shelf, tables: list[Offered], lang: Lang) -> None:
    """Once: whoever stops it, or clicks elsewhere meanwhile, need not be asked again."""
    if (sql := st.session_state.pop(_ASK, None)) is None:
        return
    shelf.answered(None)
    spot = st.empty()
    found = asked(
        sql, tables, lambda: spaces.warehouse(spaces.current(lang)).snapshot(), today(), Limits(),
        _Watch(spot, lang),
    )  # fmt: skip
    shelf.answered(found)
    spot.empty()


def _answer(shelf: Shelf, lang: Lang) -> None:
    found: Asked | None = shelf.answer
    if found is None:
        return
    if found.answer.fault is not None:
        fault_shown(found.answer.fault, found.sql, lang)
    elif found.answer.table is not None:
        result_shown(found, found.answer.table, lang)


@dataclass(slots=True)
class _Watch:
    """Called while the child works. A click meanwhile ends the run here, and with it the child:
    Streamlit leaves the script at the next thing that is shown.
    """

    spot: DeltaGenerator
    lang: Lang
    begun: float = 0.0
    bar: DeltaGenerator | None = None

    def __call__(self, _done: int, _rows: int) -> None:
        self.begun = self.begun or time.monotonic()
        gone = time.monotonic() - self.begun
        if gone < _AT_ONCE:
            return
        self.bar = self.bar or self._drawn()
        most = Limits().question_seconds
        words = RUNNING.format(n=int(gone), most=most)(self.lang)
        self.bar.progress(min(gone / most, 1.0), escaped(words))

    def _drawn(self) -> DeltaGenerator:
        with self.spot.container(border=True, gap="small"):
            bar = st.progress(0.0)
            st.button(STOP(self.lang), icon=":material/stop:", key="sql_stop")
        return bar
