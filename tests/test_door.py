"""The door's own reckoning, without a server: hosts, ways back, windows, the secret, the forms."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from browser import ROOT, free_port

from dashboard import serve as serving
from dashboard.door import addresses, headers, hosts
from dashboard.door.replies import Refused
from dashboard.door.secret import key, secret
from dashboard.door.sockets import Socket, Sockets
from dashboard.door.terms import Bounds, Terms, is_loopback
from dashboard.door.windows import Windows
from dashboard.errors import RefusedRequest
from dashboard.roles import LOCAL, Identity, Role
from dashboard.serve import Sharing

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is asked for
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX modes")


def asked(host: str, origin: str = "", server: str = "192.168.1.9", port: int = 8501) -> Any:
    said = [(b"host", host.encode())] + ([(b"origin", origin.encode())] if origin else [])
    return {"type": "http", "headers": said, "server": (server, port), "path": "/"}


def terms(*, tls: bool = False) -> Terms:
    return Terms(Path(), b"", shared=True, tls=tls, names=frozenset({"dash.school.local"}))


# -- hosts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["dash.school.local", "DASH.School.Local.:8501", "192.168.1.9:8501", "dash.school.local:80"],
)
def test_it_answers_to_its_names_and_to_the_address_a_connection_came_in_at(host: str) -> None:
    assert hosts.host(asked(host), terms()) is not None


@pytest.mark.parametrize(
    "host",
    ["evil.example", "192.168.1.10", "dash.school.local.evil.example", "dash.school.local@evil",
     "evil.example#dash.school.local", "dash.school.local:99999", "", "dash.school.local/x",
     "[::1"],
)  # fmt: skip
def test_it_answers_to_no_other_name(host: str) -> None:
    assert hosts.host(asked(host), terms()) is None


def test_two_hosts_are_none() -> None:
    scope = asked("dash.school.local")
    scope["headers"].append((b"host", b"dash.school.local"))
    assert hosts.host(scope, terms()) is None


@pytest.mark.parametrize(
    ("origin", "is_foreign"),
    [
        ("http://dash.school.local:8501", False),
        ("http://dash.school.local", True),
        ("http://dash.school.local:9999", True),
        ("https://dash.school.local:8501", True),
        ("http://evil.example:8501", True),
        ("http://localhost:8501", True),
        ("null", True),
        ("", False),
    ],
)
def test_only_a_page_of_the_same_origin_is_ours(origin: str, is_foreign: bool) -> None:
    assert hosts.is_foreign(asked("dash.school.local:8501", origin), terms()) is is_foreign


def test_behind_a_proxy_the_page_is_an_encrypted_one() -> None:
    scope = asked("dash.school.local", "https://dash.school.local:443")
    assert not hosts.is_foreign(scope, terms(tls=True))
    assert hosts.is_foreign(asked("dash.school.local", "http://dash.school.local"), terms(tls=True))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_computer_is_known_by_its_addresses(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["", "localhost", "10.0.0.1", "::ffff:10.0.0.1"])
def test_another_computer_is_not_this_one(address: str) -> None:
    assert not is_loopback(address)


# -- the way back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "/x\r\nSet-Cookie: a",
     "/\t/evil.example", "javascript:alert(1)", "evil.example", "", "/sign-in?next=/", "/sign-out",
     "/" + "a" * 2_000, "///evil.example"],
)  # fmt: skip
def test_nobody_is_led_elsewhere_after_signing_in(address: str) -> None:
    assert addresses.local(address) == "/"


@pytest.mark.parametrize("address", ["/", "/members?period=2017&department=%E8%AF%AD", "/a?b=/c"])
def test_one_is_led_back_to_the_page_one_came_for(address: str) -> None:
    assert addresses.local(address) == address


def test_a_chinese_address_survives_as_it_is_sent() -> None:
    assert addresses.local("/members?部门=语文") == "/members?%E9%83%A8%E9%97%A8=%E8%AF%AD%E6%96%87"


# -- how much ----------------------------------------------------------------------------------


def test_what_is_older_than_the_window_no_longer_counts() -> None:
    now = [0.0]
    had = Windows(60, lambda: now[0])
    had.add("a", 5)
    now[0] = 30
    had.add("a", 7)
    assert (had.had("a"), had.wait("a"), had.had("b")) == (12, 30, 0)
    now[0] = 61
    assert (had.had("a"), had.wait("a")) == (7, 29)


# -- the secret --------------------------------------------------------------------------------


@posix_only
def test_the_secret_is_made_once_for_its_owners_eyes(tmp_path: Path) -> None:
    first = secret(tmp_path / "data")
    assert len(first) == 32
    assert secret(tmp_path / "data") == first
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600
    assert secret(tmp_path / "other") != first


@posix_only
def test_a_secret_others_may_read_is_closed(tmp_path: Path) -> None:
    secret(tmp_path)
    (tmp_path / "secret").chmod(0o644)
    secret(tmp_path)
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "weak",
    [b"", b"change-me", b"a" * 64, bytes(range(31)), b"\0" * 32, b"our secret, which we keep well"],
)
def test_a_short_or_chosen_secret_is_refused(weak: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(weak)
    (tmp_path / "secret").chmod(0o600)
    with pytest.raises(RefusedRequest) as refused:
        secret(tmp_path)
    assert refused.value.code == "secret_weak"
    assert "重新启动" in refused.value.message.zh


@posix_only
def test_a_secret_that_cannot_be_closed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that knows no rights."""
    secret(tmp_path)
    (tmp_path / "secret").chmod(0o644)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    with pytest.raises(RefusedRequest) as refused:
        secret(tmp_path)
    assert refused.value.code == "secret_open"


