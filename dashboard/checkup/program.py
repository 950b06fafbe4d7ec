"""What runs here, and of which day the data is."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version

from dashboard.contracts import DATASETS
from dashboard.settings import ROOT, VERSION
from dashboard.text import Text, same
from dashboard.warehouse import Import

_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Register:
    """When a register was last imported, and of which day it is."""

    label: Text
    imported_at: datetime
    as_of: date | None


def versions() -> list[tuple[Text, str]]:
    """Our own, with the digest of the very files that run; and what it stands on."""
    return [
        (Text("看板", "Dashboard"), f"{VERSION} ({_digest()})"),
        *((same(name), version(name.lower())) for name in ("DuckDB", "Streamlit")),
        (same("Python"), f"{platform.python_version()}, {platform.system()}"),
    ]


@cache
def _digest() -> str:
    """Two computers that show the same one run the same program."""
    whole = hashlib.sha256()
    for folder in ("dashboard", "pages", "queries"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".sql", ".typ"):
                whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:_DIGITS]


def registers(imports: list[Import]) -> list[Register]:
    """When each register was last imported, and its newest day whichever import brought that; in
    the order of the contracts.
    """
    standing = [one for one in imports if one.undone_at is None]
    return [found for name in DATASETS if (found := _register(name, standing))]


def _register(name: str, imports: list[Import]) -> Register | None:
    sheets = [(one, sheet) for one in imports for sheet in one.sheets if sheet.dataset == name]
    if not sheets:
        return None
    days = [sheet.as_of for _, sheet in sheets if sheet.as_of]
    imported_at = max(one.imported_at for one, _ in sheets)
    return Register(DATASETS[name].label, imported_at, max(days, default=None))
