"""How far the reading child is: one line a step on its standard error, `rows done` `rows in all`.

In the server nothing is told; only the child's `main` opens the channel.
"""

from __future__ import annotations

import sys

_telling: list[bool] = []


def begin() -> None:
    """From now on this process tells."""
    _telling.append(True)


def tell(done: int, rows: int) -> None:
    if _telling:
        sys.stderr.write(f"{done} {rows}\n")
        sys.stderr.flush()


def told(line: bytes) -> tuple[int, int] | None:
    """(rows done, rows in all), or None where the line is something else."""
    words = line.split()
    if len(words) != 2 or not all(word.isdigit() and len(word) < 10 for word in words):
        return None
    done, rows = map(int, words)
    return (done, rows) if done <= rows else None
