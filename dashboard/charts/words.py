"""Values as they are written beside a mark or in a tile: the number, its unit, n/N."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.kpis.model import Kpi, Reading, Result
from dashboard.text import DASH, Lang, Number, Text, exact, money, number, percent, rounded

HIDDEN = "*"  # of few people, or hidden beside such: which of the two is not told
PROTECTED = Text("为保护个人信息不显示", "not shown, to protect people")
TEN_THOUSAND = 10_000
NAMELESS = Text("未分部门", "Not by department")
UNITS: dict[str, Text] = {
    "people": Text("人", "people"),
    "count": Text("场", "activities"),
    "cases": Text("件", "cases"),
    "items": Text("项", "items"),
}
POINTS = Text("{value} 个百分点", "{value} pp")
BADGES: dict[str, Text] = {
    "met": Text("达标", "Met"),
    "not_met": Text("未达标", "Not met"),
}
NO_CHANGE = Text("持平", "no change")


def worded(value: Number | None, unit: str, lang: Lang) -> str:
    """The number with its unit, short enough for a tile."""
    if value is None:
        return DASH
    if unit == "ratio":
        return percent(value)
    if unit in ("yuan", "yuan_per_person"):
        return money(value, lang, brief=True)
    return f"{number(value)} {UNITS[unit](lang)}"


def headline(value: Number | None, unit: str, lang: Lang) -> str:
    """As `worded`, for a tile: in English its label already says what is counted."""
    if value is not None and lang == "en" and unit in UNITS:
        return number(value)
    return worded(value, unit, lang)


def column(values: Sequence[Number | None], unit: str, lang: Lang) -> list[str]:
    """Values that stand under one another: money in one scale, so that they can be compared."""
    large = any(abs(exact(value)) >= TEN_THOUSAND for value in values if value is not None)
    if unit != "yuan" or not large:
        return [worded(value, unit, lang) for value in values]
    return [DASH if value is None else _scaled(value, lang) for value in values]


def _scaled(value: Number, lang: Lang) -> str:
    scaled = exact(value) / (TEN_THOUSAND if lang == "zh" else 1_000)
    return f"{number(scaled, 2)} 万元" if lang == "zh" else f"¥{number(scaled, 1)}k"


def read(reading: Reading, unit: str, lang: Lang) -> str:
    """A reading's value; a small group is told to be small, and nothing more."""
    return HIDDEN if reading.hidden else headline(reading.value, unit, lang)


def fraction(reading: Reading, kpi: Kpi, lang: Lang) -> str:
    """`118/120 人`, or nothing where there is no denominator to speak of."""
    if reading.hidden or reading.numerator is None or reading.denominator is None:
        return ""
    top, bottom = reading.numerator, reading.denominator
    if kpi.unit == "yuan_per_person":
        return f"{money(top, lang, brief=True)} ÷ {worded(bottom, 'people', lang)}"
    if kpi.counted.zh == "元":
        return f"{money(top, lang, brief=True)} / {money(bottom, lang, brief=True)}"
    return f"{number(top)}/{number(bottom)} {kpi.counted(lang)}".rstrip()


def brief_fraction(reading: Reading, kpi: Kpi, lang: Lang) -> str:
    """`118/120`: beside a bar, where every row counts the same thing."""
    return fraction(reading, kpi, lang).removesuffix(f" {kpi.counted(lang)}")


def change(result: Result, lang: Lang) -> str | None:
    """`+1.2 个百分点`; None where there is nothing to compare with."""
    if result.change is None:
        return None
    sign = "+" if result.change > 0 else "-"
    size = abs(result.change)
    if result.kpi.unit == "ratio":
        points = rounded(exact(size) * 100, 1)
        return POINTS.format(value=f"{sign}{points}")(lang) if points else NO_CHANGE(lang)
    words = headline(size, result.kpi.unit, lang)
    nothing = words == headline(0, result.kpi.unit, lang)
    return NO_CHANGE(lang) if nothing else f"{sign}{words}"


def bar(result: Result, lang: Lang) -> str:
    """What the target asks for: `目标 100%`, `上限 5%`, `目标 高于上年 80.1%`."""
    if result.target is None or result.bar is None:
        return ""
    asked = headline(result.bar, result.kpi.unit, lang).replace(".0%", "%")
    return TARGETS[result.target.compare].format(value=asked)(lang)


TARGETS: dict[str, Text] = {
    "at_least": Text("目标 {value}", "target {value}"),
    "at_most": Text("上限 {value}", "limit {value}"),
    "above_previous": Text("目标高于上年 {value}", "target above {value}"),
}
