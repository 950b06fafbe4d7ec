"""Style and types are tests like the others, so that one command says all."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


CHECKS = ("ruff check --output-format concise .", "ruff format --check .", "mypy")


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_passes(check: str) -> None:
    command = [sys.executable, "-m", *check.split()]
    found = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if found.returncode:
        pytest.fail(f"{check}\n{found.stdout}{found.stderr}", pytrace=False)
