"""The child's confinement, tried: a child like any other is told to break out, and says how far
it came. For the status page and `python -m dashboard verify`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.importing import children, wire
from dashboard.importing.order import Order
from dashboard.settings import today
from dashboard.text import Text

_WISH = "proof"  # the order's key that asks for the attempts instead of a report
_SECONDS = 10.0
_TOO_MUCH = 3 << 30  # bytes
_NAMES = {
    "open": Text("打开文件", "opens a file"),
    "write": Text("写入文件", "writes a file"),
    "connect": Text("连接网络", "opens a connection"),
    "start": Text("启动程序", "starts a program"),
    "memory": Text("占用 3 GB 内存", "takes 3 GB of memory"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the reading child must not be able to do, and whether it was refused it."""

    name: str
    words: Text
    held: bool


def self_test() -> tuple[Check, ...]:
    """What a child was refused just now; a child that does not answer has proved nothing."""
    order = json.loads(wire.order_to_json(Order("proof", today()))) | {_WISH: True}
    try:
        answer = children.answer(wire.dumped(order), b"", _SECONDS, lane="proofs")
        refused = children.understood(answer, _refused)
    except subprocess.SubprocessError:
        refused = {}
    return tuple(Check(name, told, refused.get(name, False)) for name, told in _NAMES.items())


def _refused(answer: bytes) -> dict[str, bool]:
    return {str(name): refused is True for name, refused in json.loads(answer).items()}


def wish(order: bytes) -> bool:
    """In the child: whether it is to prove itself."""
    return bool(json.loads(order).get(_WISH))


def told() -> bytes:
    """In the child: what it was refused."""
    return json.dumps({name: _is_refused(attempt) for name, attempt in _ATTEMPTS.items()}).encode()


def _is_refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, MemoryError):
        return True
    return False


def _open() -> None:
    Path(sys.executable).read_bytes()


def _write() -> None:
    place = Path(tempfile.gettempdir(), f"proof-{os.getpid()}")
    with place.open("wb") as file:
        file.write(b"proof")
    place.unlink()


def _connect() -> None:
    socket.socket().close()


def _start() -> None:
    subprocess.run([sys.executable, "-c", ""], check=False, timeout=_SECONDS / 2)


def _take() -> None:
    bytearray(_TOO_MUCH)


_ATTEMPTS: dict[str, Callable[[], object]] = {
    "open": _open,
    "write": _write,
    "connect": _connect,
    "start": _start,
    "memory": _take,
}
