"""Starts the dashboard's web server, and opens the browser once it answers."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from dashboard import heap, logs
from dashboard.access import Accounts
from dashboard.audit.lock import locked
from dashboard.door import handles, openid
from dashboard.door.application import application
from dashboard.door.listening import configure, server
from dashboard.door.secret import key, secret
from dashboard.door.terms import MB, Bounds, Terms
from dashboard.door.words import HAS_CODE
from dashboard.errors import RefusedRequest, WorkspaceBusy
from dashboard.importing import children
from dashboard.keeping.daily import Keeper
from dashboard.settings import (
    ROOT,
    data_folder,
    enter_project,
    session_megabytes,
    share,
    upload_megabytes,
)
from dashboard.text import Text
from dashboard.ui.mishaps import on_script_error
from dashboard.ui.spaces import opened
from dashboard.ui.written import SCRIPTS
from dashboard.warehouse import places

_PATIENCE = 90  # seconds the server may take before the browser is given up on
LOCAL = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how such a server is reached here
_SERVING_HERE = "serving"  # in the data folder, locked by whoever serves it
_PORTS = 65_535
_NAMED = 80  # letters of a host's name that are told
_LEAST_FREE = 1024 * MB  # to share
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another

_SERVING = Text(
    "看板已启动：{url}　按 Ctrl+C 停止。", "The dashboard is at {url}. Ctrl+C stops it."
)
_SHARED = Text(
    "看板正在向局域网共享，需用账号登录：{urls}　去掉 --share 和 --host 即停止共享。",
    "The dashboard is shared on the network; people sign in: {urls}"
    " Leave --share and --host out to stop sharing.",
)
_PROXIED = Text(
    "看板等候本机的 TLS 代理转发到 {url}。",
    "The dashboard waits for the TLS proxy on this computer to pass requests on to {url}.",
)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may come: `share` and a host of the network ask for accounts; `names` are those the
    server answers to besides its addresses; `tls`: a proxy on this computer stands before it.
    """

    host: str | None = None
    share: bool = False
    names: tuple[str, ...] = ()
    tls: bool = False

    @property
    def is_shared(self) -> bool:
        return self.share or self.tls or self.address not in LOCAL

    @property
    def address(self) -> str:
        """Where to listen: this computer alone, unless told otherwise; a proxy comes from here."""
        if self.host:
            return self.host
        return "0.0.0.0" if self.share and not self.tls else LOCAL[0]  # noqa: S104 - asked for


def serve(sharing: Sharing, port: int, data: Path | None, *, browser: bool) -> int:
    """Run the server until it is stopped; returns its exit code.

    Raises WorkspaceBusy where the same data is served already; RefusedRequest when the port is
    taken (the dashboard may be running already) or none, the host is nobody's, the server's secret
    is none (`secret_weak`, `secret_open`), or the disk is too full to share (`no_room_to_share`).
    """
    if not 0 < port <= _PORTS:
        raise RefusedRequest("bad_port", port=port)
    if _is_taken(sharing.address, port):
        raise RefusedRequest("port_taken", port=port)
    enter_project(data)
    share(sharing.is_shared)
    with _alone(data_folder()):
        logs.keep(data_folder())
        _check_room(sharing)
        terms = _terms(sharing)
        url = f"http://{_shown(sharing.address)}:{port}"
        if browser:
            threading.Thread(target=_open, args=(url,), daemon=True).start()
        _tell(sharing, terms, url, port)
        return _run(sharing, terms, port)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other server on the same data; a killed one is none. What lies there wider open than it
    should be is narrowed, and a bad place is told.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stood_open = places.OPEN_TO_OTHERS in places.doubts(folder)
    places.kept_to_oneself(folder)
    doubts = places.doubts(folder)
    narrowed = [places.NARROWED] * (stood_open and places.OPEN_TO_OTHERS not in doubts)
    for doubt in (*narrowed, *doubts):
        _say(doubt)
    try:
        with locked(folder / _SERVING_HERE, wait=0) as file:
            with suppress(OSError):  # a full disk is no reason not to show what is there
                os.truncate(file, 0)
                os.write(file, str(os.getpid()).encode())
            yield
    except TimeoutError as taken:
        pid = (folder / _SERVING_HERE).read_text("utf-8").strip()
        raise WorkspaceBusy("busy", pid=f" (PID {pid})" if pid else "") from taken


