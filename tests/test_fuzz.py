"""Honest files with some bytes changed: refused, read with every row accounted for, or the death
of a worker; never an error of ours, never an endless run. `benchmarks/fuzz.py` runs for longer.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from types import ModuleType

import pytest

from dashboard.importing import read
from dashboard.importing.report import COUNTED
from dashboard.settings import ROOT

SCRIPT = ROOT / "benchmarks" / "fuzz.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="its workers are forked")
def test_changed_bytes_never_lead_to_an_error_or_an_endless_run() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--each", "100"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("all: ")


def test_the_server_outlives_what_kills_a_worker() -> None:
    fuzz = the_script()
    for name in fuzz.SEEDS:
        data = fuzz.mutant((fuzz.FILES / name).read_bytes(), name, 1, 99)
        report = read(data, name)
        assert report.refused or report.sheets
        for sheet in report.sheets:
            assert sheet.counts["rows"] == sum(sheet.counts[part] for part in COUNTED)


def test_a_seed_makes_the_same_files_again() -> None:
    fuzz = the_script()
    data = (fuzz.FILES / fuzz.SEEDS[0]).read_bytes()
    made = [fuzz.mutant(data, "a.xls", number, 3) for number in range(20)]
    assert made == [fuzz.mutant(data, "a.xls", number, 3) for number in range(20)]
    assert len(set(made)) > 15  # a nought may be zeroed


def the_script() -> ModuleType:
    found = importlib.util.spec_from_file_location("fuzz", SCRIPT)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
