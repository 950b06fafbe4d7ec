"""Starts the dashboard's web server, and opens the browser once it answers."""

from __future__ import annotations

import runpy
import socket
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

from dashboard.errors import RefusedRequest
from dashboard.importing import children
from dashboard.settings import ROOT, enter_project, upload_megabytes
from dashboard.text import Text

_PATIENCE = 90  # seconds the server may take before the browser is given up on
_LOCAL = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how such a server is reached here

_SERVING = Text(
    "看板已启动：{url}　按 Ctrl+C 停止。", "The dashboard is at {url}. Ctrl+C stops it."
)
_SHARED = Text(
    "注意：看板正在向局域网共享，打开链接的人都能看到数据。去掉 --host 即停止共享。",
    "Note: the dashboard is shared on the network; whoever opens the link sees the data."
    " Leave --host out to stop sharing.",
)


def serve(host: str, port: int, data: Path | None, *, browser: bool) -> int:
    """Run the server until it is stopped; returns its exit code.

    Raises RefusedRequest when the port is taken: the dashboard may be running already.
    """
    if _is_taken(host, port):
        raise RefusedRequest("port_taken", port=port)
    url = f"http://{'localhost' if host in (*_LOCAL, *_EVERYWHERE) else host}:{port}"
    if host not in _LOCAL:
        _say(_SHARED)
    if browser:
        threading.Thread(target=_open, args=(url,), daemon=True).start()
    _say(_SERVING.format(url=url))
    return _run(host, port, data)


def _say(words: Text) -> None:
    sys.stderr.write(f"{words.zh}\n{words.en}\n")


def _is_taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((_EVERYWHERE.get(host, host), port)) == 0


def _run(host: str, port: int, data: Path | None) -> int:
    """The server in this very process: what stops the command stops the server."""
    enter_project(data)
    app = str(ROOT / "dashboard" / "app.py")
    sys.argv = ["streamlit", "run", app, f"--server.address={host}", f"--server.port={port}"]
    sys.argv.append(f"--server.maxUploadSize={upload_megabytes()}")
    if host not in _LOCAL:
        sys.argv += [f"--server.allowedHosts={name}" for name in _names(host)]
    children.prepare()  # the first upload need not wait for a process to start
    try:
        runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 0
    finally:
        children.dismiss()
    return 0


def _names(host: str) -> list[str]:
    """The names under which this computer may be asked for when it shares."""
    own = socket.gethostname()
    names = {host, own, *_LOCAL, *_addresses(own)} - _EVERYWHERE.keys()
    return sorted(names)


def _addresses(name: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
    except OSError:
        return set()


def _open(url: str) -> None:
    """The browser, once the server says it is well."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310
                break
        except OSError:
            time.sleep(0.3)
    webbrowser.open(url)
