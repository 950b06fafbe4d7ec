"""The registers themselves: too old, or not adding up."""

from __future__ import annotations

from dashboard.alerts.listed import Listed
from dashboard.alerts.model import Rule
from dashboard.text import Text

RULES = (
    Rule(
        id="registers_old",
        label=Text("数据更新", "Data kept up to date"),
        severity="attention",
        reason=Text(
            "{register}最近一次记录是 {newest}，已超过 {months} 个月没有更新，请上传新数据",
            "{register}: nothing newer than {newest}, for more than {months} months; please"
            " upload what is new",
        ),
        page="upload",
        source=Listed("registers_old", since="since", each="register"),
    ),
    Rule(
        id="totals_differ",
        label=Text("合计与明细核对", "Totals against their rows"),
        severity="attention",
        reason=Text(
            "{n} 处表内合计与明细之和不符，请核对原表：{file}",
            "Totals printed in a sheet that are not the sum of its rows: {n}; please check {file}",
        ),
        page="upload",
        source=Listed("totals_differ", since="imported_on"),
    ),
)
