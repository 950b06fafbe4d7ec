"""Are the accounts whole, and all there: the file beside what the audit log tells of it.

An emptied file is a whole one to its database, and one that is gone was never there; the log knows
every account by its number.
"""

from __future__ import annotations

from pathlib import Path

from dashboard import audit
from dashboard.access import Accounts
from dashboard.checkup.model import Found
from dashboard.keeping.accounts import trouble
from dashboard.keeping.manifest import ACCOUNTS
from dashboard.text import Text
from dashboard.workspaces import Workspaces

NONE = Text("没有账号", "there are no accounts")
WHOLE = Text("完好", "whole")
DAMAGED = Text(
    "数据文件夹里的 accounts.sqlite 已损坏（{reason}），无法登录。请停止看板，"
    "把它和 accounts.sqlite-wal、accounts.sqlite-shm 移到别处，"
    "再把备份里完好的 accounts.sqlite 复制过来；没有就重新建立账号",
    "accounts.sqlite in the data folder is damaged ({reason}): nobody can sign in. Stop the"
    " dashboard, move it, accounts.sqlite-wal and accounts.sqlite-shm elsewhere and copy a whole"
    " accounts.sqlite from a backup there; where there is none, make the accounts anew",
)
SHUT = Text(
    "数据文件夹里的 accounts.sqlite 现在打不开（{reason}），无法登录。文件本身未必损坏，"
    "请先不要移动它：检查磁盘空间、磁盘是否只读和文件夹权限，再核对一次",
    "accounts.sqlite in the data folder cannot be opened now ({reason}): nobody can sign in. The"
    " file itself may be whole, so leave it where it is: see whether the disk is full or read-only"
    " and who may open the folder, and check again",
)
LOST = Text(
    "操作记录里添加过的账号 {who}，账号文件里没有：accounts.sqlite 可能被清空、删除或换成了旧的。"
    "请停止看板，从最近的备份复制完好的 accounts.sqlite 过来，或重新添加账号",
    "the audit log knows of {who} being added, and accounts.sqlite holds no such account: it may"
    " have been emptied, deleted or replaced by an older one. Stop the dashboard and copy"
    " accounts.sqlite from the newest whole backup there, or add the accounts anew",
)
RISEN = Text(
    "操作记录里已停用的账号 {who} 又能登录：accounts.sqlite 可能被换成了旧的。"
    "请在“账号与访问”再停用一次",
    "{who} can sign in again, though the audit log knows of being removed: accounts.sqlite may have"
    " been replaced by an older one. Remove them once more on the page Accounts",
)
_SPOILT = ("SQLITE_CORRUPT", "SQLITE_NOTADB")  # all else is said of the disk, or of who may look
_NAMED = 12  # accounts in one sentence


def accounts(spaces: Workspaces, _: bool) -> Found:
    """Whether the accounts can be read and are those the log knows; a backup holds them as they
    are.
    """
    path = spaces.data / ACCOUNTS
    if reason := trouble(path):
        words = DAMAGED if reason.startswith(_SPOILT) else SHUT
        return Found("bad", words.format(reason=reason))
    held = Accounts(spaces.data)
    now = {account.number for account in held.everyone()} if path.exists() else set[int]()
    standing, removed = _noted(spaces.data)
    for words, numbers in ((LOST, standing - now), (RISEN, removed & now)):
        if numbers:
            return Found("bad", words.format(who=_named(numbers)))
    return Found("ok", WHOLE if now else NONE)


def _noted(data: Path) -> tuple[set[int], set[int]]:
    """The numbers that the log says stand, and those it says are removed. Numbers only rise: one
    that was given twice means that all from it on were lost then, and somebody began anew.
    """
    standing, removed = set[int](), set[int]()
    for entry in audit.entries(data, None, "account_changed"):
        number = int(str(entry.facts.get("account", "u0"))[1:] or 0)
        if entry.facts.get("what") == "add":
            standing = {one for one in standing if one < number} | {number}
            removed = {one for one in removed if one < number}
        elif entry.facts.get("what") == "remove":
            standing.discard(number)
            removed.add(number)
    return standing, removed


def _named(numbers: set[int]) -> str:
    each = [f"u{number}" for number in sorted(numbers)]
    return ", ".join(each[:_NAMED]) + (" …" if len(each) > _NAMED else "")
