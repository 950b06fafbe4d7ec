"""The shipped nginx before a real dashboard, over TLS, on this computer and on free ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.browser import PATIENCE, ROOT, free_port, wait_until_well

NAME = "dashboard.school.lan"
SITE = ROOT / "deploy" / "nginx.conf"
# What a system's own nginx.conf has around the site.
AROUND = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
{user}
events {{ worker_connections 256; }}
http {{
    types {{ text/html html; }}
    client_body_temp_path {folder}/t1;
    proxy_temp_path {folder}/t2;
    fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4;
    scgi_temp_path {folder}/t5;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Front:
    """nginx on its port; `plain` is that of plain HTTP, `behind` the dashboard's own."""

    folder: Path
    port: int
    plain: int
    behind: int
    data: Path

    @property
    def origin(self) -> str:
        return f"https://{NAME}:{self.port}"

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def client(self) -> httpx.Client:
        """A browser that finds the name at this computer, and keeps cookies as one does."""
        return httpx.Client(
            base_url=self.origin,
            transport=Here(self.trust()),
            headers={"Origin": self.origin, "Accept": "text/html"},
            timeout=30,
        )

    def log(self) -> str:
        return (self.folder / "union-dashboard.log").read_text(encoding="utf-8")


class Here(httpx.HTTPTransport):
    """Whatever the name, this computer is asked; certificate and host stay the name's."""

    def __init__(self, trust: ssl.SSLContext) -> None:
        super().__init__(verify=trust)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        named = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1"),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions | {"sni_hostname": request.url.host},
        )
        return super().handle_request(named)


def nginx() -> str:
    """Where it lies; skipped without it, failed where it is required."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if found and shutil.which("openssl"):
        return found
    if os.environ.get("DASHBOARD_BROWSER") == "required":
        pytest.fail("nginx or openssl is missing: install nginx-light and openssl")
    pytest.skip("nginx or openssl is not on this computer")


@contextmanager
def fronted(folder: Path, data: Path) -> Iterator[Front]:
    """Both servers, until the end of the block."""
    program = nginx()
    ports = (free_port(), free_port(), free_port())
    front = Front(folder, *ports, data)
    _prepare(front)
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--tls"]
    command += ["--name", NAME, "--port", str(front.behind), "--data", str(data)]
    with (
        _ending(command) as server,
        _ending([program, "-p", str(folder), "-c", str(folder / "nginx.conf")]) as proxy,
    ):
        wait_until_well(f"http://127.0.0.1:{front.behind}", server)
        _wait_for(front.port, proxy)
        yield front


@contextmanager
def _ending(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    surroundings = os.environ | {"DASHBOARD_TODAY": "2018-06-30", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "nginx stopped"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def _prepare(front: Front) -> None:
    """A certificate, and the shipped file with the places that differ here."""
    folder, openssl = front.folder, shutil.which("openssl")
    assert openssl
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    (folder / "site.conf").write_text(_site(front), encoding="utf-8")


def _site(front: Front) -> str:
    places = (
        (r"/etc/ssl/union-dashboard", str(front.folder)),
        (r"/var/log/nginx", str(front.folder)),
        (r"listen \[::\]:.*\n", ""),
        (r"listen 80;", f"listen 127.0.0.1:{front.plain};"),
        (r"listen 443 ", f"listen 127.0.0.1:{front.port} "),
        (r"127\.0\.0\.1:8501", f"127.0.0.1:{front.behind}"),
    )
    text = SITE.read_text(encoding="utf-8")
    for pattern, place in places:
        text, count = re.subn(pattern, place, text)
        assert count, pattern
    return text


def raw(front: Front, head: str) -> bytes:
    """The beginning of an answer to a request written by hand, over TLS."""
    with (
        socket.create_connection(("127.0.0.1", front.port), timeout=30) as plain,
        front.trust().wrap_socket(plain, server_hostname=NAME) as safe,
    ):
        safe.sendall(head.replace("\n", "\r\n").encode())
        return safe.recv(65536)


def plainly(port: int, path: str, host: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}{path}", headers={"Host": host}, trust_env=False)
