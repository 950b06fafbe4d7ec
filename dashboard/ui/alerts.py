"""需要关注 on the screen: one line for each alert, and the rows behind it in a drawer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.alerts.model import SEVERITIES, Alert, Attention, ProofOf, Rows, Rule, Severity
from dashboard.answers import Answer
from dashboard.charts.template import Mark
from dashboard.kpis import KPIS
from dashboard.text import Lang, Text, number
from dashboard.ui.card import AlertMark, CaseMark, card, open_mark
from dashboard.ui.cells import case_view
from dashboard.ui.links import link, upload_link
from dashboard.ui.markdown import escaped, together
from dashboard.ui.proof import unmet
from dashboard.ui.table import height, settings, values

TITLE = Text("需要关注", "Needs attention")
HINT = Text("紧急的在前，同级的时间久的在前", "the most urgent first, then the oldest")
NONE = Text("没有需要关注的事项。", "Nothing needs attention.")
CHECKED = Text("已检查：{names}。", "Checked: {names}.")
UNCHECKED = Text(
    "未检查（没有相应台账，或不按所选条件统计）：{names}。",
    "Not checked (no such register, or not kept by what is chosen): {names}.",
)
NO_DATA = Text("还没有数据，无从检查。", "No data yet, so nothing can be checked.")
OPENS, MORE = Text("查看：{name}", "Open: {name}"), Text("还有 {n} 项", "{n} more")
PAGE = Text("到相关页面", "To its page")
AGE, OR_MORE = Text("已 {n} 天", "for {n} days"), Text("已 {n} 天以上", "for {n} days or more")
PICK = Text("点一行，查看它在原表中的单元格。", "Choose a row to see its cells.")
SHOWN = 8  # lines before the others are folded away
BADGES: dict[Severity, tuple[str, Literal["red", "orange", "gray"]]] = {
    "urgent": (":material/error:", "red"),
    "attention": (":material/warning:", "orange"),
    "notice": (":material/info:", "gray"),
}


def attention(found: Attention, lang: Lang) -> None:
    """The card: what to do first at the top."""
    with card(TITLE, HINT if found.alerts else Text("", ""), lang):
        for alert in found.alerts[:SHOWN]:
            _line(alert, lang)
        if rest := found.alerts[SHOWN:]:
            with st.expander(MORE.format(n=len(rest))(lang), key="more_alerts"):
                for alert in rest:
                    _line(alert, lang)
        if not found.alerts:
            _nothing(found, lang)
        elif found.unchecked:
            st.caption(UNCHECKED.format(names=_names(found.unchecked, lang))(lang))


def _line(alert: Alert, lang: Lang) -> None:
    """The whole line opens it; elements beside each other would cost every run of the page."""
    age = f" :gray[{together(words)}]" if (words := _age(alert, lang)) else ""
    st.button(
        f"{_badge(alert.rule.severity, lang)} {_reason(alert, lang)}{age}",
        key=f"open_alert_{alert.id}",
        type="tertiary",
        icon=":material/chevron_right:",
        icon_position="right",
        help=OPENS.format(name=alert.rule.label)(lang),
        width="stretch",
        on_click=partial(open_mark, _mark(alert)),
    )


def _reason(alert: Alert, lang: Lang) -> str:
    """Chinese breaks anywhere but between a number and its unit."""
    words = escaped(alert.reason(lang))
    return together(words) if lang == "zh" else words


def _badge(severity: Severity, lang: Lang) -> str:
    """Within the words: an element of its own costs every run of the page."""
    icon, colour = BADGES[severity]
    return f":{colour}-badge[{icon} {SEVERITIES[severity](lang)}]"


def _age(alert: Alert, lang: Lang) -> str:
    """Nothing on the first day: `已 0 天` tells nobody anything."""
    if not alert.days or alert.days < 0:
        return ""
    return (OR_MORE if alert.or_more else AGE).format(n=number(alert.days))(lang)


def _mark(alert: Alert) -> Mark | AlertMark:
    """A gap has a list of its own; what else a figure tells is its proof."""
    if isinstance(alert.rows, ProofOf) and not alert.rows.unmet:
        return Mark(alert.rows.kpi)
    return AlertMark(alert.id)


def _nothing(found: Attention, lang: Lang) -> None:
    if not found.checked:
        st.caption(NO_DATA(lang))
        upload_link(lang)
        return
    st.markdown(f":material/check_circle: {NONE(lang)}")
    told = [CHECKED.format(names=_names(found.checked, lang))(lang)]
    if found.unchecked:
        told.append(UNCHECKED.format(names=_names(found.unchecked, lang))(lang))
    st.caption(" ".join(told))


def _names(rules: Sequence[Rule], lang: Lang) -> str:
    return escaped(("、" if lang == "zh" else ", ").join(rule.label(lang) for rule in rules))


# -- the drawer -------------------------------------------------------------------------------


def alert_drawer(mark: AlertMark, answer: Answer, workspace: str, lang: Lang) -> None:
    """An alert's rows, at the right of the page; nothing where the alert is gone meanwhile."""
    alerts = answer.attention.alerts if answer.attention else ()
    for alert in (alert for alert in alerts if alert.id == mark.id):
        st.dialog(escaped(alert.rule.label(lang)), width="large", position="right")(_drawer)(
            alert, answer, workspace, lang
        )


def _drawer(alert: Alert, answer: Answer, workspace: str, lang: Lang) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_badge(alert.rule.severity, lang), width="content")
        if age := _age(alert, lang):
            st.caption(together(age), width="content")
    st.markdown(_reason(alert, lang))
    if isinstance(alert.rows, ProofOf):
        unmet(alert.rows.kpi, answer, workspace, lang)
    else:
        _rows(alert.rows, alert, answer, workspace, lang)
    link(_page(alert), PAGE, lang, ":material/arrow_forward:")


def _page(alert: Alert) -> str:
    """A figure has a page of its own."""
    return KPIS[alert.rows.kpi].subject if isinstance(alert.rows, ProofOf) else alert.rule.page


def _rows(found: Rows, alert: Alert, answer: Answer, workspace: str, lang: Lang) -> None:
    frame = pd.DataFrame(
        values(found.columns, found.rows), columns=[column.name for column in found.columns]
    )
    shown: dict[str, Any] = {
        "hide_index": True,
        "height": height(len(frame)),
        "placeholder": "",
        "column_config": settings(found.columns, lang),
        "key": f"alert_rows_{alert.id}",
        "alt": alert.rule.label(lang),
    }
    if not found.keys:
        st.dataframe(frame, **shown)
        return
    chosen = st.dataframe(frame, on_select="rerun", selection_mode="single-row", **shown)
    st.caption(PICK(lang))
    for place in chosen["selection"]["rows"]:
        for key in found.keys[place]:
            case_view(CaseMark(found.case, key), answer, workspace, lang)
