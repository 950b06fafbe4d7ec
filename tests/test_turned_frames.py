"""T7: no frame of any page has a mark that turns the line it stands in, and no page asks anybody
else for anything, whatever a cell, a header, a file's or a sheet's name, a setting or an address
says.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browser import running, settled, window
from nasty_school import Row, people, registers
from playwright.sync_api import Browser
from screens import opened, unfolded
from streamlit.testing.v1 import AppTest
from test_injection import SHOWN, read_as_markdown, turned_ledger
from test_pages import ORDERED

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.importing import read
from dashboard.settings import ROOT, Settings
from dashboard.ui.cache import workspaces
from dashboard.workspaces import Workspaces

TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
_ESCAPED = re.compile(rb"\\+u(?:202[a-e]|206[6-9]|200[ef])", re.IGNORECASE)
_FREE = {"title", "motion", "summary"}  # whatever the school likes
NAME = f"一小{TURNED}工会{SHOWN}"[:80]


def table(name: str, rows: list[Row]) -> bytes:
    """A register as a file, with such marks in every header and in every cell of words."""
    known = {column.name: column for column in DATASETS[name].columns}
    used = [column for column in rows[0] if column in known]
    out = io.StringIO()
    file = csv.writer(out)
    file.writerow(f"{known[column].label.zh}{TURNED}" for column in used)
    for row in rows:
        file.writerow(_attacked(column, row.get(column)) for column in used)
    return out.getvalue().encode()


def _attacked(column: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return f"{value}{SHOWN if column in _FREE else ''}{TURNED}"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("turned")
    everybody = people()
    day = date(2025, 9, 1)
    members = [one | {"member_status": "active", "has_card": "yes"} for one in everybody]
    with Workspaces(Settings(data=folder)) as spaces:
        warehouse = spaces.warehouse("school")
        for name, rows in {"staff": everybody, "members": members, **registers()}.items():
            when = day if name in ("staff", "members") else None
            report = read(table(name, rows), f"名册{TURNED}.csv", dataset=name, as_of=when)
            ingest.store(warehouse, [report], "merge", f"李{TURNED}")
        warehouse.set("profile", {"name": NAME, "place": f"常州{TURNED}"}, f"李{TURNED}")
        spaces.enter("school")
    yield folder
    workspaces(str(folder)).close()


def turned(app: AppTest) -> list[tuple[str, str]]:
    """Where such a mark stands: kind of element, and what is around it."""
    found = []
    for kind, frame in frames(app._tree):
        text = frame.decode("utf-8", "ignore")
        found += [(kind, text[max(0, n - 40) : n + 9]) for n, c in enumerate(text) if c in TURNED]
        found += [(kind, one.decode()) for one in _ESCAPED.findall(frame)]
    return found


def frames(block: Any) -> Iterator[tuple[str, bytes]]:
    """Every element and block of the page as it was sent."""
    for child in block.children.values():
        if getattr(child, "proto", None) is not None:
            yield child.type, child.proto.SerializeToString()
        if hasattr(child, "children"):
            yield from frames(child)


@pytest.mark.parametrize("path", ORDERED)
def test_no_page_turns_a_line(school: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2025-11-15")
    app = unfolded(opened(school, path, monkeypatch, period="2025"))
    assert sum(len(frame) for _, frame in frames(app._tree)) > 500
    assert turned(app) == []
    for place, words in read_as_markdown(app):
        assert not re.search(r"(?<!\\)!?\[[^\]]*(?<!\\)\]\(\s*(?:http|//)", words), place


@pytest.mark.parametrize("name", ["period", "department", "as_of", "kpi", "slide", "present"])
def test_no_address_turns_a_line(school: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2025-11-15")
    monkeypatch.setenv("DASHBOARD_DATA", str(school))
    app = AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=120)
    app.query_params.update({name: f"语文组{TURNED}{SHOWN}", "lang": "zh"})
    unfolded(app)
    assert not app.exception
    assert turned(app) == []


@pytest.mark.parametrize("path", ["upload", "explore"])
def test_no_file_that_is_looked_at_turns_a_line(
    school: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    app = opened(school, path, monkeypatch, lang="zh")
    app.file_uploader[0].upload(f"收支{TURNED}.xlsx", turned_ledger(), "").run()
    assert not app.exception
    shown = b"".join(frame for _, frame in frames(app._tree)).decode("utf-8", "ignore")
    assert "文体活动支出" in shown
    assert turned(app) == []


def test_slides_turn_no_line(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2025-11-15")
    app = opened(school, "overview", monkeypatch, period="2025", present="all", slide="1")
    assert app.get("html")
    assert turned(app) == []


@pytest.mark.browser
def test_no_page_of_such_a_school_asks_anybody_else(
    school: Path, tmp_path: Path, browser: Browser
) -> None:
    data = shutil.copytree(school, tmp_path / "data")
    with running(data, "2025-11-15") as server, window(browser) as watched:
        page = watched.page
        for path in ORDERED:
            page.goto(f"{server.url}/{path}?period=2025")
            page.locator("h1").first.wait_for()
            settled(page)
            assert page.locator("[src*='x.example'], [href*='x.example']").count() == 0, path
        assert watched.hosts() == {"127.0.0.1"}
