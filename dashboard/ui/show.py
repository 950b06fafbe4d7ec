"""Draw a page: one function per kind of block, in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from dashboard import layout
from dashboard.answers import Answer, Question
from dashboard.charts.history import points
from dashboard.charts.template import Chart
from dashboard.dimensions import DIMENSIONS
from dashboard.exhibits.absent import missing
from dashboard.exhibits.blocks import read
from dashboard.text import Lang, Text, same
from dashboard.ui import address, cache, empty
from dashboard.ui.accounts import accounts
from dashboard.ui.alerts import alert_drawer, attention
from dashboard.ui.card import AlertMark, FindingMark, card, draw, opened, palette
from dashboard.ui.ceilings import ceilings, finding_drawer
from dashboard.ui.definitions import definitions
from dashboard.ui.explore import explore, nothing_pinned, pinned_chart
from dashboard.ui.keeping import keeping
from dashboard.ui.mishaps import told
from dashboard.ui.persons import persons, reminder
from dashboard.ui.plan import plan
from dashboard.ui.proof import drawer, proof_page, unmet
from dashboard.ui.settings import settings
from dashboard.ui.status import status
from dashboard.ui.table import table
from dashboard.ui.tile import face, tile
from dashboard.ui.upload import upload
from dashboard.ui.years import year_chart

BY = Text("分组", "Group by")
NARROW, HALF = 190, 290  # pixels below which a tile, a card moves to the next line


@dataclass(frozen=True, slots=True)
class Screen:
    """What every block is drawn from."""

    answer: Answer
    workspace: str
    lang: Lang
    question: Question


def show(page: layout.Page, screen: Screen) -> None:
    """The rows from top down; a block that fails takes no other with it."""
    for at, row in enumerate(page.rows):
        place = _place(row, at)
        for block in row:
            with place, told(screen.lang):
                DRAWN[type(block)](block, screen)
    mark = opened()
    if isinstance(mark, AlertMark):
        alert_drawer(mark, screen.answer, screen.workspace, screen.lang)
    elif isinstance(mark, FindingMark):
        finding_drawer(mark, screen.workspace, screen.lang)
    elif mark:
        drawer(mark, screen.answer, screen.workspace, screen.lang)


def _place(row: Sequence[layout.Block], at: int) -> AbstractContextManager[object]:
    """Two blocks share a row by 3 to 2; pinned charts by halves, a last one too. Each block is one
    card, and so one cell.
    """
    if isinstance(row[0], layout.Pinned):
        return st.grid(2, min_column_width=HALF)
    if len(row) == 2:
        return st.container(horizontal=True, gap="small", key=f"pair_{at}")
    return nullcontext()


# -- blocks -----------------------------------------------------------------------------------


def _tiles(block: layout.Tiles, screen: Screen) -> None:
    with st.grid(len(block.kpis), min_column_width=NARROW, gap="small"):
        for result in map(screen.answer.results.__getitem__, block.kpis):
            made, what = partial(face, result, screen.lang), ("tile", result.kpi.id)
            said = cache.made(what, screen.question, screen.answer, made)
            tile(result, said, screen.lang)


def _trend(block: layout.Trend, screen: Screen) -> None:
    results = [screen.answer.results[name] for name in block.kpis]
    with card(block.title, _hint(block, screen), screen.lang, _key(block)):
        if empty.is_said(block, results, screen.answer, screen.lang):
            return
        if not any(p.reading.value is not None for r in results for p in r.trend):
            empty.nothing(screen.lang)
        else:
            drawn = _chart(block, screen)
            draw(drawn, block.title, _key(block), screen.lang, height="stretch")


def _years(block: layout.Years, screen: Screen) -> None:
    result = screen.answer.results[block.kpi]
    held = screen.answer.histories[block.kpi]
    with card(block.title, points(held, block.projected), screen.lang, _key(block)):
        if empty.is_said(block, [result], screen.answer, screen.lang):
            return
        year_chart(held, block.projected, block.title, _key(block), screen.lang)


def _breakdown(block: layout.Breakdown, screen: Screen) -> None:
    result = screen.answer.results[block.kpi]
    with card(block.title, _hint(block, screen), screen.lang, _key(block)):
        if empty.is_said(block, [result], screen.answer, screen.lang):
            return
        if not result.parts.get(by := _by(block, screen)):
            empty.nothing(screen.lang)
        else:
            drawn = _chart(replace(block, by=by), screen)
            draw(drawn, block.title, _key(block), screen.lang)


def _by(block: layout.Breakdown, screen: Screen) -> str:
    """The dimension of the bars: the block's own, or one of its choices."""
    if not block.choices:
        return block.by
    key = f"by_{_key(block)}"
    st.session_state[key] = _asked(block, screen)
    chosen = st.segmented_control(
        BY(screen.lang),
        block.choices,
        format_func=lambda name: DIMENSIONS[name].label(screen.lang),
        key=key,
        on_change=lambda: address.say("by", st.session_state[key]),
        label_visibility="collapsed",
        required=True,
    )
    return str(chosen)


def _asked(block: layout.Breakdown, screen: Screen) -> str:
    """What the address says; unsaid, the first that is not narrowed to one value anyway."""
    if (named := address.said("by")) in block.choices:
        return str(named)
    narrowed = dict(screen.answer.filters.chosen)
    return next((one for one in block.choices if one not in narrowed), block.choices[0])


