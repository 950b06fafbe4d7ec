"""Somebody who was deleted is hired again: from then on imports bring their rows."""

from __future__ import annotations

from dashboard import audit
from dashboard.deeds import noted
from dashboard.text import Text
from dashboard.warehouse.allowing import Marked
from dashboard.workspaces import SCHOOL, Workspaces

_ANYBODY = "select 1 from deleted_people where length = 0 and only_lines is not true limit 1"
ALLOWED = Text(
    "已重新允许：{on} 删除的一位（账目中写作{instead}）以后照常导入。请重新导入名册。"
    "账目里已隐去的姓名不恢复。",
    "Allowed: the person deleted on {on}, in the books {instead}, is imported again. Import the"
    " roster once more. Names taken out of the books stay out.",
)


def allow(spaces: Workspaces, words: str, who: str) -> Text:
    """Answers what to do next; `words` are a staff number or a name. Noted without either.

    Raises RefusedRequest "nobody_deleted", "several_deleted"; WorkspaceBusy.
    """
    marked: Marked = spaces.warehouse(SCHOOL).allow(words)
    said = noted(spaces.data, "person_allowed", who, person=audit.digest(marked.instead))
    parts = (ALLOWED.format(on=marked.on, instead=marked.instead), *said)
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def was_anybody_deleted(spaces: Workspaces) -> bool:
    """Whether somebody is kept out."""
    return bool(spaces.warehouse(SCHOOL).read(_ANYBODY))
