"""Two tables compared: the numbers, a chart, the sums, and the rows themselves."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import streamlit as st

from dashboard.charts import compared as chart
from dashboard.exploring.charting import naming
from dashboard.exploring.charting.recipe import Unit
from dashboard.exploring.doubts import plainly
from dashboard.exploring.pairs import changes
from dashboard.exploring.pairs.changes import GROUPS
from dashboard.exploring.pairs.comparing import Comparison, Sums, compare
from dashboard.exploring.pairs.keys import Key, Pairing
from dashboard.exploring.pairs.sums import weighed
from dashboard.text import Lang, Text, number, percent, rounded, same
from dashboard.ui.card import card, draw, palette
from dashboard.ui.explore.differing import downloads, rows
from dashboard.ui.markdown import escaped
from dashboard.ui.table import height

SAME = Text("相同", "Same")
OTHER = Text("重复或无键", "Repeated or keyless")
OTHER_HELP = Text(
    "键在任何一边出现多次，或键为空：分不清谁是谁，单独列出，不算新增或减少。",
    "The key stands more than once on a side, or is empty: nobody knows which row is which.",
)
BEFORE = Text(
    "前表 {rows} 行 = 相同 {same} + 变化 {changed} + 减少 {gone} + 键重复 {repeated}"
    " + 无键 {without}",
    "Before: {rows} rows = same {same} + changed {changed} + removed {gone} + repeated {repeated} +"
    " without a key {without}",
)
AFTER = Text(
    "后表 {rows} 行 = 相同 {same} + 变化 {changed} + 新增 {gone} + 键重复 {repeated}"
    " + 无键 {without}",
    "After: {rows} rows = same {same} + changed {changed} + added {gone} + repeated {repeated} +"
    " without a key {without}",
)
WHAT = Text("新增、减少与变化", "What came, went and changed")
BY, NOT_BY = Text("按", "By"), Text("不分组", "not by a column")
WEIGHED = Text("各类前后合计", "Sums by category, before and after")
OF = Text("数值列", "Figure")
WHICH = Text("哪些列变了", "Which columns changed")
WHICH_HINT = Text("各列有多少行不同", "rows in which each column differs")
NOTHING = Text("对上的行里没有一格不同。", "No cell differs in the rows that match.")
SUMS = Text("数值列的合计", "Sums of numbers")
SUMS_HINT = Text(
    "相差 = 变化 + 新增 − 减少 + 其他", "difference = changed + added − removed + others"
)
COLUMN, OTHERS = Text("列", "Column"), Text("其他", "Others")
BEFORE_SUM, AFTER_SUM = Text("前表合计", "Sum before"), Text("后表合计", "Sum after")
DIFFERENCE = Text("相差", "Difference")
UNLIKELY = Text(
    "对上的行里只有 {share} 的格相同：这个键可能把不相干的行认作了同一行，请换一个。",
    "Only {share} of the cells in matching rows are the same: the key may pair rows that have"
    " nothing to do with one another.",
)
_ALIKE = Fraction(1, 2)  # of the cells beside the key


def compared(pairing: Pairing, key: Key, names: tuple[str, str], at: str, lang: Lang) -> None:
    """Under this key; `names` of the two tables, `at` for the widgets' keys."""
    found = compare(pairing, key.parts)
    _tiles(found, lang)
    _identities(pairing, found, lang)
    if found.alike is not None and found.alike < _ALIKE:
        st.warning(UNLIKELY.format(share=percent(found.alike))(lang), icon=":material/warning:")
    left, right = st.columns([3, 2])
    with left:
        _what(pairing, found, at, lang)
    with right:
        _which(pairing, found, at, lang)
    _sums(pairing, found, at, lang)
    _weighed(pairing, found, at, lang)
    rows(pairing, found, at, lang)
    downloads(pairing, found, names, at, lang)


def _tiles(found: Comparison, lang: Lang) -> None:
    other = sum(len(rows) for rows in (*found.repeated, *found.without))
    with st.grid(5, min_column_width=110, gap="small"):
        st.metric(GROUPS["added"](lang), number(len(found.added)))
        st.metric(GROUPS["removed"](lang), number(len(found.removed)))
        st.metric(GROUPS["changed"](lang), number(len(found.changed[0])))
        st.metric(SAME(lang), number(len(found.same[0])))
        st.metric(OTHER(lang), number(other), help=OTHER_HELP(lang))


def _identities(pairing: Pairing, found: Comparison, lang: Lang) -> None:
    """How each table's rows are made up."""
    told = [
        words.format(
            rows=number(sheet.rows), same=number(len(found.same[0])),
            changed=number(len(found.changed[0])), gone=number(len(gone)),
            repeated=number(len(found.repeated[side])), without=number(len(found.without[side])),
        )(lang)
        for side, (words, sheet, gone) in enumerate((
            (BEFORE, pairing.left, found.removed), (AFTER, pairing.right, found.added),
        ))
    ]  # fmt: skip
    st.caption("  \n".join(map(escaped, told)))


def _what(pairing: Pairing, found: Comparison, at: str, lang: Lang) -> None:
    able = [one for one in changes.categories(pairing) if one not in found.parts]
    key = f"pairs_what_{at}"
    with card(WHAT, same(""), lang, key):
        chosen: int | None = None
        if able:
            chosen = st.selectbox(
                BY(lang), [*able, None], label_visibility="collapsed", key=f"pairs_by_{at}",
                format_func=lambda one: _by(pairing, one, lang),
            )  # fmt: skip
        parts = [] if chosen is None else changes.parted(pairing, found, chosen)
        if chosen is None or not parts:
            drawn = chart.outcomes(found, palette(), lang)
        else:
            by = same(pairing.columns(chosen)[1].label)
            drawn = chart.parted(parts, by, palette(), lang)
        draw(drawn, WHAT, key, lang)


def _by(pairing: Pairing, match: int | None, lang: Lang) -> str:
    return NOT_BY(lang) if match is None else f"{BY(lang)} {pairing.columns(match)[1].label}"


def _which(pairing: Pairing, found: Comparison, at: str, lang: Lang) -> None:
    key = f"pairs_which_{at}"
    with card(WHICH, WHICH_HINT, lang, key):
        if any(one.rows for one in found.columns):
            draw(chart.columns(pairing, found, palette(), lang), WHICH, key, lang)
        else:
            st.caption(NOTHING(lang))


# -- sums ----------------------------------------------------------------------------------------


def _sums(pairing: Pairing, found: Comparison, at: str, lang: Lang) -> None:
    rows = [
        {COLUMN(lang): _summed(pairing, one.match), **_parts(one.sums, lang)}
        for one in found.columns
        if one.sums
    ]
    if rows:
        with card(SUMS, SUMS_HINT, lang):
            st.dataframe(
                pd.DataFrame(rows), hide_index=True, height=height(len(rows)),
                key=f"pairs_sums_{at}", alt=SUMS(lang),
                column_config=dict.fromkeys(
                    list(rows[0])[1:], st.column_config.TextColumn(alignment="right")
                ),
            )  # fmt: skip


def _weighed(pairing: Pairing, found: Comparison, at: str, lang: Lang) -> None:
    """One column of numbers by one category, before and after."""
    able = changes.categories(pairing)
    measures = [one.match for one in found.columns if one.sums]
    if not able or not measures:
        return
    key = f"pairs_weighed_{at}"
    with card(WEIGHED, same(""), lang, key):
        with st.container(horizontal=True, gap="small"):
            measure = st.selectbox(
                OF(lang), measures, format_func=lambda one: _summed(pairing, one),
                label_visibility="collapsed", key=f"pairs_of_{at}",
            )  # fmt: skip
            category = st.selectbox(
                BY(lang), able, format_func=lambda one: _by(pairing, one, lang),
                label_visibility="collapsed", key=f"pairs_sums_by_{at}",
            )  # fmt: skip
        unit: Unit = "yuan" if _is_money(pairing, measure) else "number"
        by = same(pairing.columns(category)[1].label)
        told = weighed(pairing, category, measure)
        draw(chart.weighed(told, by, unit, palette(), lang), WEIGHED, key, lang)


def _is_money(pairing: Pairing, match: int) -> bool:
    return {column.kind for column in pairing.columns(match)} == {"money"}


def _summed(pairing: Pairing, match: int) -> str:
    """The column, with yuan where its two tables may write it in different units."""
    label = naming.label(pairing.columns(match)[1]).zh
    return f"{label}（元）" if _is_money(pairing, match) else label


def _parts(sums: Sums, lang: Lang) -> dict[str, str]:
    return {
        BEFORE_SUM(lang): _amount(sums.before), AFTER_SUM(lang): _amount(sums.after),
        DIFFERENCE(lang): _amount(sums.difference, signed=True),
        GROUPS["changed"](lang): _amount(sums.changed, signed=True),
        GROUPS["added"](lang): _amount(sums.added),
        GROUPS["removed"](lang): _amount(sums.removed),
        OTHERS(lang): _amount(sums.others, signed=True),
    }  # fmt: skip


def _amount(value: Fraction, *, signed: bool = False) -> str:
    """As many figures behind the point as it has."""
    words = plainly(rounded(value, 18))
    return f"+{words}" if signed and value > 0 else words
