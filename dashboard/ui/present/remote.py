"""Keys, a presenter's remote, click areas and the clock: what turns the slides, in the browser.

The script is a fixed text of ours; nothing of a school's data is ever put into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.text import Lang, Text
from dashboard.ui import address
from dashboard.ui.present import names

KEY = "remote"
WORDS = {
    "previous": Text("上一张", "Previous"),
    "next": Text("下一张", "Next"),
    "pause": Text("暂停", "Pause"),
    "resume": Text("继续", "Resume"),
    "full": Text("全屏", "Full screen"),
    "leave": Text("结束投影", "End"),
}
LONGEST = 3600  # seconds a slide stands, at most
_LEFT, _LANG = "left_presenting", "lang_before"


def remote(at: int, count: int, lang: Lang) -> None:
    """`at` is the slide the server means, from one."""
    words = {name: word(lang) for name, word in WORDS.items()} | {"names": names.word(lang)}
    _component()(
        key=KEY,
        data={
            "slide": at,
            "turns": _turned().get("turns", 0),
            "count": count,
            "seconds": seconds(),
            "words": words,
        },
        width="content",
        height="content",
        on_turned_change=turn,
        on_leave_change=leave,
        on_names_change=names.press,
    )


def seconds() -> int:
    """How long a slide stands before the next comes by itself; 0: until a key is pressed."""
    told = address.said("auto") or ""
    return min(int(told), LONGEST) if told.isdecimal() and len(told) < 6 else 0


def start(order: str, lang: Lang, seconds: int = 0, theme: str | None = None) -> None:
    """From here on the slides are shown; what the page looked like is kept in the address."""
    told = {"present": order, "slide": "1", "auto": str(seconds or ""), "theme": theme}
    if lang != address.lang():
        st.session_state[_LANG] = address.lang()
        told["lang"] = lang
    address.say_together(told)


def leave() -> None:
    """Back to the page, in its own language; names are hidden again. Escape may be told twice, by
    the key and by the end of the full screen, the second time with the address of the slides.
    """
    if not address.said("present"):
        address.again()
        return
    told: dict[str, str | None] = dict.fromkeys(address.PRESENTING)
    if before := st.session_state.pop(_LANG, None):
        told["lang"] = before
    address.say_together(told)
    names.hide()
    st.session_state[_LEFT] = True


def has_left() -> bool:
    return bool(st.session_state.pop(_LEFT, False))


def turn() -> None:
    """Whoever has left may be told of the last turn once more, together with the second Escape."""
    if not address.said("present"):
        return
    slide = _turned().get("slide")
    if isinstance(slide, int) and slide > 0:
        address.say("slide", str(slide))


def _turned() -> Mapping[str, Any]:
    """What the browser said last: the slide, and how often it has turned."""
    told = st.session_state.get(KEY, {}).get("turned")
    return told if isinstance(told, Mapping) else {}


def _component() -> Any:
    folder = Path(__file__).parent
    html, css, js = (
        (folder / f"remote.{kind}").read_text("utf-8") for kind in ("html", "css", "js")
    )
    return st.components.v2.component("stage_remote", html=html, css=css, js=js)
