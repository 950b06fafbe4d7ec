"""Signing in, being refused, signing out, and the first account, by a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from doors import NAME, PAGE, PASSWORD, Door, form, opened, set_up, sign_in

from dashboard import audit


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(tmp_path_factory.mktemp("signing"), "--share", "--host", "127.0.0.1") as found:
        with found.client() as client:
            assert set_up(client).headers["location"] == "/"
        yield found


def told(page: httpx.Response) -> str:
    found = re.search(r'role="alert">([^<]*)<', page.text)
    assert found, page.text
    return unescape(found[1])


def acts(door: Door) -> list[str]:
    return [entry.act for entry in audit.entries(door.data)]


def test_one_signs_in_and_stands_where_one_wanted_to(door: Door) -> None:
    with door.client() as client:
        answer = sign_in(client, next="/members?period=2017")
        assert (answer.status_code, answer.headers["location"]) == (303, "/members?period=2017")
        assert client.get("/members", headers=PAGE).status_code == 200
        assert client.get("/sign-in").headers["location"] == "/"


def test_the_cookie_is_strict_and_no_script_reads_it(door: Door) -> None:
    with door.client() as client:
        cookie = sign_in(client).headers["set-cookie"]
    assert re.fullmatch(r"dashboard_session=[\w-]{43}; Path=/; SameSite=Strict; HttpOnly", cookie)


def test_a_wrong_name_and_a_wrong_password_are_told_alike(door: Door) -> None:
    with door.client() as client:
        first = sign_in(client, "没有这个人")
        other = sign_in(client, password="不是这个密码 1234")
        assert (first.status_code, other.status_code) == (401, 401)
        assert told(first) == told(other)
        assert "dashboard_session" not in client.cookies
        sign_in(client)  # the tries before a right one are forgotten
    assert acts(door).count("refused_sign_in") == 2


def test_whoever_signs_in_again_gets_another_token(door: Door) -> None:
    """A token planted beforehand is worth nothing afterwards, and neither is the former one."""
    with door.client() as client:
        client.cookies.set("dashboard_session", "planted" * 6, domain="127.0.0.1")
        sign_in(client)
        first = client.cookies["dashboard_session"]
        client.post("/sign-in", data={"name": NAME, "password": PASSWORD, "form": key_of(client)})
        second = client.cookies["dashboard_session"]
    assert len({first, second, "planted" * 6}) == 3
    with door.client() as thief:
        thief.cookies.set("dashboard_session", first)
        assert thief.get("/overview").status_code == 401


def key_of(client: httpx.Client) -> str:
    return form(client.get("/sign-out"))


def test_after_signing_out_the_token_opens_nothing(door: Door) -> None:
    with door.client() as client:
        sign_in(client)
        token = client.cookies["dashboard_session"]
        page = client.get("/sign-out")
        assert NAME in page.text
        answer = client.post("/sign-out", data={"form": form(page)})
        assert answer.headers["location"] == "/sign-in"
        assert "dashboard_session" not in client.cookies
        client.cookies.set("dashboard_session", token)
        assert client.get("/overview").status_code == 401
    assert acts(door)[-1] == "signed_out"


def test_a_form_that_is_not_ours_does_nothing(door: Door) -> None:
    said = {"name": NAME, "password": PASSWORD}
    with door.client() as client:
        for key in ("", "0" * 64):
            answer = client.post("/sign-in", data=said | {"form": key})
            assert (answer.status_code, "dashboard_session" in client.cookies) == (403, False)
        key = form(client.get("/sign-in"))
    with door.client() as other:  # another browser with the key of this one's form
        assert other.post("/sign-in", data=said | {"form": key}).status_code == 403


def test_a_form_from_another_site_is_refused_though_its_key_fits(door: Door) -> None:
    with door.client() as client:
        said = {"name": NAME, "password": PASSWORD, "form": form(client.get("/sign-in"))}
        foreign = client.post("/sign-in", data=said, headers={"origin": "http://evil.example"})
        assert foreign.status_code == 403
        nameless = client.post("/sign-in", data=said, headers={"origin": "null"})
        assert nameless.status_code == 303


def test_nobody_is_led_to_another_site(door: Door) -> None:
    with door.client() as client:
        for address in ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil"):
            assert "evil" not in client.get("/sign-in", params={"next": address}).text
            assert sign_in(client, next=address).headers["location"] == "/"
            client.cookies.delete("dashboard_session")


def test_what_an_address_says_is_only_words_on_the_page(door: Door) -> None:
    with door.client() as client:
        page = client.get("/sign-in", params={"next": '/"><script>x</script>', "lang": '"><b>'})
        wrong = sign_in(client, '"><script>alert(1)</script>')
    assert "<script>" not in page.text + wrong.text


def test_the_page_speaks_chinese_first_and_english_when_asked(door: Door) -> None:
    with door.client() as client:
        assert '<html lang="zh-CN">' in client.get("/sign-in").text
        english = client.get("/sign-in?lang=en&next=/members")
        assert "Sign in" in english.text
        assert 'href="?next=%2Fmembers"' in english.text
        assert "<script" not in english.text


def test_who_opens_an_english_page_signs_in_in_english(door: Door) -> None:
    with door.client() as client:
        way = client.get("/members?lang=en&period=2017", headers=PAGE).headers["location"]
        step = client.get(way).text
        here = unescape(step.split("url=")[1].partition('"')[0])
        assert '<html lang="en">' in step
        assert "Sign in" in client.get(here).text


def test_a_link_from_elsewhere_takes_one_step_here_to_find_its_cookie(door: Door) -> None:
    with door.client() as client:
        way = client.get("/members", headers=PAGE).headers["location"]
        page = client.get(way).text
        assert 'content="0;url=/sign-in?next=%2Fmembers"' in page
        sign_in(client)
        onward = client.get("/sign-in?next=%2Fmembers")
        assert (onward.status_code, onward.headers["location"]) == (303, "/members")


def test_a_name_tried_too_often_is_locked_and_the_minutes_are_told(door: Door) -> None:
    with door.client() as client:
        answers = [sign_in(client, "阿土", "猜一个密码 99") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 6
    assert "分钟" in told(answers[-1])


def test_an_address_that_fails_too_often_has_to_wait(tmp_path: Path) -> None:
    with opened(tmp_path, "--share", "--host", "127.0.0.1") as door, door.client() as client:
        set_up(client)
        client.cookies.delete("dashboard_session")
        answers = [sign_in(client, f"人{n}", "猜一个密码 99") for n in range(10)]
        assert {answer.status_code for answer in answers} == {401}
        late = sign_in(client)
        assert late.status_code == 429
        assert 0 < int(late.headers["retry-after"]) <= 300
        assert "分钟后再试" in told(late)


# -- the first account -------------------------------------------------------------------------


def test_with_no_account_there_is_only_the_first_one_to_be_made(tmp_path: Path) -> None:
    with opened(tmp_path, "--share", "--host", "127.0.0.1") as door, door.client() as client:
        assert client.get("/sign-in").headers["location"] == "/set-up"
        assert client.get("/overview").status_code == 401
        said = {"name": NAME, "password": PASSWORD, "again": PASSWORD + "x"}
        unequal = client.post("/set-up", data=said | {"form": form(client.get("/set-up"))})
        assert (unequal.status_code, told(unequal)) == (400, "两次输入的密码不一样。")
        assert told(set_up(client, password="1234567890"))
        assert set_up(client).status_code == 303
        assert client.get("/overview", headers=PAGE).status_code == 200
    with opened(tmp_path, "--share", "--host", "127.0.0.1") as door, door.client() as client:
        for method in ("GET", "POST"):
            answer = client.request(method, "/set-up")
            assert answer.headers["location"] == "/sign-in"


def test_behind_a_proxy_the_first_account_takes_the_code_of_the_terminal(tmp_path: Path) -> None:
    """There everybody comes from this computer, and a visitor's own address may be missing."""
    proxied = {
        "Host": "dash.school.local",
        "X-Forwarded-For": "10.0.0.9",
        "X-Forwarded-Proto": "https",
    }
    name = ("--name", "dash.school.local")
    with (
        opened(tmp_path, "--share", "--tls", *name) as door,
        door.client(headers=proxied) as client,
    ):
        page = client.get("/set-up")
        assert 'name="code"' in page.text
        assert "max-age" in page.headers["strict-transport-security"]
        cookie = page.headers["set-cookie"]
        assert cookie.endswith("; Secure")
        number = cookie.split(";")[0]  # the client keeps no secure cookie of a plain address
        said = {"name": NAME, "password": PASSWORD, "again": PASSWORD, "form": form(page)}
        wrong = client.post(
            "/set-up", data=said | {"code": "AAAAA-AAAAA"}, headers={"cookie": number}
        )
        assert wrong.status_code == 401
        told_code = door.code().lower().replace("-", " ")
        right = client.post("/set-up", data=said | {"code": told_code}, headers={"cookie": number})
        assert right.status_code == 303
        assert "Secure" in right.headers["set-cookie"]


def test_no_name_and_no_address_stand_in_the_records(door: Door) -> None:
    log = (door.data / "audit.jsonl").read_text("utf-8")
    assert NAME not in log
    assert "127.0.0.1" not in log
    assert audit.verify(door.data).count > 5
