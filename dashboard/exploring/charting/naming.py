"""How a chart of any table calls what it shows: title, axis, measure and their units."""

from __future__ import annotations

import re

from dashboard.exploring.charting import roles
from dashboard.exploring.charting.recipe import Recipe, Unit
from dashboard.exploring.charting.steps import STEP_WORDS
from dashboard.importing.loose.model import LooseColumn, LooseSheet
from dashboard.importing.values.amounts import UNITS
from dashboard.text import Text, same

_MONEY = re.compile(r"\s*[（(\[【]\s*(?:单位[:：]\s*)?(?:千|万|萬|百万|亿)?元\s*[)）\]】]\s*")
_COUNTER = re.compile(
    r"\s*[（(\[【]\s*(人次|人|件|次|个|份|票|场|项|天|日|名|位|台|本|册|张|套|只|篇|节|课时|小时|分钟|岁|年|分|公里|千米|"
    r"米|厘米|公斤|千克|斤|km|m|cm|kg|h|min)\s*[)）\]】]\s*$"
)
_SUM = re.compile(r"合计$|合計$|总计$|小计$|^total|total$", re.IGNORECASE)
_LATIN = re.compile(r"[!-~]")
_NUMBER_OF = re.compile(r"(人次|[人票件次份册场项个](?=[数數]))[数數]?$")
ROWS = Text("行数", "rows")
HOWS = {
    "rows": ROWS,
    "sum": Text("{of}合计", "total {of}"),
    "mean": Text("{of}平均", "mean {of}"),
    "median": Text("{of}中位数", "median {of}"),
    "distinct": Text("不同{of}数", "different {of}"),
}
EMPTY = Text("（空）", "(empty)")
REST = Text("其余{n}项", "{n} others")
YES, NO = Text("是", "yes"), Text("否", "no")
_OF = {
    "lines": Text("{step}{measured}", "{measured} {step}"),
    "columns": Text("各{by}{apart}{measured}", "{measured} by {by}"),
    "heat": Text("{by}与{split}：{measured}", "{measured}: {by} and {split}"),
    "points": Text("{by}与{measured}", "{by} and {measured}"),
    "spread": Text("{by}的分布", "distribution of {by}"),
}
_SPLIT = Text("，按{split}分", ", by {split}")


def factor(column: LooseColumn) -> int:
    """How many yuan its unit is; 1 for all that is no money."""
    return UNITS.get(column.unit, 1) if column.kind == "money" else 1


def label(column: LooseColumn) -> Text:
    """Its header without the unit, which the values carry themselves."""
    pattern = _MONEY if column.kind == "money" else _COUNTER
    bare = pattern.sub("", column.label) if column.kind in ("money", "count", "number") else ""
    return same(bare or column.label)


def suffix(column: LooseColumn) -> str:
    """The word of what is counted: 人, 小时."""
    if column.kind not in ("count", "number"):
        return ""
    found = _COUNTER.search(column.label) or _NUMBER_OF.search(column.label)
    return found[1] if found else ""


def unit(column: LooseColumn) -> Unit:
    known: dict[str, Unit] = {"money": "yuan", "ratio": "ratio"}
    return known.get(column.kind, "number")


def with_unit(column: LooseColumn) -> Text:
    """A numeric column along: 金额（元）."""
    word = {"yuan": "元", "ratio": ""}.get(unit(column), suffix(column))
    return (
        Text(f"{label(column).zh}（{word}）", f"{label(column).en} ({word})")
        if word
        else label(column)
    )


def measured(sheet: LooseSheet, recipe: Recipe) -> Text:
    """How the values are called."""
    if recipe.measure is None:
        return ROWS
    of = label(sheet.columns[recipe.measure])
    says_so = recipe.how == "sum" and _SUM.search(of.zh)
    return of if recipe.form == "points" or says_so else HOWS[recipe.how].format(of=of)


def title(sheet: LooseSheet, recipe: Recipe) -> Text:
    by = label(sheet.columns[recipe.by])
    values = measured(sheet, recipe)
    apart = " " if _LATIN.match(by.zh[-1:]) and _LATIN.match(values.zh) else ""
    told = {"by": by, "measured": values, "step": STEP_WORDS[recipe.step], "apart": apart}
    split = label(sheet.columns[recipe.split]) if recipe.split is not None else same("")
    if recipe.form in ("heat", "points"):
        return _OF[recipe.form].format(split=split, **told)
    if roles.is_measure(sheet, recipe.by):
        return _OF["spread"].format(by=by)
    head = _OF["lines" if roles.is_time(sheet, recipe.by) else "columns"].format(**told)
    tail = _SPLIT.format(split=split) if recipe.split is not None else same("")
    return Text(head.zh + tail.zh, head.en + tail.en)
