"""Passwords: what one must be (NIST SP 800-63B §5.1.1), and how it is kept (argon2id, RFC 9106).

Kept is a salted hash that costs 64 MiB and some tenths of a second to try; at most two are counted
at once, so that many who sign in cannot take the server's memory.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from dashboard.access.common_passwords import COMMON
from dashboard.errors import RefusedRequest, RefusedSignIn

LEAST, MOST = 10, 256  # characters
_OWN = 5  # characters that must be left of it without the name
_AT_ONCE, _PATIENCE = 2, 15.0  # hashings; seconds in the queue

_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_turns = threading.BoundedSemaphore(_AT_ONCE)


def folded(words: str) -> str:
    """As names are compared: whatever the keyboard's width, case and spaces around."""
    whole = words.encode("utf-8", "replace").decode()  # half a character is none
    return " ".join(unicodedata.normalize("NFKC", whole).casefold().split())


def check_rules(password: str, name: str) -> None:
    """Raises RefusedRequest "short_password", "long_password", "common_password"."""
    meant = unicodedata.normalize("NFKC", password)
    if len(meant) < LEAST:
        raise RefusedRequest("short_password", least=LEAST)
    if len(meant) > MOST:
        raise RefusedRequest("long_password", most=MOST)
    plain = meant.casefold()
    without = plain.replace(folded(name).replace(" ", ""), "")
    if plain in COMMON or len(set(plain)) == 1 or len(without) < min(_OWN, len(plain)):
        raise RefusedRequest("common_password")


def hashed(password: str) -> str:
    """As it is kept. Raises RefusedSignIn "crowded" where too many wait."""
    with _turn():
        return _hasher.hash(_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password kept; as long where there is none. Raises as `hashed` does."""
    with _turn():
        nobodys = _nobodys()  # made before the first is looked at, so that none takes longer
        against = kept or nobodys
        try:
            _hasher.verify(against, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return against is kept


def is_outdated(kept: str) -> bool:
    """Whether it was hashed at another cost than today's."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _hasher.hash(b"nobody's")


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password[: 4 * MOST]).encode("utf-8", "replace")


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=_PATIENCE):
        raise RefusedSignIn("crowded")
    try:
        yield
    finally:
        _turns.release()
