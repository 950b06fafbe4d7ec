"""T28: tables of people drawn by lot, each looked at in every way a role allows, and reckoned."""

from __future__ import annotations

import time

from browsing import Browser, drawn
from drawn_groups import found

from tests.soak.harness import Result, measured

GOAL = "T28: 10,000 tables x filters, periods: 0 cells of 1-4 shown, 0 restored by subtraction"


def run(seconds: float, tables: int = 10_000) -> Result:
    """Three of four under all filters of one day, one under all periods and filters of years."""
    began, small, wrong, done = time.monotonic(), 0, list[str](), 0
    while done < tables and time.monotonic() - began < seconds:
        if done % 4:
            cells, told = found(done)
        else:
            browser = Browser(drawn(done))
            cells = browser.small()
            told = [f"{done}: {span} {view}" for span, view in browser.restored()]
        small, wrong, done = small + cells, wrong + told, done + 1
    told_of = f"{done:,} tables, {small:,} small cells, {len(wrong)} shown or restored"
    words = f"{told_of} {'; '.join(wrong[:5])}".strip()
    return measured(__name__, GOAL, words, done == tables and not wrong, began)
