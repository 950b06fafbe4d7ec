"""What is said where something went wrong: one sentence and a code; never a traceback, never the
words of somebody else's error.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import streamlit as st

from dashboard.errors import BadDefinition, DashboardError, WorkspaceBusy
from dashboard.keeping import words as kept
from dashboard.logs import incident
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import address, identity
from dashboard.ui.markdown import escaped

log = logging.getLogger(__name__)

BROKEN = Text(
    "这一部分未能显示，代码 **{code}**。数据没有改动；请刷新页面。"
    "如仍出现，把代码告诉维护人员，日志里能查到。",
    "This part could not be shown, code **{code}**. No data was changed; reload the page. If it"
    " happens again, tell the code to whoever maintains the dashboard: the log has it.",
)
FAULT = Text(
    "这一步出了错，代码 **{code}**。请刷新页面，看看是否已经完成，再决定是否重做。"
    "如仍出现，把代码告诉维护人员，日志里能查到。",
    "This step failed, code **{code}**. Reload the page and see whether it was done before you"
    " repeat it. If it happens again, tell the code to whoever maintains the dashboard.",
)
_ICON = ":material/error:"
_PAGE = re.compile(r"[a-z_]{1,32}")


@contextmanager
def told(lang: Lang) -> Iterator[None]:
    """What fails inside is said where it would have stood, and takes nothing else with it."""
    try:
        yield
    except Exception as failure:  # noqa: BLE001 - written down under its code
        _say(failure, BROKEN, lang)


def on_script_error(failure: Exception) -> bool:
    """For what fails elsewhere in a run: when a button is pressed, or before there is a page."""
    _say(failure, FAULT, address.lang())
    return True


def _say(failure: Exception, words: Text, lang: Lang) -> None:
    """A refusal says itself what to do; a fault of ours gets a code."""
    if isinstance(failure, DashboardError) and not isinstance(failure, BadDefinition):
        if isinstance(failure, WorkspaceBusy):
            log.warning("%s on %s", failure.code, _page(), exc_info=failure)
        said = kept.refused(failure, data_folder())
        st.error(f"{escaped(said(lang))} `{failure.code}`", icon=_ICON)
    else:
        code = incident(failure, _page(), *_visitor())
        st.error(words.format(code=code)(lang), icon=_ICON)


def _page() -> str:
    """Its path, where the address names one of ours."""
    last = urlsplit(st.context.url or "").path.rpartition("/")[2]
    return last if _PAGE.fullmatch(last) else "-"


def _visitor() -> tuple[str, str]:
    """Role and number of who met it; what failed may be the very store that knows."""
    try:
        found = identity.signed_in()
    except DashboardError:
        found = None
    return (found.role.value, found.who) if found else ("-", "-")
