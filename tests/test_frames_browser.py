"""Every frame of every page and role: what is not for somebody's eyes is never sent to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, WebSocket

from dashboard.contents import found
from dashboard.roles import Role
from dashboard.ui.identity import COOKIE
from tests.browser import settled
from tests.browser import window as browsing
from tests.frames import drawn, personal, window
from tests.shared_school import OTHERS, VIEW, Shared, forged, learnt, served, walked

PRESENTED = "present=all&period=2025"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with served(tmp_path_factory.mktemp("shared")) as school:
        yield school


def test_the_scan_finds_the_names_that_an_officer_may_read(shared: Shared) -> None:
    with window(shared.url, shared.tokens[Role.OFFICER]) as tab:
        learnt(tab, shared)
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
        walked(tab, role)
        forged(tab, shared)
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
