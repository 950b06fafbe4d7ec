"""docs/performance.md: one section a benchmark, written by the benchmark itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tests.soak.figures import machine
from tests.soak.harness import ROOT

PAGE = ROOT / "docs" / "performance.md"
_HEAD = """\
# Performance: what was measured, side by side

Written by the programs in `benchmarks/`; never by hand. Both sides of a ratio take turns in one
run on one machine: the ratio is what holds elsewhere, the milliseconds are this machine's.
"""


def middle(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


def compared(ours: Sequence[float], other: Sequence[float], most: float | None) -> str:
    """How many times the middle one of another, and whether that is within what was aimed at."""
    ratio = middle(ours) / middle(other)
    judged = f" ({'held' if ratio <= most else 'not held'})" if most else ""
    return f"**{ratio:.2g}**{judged}" if ratio < 10 else f"**{ratio:.0f}**{judged}"


def keep(program: str, title: str, lines: Sequence[str]) -> None:
    """Put the section of that program in place of its older one; the others stay."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else _HEAD
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    told = f"\n`python {program}`, {date.today().isoformat()}, {machine()}\n\n"
    sections[title] = told + "\n".join(lines) + "\n\n"
    body = "".join(f"## {name}\n{sections[name]}" for name in sorted(sections))
    PAGE.write_text(f"{_HEAD}\n{body}".rstrip() + "\n", encoding="utf-8")
    print("\n".join([title, *lines]))
