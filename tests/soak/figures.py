"""The table of measured figures in docs/reliability.md: one row a name, the newest stays."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

from tests.soak.harness import ROOT, Result

PAGE = ROOT / "docs" / "reliability.md"
_HEAD = """\
# Reliability: what was measured

`python3 start.py soak [NAME …] [--seconds N]` measures these on loopback and writes this page;
a row is replaced when its name is measured again. What is short enough runs with every
`python3 start.py test` instead.

| name | goal | found | held | took | date | machine |
| --- | --- | --- | --- | --- | --- | --- |
"""


def keep(result: Result, page: Path = PAGE) -> None:
    """Put the result into the page in place of its older row; the other rows stay."""
    rows = _rows(page) | {result.name: _row(result)}
    page.parent.mkdir(parents=True, exist_ok=True)
    draft = page.with_suffix(".new")
    draft.write_text(_HEAD + "".join(rows[name] for name in sorted(rows)), encoding="utf-8")
    draft.replace(page)


def _rows(page: Path) -> dict[str, str]:
    """name -> row, as the page holds them."""
    lines = page.read_text(encoding="utf-8").splitlines(True) if page.exists() else []
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| ---")]
    return {row.split("|")[1].strip(): row for row in rows[1:]}


def _row(result: Result) -> str:
    took = f"{result.seconds:.0f} s"
    held = "yes" if result.held else "**no**"
    day = date.today().isoformat()
    parts = (result.name, result.goal, result.found, held, took, day, machine())
    return "| " + " | ".join(_plain(part) for part in parts) + " |\n"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def machine() -> str:
    """Cores, memory, system, Python: what a figure depends on."""
    told = [f"{os.cpu_count()} cores", _memory(), f"{platform.system()} {platform.machine()}"]
    return ", ".join(filter(None, [*told, f"Python {platform.python_version()}"]))


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows
        return ""
    return f"{size / 2**30:.0f} GB"
