"""T25: what is sent to whom: every page and role, with many views of it, looked through."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from dashboard.roles import Role
from tests.frames import drawn, personal, window
from tests.shared_school import OTHERS, Shared, forged, learnt, served, walked
from tests.soak.harness import Result, measured

GOAL = (
    "T25: 0 names, identity numbers, phones or cards in 50 MB sent to the four who may not see them"
)
_LEAST = 50 * 2**20  # bytes
_PERIODS = ("2025", "2024", "2024-2025", "2025-2026-1", "S2025", "2025-03", "2025-03-01:2025-05-31")
_FILTERS = ("", "&department=语文组", "&department=数学组", "&department=不是部门")


def run(seconds: float) -> Result:
    """One view after another until the bytes are there, or the time is over."""
    began = time.monotonic()
    sent, count, views, seen = 0, 0, 0, set[str]()
    with served(Path(os.environ["DASHBOARD_DATA"])) as school:
        with window(school.url, school.tokens[Role.OFFICER]) as tab:
            learnt(tab, school)
            found = personal(tab.frames, school.names)
        for role, view in _ways():
            if sent >= _LEAST or time.monotonic() - began > seconds:
                break
            frames = _looked(school, role, view)
            sent, count, views = sent + sum(map(len, frames)), count + len(frames), views + 1
            seen |= personal(frames, school.names) - school.own[role]
    told = (
        f"{len(seen)} in {sent / 2**20:.0f} MB, {count:,} frames of {views} walks through all pages"
    )
    held = not seen and sent >= _LEAST and len(found) > 30
    return measured(__name__, GOAL, f"{told}; an officer's first pages: {len(found)}", held, began)


def _ways() -> Iterator[tuple[Role, str]]:
    """Every role with one view, then with another that differs in all."""
    views = list(product(_FILTERS, ("zh", "en"), _PERIODS))
    random.Random(25).shuffle(views)  # noqa: S311 - no secret
    for (chosen, lang, period), role in product(views, OTHERS):
        yield role, f"lang={lang}&period={period}{chosen}"


def _looked(school: Shared, role: Role, view: str) -> list[bytes]:
    with window(school.url, school.tokens[role]) as tab:
        walked(tab, role, view)
        forged(tab, school, f"{view}&kpi=enrollment_rate&as_of=2025-03-01")
        assert drawn(tab.open("overview", f"{view}&present=all"))
        return tab.frames
