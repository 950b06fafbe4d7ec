"""The proof of a figure on the screen: how it is counted, what counts, and which cells say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import words
from dashboard.charts.template import Mark
from dashboard.dimensions import DIMENSIONS
from dashboard.filters import Filters
from dashboard.kpis import KPIS
from dashboard.kpis.proof import Counted, Counting
from dashboard.lineage import Origin
from dashboard.proving import Evidence, Proven, evidence, over, prove
from dashboard.reports import LISTS
from dashboard.text import DASH, Lang, Text, day, number
from dashboard.ui import address, detail
from dashboard.ui.cache import Answer
from dashboard.ui.card import CaseMark, Opened
from dashboard.ui.markdown import escaped
from dashboard.ui.spaces import warehouse
from dashboard.ui.table import height, settings, values
from dashboard.warehouse import settings as school_of

SHOWN = 500  # rows on the screen; a download has them all
TITLE = Text("计算依据", "How this is counted")
ROW_TAB, TIME_TAB, GROUP_TAB = (
    Text("依据与明细", "How it is counted"),
    Text("趋势", "Trend"),
    Text("分组", "Groups"),
)
FORMULA, VARIANT = Text("公式", "Formula"), Text("本校口径", "Counted here as")
SOURCE, QUALITY = Text("出处", "Source"), Text("数据质量", "Data quality")
COUNTED_OF = Text("按 {n}/{all} 行计算", "counted from {n} of {all} rows")
LEFT_OUT = Text(
    "，{n} 行数据不全，未计入（见下表“未计入”）", "; {n} rows lack data and are left out"
)
ROLES = {
    ("numerator", "denominator"): Text("逐行依据", "Row by row"),
    ("numerator",): Text("分子的行", "Rows of the numerator"),
    ("denominator",): Text("分母的行", "Rows of the denominator"),
}
COUNTS, YES, NO, OUT = (
    Text("计入", "Counts"),
    Text("✓ 计入", "✓ counts"),
    Text("— 不在分子", "— not in the numerator"),
    Text("未计入：数据不全", "left out: data lacking"),
)
N, OF = Text("分子", "Numerator"), Text("分母", "Denominator")
FILE, SHEET, PLACE = Text("文件", "File"), Text("工作表", "Sheet"), Text("单元格", "Cells")
ROWS = Text("共 {all} 行，计入 {n} 行。", "{all} rows, {n} of them count.")
FIRST = Text("这里列出前 {n} 行，下载含全部。", "The first {n} are shown; a download has all.")
PICK = Text("点一行，查看它在原表中的单元格。", "Choose a row to see its cells.")
FIELD, VALUE, WRITTEN = Text("字段", "Field"), Text("读作", "Read as"), Text("原文", "As written")
STATEMENT, BOUND = Text("计算语句", "SQL statement"), Text("参数", "Values")
ROWS_STATEMENT = Text("明细语句", "SQL of the rows")
ONLY = Text("只看“{name}”", "Show only {name}")
NOWHERE = Text("台账中已没有这一行。", "The registers no longer hold this row.")
NONE_UNMET = Text("没有，全部达到。", "None: all of it is met.")
IMPORTED = Text("{day} 导入", "imported {day}")


def drawer(mark: Opened, answer: Answer, workspace: str, lang: Lang) -> None:
    """What a tile, bar, point or row opens, at the right of the page."""
    if isinstance(mark, CaseMark):
        st.dialog(TITLE(lang), width="large", position="right")(_case)(
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
    if mark.dimension and mark.value:
        _only(mark.dimension, mark.value, lang)
    if mark.dimension or mark.span:
        view(found, lang)
        return
    rows, time, groups = st.tabs([ROW_TAB(lang), TIME_TAB(lang), GROUP_TAB(lang)])
    with rows:
        view(found, lang)
    with time:
        detail.trends(found.result, lang)
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
    names = list(KPIS)
    named = st.query_params.get("kpi", "")
    chosen = st.selectbox(
        TITLE(lang),
        names,
        index=names.index(named) if named in names else 0,
        format_func=lambda name: KPIS[name].label(lang),
        key="proof_kpi",
    )
    st.query_params["kpi"] = chosen
    view(_proven(workspace, chosen, answer.filters), lang)


def unmet(name: str, answer: Answer, workspace: str, lang: Lang) -> None:
    """The cases behind a gap."""
    found = _proven(workspace, name, answer.filters, unmet=True)
    for counting in found.countings:
        if counting.rows:
            _rows(counting, found, f"unmet_{name}", lang, brief=True)
        else:
            st.caption(f":material/check_circle: {NONE_UNMET(lang)}")


def _proven(workspace: str, name: str, filters: Filters, *, unmet: bool = False) -> Proven:
    with warehouse(workspace).snapshot() as reader:
        return prove(reader, name, filters, school_of(reader), unmet=unmet, most=SHOWN)


# -- the view ---------------------------------------------------------------------------------


def view(found: Proven, lang: Lang) -> None:
    """From the figure down to its cells."""
    _figure(found, lang)
    for counting in found.countings:
        st.markdown(f"**{ROLES[counting.roles](lang)}**")
        _rows(counting, found, f"{found.result.kpi.id}_{counting.case.name}", lang)
    _statements(found, lang)


def _figure(found: Proven, lang: Lang) -> None:
    result, kpi = found.result, found.result.kpi
    if result.now.missing:
        st.info(escaped(result.now.missing(lang)))
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
        (QUALITY, _quality(found, lang)),
    ]
    if kpi.variant:
        lines.insert(1, (VARIANT, kpi.variant(lang)))
    st.caption("\n\n".join(f"**{head(lang)}** {escaped(text)}" for head, text in lines))


def _quality(found: Proven, lang: Lang) -> str:
    """`按 412/430 行计算`, and why the others are not in it."""
    every = sum(one.total for one in found.countings)
    out = sum(one.left_out for one in found.countings)
    told = COUNTED_OF.format(n=number(every - out), all=number(every))(lang)
    return told + (LEFT_OUT.format(n=number(out))(lang) if out else "")


def _rows(counting: Counting, found: Proven, key: str, lang: Lang, *, brief: bool = False) -> None:
    columns = counting.case.columns
    frame = pd.DataFrame(
        values(columns, [_worded(row, counting, lang) for row in counting.rows]),
        columns=[column.name for column in columns],
    )
    config = settings(columns, lang)
    for name, head, told in _beside(counting, found, lang, brief=brief):
        frame.insert(0 if name == "counts" else len(frame.columns), name, list(told))
        config[name] = st.column_config.Column(head(lang))
    chosen = st.dataframe(
        frame,
        hide_index=True,
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


def _worded(row: Counted, counting: Counting, lang: Lang) -> Mapping[str, Any]:
    shown = dict(row.values)
    for column in counting.case.columns:
        if column.codes and shown[column.name] is not None:
            known = {code.value: code.label for code in LISTS[column.codes].codes}
            said = known.get(shown[column.name])
            shown[column.name] = said(lang) if said else shown[column.name]
    return shown


def _beside(
    counting: Counting, found: Proven, lang: Lang, *, brief: bool
) -> Iterable[tuple[str, Text, Iterable[Any]]]:
    """Columns of ours: whether a row counts, with how much, and where it stands."""
    if not brief:
        yield "counts", COUNTS, (_counts(row, counting, lang) for row in counting.rows)
    if any(_amount(row.numerator) not in (None, 1.0) for row in counting.rows):
        yield "n", N, (_amount(row.numerator) for row in counting.rows)
    if any(_amount(row.denominator) not in (None, 1.0) for row in counting.rows):
        yield "of", OF, (_amount(row.denominator) for row in counting.rows)
    where = [found.origins.get(row.address) if row.address else None for row in counting.rows]
    yield "file", FILE, (one.file if one else DASH for one in where)
    yield "sheet", SHEET, (one.sheet if one else DASH for one in where)
    yield "place", PLACE, (one.place if one else DASH for one in where)


def _amount(value: object) -> float | None:
    return None if value is None else float(str(value))


def _counts(row: Counted, counting: Counting, lang: Lang) -> str:
    if row.left_out:
        return OUT(lang)
    role = row.numerator if "numerator" in counting.roles else row.denominator
    return YES(lang) if role else NO(lang)


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


def cells(origin: Origin, lang: Lang) -> None:
    """One row's cells: where each stood, what it was read as, and what was written."""
    st.markdown(
        f"**{escaped(origin.file)}** · {escaped(origin.sheet)} · {origin.place} · "
        f":gray[{IMPORTED.format(day=day(origin.imported_at.date()))(lang)}"
        f" · sha256 {origin.sha256[:12]}]"
    )
    shown = [
        {
            FIELD(lang): cell.label(lang),
            PLACE(lang): cell.place or DASH,
            VALUE(lang): _said(cell.value, lang),
            WRITTEN(lang): cell.written or "",
        }
        for cell in origin.cells
    ]
    st.dataframe(pd.DataFrame(shown), hide_index=True, key=f"cells_{origin.address}")


def _said(value: object, lang: Lang) -> str:
    if isinstance(value, Text):
        return value(lang)
    return DASH if value is None else str(value)


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


def _case(mark: CaseMark, answer: Answer, workspace: str, lang: Lang) -> None:
    """One row of a table: every register row that speaks for it."""
    with warehouse(workspace).snapshot() as reader:
        found: Evidence | None = evidence(reader, mark.case, mark.key, answer.filters)
    if found is None:
        st.caption(NOWHERE(lang))
        return
    for origin in found.origins:
        cells(origin, lang)
