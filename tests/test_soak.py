"""The measurements' own harness: what hangs is ended, what dies did not hold, rows are merged."""

import time
from pathlib import Path

import pytest

from tests.soak import __main__ as soak
from tests.soak import figures, harness
from tests.soak.harness import Result, measure

MODULE = """
import os, pathlib, subprocess, sys, time
from tests.soak.harness import Result, measured
GOAL = "{goal}"
def run(seconds: float) -> Result:
    began = time.monotonic()
{body}
    return measured(__name__, GOAL, found, True, began)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    folder = tmp_path / "invented"
    folder.mkdir()
    (folder / "__init__.py").touch()
    return folder


def measured_as(package: Path, body: str, seconds: float = 20, grace: float = 0) -> Result:
    text = MODULE.format(goal="a figure", body="    " + body.replace("\n", "\n    "))
    (package / "one.py").write_text(text, encoding="utf-8")
    return measure("one", seconds, grace, "invented")


def test_a_measurement_has_an_empty_data_folder_and_leaves_nothing(package: Path) -> None:
    found = measured_as(package, "found = os.environ['DASHBOARD_DATA']")
    assert (found.name, found.goal, found.held) == ("one", "a figure", True)
    assert not Path(found.found).parent.exists()


def test_a_measurement_that_hangs_is_ended_with_what_it_started(package: Path) -> None:
    mark = package / "alive"
    program = (
        f"import time, pathlib\nwhile True: pathlib.Path({str(mark)!r}).touch(); time.sleep(.1)"
    )
    body = f"subprocess.Popen([sys.executable, '-c', {program!r}]); time.sleep(99)"
    began = time.monotonic()
    result = measured_as(package, body, seconds=2)
    assert (result.held, "no answer after 2 s" in result.found) == (False, True)
    assert time.monotonic() - began < 10
    mark.unlink()
    time.sleep(0.5)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise ValueError('no such\\nthing')", "ValueError: no such thing"),
        ("os._exit(3)", "ended with 3"),
        ("import socket; socket.create_connection(('192.0.2.1', 9), 1)", "loopback only"),
    ],
)
def test_what_fails_did_not_hold_and_says_why(package: Path, body: str, told: str) -> None:
    result = measured_as(package, body)
    assert not result.held
    assert told in result.found


def test_a_row_replaces_its_older_one_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "reliability.md"
    figures.keep(Result("b", "goal", "one\nline | two", True, 3), page)
    figures.keep(Result("a", "goal", "first", False, 3), page)
    figures.keep(Result("a", "goal", "second", True, 3), page)
    rows = [
        line
        for line in page.read_text(encoding="utf-8").splitlines()
        if line[:4] in ("| a ", "| b ")
    ]
    assert [row.split(" | ")[0:3] for row in rows] == [
        ["| a", "goal", "second"],
        ["| b", "goal", "one line / two"],
    ]


def test_every_measurement_says_its_goal() -> None:
    for name, goal in harness.known().items():
        assert goal.strip(), name
        assert "\n" not in goal, name


def test_an_unknown_name_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        soak.main(["nothing_such"])
    assert "known:" in capsys.readouterr().err


def test_one_that_does_not_hold_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    held = iter((True, False, True))

    def measured_as_told(name: str, seconds: float) -> Result:
        return Result(name, "", "", next(held), seconds)

    monkeypatch.setattr(harness, "known", lambda: dict.fromkeys("abc", "goal"))
    monkeypatch.setattr(harness, "measure", measured_as_told)
    kept: list[Result] = []
    monkeypatch.setattr(figures, "keep", kept.append)
    assert soak.main(["--seconds", "5"]) == 1
    assert [(result.name, result.seconds) for result in kept] == [("a", 5), ("b", 5), ("c", 5)]
