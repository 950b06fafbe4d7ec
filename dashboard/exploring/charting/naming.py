"""How a chart of any table calls what it shows: title, axis, measure and their units."""

from __future__ import annotations

import re
from fractions import Fraction

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
ROWS, PEOPLE = Text("行数", "rows"), Text("人数", "people")
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
_ASKED = Text("{by}：{measured}", "{measured} by {by}")  # what reads badly after 各
_SPLIT = Text("，按{split}分", ", by {split}")
_AS_OF = Text("（按{by}）", " ({by})")
_QUESTION = re.compile(r"^(?:是否|有无|各)|[吗？?]$")
_PLAIN_TIME = re.compile(
    r"(?:记账|交易|发生|登记)?(?:日期|时间)|日|月份?|年[月份度]?|学年|date|time|day|month|year|period",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(
    r"(?:会员|教师|教职工|职工|员工|学生|代表)?\s*(?:姓\s*名|名字)|会员|教师|职工|教职工|"
    r"(?:full )?name",
    re.IGNORECASE,
)
_OWN_NUMBER = re.compile(
    r"工号|职工号|会员号|会员编号|学号|证件|身份证|staff|employee|member", re.IGNORECASE
)
_NEARLY = Fraction(95, 100)  # of the rows: nearly all


def counted_rows(sheet: LooseSheet) -> Text:
    """What a row is called where rows are counted: a person, where each row is one. Then the column
    of their own names has a different one in each row; or in nearly all, and a column of their
    numbers has none twice (two people may have one name).
    """
    rows, columns = sheet.rows, sheet.columns
    numbered = any(
        one.distinct == one.filled >= _NEARLY * rows
        and (one.kind == "identity" or _OWN_NUMBER.search(one.header))
        for one in columns
    )
    least = _NEARLY * rows if numbered else rows
    each = any(
        one.kind == "name" and one.distinct >= least
        for one in columns
        if _OWN_NAME.fullmatch(one.header.strip())
    )
    return PEOPLE if each else ROWS


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
        return counted_rows(sheet)
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
        return _begun(_OF[recipe.form].format(split=split, **told))
    if roles.is_measure(sheet, recipe.by):
        return _begun(_OF["spread"].format(by=by))
    head = _head(sheet, recipe).format(**told)
    tail = _SPLIT.format(split=split) if recipe.split is not None else same("")
    return _begun(Text(head.zh + tail.zh, head.en + tail.en))


def _begun(told: Text) -> Text:
    """English titles begin with a capital."""
    return Text(told.zh, told.en[:1].upper() + told.en[1:])


def _head(sheet: LooseSheet, recipe: Recipe) -> Text:
    """The title without its split; of a time that is more than a date, which one it is."""
    by = sheet.columns[recipe.by]
    if not roles.is_time(sheet, recipe.by):
        return _ASKED if _QUESTION.search(label(by).zh) else _OF["columns"]
    head = _OF["lines"]
    if _PLAIN_TIME.fullmatch(label(by).zh.strip()):
        return head
    return Text(head.zh + _AS_OF.zh, head.en + _AS_OF.en)
