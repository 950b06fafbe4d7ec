"""Does the audit log still hold what it held when the backups were made.

A log only grows: what it was then is how it begins today. How many bytes that was, and their
sha256, stands in the manifests, so no copy has to be read, and the log once for all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dashboard import audit, deeds
from dashboard.audit import Entry
from dashboard.checkup.model import Found
from dashboard.keeping import backups
from dashboard.keeping.backups import Backup
from dashboard.keeping.disk import digest
from dashboard.keeping.manifest import AUDIT, LEDGER, File
from dashboard.keeping.rotation import name_of
from dashboard.text import Text
from dashboard.warehouse.ledger import Ledger
from dashboard.workspaces import SCHOOL

REPLACED = Text(
    "与 {when} 的备份不符：那时有 {n} 条，最后一条已不在现在的记录里，有人换成较早的副本或重写过。"
    "请保留现在的 audit.jsonl 和 audit.head，并与 {place} 里的 audit.jsonl 比对",
    "it does not agree with the backup of {when}: the last of its {n} entries is in it no more;"
    " somebody put an older copy in its place, or wrote it anew. Keep audit.jsonl and audit.head,"
    " and compare them with audit.jsonl in {place}",
)
ANEW = Text(
    "从头开始过：{when} 的备份里的 {n} 条不在现在的记录里。如果数据不是从别的电脑搬来的，"
    "就是有人删去了原来的记录。请保留 {place} 里的 audit.jsonl，原来的记录在那里",
    "it was begun anew: the {n} entries in the backup of {when} are not in it. Unless the data came"
    " from another computer, somebody removed what was there. Keep audit.jsonl in {place}, where"
    " they are",
)
MISSING = Text(
    "不见了：{when} 的备份里有 {n} 条，现在一条也没有，有人删去了它。"
    "请保留 {place} 里的 audit.jsonl，原来的记录在那里",
    "it is gone: the backup of {when} holds {n} entries, and now there is none; somebody removed"
    " it. Keep audit.jsonl in {place}, where they are",
)
EMPTY = Text(
    "没有任何记录，而导入账本里有 {n} 次操作：记录被删去了，或没有写成。"
    "下次打开数据时会补记做过什么，但不再知道是谁",
    "it holds nothing, and the import ledger {n} deeds: it was removed, or could not be written."
    " What was done is noted again when the data is next opened; by whom is not known any more",
)
UNNOTED = Text(
    "完好，共 {n} 条，但没有记下 {when} 的备份：那时程序中断过，或有人换成了较早的副本。"
    "请看一看此后做过的事是否都在记录里",
    "whole, {n} entries, but the backup of {when} is not noted in it: the program was interrupted"
    " then, or an older copy was put in its place. See whether what was done since stands in it",
)
_PIECE = 1 << 20


def missed(data: Path, count: int) -> Found | None:
    """What the log of so many entries, each tied to the one before, lacks all the same."""
    found = _copies(data)
    begins = _beginnings(data / AUDIT, (file.bytes for _, file in found))
    lost = [backup for backup, file in found if begins.get(file.bytes) != file.sha256]
    told = (_told(data, backup, count) for backup in lost)
    if words := next((words for words in told if words), None):
        return Found("bad", words)
    if words := _unnoted(data, [one for one, _ in found if one not in lost], count):
        return Found("doubt", words)
    done = 0 if count else len(deeds.done(Ledger(data / SCHOOL / LEDGER).told().lines))
    return Found("doubt", EMPTY.format(n=done)) if done else None


def _unnoted(data: Path, own: list[Backup], count: int) -> Text | None:
    """The newest backup of this very log, which is noted once it is made, is not."""
    made = ((one.name, one.manifest) for one in own)
    noting = ((name, told) for name, told in made if told and told.why in ("daily", "by_hand"))
    name, told = next(noting, ("", None))
    noted = {entry.facts.get("backup") for entry in audit.entries(data, None, "backed_up")}
    if told is None or name in noted:
        return None
    return UNNOTED.format(n=count, when=f"{told.made_at:%Y-%m-%d %H:%M}")


def _copies(data: Path) -> list[tuple[Backup, File]]:
    """The backups that have a copy, the newest first."""
    told = ((one, one.manifest) for one in backups.distinct(data) if one.looks_whole)
    held = ((one, manifest.files.get(AUDIT)) for one, manifest in told if manifest)
    return [(one, file) for one, file in held if file and file.bytes]


def _beginnings(log: Path, sizes: Iterable[int]) -> dict[int, str]:
    """The sha256 of the first so many bytes; of what the log is too short for there is none."""
    found, whole, at = dict[int, str](), hashlib.sha256(), 0
    with suppress(FileNotFoundError), log.open("rb") as file:
        for size in sorted(set(sizes)):
            while piece := file.read(min(_PIECE, size - at)):
                whole.update(piece)
                at += len(piece)
            if at == size:
                found[size] = whole.hexdigest()
    return found


def _told(data: Path, backup: Backup, count: int) -> Text | None:
    """What is lost of a copy; None where the copy itself is none, or came from elsewhere."""
    manifest, then = backup.manifest, audit.entries(backup.folder)
    if not then or not manifest or digest(backup.folder / AUDIT) != manifest.files[AUDIT].sha256:
        return None
    now = audit.entries(data)
    is_anew = bool(now) and now[0].hash != then[0].hash
    if is_anew and any(_restored(one) >= name_of(manifest.made_at) for one in now):
        return None
    words = MISSING if not count else ANEW if is_anew else REPLACED
    place = backup.folder.relative_to(data).as_posix()
    return words.format(when=f"{manifest.made_at:%Y-%m-%d %H:%M}", n=then[-1].n, place=place)


def _restored(entry: Entry) -> str:
    """Which backup was restored by it: what was brought along from another computer is no older
    state of this log.
    """
    return str(entry.facts.get("backup", "")) if entry.act == "restored" else ""
