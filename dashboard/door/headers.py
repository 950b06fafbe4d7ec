"""What every answer says to the browser: load nothing from elsewhere, keep nothing, show us in no
frame; and what it does not say: which server this is.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

OURS = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# Streamlit writes its styles into the page as it draws (emotion), so inline styles must be
# allowed; scripts run from our own files and from those whose hash is known, and nothing is
# evaluated. Components bring their script as a blob.
_STREAMLIT = (
    "default-src 'none'",
    "script-src 'self' blob: {scripts}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' {socket}",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
)
ALWAYS = {
    "Content-Security-Policy": OURS,
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), autoplay=(), browsing-topics=(), camera=(),"
    " display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(),"
    " midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=()",
}
_HSTS = "max-age=31536000"
_SILENT = ("server", "x-powered-by")
_CACHED = re.compile(r"\bimmutable\b.*?max-age=(\d+)|max-age=(\d+).*?\bimmutable\b")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(scripts: Iterable[str], socket: str) -> str:
    """The Content-Security-Policy of a Streamlit page; `socket` is where its websocket goes."""
    marks = {"scripts": " ".join(f"'sha256-{script}'" for script in scripts), "socket": socket}
    return "; ".join(rule.format(**marks).strip() for rule in _STREAMLIT)


def inline(html: str) -> list[str]:
    """The hashes (base64 of SHA-256) of the scripts that stand in a page."""
    return [hashed(script) for script in _INLINE.findall(html)]


def hashed(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def dressed(send: Send, content_policy: str, *, tls: bool) -> Send:
    """`send`, with our headers on every answer that starts."""

    async def sending(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            _dress(headers, content_policy, tls)
            _cookies(headers, tls)
            message = {**message, "headers": headers.raw}
        await send(message)

    return sending


def cookieless(send: Send) -> Send:
    """`send`, without any cookie: health tells how the server is, and nothing else."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            del headers["set-cookie"]
            message = {**message, "headers": headers.raw}
        await send(message)

    return sending


def _dress(headers: MutableHeaders, content_policy: str, tls: bool) -> None:
    for name in (*_SILENT, *(n for n in headers if n.startswith("access-control-"))):
        del headers[name]
    kept = _kept(headers.get("cache-control", ""))
    headers.update(ALWAYS)
    headers["Content-Security-Policy"], headers["Cache-Control"] = content_policy, kept
    if tls:
        headers["Strict-Transport-Security"] = _HSTS


def _kept(said: str) -> str:
    """A file named by its own hash may be kept by this browser; nothing else, and nowhere else."""
    found = _CACHED.search(said)
    return f"private, immutable, max-age={found[1] or found[2]}" if found else "no-store"


def _cookies(headers: MutableHeaders, tls: bool) -> None:
    said = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in said:
        headers.append("set-cookie", _strict(cookie, tls))


# Its state must come back from the school's identity provider, which is another site.
_LAX = "_streamlit_session="
# Its script reads it, and sends it back beside the cookie; that is its whole purpose.
_READ = "_streamlit_xsrf="


def _strict(cookie: str, tls: bool) -> str:
    kept = [
        part
        for part in map(str.strip, cookie.split(";"))
        if part.lower() not in {"httponly", "secure"} and not part.lower().startswith("samesite=")
    ]
    kept.append(f"SameSite={'Lax' if cookie.startswith(_LAX) else 'Strict'}")
    if not cookie.startswith(_READ):
        kept.append("HttpOnly")
    return "; ".join([*kept, "Secure"] if tls else kept)
