"""requirements*.in -> requirements*.txt: every package, the indirect ones too, by its wheels.

The resolver (`pip install uv`, no requirement of ours) finds versions that fit each other on every
platform at once; of the wheels it names, those for our platforms are kept. What is pinned stays
where it is unless the .in says otherwise: take a line out of the .txt to let it move.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from deploy.supply.pins import ROOT, Pin, pins
from deploy.supply.wheels import PLATFORMS, PYTHONS, glibc, places

RUN, TEST = "requirements", "requirements-dev"
HEADER = """\
# Made from {stem}.in by `python -m deploy.supply lock`; change that file, then run it.
# {what}
# Only these very bytes are installed: start.py asks pip for hashes and takes wheels only.
# For CPython 3.11, 3.12, 3.13 (and later ones where wheels exist) on
# {platforms} (Linux: glibc 2.{glibc} or newer).
"""
RUNS = "What runs the dashboard, pinned: every school runs what was tested."
TESTS = "What tests the dashboard, on top of what runs it; `start.py test` installs it."
DIRECT = "\n# --- what the dashboard itself uses\n\n"
INDIRECT = "\n# --- what those need\n\n"
_OPTIONS = "pip compile --universal --python-version 3.11 --only-binary :all: --quiet --no-header"
_LOOK = "--no-emit-index-url --annotation-style line"


def write() -> None:
    """Both files. Raises SystemExit in words where a platform would be left without a wheel."""
    run, test = _resolved(RUN), _resolved(TEST)
    wheels = _wheels([*run, *test])
    have = {pin.name for pin in run}
    _write(RUN, RUNS, run, wheels)
    _write(TEST, TESTS, [pin for pin in test if pin.name not in have], wheels, f"-r {RUN}.txt\n")


def _write(
    stem: str, what: str, found: list[Pin], wheels: dict[str, dict[str, str]], more: str = ""
) -> None:
    full = [_with_hashes(pin, wheels[pin.name]) for pin in found]
    reasons = {pin.name: pin.why for pin in pins(ROOT / f"{stem}.in")}
    direct = [replace(pin, why=reasons[pin.name]) for pin in full if pin.name in reasons]
    direct.sort(key=lambda pin: list(reasons).index(pin.name))
    newest = max(glibc(wheels[pin.name]) for pin in found)
    names = ", ".join(platform.name for platform in PLATFORMS)
    text = HEADER.format(stem=stem, what=what, platforms=names, glibc=newest) + more
    text += DIRECT + "".join(pin.lines() for pin in direct)
    text += INDIRECT + "".join(pin.lines() for pin in full if pin.name not in reasons)
    (ROOT / f"{stem}.txt").write_text(text, encoding="utf-8", newline="\n")


def _with_hashes(pin: Pin, wheels: dict[str, str]) -> Pin:
    """With the wheels for our platforms, and only if none of them is left out."""
    covered = {place for file in wheels for place in places(file)}
    lacking = [
        f"{platform.name} 3.{x}"
        for platform in PLATFORMS
        for x in PYTHONS
        if pin.applies(platform.surroundings(x)) and (platform.name, x) not in covered
    ]
    if lacking:
        raise SystemExit(f"{pin.name} {pin.version} has no wheel for {', '.join(lacking)}")
    return replace(pin, hashes=tuple(sorted(h for file, h in wheels.items() if places(file))))


# -- the resolver -----------------------------------------------------------------------------


def _resolved(stem: str) -> list[Pin]:
    """Every pin for this .in, `why` being whom it is for."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "found.txt"
        held = [pin for name in (RUN, TEST) for pin in pins(ROOT / f"{name}.txt")]
        result.write_text(_plain(held), encoding="utf-8")
        _ask(*_LOOK.split(), str(ROOT / f"{stem}.in"), "-o", str(result))
        lines = result.read_text(encoding="utf-8").splitlines()
        annotated = [f"# {_for_whom(line)}\n{line}\n" for line in lines if "==" in line]
        result.write_text("".join(annotated), encoding="utf-8")
        return pins(result)


def _for_whom(line: str) -> str:
    needing = line.partition("# via ")[2].split(", ")
    return "for " + ", ".join(name for name in needing if not name.startswith("-r "))


def _wheels(found: Iterable[Pin]) -> dict[str, dict[str, str]]:
    """Of each package its wheels' file names, and their hashes."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, result = Path(folder) / "wanted.in", Path(folder) / "pylock.toml"
        wanted.write_text(_plain({pin.name: pin for pin in found}.values()), encoding="utf-8")
        _ask("--format", "pylock.toml", str(wanted), "-o", str(result))
        packages = tomllib.loads(result.read_text(encoding="utf-8"))["packages"]
        return {package["name"]: dict(map(_wheel, package["wheels"])) for package in packages}


def _wheel(found: dict[str, Any]) -> tuple[str, str]:
    return found["url"].rpartition("/")[2], f"sha256:{found['hashes']['sha256']}"


def _plain(found: Iterable[Pin]) -> str:
    return "".join(replace(pin, hashes=()).lines() for pin in found)


def _ask(*words: str) -> None:
    resolver = shutil.which("uv")
    if not resolver:
        raise SystemExit("the resolver is missing: pip install uv")
    subprocess.run([resolver, *_OPTIONS.split(), *words], check=True, cwd=ROOT)
