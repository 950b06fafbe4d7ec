"""What stands in data is never a formula in an export, a link, a picture or a turned line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import meetings
import pytest
from arrivals import arrival
from bad_files import cell, parts, sheet, zipped
from nasty_school import Row, people, registers
from schools import keyed
from screens import opened, unfolded
from streamlit.testing.v1 import AppTest
from test_pages import ORDERED

from dashboard.contracts import DATASETS
from dashboard.exhibits import grids
from dashboard.exhibits.model import Cell, Grid, Head, Meeting, Plot, Series
from dashboard.exports.pack import Kind, made
from dashboard.importing import read
from dashboard.importing.loose import read_loosely
from dashboard.settings import Settings
from dashboard.text import Text
from dashboard.workspaces import Workspaces

# -- T6: what goes out ------------------------------------------------------------------------

ATTACKS = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1+1", "＝1+1",
    '=HYPERLINK("http://x.example","点")', " =WEBSERVICE(\"http://x.example\")",
)  # fmt: skip
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"-?[\d.,]+%?")


def attacked(words: str) -> Meeting:
    """A meeting whose every word that a school writes is this one."""
    heads = (Head(words, "label"), Head("数", "count"))
    table = meetings.exhibit(1, words, hint=words, form="table",
                             grid=Grid(heads, ((Cell(words, words), Cell(-1, "-1")),)))  # fmt: skip
    plot = Plot("bars", (words, "乙"), (Series(words, (Cell(1, "1"), Cell(2, "2"))),), "people")
    chart = meetings.exhibit(2, words, form="chart", plot=plot,
                             grid=grids.of_plot(plot, Text("名", "Name"), "zh"))  # fmt: skip
    return replace(meetings.of(table, chart), school=words, caption=words, quality=(words,))


def inside(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every file in it, and in the files in it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            for part in held.namelist():
                yield from inside(f"{name}/{part}", held.read(part))
    else:
        yield name, data


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pptx", "pdf"])
@pytest.mark.parametrize("words", ATTACKS)
def test_in_no_export_anything_runs_or_leads_outside(words: str, kind: Kind) -> None:
    parts = dict(inside(kind, made(attacked(words), kind)))
    assert parts
    assert kind != "csv" or any(b",-1\r\n" in data for data in parts.values())  # itself
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            assert b"<f>" not in data, name
            assert b'TargetMode="External"' not in data, name
        elif name.endswith(".csv"):
            assert_nothing_runs(data)
        elif kind == "pdf":
            assert not re.search(rb"/URI\b|/JavaScript\b|/Launch\b|/EmbeddedFile\b", data)


def assert_nothing_runs(data: bytes) -> None:
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if _RUNS.match(cell) and not _NUMBER.fullmatch(cell)] == []


# -- T7: what is shown ------------------------------------------------------------------------

SHOWN = "![x](http://x.example/a.png)<img src=//x.example/b>[l](http://x.example)$\\TeX$:red[r]`c`"
TURNED = "\u202e\u2066\u200b\ufeff"


SAID = frozenset(
    (
        "name",
        "department",
        "owner",
        "audience",
        "activity",
        "title",
        "proposer",
        "lead",
        "motion",
        "meeting",
        "subject",
        "summary",
        "handler",
        "approver",
        "beneficiary",
    )
)


def named(row: Row) -> Row:
    """The row, with such words behind everything that a school writes as it likes."""
    return {
        name: f"{value}{SHOWN}" if name in SAID and isinstance(value, str) else value
        for name, value in row.items()
    }


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose names, departments, subjects, activities, file and sheet are such words."""
    folder = tmp_path_factory.mktemp("shown")
    everybody = list(map(named, people()))
    status = {"member_status": "active", "has_card": "yes"}
    sheets: list[tuple[str, date | None, list[Row]]] = [
        ("staff", date(2025, 9, 1), everybody),
        ("members", date(2025, 9, 1), [one | status for one in everybody]),
        *((name, None, list(map(named, rows))) for name, rows in registers().items()),
    ]
    with Workspaces(Settings(data=folder)) as spaces:
        spaces.warehouse("school").load(
            [
                arrival(
                    name, keyed(name, rows), as_of=day, file=f"名册{SHOWN}.xlsx",
                    sheet=f"表{n}{SHOWN}", mapped=" ".join(DATASETS[name].stored()),
                )
                for n, (name, day, rows) in enumerate(sheets)
            ]
        )  # fmt: skip
        spaces.enter("school")
    return folder


@pytest.mark.parametrize("path", ORDERED)
def test_on_no_page_data_becomes_a_picture_a_link_or_a_turned_line(
    school: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2025-11-15")
    app = unfolded(opened(school, path, monkeypatch, period="2025"))
    for place, words in read_as_markdown(app):
        assert not re.search(r"(?<!\\)!?\[[^\]]*(?<!\\)\]\(\s*(?:http|//|javascript)", words), place
        assert not re.search(r"(?<!\\)<img", words), place


def read_as_markdown(app: AppTest) -> Iterator[tuple[str, str]]:
    """What Streamlit reads as markdown: bodies, and the labels and helps of what can be used."""
    for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning",
                 "error", "success"):  # fmt: skip
        for element in app.get(kind):
            yield kind, str(element.value)
    for kind in ("button", "selectbox", "multiselect", "radio", "checkbox", "toggle", "expander",
                 "metric", "tab", "text_input"):  # fmt: skip
        for element in app.get(kind):
            yield kind, str(getattr(element, "label", ""))
            yield f"{kind} help", str(getattr(getattr(element, "proto", None), "help", ""))


def turned_ledger() -> bytes:
    """Every word, the header's and the sheet's name with marks that turn what is beside them."""
    head = [f"{name}{TURNED}" for name in ("日期", "凭证号", "科目", "摘要", "支出金额", "备注")]
    lines = [
        f"<row>{''.join(cell('', f'{TURNED}{one}') for one in line)}</row>".replace(' r=""', "")
        for line in (head, *(("2017-03-08", f"记-{n}", "文体活动支出", "活动", "80", "无")
                             for n in range(3)))
    ]  # fmt: skip
    return zipped(parts({f"收支{TURNED}台账": sheet("".join(lines))}))


def test_no_mark_that_turns_a_line_passes_the_reader() -> None:
    name = f"收支台账2017{TURNED}.xlsx"
    report, loose = read(turned_ledger(), name), read_loosely(turned_ledger(), name)
    assert sum(one.loaded for one in report.sheets) == 3
    assert loose.sheets
    tables = [one.table for one in (*report.sheets, *loose.sheets) if one.table]
    told = [str(asdict(report)), str(asdict(loose)), *(str(one.to_pydict()) for one in tables)]
    for text in told:
        assert not [mark for mark in TURNED if mark in text or ascii(mark)[1:-1] in text]
