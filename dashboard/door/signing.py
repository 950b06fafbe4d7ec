"""Signing in and out, and the first account: the only pages that are open before sign-in."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard import audit
from dashboard.access import Account, Accounts, Sessions
from dashboard.door import addresses, forms, guests, pages, words
from dashboard.door.forms import Forms, Said
from dashboard.door.guests import COOKIE, Guests
from dashboard.door.openid import School
from dashboard.door.terms import Terms, is_loopback
from dashboard.door.windows import Windows
from dashboard.errors import DashboardError, RefusedSignIn
from dashboard.text import Text

_SOON = 5  # seconds until it is worth to try again
_AT_ONCE, _WAITING = 2, 40  # passwords counted, and waiting for it


@dataclass
class Signing:
    """The handlers of /sign-in, /sign-out and /set-up, over one data folder."""

    terms: Terms
    guests: Guests
    _forms: Forms = field(init=False)
    _failures: Windows = field(init=False)
    _turns: asyncio.Semaphore = field(init=False)
    _here: int = 0  # with a password to be counted, or waiting for it

    def __post_init__(self) -> None:
        self._forms = Forms(self.terms)
        self._failures = Windows(self.terms.bounds.failures_within)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._accounts = Accounts(self.terms.folder)
        self._sessions = Sessions(self.terms.folder)

    def routes(self) -> list[Route]:
        return [
            Route(addresses.SIGN_IN, self.ask, methods=["GET"]),
            Route(addresses.SIGN_IN, self.sign_in, methods=["POST"]),
            Route(addresses.SIGN_OUT, self.ask_out, methods=["GET"]),
            Route(addresses.SIGN_OUT, self.sign_out, methods=["POST"]),
            Route(addresses.SET_UP, self.ask_up, methods=["GET"]),
            Route(addresses.SET_UP, self.set_up, methods=["POST"]),
            Route(addresses.STYLE, _style, methods=["GET"]),
            *(self._school().routes() if self.terms.school else ()),
        ]

    def _school(self) -> School:
        return School(self._accounts, self._asking, self._slowed, self._let_in, self._failed)

    # -- in ------------------------------------------------------------------------------------

    async def ask(self, request: Request) -> Response:
        onward = addresses.local(request.query_params.get("next", "/"))
        if await self.guests.who(guests.token(request.scope)):
            return RedirectResponse(onward, 303)
        if not await self.guests.has_accounts():
            return RedirectResponse(addresses.SET_UP, 303)
        if request.query_params.get("from") == "link":
            here = addresses.sign_in(onward)
            return HTMLResponse(pages.onward(here, forms.lang(request.query_params)))
        return self._asking(request, request.query_params)

    def _asking(
        self, request: Request, said: Said, told: Text | None = None, status: int = 200
    ) -> Response:
        number, key = self._forms.begin(request)
        onward = addresses.local(said.get("next", "/"))
        name, school = said.get("name", "")[:64], self.terms.school
        html = pages.sign_in(forms.lang(said), key, onward, told, name, school=school)
        return self._forms.keep(HTMLResponse(html, status), number)

    async def sign_in(self, request: Request) -> Response:
        said = await forms.said(request)
        if not self._forms.fits(request, said):
            return self._asking(request, said, words.STALE, 403)
        if slowed := self._slowed(request, said) or self._crowded(request, said):
            return slowed
        async with self._turn():
            found = await self._tried(request, said)
        if isinstance(found, Response):
            return found
        return await self._let_in(request, found, addresses.local(said.get("next", "/")))

    async def _tried(self, request: Request, said: Said) -> Account | Response:
        """Looked at again in its turn: many tries at once are no way round the limit, and no more
        than two threads count passwords, for the others are needed by who is inside.
        """
        if slowed := self._slowed(request, said):
            return slowed
        try:
            name, password = said.get("name", ""), said.get("password", "")
            return await asyncio.to_thread(self._accounts.check, name, password)
        except RefusedSignIn as refusal:
            await self._failed(request, refusal.code)
            return self._asking(request, said, refusal.message, 401)

    def _crowded(self, request: Request, said: Said) -> Response | None:
        """The answer where too many wait for their turn already."""
        if self._here < _AT_ONCE + _WAITING:
            return None
        told = RefusedSignIn("crowded").message
        return self._often(self._asking(request, said, told, 429), _SOON)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        self._here += 1
        try:
            async with self._turns:
                yield
        finally:
            self._here -= 1

    async def _let_in(self, request: Request, account: Account, onward: str) -> Response:
        """Always with a new token: one brought along, ours or not, is worth nothing from now."""
        await self._close(guests.token(request.scope))
        await self._note("signed_in", account.who)
        token = await asyncio.to_thread(self._sessions.open, account)
        response = RedirectResponse(onward, 303)
        response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=self.terms.tls)
        return response

    async def _failed(self, request: Request, reason: str) -> None:
        self._failures.add(_address(request))
        await self._note("refused_sign_in", "nobody", reason=reason)

    def _slowed(self, request: Request, said: Said) -> Response | None:
        """The answer to an address that failed too often; None to all others."""
        wait = self._wait(request)
        if not wait:
            return None
        return self._often(self._asking(request, said, _often(wait), 429), wait)

    def _wait(self, request: Request) -> int:
        """Seconds until this address may try again; 0 where it may."""
        address = _address(request)
        too_often = self._failures.had(address) >= self.terms.bounds.failures
        return self._failures.wait(address) if too_often else 0

    def _often(self, response: Response, wait: int) -> Response:
        response.headers["Retry-After"] = str(wait)
        return response

    # -- out -----------------------------------------------------------------------------------

    async def ask_out(self, request: Request) -> Response:
        identity = await self.guests.who(guests.token(request.scope))
        if not identity:
            return RedirectResponse(addresses.SIGN_IN, 303)
        number, key = self._forms.begin(request)
        html = pages.sign_out(forms.lang(request.query_params), key, identity.name)
        return self._forms.keep(HTMLResponse(html), number)

    async def sign_out(self, request: Request) -> Response:
        said = await forms.said(request)
        if not self._forms.fits(request, said):
            return RedirectResponse(addresses.SIGN_OUT, 303)
        token = guests.token(request.scope)
        if identity := await self.guests.who(token):
            await self._close(token)
            await self._note("signed_out", identity.who)
        response = RedirectResponse(addresses.SIGN_IN, 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=self.terms.tls)
        return response

    async def _close(self, token: str) -> None:
        if token:
            await asyncio.to_thread(self._sessions.close, token)
            self.guests.forget(token)

    # -- the first account ---------------------------------------------------------------------

    async def ask_up(self, request: Request) -> Response:
        if await self.guests.has_accounts():
            return RedirectResponse(addresses.SIGN_IN, 303)
        return self._asking_up(request, request.query_params)

    def _asking_up(
        self, request: Request, said: Said, told: Text | None = None, status: int = 200
    ) -> Response:
        number, key = self._forms.begin(request)
        name, coded = said.get("name", "")[:64], self._needs_code(request)
        html = pages.set_up(forms.lang(said), key, coded=coded, told=told, name=name)
        return self._forms.keep(HTMLResponse(html, status), number)

    async def set_up(self, request: Request) -> Response:
        if await self.guests.has_accounts():
            return RedirectResponse(addresses.SIGN_IN, 303)
        said = await forms.said(request)
        if not self._forms.fits(request, said):
            return self._asking_up(request, said, words.STALE, 403)
        if wait := self._wait(request):
            return self._often(self._asking_up(request, said, _often(wait), 429), wait)
        if self._needs_code(request) and not self._knows_code(said):
            self._failures.add(_address(request))
            return self._asking_up(request, said, words.NO_CODE, 401)
        return await self._begun(request, said)

    async def _begun(self, request: Request, said: Said) -> Response:
        password = said.get("password", "")
        if password != said.get("again", ""):
            return self._asking_up(request, said, words.UNEQUAL, 400)
        try:
            name = said.get("name", "")
            async with self._turn():
                account = await asyncio.to_thread(self._accounts.begin, name, password)
        except DashboardError as refusal:
            return self._asking_up(request, said, refusal.message, 400)
        return await self._let_in(request, account, "/")

    def _needs_code(self, request: Request) -> bool:
        """Whoever sits at this computer needs none; behind a proxy everybody seems to sit here."""
        address = request.client.host if request.client else ""
        return self.terms.tls or not is_loopback(address)

    def _knows_code(self, said: Said) -> bool:
        brought = "".join(said.get("code", "").split()).replace("-", "").upper().encode()
        kept = self.terms.code.replace("-", "").encode()
        return bool(kept) and hmac.compare_digest(brought, kept)

    async def _note(self, act: audit.Act, who: str, reason: str = "") -> None:
        facts: dict[str, audit.Fact] = {"reason": reason} if reason else {}
        await asyncio.to_thread(lambda: audit.note(self.terms.folder, act, who, None, **facts))


async def _style(request: Request) -> Response:
    return Response(pages.STYLES, media_type="text/css")


def _often(wait: int) -> Text:
    return words.OFTEN.format(minutes=-(-wait // 60))


def _address(request: Request) -> str:
    """Who tries, as one: an address, or the network an IPv6 address may be changed within."""
    host = request.client.host if request.client else ""
    return ":".join(host.split(":")[:4]) if host.count(":") > 1 and "." not in host else host
