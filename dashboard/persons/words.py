"""What is said of one person: who they are, what a deletion takes, and what it did."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.contracts import DATASETS
from dashboard.persons.erasing import Deletion
from dashboard.persons.finding import Bearer
from dashboard.text import Text, day, same
from dashboard.warehouse.erasing import Mention

OTHERS = Text("工号相同、姓名不同", "same number, another name")
NO_NUMBER, NO_DEPARTMENT = Text("无工号", "no number"), Text("未写部门", "no department")
ONLY_NAMED = Text("只在账目等处提到", "only named in the books")
ROWS = Text("{label} {n} 行", "{label}: {n}")
NEWEST = Text("最近名册 {day}", "latest roster {day}")
GO = Text("删除这些行：{rows}。", "These rows go: {rows}.")
STAY = Text(
    "账目和提案要留存的行不删，其中的姓名改为“已删除人员”加编号，金额不变。",
    "Rows that must stay for the books keep their amounts; the name in them becomes"
    " 已删除人员 and a number.",
)
CHANGES = Text(
    "过去各期的人数、参与人次等会按少 {n} 人重算，已经打印的材料与看板将不一致。",
    "Figures of past periods are counted without {n} person from then on; printed papers differ.",
)
BACKUPS = Text(
    "{n} 份备份逐份重写，撤销以前的导入也不会带回此人。",
    "{n} backups are rewritten one by one; undoing an import brings nobody back.",
)
BEYOND = Text(
    "够不到的：下载走的备份和存档、导出的文件、U 盘、原来的表格。请自行清理。",
    "Out of reach: backups and archives that were taken away, exported files, sticks, the original"
    " spreadsheets. See to them yourself.",
)
DONE = Text(
    "已删除 {removed} 行，改写 {unnamed} 行，重写 {backups} 份备份。",
    "{removed} rows deleted, {unnamed} changed, {backups} backups rewritten.",
)
REMOVED = Text("移除了备份：{names}。", "Backups removed: {names}.")
CLEAN = Text(
    "已逐字节查过数据文件夹，没有此姓名。",
    "The data folder was searched byte by byte: the name is not there.",
)
TRACES = Text(
    "这些文件里仍有此姓名，请检查：{files}。",
    "The name still stands in these files: {files}. See to them.",
)


def line(one: Bearer) -> Text:
    """Who it is, as the registers tell them apart."""
    counts = [ROWS.format(label=DATASETS[name].label, n=n) for name, n in one.counts.items()]
    parts = [
        same(one.name),
        same(one.number) if one.number else NO_NUMBER,
        _listed([same(name) for name in one.departments]) if one.departments else NO_DEPARTMENT,
        *([NEWEST.format(day=day(one.last))] if one.last else []),
        _listed(counts) if counts else ONLY_NAMED,
    ]
    return Text(*(" · ".join(part(lang) for part in parts) for lang in ("zh", "en")))


def going(chosen: Sequence[Bearer], backups: int) -> tuple[Text, ...]:
    """What a deletion takes, leaves and cannot reach; said before it is done."""
    counts: dict[str, int] = {}
    for bearer in chosen:
        for name, count in bearer.counts.items():
            counts[name] = counts.get(name, 0) + count
    rows = [ROWS.format(label=DATASETS[name].label, n=n) for name, n in counts.items()]
    go = [GO.format(rows=_listed(rows))] if rows else []
    return (*go, STAY, CHANGES.format(n=1), BACKUPS.format(n=backups), BEYOND)


def sides(one: Mention) -> tuple[str, str]:
    """The words of a row that names somebody, as they are and as they would be."""
    pairs = [pair for name, pair in one.words.items() if name != "raw"]
    now, then = (dict.fromkeys(pair[side] for pair in pairs) for side in (0, 1))
    return "；".join(now), "；".join(then)


def _listed(parts: Sequence[Text]) -> Text:
    return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def done(did: Deletion, *, searched: bool) -> list[Text]:
    """What was done, and what a look at every byte found."""
    counts = {"removed": sum(did.erased.removed.values()), "backups": did.backups}
    said = [DONE.format(unnamed=sum(did.erased.unnamed.values()), **counts)]
    if did.gone:
        said.append(REMOVED.format(names="、".join(name for name, _ in did.gone)))
    if did.traces:
        said.append(TRACES.format(files="、".join(did.traces)))
    elif searched:
        said.append(CLEAN)
    return [*said, *did.remarks]
