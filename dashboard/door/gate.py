"""The gate: every request and every socket comes past it, and nothing passes by default."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.door import addresses, guests, headers, hosts, replies
from dashboard.door.bodies import OVERHEAD, Uploads, metered
from dashboard.door.guests import Guests
from dashboard.door.hearing import heard, may_drop
from dashboard.door.replies import Refused
from dashboard.door.sockets import Socket, Sockets
from dashboard.door.terms import Terms, is_loopback
from dashboard.logs import incident
from dashboard.roles import LOCAL, Identity, Role

_LOG = logging.getLogger(__name__)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({addresses.SIGN_IN, addresses.SIGN_OUT, addresses.SET_UP})
_OPEN = _FORMS - {addresses.SIGN_OUT} | {addresses.STYLE, addresses.HEALTH}
_SCHOOL = frozenset({addresses.SCHOOL, addresses.CALLBACK})  # open where it is configured
_ALONE = "alone"  # the visitor of a dashboard that is not shared
_PLAIN = 64 * 1024  # bytes; what a request that brings no file may weigh
Visitor: TypeAlias = tuple[str, Identity]  # the key of a sign-in, and whose it is
_NOBODY: Visitor = ("", Identity("nobody", "", Role.PROJECTOR))
OnUpload: TypeAlias = Callable[[str, str, int], None]  # Streamlit's session, file, bytes


@dataclass
class Watch:
    """What the gate knows of all who are inside; one for the server."""

    terms: Terms
    guests: Guests
    uploads: Uploads
    sockets: Sockets
    scripts: list[str] = field(default_factory=list)
    on_upload: OnUpload | None = None
    _tokens: dict[str, str] = field(default_factory=dict)  # visitor -> token, while sockets stand

    def visitor(self, token: str) -> str:
        """A name for a sign-in that is no token."""
        return guests.digest(token) if self.terms.shared else _ALONE

    def holds(self, visitor: str, token: str) -> None:
        self._tokens[visitor] = token

    async def look(self) -> None:
        """Tell the store who did something; send away whose sign-in has ended."""
        for visitor, token in list(self._tokens.items()):
            standing = self.sockets.of(visitor)
            if not standing:
                del self._tokens[visitor]
                continue
            if any([_taken(socket) for socket in standing]):  # noqa: C419 - each is to be reset
                await self.guests.used(token)
            if not await self.guests.who(token, believed=0):
                await asyncio.gather(*(s.leave(addresses.SIGN_IN) for s in standing))

    async def keep(self) -> None:
        """Look again and again, whatever happens, until cancelled."""
        while True:
            await asyncio.sleep(self.terms.bounds.watch)
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - the watch never ends by a store that is busy
                _LOG.warning("the look at who is signed in failed; it is repeated")


def _taken(socket: Socket) -> bool:
    acted, socket.acted = socket.acted, False
    return acted


class Gate:
    """ASGI middleware around all of Streamlit."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self._app, self._watch, self._terms = app, watch, watch.terms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        answered = _Answered(headers.dressed(send, self._policy(scope), tls=self._terms.tls))
        try:
            await self._pass(scope, receive, answered)
        except Refused as refused:
            if not answered.begun:
                await refused.answer(scope, receive, answered)
        except Exception as failure:
            if answered.begun or scope["type"] == "websocket":
                raise
            await _broken(failure).answer(scope, receive, answered)

    def _policy(self, scope: Scope) -> str:
        if scope["path"] in _FORMS | _SCHOOL | {addresses.STYLE}:
            return headers.OURS
        name = Headers(scope=scope).get("host", "")
        kind = "wss" if self._terms.tls else "ws"
        known = hosts.host(scope, self._terms) is not None
        return headers.policy(self._watch.scripts, f"{kind}://{name}" if known else "")

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._check_way(scope)
        token = guests.token(scope) if self._terms.shared else ""
        who = await self._watch.guests.who(token) if self._terms.shared else LOCAL
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, token, who)
        elif who:
            await self._request(scope, receive, send, (self._watch.visitor(token), who))
        elif scope["path"] in _OPEN or (self._terms.school and scope["path"] in _SCHOOL):
            is_health = scope["path"] == addresses.HEALTH
            plain = headers.cookieless(send) if is_health else send
            await self._request(scope, receive, plain)
        else:
            await self._turn_away(scope, receive, send)

    def _check_way(self, scope: Scope) -> None:
        """The host, the peer, and the page it comes from."""
        if hosts.host(scope, self._terms) is None:
            raise Refused(403, replies.STRANGE_HOST)
        peer = (scope.get("client") or ("",))[0]
        if not self._terms.shared and not is_loopback(peer):
            raise Refused(403, replies.ELSEWHERE)
        if self._terms.tls and scope["scheme"] in {"http", "ws"} and not is_loopback(peer):
            raise Refused(403, replies.PLAIN)  # past the proxy, or the proxy does not say
        if self._is_strange(scope):
            raise Refused(403, replies.FOREIGN)
        if scope["path"] in _FORMS and not self._terms.shared:
            raise Refused(404, replies.CLOSED)

    def _is_strange(self, scope: Scope) -> bool:
        """A form of ours may come without an origin: no-referrer makes browsers write `null`, and
        the form's own key tells that it is ours.
        """
        origin = hosts.origin(scope)
        if scope["type"] == "websocket":
            nameless = origin is None and self._terms.shared
            return nameless or hosts.is_foreign(scope, self._terms)
        if scope["method"] in _SAFE or (origin == "null" and scope["path"] in _FORMS):
            return False
        return hosts.is_foreign(scope, self._terms)

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A person is led to the form; everything else is refused."""
        asks_page = "text/html" in Headers(scope=scope).get("accept", "")
        behind = scope["path"].startswith(addresses.BEHIND)
        if behind or not asks_page or scope["method"] not in {"GET", "HEAD"}:
            raise Refused(401, replies.SIGN_IN)
        query = scope["query_string"].decode("latin-1")
        onward = scope["path"] + (f"?{query}" if query else "")
        to = addresses.sign_in(onward, by_link=True)
        await RedirectResponse(to, 303)(scope, receive, send)

    # -- what is let in ------------------------------------------------------------------------

    async def _request(
        self, scope: Scope, receive: Receive, send: Send, visitor: Visitor = _NOBODY
    ) -> None:
        if scope["path"].startswith(addresses.CLOSED):
            raise Refused(404, replies.CLOSED)
        upload = addresses.UPLOAD.fullmatch(scope["path"])
        if upload and scope["method"] == "PUT":
            self._check_upload(visitor, upload[1])
            await self._upload(scope, receive, send, (visitor[1], upload[1], upload[2]))
            return
        if scope["path"] == addresses.HEALTH and scope["method"] not in {"GET", "HEAD"}:
            raise Refused(405, replies.CLOSED)
        if upload:
            self._check_own(visitor, upload[1])
        is_form, bounds = scope["path"] in _FORMS, self._terms.bounds
        limit = bounds.form if is_form else _PLAIN
        asked = _uncompressed(scope) if is_form else scope
        await self._app(asked, metered(receive, limit, bounds), send)

    def _check_upload(self, visitor: Visitor, session: str) -> None:
        if not may_drop(visitor[1]):
            raise Refused(403, replies.NO_FILES)
        self._check_own(visitor, session)

    def _check_own(self, visitor: Visitor, session: str) -> None:
        if self._terms.shared and not self._watch.sockets.owns(visitor[0], session):
            raise Refused(403, replies.NOT_YOURS)

    async def _upload(
        self, scope: Scope, receive: Receive, send: Send, whose: tuple[Identity, str, str]
    ) -> None:
        identity, session, file = whose
        uploads, bounds, came = self._watch.uploads, self._terms.bounds, 0
        # of an account, however often it is signed in
        who = identity.who if self._terms.shared else session
        uploads.admit(scope, who)

        def taken(amount: int) -> None:
            nonlocal came
            uploads.take(who, amount)
            came += amount

        try:
            limit = bounds.upload + OVERHEAD
            answered = _Answered(send)
            await self._app(scope, metered(receive, limit, bounds, taken), answered)
        finally:
            uploads.arrived(came)
        if answered.status < 300 and self._watch.on_upload:
            self._watch.on_upload(session, file, came)

    async def _socket(
        self, scope: Scope, receive: Receive, send: Send, token: str, who: Identity | None
    ) -> None:
        if not who:
            raise Refused(403, replies.SIGN_IN)
        visitor, sockets = self._watch.visitor(token), self._watch.sockets
        socket = sockets.enter(visitor, who, send)
        if self._terms.shared:
            self._watch.holds(visitor, token)
            scope = sockets.resuming(scope, visitor)
        try:
            await self._app(scope, heard(sockets, socket, receive), sockets.spoken(socket, send))
        finally:
            socket.is_over = True
            sockets.open.discard(socket)


class _Answered:
    """`send`, remembering whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun, self.status = send, False, 0

    async def __call__(self, message: Message) -> None:
        self.begun = True
        self.status = message.get("status", self.status)
        await self._send(message)


def _uncompressed(scope: Scope) -> Scope:
    """A page with a key and with what the address says is not packed: its length would tell."""
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}


def _broken(failure: Exception) -> Refused:
    """What went wrong stays here, under a code; its words may hold what somebody uploaded."""
    return Refused(500, replies.BROKEN.format(code=incident(failure)))
