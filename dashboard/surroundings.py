"""What a command finds about it: the terminal it speaks to, the data folder, and a system that
refuses what it asks. None of it is a fault of the program.
"""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from dashboard.errors import RefusedRequest, cause
from dashboard.settings import today

_UNSPEAKABLE = "?\\" if os.name == "posix" else ""  # DuckDB takes these for something else
_SHOWN = 200  # letters of a path that is told
_LIKE = {"✓": "√", "✗": "×", "–": "-", "—": "-", "−": "-", "·": "."}  # what older consoles have


def speakable() -> None:
    """A console whose letters are fewer is told in those that it has; one that is closed is told
    nothing. To be called before any file is opened: it would be taken for the console.
    """
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    codecs.register_error("dashboard.like", _like)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="dashboard.like")


def _like(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letter = error.object[error.start]
    with suppress(UnicodeEncodeError, KeyError):
        _LIKE[letter].encode(error.encoding)
        return _LIKE[letter], error.start + 1
    return letter.encode("ascii", "backslashreplace").decode(), error.start + 1


def flushed() -> None:
    """What was printed is out. Raises BrokenPipeError where nobody listens any more, OSError."""
    try:
        sys.stdout.flush()
    except OSError:
        unheard()
        raise


def unheard() -> None:
    """What is still to be printed goes nowhere: the end of the program would try once more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def refused(failure: OSError | UnicodeError, folder: Path) -> RefusedRequest:
    """What the system says, in plain words."""
    if isinstance(failure, UnicodeError):
        return RefusedRequest("not_letters")
    file = str(failure.filename or folder)
    shown = file if len(file) <= _SHOWN else f"{file[:_SHOWN]}…"
    return RefusedRequest("unreachable", file=shown, reason=cause(failure))


def check_today() -> None:
    """Raises RefusedRequest "bad_today" where DASHBOARD_TODAY is no day."""
    try:
        today()
    except ValueError:
        raise RefusedRequest("bad_today") from None


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
