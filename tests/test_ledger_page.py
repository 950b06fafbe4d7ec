"""What the pages say of data that has lost something, and of an import that was cut off."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from arrivals import ledger, spent
from screens import opened, said
from streamlit.testing.v1 import AppTest

from dashboard.roles import Identity, Role
from dashboard.settings import Settings
from dashboard.ui import identity
from dashboard.ui.cache import workspaces
from dashboard.warehouse.ledger import NAME, Ledger
from dashboard.workspaces import Workspaces

FILE = "dashboard.duckdb"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path) -> object:
    yield
    workspaces(str(tmp_path)).close()


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A school with two imports, closed."""
    with Workspaces(Settings(data=tmp_path)) as spaces:
        spaces.enter("school")
        spaces.warehouse("school").load([ledger({"a": spent("1")}, file="三月.xlsx")])
    shutil.copy(tmp_path / "school" / FILE, tmp_path / "kept")
    with Workspaces(Settings(data=tmp_path)) as spaces:
        spaces.warehouse("school").load([ledger({"b": spent("2")}, file="王芳慰问.xlsx")])
    return tmp_path / "school"


@pytest.fixture
def older(school: Path) -> Path:
    """The database of before the second import was put back in its place."""
    shutil.move(school.parent / "kept", school / FILE)
    return school


def test_what_is_missing_stands_above_every_page(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("overview", "upload"):
        told = said(opened(older.parent, path, monkeypatch, lang="zh")).replace("\\", "")
        assert "数据可能不完整" in told
        assert "第 #2 次导入" in told
        assert "王芳慰问.xlsx" in told


def test_who_keeps_no_data_is_told_no_file_name(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "signed_in", lambda: Identity("u2", "", Role.DELEGATE))
    told = said(opened(older.parent, "overview", monkeypatch, lang="zh"))
    assert "数据可能不完整" in told
    assert "王芳" not in told
    assert "#2" not in told


def test_going_on_takes_a_second_word_and_ends_it(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app: AppTest = opened(older.parent, "overview", monkeypatch, lang="zh")
    button = next(one for one in app.button if one.label == "按现有数据继续")
    assert button.disabled
    app.checkbox(key="ledger_sure").check().run()
    next(one for one in app.button if one.label == "按现有数据继续").click().run()
    assert not app.exception
    assert "数据可能不完整" not in said(app)
    assert Ledger(older / NAME).told().lines[-1].kind == "went_on"


def test_an_import_that_was_cut_off_is_told_once(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Ledger(school / NAME).told().lines[-2]
    Ledger(school / NAME).append(replace(begun, serial=begun.serial + 1))
    app = opened(school.parent, "upload", monkeypatch, lang="zh")
    told = said(app).replace("\\", "")
    assert "没有完成" in told
    assert "王芳慰问.xlsx" in told
    app.button(key="cut_off_seen").click().run()
    assert "没有完成" not in said(app)


def test_of_whole_data_nothing_is_said(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = said(opened(school.parent, "upload", monkeypatch, lang="zh"))
    assert "导入账本" not in told
    assert "没有完成" not in told
