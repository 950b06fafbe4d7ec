"""Where the data lies, and why that may be a bad place: told, never refused.

A database on a network drive or in a synced folder is torn sooner or later: its locks do not hold
there, and its file is copied while it is written to. Others on this computer must not read it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from dashboard.text import Text

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "ceph", "fuse.sshfs",
            "fuse.rclone", "fuse.gvfsd-fuse", "davfs", "fuse.davfs2", "glusterfs"}  # fmt: skip
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "坚果云": "坚果云",
    "nutstore": "坚果云",
    "百度网盘": "百度网盘",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "wps云盘": "WPS 云盘",
    "wps cloud": "WPS 云盘",
    "腾讯微云": "腾讯微云",
}
_REMOTE_DRIVE = 4  # what Windows calls a network drive
NETWORK = Text(
    "数据文件夹在网络驱动器上（{kind}），数据库可能因此损坏。请搬到本机硬盘。",
    "The data folder lies on a network drive ({kind}), where a database may be torn. Move it to"
    " this computer's own disk.",
)
SYNCED = Text(
    "数据文件夹在同步盘“{name}”里：正在写的文件会被同步，可能损坏，也会传到网上。请搬到同步盘之外。",
    "The data folder lies in a folder that {name} syncs: files are copied while they are written,"
    " and leave this computer. Move it elsewhere.",
)
ROOT_USER = Text(
    "看板正以 root 身份运行。请改用普通账户，以免一处出错牵连整台电脑。",
    "The dashboard runs as root. Use an ordinary account, so that one fault stays one.",
)
OPEN_TO_OTHERS = Text(
    "这台电脑上的其他用户能打开数据文件夹。请把它改为仅本人可读写（chmod 700）。",
    "Other users of this computer can open the data folder. Keep it to yourself (chmod 700).",
)
NARROWED = Text(
    "这台电脑上的其他用户原来能打开数据文件夹，现已改为仅本人可读写。请想一想有谁看过。",
    "Other users of this computer could open the data folder; it is yours alone now. Consider who"
    " may have looked.",
)


def doubts(folder: Path, mounts: Path = Path("/proc/mounts")) -> list[Text]:
    """Why this is no good place for the data, worst first; nothing where it is one."""
    found = []
    if kind := _network(folder, mounts):
        found.append(NETWORK.format(kind=kind))
    if name := _synced(folder):
        found.append(SYNCED.format(name=name))
    if _is_open(folder):
        found.append(OPEN_TO_OTHERS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found.append(ROOT_USER)
    return found


def kept_to_oneself(folder: Path) -> None:
    """Our own files and folders get modes 0700 and 0600, where they were wider; what is not ours
    to change is left, and told by `doubts`.
    """
    if os.name != "posix" or not folder.exists():
        return
    for path in (folder, *folder.rglob("*")):
        _narrow(path)


def _narrow(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
        wide = stat.S_IMODE(mode) & 0o077
        if wide and (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            path.chmod(stat.S_IMODE(mode) & 0o700)
    except OSError:
        return


def _is_open(folder: Path) -> bool:
    return os.name == "posix" and folder.exists() and bool(folder.stat().st_mode & 0o077)


def _synced(folder: Path) -> str:
    parts = [part.casefold() for part in folder.parts]
    names = (name for word, name in _SYNCED.items() if any(word in part for part in parts))
    return next(names, "")


def _network(folder: Path, mounts: Path) -> str:
    """The kind of network drive the folder lies on, if it does."""
    if os.name == "nt":
        return _windows_drive(folder)
    try:
        lines = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    within = [(_unescaped(line[1]), line[2]) for line in lines if len(line) > 2]
    there = [(place, kind) for place, kind in within if folder.is_relative_to(place)]
    kind = max(there, key=lambda one: len(one[0]), default=("", ""))[1]
    return kind if kind in _NETWORK else ""


def _unescaped(place: str) -> str:
    """A blank in a mount's place is written as \\040."""
    return place.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")


def _windows_drive(folder: Path) -> str:
    if str(folder).startswith("\\\\"):
        return "SMB"
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - not on other systems
    return "SMB" if kernel.GetDriveTypeW(f"{folder.drive}\\") == _REMOTE_DRIVE else ""
