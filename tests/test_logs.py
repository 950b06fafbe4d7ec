"""Faults are told under a code that the log knows, and nothing of a cell's content is in it."""

from __future__ import annotations

import ast
import logging
import secrets
import stat
import subprocess
import sys
import warnings
from collections import OrderedDict
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest

from dashboard import logs
from dashboard.errors import BadDefinition, WorkspaceBusy
from dashboard.logs import incidents
from dashboard.logs.records import strip
from dashboard.logs.repeats import Repeats
from dashboard.logs.traces import short, traced
from dashboard.settings import ROOT, VERSION
from dashboard.warehouse.database import told

NAME, PHONE = "欧阳不见", "13812345678"
CELL = f"{NAME} {PHONE}"


def record(name: str, words: str, *values: object, failure: BaseException | None = None) -> str:
    """What any handler would write of it."""
    info = (type(failure), failure, failure.__traceback__) if failure else None
    made = logging.LogRecord(name, logging.ERROR, __file__, 7, words, values, info, "here")
    strip(made)
    return logging.Formatter().format(made)


def quoting() -> Exception:
    """An error of DuckDB's that says what stood in the cell."""
    with pytest.raises(duckdb.Error, match=NAME) as caught:
        duckdb.execute("select cast(? as integer)", [CELL])
    return caught.value


def test_another_librarys_words_are_left_out() -> None:
    said = record("streamlit.anything", f"cannot convert {CELL}", failure=quoting())
    assert said.splitlines()[0] == "tests/test_logs.py:7 here"
    assert "duckdb.ConversionException" in said
    assert "tests/test_logs.py" in said
    assert NAME not in said
    assert PHONE not in said


def test_our_own_words_are_filled_with_codes_only() -> None:
    assert record("dashboard.x", "%s by %s", "imported", "u3") == "imported by u3"
    assert record("dashboard.x", "%s by %s: %s", NAME, PHONE, 12) == "… by …: 12"


def test_a_chain_of_faults_is_told_by_classes_and_codes() -> None:
    try:
        try:
            pd.to_datetime(pd.Series([CELL]), format="%Y")
        except ValueError as failure:
            raise WorkspaceBusy("storage", reason=CELL) from failure
    except WorkspaceBusy as failure:
        lines = traced(failure)
    assert lines[0] == "dashboard.errors.WorkspaceBusy storage"
    assert any(line.startswith("behind it ") for line in lines)
    assert not [line for line in lines if NAME in line or PHONE in line]
    assert [line for line in lines if line.startswith("  pandas/")]


def test_a_deep_fault_is_cut_and_a_circle_ends() -> None:
    def deeper(n: int) -> None:
        if n:
            deeper(n - 1)
        raise RecursionError

    with pytest.raises(RecursionError) as caught:
        deeper(200)
    one, other = ValueError(), KeyError(CELL)
    one.__cause__, other.__cause__ = other, one
    assert len(traced(caught.value)) < 40
    assert traced(one) == ["ValueError", "behind it KeyError"]


def test_a_place_names_no_folder_of_this_computer() -> None:
    assert short(str(ROOT / "dashboard" / "app.py")) == "dashboard/app.py"
    assert short("/home/zhang/venv/lib/python3.11/site-packages/pandas/core/x.py") == (
        "pandas/core/x.py"
    )
    assert short(f"/home/zhang/{NAME}.py") == "?"
    assert short("/srv/school/zhang/tool.py") == "tool.py"
    assert short("<string>") == "<string>"


def test_a_statements_words_stay_and_a_cells_do_not() -> None:
    with pytest.raises(BadDefinition) as ours, told():
        duckdb.execute("select missing_column from (select 1)")
    with pytest.raises(BadDefinition) as theirs, told():
        raise quoting()
    assert "missing_column" in ours.value.message.zh
    assert "ConversionException" in theirs.value.message.zh
    assert NAME not in str(theirs.value)


FAULTY = """
import logging, sys, threading, warnings
from pathlib import Path
from dashboard import logs
logs.begin()
logs.keep(Path(sys.argv[1]))
import streamlit, duckdb
from streamlit.logger import get_logger
cell = sys.argv[2]
get_logger("streamlit.later").error("made later %s", cell)
logging.getLogger("uvicorn.error").error(cell)
logging.getLogger("asyncio").error(cell, exc_info=ValueError(cell))
warnings.warn(cell)
thread = threading.Thread(target=lambda: duckdb.execute("select cast(? as date)", [cell]))
thread.start()
thread.join()
logging.getLogger("broken").error("%d", cell)
raise KeyError(cell)
"""


