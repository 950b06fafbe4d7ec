"""What the audit log is told of imports, undos, settings and exports: numbers and codes, no names.

What was done stands, whether it can be noted or not (a full disk; the import ledger has it, too).
What lets names be seen is noted before, and is not done where it cannot be.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dashboard import audit
from dashboard.audit import Act, Fact
from dashboard.errors import WorkspaceBusy
from dashboard.ingest import Stored
from dashboard.school import Section
from dashboard.warehouse import Disclosure, Import, Warehouse

log = logging.getLogger(__name__)


def imported(folder: Path, who: str, stored: Stored) -> None:
    """One entry an import; the registers by name, the rows by count."""
    rows: dict[str, Fact] = {
        name: sum(getattr(sheet, name) for sheet in stored.sheets)
        for name in ("added", "changed", "removed", "rejected")
    }
    registers = _listed(sorted({sheet.dataset for sheet in stored.sheets}))
    number, sheets = stored.import_id, len(stored.sheets)
    _note(folder, "imported", who, import_id=number, sheets=sheets, registers=registers, **rows)


def undone(folder: Path, who: str, imports: Sequence[Import]) -> None:
    """One entry for each import that was taken back."""
    for found in imports:
        _note(folder, "undone", who, import_id=found.import_id)


def set_anew(folder: Path, who: str, section: Section, workspace: str) -> None:
    _note(folder, "settings_changed", who, section=section, workspace=workspace)


def exported(folder: Path, who: str, kind: str, pages: str, *, names: bool) -> None:
    """A file for a meeting, once it is made."""
    _note(folder, "exported", who, kind=kind, names=int(names), **audit.shown(f"pages={pages}"))


def unmasked(folder: Path, who: str, place: str, view: str, workspace: str) -> None:
    """Names are about to be seen: on the wall, or in a file of that kind. Raises WorkspaceBusy
    where that cannot be noted; then they must not be.
    """
    audit.note(folder, "unmasked", who, place=place, workspace=workspace, **audit.shown(view))


def unmaskings(folder: Path, warehouse: Warehouse, workspace: str) -> list[Disclosure]:
    """Every time names were let be seen, the latest first: by the log, and by the table in which
    it was kept before there was one. Times are this computer's.
    """
    noted = [
        Disclosure(_here(entry.at), entry.who, str(entry.facts.get("place", "")), _view(entry))
        for entry in audit.entries(folder, None, "unmasked")
        if entry.facts.get("workspace") == workspace
    ]
    return [*reversed(noted), *warehouse.disclosures()]


def _view(entry: audit.Entry) -> str:
    names = ("pages", "period", "view")
    return "&".join(f"{name}={entry.facts[name]}" for name in names if name in entry.facts)


def _here(at: datetime) -> datetime:
    return at.astimezone().replace(tzinfo=None)


def _listed(names: Sequence[str]) -> str:
    """As many as a fact has room for."""
    whole = ",".join(names)
    return whole if len(whole) <= 64 else f"{len(names)}:{audit.digest(whole)}"


def _note(folder: Path, act: Act, who: str, **facts: Fact) -> None:
    try:
        audit.note(folder, act, who, **facts)
    except WorkspaceBusy as failure:
        log.error("a deed was not noted: %s %s %s", act, who, failure.code)
