"""Every address of a shared server, asked by nobody we know and by strange pages (T23, T24).

The addresses are those Streamlit registers in this very version: a new one is tried by itself.
"""

from __future__ import annotations

import http.client
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from doors import PAGE, Door, opened, set_up, sign_in
from starlette.routing import BaseRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.access import Accounts, Sessions
from dashboard.door import addresses
from dashboard.door.application import application
from dashboard.door.terms import Terms
from dashboard.roles import Role
from dashboard.settings import ROOT

OPEN = {addresses.HEALTH, addresses.SIGN_IN, addresses.STYLE}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
STREAM = "/_stcore/stream"
DEMANDED = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A shared server that has one account."""
    with opened(tmp_path_factory.mktemp("door"), "--share", "--host", "127.0.0.1") as found:
        with found.client() as client:
            assert set_up(client).status_code == 303
        yield found


@pytest.fixture(scope="module")
def inside(door: Door) -> Iterator[httpx.Client]:
    """Somebody who is signed in."""
    with door.client() as client:
        assert sign_in(client).status_code == 303
        yield client


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[BaseRoute]:
    """What the application answers to, in this process."""
    terms = Terms(tmp_path_factory.mktemp("routes"), b"s" * 32, shared=True)
    app = application(ROOT / "dashboard" / "app.py", terms)
    return list(app._build_starlette_app().routes)


def paths(routes: list[BaseRoute]) -> list[str]:
    """Every address once, its marks filled with something."""
    found = {re.sub(r"{[^}]*}", "x1", getattr(route, "path", "") or "/") for route in routes}
    return sorted(found | {"/", "/overview", "/upload", "/static/js/index.js", "/favicon.ico"})


# -- nobody ------------------------------------------------------------------------------------


def test_nobody_is_answered_anywhere_but_at_the_door(door: Door, routes: list[BaseRoute]) -> None:
    found = paths(routes)
    assert {"/_stcore/metrics", "/_stcore/host-config", "/media/x1", STREAM} <= set(found)
    with door.client() as nobody:
        for path in found:
            for method in METHODS:
                answer = nobody.request(method, path)
                if path in OPEN and method in {"GET", "HEAD"}:
                    assert answer.status_code == 200, (method, path)
                elif path == addresses.SET_UP and method in {"GET", "HEAD", "POST"}:
                    assert answer.headers["location"] == addresses.SIGN_IN
                else:
                    assert answer.status_code in {401, 403, 405}, (method, path)
                    assert len(answer.content) < 3_000  # a form at most


@pytest.mark.parametrize(
    "path",
    ["/_stcore/health/", "/_stcore/health/../metrics", "//_stcore/metrics", "/sign-in/../overview",
     "/_stcore/health%2f..%2fmetrics", "/SIGN-IN", "/sign-in;/x", "/_stcore/health%00", "/%2e%2e/"],
)  # fmt: skip
def test_no_spelling_of_an_open_address_opens_another(door: Door, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", door.port, timeout=10)
    connection.request("GET", path)
    assert connection.getresponse().status in {400, 401, 403}
    connection.close()


def test_a_person_is_led_to_the_form_and_back(door: Door) -> None:
    with door.client() as nobody:
        answer = nobody.get("/members?period=2017", headers=PAGE)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?next=%2Fmembers%3Fperiod%3D2017")
        assert nobody.get("/_stcore/metrics", headers=PAGE).status_code == 401


def test_health_says_ok_and_gives_nothing_along(door: Door) -> None:
    with door.client() as nobody:
        answer = nobody.get(addresses.HEALTH)
        assert (answer.text, "set-cookie" in answer.headers) == ("ok", False)


@pytest.mark.parametrize("token", ["", "x" * 43, "x" * 5_000, "../../x", "' or 1=1 --", "\xff"])
def test_an_invented_token_opens_nothing(door: Door, token: str) -> None:
    cookie = f"dashboard_session={token}".encode("latin-1")
    with door.client() as nobody:
        assert nobody.get("/overview", headers={b"cookie": cookie}).status_code == 401


def test_of_two_tokens_neither_counts(door: Door, inside: httpx.Client) -> None:
    token = inside.cookies["dashboard_session"]
    cookie = f"dashboard_session={token}; dashboard_session=other"
    with door.client() as nobody:
        assert nobody.get("/overview", headers={"cookie": cookie}).status_code == 401


def test_who_is_signed_in_gets_the_pages_but_not_the_figures_of_the_server(
    inside: httpx.Client,
) -> None:
    assert inside.get("/overview", headers=PAGE).status_code == 200
    assert inside.get("/_stcore/host-config").status_code == 200
    assert inside.get("/_stcore/metrics").status_code == 404
    assert inside.get("/_stcore/agent/openapi.json").status_code == 404


# -- headers, hosts, origins -------------------------------------------------------------------


def test_every_answer_carries_the_headers_errors_included(
    door: Door, inside: httpx.Client, routes: list[BaseRoute]
) -> None:
    with door.client() as nobody:
        for path in [*paths(routes), "/_stcore/health%00", "/nowhere/at/all"]:
            for client in (nobody, inside):
                found = client.get(path).headers
                assert {name: found.get(name) for name in DEMANDED} == DEMANDED, path
                assert "frame-ancestors 'none'" in found["content-security-policy"]
                assert "unsafe-eval" not in found["content-security-policy"]
                assert re.fullmatch(
                    r"no-store|private, immutable, max-age=\d+", found["cache-control"]
                )
                assert "server" not in found


def test_a_request_that_is_none_is_answered_with_the_headers(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=10) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nbroken\r\n\r\n")
        answer = raw.recv(4096).decode().lower()
    assert answer.startswith("http/1.1 400")
    assert all(f"{name}: {value.lower()}" in answer for name, value in DEMANDED.items())


def test_a_file_named_by_its_hash_is_kept_by_this_browser_alone(inside: httpx.Client) -> None:
    script = re.search(r'src="\.(/static/js/[^"]+)"', inside.get("/overview").text)
    assert script
    assert inside.get(script[1]).headers["cache-control"].startswith("private, immutable")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "10.0.0.7", ""]
)
def test_under_a_strange_name_nobody_is_answered(
    door: Door, inside: httpx.Client, host: str
) -> None:
    """DNS rebinding: the strange page's own name points at us, and so does its origin."""
    for path in ("/overview", "/sign-in", "/_stcore/health"):
        strange = {"host": host, "origin": f"http://{host}"}
        assert inside.get(path, headers=strange).status_code == 403
    assert refused(door, inside, origin=f"http://{host}", host=host) in {400, 403}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_strange_page_changes_nothing(inside: httpx.Client, method: str) -> None:
    for origin in ("http://evil.example", "null", "http://localhost:1"):
        answer = inside.request(method, "/_stcore/upload_file/a/b", headers={"origin": origin})
        assert answer.status_code == 403


