"""The database against its ledger: all is well, or what is missing, named.

the same write, the same contents     all is well
the database one ahead, as begun      killed between commit and the line: the line is completed
the database behind                   every missing write is named
ahead otherwise, contents differ,     told
no ledger where there was one
a line torn or rotten                 told; it stands in nobody's way
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.contracts import DATASETS
from dashboard.schema import BEFORE
from dashboard.text import Text, number
from dashboard.warehouse.ledger import OVER, Kind, Line, Told
from dashboard.warehouse.states import EMPTY, State

Code = Literal["missing", "differs", "ahead", "lost", "torn", "rotten"]

_STANDS = frozenset({"torn", "rotten"})  # nothing of the data is in doubt
_KINDS: dict[Kind, Text] = {
    "import": Text("导入", "import"),
    "undo": Text("撤销导入", "undo"),
    "settings": Text("修改设置", "change of settings"),
    "mapping": Text("记住列对应", "remembered mapping"),
    "corrected": Text("更正个人信息", "correction of a person"),
    "erased": Text("删除个人信息", "deletion of a person"),
    "allowed": Text("重新允许导入个人", "permission to import a person again"),
    "restored": Text("恢复备份", "restored backup"),
    "went_on": Text("确认继续", "decision to go on"),
    "began": Text("开始记账", "beginning of the ledger"),
    "upgraded": Text("程序升级", "upgrade of the program"),
}
_ANOTHER = Text("其他修改", "another change")  # of another version of the program
_MISSING_IMPORT = Text(
    "数据库里缺少第 {ids} 次导入：{when}，{registers}，{rows} 行。",
    "Import {ids} is missing from the database: {when}, {registers}, {rows} rows.",
)
_MISSING = Text(
    "数据库里缺少一次操作：{when}，{kind}{ids}。",
    "A change is missing from the database: {when}, {kind}{ids}.",
)
_DIFFERS = Text(
    "{table}的内容与导入账本不一致：账本记 {then} 行，现有 {now} 行{sums}。",
    "{table} is not what the ledger says: {then} rows then, {now} now{sums}.",
)
_SUM = Text("；{field}合计账本记 {then}，现为 {now}", "; {field} summed to {then} then, {now} now")
_AHEAD = Text(
    "数据库比导入账本多出 {n} 次操作：账本可能被旧的替换，或数据文件来自别处。",
    "The database is {n} changes ahead of its ledger: the ledger may have been replaced by an older"
    " one, or the data file comes from elsewhere.",
)
_LOST = Text(
    "导入账本不见了，无法核对数据是否完整。",
    "The import ledger is gone, so nobody can tell whether the data is complete.",
)
_TORN = Text(
    "导入账本的最后一行没有写完（可能断过电）；数据已核对，没有缺少。",
    "The ledger's last line was not finished, as after a power cut; the data lacks nothing.",
)
_ROTTEN = Text(
    "导入账本第 {lines} 行已损坏；当前数据与最后一行相符。",
    "Lines {lines} of the import ledger are damaged; the data agrees with its last line.",
)
_WITH_FILES = Text("{told}文件：{files}。", "{told} Files: {files}.")
_UNFINISHED = Text(
    "{when} 的导入没有完成，没有存入任何一行：{registers}，{rows} 行。请重新上传。",
    "The import of {when} was not completed; none of its rows was stored: {registers}, {rows} rows."
    " Upload it again.",
)
REMEDY = Text(
    "请先恢复最近的备份，再重新导入之后的文件；或确认按现有数据继续。在此之前只能查看，不能导入。",
    "Restore the newest backup and import the later files again; or confirm to go on with what is"
    " there. Until then the data can be read, not changed.",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree. `files` may hold a person's name: `in_full` is for officers only."""

    code: Code
    message: Text
    files: tuple[str, ...] = ()
    imports: tuple[int, ...] = ()

    @property
    def in_full(self) -> Text:
        if not self.files:
            return self.message
        files = Text("、".join(self.files), ", ".join(self.files))
        return _WITH_FILES.format(told=self.message, files=files)


