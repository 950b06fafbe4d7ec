"""Warm reruns of the overview beside the same tiles and charts made of constants.

    python benchmarks/crowd.py [--runs 60]

Two real servers, a tab on each, in turns: the dashboard over the fictional school, and a bare
Streamlit script (constants.py). A rerun is from the asking to the last element; between two there
is a pause, as between two clicks.
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
from benchmarks.measured import keep, middle
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
        with running(data, TODAY) as real, constants.served(script) as (page, _):
            ours, bare = asyncio.run(_in_turns(real.url, page, runs))
    ratio = middle(ours) / middle(bare)
    keep(
        "benchmarks/crowd.py",
        "Warm: the overview beside a page of constants",
        [
            f"{runs} reruns each, in turns. Goal: at most {GOAL} times.",
            "",
            "| page | p50 ms | p95 ms |",
            "| --- | --- | --- |",
            f"| four tiles, four charts, constants | {_row(bare)} |",
            f"| the overview | {_row(ours)} |",
            "",
            f"Ratio of the p50: **{ratio:.2f}**",
        ],
    )


async def _in_turns(real: str, page: str, runs: int) -> tuple[list[float], list[float]]:
    ours, bare = [], []
    async with tab(real, "overview") as one, tab(page, "") as other:
        for at in range(runs + 3):
            for held, times in ((one, ours), (other, bare)):
                drawn = await held.draw()
                if drawn.errors:
                    raise SystemExit(f"not drawn: {drawn.errors}")
                if at >= 3:
                    times.append(drawn.seconds)
                await asyncio.sleep(PAUSE)
    return ours, bare


def _row(times: list[float]) -> str:
    late = sorted(times)[int(len(times) * 0.95)]
    return f"{middle(times) * 1000:.0f} | {late * 1000:.0f}"


if __name__ == "__main__":
    main()
