"""Nothing calls out: the server and all its children are watched by the system while used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser

from tests.browser import running, window
from tests.deeds import everything
from tests.outbound import Asked, asked, outside, tracer, watching

# A datagram socket that is connected and never written to: the system notes whom, nothing is sent.
PLANTED = """
import os, socket
if os.fork() == 0:
    with socket.socket({family}, socket.SOCK_DGRAM) as out:
        try: out.connect(({host!r}, {port}))
        except OSError: pass
    os._exit(0)
os.wait()
"""
HOSTS = (
    ("socket.AF_INET", "192.0.2.1", 9, True),
    ("socket.AF_INET6", "2001:db8::1", 9, True),
    ("socket.AF_INET", "127.0.0.1", 53, True),
    ("socket.AF_INET", "127.0.0.1", 8501, False),
    ("socket.AF_INET6", "::1", 8501, False),
)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Where the tracer writes; skipped without one, failed where it is required."""
    if tracer():
        return tmp_path / "told.txt"
    if os.environ.get("DASHBOARD_BROWSER") == "required":
        pytest.fail("strace is missing: install it")
    pytest.skip("strace is not on this computer")


@pytest.mark.parametrize(("family", "host", "port", "found"), HOSTS)
def test_a_planted_call_of_a_child_is_seen(
    told: Path, family: str, host: str, port: int, found: bool
) -> None:
    program = PLANTED.format(family=family, host=host, port=port)
    subprocess.run([*watching(told), sys.executable, "-c", program], check=True, timeout=60)
    assert Asked(host, port) in asked(told)
    assert outside(told) == ({Asked(host, port)} if found else set())


LINES = (
    (('7 sendto(5, ""..., 33, MSG_NOSIGNAL, {sa_family=AF_INET, sin_port=htons(53), sin_addr='
     'inet_addr("10.0.0.2")}, 16) = 33'), {Asked("10.0.0.2", 53)}),
    (('7 sendmsg(5, {msg_name={sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.7"'
     ')}, msg_namelen=16, msg_iov=[]}, 0) = 1'), {Asked("192.0.2.7", 9)}),
    (('7 connect(5, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton('
     'AF_INET6, "::ffff:192.0.2.7", &sin6_addr), sin6_scope_id=0}, 28 <unfinished ...>'),
     {Asked("::ffff:192.0.2.7", 443)}),
    ('7 connect(5, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1', set()),
)  # fmt: skip


@pytest.mark.parametrize(("line", "found"), LINES)
def test_what_the_tracer_writes_is_understood(tmp_path: Path, line: str, found: set[Asked]) -> None:
    (tmp_path / "told.txt").write_text(line + "\n", encoding="utf-8")
    assert outside(tmp_path / "told.txt") == found


@pytest.mark.browser
def test_looking_importing_exporting_and_asking_calls_nobody(
    told: Path, tmp_path: Path, browser: Browser
) -> None:
    with (
        running(tmp_path / "data", "2018-06-30", watching(told)) as server,
        window(browser) as watched,
    ):
        everything(watched.page, server.url)
        assert watched.hosts() == {"127.0.0.1"}
    assert told.stat().st_size
    assert outside(told) == set()
