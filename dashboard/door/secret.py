"""The server's secret: 32 random bytes in the data folder, which nobody else may read.

From it come the key that signs Streamlit's cookies and the one of our forms; the file itself is
never sent. CVE-2023-27524 is what a default secret costs: who knows it signs in as anyone.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from pathlib import Path

from dashboard.errors import RefusedRequest

SHORTEST = 32  # bytes
_LIKELY = 8  # different bytes at least: zeros and repetitions have fewer
_WRITTEN = 64  # characters, where it is written in letters and figures


def secret(folder: Path) -> bytes:
    """The secret of this data folder, made at first need.

    Raises RefusedRequest `secret_weak` where what lies there is too short or no random bytes, and
    `secret_open` where others may read it and that cannot be mended.
    """
    path = folder / "secret"
    if not path.exists():
        _make(path)
    close(path)
    found = path.read_bytes()
    shortest = _WRITTEN if found.isascii() else SHORTEST
    if len(found) < shortest or len(set(found)) < _LIKELY:
        raise RefusedRequest("secret_weak", file=path, bytes=SHORTEST)
    return found


def key(of: bytes, purpose: str) -> str:
    """A key for one purpose (64 hexadecimal digits), from which the secret cannot be told."""
    return hmac.new(of, purpose.encode(), "sha256").hexdigest()


def _make(path: Path) -> None:
    """Whole or not at all, and never for a moment readable by others."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(secrets.token_bytes(SHORTEST))
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)


def close(path: Path) -> None:
    """Take other people's rights away. Windows has no such bits: the folder's own rights hold.

    Raises RefusedRequest `secret_open` where that cannot be done.
    """
    if os.name == "nt" or not _is_open(path):
        return
    try:
        path.chmod(0o600)
    except OSError as failed:
        raise RefusedRequest("secret_open", file=path) from failed
    if _is_open(path):  # a file system that takes the order and does nothing
        raise RefusedRequest("secret_open", file=path)


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
