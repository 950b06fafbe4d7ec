"""Signing in by the school's own account: a real dashboard, a real provider, and its lies."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("authlib")

from dashboard import audit
from dashboard.access import Accounts
from dashboard.door import openid
from dashboard.errors import RefusedRequest
from dashboard.roles import Role
from tests.doors import PAGE, Door, opened
from tests.provider import CLIENT, PASSWORD, Provider, provider

SETTINGS = """[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
client_id = "{client}"
client_secret = "{password}"
server_metadata_url = "{url}/.well-known/openid-configuration"
"""
KNOWN = "li@school.example"


@pytest.fixture(scope="module")
def school() -> Iterator[Provider]:
    with provider() as found:
        yield found


def prepared(folder: Path, school: Provider) -> Path:
    """A data folder with two accounts and the school's server in its settings."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    Accounts(data).add("王主席", "蓝鲸 on the 屋顶 7", Role.OFFICER, administrator=True)
    Accounts(data).add("李委员", None, Role.AUDITOR, email=KNOWN)
    text = SETTINGS.format(client=CLIENT, password=PASSWORD, url=school.url)
    (data / "secrets.toml").write_text(text, encoding="utf-8")
    return folder


SHARED = ("--share", "--host", "127.0.0.1")


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, school: Provider) -> Iterator[Door]:
    with opened(prepared(tmp_path_factory.mktemp("openid"), school), *SHARED) as found:
        yield found


@pytest.fixture(scope="module")
def door_of_lies(tmp_path_factory: pytest.TempPathFactory, school: Provider) -> Iterator[Door]:
    """Another, as an address that fails ten times is sent away."""
    with opened(prepared(tmp_path_factory.mktemp("lies"), school), *SHARED) as found:
        yield found


@pytest.fixture
def client(door: Door) -> Iterator[httpx.Client]:
    with door.client(headers=PAGE) as found:
        yield found


def way_back(client: httpx.Client, link: str = "/sign-in/school") -> str:
    """To the school's server and to the address it sends one back to."""
    there = client.get(link).headers["location"]
    return str(httpx.get(there, trust_env=False).headers["location"])


def told(page: httpx.Response) -> str:
    found = re.search(r'role="alert">([^<]*)<', page.text)
    assert found, page.text
    return unescape(found[1])


def reasons(door: Door) -> list[str]:
    found = [entry for entry in audit.entries(door.data) if entry.act == "refused_sign_in"]
    return [str(entry.facts["reason"]) for entry in found]


# --- in


def test_the_form_leads_there_and_back_to_where_one_wanted_to(
    door: Door, client: httpx.Client, school: Provider
) -> None:
    school.is_asked(KNOWN)
    page = client.get("/sign-in?next=/funds%3Fperiod%3D2017&lang=en")
    link = re.search(r'href="(/sign-in/school[^"]*)"', page.text)
    assert link
    answer = client.get(way_back(client, unescape(link[1])))
    assert answer.status_code == 200
    assert "0;url=/funds?period=2017" in answer.text
    assert client.get("/funds", headers=PAGE).status_code == 200
    entry = audit.entries(door.data)[-1]
    assert (entry.act, entry.who) == ("signed_in", "u2")


def test_the_session_is_ours_and_streamlits_cookie_never_leaves(
    client: httpx.Client, school: Provider
) -> None:
    school.is_asked(KNOWN)
    answer = client.get(way_back(client))
    cookies = answer.headers.get_list("set-cookie")
    (ours,) = [cookie for cookie in cookies if cookie.startswith("dashboard_session=")]
    assert {"httponly", "samesite=strict"} <= set(ours.lower().split("; "))
    assert "max-age" not in ours.lower()
    assert "script-src" not in answer.headers["content-security-policy"]  # a page of our own
    assert not [cookie for cookie in cookies if "_streamlit_user" in cookie]
    assert {name for name in client.cookies if "streamlit_user" in name} == set()


def test_a_removed_account_is_out_at_once(
    door: Door, client: httpx.Client, school: Provider
) -> None:
    number = (
        Accounts(door.data).add("周委员", None, Role.OFFICER, email="zhou@school.example").number
    )
    school.is_asked("Zhou@School.Example")
    client.get(way_back(client))
    assert client.get("/overview").status_code == 200
    Accounts(door.data).remove(number)
    time.sleep(1.2)  # what the store said is believed for a second
    assert client.get("/overview").status_code == 303
    assert "还不能使用看板" in told(client.get(way_back(client)))


# --- not in


def test_an_unknown_address_is_told_so_and_gets_no_account(
    door: Door, client: httpx.Client, school: Provider
) -> None:
    before = len(Accounts(door.data).everyone())
    school.is_asked("nobody@school.example")
    answer = client.get(way_back(client))
    assert answer.status_code == 403
    assert "请管理员" in told(answer)
    assert "dashboard_session" not in client.cookies
    assert len(Accounts(door.data).everyone()) == before
    assert reasons(door)[-1] == "openid_unknown"


UNVERIFIED: tuple[dict[str, Any], ...] = (
    {"email": KNOWN, "email_verified": False},
    {"email": KNOWN, "email_verified": None},
    {"email": KNOWN, "email_verified": "false"},
    {"email": "\uff4c\uff49@school.example"},  # full-width: folded, it would be the known one
)


