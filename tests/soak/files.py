"""T1, T5: every bad file of the corpus, as its manifest says; how long, how much, how many."""

from __future__ import annotations

import os
import time
from collections import Counter

import bad_texts
import bad_workbooks
from bad_files import BAD
from test_bad_files import LIMITS, assert_answered

from dashboard.importing import children, read
from dashboard.importing.confinement import watch
from tests.soak.harness import Result, measured

GOAL = (
    "T1, T5: every bad file answered as its manifest says, slowest 20 s, server grows 50 MB at most"
)
FAMILIES = (bad_texts, bad_workbooks)  # importing them enters their files
_SLOWEST, _GROWTH = 20.0, 50 * 2**20


def run(seconds: float) -> Result:
    """The whole corpus once, or as far as the time goes."""
    began, wrong, slowest, families = time.monotonic(), list[str](), 0.0, Counter[str]()
    children.prepare()
    grown = watch.resident(os.getpid()) or 0
    for name, one in BAD.items():
        if time.monotonic() - began > seconds:
            break
        data, start = one.make(), time.monotonic()
        report = read(data, one.upload, limits=LIMITS)
        slowest = max(slowest, time.monotonic() - start)
        families[one.family] += 1
        try:
            assert_answered(report, one)
        except AssertionError:
            wrong.append(name)
        del data
    children.dismiss()
    grown = (watch.resident(os.getpid()) or 0) - grown
    read_all = families.total()
    found = (
        f"{read_all - len(wrong)} of {read_all} (corpus {len(BAD)}) in {len(families)} families;"
        f" slowest {slowest:.1f} s; server {grown >> 20:+d} MB{'; wrong: ' if wrong else ''}"
        + ", ".join(wrong[:5])
    )
    held = not wrong and read_all == len(BAD) and slowest <= _SLOWEST and grown <= _GROWTH
    return measured(__name__, GOAL, found, held, began)