def _moves(block: layout.Moves, screen: Screen) -> None:
    joined, left = (screen.answer.results[name] for name in (block.joined, block.left))
    found = screen.answer.reports[block.report]
    with card(block.title, _hint(block, screen), screen.lang, _key(block)):
        if empty.is_said(block, [joined, left], screen.answer, screen.lang):
            return
        if not found.rows:
            empty.report(block.report, screen.answer, screen.lang)
        else:
            drawn = _chart(block, screen)
            draw(drawn, block.title, _key(block), screen.lang, height="stretch")


def _funnel(block: layout.Funnel, screen: Screen) -> None:
    results = [screen.answer.results[name] for name in block.kpis]
    with card(block.title, _hint(block, screen), screen.lang, _key(block)):
        if empty.is_said(block, results, screen.answer, screen.lang):
            return
        if not any(result.now.numerator for result in results):
            empty.nothing(screen.lang)
        else:
            drawn = _chart(block, screen)
            draw(drawn, block.title, _key(block), screen.lang)


def _unmet(block: layout.Unmet, screen: Screen) -> None:
    result = screen.answer.results[block.kpi]
    title = result.kpi.unmet.title if result.kpi.unmet else result.kpi.label
    with card(title, block.hint, screen.lang):
        if absent := missing([result]):
            empty.missing(absent, screen.lang)
        else:
            unmet(result.kpi.id, screen.answer, screen.workspace, screen.lang)


def _table(block: layout.Table, screen: Screen) -> None:
    found = screen.answer.reports[block.report]
    if block.only:
        found = found.only(*block.only)
    with card(block.title, _hint(block, screen), screen.lang):
        if found.rows:
            table(found, block.title, screen.lang)
        else:
            empty.report(block.report, screen.answer, screen.lang)


def _calendar(block: layout.CalendarHeat, screen: Screen) -> None:
    found = screen.answer.reports[block.report]
    with card(block.title, _hint(block, screen), screen.lang, _key(block)):
        if not found.rows or found.query.opens is None:
            empty.report(block.report, screen.answer, screen.lang)
        else:
            drawn = _chart(block, screen)
            draw(drawn, block.title, _key(block), screen.lang)


def _alerts(block: layout.Alerts, screen: Screen) -> None:
    if screen.answer.attention:
        attention(screen.answer.attention, screen.lang)
    reminder(screen.workspace, screen.lang)


def _sankey(block: layout.Sankey, screen: Screen) -> None:
    found = screen.answer.reports[block.report]
    with card(block.title, _hint(block, screen), screen.lang, _key(block)):
        if found.rows:
            drawn = _chart(block, screen)
            with st.container(key=f"wide_{_key(block)}"):
                draw(drawn, block.title, _key(block), screen.lang)
        else:
            empty.report(block.report, screen.answer, screen.lang)


def _ceilings(block: layout.Ceilings, screen: Screen) -> None:
    if "ledger" in screen.answer.datasets:
        ceilings(screen.answer.ceilings, screen.lang)


def _upload(block: layout.Upload, screen: Screen) -> None:
    upload(screen.workspace, screen.lang)


def _explore(block: layout.Explore, screen: Screen) -> None:
    explore(screen.lang)


def _plan(block: layout.PlanText, screen: Screen) -> None:
    plan(screen.answer, screen.lang)


def _pinned(block: layout.Pinned, screen: Screen) -> None:
    pinned_chart(block, screen.answer, screen.lang)


def _nothing_pinned(block: layout.NothingPinned, screen: Screen) -> None:
    nothing_pinned(screen.lang)


def _definitions(block: layout.Definitions, screen: Screen) -> None:
    definitions(screen.answer.results, screen.lang)


def _settings(block: layout.Settings, screen: Screen) -> None:
    settings(screen.answer, screen.workspace, screen.lang)


def _proof(block: layout.Proof, screen: Screen) -> None:
    proof_page(screen.answer, screen.workspace, screen.lang)


def _hint(block: layout.Titled | layout.Unmet, screen: Screen) -> Text:
    """What it says of clicking is for who may open what is behind it."""
    hint = block.hint if not isinstance(block, layout.Pinned | layout.Years) else Text("", "")
    return same(read(hint, screen.lang)) if screen.question.withholds else hint


def _chart(block: layout.Charted, screen: Screen) -> Chart:
    return cache.chart(block, screen.question, screen.answer, palette())


def _key(block: layout.Titled) -> str:
    return f"chart_{block.title.en}"


DRAWN: dict[type[Any], Callable[[Any, Screen], None]] = {
    layout.Tiles: _tiles,
    layout.Trend: _trend,
    layout.Years: _years,
    layout.Breakdown: _breakdown,
    layout.Funnel: _funnel,
    layout.Moves: _moves,
    layout.Unmet: _unmet,
    layout.Table: _table,
    layout.CalendarHeat: _calendar,
    layout.Alerts: _alerts,
    layout.Upload: _upload,
    layout.Explore: _explore,
    layout.PlanText: _plan,
    layout.Pinned: _pinned,
    layout.NothingPinned: _nothing_pinned,
    layout.Sankey: _sankey,
    layout.Ceilings: _ceilings,
    layout.Definitions: _definitions,
    layout.Proof: _proof,
    layout.Settings: _settings,
    layout.Keeping: lambda _, screen: keeping(screen.lang),
    layout.Persons: lambda _, screen: persons(screen.lang),
    layout.Status: lambda _, screen: status(screen.lang),
    layout.Accounts: lambda _, screen: accounts(screen.lang),
}
