"""Under which name we may be asked, and from which page.

A page elsewhere can let its own name point at this computer (DNS rebinding) or open a socket to
us; the browser then tells the truth about it in `Host` and `Origin`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from dashboard.door.terms import Terms

_PORTS = {"http": 80, "https": 443}
Place = tuple[str, int]


def host(scope: Scope, terms: Terms) -> Place | None:
    """The name and port we are asked under; None where we do not answer to it.

    An address written in figures is ours where the connection came in at it: it cannot be rebound.
    """
    said = Headers(scope=scope).getlist("host")
    place = _place(f"{terms.scheme}://{said[0]}") if len(said) == 1 else None
    if place is None:
        return None
    here = (scope.get("server") or ("",))[0]
    return place if place[0] in terms.names or place[0] == here else None


def is_foreign(scope: Scope, terms: Terms) -> bool:
    """Whether a page of another origin asks; `null` (a page without one) is foreign, too."""
    said = Headers(scope=scope).getlist("origin")
    if not said:
        return False
    return len(said) > 1 or _place(said[0], terms.scheme) != host(scope, terms)


def origin(scope: Scope) -> str | None:
    return Headers(scope=scope).get("origin")


def _place(url: str, scheme: str | None = None) -> Place | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    plain = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if not parts.hostname or not plain or parts.scheme not in _PORTS:
        return None
    if scheme and parts.scheme != scheme:
        return None
    return parts.hostname.lower().rstrip("."), port or _PORTS[parts.scheme]
