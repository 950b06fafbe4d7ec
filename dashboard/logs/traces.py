"""A fault without its words: classes, codes and the lines of code it went through.

The words of other people's errors repeat what they stumbled over: DuckDB, pandas and Arrow quote
the value of the cell. They are left out, all of them.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.settings import ROOT

_LINKS = 6  # faults behind a fault
_FRAMES = 30  # of each, from where it was raised
_INSTALLED = re.compile(r".*[/\\](?:site-packages|dist-packages|lib[/\\]python[\d.]+)[/\\]")
_PLAIN = re.compile(r"[\w./\\ -]{1,120}|<[a-z ._]{1,40}>", re.ASCII)


def traced(failure: BaseException) -> list[str]:
    """Each fault of the chain, the one that was caught first: what it is, then its frames."""
    lines: list[str] = []
    for number, one in enumerate(_chain(failure)):
        lines.append(("behind it " if number else "") + kind(one))
        lines += [f"  {frame}" for frame in _frames(one)]
    return lines


def kind(failure: BaseException) -> str:
    """`duckdb.IOException`, `OSError 28`, `dashboard.errors.WorkspaceBusy storage`."""
    name = f"{type(failure).__module__}.{type(failure).__qualname__}".removeprefix("builtins.")
    if isinstance(failure, DashboardError):
        return f"{name} {failure.code}"
    if isinstance(failure, OSError) and failure.errno is not None:
        return f"{name} {failure.errno}"
    return name


def short(path: str) -> str:
    """A file of code as the project or its package calls it; no folder of this computer's."""
    inside = _INSTALLED.sub("", path.removeprefix(f"{ROOT}{os.sep}"))
    if Path(inside).is_absolute():  # neither ours nor installed
        inside = Path(inside).name
    return inside if _PLAIN.fullmatch(inside) else "?"


def _chain(failure: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    one: BaseException | None = failure
    while one is not None and one not in seen and len(seen) < _LINKS:
        seen.append(one)
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _frames(failure: BaseException) -> list[str]:
    frames = [
        f"{short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(failure.__traceback__)
    ]
    left = len(frames) - _FRAMES
    return [f"({left} more)", *frames[left:]] if left > 0 else frames
