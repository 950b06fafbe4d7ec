"""What else knows of the school's imports: the audit log, and the newest backup.

The ledger lies beside the database and goes with it: when `school/` is deleted, or an older copy is
put in its place, both agree. These lie outside it. A restore, or a decision to go on, explains all
that they knew before; a log that is lost, or another computer's, knows nothing and says nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard import audit
from dashboard.errors import WorkspaceBusy
from dashboard.text import Text
from dashboard.warehouse import Finding
from dashboard.warehouse.bookkeeping import Held
from dashboard.warehouse.ledger import Line, Told

LOG = Text("操作记录", "the audit log")
BACKUP = Text("备份 {name} ", "the backup {name}")
MISSING = Text(
    "{where}里有第 {ids} 次导入（最近一次 {when}），数据库和导入账本里却没有："
    "数据文件夹里的 school 可能被删除，或被换成了旧的。",
    "Import {ids} (the last of {when}) is known to {where}, and neither to the database nor to its"
    " ledger: the folder school in the data folder may have been deleted, or replaced by an older"
    " one.",
)
STANDS_AGAIN = Text(
    "{where}里第 {ids} 次导入已经撤销（最近一次 {when}），数据库里却还在："
    "数据文件夹里的 school 可能被换成了旧的。",
    "Import {ids} was undone (the last on {when}), as {where} knows, and is in the database again:"
    " the folder school in the data folder may have been replaced by an older one.",
)
_NAMED = 12  # numbers of imports in one sentence

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """An import as somebody else knows it; `imported_at` where it is known to the microsecond."""

    where: Text
    import_id: int
    at: datetime
    undone: bool = False
    imported_at: datetime | None = None


def findings(data: Path, told: Told, held: Held) -> Iterator[Finding]:
    """What the audit log or the newest backup knows, and the database does not hold. What the
    ledger knows, too, it tells by itself.
    """
    anew = _anew(told.lines)
    ledger = {number for line in told.lines if line.what == "done" for number in line.imports}
    seen: set[int] = set()
    for known in (_noted(data, anew), _backed_up(data, anew)):
        left = [one for one in known if one.import_id not in seen]
        gone = [one for one in left if _is_gone(one, held, ledger)]
        again = [one for one in left if one.undone and _stands(one, held)]
        for words, found in ((MISSING, gone), (STANDS_AGAIN, again)):
            if found:
                yield _told(words, found)
        seen |= {one.import_id for one in (*gone, *again)}


def _anew(lines: Sequence[Line]) -> Line | None:
    """The last time that somebody decided what counts."""
    kinds = ("restored", "went_on")
    found = (line for line in reversed(lines) if line.what == "done" and line.kind in kinds)
    return next(found, None)


def _is_gone(one: Known, held: Held, ledger: set[int]) -> bool:
    if one.import_id not in held:
        return one.import_id not in ledger
    return one.imported_at not in (None, held[one.import_id][0])


def _stands(one: Known, held: Held) -> bool:
    """Whether it is there, and not undone."""
    return one.import_id in held and held[one.import_id][1] is None


def _told(words: Text, found: Sequence[Known]) -> Finding:
    numbers = sorted({one.import_id for one in found})
    ids = ", ".join(f"#{number}" for number in numbers[-_NAMED:])
    last = max(one.at for one in found)
    said = words.format(
        where=found[0].where,
        ids=f"… {ids}" if len(numbers) > _NAMED else ids,
        when=f"{last:%Y-%m-%d %H:%M}",
    )
    return Finding("missing", said, imports=tuple(numbers))


# -- the audit log ------------------------------------------------------------------------------


def _noted(data: Path, anew: Line | None) -> list[Known]:
    """Since the last restore or decision, by the log's own order and by the ledger's time."""
    known: dict[int, Known] = {}
    for entry in _entries(data):
        number, at = entry.facts.get("import_id"), entry.at.astimezone().replace(tzinfo=None)
        if entry.act == "restored":
            known.clear()
        elif isinstance(number, int) and (anew is None or at >= anew.at):
            known[number] = Known(LOG, number, at, entry.act == "undone")
    return list(known.values())


def _entries(data: Path) -> list[audit.Entry]:
    try:
        return audit.entries(data, None, "imported", "undone", "restored")
    except WorkspaceBusy as failure:
        log.error("the audit log cannot be read: %s", failure.code)
        return []


def noted(data: Path) -> bool:
    """Whether the audit log knows of any import."""
    return bool(_noted(data, None))


# -- the backups --------------------------------------------------------------------------------


def _backed_up(data: Path, anew: Line | None) -> list[Known]:
    """What the newest backup holds, unless it is from before the last restore or decision."""
    places = sorted(data.glob("backups/school/*/*/manifest.json"), key=lambda p: p.parent.name)
    for place in reversed(places):
        try:
            told = json.loads(place.read_text(encoding="utf-8"))
            made_at, moment = datetime.fromisoformat(told["made_at"]), told["moment"]
            if anew and (made_at <= anew.at or moment["version"] < anew.version):
                return []
            where = BACKUP.format(name=place.parent.name)
            return [_brief(where, one) for one in moment["imports"]]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue  # `verify` tells of a damaged backup
    return []


def _brief(where: Text, one: Mapping[str, Any]) -> Known:
    at = datetime.fromisoformat(one["at"])
    return Known(where, int(one["import_id"]), at, bool(one["undone"]), at)
