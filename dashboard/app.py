"""The entry: which page, in which language, of which school; then the page is drawn.

Pages are values found in `pages/`; nothing is computed here.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # `streamlit run` puts only this file's folder there
    sys.path.append(str(ROOT))

import streamlit as st  # noqa: E402

from dashboard import audit  # noqa: E402
from dashboard.answers import Question, asking  # noqa: E402
from dashboard.contents import found  # noqa: E402
from dashboard.eyes import theirs  # noqa: E402
from dashboard.icon import ICON  # noqa: E402
from dashboard.layout import Page  # noqa: E402
from dashboard.roles import Identity, Role  # noqa: E402
from dashboard.settings import data_folder, today  # noqa: E402
from dashboard.text import Lang  # noqa: E402
from dashboard.ui import address, frame, ledger, links, look, spaces, visitor  # noqa: E402
from dashboard.ui.cache import answer  # noqa: E402
from dashboard.ui.explore.pins import with_pins  # noqa: E402
from dashboard.ui.identity import identity  # noqa: E402
from dashboard.ui.keeping import keeping  # noqa: E402
from dashboard.ui.mishaps import told  # noqa: E402
from dashboard.ui.navigation import navigate, places  # noqa: E402
from dashboard.ui.present import present  # noqa: E402
from dashboard.ui.show import Screen, show  # noqa: E402


def question(page: Page, workspace: str, role: Role, lang: Lang) -> Question:
    view = Question(
        folder=str(data_folder()),
        workspace=workspace,
        version=spaces.warehouse(workspace).version,
        today=today(),
        period=address.said("period"),
        chosen=address.chosen(),
        as_of=address.said("as_of"),
        lang=lang,
        role=role,
    )
    return asking(page, view)


def main() -> None:
    address.restore()
    lang = address.lang()
    st.set_page_config(page_title=frame.NAME(lang), page_icon=ICON, layout="wide")
    asks = identity()
    every = with_pins(found())
    pages, known = theirs(every, asks.role), places(every, asks.role, lang)
    path = navigate(every, known, lang)
    links.register({page.path: known[page.path] for page in pages})
    look.wear(lang)
    page = next((page for page in pages if page.path == path), None)
    if page is None:
        closed(asks, lang)
        return
    audit.opened_page(data_folder(), asks.who, path)
    if shown := address.said("present"):
        with told(lang):
            present(shown, pages, question(page, spaces.current(lang), asks.role, lang))
    else:
        drawn(page, pages, asks, lang)


def closed(asks: Identity, lang: Lang) -> None:
    around(asks, lang)
    visitor.closed(lang)


def around(asks: Identity, lang: Lang) -> None:
    """What stands around every page, whoever sees it."""
    visitor.foot(asks, lang)
    frame.language_switch(lang)
    visitor.mark(asks, lang)


def drawn(page: Page, pages: list[Page], asks: Identity, lang: Lang) -> None:
    around(asks, lang)
    head, is_shown = frame.Frame(page, lang), False
    with told(lang):
        workspace = spaces.current(lang)
        ledger.missing(workspace, asks, lang)
        asked = question(page, workspace, asks.role, lang)
        figures = answer(asked)
        if page.filtered:
            address.pin("period", figures.filters.period.key)
        head.fill(figures, asked, pages)
        show(page, Screen(figures, workspace, lang, asked))
        is_shown = True
    if page.path == "keeping" and not is_shown:  # what mends damaged data is there without it
        with told(lang):
            keeping(lang)


main()
