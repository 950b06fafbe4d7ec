"""The proof of a figure on the screen: how it is counted, what counts, and which cells say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.answers import Answer
from dashboard.charts import words
from dashboard.charts.template import Mark
from dashboard.dimensions import DIMENSIONS
from dashboard.exports.proofs import (
    BOUND,
    COUNTS,
    FILE,
    FORMULA,
    OF,
    PLACE,
    QUALITY,
    SHEET,
    SOURCE,
    STATEMENT,
    VARIANT,
    N,
    counts,
    quality,
    taken,
    worded,
)
from dashboard.exports.rows import Rows, as_csv, as_workbook
from dashboard.filters import Filters
from dashboard.kpis import KPIS
from dashboard.kpis.proof import Counted, Counting
from dashboard.proving import Proven, over, provable, prove
from dashboard.text import DASH, Lang, Text, number
from dashboard.ui import address, detail, links
from dashboard.ui.card import CaseMark
from dashboard.ui.cells import NOWHERE, case_view, cells
from dashboard.ui.identity import identity, role
from dashboard.ui.markdown import escaped
from dashboard.ui.rowfiles import noted
from dashboard.ui.spaces import warehouse
from dashboard.ui.table import height, settings, values
from dashboard.warehouse import settings as school_of

_PLAIN = (None, 0.0, 1.0)  # what a case that is counted or not adds: no column says it
SHOWN = 500  # rows on the screen; a download has them all
TITLE = Text("计算依据", "How this is counted")
ROW_TAB = Text("依据与明细", "How it is counted")
TIME_TAB, GROUP_TAB = Text("趋势", "Trend"), Text("分组", "Groups")
ROLES = {
    ("numerator", "denominator"): Text("逐行依据", "Row by row"),
    ("numerator",): Text("分子的行", "Rows of the numerator"),
    ("denominator",): Text("分母的行", "Rows of the denominator"),
}
ROWS = Text("共 {all} 行，计入 {n} 行。", "{all} rows, {n} of them count.")
FIRST = Text("这里列出前 {n} 行，下载含全部。", "The first {n} are shown; a download has all.")
PICK = Text("点一行，查看它在原表中的单元格。", "Choose a row to see its cells.")
XLSX, CSV = Text("下载 Excel", "Download Excel"), Text("下载 CSV", "Download CSV")
ROWS_STATEMENT = Text("明细语句", "SQL of the rows")
ALONE = Text("单独打开，可复制链接分享", "Open by itself: a link to share")
ONLY = Text("只看“{name}”", "Show only {name}")
SHUT = Text("“{kpi}”的依据不对您的身份开放。", "What proves “{kpi}” is not for your role.")
NONE_UNMET = Text("没有，全部达到。", "None: all of it is met.")


def drawer(mark: Mark | CaseMark, answer: Answer, workspace: str, lang: Lang) -> None:
    """What a tile, bar, point or row opens, at the right of the page."""
    if isinstance(mark, CaseMark):
        st.dialog(TITLE(lang), width="large", position="right")(case_view)(
            mark, answer, workspace, lang
        )
        return
    title = escaped(f"{TITLE(lang)}：{KPIS[mark.kpi].label(lang)}")
    st.dialog(title, width="large", position="right")(_mark)(mark, answer, workspace, lang)


def _mark(mark: Mark, answer: Answer, workspace: str, lang: Lang) -> None:
    filters = answer.filters
    if mark.dimension:
        filters = filters.narrowed(mark.dimension, mark.value)
    if mark.span:
        filters = over(filters, mark.span)
    found = _proven(workspace, mark.kpi, filters)
    with st.container(horizontal=True, vertical_alignment="center"):
        if mark.dimension and mark.value:
            _only(mark.dimension, mark.value, lang)
        links.proof_link(mark.kpi, filters, ALONE, lang)
    if mark.dimension or mark.span:
        view(found, workspace, lang)
        return
    rows, time, groups = st.tabs([ROW_TAB(lang), TIME_TAB(lang), GROUP_TAB(lang)])
    with rows:
        view(found, workspace, lang)
    with time:
        detail.trends(found, workspace, lang)
    with groups:
        detail.groups(found.result, lang)


def _only(dimension: str, value: str, lang: Lang) -> None:
    """Narrow the whole page to the bar that was clicked."""
    name = DIMENSIONS[dimension].value(value)(lang)
    if st.button(escaped(ONLY.format(name=name)(lang)), icon=":material/filter_alt:", key="only"):
        address.say(dimension, value)
        st.rerun()


def proof_page(answer: Answer, workspace: str, lang: Lang) -> None:
    """The figure the address names (`?kpi=…`), at the full width of a page."""
    eyes = role()
    names = [name for name, kpi in KPIS.items() if provable(eyes, kpi)]
    named = st.query_params.get("kpi", "")
    if named in KPIS and named not in names:
        st.info(SHUT.format(kpi=KPIS[named].label)(lang), icon=":material/lock:")
    chosen = st.selectbox(
        TITLE(lang),
        names,
        index=names.index(named) if named in names else 0,
        format_func=lambda name: KPIS[name].label(lang),
        key="proof_kpi",
    )
    st.query_params["kpi"] = chosen
    view(_proven(workspace, chosen, answer.filters), workspace, lang)


def unmet(name: str, answer: Answer, workspace: str, lang: Lang) -> None:
    """The cases behind a gap."""
    found = _proven(workspace, name, answer.filters, unmet=True)
    for counting in found.countings:
        if counting.rows:
            _rows(counting, found, f"unmet_{name}", lang, brief=True)
            _downloads(0, found, workspace, lang, unmet=True)
        else:
            st.caption(f":material/check_circle: {NONE_UNMET(lang)}")


def _proven(workspace: str, name: str, filters: Filters, *, unmet: bool = False) -> Proven:
    with warehouse(workspace).snapshot() as reader:
        return prove(reader, name, filters, school_of(reader), role(), unmet=unmet, most=SHOWN)


# -- the view ---------------------------------------------------------------------------------


def view(found: Proven, workspace: str, lang: Lang) -> None:
    """From the figure down to its cells."""
    _figure(found, lang)
    for place, counting in enumerate(found.countings):
        st.markdown(f"**{ROLES[counting.roles](lang)}**")
        _rows(counting, found, f"{found.result.kpi.id}_{counting.case.name}", lang)
        _downloads(place, found, workspace, lang)
    _statements(found, lang)


def _downloads(
    place: int, found: Proven, workspace: str, lang: Lang, *, unmet: bool = False
) -> None:
    """All rows, read again when the button is pressed; names leave the house in them."""
    asks = identity()
    if not asks.may("unmask"):
        return
    kpi, held = found.result.kpi, warehouse(workspace)

    def every() -> Rows:
        with held.snapshot() as reader:
            whole = prove(reader, kpi.id, found.filters, school_of(reader), asks.role, unmet=unmet)
        return taken(whole, whole.countings[place], lang)

    name, key = f"{kpi.label(lang)}_{found.filters.as_of}", f"{kpi.id}_{place}_{unmet}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            XLSX(lang),
            noted("rows", lambda: as_workbook(every(), lang), names=True),
            f"{name}.xlsx",
            icon=":material/download:",
            key=f"xlsx_{key}",
            on_click="ignore",
        )
        st.download_button(
            CSV(lang),
            noted("rows", lambda: as_csv(every()), names=True),
            f"{name}.csv",
            "text/csv",
            icon=":material/download:",
            key=f"csv_{key}",
            on_click="ignore",
        )


def _figure(found: Proven, lang: Lang) -> None:
    result, kpi = found.result, found.result.kpi
    if absent := words.PROTECTED if result.now.hidden else result.now.missing:
        st.info(escaped(absent(lang)))
        return
    said = [
        f"**{escaped(words.read(result.now, kpi.unit, lang))}**",
        *(
            escaped(part)
            for part in (words.fraction(result.now, kpi, lang), words.bar(result, lang))
            if part
        ),
        escaped(found.filters.caption(lang)),
    ]
    st.markdown(" · ".join(said))
    lines = [
        (FORMULA, kpi.formula(lang)),
        (SOURCE, kpi.source(lang)),
        (QUALITY, quality(found, lang)),
    ]
    if kpi.variant:
        lines.insert(1, (VARIANT, kpi.variant(lang)))
    st.caption("\n\n".join(f"**{head(lang)}** {escaped(text)}" for head, text in lines))


def _rows(counting: Counting, found: Proven, key: str, lang: Lang, *, brief: bool = False) -> None:
    columns = counting.case.columns
    frame = pd.DataFrame(
        values(columns, [worded(row, columns, lang) for row in counting.rows]),
        columns=[column.name for column in columns],
    )
    config = settings(columns, lang)
    for name, head, told in _beside(counting, found, lang, brief=brief):
        frame.insert(0 if name == "counts" else len(frame.columns), name, list(told))
        config[name] = (
            st.column_config.NumberColumn(head(lang), format="localized")
            if name in ("n", "of")
            else st.column_config.Column(head(lang))
        )
    chosen = st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        height=height(len(frame)),
        column_config=config,
        key=f"proof_{key}",
        on_select="rerun",
        selection_mode="single-row",
        alt=TITLE(lang),
    )
    _told(counting, lang, brief=brief)
    for place in chosen["selection"]["rows"]:
        _cells_of(counting.rows[place], found, lang)


def _beside(
    counting: Counting, found: Proven, lang: Lang, *, brief: bool
) -> Iterable[tuple[str, Text, Iterable[Any]]]:
    """Columns of ours: whether a row counts, with how much, and where it stands."""
    if not brief:
        yield (
            "counts",
            COUNTS,
            (counts(row, counting, found.result.kpi, lang) for row in counting.rows),
        )
    if any(_amount(row.numerator) not in _PLAIN for row in counting.rows):
        yield "n", N, (_amount(row.numerator) for row in counting.rows)
    if any(_amount(row.denominator) not in _PLAIN for row in counting.rows):
        yield "of", OF, (_amount(row.denominator) for row in counting.rows)
    where = [found.origins.get(row.address) if row.address else None for row in counting.rows]
    yield "file", FILE, (one.file if one else DASH for one in where)
    yield "sheet", SHEET, (one.sheet if one else DASH for one in where)
    yield "place", PLACE, (one.place if one else DASH for one in where)


def _amount(value: object) -> float | None:
    return None if value is None else float(str(value))


def _told(counting: Counting, lang: Lang, *, brief: bool) -> None:
    told = ROWS.format(all=number(counting.total), n=number(counting.counted))(lang)
    parts = [] if brief else [told]
    if counting.total > len(counting.rows):
        parts.append(FIRST.format(n=number(len(counting.rows)))(lang))
    st.caption(" ".join([*parts, PICK(lang)]))


def _cells_of(row: Counted, found: Proven, lang: Lang) -> None:
    origin = found.origins.get(row.address) if row.address else None
    if origin is None:
        st.caption(NOWHERE(lang))
    else:
        cells(origin, lang)


def _statements(found: Proven, lang: Lang) -> None:
    with st.expander(STATEMENT(lang), key=f"proof_sql_{found.result.kpi.id}"):
        _statement(STATEMENT, found.result.sql, found.result.parameters, lang)
        for one in found.countings:
            _statement(ROWS_STATEMENT, one.sql, one.parameters, lang)


def _statement(head: Text, sql: str, bound: Sequence[tuple[str, object]], lang: Lang) -> None:
    st.caption(head(lang))
    st.code(sql, language="sql", wrap_lines=True)
    st.caption(BOUND(lang))
    st.code("\n".join(f"{name} = {value}" for name, value in bound), language=None, wrap_lines=True)