# -- sockets -----------------------------------------------------------------------------------


def socket_to(
    door: Door,
    client: httpx.Client | None,
    origin: str | None = "",
    host: str = "",
    resume: str = "",
) -> ClientConnection:
    """`origin` "" is our own page's, None is none."""
    token = client.cookies.get("dashboard_session") if client else None
    said = {"Cookie": f"dashboard_session={token}"} if token else {}
    if host:
        said["Host"] = host
    protocols = [Subprotocol(part) for part in ("streamlit", "x", resume) if part]
    return connect(
        f"ws://127.0.0.1:{door.port}{STREAM}",
        origin=None if origin is None else Origin(origin or door.origin),
        additional_headers=said,
        subprotocols=protocols,
        open_timeout=15,
        proxy=None,
        max_size=None,
    )


def refused(
    door: Door, client: httpx.Client | None, origin: str | None = "", host: str = ""
) -> int:
    with pytest.raises(InvalidStatus) as found, socket_to(door, client, origin, host):
        pass
    headers = found.value.response.headers
    assert host or headers["X-Frame-Options"] == "DENY"
    return found.value.response.status_code


def test_no_socket_opens_for_nobody_or_for_a_strange_page(door: Door, inside: httpx.Client) -> None:
    assert refused(door, None) == 403
    assert refused(door, inside, origin=None) == 403
    assert refused(door, inside, origin="http://evil.example") == 403
    assert refused(door, inside, origin="http://localhost:3000") == 403
    assert refused(door, inside, origin="null") == 403


