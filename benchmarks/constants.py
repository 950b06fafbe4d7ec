"""The page that sets the measure: the overview's tiles and charts, made of constants.

A bare Streamlit script: the title; four tiles with value, change, sparkline, badge, quiet line and
button; four charts in cards with heading and button. No navigation, no pickers, no alerts, no
database. What it draws is taken once from the real overview, so that both send the same figures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboard.answers import Answer, Question, answered, asking
from dashboard.charts import words
from dashboard.charts.template import LIGHT, config
from dashboard.contents import found
from dashboard.exhibits.drawing import chart
from dashboard.layout import Charted, Page
from dashboard.roles import LOCAL
from dashboard.settings import today
from dashboard.ui.tile import BADGES
from dashboard.warehouse import Warehouse
from tests.browser import ROOT, free_port, wait_until_well

_SCRIPT = """\
import json
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource
def constants():
    told = json.loads((Path(__file__).parent / "constants.json").read_text(encoding="utf-8"))
    told["charts"] = [(title, go.Figure(figure)) for title, figure in told["charts"]]
    return told


st.set_page_config(layout="wide")
st.title("总览")
places = st.columns(4)
for place, one in zip(places, constants()["tiles"]):
    with place.container(border=True, height="stretch", gap="xsmall", key=f"tile {one['label']}"):
        st.metric(
            one["label"], one["value"], one["change"], help=one["help"], chart_data=one["line"],
            chart_type="area",
        )
        st.space("stretch")
        if one["badge"]:
            st.badge(one["badge"], icon=":material/flag:")
        st.caption(one["quiet"])
        st.button("依据与明细", key=f"open {one['label']}", type="tertiary")
for row in (constants()["charts"][:2], constants()["charts"][2:]):
    for number, (place, (title, figure)) in enumerate(zip(st.columns([3, 2]), row)):
        with place.container(border=True, height="stretch", gap="xsmall"):
            with st.container(horizontal=True, horizontal_alignment="distribute"):
                st.markdown(f"**{title}**", width="stretch")
                st.button("以表格查看", key=f"switch {title}", type="tertiary", width="content")
            st.plotly_chart(figure, theme=None, config=constants()["config"], key=title)
"""


def write(folder: Path, warehouse: Warehouse) -> Path:
    """The script and its constants, as the overview of that warehouse shows them today."""
    with warehouse.snapshot() as reader:
        answer = answered(reader, question())
    told = {"tiles": _tiles(answer), "charts": _charts(answer), "config": config("zh")}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "constants.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    script = folder / "constants.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    return script


def question() -> Question:
    """What the overview asks."""
    asked = Question(
        folder="",
        workspace="",
        version=0,
        today=today(),
        period=None,
        chosen=(),
        as_of=None,
        lang="zh",
        role=LOCAL.role,
    )
    return asking(_page(), asked)


def _page() -> Page:
    return next(page for page in found() if page.path == "overview")


def _tiles(answer: Answer) -> list[dict[str, Any]]:
    return [
        {
            "label": result.kpi.label("zh"),
            "value": words.read(result.now, result.kpi.unit, "zh"),
            "change": words.change(result, "zh"),
            "help": result.kpi.formula("zh"),
            "line": [float(point.reading.value or 0) for point in result.trend],
            "badge": words.BADGES[result.status]("zh") if result.status in BADGES else "",
            "quiet": words.fraction(result.now, result.kpi, "zh"),
        }
        for result in list(answer.results.values())[:4]
    ]


def _charts(answer: Answer) -> list[tuple[str, Any]]:
    blocks = [block for row in _page().rows for block in row if isinstance(block, Charted)]
    drawn = [(block.title("zh"), chart(block, answer, LIGHT, "zh").figure) for block in blocks]
    return [(title, json.loads(figure.to_json())) for title, figure in drawn]


@contextmanager
def served(script: Path, *, alike: bool = False) -> Iterator[str]:
    """The page behind a server of its own, with the dashboard's own settings of Streamlit: as
    anybody runs a script, or `alike`, behind the dashboard's own server (plain.py).
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    if alike:
        folder = script.parent / "terms"
        folder.mkdir(mode=0o700, exist_ok=True)
        command = [sys.executable, "-m", "benchmarks.plain", str(script), str(port), str(folder)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_well(url, process)
            yield url
        finally:
            process.terminate()
            process.wait(60)
