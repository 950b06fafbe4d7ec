"""What was backed up, would be restored, was restored: on a page and in a command alike."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError
from dashboard.keeping import backups
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import ACCOUNTS, AUDIT, WHY, Brief
from dashboard.keeping.restoring import Change, Preview, Restored
from dashboard.keeping.rotation import Kind
from dashboard.text import DASH, Text, number

KINDS: dict[Kind, Text] = {
    "daily": Text("每日", "daily"),
    "weekly": Text("每周", "weekly"),
    "monthly": Text("每月", "monthly"),
    "by_hand": Text("手动", "by hand"),
    "before": Text("恢复或删除之前", "before a restore or deletion"),
}
MADE = Text(
    "已备份 {name}：{imports} 次导入，{rows} 行，{size}。已读回核对，与原数据一致。",
    "Backed up as {name}: imports {imports}, rows {rows}, {size}. Read back: it is whole.",
)
_LINE = Text(
    "{name}　{why}　{imports} 次导入　{size}　{state}",
    "{name}  {why}  imports: {imports}  {size}  {state}",
)
WHOLE, TORN = Text("完好", "whole"), Text("不完整", "damaged")
NONE = Text("还没有备份。", "There is no backup yet.")
_OF = Text(
    "{when} 的备份（{why}）：{school}，{imports} 次导入",
    "The backup of {when} ({why}): {school}, imports: {imports}",
)
NO_NAME = Text("未填校名", "a school without a name")
_NOW = Text("现在：{school}，{imports} 次导入", "Now: {school}, imports: {imports}")
BROKEN = Text(
    "现在的数据文件已损坏，无法读取；恢复时会另存一旁，不会删除。",
    "The data file of today is damaged and cannot be read; it will be set aside, not deleted.",
)
OTHER_SCHOOL = Text(
    "注意：备份的校名“{then}”与现在的“{now}”不同，设置也会换成备份里的。",
    "Note: the backup is of “{then}”, not of “{now}”; the settings become the backup's, too.",
)
OTHER_SETTINGS = Text(
    "设置与现在不同，会换成备份里的。",
    "The settings differ from those of now; they become the backup's.",
)
APART = Text(
    "账号和操作记录不随备份恢复，保持现在的样子：停用的账号不会复活，记录不会倒退。"
    "换了电脑请重新建立账号；备份里留有副本。",
    "Accounts and the audit log do not come back with it; they stay as they are now, so that no"
    " removed account returns and no record is rewound. On another computer make the accounts"
    " anew; copies lie in the backup.",
)
DELETED = Text(
    "此备份之后删除过 {count} 人：备份里若还有，恢复时一并删去，不会回来"
    "（下列行数是备份原有的，含这些人）。",
    "People deleted since that backup: {count}. Whoever of them is still in it is deleted from it"
    " on the way in, and does not come back (the rows below are the backup's, with them).",
)
RETURNING = Text(
    "注意：操作记录里，此备份之后有 {count} 次删除个人信息；现在的数据读不出来，无法再次删去。"
    "备份里若还有这些人，恢复后会回来：请恢复后到“个人信息”再删除。",
    "Note: personal data was deleted since that backup, entries in the audit log: {count}. The data"
    " of today cannot be read, so nobody can say who they were. Whoever of them is still in the"
    " backup comes back: delete them once more on the page Personal data.",
)
_GONE = Text("恢复后将没有：{brief}", "Gone after it: {brief}")
_BACK = Text("恢复后重新出现：{brief}", "Back after it: {brief}")
BRIEF = Text("第 {n} 次导入，{when}，{rows}", "import {n}, {when}, {rows}")
_ROWS = Text("{register} {rows} 行", "{register} {rows} rows")
_CHANGE = Text("{register}：{now} 行 → {then} 行{sums}", "{register}: rows {now} → {then}{sums}")
_SUM = Text("，{field} {now} → {then}", ", {field} {now} → {then}")
NOTHING = Text("登记簿的内容与现在相同。", "The registers are the same as now.")
RESTORED = Text(
    "已恢复到 {when} 的备份，读回核对一致。",
    "Restored to the backup of {when}; read back, it is the same.",
)
_KEPT = Text("恢复之前的数据已备份为 {name}。", "What was there before is kept as {name}.")
_ASIDE = Text("损坏的文件另存为 {name}。", "The damaged file is kept as {name}.")
ARCHIVED = Text(
    "长期存档已写入 {place}：{tables} 张表，{rows} 行。",
    "The archive is in {place}: {tables} tables, {rows} rows.",
)

_NEWEST = Text(
    "{told}最近一份看来完好的备份是 {when} 的，名为 {name}。",
    "{told} The newest backup that looks whole is {name}, of {when}.",
)
_NO_WHOLE = Text(
    "{told}但没有看来完好的备份：请保留这个文件，交给维护人员。",
    "{told} But no backup looks whole: keep the file, and ask whoever maintains the dashboard.",
)

_NEVER_SUMMED = frozenset(("balance", "dues_base"))  # their sums say nothing


def size(count: int) -> str:
    """Bytes as people say them."""
    if count >= 2**30:
        return f"{count / 2**30:.1f} GB"
    return f"{count / 2**20:.1f} MB" if count >= 2**20 // 10 else f"{count / 2**10:.0f} KB"


def made(backup: Backup) -> list[Text]:
    """That a backup was made, what is in it, and what else is to be told."""
    told = backup.manifest
    assert told is not None  # noqa: S101 - it was just made
    rows = sum(told.moment.tables[name].rows for name in DATASETS if name in told.moment.tables)
    said = MADE.format(
        name=backup.name,
        imports=len(told.moment.imports),
        rows=number(rows),
        size=size(told.bytes),
    )
    return [said, *backup.remarks]


def refused(refusal: DashboardError, data: Path) -> Text:
    """What a refusal says; of damaged data also which backup there is to bring back."""
    if refusal.code != "damaged_data":
        return refusal.message
    newest = next((one for one in backups.distinct(data) if one.looks_whole), None)
    if newest is None or newest.manifest is None:
        return _NO_WHOLE.format(told=refusal.message)
    when = f"{newest.manifest.made_at:%Y-%m-%d %H:%M}"
    return _NEWEST.format(told=refusal.message, when=when, name=newest.name)


def line(backup: Backup) -> Text:
    """A backup in a list."""
    told = backup.manifest
    return _LINE.format(
        name=backup.name,
        why=WHY[told.why] if told else DASH,
        imports=len(told.moment.imports) if told else DASH,
        size=size(told.bytes) if told else DASH,
        state=WHOLE if backup.is_whole else TORN,
    )


def preview(seen: Preview) -> list[Text]:
    """What a restore would bring, line by line."""
    then, now = seen.then, seen.now
    said = {"when": f"{seen.manifest.made_at:%Y-%m-%d %H:%M}", "why": WHY[seen.manifest.why]}
    lines = [_OF.format(school=then.school or NO_NAME, imports=len(then.imports), **said)]
    if now is None:
        lines.append(BROKEN)
    else:
        lines.append(_NOW.format(school=now.school or NO_NAME, imports=len(now.imports)))
        if now.school and now.school != then.school:
            lines.append(OTHER_SCHOOL.format(then=then.school or NO_NAME, now=now.school))
        if now.tables.get("settings") != then.tables.get("settings"):
            lines.append(OTHER_SETTINGS)
    if {ACCOUNTS, AUDIT} & seen.manifest.files.keys():
        lines.append(APART)
    if seen.deleted:
        lines.append((DELETED if now else RETURNING).format(count=seen.deleted))
    lines += [_GONE.format(brief=brief(one)) for one in seen.gone]
    lines += [_BACK.format(brief=brief(one)) for one in seen.back]
    changes = [change(one) for one in seen.changes if not one.is_none]
    return lines + (changes or [NOTHING])


def brief(found: Brief) -> Text:
    """An import: number, day, register and rows."""
    parts = [_ROWS.format(register=_label(name), rows=rows) for name, rows in found.rows.items()]
    rows = Text("、".join(p.zh for p in parts) or DASH, ", ".join(p.en for p in parts) or DASH)
    return BRIEF.format(n=found.import_id, when=f"{found.at:%Y-%m-%d %H:%M}", rows=rows)


def change(found: Change) -> Text:
    """A register's rows and sums, now and then."""
    now = number(found.now.rows) if found.now else DASH
    told = [_SUM.format(field=f, now=a, then=b) for f, a, b in sums(found)]
    words = Text("".join(t.zh for t in told), "".join(t.en for t in told))
    return _CHANGE.format(
        register=_label(found.register), now=now, then=number(found.then.rows), sums=words
    )


def sums(found: Change) -> list[tuple[Text, str, str]]:
    """The register's amounts that differ: field, now, then."""
    dataset = DATASETS[found.register]
    stored = dataset.stored().items()
    fields = [n for n, kind in stored if kind.startswith("DECIMAL") and n not in _NEVER_SUMMED]
    now = found.now.sums if found.now else {}
    pairs = [(field, now.get(field, DASH), found.then.sums.get(field, "0")) for field in fields]
    return [(dataset.label_of(f), _money(a), _money(b)) for f, a, b in pairs if a != b]


def _money(value: str) -> str:
    return number(Decimal(value), 2) if value != DASH else DASH


def restored(done: Restored) -> list[Text]:
    """That it was done, and where what was there before is."""
    lines = [RESTORED.format(when=f"{done.preview.manifest.made_at:%Y-%m-%d %H:%M}")]
    if done.kept:
        lines.append(_KEPT.format(name=done.kept.name))
    if done.broken:
        lines.append(_ASIDE.format(name=done.broken.name))
    return [*lines, *(done.kept.remarks if done.kept else ()), *done.remarks]


def _label(register: str) -> Text:
    return DATASETS[register].label if register in DATASETS else Text(register, register)
