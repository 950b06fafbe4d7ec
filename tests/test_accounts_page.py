"""Accounts by a page: made, changed, ended, each noted; and who looked at what."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens import opened, said
from streamlit.testing.v1 import AppTest

from dashboard import audit
from dashboard.access import Accounts, Sessions
from dashboard.errors import RefusedSignIn
from dashboard.roles import LOCAL, Identity, Role
from dashboard.settings import Settings
from dashboard.ui import identity
from dashboard.ui.cache import workspaces
from dashboard.workspaces import Workspaces

PASSWORD = "四季常青 evergreen"
OTHER = "另外一个 long secret"


@pytest.fixture
def data(tmp_path: Path) -> object:
    Workspaces(Settings(data=tmp_path)).enter("school")
    yield tmp_path
    workspaces(str(tmp_path)).close()


@pytest.fixture
def two(data: Path) -> Path:
    accounts = Accounts(data)
    accounts.add("王主席", PASSWORD, Role.OFFICER)
    accounts.add("=李代表", PASSWORD, Role.DELEGATE)
    return data


def page(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(data, "accounts", monkeypatch, lang="zh")


def account(data: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with this account's line open."""
    return open_line(page(data, monkeypatch), number)


def open_line(app: AppTest, number: int) -> AppTest:
    """A test forgets at each run which lines are open; a browser does not."""
    app.session_state[f"account_{number}"] = True
    return app.run()


def told(app: AppTest) -> str:
    """What came of a deed."""
    assert not app.exception
    return "\n".join(one.value for one in (*app.success, *app.error)).replace("\\", "")


def noted(data: Path) -> list[tuple[str, str]]:
    wanted = {"account_changed", "role_changed", "signed_out"}
    return [
        (one.act, str(one.facts.get("what", "")))
        for one in audit.entries(data)
        if one.act in wanted
    ]


def typed(app: AppTest, key: str, *words: str) -> None:
    for n, word in enumerate(words):
        app.text_input(key=f"{key}_{n}").set_value(word)


def test_the_first_account_is_an_officers_and_manages_the_others(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(data, monkeypatch)
    assert "还没有账号" in said(app)
    app.text_input(key="account_name").set_value("王主席")
    typed(app, "account_password", PASSWORD, PASSWORD)
    app.button(key="account_add_now").click().run()
    assert "已添加 王主席" in told(app)
    (made,) = Accounts(data).everyone()
    assert (made.role, made.administrator) == (Role.OFFICER, True)
    assert Accounts(data).check("王主席", PASSWORD) == made
    assert noted(data) == [("account_changed", "add")]


def test_what_cannot_be_is_refused_in_words(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(two, monkeypatch)
    app.text_input(key="account_name").set_value("陈校长")
    typed(app, "account_password", PASSWORD, OTHER)
    app.button(key="account_add_now").click().run()
    assert "`differing_passwords`" in told(app)
    app.text_input(key="account_name").set_value("王主席")
    typed(app, "account_password", OTHER, OTHER)
    app.button(key="account_add_now").click().run()
    assert "`name_taken`" in told(app)
    app = account(two, 1, monkeypatch)
    app.selectbox(key="role_1").set_value(Role.AUDITOR)
    app.button(key="change_1").click().run()
    assert "`last_administrator`" in told(app)
    assert len(Accounts(two).everyone()) == 2


def test_a_change_ends_the_sessions_at_once(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = Sessions(two).open(Accounts(two).everyone()[1])
    app = account(two, 2, monkeypatch)
    app.selectbox(key="role_2").set_value(Role.AUDITOR)
    app.button(key="change_2").click().run()
    assert "全部失效" in told(app)
    assert Accounts(two).everyone()[1].role is Role.AUDITOR
    assert Sessions(two).find(token) is None
    assert noted(two)[-1] == ("role_changed", "change")


def test_a_password_is_set_and_not_kept_on_the_page(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = account(two, 2, monkeypatch)
    typed(app, "password_2", OTHER, OTHER)
    app.button(key="set_password_2").click().run()
    assert "全部失效" in told(app)
    assert Accounts(two).check("=李代表", OTHER)
    with pytest.raises(RefusedSignIn):
        Accounts(two).check("=李代表", PASSWORD)
    assert noted(two)[-1] == ("account_changed", "password")


def test_signing_out_and_removing(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Sessions(two).open(Accounts(two).everyone()[1])
    app = account(two, 2, monkeypatch)
    app.button(key="sign_out_2").click().run()
    assert "已退出 1 处" in told(app)
    assert open_line(app, 2).button(key="remove_2").disabled
    app.checkbox(key="sure_2").check()
    open_line(app, 2)
    app.button(key="remove_2").click().run()
    assert "已移除" in told(app)
    assert [one.name for one in Accounts(two).everyone()] == ["王主席"]
    assert noted(two)[-2:] == [("signed_out", ""), ("account_changed", "remove")]


def test_only_administrators_see_it_and_do_it(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An officer who is none, and an administrator who became none while the page stood open."""
    app = account(two, 2, monkeypatch)
    app.checkbox(key="sure_2").check()
    open_line(app, 2)
    monkeypatch.setattr(identity, "signed_in", lambda: Identity("u1", "", Role.OFFICER))
    app.button(key="remove_2").click().run()
    assert "没有这项权限" in told(app)
    assert len(Accounts(two).everyone()) == 2
    assert "王主席" not in said(app)
    assert "请找管理员" in app.info[0].value


def test_who_looked_at_what_is_told_by_name(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for who, page_ in (("u1", "funds"), ("u2", "overview")):
        audit.note(two, "opened", who, page=page_)
    audit.note(two, "exported", "u1", kind="report", names=0)
    audit.note(two, "refused_sign_in", "nobody", reason="wrong")
    app = page(two, monkeypatch)
    rows = {tuple(row) for row in app.dataframe[0].value.iloc[:, :3].values.tolist()}
    assert {("王主席", "打开 经费", 1), ("=李代表", "打开 总览", 1), ("王主席", "导出", 1),
            ("未登录", "登录被拒", 1), ("这台电脑上", "打开 账号与访问", 1)} <= rows  # fmt: skip


def test_somebody_with_other_eyes_manages_nothing() -> None:
    assert not LOCAL.seeing_as(Role.DELEGATE).administrator