def test_a_socket_opens_for_who_is_signed_in(door: Door, inside: httpx.Client) -> None:
    with socket_to(door, inside) as stream:
        assert stream.subprotocol == "streamlit"


def test_signing_out_closes_the_sockets_at_once(door: Door) -> None:
    with door.client() as client:
        sign_in(client)
        with socket_to(door, client) as stream:
            leave(client)
            assert closed_after(stream) < 2
        assert client.get("/overview").status_code == 401


def leave(client: httpx.Client) -> None:
    page = client.get("/sign-out").text
    key = re.search(r'name="form" value="(\w+)"', page)
    assert key
    client.post("/sign-out", data={"form": key[1]})


def closed_after(stream: ClientConnection) -> float:
    """Seconds until it closes with the code of a sign-out."""
    began = time.monotonic()
    with pytest.raises(ConnectionClosed) as closed:
        all(stream.recv(timeout=10) for _ in range(10_000))
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    return time.monotonic() - began


def test_who_is_signed_out_by_the_command_line_is_sent_away(door: Door) -> None:
    account = Accounts(door.data).add("阿来", "十个字符以上的密码呀 1", Role.DELEGATE)
    with door.client() as client:
        sign_in(client, "阿来", "十个字符以上的密码呀 1")
        with socket_to(door, client) as stream:
            Sessions(door.data).close_all(account.number)
            assert closed_after(stream) < 2


def idle_for(door: Door, seconds: float) -> None:
    """Every sign-in was used last so long ago."""
    store = sqlite3.connect(door.data / "accounts.sqlite", timeout=10)
    with store:
        store.execute("update sessions set used = ?", (time.time() - seconds,))
    store.close()


def used(door: Door) -> float:
    return max(standing.used for standing in Sessions(door.data).standing())


def test_who_does_nothing_for_half_an_hour_is_sent_away(door: Door) -> None:
    with door.client() as client:
        sign_in(client)
        with socket_to(door, client) as stream:
            idle_for(door, 31 * 60)
            assert closed_after(stream) < 2


def test_pings_and_beats_do_not_keep_a_sign_in_but_a_persons_doing_does(door: Door) -> None:
    beat, deed = BackMsg(), BackMsg()
    beat.app_heartbeat = True
    deed.rerun_script.page_name = "overview"
    with door.client() as client:
        sign_in(client)
        with socket_to(door, client) as stream:
            idle_for(door, 25 * 60)
            stream.ping()
            stream.send(beat.SerializeToString())
            time.sleep(2)
            assert time.time() - used(door) > 24 * 60
            stream.send(deed.SerializeToString())
            time.sleep(2)
            assert time.time() - used(door) < 60


def test_one_visitor_has_twelve_sockets_and_no_more(door: Door) -> None:
    with door.client() as client, ExitStack() as others:
        sign_in(client)
        for _ in range(11):
            others.enter_context(socket_to(door, client))
        with socket_to(door, client):
            assert refused(door, client) == 429
        time.sleep(0.5)  # until the server has noticed
        with socket_to(door, client) as again:
            assert again.subprotocol == "streamlit"


# -- slow and large ----------------------------------------------------------------------------


def test_a_form_is_small(door: Door) -> None:
    with door.client() as nobody:
        large = "a" * 9_000
        assert nobody.post("/sign-in", data={"name": large}).status_code == 413
        chunked = (large.encode() for _ in range(1))
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert nobody.post("/sign-in", content=chunked, headers=kind).status_code == 413


def test_a_head_that_never_ends_is_not_waited_for(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=20) as raw:
        began = time.monotonic()
        raw.sendall(b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        with pytest.raises(OSError):  # noqa: PT011 - each system has its own
            all(drip(raw) for _ in range(75))
        assert 8 < time.monotonic() - began < 15


def drip(raw: socket.socket) -> bool:
    raw.sendall(b"a")
    time.sleep(0.2)
    return True
