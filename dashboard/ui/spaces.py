"""Which school is looked at: the demo of the first run, or the school's own data."""

from __future__ import annotations

import streamlit as st

from dashboard.importing import read
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import address
from dashboard.ui.cache import workspaces
from dashboard.ui.identity import for_right
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces

PREPARING = Text(
    "首次运行：正在导入演示数据，请稍候…",
    "First run: importing the demo data, a moment…",
)


def opened() -> Workspaces:
    return workspaces(str(data_folder()))


def current(lang: Lang) -> str:
    """The active workspace's name; the demo is filled on its first visit."""
    name = opened().active()
    if name == "demo" and not opened().demo_is_ready:  # a spinner is a thread of every run
        with st.spinner(PREPARING(lang)):
            opened().ensure_demo(read)
    return name


def warehouse(name: str) -> Warehouse:
    return opened().warehouse(name)


@for_right("import")
def leave_demo() -> None:
    opened().enter("school")
    address.forget_filters()


@for_right("import")
def look_at_demo() -> None:
    opened().enter("demo")
    address.forget_filters()
