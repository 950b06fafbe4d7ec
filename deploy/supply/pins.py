"""The requirement files as values: who is asked for, why, and which bytes are accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
HASH = re.compile(r"--hash=(\S+)")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package at one version.

    `why`: the reason a person wrote, or for an indirect one `for` those that need it. `marker`:
    where it is installed at all. `hashes`: `sha256:…` of each wheel that may be installed.
    """

    name: str
    version: str
    why: str
    marker: str = ""
    hashes: tuple[str, ...] = ()

    def applies(self, surroundings: dict[str, str] | None = None) -> bool:
        """Whether it is installed there; of nothing told, here."""
        return not self.marker or Marker(self.marker).evaluate(surroundings)

    def lines(self) -> str:
        """As pip reads it, its reason above."""
        where = f" ; {self.marker}" if self.marker else ""
        hashes = "".join(f" \\\n    --hash={found}" for found in self.hashes)
        return f"# {self.why}\n{self.name}=={self.version}{where}{hashes}\n"


def pins(file: Path) -> list[Pin]:
    """Every pin of a requirements file; comments right above one are its reason."""
    found, why = [], []
    for line in file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if line.startswith("#"):
            why.append(line.removeprefix("#").strip())
            continue
        if "==" in line:
            found.append(_pin(line, " ".join(why)))
        why = []
    return found


def _pin(line: str, why: str) -> Pin:
    wanted = Requirement(line.partition("--hash")[0].partition("  #")[0].strip())
    (version,) = wanted.specifier
    return Pin(
        canonicalize_name(wanted.name),
        version.version,
        why,
        str(wanted.marker or ""),
        tuple(HASH.findall(line)),
    )
