"""What the audit log is told of imports, undos, settings and exports: numbers and codes, no names.

What was done stands, whether it can be noted or not (a full disk, a kill): of every change of the
data the ledger knows, and it is noted when the data is opened next. What lets names be seen is
noted before, and is not done where it cannot be.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard import audit
from dashboard.audit import Act, Fact
from dashboard.errors import WorkspaceBusy
from dashboard.ingest import Stored
from dashboard.school import Section
from dashboard.text import Text
from dashboard.warehouse import Disclosure, Import, Warehouse
from dashboard.warehouse.ledger import ANEW, Kind, Ledger, Line

# What people do, as the ledger calls it, and as the log does.
_ACTS: dict[Kind, Act] = {
    "import": "imported",
    "undo": "undone",
    "settings": "settings_changed",
    "corrected": "person_corrected",
    "erased": "person_deleted",
    "allowed": "person_allowed",
    "restored": "restored",
    "went_on": "restored",
}
_LATE = Text(
    "已完成，但没有记入操作记录（无法写入）；磁盘恢复后，下次启动看板会补记。",
    "It was done, but could not be entered in the audit log; that is made up for at the next start"
    " once the disk can be written again.",
)
_NEVER = Text(
    "已完成，但没有记入操作记录（无法写入）。请检查磁盘空间与文件夹权限。",
    "It was done, but could not be entered in the audit log. Check disk space and permissions.",
)
_ROUNDED = timedelta(milliseconds=1)  # the log's times are

log = logging.getLogger(__name__)


def imported(folder: Path, who: str, stored: Stored) -> None:
    """One entry an import; the registers by name, the rows by count."""
    rows: dict[str, Fact] = {
        name: sum(getattr(sheet, name) for sheet in stored.sheets)
        for name in ("added", "changed", "removed", "rejected")
    }
    registers = _listed(sheet.dataset for sheet in stored.sheets)
    number, sheets = stored.import_id, len(stored.sheets)
    noted(folder, "imported", who, import_id=number, sheets=sheets, registers=registers, **rows)


def undone(folder: Path, who: str, imports: Sequence[Import]) -> None:
    """One entry for each import that was taken back."""
    for found in imports:
        noted(folder, "undone", who, import_id=found.import_id)


def caught_up(folder: Path, workspace: str, ledger: Ledger, warehouse: Warehouse) -> None:
    """What was committed and never noted, noted now and marked so; once.

    Since the ledger last began anew: what a restore brought along was noted where it was done. A
    log that was begun later, or was lost, is told of everything since then: no deed is left out.
    Who did it the ledger does not know. To be called before anybody can import.
    """
    try:
        _catch_up(folder, workspace, ledger.told().lines, warehouse)
    except WorkspaceBusy as failure:
        log.error("deeds may be missing from the audit log: %s", failure.code)


def done(lines: Sequence[Line]) -> list[Line]:
    """What people did since the ledger last began anew: the log tells of each."""
    since = lines[_begun(lines) :]
    return [line for line in since if line.what == "done" and line.kind in _ACTS]


def _begun(lines: Sequence[Line]) -> int:
    return max((n for n, line in enumerate(lines) if line.kind in ANEW), default=0)


def _catch_up(folder: Path, workspace: str, lines: Sequence[Line], warehouse: Warehouse) -> None:
    deeds = done(lines)
    if not deeds:
        return
    first = lines[_begun(lines)]
    known = _noted(folder, workspace, first)
    for act in dict.fromkeys(_ACTS.values()):
        entries = [entry for entry in known if entry.act == act]
        told = [line for line in deeds if _ACTS[line.kind] == act]
        late = _undos if act == "undone" else _imports if act == "imported" else _others
        for at, facts in late(told, entries, first, warehouse):
            noted(folder, act, "unknown", **_late(at, first), **facts)


def _imports(
    lines: Sequence[Line], noted: Sequence[audit.Entry], *_: object
) -> Iterator[tuple[datetime, dict[str, Fact]]]:
    numbers = {entry.facts.get("import_id") for entry in noted}
    for line in lines:
        if not numbers.issuperset(line.imports):
            yield line.at, _facts(line)


def _undos(
    lines: Sequence[Line], noted: Sequence[audit.Entry], first: Line, warehouse: Warehouse
) -> Iterator[tuple[datetime, dict[str, Fact]]]:
    """One deed may have taken back several, as the history knows."""
    numbers = {entry.facts.get("import_id") for entry in noted}
    for found in reversed(warehouse.history() if lines else []):
        at = found.undone_at
        if at and at >= first.at and found.import_id not in numbers:
            yield at, {"import_id": found.import_id}


def _others(
    lines: Sequence[Line], noted: Sequence[audit.Entry], *_: object
) -> Iterator[tuple[datetime, dict[str, Fact]]]:
    """Without a number: each entry tells of the last line before it that no other tells of; of
    any, where the clock was set back.
    """
    left = list(lines)
    for entry in noted:
        before = [line for line in left if line.at.astimezone(UTC) < entry.at + _ROUNDED]
        if left:
            left.remove((before or left)[-1])
    return ((line.at, {}) for line in left)


def _noted(folder: Path, workspace: str, first: Line) -> list[audit.Entry]:
    """Its deeds since then; what was noted late says itself since when, whatever the clock has
    been set to.
    """
    return [
        entry
        for entry in audit.entries(folder, None, *_ACTS.values())
        if entry.facts.get("workspace", workspace) == workspace
        and (entry.at >= first.at.astimezone(UTC) or entry.facts.get("ledger") == first.serial)
    ]


def _late(at: datetime, first: Line) -> dict[str, Fact]:
    """When it was done; and by which beginning of the ledger it is known again."""
    done = f"{at.astimezone(UTC):%Y-%m-%dt%H:%Mz}"
    return {"noted": "late", "done": done, "ledger": first.serial}


def _facts(line: Line) -> dict[str, Fact]:
    rows: dict[str, Fact] = {
        name: sum(getattr(sheet, name) for sheet in line.sheets)
        for name in ("added", "changed", "removed")
    }
    known: dict[str, Fact] = {"import_id": line.imports[0], "sheets": len(line.sheets)}
    return known | {"registers": _listed(line.registers)} | rows


def set_anew(folder: Path, who: str, section: Section, workspace: str) -> None:
    noted(folder, "settings_changed", who, section=section, workspace=workspace)


def exported(folder: Path, who: str, kind: str, pages: str, *, names: bool) -> None:
    """A file for a meeting, once it is made."""
    noted(folder, "exported", who, kind=kind, names=int(names), **audit.shown(f"pages={pages}"))


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


def _listed(names: Iterable[str]) -> str:
    """Each once, as many as a fact has room for."""
    each = sorted(set(names))
    whole = ",".join(each)
    return whole if len(whole) <= 64 else f"{len(each)}:{audit.digest(whole)}"


def noted(folder: Path, act: Act, who: str, **facts: Fact) -> tuple[Text, ...]:
    """A deed that stands; answers what is to be told beside it: nothing where it could be noted."""
    try:
        audit.note(folder, act, who, **facts)
    except WorkspaceBusy as failure:
        log.error("a deed was not noted: %s %s %s", act, who, failure.code)
        return (_LATE if act in _ACTS.values() else _NEVER,)
    return ()
