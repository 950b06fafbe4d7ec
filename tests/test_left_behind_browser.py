"""T26: after a day's work nothing of a person lies anywhere but in the databases: not in the log,
the temporary files, the audit log, the metrics; and what lies there is its owner's alone.
"""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

from dashboard.groups import school_veil
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces
from tests.browser import running, settled, window
from tests.deeds import everything
from tests.frames import personal

ROSTER = """教职工花名册（截至2017年9月1日）
工号,姓名,部门,用工类型,电话,身份证号,银行卡号
1,欧阳不见,语文组,在编,13812345678,990000199003071239,6222021234567890128
2,=HYPERLINK(欧阳不闻),数学组,合同,13912345678,990000199003071230,6222021234567890136
"""
DAMAGED = b"PK\x03\x04" + "欧阳不见,13812345678".encode() * 50
OWN = ("欧阳不见", "欧阳不闻")
_DATABASES = (".duckdb", ".duckdb.wal", ".sqlite", ".sqlite-wal", ".sqlite-shm")


def dropped(page: Page, url: str, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    for path in ("upload", "explore"):
        page.goto(f"{url}/{path}?lang=zh")
        settled(page)
        page.set_input_files("input[type=file]", file)
        expect(page.get_by_text(name).first).to_be_visible()
        settled(page)


def metrics(url: str) -> bytes:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/metrics", timeout=30) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as refused:
        return bytes(refused.read())


@pytest.mark.skipif(os.name != "posix", reason="a folder of its own for temporary files")
def test_nothing_of_a_person_is_left_behind(browser: Browser, tmp_path: Path) -> None:
    data, temp = tmp_path / "data", tmp_path / "temp"
    temp.mkdir(mode=0o700)
    with running(data, "2017-03-20", ["env", f"TMPDIR={temp}"]) as server:
        with window(browser) as watched:
            everything(watched.page, server.url)
            dropped(watched.page, server.url, "名册.csv", ROSTER.encode())
            dropped(watched.page, server.url, "坏.xlsx", DAMAGED)
        seen = {"metrics": metrics(server.url)}
        seen |= left(data) | left(temp)
        wide = [path for path in files(data) | files(temp) if path.stat().st_mode & 0o077]
    assert {Path(name).name for name in seen} >= {"dashboard.log", "audit.jsonl"}
    assert wide == []
    names = known(data)
    assert len(names) > 50
    assert personal([ROSTER.encode()], names) > {OWN[0], "13812345678"}, "it would be found"
    assert {name: found for name, told in seen.items() if (found := personal([told], names))} == {}


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def left(folder: Path) -> dict[str, bytes]:
    """Every file that is no database, with its name: that may tell, too."""
    return {
        str(path): path.name.encode() + b"\n" + path.read_bytes()
        for path in files(folder)
        if not path.name.endswith(_DATABASES)
    }


def known(data: Path) -> set[str]:
    """The sample's people, and those of the test."""
    with Workspaces(Settings(data=data)) as spaces, spaces.warehouse("demo").snapshot() as reader:
        return {name for name in school_veil(reader).names if len(name) > 2} | set(OWN)
