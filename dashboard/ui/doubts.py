"""People whom the registers, seen together, leave in doubt: for the officer, on the upload page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import checks
from dashboard.settings import today
from dashboard.text import Lang, Text, number
from dashboard.ui import spaces

TITLE = Text("需要核对的人员", "People to check")
HEADINGS = {
    "message": Text("情况", "What is uncertain"),
    "file": Text("文件", "File"),
    "sheet": Text("工作表", "Sheet"),
    "row": Text("行号", "Row"),
    "remedy": Text("怎么办", "What to do"),
}


def doubtful_people(workspace: str, lang: Lang) -> None:
    """Each with the row that names them; nothing where nobody is in doubt."""
    found = checks.doubts(spaces.warehouse(workspace), today())
    if not found:
        return
    rows = [
        {
            "message": doubt.message(lang),
            "file": doubt.file,
            "sheet": doubt.sheet,
            "row": doubt.row,
            "remedy": doubt.remedy(lang),
        }
        for doubt in found
    ]
    with st.container(border=True, gap="small"):
        st.markdown(f"**{TITLE(lang)}** :gray[{number(len(rows))}]")
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            column_config={name: label(lang) for name, label in HEADINGS.items()},
            key="doubts",
            alt=TITLE(lang),
        )
