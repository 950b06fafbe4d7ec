"""Who is no longer signed in sees nothing and does nothing, in the middle of whatever it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from doors import opened as door
from frames import Window, window, words
from kept import school, spend
from screens import keyed, opened
from streamlit.testing.v1 import AppTest
from test_pages import ORDERED
from websockets.exceptions import ConnectionClosed, InvalidStatus

from dashboard import audit
from dashboard.access import Accounts, Sessions
from dashboard.keeping import backups
from dashboard.roles import Identity, Role
from dashboard.ui import identity
from dashboard.ui.cache import workspaces
from dashboard.ui.identity import SIGNED_OUT

OFFICER = Identity("u1", "王主席", Role.OFFICER, administrator=True)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A school with one import."""
    folder = tmp_path_factory.mktemp("left")
    with school(folder) as spaces:
        spaces.enter("school")
        spend(spaces, "a", "12.34")
    yield folder
    workspaces(str(folder)).close()


def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "signed_in", lambda: None)


def assert_nothing_but_the_way_to_the_door(app: AppTest) -> None:
    assert not app.exception
    assert [one.value for one in app.info] == [SIGNED_OUT.zh]
    (way,) = app.get("html")
    assert 'href="/sign-in?lang=zh"' in way.proto.body
    shown = {one.type for one in app.main} | {one.type for one in app.sidebar}
    assert shown <= {"main", "sidebar", "info", "html"}


@pytest.mark.parametrize("path", ORDERED)
def test_of_no_page_anything_is_seen(
    data: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    app = opened(data, path, monkeypatch, lang="zh")
    nobody(monkeypatch)
    app.run()
    assert_nothing_but_the_way_to_the_door(app)


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("keeping", "back_up_now"),
        ("upload", "undo_now"),
        ("upload", "look_at_demo"),
        ("settings", "save_profile"),
    ],
)
def test_a_button_that_still_stands_there_does_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, path: str, button: str
) -> None:
    monkeypatch.setattr(identity, "signed_in", lambda: OFFICER)
    app = opened(data, path, monkeypatch, lang="zh")
    if path == "settings":
        keyed(app.text_input, "school_name").set_value("别的小学").run()
    if button == "undo_now":
        app.session_state["import_1"] = True
        app.run()
        keyed(app.button, "undo_past_1").click().run()
    before = state(data)
    nobody(monkeypatch)
    keyed(app.button, button).click().run()
    assert_nothing_but_the_way_to_the_door(app)
    assert state(data) == before


def state(data: Path) -> tuple[object, ...]:
    """What any of these deeds would change."""
    held = workspaces(str(data))
    version = held.warehouse("school").version
    return held.active(), version, len(backups.listed(data)), len(audit.entries(data))


def test_a_session_that_ends_under_an_open_page_is_sent_nothing_more(tmp_path: Path) -> None:
    """Ended in the store, as by time or a removed account: the tab's next wish meets nobody."""
    data = tmp_path / "data"
    with school(data) as spaces:
        spaces.enter("school")
        spend(spaces, "a", "12.34")
    account = Accounts(data).add("王主席", "雨后 mountain 第九", Role.OFFICER)
    token = Sessions(data).open(account)
    with door(tmp_path, "--share", "--host", "127.0.0.1") as found, window(found.url, token) as tab:
        assert said(tab.open("upload", "lang=zh"), "导入记录")
        Sessions(data).close(token)
        told: list[bytes] = []
        with pytest.raises(ConnectionClosed):
            wished_for_ever(tab, told)
        assert not said(told, "导入记录")
        with pytest.raises(InvalidStatus), window(found.url, token):
            pass


def wished_for_ever(tab: Window, told: list[bytes]) -> None:
    while True:
        told += tab.open("upload", "lang=zh")


def said(frames: list[bytes], what: str) -> bool:
    return any(what in words(frame) for frame in frames)
