"""The page of the backups: one click backs up; a restore shows what it brings and asks first."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from kept import amounts, school, spend
from screens import PATIENCE, keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard.keeping import backups, deeds
from dashboard.keeping.manifest import DATABASE
from dashboard.roles import Identity, Role
from dashboard.settings import ROOT
from dashboard.ui import identity


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with one import."""
    folder = tmp_path_factory.mktemp("kept")
    with school(folder) as spaces:
        spaces.enter("school")
        spend(spaces, "a", "12.34")
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


def words(app: AppTest) -> str:
    return "\n".join((said(app), *(found.value for found in app.success))).replace("\\", "")


def test_one_click_makes_a_backup(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(data, "keeping", monkeypatch, lang="zh")
    assert "还没有备份" in words(app)
    app.button(key="back_up_now").click().run()
    assert not app.exception
    assert "1 次导入，1 行" in words(app)
    assert "已核对，完好" in words(app)
    (made,) = backups.distinct(data)
    assert made.is_whole
    assert "U 盘" in words(app), "and how to have one elsewhere"


def test_a_restore_shows_what_it_brings_and_is_done_when_it_is_confirmed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school(data) as spaces:
        deeds.back_up(spaces, "local", at=datetime(2026, 3, 4, 12, 0))
        spend(spaces, "b", "1")
    app = opened(data, "keeping", monkeypatch, lang="zh")
    app.session_state["backup_20260304-120000"] = True
    app.run()
    keyed(app.button, "restore_2026").click().run()
    assert "恢复后将没有：第 2 次导入" in words(app)
    assert app.button(key="restore_now").disabled
    app.checkbox(key="restore_sure").check().run()
    app.button(key="restore_now").click().run()
    assert not app.exception
    assert "已恢复到 2026-03-04 12:00" in words(app)
    assert len(backups.distinct(data)) == 2
    from dashboard.ui.spaces import opened as open_spaces

    assert amounts(open_spaces()) == {"a": "12.3400"}


def rotten(data: Path) -> None:
    file = data / "school" / DATABASE
    file.write_bytes(bytes(file.stat().st_size))


def test_damaged_data_names_the_backup_and_the_page_brings_it_back(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school(data) as spaces:
        deeds.back_up(spaces, "local", at=datetime(2026, 3, 4, 12, 0))
    rotten(data)
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    app = AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=PATIENCE)
    app.query_params.update({"lang": "zh"})
    app.run().switch_page("../pages/keeping.py").run()
    (error,) = app.error
    assert "2026-03-04 12:00 的，名为 20260304-120000" in error.value.replace("\\", "")
    app.session_state["backup_20260304-120000"] = True
    app.run()
    keyed(app.button, "restore_2026").click().run()
    assert "现在的数据文件已损坏" in words(app)
    app.checkbox(key="restore_sure").check().run()
    app.button(key="restore_now").click().run()
    assert not app.exception
    assert not app.error
    assert "已恢复到 2026-03-04 12:00" in words(app)


def test_a_damaged_backup_is_told_and_not_brought_back(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school(data) as spaces:
        made = deeds.back_up(spaces, "local", at=datetime(2026, 3, 4, 12, 0))
    file = made.folder / DATABASE
    file.write_bytes(file.read_bytes()[:-1])
    app = opened(data, "keeping", monkeypatch, lang="en")
    assert "damaged: back up again now" in words(app)
    app.session_state["backup_20260304-120000"] = True
    app.run()
    keyed(app.button, "restore_2026").click().run()
    (told,) = app.error
    assert "backup_damaged" in told.value


def test_who_may_not_keep_sees_none_of_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with school(data) as spaces:
        deeds.back_up(spaces, "local")
    auditor = Identity("u2", "", Role.AUDITOR)
    monkeypatch.setattr(identity, "signed_in", lambda: auditor)
    app = opened(data, "keeping", monkeypatch, lang="zh")
    assert "上次备份" not in words(app)
    assert not [button for button in app.button if button.key == "back_up_now"]
    assert not app.expander
