"""The accounts beside the data: copied into a backup, and looked at whether they are whole."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from dashboard.errors import cause
from dashboard.keeping.disk import FULL
from dashboard.text import Text

AS_THEY_ARE = Text(
    "账号文件 {name} 已损坏（{reason}），备份里照原样保存；请到“运行状态”看怎么办。",
    "The file of the accounts, {name}, is damaged ({reason}); the backup holds it as it is. The"
    " page Status says what to do.",
)
WITHOUT = Text(
    "账号文件 {name} 无法读取（{reason}），备份里没有它；请到“运行状态”看怎么办。",
    "The file of the accounts, {name}, cannot be read ({reason}); the backup is without it. The"
    " page Status says what to do.",
)
_DISK_OR_USE = ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED")  # … says nothing of the file


def copied(source: Path, target: Path) -> tuple[Text, ...]:
    """By the database's own means: it may be written to meanwhile. Answers what is to be told
    where it is damaged: that takes no backup of the data with it.

    Raises OSError, sqlite3.Error where the copy finds no room or the accounts are in use.
    """
    if not source.exists():
        return ()
    try:
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as new:
            held.backup(new)
    except sqlite3.Error as failure:
        if cause(failure).startswith(_DISK_OR_USE):
            raise
        return (_as_it_is(source, target).format(name=source.name, reason=cause(failure)),)
    return ()


def _as_it_is(source: Path, target: Path) -> Text:
    for begun in target.parent.glob(f"{target.name}*"):
        begun.unlink()
    try:
        shutil.copyfile(source, target)
    except OSError as failure:
        if failure.errno in FULL:
            raise
        return WITHOUT
    return AS_THEY_ARE


def trouble(path: Path) -> str:
    """What is wrong with the file of the accounts; empty where it is whole or there is none."""
    if not path.exists():
        return ""
    try:
        with closing(sqlite3.connect(path)) as held:
            (said,) = held.execute("pragma quick_check(1)").fetchone()
    except sqlite3.Error as failure:
        return "" if cause(failure).startswith(_DISK_OR_USE) else cause(failure)
    return "" if said == "ok" else "SQLITE_CORRUPT"
