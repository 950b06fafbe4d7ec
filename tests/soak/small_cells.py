"""T28: tables of people drawn by lot, each looked at in every way a role allows, and reckoned."""

from __future__ import annotations

import time

from browsing import Browser, drawn
from drawn_groups import found

from tests.soak.harness import Result, measured

GOAL = "T28: 10,000 tables x filters, periods: 0 cells of 1-4 shown, 0 restored by subtraction"


def run(seconds: float, tables: int = 10_000) -> Result:
    """Half of them under all filters of one day, half under all periods and filters of years."""
    began, small, wrong, done = time.monotonic(), 0, list[str](), 0
    for seed in range(tables // 2):
        if time.monotonic() - began > seconds:
            break
        cells, told = found(seed)
        browser = Browser(drawn(seed))
        small += cells + browser.small()
        wrong += told + [f"{seed}: {span} {view}" for span, view in browser.restored()]
        done += 2
    told_of = f"{done:,} tables, {small:,} small cells, {len(wrong)} shown or restored"
    words = f"{told_of} {'; '.join(wrong[:5])}".strip()
    return measured(__name__, GOAL, words, done > 0 and not wrong, began)
