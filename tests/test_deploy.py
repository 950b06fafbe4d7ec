"""What is shipped for a school's server, tried: nginx with TLS, and the systemd unit."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from dashboard.access import Accounts
from dashboard.roles import Role
from tests.fronted import NAME, ROOT, Front, fronted, plainly, raw

UNIT = ROOT / "deploy" / "union-dashboard.service"
PASSWORD = "correct horse 电池"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    data = tmp_path_factory.mktemp("data")
    Accounts(data).add("王主席", PASSWORD, Role.OFFICER, administrator=True)
    with fronted(tmp_path_factory.mktemp("front"), data) as found:
        yield found


@pytest.fixture
def visitor(front: Front) -> Iterator[httpx.Client]:
    with front.client() as client:
        yield client


def signed_in(client: httpx.Client) -> httpx.Response:
    """The answer to the form, filled in rightly."""
    page = client.get("/sign-in")
    fields = dict(re.findall(r'name="(form|next|lang)" value="([^"]*)"', page.text))
    return client.post("/sign-in", data=fields | {"name": "王主席", "password": PASSWORD})


async def opened(front: Front, cookie: str = "", origin: str = "", **more: str) -> str:
    """Opens the websocket as the page does; its subprotocol."""
    async with connect(
        f"wss://{NAME}:{front.port}/_stcore/stream",
        host="127.0.0.1",
        ssl=front.trust(),
        origin=Origin(origin or front.origin),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=({"Cookie": cookie} if cookie else {}) | more,
        proxy=None,
    ) as socket_:
        return str(socket_.subprotocol)


def cookies(client: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


# --- the way in


def test_before_sign_in_nothing_but_the_form_answers(front: Front, visitor: httpx.Client) -> None:
    assert visitor.get("/_stcore/health").text == "ok"
    assert visitor.get("/overview").headers["location"].startswith("/sign-in")
    for path in ("/_stcore/host-config", "/media/x", "/static/js/x.js"):
        assert visitor.get(path).status_code in (401, 404), path
    assert visitor.get("/_stcore/metrics").status_code == 404
    with pytest.raises(InvalidStatus, match="403"):
        asyncio.run(opened(front))


def test_signing_in_over_tls_opens_pages_and_the_socket(
    front: Front, visitor: httpx.Client
) -> None:
    answer = signed_in(visitor)
    assert answer.status_code == 303
    (ours,) = [c for c in answer.headers.get_list("set-cookie") if "dashboard_session=" in c]
    assert {"httponly", "secure", "samesite=strict"} <= set(ours.lower().split("; "))
    assert visitor.get("/overview").status_code == 200
    assert asyncio.run(opened(front, cookies(visitor))) == "streamlit"


def test_the_socket_opens_for_our_own_page_only(front: Front, visitor: httpx.Client) -> None:
    signed_in(visitor)
    for origin in ("https://evil.example", f"http://{NAME}:{front.port}"):
        with pytest.raises(InvalidStatus, match="403"):
            asyncio.run(opened(front, cookies(visitor), origin))


@pytest.mark.parametrize("path", ["/sign-in", "/overview", "/nowhere", "/_stcore/metrics"])
def test_every_answer_says_https_for_a_year_once(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.headers.get_list("strict-transport-security") == ["max-age=31536000"]
    assert not re.search(r"[\d.]{3}|uvicorn", answer.headers.get("server", ""))


def test_plain_http_only_leads_to_https(front: Front) -> None:
    answer = plainly(front.plain, "/overview?department=x", NAME)
    assert answer.status_code == 301
    assert answer.headers["location"] == f"https://{NAME}/overview?department=x"


def test_another_name_gets_no_certificate(front: Front) -> None:
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", front.port), timeout=30) as plain,
        pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"),
    ):
        anyone.wrap_socket(plain, server_hostname="evil.example")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_is_refused(front: Front, version: ssl.TLSVersion) -> None:
    old = front.trust()
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, version
    with (
        socket.create_connection(("127.0.0.1", front.port), timeout=30) as plain,
        pytest.raises(ssl.SSLError, match=r"(?i)protocol.version|handshake.failure"),
    ):
        old.wrap_socket(plain, server_hostname=NAME)


# --- what a visitor says of himself, sends too much of, or tries too often


def test_headers_that_would_name_a_user_or_another_host_change_nothing(front: Front) -> None:
    lies = {
        "X-Forwarded-User": "王主席",
        "Remote-User": "u1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-For": "127.0.0.1",
        "Forwarded": "for=127.0.0.1;host=evil.example",
    }
    with front.client() as client:
        sent = {name: value.encode() for name, value in lies.items()}
        assert client.get("/_stcore/host-config", headers=sent).status_code == 401
        assert "evil" not in str(client.get("/overview", headers=sent).headers)


def test_a_form_has_eight_kilobytes_and_no_more(visitor: httpx.Client) -> None:
    assert visitor.post("/sign-in", content=b"x" * 9000).status_code == 413
    assert visitor.post("/overview", content=b"x" * 70_000).status_code == 413


def test_nothing_that_passes_lies_on_the_disk(front: Front, visitor: httpx.Client) -> None:
    signed_in(visitor)
    visitor.put("/_stcore/upload_file/none/none", content=b"x" * 3_000_000)
    assert not [file for place in front.folder.glob("t?") for file in place.rglob("*")]


def test_scripts_are_squeezed_pages_with_data_are_not(visitor: httpx.Client) -> None:
    signed_in(visitor)
    squeezable = {"Accept-Encoding": "gzip"}
    page = visitor.get("/overview", headers=squeezable)
    (script, *_) = re.findall(r"/static/js/[^\"]+\.js", page.text)
    found = visitor.get(script, headers=squeezable)
    assert found.headers.get("content-encoding") == "gzip"
    assert "content-encoding" not in page.headers
    assert "immutable" in found.headers["cache-control"]
    assert "private" in found.headers["cache-control"]


def test_two_requests_hidden_in_one_are_not_understood(front: Front) -> None:
    head = f"POST /sign-in HTTP/1.1\nHost: {NAME}:{front.port}\nContent-Length: 4\n"
    assert (
        b" 400 " in raw(front, f"{head}Transfer-Encoding: chunked\n\n0\n\nGET /x").split(b"\n")[0]
    )


def test_the_log_knows_no_question_and_no_secret(front: Front, visitor: httpx.Client) -> None:
    visitor.get("/members?department=语文组&person=张三")
    visitor.get("/media/0123456789abcdef.csv")
    visitor.put("/_stcore/upload_file/session-of-somebody/file")
    told = front.log()
    assert re.search(r"GET /members 303", told)
    assert re.search(r"GET /media/ 401", told)
    assert not re.search(r"\?|department|%E5|0123456789abcdef|session-of-somebody", told)


def test_signing_in_again_and_again_is_slowed_down(front: Front) -> None:
    """The last, as it uses up this address's attempts."""
    with front.client() as client:
        answers = [client.post("/sign-in", data={}).status_code for _ in range(14)]
        assert client.get("/sign-in").status_code == 200  # looking is not counted
    assert 429 in answers
    assert set(answers) <= {403, 429}


# --- the unit


def test_the_unit_is_understood_and_well_closed(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd is not on this computer")
    text = UNIT.read_text(encoding="utf-8")
    unit = tmp_path / UNIT.name
    unit.write_text(text.replace("/opt/union-dashboard/.venv/bin/python", sys.executable))
    said = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, check=False)
    about_us = [line for line in said.stderr.splitlines() if UNIT.stem in line]
    assert (said.returncode, about_us) == (0, [])
    scored = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", unit],
        capture_output=True, encoding="utf-8", check=True, env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    found = re.search(r"exposure level for \S+: ([\d.]+)", scored.stdout)
    assert found
    assert float(found[1]) <= 1.5


def test_the_unit_the_proxy_and_the_guide_agree() -> None:
    unit, site = UNIT.read_text("utf-8"), (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    guide = (ROOT / "deploy" / "README.md").read_text("utf-8")
    for shared in (NAME, "8501"):
        assert all(shared in text for text in (unit, site, guide)), shared
    for path in ("/opt/union-dashboard", "/var/lib/union-dashboard", "/etc/ssl/union-dashboard"):
        assert path in guide
        assert path in unit + site
