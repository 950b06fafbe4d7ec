"""The place where files are dropped; what it holds is taken out of it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.settings import Limits
from dashboard.text import Lang, Text

TYPES = ["xlsx", "xlsm", "xls", "et", "xlsb", "ods", "csv", "tsv", "txt"]
TYPES += ["html", "htm", "mht", "xml"]
CHOOSE = Text("选择文件，可一次选多个", "Choose files, several at once")
CHOOSE_MORE = Text("继续添加文件", "Add more files")


def most() -> int:
    """The upload limit, in megabytes."""
    return Limits().upload_bytes // 2**20


def drop_place(
    key: str,
    first: bool,
    take_up: Callable[[str], None],
    lang: Lang,
    types: Sequence[str] = TYPES,
    *,
    named: bool = True,
) -> None:
    """For one or many files; `take_up` is called with the key once they are there. Without its
    name it is lower; a screen reader is told it all the same.
    """
    st.file_uploader(
        (CHOOSE if first else CHOOSE_MORE)(lang),
        type=list(types),
        accept_multiple_files=True,
        max_upload_size=most(),
        key=key,
        on_change=take_up,
        args=(key,),
        label_visibility="visible" if named else "collapsed",
    )


def dropped(key: str) -> list[tuple[str, bytes]]:
    """Each file the uploader has, by name; its own copies are let go."""
    files = [file for file in st.session_state[key] or () if isinstance(file, UploadedFile)]
    taken = [(file.name, file.getvalue()) for file in files]
    for file in files:
        _let_go(file)
    return taken


def _let_go(file: UploadedFile) -> None:
    """The uploader's own copy, which would stay in memory until the browser's tab is closed."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
