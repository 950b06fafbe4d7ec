"""A form of ours, sent back: whole, small, and by the page we gave it to."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from dashboard.door import guests
from dashboard.door.secret import key
from dashboard.door.terms import Terms
from dashboard.text import Lang

_COOKIE = "dashboard_form"
_KIND = "application/x-www-form-urlencoded"
Said = Mapping[str, str]


class Forms:
    """Forms that only come back from the browser they went to.

    The browser holds a random number, the form its key: without our secret no page elsewhere can
    make a form that fits, not even to sign somebody in under another's account.
    """

    def __init__(self, terms: Terms) -> None:
        self._secret, self._tls = terms.secret, terms.tls

    def begin(self, request: Request) -> tuple[str, str]:
        """The browser's number, kept where it has one, and the form's key."""
        number = guests.cookies(request.scope).get(_COOKIE, "")
        if len(number) != 32 or not number.isalnum():
            number = secrets.token_hex(16)
        return number, self._key(number)

    def keep(self, response: Response, number: str) -> Response:
        response.set_cookie(_COOKIE, number, httponly=True, samesite="strict", secure=self._tls)
        return response

    def fits(self, request: Request, said: Said) -> bool:
        number = guests.cookies(request.scope).get(_COOKIE, "")
        brought = said.get("form", "").encode()
        return bool(number) and hmac.compare_digest(brought, self._key(number).encode())

    def _key(self, number: str) -> str:
        return key(self._secret, f"form {number}")


async def said(request: Request) -> Said:
    """What the form says; nothing where it is none, or has one field twice."""
    if not request.headers.get("content-type", "").lower().startswith(_KIND):
        return {}
    try:
        body = (await request.body()).decode("ascii")
        fields = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=12)
    except ValueError:
        return {}
    return dict(fields) if len({name for name, _ in fields}) == len(fields) else {}


def lang(said: Said) -> Lang:
    return "en" if said.get("lang") == "en" else "zh"
