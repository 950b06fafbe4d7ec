"""The one cached function of the house, and the open workspaces it reads from.

The key is everything an answer depends on, in one plain value: no data frame (large ones are
compared by a sample), no argument with a leading underscore (Streamlit would leave it out of the
key, and one school's figures would reach another).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard.answers import Answer, Question, answered
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces


@st.cache_resource(show_spinner=False, max_entries=4)
def workspaces(folder: str) -> Workspaces:
    """The open databases of one data folder, shared by all sessions."""
    return Workspaces(replace(Settings(), data=Path(folder)))


@st.cache_data(show_spinner=False, max_entries=256)
def answer(question: Question) -> Answer:
    """Everything a page needs, in one snapshot."""
    warehouse = workspaces(question.folder).warehouse(question.workspace)
    with warehouse.snapshot() as reader:
        return answered(reader, question)