def test_keys_for_two_purposes_have_nothing_in_common() -> None:
    assert key(b"s" * 32, "streamlit") != key(b"s" * 32, "form")


# -- headers and cookies -----------------------------------------------------------------------


sent: list[Any] = []


async def keep(message: Any) -> None:
    sent.append(message)


def dressed(*given: tuple[bytes, bytes], tls: bool = False) -> dict[str, list[str]]:
    """The headers of an answer that came with these."""
    sent.clear()
    send: Any = headers.dressed(keep, "default-src 'none'", tls=tls)
    asyncio.run(send({"type": "http.response.start", "status": 200, "headers": list(given)}))
    found: dict[str, list[str]] = {}
    for name, value in sent[0]["headers"]:
        found.setdefault(name.decode().lower(), []).append(value.decode())
    return found


def test_a_cookie_is_strict_and_out_of_reach_of_scripts() -> None:
    found = dressed((b"set-cookie", b"a=b; Path=/; SameSite=lax"))
    assert found["set-cookie"] == ["a=b; Path=/; SameSite=Strict; HttpOnly"]


def test_streamlits_token_stays_readable_for_its_script() -> None:
    found = dressed((b"set-cookie", b"_streamlit_xsrf=2|a|b; Path=/; SameSite=Lax"), tls=True)
    assert found["set-cookie"] == ["_streamlit_xsrf=2|a|b; Path=/; SameSite=Strict; Secure"]


def test_behind_tls_browsers_are_told_to_stay_there() -> None:
    assert "strict-transport-security" in dressed(tls=True)
    assert "strict-transport-security" not in dressed()


def test_only_files_named_by_their_hash_are_kept() -> None:
    hashed = dressed((b"cache-control", b"public, immutable, max-age=31536000"))
    assert hashed["cache-control"] == ["private, immutable, max-age=31536000"]
    assert dressed((b"cache-control", b"public"))["cache-control"] == ["no-store"]


def test_no_answer_names_the_server_or_invites_another_origin() -> None:
    found = dressed((b"server", b"uvicorn"), (b"access-control-allow-origin", b"*"))
    assert not {"server", "access-control-allow-origin"} & found.keys()


# -- sockets -----------------------------------------------------------------------------------


