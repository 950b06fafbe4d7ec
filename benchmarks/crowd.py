"""Warm reruns of the overview beside the same tiles and charts made of constants.

    python benchmarks/crowd.py [--runs 60]

Three real servers, a tab on each, in turns: the dashboard over the fictional school, and a bare
Streamlit script (constants.py), once as anybody runs it and once behind the dashboard's own server,
which costs less a run. A rerun is from the asking to the last element; between two there is a
pause, as between two clicks.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import constants
from benchmarks.measured import compared, keep, middle
from dashboard.importing import read
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces
from tests.browser import running
from tests.soak.clients import Tab, tab

TODAY = "2025-11-30"  # within the sample's time
PAUSE = 0.2  # seconds
GOAL = 1.5

Draw = Callable[[Tab], Awaitable[object]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=60)
    runs = options.parse_args().runs
    os.environ["DASHBOARD_TODAY"] = TODAY
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with Workspaces(replace(Settings(), data=data)) as opened:
            opened.ensure_demo(read)
            script = constants.write(Path(folder) / "page", opened.warehouse("demo"))
        with (
            running(data, TODAY) as real,
            constants.served(script) as usual,
            constants.served(script, alike=True) as alike,
        ):
            ours, bare, same = asyncio.run(_in_turns((real.url, usual, alike), runs))
    keep(
        "benchmarks/crowd.py",
        "Warm: the overview beside a page of constants",
        [
            f"{runs} reruns each, in turns. Goal: at most {GOAL} times.",
            "",
            "| page | p50 ms | p95 ms |",
            "| --- | --- | --- |",
            f"| four tiles, four charts, constants, `streamlit run` | {_row(bare)} |",
            f"| the same behind the dashboard's own server | {_row(same)} |",
            f"| the overview | {_row(ours)} |",
            "",
            f"- ratio of the p50 to the first: {compared(ours, bare, GOAL)}",
            f"- ratio of the p50 to the second: {compared(ours, same, GOAL)}",
        ],
    )


async def _in_turns(urls: tuple[str, str, str], runs: int) -> tuple[list[float], ...]:
    times: tuple[list[float], ...] = ([], [], [])
    first, *others = urls
    async with (
        tab(first, "overview") as ours,
        tab(others[0], "") as bare,
        tab(others[1], "") as same,
    ):
        for at in range(runs + 3):
            for held, told in zip((ours, bare, same), times, strict=True):
                drawn = await held.draw()
                if drawn.errors:
                    raise SystemExit(f"not drawn: {drawn.errors}")
                if at >= 3:
                    told.append(drawn.seconds)
                await asyncio.sleep(PAUSE)
    return times


def _row(times: list[float]) -> str:
    late = sorted(times)[int(len(times) * 0.95)]
    return f"{middle(times) * 1000:.0f} | {late * 1000:.0f}"


if __name__ == "__main__":
    main()