def _check_room(sharing: Sharing) -> None:
    """With many at work, a disk that is nearly full is full soon, and then nobody can import."""
    free = shutil.disk_usage(data_folder()).free
    if sharing.is_shared and free < _LEAST_FREE:
        raise RefusedRequest("no_room_to_share", free=free // MB, least=_LEAST_FREE // MB)


def _terms(sharing: Sharing) -> Terms:
    names = (*_names(sharing.address), *sharing.names)
    folder = data_folder()
    return Terms(
        folder=folder,
        secret=secret(folder),
        shared=sharing.is_shared,
        tls=sharing.tls,
        names=frozenset(name.lower().rstrip(".") for name in names),
        code="-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2)),
        school=sharing.is_shared and openid.is_configured(folder),
        bounds=_bounds(handles.most(), is_shared=sharing.is_shared),
    )


def _bounds(files: int, *, is_shared: bool) -> Bounds:
    """How much may pass, with so many files open at once."""
    usual, own = Bounds(), upload_megabytes() * MB
    sockets = handles.fitting(usual.sockets, files, 6)
    return Bounds(
        upload=own,
        uploads_of_one=session_megabytes() * MB,
        uploads_held=max(usual.uploads_held, 3 * own),
        # on one's own computer nobody signs in, and all tabs are one visitor's
        sockets_of_one=usual.sockets_of_one if is_shared else sockets,
        sockets_of_account=handles.fitting(usual.sockets_of_account, files, 9)
        if is_shared
        else sockets,
        sockets=sockets,
        connections=handles.fitting(usual.connections, files, 3),
    )


def _tell(sharing: Sharing, terms: Terms, url: str, port: int) -> None:
    if sharing.tls:
        _say(_PROXIED.format(url=url))
    elif sharing.is_shared:
        others = sorted(_names(sharing.address) - set(LOCAL)) or [LOCAL[0]]
        _say(_SHARED.format(urls=" ".join(f"http://{_bracketed(o)}:{port}" for o in others)))
    if sharing.is_shared and not Accounts(terms.folder).exist():
        _say(HAS_CODE.format(url=url, code=terms.code))
    _say(_SERVING.format(url=url))


def _say(words: Text) -> None:
    sys.stderr.write(f"{words.zh}\n{words.en}\n")


def _is_taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            return probe.connect_ex((_EVERYWHERE.get(host, host), port)) == 0
        except (OSError, UnicodeError) as failure:  # a name that no name can be, or nobody's
            raise RefusedRequest("unknown_host", host=host[:_NAMED]) from failure


def _run(sharing: Sharing, terms: Terms, port: int) -> int:
    """The server in this very process: what stops the command stops the server."""
    chosen = {
        "server.address": sharing.address,
        "server.port": port,
        "server.maxUploadSize": upload_megabytes(),
        "server.cookieSecret": key(terms.secret, "streamlit"),
        "secrets.files": [str(openid.settings_file(terms.folder))],
        # the gate has looked at the host already, and knows the address a visitor came in at
        "server.allowedHosts": ["*"] if sharing.is_shared else sorted(terms.names),
    }
    configure(chosen)
    app = application(
        ROOT / "dashboard" / "app.py", terms, pages=SCRIPTS, on_script_error=on_script_error
    )
    listening = server(
        app,
        sharing.address,
        port,
        behind_proxy=sharing.tls,
        connections=terms.bounds.connections,
    )
    signal.signal(signal.SIGTERM, _stop)  # after the server has closed, it passes the signal on
    heap.watch()
    children.prepare()  # the first upload need not wait for a process to start
    keeper = Keeper(terms.folder, opened)
    keeper.start()
    try:
        listening.run()
    except KeyboardInterrupt:
        pass
    finally:
        keeper.stop()
        children.dismiss()
        heap.rest()
    return 0 if listening.started else 3


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _names(host: str) -> set[str]:
    """The names under which this computer may be asked for."""
    if host in LOCAL:
        return set(LOCAL)
    own = socket.gethostname().lower()
    return {host, own, f"{own}.local", *LOCAL, *_addresses(own)} - _EVERYWHERE.keys()


def _addresses(name: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
    except OSError:
        return set()


def _shown(host: str) -> str:
    return "localhost" if host in (*LOCAL, *_EVERYWHERE) else _bracketed(host)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


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
