"""Whom a process and all its children ask for over the network, as the system itself tells it.

The system's tracer follows every child and writes down each address that is connected or sent to.
A question for a name (port 53) counts, wherever it goes: it is the beginning of a call.
"""

from __future__ import annotations

import ipaddress
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

CALLS = "connect,sendto,sendmsg,sendmmsg"
_ADDRESS = re.compile(
    r"sa_family=AF_INET6?, sin6?_port=htons\((?P<port>\d+)\)[^}]*?"
    r'(?:inet_addr\(|inet_pton\(AF_INET6, )"(?P<host>[^"]+)"'
)
NAMES = 53  # the port where names are asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """One address that was asked for."""

    host: str
    port: int

    @property
    def is_outside(self) -> bool:
        address = ipaddress.ip_address(self.host)
        plain = getattr(address, "ipv4_mapped", None) or address
        return self.port == NAMES or not plain.is_loopback


def tracer() -> str | None:
    """Where it lies; Linux has one."""
    return shutil.which("strace")


def watching(told: Path) -> list[str]:
    """What goes before a command, so that it and its children are watched; told goes to the file.

    The watcher is no parent of the watched (-D), so that a signal reaches whom it is meant for,
    and stops it at these calls only; of what is sent nothing is written down (-s 0).
    """
    found = tracer()
    assert found
    options = ["-D", "-f", "--seccomp-bpf", "-qq", "-s", "0", "-e", f"trace={CALLS}"]
    return [found, *options, "-o", str(told)]


def asked(told: Path) -> list[Asked]:
    """Every address in what was told, in its order."""
    text = told.read_text(encoding="utf-8", errors="replace")
    return [Asked(found["host"], int(found["port"])) for found in _ADDRESS.finditer(text)]


def outside(told: Path) -> set[Asked]:
    return {one for one in asked(told) if one.is_outside}
