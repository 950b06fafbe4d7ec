"""What an uploader holds, taken out of it at once."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile


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
