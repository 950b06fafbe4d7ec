"""Every frame of every page and role: what is not for somebody's eyes is never sent to them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browser import ROOT, free_port, settled, wait_until_well
from browser import window as browsing
from frames import drawn, personal, window, words
from playwright.sync_api import Browser, Page, WebSocket

from dashboard.access import Accounts, Sessions
from dashboard.contents import found
from dashboard.groups import school_veil
from dashboard.roles import Role
from dashboard.settings import Settings
from dashboard.ui.identity import COOKIE
from dashboard.ui.visitor import CLOSED
from dashboard.workspaces import Workspaces
from tests.demo import lay

TODAY = "2026-03-05"
OTHERS = tuple(role for role in Role if role is not Role.OFFICER)
# What a browser may put into an address, whoever it is for.
VIEW = "period=2025"
FORGED = "period=2025-03-01:2025-03-02&department=语文组&kpi=enrollment_rate&as_of=2025-03-01"

PRESENTED = "present=all&period=2025"


# The words in which a role meets names by duty: who was paid; what a proposal and a motion are.
_BY_DUTY = {
    Role.AUDITOR: "select * from ledger",
    Role.PRINCIPAL: "select title, lead from proposals union all select motion, '' from votes"
    " union all select name, '' from activities",
}


@dataclass
class Shared:
    """A school's server; names of its people, and those in the rows a role reads by duty; a token
    of each role; what an officer's page let be pressed or chosen.
    """

    url: str
    names: frozenset[str]
    own: dict[Role, frozenset[str]]
    tokens: dict[Role, str]
    ways: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    data = tmp_path_factory.mktemp("shared")
    (names, own), tokens = _names(data), _tokens(data)
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--share", "--host",
               "127.0.0.1", "--port", str(port), "--data", str(data)]  # fmt: skip
    surroundings = os.environ | {"DASHBOARD_TODAY": TODAY, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_well(url, process)
            yield Shared(url, names, own, tokens)
        finally:
            process.terminate()
            process.wait(60)


def _names(data: Path) -> tuple[frozenset[str], dict[Role, frozenset[str]]]:
    """Those of the sample's people, and of those the ones in the registers of each role."""
    with (
        Workspaces(Settings(data=lay(data))) as spaces,
        spaces.warehouse("demo").snapshot() as reader,
    ):
        names = frozenset(name for name in school_veil(reader).names if len(name) > 1)
        rows = {name: repr(reader.read(sql)) for name, sql in _BY_DUTY.items()}
    own = {role: frozenset(n for n in names if n in rows.get(role, "")) for role in OTHERS}
    return names, own


def _tokens(data: Path) -> dict[Role, str]:
    accounts, sessions = Accounts(data), Sessions(data)
    made = {role: accounts.add(f"账号{role}", f"a pass of the {role}", role) for role in Role}
    return {role: sessions.open(account) for role, account in made.items()}


def test_the_scan_finds_the_names_that_an_officer_may_read(shared: Shared) -> None:
    with window(shared.url, shared.tokens[Role.OFFICER]) as tab:
        for path in ("members", "activities", "upload", "settings"):
            assert drawn(tab.open(path, VIEW))
            assert drawn(tab.unfold())
            shared.ways += [*tab.buttons.values(), *tab.chosen]
        assert len(personal(tab.frames, shared.names)) > 30
        assert len(tab.folded) == 2
    assert len(shared.ways) > 40
    assert shared.own[Role.DELEGATE] | shared.own[Role.PROJECTOR] == set()
    assert all(len(names) < len(shared.names) / 2 for names in shared.own.values())


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_roles_frames_have_a_name_or_a_number_of_a_person(
    shared: Shared, role: Role
) -> None:
    """Every page as it is, with an address they have no right to, and with clicks on what is not
    there for them: a browser may claim any. Who reads a register by duty meets the names in it.
    """
    with window(shared.url, shared.tokens[role]) as tab:
        for page in found():
            told = tab.open(page.path, VIEW)
            assert drawn(told), page.path
            closed = any(CLOSED.zh in words(frame) for frame in told)
            assert closed is (role not in page.seen_by), page.path
            tab.press(*tab.buttons.values())
            assert drawn(tab.unfold()), page.path
        for path in ("members", "proof"):
            tab.open(path, FORGED)
            for way in shared.ways[::8]:
                tab.pick(way)
            tab.press(*shared.ways)
        assert drawn(tab.open("overview", PRESENTED))
        assert len(tab.frames) > 500
        assert personal(tab.frames, shared.names) <= shared.own[role]