def test_a_session_is_taken_up_only_by_the_sign_in_it_was_given_to() -> None:
    sockets = Sockets(Bounds())
    sockets.bind(Socket("one", LOCAL, keep), "s-1")
    protocols = (b"sec-websocket-protocol", b"streamlit, token, s-1")
    scope = {"type": "websocket", "headers": [protocols]}
    assert sockets.resuming(scope, "one")["headers"] == [protocols]
    assert sockets.resuming(scope, "two")["headers"] == [(protocols[0], b"streamlit, token")]


# -- what serve makes of its options -----------------------------------------------------------


@pytest.mark.parametrize(
    ("sharing", "is_shared", "address"),
    [
        (Sharing(), False, "127.0.0.1"),
        (Sharing("localhost"), False, "localhost"),
        (Sharing(share=True), True, EVERYWHERE),
        (Sharing(EVERYWHERE), True, EVERYWHERE),
        (Sharing("10.1.2.3"), True, "10.1.2.3"),
        (Sharing(share=True, tls=True), True, "127.0.0.1"),
        (Sharing("127.0.0.1", share=True), True, "127.0.0.1"),
    ],
)
def test_whoever_listens_to_the_network_shares(
    sharing: Sharing, is_shared: bool, address: str
) -> None:
    assert (sharing.is_shared, sharing.address) == (is_shared, address)


def test_all_together_have_no_more_sockets_than_the_house_allows() -> None:
    sockets = Sockets(Bounds(sockets=3, sockets_of_one=2))
    for visitor in ("one", "one", "two"):
        sockets.enter(visitor, LOCAL, keep)
    for visitor in ("one", "three"):
        with pytest.raises(Refused) as refused:
            sockets.enter(visitor, LOCAL, keep)
        assert refused.value.status == 429


def test_an_account_signed_in_many_times_leaves_room_for_the_others() -> None:
    sockets = Sockets(Bounds(sockets=6, sockets_of_account=4, sockets_of_one=2))
    for n in range(4):
        sockets.enter(f"sign-in {n}", Identity("u5", "", Role.PROJECTOR), keep)
    with pytest.raises(Refused):
        sockets.enter("sign-in 4", Identity("u5", "", Role.PROJECTOR), keep)
    sockets.enter("another", Identity("u1", "", Role.OFFICER), keep)


@pytest.mark.parametrize("is_shared", [False, True])
def test_with_few_files_fewer_pages_are_open_before_the_system_refuses(is_shared: bool) -> None:
    few, many = (serving._bounds(files, is_shared=is_shared) for files in (1_024, 8_192))
    assert few.connections + 3 * few.sockets < 900  # a page has three more than its connection
    assert few.sockets_of_one <= few.sockets >= few.sockets_of_account
    assert (many.sockets, many.connections) == (Bounds().sockets, Bounds().connections)


@posix_only
def test_the_server_takes_as_many_files_as_it_may() -> None:
    told = (
        "import resource as r; from dashboard.door import handles\n"
        "r.setrlimit(r.RLIMIT_NOFILE, (256, 1500))\n"
        "print(handles.most(), r.getrlimit(r.RLIMIT_NOFILE))"
    )
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1500 (1500, 1500)"


def started(data: Path, *arguments: str) -> tuple[int, str]:
    """What becomes of a server that should not start; its exit code and its words."""
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--port", str(free_port()),
         "--data", str(data), *arguments],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.decode("utf-8", "replace")


def test_with_a_weak_secret_nothing_is_shared(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"changeme")
    code, told = started(tmp_path, "--share", "--host", "127.0.0.1")
    assert code == 2
    assert "密钥文件" in told
    assert "Traceback" not in told


def test_on_a_full_disk_nothing_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    monkeypatch.setattr(serving, "_LEAST_FREE", 2**60)
    serving._check_room(Sharing())
    with pytest.raises(RefusedRequest) as refused:
        serving._check_room(Sharing(share=True))
    assert refused.value.code == "no_room_to_share"
