"""How many files the system lets us have open: a connection is one, a page in use has four."""

from __future__ import annotations

from contextlib import suppress

_WANTED = 8192


def most() -> int:
    """How many there may be; the system's own soft limit is raised as far as we may and need."""
    try:
        import resource
    except ImportError:  # on Windows connections are not counted as files
        return _WANTED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft == resource.RLIM_INFINITY or soft >= allowed:
        return allowed
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        return allowed
    return soft


def fitting(count: int, files: int, each: int) -> int:
    """As many of what was asked for as there are files for, at so many for each."""
    return max(1, min(count, files // each))