@dataclass(frozen=True, slots=True)
class Verified:
    """What the comparison found. `unfinished`: imports that were begun and cut off; they left
    nothing behind. `completes`: a write that was committed before its line was.
    """

    findings: tuple[Finding, ...] = ()
    unfinished: tuple[Line, ...] = ()
    completes: Line | None = None

    @property
    def whole(self) -> bool:
        """The database holds everything it should: people may write to it."""
        return all(finding.code in _STANDS for finding in self.findings)


def told_of(line: Line) -> Finding:
    """An import that was cut off, in words."""
    said = _UNFINISHED.format(when=_when(line), registers=_registers(line), rows=number(line.rows))
    return Finding("missing", said, line.files)


def verified(told: Told, serial: int | None, states: Mapping[str, State]) -> Verified:
    """`serial` is the number of the last write in the database, None where it never had one;
    `states` are its tables with rows.
    """
    if told.last is None:
        return Verified((Finding("lost", _LOST),) if serial or told.rotten else ())
    there = serial or 0
    begun = told.begun
    completes = begun if begun and there == begun.serial == told.last.serial + 1 else None
    torn = told.torn and there == told.last.serial + 1
    notes = tuple(_notes(told))
    left = () if completes and completes.kind in OVER else told.unfinished()
    if completes or torn:
        return Verified(notes, left, completes or _torn_away(told.last, there))
    found = (*_gap(told, told.last, there), *_differing(told, there, states))
    return Verified((*found, *notes), left)


def _torn_away(last: Line, serial: int) -> Line:
    """The line of a write that cannot be read any more."""
    return Line("begun", "upgraded", serial, last.at)


def _notes(told: Told) -> Iterator[Finding]:
    if told.torn:
        yield Finding("torn", _TORN)
    if told.rotten:
        yield Finding("rotten", _ROTTEN.format(lines=", ".join(map(str, told.rotten))))


def _gap(told: Told, last: Line, there: int) -> Iterator[Finding]:
    if there > last.serial:
        yield Finding("ahead", _AHEAD.format(n=there - last.serial))
    for line in told.lines:
        if line.what == "done" and line.kind != "upgraded" and line.serial > there:
            yield _missing(line)


def _missing(line: Line) -> Finding:
    ids = ", ".join(f"#{number}" for number in line.imports)
    if line.kind == "import":
        said = _MISSING_IMPORT.format(
            ids=ids, when=_when(line), registers=_registers(line), rows=number(line.rows)
        )
    else:
        kind = _KINDS.get(line.kind, _ANOTHER)
        said = _MISSING.format(when=_when(line), kind=kind, ids=f" {ids}".rstrip())
    return Finding("missing", said, line.files, line.imports)


def _differing(told: Told, there: int, states: Mapping[str, State]) -> Iterator[Finding]:
    """Against the line of the write that the database stands at."""
    lines = [line for line in told.lines if line.what == "done" and line.serial == there]
    if not lines:
        return
    for name in sorted(lines[-1].states.keys() | states.keys()):
        then, now = lines[-1].states.get(name, EMPTY), states.get(name, EMPTY)
        if not then.same(now):
            yield Finding("differs", _difference(name, then, now))


def _difference(table: str, then: State, now: State) -> Text:
    register = DATASETS.get(table.removesuffix(BEFORE))
    sums = Text("", "")
    for name in sorted(then.sums.keys() & now.sums.keys()):
        if register and then.sums[name] != now.sums[name]:
            values = {"then": number(then.sums[name], 2), "now": number(now.sums[name], 2)}
            more = _SUM.format(field=register.label_of(name), **values)
            sums = Text(sums.zh + more.zh, sums.en + more.en)
    said = Text(f"“{register.label.zh}”", f"'{register.label.en}'") if register else _own(table)
    return _DIFFERS.format(table=said, then=number(then.rows), now=number(now.rows), sums=sums)


def _own(table: str) -> Text:
    return Text(f"内部表 {table} ", f"The table {table}")


def _when(line: Line) -> str:
    return f"{line.at:%Y-%m-%d %H:%M}"


def _registers(line: Line) -> Text:
    labels = [DATASETS[name].label for name in line.registers if name in DATASETS]
    return Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
