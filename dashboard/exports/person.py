"""What is held about one person, as a workbook for them to take away."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.exports.rows import Rows, as_workbook
from dashboard.persons.holding import COLUMNS, Item
from dashboard.text import Lang, Text

TITLE = Text("看板保存的个人信息", "Personal data held by the dashboard")
DROPPED = Text(
    "身份证号、电话、银行卡号、住址在导入时核对后即丢弃，看板不保存。",
    "Identity, phone and card numbers and addresses are dropped on import and not held.",
)


def workbook(items: Iterable[Item], lang: Lang) -> bytes:
    """One line a value, with the cell it came from."""
    rows = tuple(item.line(lang) for item in items)
    columns = tuple(name(lang) for name in COLUMNS)
    return as_workbook(Rows(TITLE(lang), columns, rows, (("", DROPPED(lang)),)), lang)
