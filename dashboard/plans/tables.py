"""A plan's table: which column says when, what, who and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.plans import marks, times
from dashboard.plans.model import Row

_COLUMNS = (
    ("owner", r"责任|负责|承办|牵头|主办|执行|组织者|部门|分管"),
    ("period", r"时间|月份?|日期|周次?|阶段|期限|学期|时段"),
    ("target", r"目标|指标|要求值|达成|次数|量化"),
    ("aside", r"序号|编号|备注|地点|完成情况|参加|对象|经费|预算|人数|类别|要求|规则"),
    ("detail", r"内容|事项"),
    ("item", r"活动|项目|工作|任务|措施|安排|主题|行事"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One task of a row: its cells by what they say."""

    period: str | None
    item: str
    owner: str | None
    target: str | None
    number: int
    quote: str


def entries(rows: Sequence[Row]) -> Iterator[Entry]:
    """One for each task of each row; a time stands for the rows below it that name none."""
    named: dict[str, int] = {}
    period: str | None = None
    for row in rows:
        if found := header(row):
            named, period = found, None
            continue
        columns = named or _guessed(row)
        period = _cell(row, columns, "period") or period
        for item in marks.pieces(_items(row, columns)):
            bare = marks.marked(item)[1]
            yield Entry(period, bare, _cell(row, columns, "owner"), _cell(row, columns, "target"),
                        row.number, row.quote)  # fmt: skip


def header(row: Row) -> dict[str, int]:
    """Column by what it holds, where the row is a header; empty where it is none."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        bare = re.sub(r"[\s（(].*|\s", "", cell)
        if not 0 < len(bare) <= 8 or re.search(r"[。，；、\d]", bare):
            continue
        for name, pattern in _COLUMNS:
            if re.search(pattern, bare) and not times.heading(bare):
                found.setdefault(name, at)
                break
    return found if {"item", "detail"} & found.keys() and len(found) > 1 else {}


def _guessed(row: Row) -> dict[str, int]:
    """Without a header: the cell that is a time, and the longest of the others."""
    found = {}
    for at, cell in enumerate(row.cells):
        if times.heading(cell):
            found["period"] = at
            break
    others = [at for at, cell in enumerate(row.cells) if cell and at != found.get("period")]
    if others:
        found["item"] = max(others, key=lambda at: len(row.cells[at]))
    return found


def _cell(row: Row, columns: dict[str, int], name: str) -> str | None:
    at = columns.get(name)
    text = row.cells[at].strip() if at is not None and at < len(row.cells) else ""
    if not re.search(r"[^\W_]", text):
        return None
    return re.sub(r"\s*\n\s*", "" if name == "period" else "、", text)  # 九 over 月 is 九月


def _items(row: Row, columns: dict[str, int]) -> str:
    """What is to be done; where the cell for it is empty, what it is called."""
    places = [columns[name] for name in ("detail", "item") if name in columns]
    return next((row.cells[at] for at in places if at < len(row.cells) and row.cells[at]), "")
