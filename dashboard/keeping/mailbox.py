"""How a command asks the running server, which alone may open the data: a folder, no open port.

    requests/ID.ask      the command has asked: deed, its process, until when it waits
    requests/ID.doing    the server has taken it; its process, until it has answered
    requests/ID.told     the answer; the command takes it away

Only this user can write there: in a folder where others can, nothing is taken for a request.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.errors import RefusedBackup
from dashboard.keeping.asked import Answer, Asked
from dashboard.keeping.disk import is_own, made
from dashboard.text import Text

_FOLDER = "requests"
_TAKEN, _TOLD = 15.0, 900.0  # seconds until the server takes it; until it answers
_PAUSE = 0.1
_OLD = 3600.0  # seconds after which what lies there is nobody's
_LARGEST = 65_536  # bytes of a request


def ask(data: Path, asked: Asked, taken: float = _TAKEN, told: float = _TOLD) -> Answer:
    """Ask whoever holds the data, and wait; raises RefusedBackup "server_silent", and
    "server_gone" where the server ended, or let go of it, without an answer.
    """
    folder = made(data / _FOLDER)
    name = secrets.token_hex(8)
    request, doing, answer = (folder / f"{name}.{way}" for way in ("ask", "doing", "told"))
    until = time.time() + taken
    _put(request, asdict(asked) | {"pid": os.getpid(), "until": until})
    try:
        _wait(lambda: not request.exists(), taken)
        _wait(lambda: answer.exists() or not _is_at_it(doing), told)
        if not answer.exists():
            raise RefusedBackup("server_gone")
        held = _read(answer, -1)  # of our own server, however much there is to say
        return Answer(bool(held["done"]), tuple(Text(**line) for line in held["lines"]))
    finally:
        for path in (request, doing, answer):
            path.unlink(missing_ok=True)


def answer_all(data: Path, carry_out: Callable[[Asked], Answer]) -> int:
    """Carry out what lies in the folder, one after the other; answers how many."""
    folder = data / _FOLDER
    if not folder.is_dir() or not is_own(folder):
        return 0
    _clear(folder)
    return sum(_answered(request, carry_out) for request in sorted(folder.glob("*.ask")))


def _answered(request: Path, carry_out: Callable[[Asked], Answer]) -> int:
    """What nobody waits for any more, or is no request, is only taken away."""
    taken = request.with_suffix(".doing")
    with suppress(OSError):
        request.replace(taken)
        try:
            if (asked := _asked(taken)) is None:
                return 0
            with suppress(OSError):  # a full disk is no reason not to do it
                taken.write_text(str(os.getpid()), encoding="utf-8")
            _put(request.with_suffix(".told"), asdict(carry_out(asked)))
            return 1
        finally:  # after the answer: who waits looks whether one of the two is there
            taken.unlink(missing_ok=True)
    return 0


def _asked(taken: Path) -> Asked | None:
    try:
        held = _read(taken)
        asked = Asked.read(held)
        return asked if _is_waited_for(held) else None
    except (ValueError, KeyError, TypeError):
        return None


def _is_at_it(doing: Path) -> bool:
    """Whether a server that lives has taken it and not yet answered."""
    try:
        return _lives(int(doing.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):  # it is just writing down who it is
        return True


def _is_waited_for(held: Any) -> bool:
    return time.time() <= float(held["until"]) and _lives(int(held["pid"]))


def _lives(pid: int) -> bool:
    """Windows has no harmless way to ask; there a request ends with its time."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clear(folder: Path) -> None:
    for path in _files(folder):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _OLD:
                path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    for ending in ("ask", "doing", "told", "new"):
        yield from folder.glob(f"*.{ending}")


def _wait(until: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            raise RefusedBackup("server_silent", seconds=round(seconds))
        time.sleep(_PAUSE)


def _put(path: Path, held: dict[str, Any]) -> None:
    """There in one step: nobody reads half of it."""
    aside = path.with_suffix(".new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(held, file, ensure_ascii=False)
    aside.replace(path)


def _read(path: Path, most: int = _LARGEST) -> Any:
    with path.open(encoding="utf-8") as file:
        return json.loads(file.read(most))
