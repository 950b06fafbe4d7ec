"""The few addresses the door itself knows, and where one may be led after signing in."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlencode, urlsplit

HEALTH = "/_stcore/health"
SIGN_IN, SIGN_OUT, SET_UP = "/sign-in", "/sign-out", "/set-up"
STYLE = "/door.css"
# Signing in by the school's own account: the way there, and the way back, which OpenID Connect and
# Streamlit know by this name.
SCHOOL, CALLBACK = "/sign-in/school", "/oauth2callback"
# Streamlit's own that a browser asks for behind the page: refused plainly, never led to a form.
BEHIND = ("/_stcore/", "/media/", "/component/", "/static/")
# Nobody needs these: figures of memory, and another way to drive the application.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)")
_DOORS = {SIGN_IN, SIGN_OUT, SET_UP, SCHOOL, CALLBACK}
_LONGEST = 1_000
_HARMLESS = "/%?=&+,;:@!$'()*~.-_"


def local(address: str) -> str:
    """The address, where it leads to a page of ours; else the first page."""
    parts = urlsplit(address) if _is_plain(address) else None
    if parts is None or parts.scheme or parts.netloc or parts.path in _DOORS:
        return "/"
    return quote(address.partition("#")[0], safe=_HARMLESS)


def _is_plain(address: str) -> bool:
    """Browsers take a backslash for a slash, and drop control characters before they look."""
    return (
        address.startswith("/")
        and not address.startswith("//")
        and len(address) <= _LONGEST
        and "\\" not in address
        and address.isprintable()
    )


def sign_in(address: str, *, by_link: bool = False) -> str:
    """Where to sign in, in the address's own language, to be led to `address` afterwards.

    `by_link`: the page may have been opened from another site, whose visit brings no strict
    cookie although there is one; one step on our own site tells.
    """
    onward = local(address)
    asked = {} if onward == "/" else {"next": onward}
    if parse_qs(urlsplit(onward).query).get("lang") == ["en"]:
        asked["lang"] = "en"
    if by_link:
        asked["from"] = "link"
    return SIGN_IN + (f"?{urlencode(asked)}" if asked else "")
