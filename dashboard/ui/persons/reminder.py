"""On the overview, for the officer: that data is past its time, and the way to where it goes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.persons import retention
from dashboard.settings import data_folder, today
from dashboard.text import Lang, Text, number
from dashboard.ui import identity, spaces
from dashboard.ui.cache import workspaces
from dashboard.ui.links import link
from dashboard.warehouse.expiring import aged
from dashboard.workspaces import SCHOOL

DUE = Text(
    "{n} 行已超过本校定的保存期限，去看看是否删除",
    "{n} rows are past the time your school keeps them: see whether they go",
)


def reminder(workspace: str, lang: Lang) -> None:
    """One quiet line while there is such data; none for other eyes or over the demonstration."""
    if workspace != SCHOOL or not identity.identity().may("persons"):
        return
    if rows := _due(str(data_folder()), spaces.warehouse(SCHOOL).version, today()):
        link("persons", DUE.format(n=number(rows)), lang, ":material/schedule:")


@st.cache_data(show_spinner=False, max_entries=4)
def _due(folder: str, version: int, day: date) -> int:
    """Counted once for a state of the data and a day; `version` is that state."""
    with workspaces(folder).warehouse(SCHOOL).snapshot() as reader:
        return sum(one.rows for one in aged(reader, retention.limits(retention.rules(), day)))
