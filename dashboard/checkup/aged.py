"""Is anything kept longer than the school means to keep it: a reminder, nothing is deleted here."""

from __future__ import annotations

from dashboard.checkup.kept import NO_DATA, has_data
from dashboard.checkup.model import Found
from dashboard.contracts import DATASETS
from dashboard.persons import retention
from dashboard.settings import today
from dashboard.text import Text, number
from dashboard.warehouse.expiring import aged
from dashboard.workspaces import SCHOOL, Workspaces

NONE = Text("没有超过保留年限的数据", "nothing is older than it is to be kept")
SOME = Text(
    "有 {n} 行超过本校定的保留年限（{registers}）。请到“个人信息”页决定是否删除",
    "{n} rows are older than the school keeps them ({registers}). Decide on the page Personal data"
    " whether they go",
)


def old_rows(spaces: Workspaces, _: bool) -> Found:
    if not has_data(spaces.data):
        return Found("ok", NO_DATA)
    limits = retention.limits(retention.rules(), today())
    with spaces.warehouse(SCHOOL).snapshot() as reader:
        found = aged(reader, limits)
    if not found:
        return Found("ok", NONE)
    labels = [DATASETS[one.register].label for one in found]
    registers = Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
    rows = number(sum(one.rows for one in found))
    return Found("doubt", SOME.format(n=rows, registers=registers))