@pytest.mark.parametrize("person", UNVERIFIED)
def test_an_address_nobody_vouches_for_is_none(
    door: Door, client: httpx.Client, school: Provider, person: dict[str, Any]
) -> None:
    school.is_asked(**person)
    assert "邮箱" in told(client.get(way_back(client)))
    assert "dashboard_session" not in client.cookies
    assert reasons(door)[-1] == "openid_unverified"


LIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "nonce": lambda claims: claims | {"nonce": "another"},
    "no nonce": lambda claims: {k: v for k, v in claims.items() if k != "nonce"},
    "expired": lambda claims: claims | {"exp": claims["iat"] - 600, "iat": claims["iat"] - 900},
    "for another": lambda claims: claims | {"aud": "another"},
    "by another": lambda claims: claims | {"iss": "https://id.evil.example"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_says_something_wrong_opens_nothing(
    door_of_lies: Door, school: Provider, lie: str
) -> None:
    school.is_asked(KNOWN)
    school.change = LIES[lie]
    refused(door_of_lies)


@pytest.mark.parametrize("how", ["stranger", "unsigned"])
def test_a_token_that_the_school_did_not_sign_opens_nothing(
    door_of_lies: Door, school: Provider, how: str
) -> None:
    school.is_asked(KNOWN)
    setattr(school, how, True)
    refused(door_of_lies)


def refused(door: Door) -> None:
    with door.client(headers=PAGE) as client:
        answer = client.get(way_back(client))
        assert answer.status_code == 403
        assert "没有完成" in told(answer)
        assert {"dashboard_session"} & set(client.cookies) == set()
        assert client.get("/overview").status_code == 303
    assert reasons(door)[-1] == "openid_failed"


def test_a_wrong_state_and_anothers_way_back_open_nothing(
    door: Door, client: httpx.Client, school: Provider
) -> None:
    school.is_asked(KNOWN)
    back = way_back(client)
    with door.client(headers=PAGE) as other:  # who was lured there with somebody's code
        assert other.get(back).status_code == 403
        assert "dashboard_session" not in other.cookies
    assert client.get(re.sub(r"state=\w{4}", "state=0000", back)).status_code == 403
    assert "dashboard_session" not in client.cookies


def test_one_way_back_is_gone_once(client: httpx.Client, school: Provider) -> None:
    school.is_asked(KNOWN)
    back = way_back(client)
    assert client.get(back).status_code == 200
    client.cookies.delete("dashboard_session")
    assert client.get(back).status_code == 403


def test_who_fails_too_often_has_to_wait(door_of_lies: Door, school: Provider) -> None:
    """The last at that door."""
    with door_of_lies.client(headers=PAGE) as client:
        answers = [client.get("/oauth2callback?code=x&state=y") for _ in range(11)]
        assert answers[-1].status_code == 429
        assert client.get("/sign-in/school").status_code == 429


# --- the settings


def test_without_settings_there_is_no_such_way(tmp_path: Path) -> None:
    with opened(tmp_path, *SHARED) as door, door.client(headers=PAGE) as client:
        Accounts(door.data).add("王主席", "蓝鲸 on the 屋顶 7", Role.OFFICER, administrator=True)
        assert "school" not in client.get("/sign-in").text
        for path in ("/sign-in/school", "/oauth2callback?state=x"):
            assert client.get(path).headers["location"].startswith("/sign-in?")


def test_streamlits_own_login_stays_shut(client: httpx.Client) -> None:
    for path in ("/auth/login?provider=x", "/auth/logout"):
        assert client.get(path).headers["location"].startswith("/sign-in?")


def test_an_unreachable_school_is_called_that(tmp_path: Path) -> None:
    nobody = Provider(url="http://127.0.0.1:9")
    with opened(prepared(tmp_path, nobody), *SHARED) as door, door.client(headers=PAGE) as client:
        answer = client.get("/sign-in/school")
        assert answer.status_code == 502
        assert "连不上学校的登录服务器" in told(answer)
        client.get("/oauth2callback?state=x&error=x&error_description=13800138000")
        log = door.told.read_text("utf-8")
        assert "ConnectError" in log
        assert "Traceback" not in log
        assert "13800138000" not in log


def written(folder: Path, text: str) -> Path:
    (folder / "secrets.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_settings_are_closed_to_others(tmp_path: Path) -> None:
    text = SETTINGS.format(client="a", password="b", url="https://id.school.lan")
    file = written(tmp_path, text) / "secrets.toml"
    file.chmod(0o644)
    assert openid.is_configured(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


GOOD = SETTINGS.format(client="a", password="b", url="https://id.school.lan")
WRONG = {
    "client_secret": GOOD.replace('client_secret = "b"', ""),
    "redirect_uri": GOOD.replace("oauth2callback", "elsewhere"),
    "server_metadata_url": GOOD.replace("https://id", "http://id"),
    r"\[auth\]": "[auth",
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_settings_are_named_at_the_start(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedRequest, match=name):
        openid.is_configured(written(tmp_path, WRONG[name]))


def test_no_settings_and_others_settings_are_none(tmp_path: Path) -> None:
    assert not openid.is_configured(tmp_path)
    assert not openid.is_configured(written(tmp_path, "[other]\nkey = 1\n"))
