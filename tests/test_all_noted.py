"""T31: every deed, done where people do it (the door, the pages, the command line), is in the audit
log; its chain holds, and nothing personal is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

pytest.importorskip("httpx")

from doors import NAME, PASSWORD, form, sign_in
from doors import opened as door_opened
from frames import personal, window
from screens import keyed, opened
from streamlit.testing.v1 import AppTest

from dashboard import audit
from dashboard.audit import Act
from dashboard.cli import main
from dashboard.errors import WorkspaceBusy
from dashboard.roles import Identity, Role
from dashboard.ui import identity, rowfiles, visitor
from dashboard.ui.cache import workspaces

FILE = "张三丰的花名册.csv"
ROSTER = """教职工花名册（截至2017年9月1日）
工号,姓名,部门,用工类型,电话,身份证号
1,张三丰,语文组,在编,13812345678,110101199003074514
2,李四光,数学组,合同,13912345678,
""".encode()
NAMES = {"张三丰", "李四光", "语文组", "花名册", NAME, "陈代表"}
# The page of personal data has tests of its own.
ELSEWHERE = {"person_exported", "person_corrected", "person_deleted", "person_allowed"}
BREAKS = {"resumed"}  # the log's own


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    yield tmp_path / "data"
    workspaces(str(tmp_path / "data")).close()


def at_the_door(folder: Path) -> None:
    """Set up, signed out, refused, signed in, a page opened."""
    with door_opened(folder, "--share", "--host", "127.0.0.1") as door, door.client() as client:
        page = client.get("/set-up", params={"code": door.code()})
        said = {"name": NAME, "password": PASSWORD, "again": PASSWORD, "code": door.code()}
        client.post("/set-up", data=said | {"form": form(page)})
        client.post("/sign-out", data={"form": form(client.get("/sign-out"))})
        sign_in(client, password="quite another one")
        sign_in(client)
        with window(door.url, client.cookies["dashboard_session"]) as tab:
            tab.open("upload", "lang=zh")


def clicked(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception
    assert not app.error, [error.value for error in app.error]


def on_the_pages(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = opened(data, "upload", monkeypatch, lang="zh")
    upload.file_uploader[0].upload(FILE, ROSTER, "text/csv").run()
    clicked(upload, "confirm_import")
    clicked(opened(data, "keeping", monkeypatch, lang="zh"), "back_up_now")
    clicked(upload, "undo_outcome_1")
    clicked(upload, "undo_now")
    settings = opened(data, "settings", monkeypatch, lang="zh")
    keyed(settings.text_input, "school_name").set_value("张三丰小学").run()
    clicked(settings, "save_profile")
    accounts = opened(data, "accounts", monkeypatch, lang="zh")
    accounts.text_input(key="account_name").set_value("陈代表")
    for n in range(2):
        accounts.text_input(key=f"account_password_{n}").set_value(PASSWORD)
    clicked(accounts, "account_add_now")
    with monkeypatch.context() as patched:
        chair = Identity("u1", NAME, Role.OFFICER, administrator=True)
        patched.setattr(identity, "signed_in", lambda: chair)
        patched.setattr(visitor, "is_shared", lambda: True)
        app = opened(data, "upload", monkeypatch)
        app.sidebar.selectbox(key="see_as").set_value("delegate").run()
    workspaces(str(data)).close()


def on_the_command_line(data: Path, folder: Path) -> None:
    there = ("--data", str(data))
    assert main(["users", "role", "陈代表", "--role", Role.AUDITOR.value, *there]) == 0
    file = folder / FILE
    file.write_bytes(ROSTER)
    assert main(["import", str(file), *there]) == 0
    shown = ("--pages", "members", "--names", "shown", "--out", str(folder / "a.xlsx"), *there)
    assert main(["export", "xlsx", *shown]) == 0
    assert main(["restore", "--yes", *there]) == 0
    assert main(["archive", "--to", str(folder), *there]) == 0


def test_every_deed_is_in_the_log(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_door(tmp_path)
    on_the_pages(data, monkeypatch)
    on_the_command_line(data, tmp_path)
    entries = audit.entries(data)
    assert set(get_args(Act)) - {one.act for one in entries} == ELSEWHERE | BREAKS
    assert {one.who for one in entries} == {"local", "nobody", "u1"}
    log = (data / "audit.jsonl").read_bytes()
    assert log.isascii()
    assert personal([log], NAMES) == set()
    assert audit.verify(data).is_whole


def test_rows_are_taken_away_only_when_that_is_noted(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    make = rowfiles.noted("rows", lambda: b"rows", names=True)
    assert make() == b"rows"
    (last,) = audit.entries(data)
    assert (last.act, last.who, last.facts) == ("exported", "local", {"kind": "rows", "names": 1})
    (data / "audit.jsonl").unlink()
    (data / "audit.jsonl").mkdir()
    with pytest.raises(WorkspaceBusy):
        make()
