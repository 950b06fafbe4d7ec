"""Whatever must be told of an officer later is in the audit log, without a personal value."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens import keyed, opened
from streamlit.testing.v1 import AppTest

from dashboard import audit
from dashboard.cli import main
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces

ROSTER = """教职工花名册（截至2017年9月1日）
工号,姓名,部门,用工类型,电话,身份证号
1,张三丰,语文组,在编,13812345678,110101199003074514
2,李四光,数学组,合同,13912345678,
""".encode()
FILE = "张三丰的花名册.csv"
PERSONAL = ("张三丰", "李四光", "13812345678", "110101199003074514", "语文组", "花名册")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    Workspaces(Settings(data=tmp_path)).enter("school")
    return tmp_path


def told(folder: Path) -> list[tuple[str, str]]:
    return [(e.who, e.act) for e in audit.entries(folder) if e.act != "opened"]


def clicked(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def test_import_undo_and_settings_are_noted_from_the_pages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = opened(folder, "upload", monkeypatch, lang="zh")
    upload.file_uploader[0].upload(FILE, ROSTER, "text/csv").run()
    clicked(upload, "confirm_import")
    clicked(upload, "undo_outcome_1")
    clicked(upload, "undo_now")
    settings = opened(folder, "settings", monkeypatch, lang="zh")
    keyed(settings.text_input, "school_name").set_value("张三丰小学").run()
    clicked(settings, "save_profile")
    assert told(folder) == [
        ("local", "imported"),
        ("local", "undone"),
        ("local", "settings_changed"),
    ]
    first = next(e for e in audit.entries(folder) if e.act == "imported")
    assert first.facts == {
        "import_id": 1, "sheets": 1, "registers": "staff",
        "added": 2, "changed": 0, "removed": 0, "rejected": 0,
    }  # fmt: skip
    assert audit.verify(folder).is_whole


def test_import_and_undo_are_noted_from_the_terminal(folder: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(ROSTER)
    assert main(["import", str(tmp_path / FILE), "--data", str(folder)]) == 0
    assert main(["undo", "1", "--data", str(folder)]) == 0
    assert told(folder) == [("local", "imported"), ("local", "undone")]


def test_no_personal_value_is_in_the_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = opened(folder, "upload", monkeypatch, lang="zh", department="语文组")
    upload.file_uploader[0].upload(FILE, ROSTER, "text/csv").run()
    clicked(upload, "confirm_import")
    log = (folder / "audit.jsonl").read_text("utf-8")
    assert '"act":"imported"' in log
    assert log.isascii()
    assert [value for value in PERSONAL if value in log] == []


def test_opened_pages_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        opened(folder, "upload", monkeypatch, lang="zh")
    assert {(one.who, one.page, one.times) for one in audit.opened(folder)} == {
        ("local", "overview", 1),
        ("local", "upload", 1),
    }


def test_an_import_stands_where_it_cannot_be_noted(folder: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(ROSTER)
    (folder / "audit.jsonl").mkdir()
    assert main(["import", str(tmp_path / FILE), "--data", str(folder)]) == 0
