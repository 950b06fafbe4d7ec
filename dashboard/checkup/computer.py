"""Is this computer a good place: the sandbox, the disk, the data folder, memory, recent faults."""

from __future__ import annotations

import os
import platform
import stat
import time
from datetime import datetime, timedelta
from pathlib import Path

from dashboard import logs
from dashboard.checkup.model import Found, joined
from dashboard.importing.confinement.proof import self_test
from dashboard.keeping import disk as disks
from dashboard.text import Text, number
from dashboard.warehouse import places
from dashboard.workspaces import Workspaces

HELD = Text(
    "读取文件的进程自检：{refused}，均被拒绝",
    "the process that reads files tried, and was refused: {refused}",
)
NOT_HELD = Text(
    "读取文件的进程自检：没能阻止它{open}。只导入来源可靠的文件，并请维护人员查看",
    "the process that reads files was not kept from this: {open}. Import only files you trust, and"
    " tell whoever maintains the dashboard",
)
ELSEWHERE = Text(
    "本机系统不能限制：{open}；看板会从外面监视读取进程",
    "this system has no means against: {open}; the reading process is watched from outside",
)
FREE = Text("剩余 {free} GB", "{free} GB free")
SCARCE = Text(
    "剩余 {free} GB，不足 1 GB 时不能共享。请清理磁盘",
    "{free} GB free; with less than 1 GB it cannot be shared. Free some space",
)
FULL = Text(
    "只剩 {free} GB，很快就不能导入和备份。请立即清理磁盘",
    "only {free} GB free: imports and backups will fail soon. Free space now",
)
OWN = Text("只有本人可读写，在本机硬盘上", "yours alone, on this computer's own disk")
WIDE = Text(
    "有 {n} 个文件别人也能打开；重新启动看板会收紧",
    "{n} files can be opened by others; a restart of the dashboard narrows them",
)
USES = Text("看板占用 {used} MB", "the dashboard uses {used} MB")
MUCH = Text(
    "看板占用 {used} MB，偏多。空闲时重新启动一次看板",
    "the dashboard uses {used} MB, which is much. Restart it when nobody works with it",
)
UNKNOWN = Text("本机系统不提供", "this system does not tell")
NONE = Text("24 小时内没有程序错误", "no fault within 24 hours")
SOME = Text(
    "24 小时内有 {n} 次程序错误，最近一次 {code}。请把代码告诉维护人员",
    "{n} faults within 24 hours, the last {code}. Tell the code to whoever maintains the dashboard",
)
_GB = 2**30
_MUCH = 2_000  # megabytes
_DAY = timedelta(days=1)
_BELIEVED = 600.0  # seconds
_proved: list[tuple[float, Found]] = []  # what the sandbox last came to, and when


def sandbox(_: Workspaces, thorough: bool) -> Found:
    """A child is told to break out; what it came to is believed for ten minutes."""
    if thorough or not _proved or time.monotonic() - _proved[-1][0] > _BELIEVED:
        _proved[:] = [(time.monotonic(), _tried())]
    return _proved[-1][1]


def _tried() -> Found:
    tried = self_test()
    if all(one.held for one in tried):
        return Found("ok", HELD.format(refused=_listed([one.words for one in tried])))
    open_to_it = _listed([one.words for one in tried if not one.held])
    if platform.system() == "Linux":
        return Found("bad", NOT_HELD.format(open=open_to_it))
    return Found("doubt", ELSEWHERE.format(open=open_to_it))


def disk(spaces: Workspaces, _: bool) -> Found:
    room = disks.room(spaces.data) / _GB
    free = number(room, 1)
    if room < 0.2:
        return Found("bad", FULL.format(free=free))
    return (
        Found("doubt", SCARCE.format(free=free))
        if room < 1
        else Found("ok", FREE.format(free=free))
    )


def place(spaces: Workspaces, _: bool) -> Found:
    """Network drives, synced folders, root, what others may read."""
    doubts = places.doubts(spaces.data)
    if wide := _wide(spaces.data):
        doubts.append(WIDE.format(n=wide))
    return Found("doubt", joined(doubts)) if doubts else Found("ok", OWN)


def _wide(folder: Path) -> int:
    """How many files others may open. Windows has no such bits."""
    if os.name == "nt":
        return 0
    found = (path.lstat().st_mode for path in folder.rglob("*") if path.is_file())
    return sum(bool(mode & (stat.S_IRWXG | stat.S_IRWXO)) for mode in found)


def memory(_: Workspaces, __: bool) -> Found:
    """What this very process holds."""
    used = resident()
    if used is None:
        return Found("ok", UNKNOWN)
    words = (MUCH if used > _MUCH else USES).format(used=number(used))
    return Found("doubt" if used > _MUCH else "ok", words)


def resident() -> int | None:
    """Megabytes; None where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return None
    held = next((line.split()[1] for line in lines if line.startswith("VmRSS")), None)
    return int(held) // 1024 if held else None


def faults(spaces: Workspaces, _: bool) -> Found:
    since = datetime.now().astimezone() - _DAY
    found = [one for one in logs.recent(spaces.data, 100) if one.at > since]
    return (
        Found("doubt", SOME.format(n=len(found), code=found[0].code))
        if found
        else Found("ok", NONE)
    )


def _listed(words: list[Text]) -> Text:
    return Text("、".join(one.zh for one in words), ", ".join(one.en for one in words))