def test_two_roles_side_by_side_each_get_their_own(shared: Shared, browser: Browser) -> None:
    sent: dict[Role, list[bytes]] = {Role.OFFICER: [], Role.DELEGATE: []}
    pages = {}
    for role, kept in sent.items():
        context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": COOKIE, "value": shared.tokens[role], "url": shared.url}])
        pages[role] = context.new_page()

        def listen(socket: WebSocket, kept: list[bytes] = kept) -> None:
            socket.on("framereceived", lambda data: kept.append(_bytes(data)))

        pages[role].on("websocket", listen)
    for path in ("members", "activities", "members"):
        for page in pages.values():
            page.goto(f"{shared.url}/{path}?{VIEW}", wait_until="commit")
        for page in pages.values():
            settled(page)
    for role, page in pages.items():
        page.get_by_text("会员构成").first.wait_for()
        assert bool(personal(sent[role], shared.names)) is (role is Role.OFFICER)
        page.context.close()


@pytest.mark.browser
def test_an_administrator_sees_what_a_delegate_sees_and_comes_back(
    shared: Shared, browser: Browser
) -> None:
    with (
        entered(shared, browser, Role.OFFICER) as (chair, sent),
        entered(shared, browser, Role.DELEGATE) as (delegate, _),
    ):
        chair.get_by_role("combobox", name="以其他身份查看").click()
        chair.get_by_role("option", name="代表", exact=True).click()
        chair.get_by_text("正以“代表”的身份查看。").wait_for()
        settled(chair)
        sent.clear()
        assert links(chair) == links(delegate)
        for path in ("activities", "members"):
            for page in (chair, delegate):
                page.locator(f"[data-testid=stSidebarNav] a[href*='/{path}']").click()
                page.locator(f"h1:has-text('{TITLES[path]}')").wait_for()
                settled(page)
            assert figures(chair) == figures(delegate) != []
        assert personal(sent, shared.names) == set()
        chair.get_by_role("button", name="恢复").click()
        chair.get_by_text("正以“代表”的身份查看。").wait_for(state="detached")
        settled(chair)
        assert len(links(chair)) > len(links(delegate))
        assert personal(sent, shared.names)


TITLES = {page.path: page.title.zh for page in found()}


@contextmanager
def entered(shared: Shared, browser: Browser, role: Role) -> Iterator[tuple[Page, list[bytes]]]:
    """A page of the members, signed in, and every frame that comes to it."""
    with browsing(browser) as watched:
        cookie = {"name": COOKIE, "value": shared.tokens[role], "url": shared.url}
        watched.context.add_cookies([cookie])  # type: ignore[list-item]
        sent: list[bytes] = []

        def listen(socket: WebSocket) -> None:
            socket.on("framereceived", lambda data: sent.append(_bytes(data)))

        watched.page.on("websocket", listen)
        watched.page.goto(f"{shared.url}/members?{VIEW}")
        watched.page.get_by_text("会员构成").first.wait_for()
        settled(watched.page)
        yield watched.page, sent


def links(page: Page) -> list[str]:
    return page.locator("[data-testid=stSidebarNav] a").all_inner_texts()


def figures(page: Page) -> list[str]:
    return page.locator("[data-testid=stMetric]").all_inner_texts()


def _bytes(data: str | bytes) -> bytes:
    return data if isinstance(data, bytes) else data.encode()
