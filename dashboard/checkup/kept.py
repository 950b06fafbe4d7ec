"""Is what was written down still there: the audit log, the import ledger, the last backup."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from dashboard import audit, witnesses
from dashboard.checkup import copies
from dashboard.checkup.model import Found, joined
from dashboard.errors import WorkspaceBusy
from dashboard.keeping import backups, daily, mailbox
from dashboard.keeping.asked import Asked
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import DATABASE, Manifest
from dashboard.text import Text
from dashboard.warehouse import REMEDY
from dashboard.workspaces import SCHOOL, Workspaces

WHOLE = Text("完好，共 {n} 条", "whole, {n} entries")
RESUMED = Text("；断电中断后继续 {n} 次", "; went on after a power cut {n} times")
TORN = Text(
    "；最后一条写到一半时断电，下次记录时会注明",
    "; the last was cut short by a power cut, the next one will say so",
)
CHANGED = Text(
    "第 {n} 条起与写入时不符，有人改动过；之前的 {before} 条完好。请保留文件并与备份比对",
    "from entry {n} on it is not as it was written: somebody changed it; the {before} before are"
    " whole. Keep the file and compare it with a backup",
)
CUT = Text(
    "第 {n} 条起被删去，有人截短过；之前的 {before} 条完好。请保留文件并与备份比对",
    "from entry {n} on it was cut off; the {before} before are whole. Keep the file and compare"
    " it with a backup",
)
HEADLESS = Text(
    "第 {before} 条之后缺少末尾标记（audit.head 曾被删除或改动），无法确定末尾是否完整",
    "after entry {before} its end mark (audit.head) was removed or changed, so that nobody can"
    " tell whether its end is whole",
)
_BROKEN = {"changed": CHANGED, "cut": CUT, "headless": HEADLESS}
NO_DATA = Text("还没有本校数据", "no data of the school yet")
AGREES = Text("数据与账本一致", "the data agrees with it")
AGREED = Text("逐表核对过，数据与账本一致", "every table was compared; the data agrees with it")
DIFFERS = Text("有 {n} 处不符。{first}{todo}", "{n} findings. {first} {todo}")
NEVER = Text(
    "有数据但还没有备份，请到“备份与恢复”立即备份",
    "there is data and no backup: make one on the page Backups",
)
DAMAGED = Text(
    "{when} 的备份不完整，请立即再备份一次",
    "the backup of {when} is damaged: back up again now",
)
NONE_WHOLE = Text(
    "{n} 份备份都不完整，一份也不能用来恢复，请立即再备份一次",
    "none of the {n} backups is whole, so nothing could be brought back: back up again now",
)
OTHERS = Text(
    "；另有 {n} 份不完整，不能用来恢复：{names}",
    "; {n} more are damaged and cannot be brought back: {names}",
)
LAST = Text("上次备份 {when}", "the last one is of {when}")
READ_BACK = Text("，已逐字节读回核对", ", and was read back byte by byte")
OLD = Text("，已超过 7 天，请再备份一次", ", more than 7 days ago: back up again")
AHEAD = Text(
    "；备份的日期 {when} 在将来，请核对电脑时间",
    "; the backup of {when} is dated in the future: check the computer's clock",
)
FAILED = Text("{when} 的自动备份没有完成：{why}", "the daily backup of {when} failed: {why}")
_OLD = timedelta(days=7)
_AHEAD = timedelta(days=1)
_BELIEVED = 60.0  # seconds
_verified: dict[Path, tuple[float, Found]] = {}  # what the audit log last came to, and when
_read_back: dict[Path, bool] = {}  # by folder, whether a backup was whole when it was last read
_NAMED = 6  # backups in one sentence


def audited(spaces: Workspaces, thorough: bool) -> Found:
    """The chain of hashes of the audit log, from its first line, and the backups' copies of it;
    believed for a minute.
    """
    now, known = time.monotonic(), _verified.get(spaces.data)
    if thorough or known is None or now - known[0] > _BELIEVED:
        _verified[spaces.data] = known = now, _chain(spaces.data)
    return known[1]


def _chain(data: Path) -> Found:
    found = audit.verify(data)
    if found.reason:
        return Found("bad", _BROKEN[found.reason].format(n=found.broken, before=found.count))
    if less := copies.missed(data, found.count):
        return less
    parts = [WHOLE.format(n=found.count)]
    parts += [RESUMED.format(n=found.resumed)] * bool(found.resumed) + [TORN] * found.torn
    return Found("ok", Text("".join(p.zh for p in parts), "".join(p.en for p in parts)))


def ledger(spaces: Workspaces, thorough: bool) -> Found:
    """The data against the import ledger: as it was found at the start, or table by table now."""
    if not has_data(spaces.data):
        return Found("ok", NO_DATA)
    lines = _doubts(spaces, thorough)
    if lines:
        return Found("bad", DIFFERS.format(n=len(lines), first=lines[0], todo=REMEDY))
    return Found("ok", AGREED if thorough else AGREES)


def _doubts(spaces: Workspaces, thorough: bool) -> Sequence[Text]:
    """Here, or by the server that holds the data."""
    try:
        school = spaces.warehouse(SCHOOL)
    except WorkspaceBusy as refusal:
        if refusal.code != "busy":
            raise
        return mailbox.ask(spaces.data, Asked("verify")).lines
    found = school.verify() if thorough else school.verified
    return () if found.whole else [finding.message for finding in found.findings]


def backup(spaces: Workspaces, thorough: bool) -> Found:
    """The backup made last; all of them read back where that is asked for."""
    every = backups.distinct(spaces.data)
    found = [one for one in every if one.manifest]
    if thorough:
        _read_back.update({one.folder: one.is_whole for one in found})
    newest = found[0] if found else None
    if newest is None or newest.manifest is None:
        return _none(spaces.data, every)
    made_at = newest.manifest.made_at
    when = f"{made_at:%Y-%m-%d %H:%M}"
    if _is_torn(newest):
        return Found("bad", DAMAGED.format(when=when))
    told = [LAST.format(when=when)] + [READ_BACK] * _read_back.get(newest.folder, False)
    if failure := daily.failure(spaces.data):
        at, why = failure
        return Found("doubt", FAILED.format(when=f"{at:%Y-%m-%d %H:%M}", why=why))
    if doubts := list(_doubtful(every, found, made_at)):
        return Found("doubt", joined([*told, *doubts]))
    return Found("ok", joined(told))


def _none(data: Path, every: Sequence[Backup]) -> Found:
    """Where no backup says what it is: there is none, or all of them are spoilt."""
    if torn := [one for one in every if _is_torn(one)]:
        return Found("bad", NONE_WHOLE.format(n=len(torn)))
    return Found("doubt", NEVER) if has_data(data) else Found("ok", NO_DATA)


def _doubtful(
    every: Sequence[Backup], found: Sequence[Backup], made_at: datetime
) -> Iterator[Text]:
    if torn := [one.name for one in every if _is_torn(one)]:
        names = ", ".join(torn[:_NAMED]) + (" …" if len(torn) > _NAMED else "")
        yield OTHERS.format(n=len(torn), names=names)
    if ahead := _ahead(found):
        yield AHEAD.format(when=f"{ahead:%Y-%m-%d %H:%M}")
    elif datetime.now() - made_at > _OLD:
        yield OLD


def _is_torn(one: Backup) -> bool:
    """One of a later program is only one that this cannot read."""
    if one.manifest is None:
        return not Manifest.is_newer(one.folder)
    return not one.looks_whole or _read_back.get(one.folder) is False


def _ahead(found: Sequence[Backup]) -> datetime | None:
    """A day still to come: of the backup made last, or of most of them, where the clock is behind.
    Of few it was a wrong clock's that was put right since.
    """
    days = [one.manifest.made_at for one in found if one.manifest]
    ahead = [day for day in days if day - datetime.now() > _AHEAD]
    return ahead[0] if ahead and (ahead[0] == days[0] or 2 * len(ahead) > len(days)) else None


def has_data(data: Path) -> bool:
    """Whether the school has a database of its own, or ever had one."""
    there = (data / SCHOOL / DATABASE).exists() or backups.distinct(data)
    return bool(there) or witnesses.noted(data)
