"""Whatever must be told of an officer later is in the audit log, without a personal value."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from arrivals import ledger, spent
from kept import program, school, spend
from screens import keyed, opened
from streamlit.testing.v1 import AppTest

from dashboard import audit
from dashboard.cli import main
from dashboard.keeping import deeds as keeping
from dashboard.settings import Settings
from dashboard.warehouse.ledger import NAME, Ledger, Line
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


# --- killed between the commit and the note ---------------------------------------------------

# Does what the command line is asked to; ends where the log would be written.
CUT = """
import os, sys
from dashboard import deeds
from dashboard.cli import main

deeds.audit.note = lambda *_, **__: os._exit(9)
main(sys.argv[1:])
"""


def cut(*arguments: object) -> None:
    child = program(CUT, *arguments)
    _, trouble = child.communicate(timeout=60)
    assert child.returncode == 9, trouble


def reopened(folder: Path) -> list[audit.Entry]:
    """What the log says of imports and undos after the next opening."""
    with school(folder) as spaces:
        spaces.warehouse("school")
    return audit.entries(folder, None, "imported", "undone")


def test_an_import_killed_before_its_note_is_noted_at_the_next_opening_once(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(ROSTER)
    cut("import", tmp_path / FILE, "--data", folder)
    assert audit.entries(folder, None, "imported") == []
    (late,) = reopened(folder)
    assert (late.who, late.act) == ("unknown", "imported")
    done = late.facts["done"]
    assert late.facts == {
        "import_id": 1, "sheets": 1, "registers": "staff", "added": 2, "changed": 0, "removed": 0,
        "noted": "late", "ledger": 0, "done": done,
    }  # fmt: skip
    assert str(done).startswith(f"{late.at:%Y-%m-%dt}")
    assert reopened(folder) == [late]
    assert audit.verify(folder).is_whole


def test_an_undo_killed_before_its_note_is_noted_with_all_that_it_took_back(folder: Path) -> None:
    for name in ("a", "b", "c"):
        with school(folder) as spaces:
            spend(spaces, name, "1")
    assert len(reopened(folder)) == 3
    cut("undo", 2, "--unwind", "--data", folder)
    late = reopened(folder)[3:]
    assert [(one.act, one.facts["import_id"]) for one in late] == [("undone", 2), ("undone", 3)]
    assert reopened(folder)[3:] == late


def test_what_was_noted_in_time_is_not_noted_again(folder: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(ROSTER)
    assert main(["import", str(tmp_path / FILE), "--data", str(folder)]) == 0
    assert main(["undo", "1", "--data", str(folder)]) == 0
    assert [one.who for one in reopened(folder)] == ["local", "local"]


def test_an_import_that_no_disk_had_room_to_note_is_noted_later(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(ROSTER)
    (folder / "audit.jsonl").mkdir()
    assert main(["import", str(tmp_path / FILE), "--data", str(folder)]) == 0
    (folder / "audit.jsonl").rmdir()
    assert [one.facts["noted"] for one in reopened(folder)] == ["late"]


def test_what_a_backup_brings_to_another_computer_was_noted_on_the_first(
    folder: Path, tmp_path: Path
) -> None:
    with school(folder) as spaces:
        spend(spaces, "a", "1")
        made = keeping.back_up(spaces, "local")
    other = tmp_path / "other"
    with school(other) as spaces:
        keeping.restore(spaces, made, "local")
        spend(spaces, "b", "1")
    assert [one.facts["import_id"] for one in reopened(other)] == [2]


def test_a_number_that_is_given_again_after_a_restore_is_another_import(folder: Path) -> None:
    with school(folder) as spaces:
        spend(spaces, "a", "1")
        made = keeping.back_up(spaces, "local")
        assert spend(spaces, "b", "1") == 2
    assert len(reopened(folder)) == 2
    with school(folder) as spaces:
        keeping.restore(spaces, made, "local")
        assert spend(spaces, "c", "1") == 2
    assert [one.facts["import_id"] for one in reopened(folder)] == [1, 2, 2]


def test_a_clock_that_was_ahead_doubles_nothing(folder: Path) -> None:
    with school(folder) as spaces:
        spend(spaces, "a", "1")
    kept = Ledger(folder / "school" / NAME)
    lines = kept.told().lines
    (folder / "school" / NAME).unlink()
    kept.append(*(_ahead(line) for line in lines))
    assert len(reopened(folder)) == 1
    assert len(reopened(folder)) == 1


def _ahead(line: Line) -> Line:
    return replace(line, at=line.at + timedelta(days=400))


def test_the_demonstration_is_noted_nowhere(folder: Path) -> None:
    with school(folder) as spaces:
        spaces.warehouse("demo").load([ledger({"a": spent("1")}, sheet="a")])
    with school(folder) as spaces:
        spaces.warehouse("demo")
    assert reopened(folder) == []
