"""Signing in by the school's own account (OpenID Connect), through what is behind `st.login`.

Streamlit talks to the school's sign-in server (state, nonce, PKCE, signature, expiry) and would
then give the browser a cookie for thirty days, without roles. That cookie never leaves the server:
it is opened here by Streamlit's own key, the account with that address is found, and a session of
ours begins, which ends as every other does. No account is made by itself.

Configured by `[auth]` in `secrets.toml` in the data folder: redirect_uri, client_id, client_secret,
server_metadata_url.
"""

from __future__ import annotations

import asyncio
import json
import logging
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    is_authlib_installed,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.access import Account, Accounts
from dashboard.door import addresses, forms, pages, words
from dashboard.door.forms import Said
from dashboard.door.secret import close
from dashboard.errors import RefusedRequest
from dashboard.text import Text

_LOG = logging.getLogger(__name__)
_PROVIDER = "default"  # Streamlit's name for the one that stands in [auth] itself
_NEEDED = ("redirect_uri", "client_id", "client_secret", "server_metadata_url")
_ONWARD, _LANG = "dashboard_onward", "dashboard_lang"  # kept, signed, while one is away
_HERE = ("127.0.0.1", "localhost", "::1")

Why = Literal["openid_failed", "openid_unverified", "openid_unknown", "openid_unreachable"]
REFUSALS: dict[Why, tuple[int, Text]] = {
    "openid_failed": (403, words.SCHOOL_FAILED),
    "openid_unverified": (403, words.SCHOOL_UNVERIFIED),
    "openid_unknown": (403, words.SCHOOL_UNKNOWN),
    "openid_unreachable": (502, words.SCHOOL_UNREACHABLE),
}


def settings_file(folder: Path) -> Path:
    """The file in which Streamlit is to look for its secrets: in the data folder, nowhere else."""
    return folder / "secrets.toml"


def is_configured(folder: Path) -> bool:
    """Whether the school's sign-in server may be asked.

    Raises RefusedRequest `openid_settings` where the file lacks something or sends passwords over
    an open line, `secret_open` where others may read it and that cannot be mended.
    """
    file = settings_file(folder)
    if not file.exists():
        return False
    close(file)
    section = _section(file)
    if section is None:
        return False
    lacking = [name for name in _NEEDED if not section.get(name)]
    unsafe = [
        name for name in ("redirect_uri", "server_metadata_url") if not _is_safe(section, name)
    ]
    if not is_authlib_installed():
        lacking.append("authlib")
    if lacking or unsafe:
        raise RefusedRequest("openid_settings", file=file, names=", ".join(lacking or unsafe))
    return True


def _section(file: Path) -> Mapping[str, Any] | None:
    try:
        found = tomllib.loads(file.read_text("utf-8")).get("auth")
    except ValueError as failed:  # no TOML, or no UTF-8
        raise RefusedRequest("openid_settings", file=file, names="[auth]") from failed
    return found if isinstance(found, dict) else None


def _is_safe(section: Mapping[str, Any], name: str) -> bool:
    address = urlsplit(str(section.get(name, "")))
    kept = address.path == addresses.CALLBACK or name != "redirect_uri"
    return kept and (address.scheme == "https" or address.hostname in _HERE)


Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class School:
    """The way to the school's sign-in server and back.

    `ask(request, said, words, status)`: our sign-in page; `slowed(request, said)`: the answer to
    an address that failed too often; `let_in(request, account, onward)`: a session of ours;
    `failed(request, why)`: counted and recorded.
    """

    accounts: Accounts
    ask: Callable[[Request, Said, Text, int], Response]
    slowed: Callable[[Request, Said], Response | None]
    let_in: Callable[[Request, Account, str], Awaitable[Response]]
    failed: Callable[[Request, str], Awaitable[None]]

    def routes(self) -> list[Route]:
        return [
            Route(addresses.SCHOOL, self.lead, methods=["GET"]),
            Route(addresses.CALLBACK, self.arrive, methods=["GET"]),
        ]

    async def lead(self, request: Request) -> Response:
        """To the school's sign-in server, by Streamlit's own login."""
        said = request.query_params
        if slowed := self.slowed(request, said):
            return slowed
        request.session[_ONWARD] = addresses.local(said.get("next", "/"))
        request.session[_LANG] = forms.lang(said)
        query = urlencode({"provider": encode_provider_token(_PROVIDER)})
        asked = Request({**request.scope, "query_string": query.encode()}, request.receive)
        try:
            response = await _streamlits("/auth/login")(asked)
        except Exception as failure:  # noqa: BLE001 - whatever the network says
            _LOG.warning("%s on the way to the sign-in server", type(failure).__name__)
            response = Response(status_code=502)
        if response.status_code == 302:
            return response
        return await self._refused(request, "openid_unreachable", said)

    async def arrive(self, request: Request) -> Response:
        """Back from there: who it is, whether we know them, and in."""
        kept = {"next": request.session.pop(_ONWARD, "/"), "lang": request.session.pop(_LANG, "zh")}
        if slowed := self.slowed(request, kept):
            return slowed
        told = _identity(await _streamlits(addresses.CALLBACK)(request))
        email = str(told.get("email", "")) if told else ""
        if not told or not email:
            return await self._refused(request, "openid_failed", kept)
        # what only looks like an address of ours after folding is somebody else's
        if told.get("email_verified") not in (True, "true") or not email.isascii():
            return await self._refused(request, "openid_unverified", kept)
        account = await asyncio.to_thread(self.accounts.by_email, email)
        if account is None:
            return await self._refused(request, "openid_unknown", kept)
        return self._onward(await self.let_in(request, account, "/"), kept)

    def _onward(self, entered: Response, kept: Said) -> Response:
        """One step on our own site: a visit that comes from elsewhere brings no strict cookie."""
        html = pages.onward(addresses.local(kept["next"]), forms.lang(kept))
        response = HTMLResponse(html)
        for cookie in entered.headers.getlist("set-cookie"):
            response.headers.append("set-cookie", cookie)
        return response

    async def _refused(self, request: Request, why: Why, said: Said) -> Response:
        await self.failed(request, why)
        status, told = REFUSALS[why]
        return self.ask(request, said, told, status)


def _streamlits(path: str) -> Endpoint:
    found: Endpoint = {route.path: route.endpoint for route in create_auth_routes("")}[path]
    return found


def _identity(response: Response) -> dict[str, Any] | None:
    """Who Streamlit says it is, out of the cookie it would set; None where it sets none."""
    brought: SimpleCookie = SimpleCookie()
    for line in response.headers.getlist("set-cookie"):
        brought.load(line)

    def one(name: str) -> bytes | None:
        value = brought[name].value if name in brought else ""
        return decode_signed_value(get_cookie_secret(), name, value)

    found = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    return dict(json.loads(found)) if found else None
