"""What is presented: this page, or a running order of pages and blocks; how fast, and in what look.

The button stands beside the pickers of every page that has something to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from dashboard import layout
from dashboard.charts.template import DARK
from dashboard.exhibits.blocks import TILES
from dashboard.exhibits.meeting import ALL
from dashboard.layout import Page
from dashboard.reports import queries
from dashboard.text import Lang, Text
from dashboard.ui.card import palette
from dashboard.ui.present import remote
from dashboard.ui.written import FULL_SCREEN

PRESENT = Text("投影", "Present")
HELP = Text("全屏逐张显示，已隐去个人信息", "Full screen, slide by slide, without personal data")
TITLE = Text("投影到大屏幕", "Present on a screen")
WHAT = Text("内容", "What")
HERE, EVERYTHING, CHOSEN = (
    Text("本页", "This page"),
    Text("全部页面", "All pages"),
    Text("自选顺序", "My own order"),
)
ORDER = Text("按点选的先后排列", "In the order you choose them")
CHOOSE = Text("点选页面或其中一块", "Choose pages, or parts of them")
WHOLE = Text("{page}（整页）", "{page} (whole page)")
BLOCK = Text("{page} · {block}", "{page} · {block}")
PACE = Text("自动换页", "Next slide")
BY_HAND = Text("不自动", "by hand")
SECONDS = Text("每 {n} 秒", "every {n} seconds")
LOOK = Text("底色", "Colours")
LOOKS = {"light": Text("浅色", "Light"), "dark": Text("深色", "Dark")}
LANGUAGE = Text("语言", "Language")
LANGUAGES: dict[Lang, str] = {"zh": "中文", "en": "English"}
KEYS = Text(
    "换页：← → 空格、翻页笔，或点屏幕左右两侧；Home、End 到首尾；"
    "F 全屏，B 黑屏，P 暂停，Esc 结束。",
    "Turn: ← → space, a presenter's remote, or a click at the left or right; Home and End;"
    " F full screen, B black, P pause, Esc ends.",
)
START = Text("开始投影", "Start")
PACES = (0, 10, 20, 30, 60)  # seconds


def present_button(page: Page, pages: Sequence[Page], lang: Lang) -> None:
    if not layout.presents(page):
        return
    pressed = st.button(
        PRESENT(lang),
        icon=":material/slideshow:",
        help=HELP(lang),
        key="present_button",
        width="content",
    )
    if pressed:
        _choose(page, pages, lang)


def blocks(page: Page, lang: Lang) -> Iterator[tuple[str, str]]:
    """The page as a whole, then what of it may be on a wall: as the address has it, in words."""
    yield page.path, WHOLE.format(page=page.title)(lang)
    found = [block for row in page.rows for block in row]
    for at, block in enumerate(found, start=1):
        if title := _title(block):
            yield f"{page.path}.{at}", BLOCK.format(page=page.title, block=title)(lang)


def _title(block: layout.Block) -> Text | None:
    """None for what is for the officer alone, and for lists of people."""
    if isinstance(block, layout.Tiles):
        return TILES
    if isinstance(block, layout.Table) and queries()[block.report].people:
        return None
    return block.title if isinstance(block, layout.Titled) else None


def _choose(page: Page, pages: Sequence[Page], lang: Lang) -> None:
    @st.dialog(TITLE(lang), width="medium", icon=":material/slideshow:")
    def choosing() -> None:
        st.html(FULL_SCREEN, unsafe_allow_javascript=True)
        order = running_order(page, pages, lang, "present")
        with st.container(horizontal=True, gap="medium"):
            seconds = st.selectbox(
                PACE(lang),
                PACES,
                format_func=lambda n: _pace(n)(lang),
                key="present_auto",
                width=150,
            )
            look = _one_of(LOOK, LOOKS, _worn(), "present_theme", lang)
            spoken = _one_of(LANGUAGE, LANGUAGES, lang, "present_lang", lang)
        st.caption(KEYS(lang))
        started = st.button(
            START(lang),
            type="primary",
            icon=":material/play_arrow:",
            key="present_start",
            disabled=not order,
        )
        if started:
            theme = look if look != _worn() else None
            remote.start(order, "en" if spoken == "en" else "zh", seconds, theme)
            st.rerun()

    choosing()


def running_order(page: Page, pages: Sequence[Page], lang: Lang, key: str, first: str = "") -> str:
    """The running order as the address has it; empty while nothing is chosen."""
    orders = {page.path: HERE, ALL: EVERYTHING, "": CHOSEN}
    order = _one_of(WHAT, orders, first or page.path, f"{key}_what", lang)
    if order:
        return order
    words = dict(pair for one in pages if layout.presents(one) for pair in blocks(one, lang))
    picked = st.multiselect(
        ORDER(lang),
        list(words),
        format_func=words.__getitem__,
        placeholder=CHOOSE(lang),
        select_all=False,
        key=f"{key}_order",
    )
    return ",".join(picked)


def _one_of(
    label: Text, words: dict[str, Text] | dict[Lang, str], first: str, key: str, lang: Lang
) -> str:
    told = {name: word if isinstance(word, str) else word(lang) for name, word in words.items()}
    found = st.segmented_control(
        label(lang), list(told), default=first, format_func=told.__getitem__, key=key, required=True
    )
    return str(found)


def _pace(seconds: int) -> Text:
    return SECONDS.format(n=seconds) if seconds else BY_HAND


def _worn() -> str:
    return "dark" if palette() is DARK else "light"
