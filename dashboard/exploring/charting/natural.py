"""The order words have among people: 一年级 before 二年级, 2班 before 10班, 优秀 before 合格.

Words are ordered where all of them stand on one of the scales below, or where most of them (four in
five) say the same but for their numbers. All others stand by their characters, numbers as numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dashboard.contracts.spelling import folded, simplified
from dashboard.importing.values.numerals import digits

_MOST = 0.8
_NUMBER = re.compile(r"\d+")
_SCALES = tuple(
    tuple(line.split())
    for line in (
        "周一 周二 周三 周四 周五 周六 周日 周天",
        "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天",
        "monday tuesday wednesday thursday friday saturday sunday",
        "mon tue wed thu fri sat sun",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "上旬 中旬 下旬",
        "上半年 下半年",
        "上学期 下学期",
        "第一学期 第二学期",
        "春 夏 秋 冬",
        "春季 夏季 秋季 冬季",
        "上午 中午 下午 晚上",
        "甲 乙 丙 丁 戊",
        "优 优秀 优良 良 良好 中 中等 合格 及格 基本合格 不合格 不及格 差",
        "好 较好 一般 较差 差",
        "优秀 称职 基本称职 不称职",
        "非常满意 很满意 满意 比较满意 基本满意 一般 不太满意 不满意 很不满意 非常不满意",
        "非常同意 同意 比较同意 一般 中立 不同意 非常不同意",
        "赞成 反对 弃权",
        "特困 特别困难 困难 比较困难 一般困难 一般 不困难",
        "高 中 低",
        "大 中 小",
        "xs s m l xl xxl 2xl xxxl 3xl xxxxl 4xl",
        "托班 小班 中班 大班",
        "幼儿园 小学 初中 高中 大学",
        "小学 初中 高中 中专 大专 专科 本科 大学 硕士 研究生 博士",
        "员级 助理级 初级 三级 二级 一级 中级 副高 副高级 高级 正高 正高级",
        "校级 区级 县级 市级 省级 国家级",
        "校 区 县 市 省 国家",
    )
)


def ordered(values: Sequence[str]) -> tuple[list[int], bool]:
    """(places of the values from first to last, whether people know an order among them)."""
    told = [digits(folded(value).replace(" ", "")).lower() for value in simplified(list(values))]
    bare = [folded(value).strip().lower() for value in simplified(list(values))]
    if scale := next((one for one in _SCALES if len(bare) > 1 and set(bare) <= set(one)), None):
        return sorted(range(len(bare)), key=lambda place: scale.index(bare[place])), True
    keys = [_key(word) for word in told]
    forms = Counter(_NUMBER.sub("#", word) for word in told if _NUMBER.search(word))
    form, often = forms.most_common(1)[0] if forms else ("", 0)
    known = len(told) > 1 and often >= _MOST * len(told)
    of_form = [known and _NUMBER.sub("#", word) == form for word in told]
    return sorted(range(len(told)), key=lambda place: (not of_form[place], keys[place])), known


def _key(word: str) -> list[tuple[int, int | str]]:
    """Its parts; a number before letters, and by its size."""
    parts = re.findall(r"\d+|\D+", word)
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts]
