"""What is taken away: a backup as one file, or the archive for twenty years."""

from __future__ import annotations

import io
from datetime import datetime

import streamlit as st

from dashboard.keeping import deeds
from dashboard.keeping.backups import Backup
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces

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
    opened, who = spaces.opened(), identity.who()

    @identity.later("keep")
    def zipped() -> bytes:
        held = io.BytesIO()
        deeds.carried(opened, backup, held, who)
        return held.getvalue()

    st.download_button(
        TAKE(lang),
        zipped,
        f"backup-{backup.name}.zip",
        "application/zip",
        key=f"take_{backup.name}",
        help=TAKE_SAYS(lang),
        icon=":material/download:",
        on_click="ignore",
    )


def archive_button(lang: Lang) -> None:
    """Made when it is asked for, of that very moment."""
    opened, who = spaces.opened(), identity.who()

    @identity.later("keep")
    def archived() -> bytes:
        held = io.BytesIO()
        deeds.archived(opened, held, who)
        return held.getvalue()

    st.download_button(
        ARCHIVE(lang),
        archived,
        f"archive-{datetime.now():%Y%m%d}.zip",
        "application/zip",
        key="take_archive",
        help=ARCHIVE_SAYS(lang),
        icon=":material/folder_zip:",
        on_click="ignore",
    )
