"""docs/sbom.cdx.json: the parts of what runs, in CycloneDX 1.6. Made where all are installed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.supply.bundled import Part, parts
from deploy.supply.pins import ROOT, Pin, pins

BILL = ROOT / "docs" / "sbom.cdx.json"

# Where a package says its licence in words of its own.
_IN_WORDS = {
    "altair": "BSD-3-Clause",
    "duckdb": "MIT",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "opencc": "Apache-2.0",
    "pathspec": "MPL-2.0",
    "protobuf": "BSD-3-Clause",
    "pydeck": "Apache-2.0",
    "sortedcontainers": "Apache-2.0",
}
_SPDX = re.compile(r"[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*")


@dataclass(frozen=True, slots=True)
class Component:
    """A package: its pin, its licence as an SPDX expression, the packages it needs."""

    pin: Pin
    licence: str
    needs: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.pin.name}@{self.pin.version}"


def components(stem: str = "requirements") -> list[Component]:
    """Those of a requirements file, by name."""
    found = sorted(pins(ROOT / f"{stem}.txt"), key=lambda pin: pin.name)
    names = {pin.name for pin in found}
    return [_component(pin, names) for pin in found]


def _component(pin: Pin, names: set[str]) -> Component:
    try:
        known = distribution(pin.name)
    except PackageNotFoundError:
        return Component(pin, _ELSEWHERE[pin.name])
    return Component(pin, licence(pin.name, known), _needs(known, names))


# What only Windows needs; the lists are made on Linux.
_ELSEWHERE = {"colorama": "BSD-3-Clause"}


def licence(name: str, known: Distribution) -> str:
    """An SPDX expression, by the package's own metadata; raises ValueError where it is none."""
    said = [known.metadata.get_all(field) for field in ("License-Expression", "License")]
    found = _IN_WORDS.get(name, next((words[0] for words in said if words), ""))
    if not _SPDX.fullmatch(found):
        raise ValueError(f"{name}: its licence is told in words, write it down: {found[:60]!r}")
    return found


def _needs(known: Distribution, names: set[str]) -> tuple[str, ...]:
    """By the metadata, whatever computer it is for; extras only where they came along."""
    wanted = map(Requirement, known.requires or ())
    plain = {canonicalize_name(need.name) for need in wanted if "extra" not in str(need.marker)}
    return tuple(sorted(plain & names))


# -- the document -----------------------------------------------------------------------------


def document() -> dict[str, Any]:
    """CycloneDX 1.6, without a serial number or a time: it says what is pinned, not when."""
    found = components()
    direct = {pin.name for pin in pins(ROOT / "requirements.in")}
    root = {"type": "application", "bom-ref": "union-dashboard", "name": "union-dashboard"}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [_package(one) for one in found],
        "dependencies": [_direct(found, direct), *(_dependency(one, found) for one in found)],
    }


def _package(one: Component) -> dict[str, Any]:
    inside = [_part(part) for part in parts() if part.inside == one.pin.name]
    said: dict[str, Any] = {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.pin.name,
        "version": one.pin.version,
        "purl": one.purl,
        "licenses": [{"expression": one.licence}],
        "properties": _properties(one.pin),
    }
    return said | ({"components": inside} if inside else {})


def _properties(pin: Pin) -> list[dict[str, str]]:
    """The wheels accepted: one hash a file, for a component's own hashes would mean one file."""
    marker = [{"name": "pip:marker", "value": pin.marker}] if pin.marker else []
    return marker + [{"name": "pip:wheel", "value": found} for found in pin.hashes]


def _part(part: Part) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"{part.inside}#{part.name}",
        "name": part.name,
        "description": part.note,
        "licenses": [{"expression": part.licence}],
    }
    return said | ({"version": part.version} if part.version else {})


def _direct(found: list[Component], names: set[str]) -> dict[str, Any]:
    wanted = [one.purl for one in found if one.pin.name in names]
    return {"ref": "union-dashboard", "dependsOn": wanted}


def _dependency(one: Component, found: list[Component]) -> dict[str, Any]:
    return {"ref": one.purl, "dependsOn": [o.purl for o in found if o.pin.name in one.needs]}


def text() -> str:
    """The document as it lies in docs/."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def write(file: Path = BILL) -> None:
    file.write_text(text(), encoding="utf-8", newline="\n")
