"""Whether the house is sound: one table of checks for the status page and the command line."""

from __future__ import annotations

from dashboard.checkup import accounts, aged, computer, kept
from dashboard.checkup.model import WORDS, Check, Found, State
from dashboard.errors import DashboardError
from dashboard.logs import incident
from dashboard.text import Text
from dashboard.workspaces import Workspaces

FAILED = Text(
    "这一项没有查成，代码 {code}。请把代码告诉维护人员。",
    "This check failed, code {code}. Tell it to whoever maintains the dashboard.",
)

CHECKS: dict[str, Check] = {
    "audit": Check(Text("操作记录", "Audit log"), kept.audited, is_slow=True),
    "ledger": Check(Text("导入账本", "Import ledger"), kept.ledger),
    "backup": Check(Text("备份", "Backup"), kept.backup, page="keeping"),
    "accounts": Check(Text("账号文件", "Accounts"), accounts.accounts),
    "retention": Check(Text("保留年限", "Keeping times"), aged.old_rows, page="persons"),
    "sandbox": Check(Text("读取沙箱", "Sandbox"), computer.sandbox, is_slow=True),
    "disk": Check(Text("磁盘空间", "Free disk"), computer.disk),
    "place": Check(Text("数据文件夹", "Data folder"), computer.place),
    "memory": Check(Text("内存", "Memory"), computer.memory),
    "faults": Check(Text("程序错误", "Faults"), computer.faults),
}


def made(check: Check, spaces: Workspaces, *, thorough: bool) -> Found:
    """Make one check; one that cannot be made is told like one that failed."""
    try:
        return check.look(spaces, thorough)
    except DashboardError as failure:
        return Found("bad", failure.message)
    except Exception as failure:  # noqa: BLE001 - written down under its code
        return Found("bad", FAILED.format(code=incident(failure, "status")))


__all__ = ["CHECKS", "WORDS", "Check", "Found", "State", "made"]
