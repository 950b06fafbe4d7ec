"""What a command finds about it before it begins: the data folder."""

from __future__ import annotations

import os
from pathlib import Path

from dashboard.errors import RefusedRequest

_UNSPEAKABLE = "?\\" if os.name == "posix" else ""  # DuckDB takes these for something else


def checked(folder: Path) -> None:
    """A data folder that can be one, there already or not. Raises RefusedRequest "data_name",
    "data_no_folder"; OSError where the system does not let anybody look.
    """
    said = str(folder)
    if any(mark in said for mark in _UNSPEAKABLE) or not _is_text(said):
        raise RefusedRequest("data_name", folder=said.encode(errors="replace").decode())
    try:
        folder.stat()
    except FileNotFoundError:
        return
    if not folder.is_dir():
        raise RefusedRequest("data_no_folder", folder=folder)
    os.scandir(folder).close()


def _is_text(words: str) -> bool:
    """Whether these are letters; bytes that are none stand in a path as something else."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True
