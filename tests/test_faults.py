"""A fault in a page or behind a button: a code on the screen, the same in the log, and of the cell
that caused it nothing anywhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import ROOT, free_port, wait_until_well
from frames import window, words
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import logs

NAME, PHONE, IDENTITY = "欧阳不见", "13812345678", "990000199003071235"
CELL = f"{NAME} {PHONE} {IDENTITY}"
CODE = re.compile(r"\*\*(E-[2-9A-Z]{5})\*\*")
# A server whose tiles and one of whose buttons stumble over a cell, begun as the command begins it.
FAULTY = """
import runpy, sys
cell = sys.argv.pop(1)
from dashboard import layout, logs
logs.begin()
import duckdb
import streamlit as st
from dashboard.ui import show

def press():
    raise ValueError(cell)

def tiles(block, screen):
    st.button("press", key="press", on_click=press)
    duckdb.execute("select cast(? as integer)", [cell])

show.DRAWN[layout.Tiles] = tiles
runpy.run_module("dashboard", run_name="__main__", alter_sys=True)
"""


@dataclass
class Faulty:
    """The server; `screen` is all it wrote to its terminal, `temp` its own temporary folder."""

    url: str
    data: Path
    screen: Path
    temp: Path


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faulty]:
    folder = tmp_path_factory.mktemp("faulty")
    port, temp = free_port(), folder / "temp"
    temp.mkdir()
    arguments = ["serve", "--no-browser", "--port", str(port), "--data", str(folder / "data")]
    surroundings = os.environ | {"DASHBOARD_TODAY": "2026-01-15", "TMPDIR": str(temp)}
    with (
        (folder / "screen").open("wb") as screen,
        subprocess.Popen(
            [sys.executable, "-c", FAULTY, CELL, *arguments],
            cwd=ROOT, env=surroundings, stdout=screen, stderr=screen,
        ) as process,
    ):  # fmt: skip
        try:
            wait_until_well(f"http://127.0.0.1:{port}", process)
            yield Faulty(f"http://127.0.0.1:{port}", folder / "data", folder / "screen", temp)
        finally:
            process.terminate()
            process.wait(60)


def alerts(frames: list[bytes]) -> list[str]:
    told = [ForwardMsg.FromString(frame) for frame in frames]
    return [one.delta.new_element.alert.body for one in told if one.delta.new_element.alert.body]


def codes(frames: list[bytes]) -> list[str]:
    assert not [
        frame
        for frame in frames
        if ForwardMsg.FromString(frame).delta.new_element.HasField("exception")
    ]
    return CODE.findall("\n".join(alerts(frames)))


def test_what_fails_in_a_block_is_found_by_its_code(faulty: Faulty) -> None:
    with window(faulty.url, "") as tab:
        frames = tab.open("overview", "lang=zh")
    assert "没有改动" in alerts(frames)[0]
    one = logs.found(faulty.data, codes(frames)[0])
    assert one
    assert (one.page, one.role) == ("overview", "officer")
    assert one.kind.endswith("duckdb.ConversionException")
    assert [line for line in one.lines if "dashboard/ui/show.py" in line]


def test_what_fails_behind_a_button_is_found_by_its_code(faulty: Faulty) -> None:
    with window(faulty.url, "") as tab:
        tab.open("overview", "lang=en")
        frames = tab.press(tab.buttons["press"])
    found = [logs.found(faulty.data, code) for code in codes(frames)]
    assert "ValueError" in [one.kind for one in found if one]


def test_nothing_of_the_cell_is_left_anywhere(faulty: Faulty) -> None:
    with window(faulty.url, "") as tab:
        frames = tab.open("overview", "lang=zh")
        frames += tab.press(tab.buttons["press"])
        frames += tab.open("status", "lang=zh")
    files = [path for folder in (faulty.data, faulty.temp) for path in folder.rglob("*")]
    seen = {path: path.read_bytes() for path in [*files, faulty.screen] if path.is_file()}
    texts = [words(frame) for frame in frames] + [words(data) for data in seen.values()]
    assert [text for text in texts if any(one in text for one in (NAME, PHONE, IDENTITY))] == []
    assert {path.name for path in seen} >= {"dashboard.log", "audit.jsonl", "screen"}
    if os.name == "posix":
        wide = [path for path in seen if path.stat().st_mode & 0o077 and path != faulty.screen]
        assert wide == []
