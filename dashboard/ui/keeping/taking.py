"""What is taken away: a backup as one file, or the archive for twenty years."""

from __future__ import annotations

import io
from datetime import datetime
from functools import partial

import streamlit as st

from dashboard.keeping import deeds
from dashboard.keeping.backups import Backup
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.workspaces import Workspaces

TAKE = Text("下载", "Download")
TAKE_SAYS = Text(
    "一个 zip 文件，内含全部数据，包括个人信息。存到 U 盘后请锁好。",
    "One zip file with everything in it, personal data too. Lock the stick away.",
)
ARCHIVE = Text("导出长期存档", "Archive for the long term")
ARCHIVE_SAYS = Text(
    "全部登记簿存成 CSV 和 Parquet，附说明，二十年后用任何软件都能打开。含个人信息，请锁好。",
    "Every register as CSV and Parquet with an explanation: any program reads it in twenty years."
    " It tells of persons: lock it away.",
)


def zip_button(backup: Backup, lang: Lang) -> None:
    """The file is made when it is asked for, not for every look at the page."""
    st.download_button(
        TAKE(lang),
        partial(_zipped, spaces.opened(), backup, identity.who()),
        f"backup-{backup.name}.zip",
        "application/zip",
        key=f"take_{backup.name}",
        help=TAKE_SAYS(lang),
        icon=":material/download:",
        on_click="ignore",
    )


def archive_button(lang: Lang) -> None:
    """Made when it is asked for, of that very moment."""
    st.download_button(
        ARCHIVE(lang),
        partial(_archived, spaces.opened(), identity.who()),
        f"archive-{datetime.now():%Y%m%d}.zip",
        "application/zip",
        key="take_archive",
        help=ARCHIVE_SAYS(lang),
        icon=":material/folder_zip:",
        on_click="ignore",
    )


def _zipped(opened: Workspaces, backup: Backup, who: str) -> bytes:
    """Runs beside the page, in a thread that knows no session."""
    held = io.BytesIO()
    deeds.carried(opened, backup, held, who)
    return held.getvalue()


def _archived(opened: Workspaces, who: str) -> bytes:
    held = io.BytesIO()
    deeds.archived(opened, held, who)
    return held.getvalue()
