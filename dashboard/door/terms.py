"""On what terms the door is open, and how much may pass it at once."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

MB = 2**20


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may pass; bytes, seconds, counts."""

    upload: int = 100 * MB  # one file
    uploads_of_one: int = 200 * MB  # of one account within `window`; unshared, of one page
    uploads_held: int = 600 * MB  # on the way in or held by Streamlit, of everybody
    window: int = 600
    form: int = 8 * 1024  # a sign-in
    sockets_of_one: int = 12  # of one sign-in
    sockets_of_account: int = 200  # a whole room may be signed in under one
    sockets: int = 300
    connections: int = 800  # of all kinds, sockets too
    frames: int = 500  # of one sign-in within `frames_within`
    frames_within: int = 10
    failures: int = 10  # of one address within `failures_within`
    failures_within: int = 300
    silence: int = 30  # seconds a request's body may stand still
    slowest: int = 32 * 1024  # bytes a second a body must reach on average
    watch: float = 0.7  # seconds between two looks at who is still signed in


@dataclass(frozen=True, slots=True)
class Terms:
    """How this server is opened.

    `names`: the host names it answers to, besides the address a connection came in at.
    `code`: what whoever sets up from another computer reads off the terminal. `school`: whether
    one may sign in by the school's own account, too.
    """

    folder: Path
    secret: bytes
    shared: bool = False
    tls: bool = False
    names: frozenset[str] = frozenset()
    code: str = ""
    school: bool = False
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def scheme(self) -> str:
        return "https" if self.tls else "http"


def is_loopback(address: str) -> bool:
    """Whether an address is this very computer; a name is not an address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback
