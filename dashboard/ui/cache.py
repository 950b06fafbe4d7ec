"""What all sessions share: the open workspaces of a data folder, and the answers read from them.

The key of an answer is everything it depends on, in one plain value, compared as a whole: no data
frame (large ones are compared by a sample), nothing left out, no session's own state. The answers
lie with the open database they were read from: one that is opened anew begins without any.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.answers import Answer, Question, answered
from dashboard.charts.template import Chart, Palette
from dashboard.exhibits import drawing
from dashboard.layout import Charted
from dashboard.settings import Settings
from dashboard.ui.given import Answers, Made
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces

_ANSWERS: WeakKeyDictionary[Warehouse, Answers] = WeakKeyDictionary()
_OPENING = threading.Lock()  # two who come at once open a folder once


def workspaces(folder: str) -> Workspaces:
    """The open databases of one data folder, shared by all sessions."""
    with _OPENING:
        return _opened(folder)


@lru_cache(maxsize=4)
def _opened(folder: str) -> Workspaces:
    return Workspaces(replace(Settings(), data=Path(folder)))


def answer(question: Question) -> Answer:
    """Everything a page needs, in one snapshot. It is shared, and not to be changed."""
    warehouse = _warehouse(question)

    def work() -> Answer:
        with warehouse.snapshot() as reader:
            return answered(reader, question)

    # the version only grows: what it was before and is after, it was in between
    def stands() -> bool:
        return warehouse.version == question.version

    return _of(warehouse).answer(question, work, stands, _stop_if_left)


def chart(block: Charted, question: Question, found: Answer, palette: Palette) -> Chart:
    """The chart of a block, once it is known that there is something to draw."""

    def draw() -> Chart:
        drawn = drawing.chart(block, found, palette, question.lang)
        drawn.figure.finish()
        return drawn

    return made(("chart", block, palette), question, found, draw)


def made(what: Hashable, question: Question, found: Answer, make: Callable[[], Made]) -> Made:
    """What `make` says of an answer, whenever it is asked: it may depend on nothing else."""
    return _of(_warehouse(question)).made(question, found, what, make)


def _stop_if_left() -> None:
    """Ends the run of a page that was closed or left while it waited: else whoever opens pages
    and goes, again and again, leaves as many threads waiting as they like.
    """
    if run := get_script_run_ctx(suppress_warning=True):
        "" in run.session_state  # noqa: B015 - Streamlit ends a run where its session is asked


def _warehouse(question: Question) -> Warehouse:
    return workspaces(question.folder).warehouse(question.workspace)


def _of(warehouse: Warehouse) -> Answers:
    return _ANSWERS.setdefault(warehouse, Answers())
