"""What a child takes, looked at from outside: for systems whose limits do not hold it.

Linux holds the child by itself; there and elsewhere this is the second net.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_PAGE = 4096  # bytes; larger pages would only make the figure smaller than it is
_COUNT = 1024  # bytes of a unit of `ps`


def _of_linux(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):  # it has ended
        return None


def _of_ps(pid: int) -> int | None:
    command = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
    try:
        told = subprocess.run(command, capture_output=True, check=False, timeout=5).stdout
        return int(told) * _COUNT
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


_LOOKS: dict[str, Callable[[int], int | None]] = {"linux": _of_linux, "darwin": _of_ps}


def resident(pid: int) -> int | None:
    """Bytes of memory that process holds; None where nobody tells."""
    look = _LOOKS.get(sys.platform)
    return look(pid) if look else None