def test_whatever_fails_in_a_process_is_written_without_the_cell(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FAULTY, str(tmp_path), CELL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
    file = tmp_path / "log" / "dashboard.log"
    log, screen = file.read_text("utf-8"), done.stderr.decode() + done.stdout.decode()
    assert done.returncode == 1
    for text in (log, screen):
        assert NAME not in text
        assert PHONE not in text
        assert "Traceback" not in text
    for place in ("UserWarning at", "ConversionException", "KeyError", "ValueError"):
        assert place in log
    assert log.count("<string>:") >= 5
    last = logs.recent(tmp_path)[0]
    assert last.kind == "KeyError"
    assert last.code in screen
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A log with two faults in it, written by another process."""
    program = (
        "import sys; from pathlib import Path; from dashboard import logs; logs.begin();"
        " logs.keep(Path(sys.argv[1]));"
        " print(logs.incident(ValueError(sys.argv[2]), 'funds', 'officer', 'u3'),"
        " logs.incident(OSError(28, sys.argv[2])))"
    )
    command = [sys.executable, "-c", program, str(tmp_path), CELL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    (tmp_path / "codes").write_bytes(done.stdout)
    return tmp_path


def test_a_code_is_found_however_it_is_typed(kept: Path) -> None:
    first, second = (kept / "codes").read_text().split()
    one = logs.found(kept, f" {first.removeprefix('E-').lower()} ")
    assert one
    assert (one.code, one.page, one.role, one.kind) == (first, "funds", "officer", "ValueError")
    assert f"version={VERSION}" in one.lines[0]
    assert [two.code for two in logs.recent(kept)] == [second, first]
    assert logs.recent(kept)[0].kind == "OSError 28"
    assert logs.found(kept, "E-22222") is None
    assert logs.recent(kept / "nowhere") == []


def test_what_is_said_again_and_again_is_counted_and_washes_nothing_away() -> None:
    now = [0.0]
    few = Repeats(lambda: now[0])

    def said(line: int, words: str = "") -> tuple[bool, str]:
        record = logging.LogRecord(
            "streamlit", logging.ERROR, "a.py", line, "a.py:%s", (line,), None
        )
        record.exc_text = words or None
        passes = few.filter(record)
        assert few.filter(record) is passes  # of two handlers both write it, or neither
        return passes, record.getMessage()

    assert [said(7)[0] for _ in range(20_000)].count(True) == 5
    assert [said(8), said(7, "another fault")] == [(True, "a.py:8"), (True, "a.py:7")]
    now[0] = 601
    assert [said(7), said(7)] == [(True, "a.py:7 repeated=19995"), (True, "a.py:7")]


def test_one_persons_same_fault_is_told_under_a_code_that_the_log_has(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    monkeypatch.setattr(incidents, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(incidents, "_codes", OrderedDict())

    def met(who: str, other: bool = False) -> str:
        try:
            if other:
                raise KeyError(CELL)
            raise KeyError(secrets.token_hex(4))
        except KeyError as failure:
            return incidents.incident(failure, "funds", "delegate", who)

    def written() -> list[str]:
        return [record.getMessage().split()[0] for record in caplog.records]

    codes = [met("u7") for _ in range(500)]
    assert written() == list(dict.fromkeys(codes))
    assert (len(written()), set(codes[3:])) == (3, {codes[2]})
    assert len({met("u8"), met("u7", other=True), *codes}) == 5
    now[0] = 3601
    assert met("u7") not in codes
    assert len(written()) == 6


def test_our_own_log_words_are_constants() -> None:
    """What is put together before it is logged could not be stripped."""
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in levels and ast.unparse(node.func.value) in ("log", "_LOG"):
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"


def test_a_library_is_not_made_louder_by_us() -> None:
    """The tests' own process keeps its ways: the log begins in a program of ours only."""
    assert logging.getLogRecordFactory() is logging.LogRecord
    assert "logs" not in Path(warnings.showwarning.__code__.co_filename).parts
