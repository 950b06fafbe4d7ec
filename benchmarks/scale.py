"""The overview of a school with very many sign-in lines, drawn with nothing cached.

    python benchmarks/scale.py [--rows 1000000] [--rounds 12]

Its server and the page of constants (constants.py), once as anybody runs it and once behind the
dashboard's own server, take turns. Every drawing of the overview asks
for another day, so nothing of it was worked out before. Beside it: what an import of 500 more lines
takes there, everything kept told anew, and the first answer after it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import constants, crowded
from benchmarks.measured import compared, keep, middle
from dashboard.answers import answered
from dashboard.warehouse import Warehouse
from tests.browser import running
from tests.soak.clients import Tab, tab

TODAY = "2025-11-30"
GOALS = {1_000_000: 20, 10_000_000: 60}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=12)
    asked = options.parse_args()
    os.environ["DASHBOARD_TODAY"] = TODAY
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data" / "school" / "dashboard.duckdb"
        path.parent.mkdir(parents=True, mode=0o700)
        (path.parent.parent / "active").write_text("school\n", encoding="utf-8")
        warehouse = crowded.build(path, asked.rows)
        script = constants.write(Path(folder) / "page", warehouse)
        imported, first = _import(warehouse)
        warehouse.close()
        with (
            running(path.parent.parent, TODAY) as real,
            constants.served(script) as usual,
            constants.served(script, alike=True) as alike,
        ):
            turns = _in_turns((real.url, usual, alike), asked.rounds)
            cold, bare, same = asyncio.run(turns)
    most = GOALS.get(asked.rows)
    keep(
        f"benchmarks/scale.py --rows {asked.rows}",
        f"Cold: the overview over {asked.rows:,} sign-in lines",
        [
            f"{asked.rounds} rounds." + (f" Goal: under {most} times." if most else ""),
            "",
            f"- the page of constants, `streamlit run`: p50 {middle(bare) * 1000:.0f} ms",
            f"- the same behind the dashboard's own server: p50 {middle(same) * 1000:.0f} ms",
            f"- the overview, nothing cached: p50 {middle(cold) * 1000:.0f} ms",
            f"- the slowest: {max(cold) * 1000:.0f} ms",
            f"- ratio of the p50 to the first: {compared(cold, bare, most)}",
            f"- ratio of the p50 to the second: {compared(cold, same, most)}",
            f"- an import of 500 more lines: {imported:.1f} s; the answer after it {first:.2f} s",
        ],
    )


def _import(warehouse: Warehouse) -> tuple[float, float]:
    """Seconds of one more sign-in sheet, and of the first answer after it."""
    began = time.perf_counter()
    warehouse.load([crowded.sheet()])
    loaded = time.perf_counter()
    with warehouse.snapshot() as reader:
        answered(reader, constants.question())
    return loaded - began, time.perf_counter() - loaded


async def _in_turns(urls: tuple[str, str, str], rounds: int) -> tuple[list[float], ...]:
    times: tuple[list[float], ...] = ([], [], [])
    first, *others = urls
    day = date(2025, 11, 1)
    async with (
        tab(first, "overview") as ours,
        tab(others[0], "") as bare,
        tab(others[1], "") as same,
    ):
        for held in (ours, bare, same):
            await held.draw()  # the libraries are read
        for at in range(rounds):
            times[0].append(await _drawn(ours, f"period=2025&as_of={day - timedelta(days=at)}"))
            for held, told in ((bare, times[1]), (same, times[2])):
                told += [await _drawn(held) for _ in range(3)]
    return times


async def _drawn(held: Tab, query: str = "") -> float:
    """Seconds of one drawing; whoever is not drawn whole is no measure."""
    drawn = await held.draw(query=query)
    if drawn.errors:
        raise SystemExit(f"not drawn: {drawn.errors}")
    return drawn.seconds


if __name__ == "__main__":
    main()
