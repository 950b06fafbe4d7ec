"""The page of one person: found, shown, corrected, deleted; only by who has the right."""

import shutil
from pathlib import Path

import pytest
from kept import school
from screens import opened, said
from streamlit.testing.v1 import AppTest
from test_persons import NAME, NUMBER, fill, hits

from dashboard import audit
from dashboard.roles import Identity, Role
from dashboard.ui import identity


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("persons")
    with school(folder) as spaces:
        spaces.enter("school")
        fill(spaces)
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


def words(app: AppTest) -> str:
    return "\n".join((said(app), *(found.value for found in app.success))).replace("\\", "")


def looked_up(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    app = opened(data, "persons", monkeypatch, lang="zh")
    return app.text_input(key="person_name").input(NAME).run()


def test_somebody_is_deleted_after_their_name_is_typed_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = looked_up(data, monkeypatch)
    assert not app.exception
    assert app.checkbox[0].value, "nobody else is called so"
    assert NUMBER in app.checkbox[0].label
    assert app.button(key="person_delete").disabled
    app.text_input(key="person_again").input(NAME).run()
    app.button(key="person_delete").click().run()
    assert not app.exception
    assert "逐字节查过" in words(app)
    assert hits(data, NAME, NUMBER) == set()
    assert app.text_input(key="person_name").value == ""


def test_what_a_deletion_moves_is_shown_before_it_is_done(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = looked_up(data, monkeypatch)
    app.button(key="person_foresee").click().run()
    assert not app.exception
    moved = next(frame.value for frame in app.dataframe if "删除后" in frame.value.columns)
    rows = moved.set_index("指标")
    assert rows.loc["职工数"].tolist() == ["6", "5"]
    assert not any("支出" in name for name in rows.index), "money stays"
    assert NUMBER in app.checkbox[0].label, "nothing was done"


def test_a_workbook_is_made_for_the_person(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = looked_up(data, monkeypatch)
    app.button(key="person_make").click().run()
    assert not app.exception
    assert app.session_state["person_file"][1][:2] == b"PK"


def test_a_field_is_corrected(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = looked_up(data, monkeypatch)
    which = app.selectbox(key="person_which")
    born = next(choice for choice in which.options if "出生日期：1979" in choice)
    which.select(born)
    app.text_input(key="person_new").input("1979-04-24")
    next(button for button in app.button if button.label == "更正").click().run()
    assert not app.exception
    assert "已更正" in words(app)


def test_who_has_no_right_to_it_sees_none_of_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "signed_in", lambda: Identity("u2", "", Role.AUDITOR))
    app = opened(data, "persons", monkeypatch, lang="zh")
    assert not [one for one in app.text_input if one.key == "person_name"]


def test_what_is_past_its_time_goes_on_one_confirmed_click(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2029-03-04")
    app = opened(data, "persons", monkeypatch, lang="zh")
    assert any("超过保存期限：活动签到" in found.value for found in app.warning)
    app.checkbox(key="retention_sure").check().run()
    app.button(key="retention_delete").click().run()
    assert not app.exception
    assert "已删除 3 行" in words(app)
    assert "没有超期的数据" in words(app)


def test_who_is_hired_again_is_allowed_on_the_page(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = looked_up(data, monkeypatch)
    assert not [one for one in app.text_input if one.key == "person_back"], "nobody was deleted"
    app.text_input(key="person_again").input(NAME).run()
    app.button(key="person_delete").click().run()
    app.text_input(key="person_back").input("某人1")
    again = next(button for button in app.button if button.label == "重新允许导入")
    again.click().run()
    assert any("没有删除过" in found.value for found in app.error)
    app.text_input(key="person_back").input(NUMBER)
    next(button for button in app.button if button.label == "重新允许导入").click().run()
    assert not app.exception
    assert "已重新允许" in words(app)
    assert audit.entries(data)[-1].act == "person_allowed"
    assert not [one for one in app.text_input if one.key == "person_back"], "nobody is kept out"


# --- the reminder -----------------------------------------------------------------------------


def reminders(app: AppTest) -> list[str]:
    return [link.label for link in app.get("page_link") if "保存期限" in link.label]


@pytest.mark.parametrize("role", list(Role))
def test_the_overview_reminds_the_officer_and_nobody_else(
    data: Path, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "signed_in", lambda: Identity("u2", "", role))
    monkeypatch.setenv("DASHBOARD_TODAY", "2029-03-04")
    told = reminders(opened(data, "overview", monkeypatch, lang="zh"))
    assert told == (["3 行已超过本校定的保存期限，去看看是否删除"] if role is Role.OFFICER else [])


def test_the_reminder_ends_when_the_data_is_gone_or_is_not_due(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-03-04")
    assert reminders(opened(data, "overview", monkeypatch, lang="zh")) == []
    monkeypatch.setenv("DASHBOARD_TODAY", "2029-03-04")
    assert len(reminders(opened(data, "overview", monkeypatch, lang="zh"))) == 1
    app = opened(data, "persons", monkeypatch, lang="zh")
    app.checkbox(key="retention_sure").check().run()
    app.button(key="retention_delete").click().run()
    assert reminders(opened(data, "overview", monkeypatch, lang="zh")) == []


def test_the_status_page_leads_to_what_is_past_its_time(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2029-03-04")
    app = opened(data, "status", monkeypatch, lang="zh")
    assert "3 行超过本校定的保留年限" in words(app)
    assert "去处理" in [link.label for link in app.get("page_link")]
