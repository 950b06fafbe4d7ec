"""What a column may be in a chart: a time, a category, a measure, something with different values.

Personal columns, codes and free text are none of the first three. Short words that stand once each
(the departments of a summary) are read as text for want of repetition; they are categories where
the header's word says so and few of them look like names, and only there: other short text may be
anything, people among it.
"""

from __future__ import annotations

import re

import pyarrow.compute as pc

from dashboard.importing.loose.model import NUMERIC, PERSONAL, LooseColumn, LooseSheet
from dashboard.importing.loose.personal import has_surname

FEW, SHORT = 50, 20  # different values, and characters, a column of labels has at most
TIMES = frozenset(("date", "month", "year"))
_WORDS = frozenset(("category", "yes_no"))
_LABELS = re.compile(
    r"部门|部門|科室|处室|类别|類別|类型|种类|分类|科目|项目|項目|学科|年级|年級|班级|班級|班$|组$|组别|小组|单位|單位|"
    r"工会|地区|区域|校区|学校|月份|季度|学期|学年|年度|渠道|来源|方式|活动|活動|名称|品名|物品|奖品|商品|品种|书名|書名|等级|级别|职务|"
    r"岗位|民族|学历|职称|指标|选项|题目|department|category|type|group|subject|grade|class|item|"
    r"campus|school|project|activity|team",
    re.IGNORECASE,
)
_BEARERS = re.compile(
    r"人$|人员|代表|候选|教师|老师|学生|家长|负责|person|teacher|student", re.IGNORECASE
)
# Numbers that say how much one thing is, or how it stands: their sum says nothing.
_EACH = re.compile(
    r"单价|單價|均价|人均|平均|均分|均值|每人|标准|标价|定价|年限|余额|餘額|结余|結餘|累计|累計|balance|average|mean|price",
    re.IGNORECASE,
)
_GRADED = re.compile(
    r"年龄|年齡|岁|班|级|級|届|屆|分$|分数|分數|得分|评分|成绩|成績|率|均|年|身高|体重|体温|score|age$|grade|rate|level|year",
    re.IGNORECASE,
)
_STANDING = re.compile(r"余额|餘額|结余|結餘|累计|累計|balance", re.IGNORECASE)
_BORN = re.compile(r"出生|生日|birth", re.IGNORECASE)


def is_time(sheet: LooseSheet, place: int) -> bool:
    return sheet.columns[place].kind in TIMES


def is_category(sheet: LooseSheet, place: int) -> bool:
    """Whether its words may stand along or beside one another."""
    return sheet.columns[place].kind in _WORDS or _is_label(sheet, place)


def is_measure(sheet: LooseSheet, place: int) -> bool:
    return sheet.columns[place].kind in NUMERIC


def is_summed(sheet: LooseSheet, place: int) -> bool:
    """Whether a sum may be asked for: of ratios never."""
    return is_measure(sheet, place) and sheet.columns[place].kind != "ratio"


def is_told_apart(sheet: LooseSheet, place: int) -> bool:
    """Whether its different values can be counted: people only where the reading made keys."""
    column, table = sheet.columns[place], sheet.table
    if column.kind in PERSONAL:
        return table is not None and f"k{place}" in table.column_names
    return column.kind not in NUMERIC and column.kind not in ("empty", "yes_no")


def is_averaged(column: LooseColumn) -> bool:
    """Whether its sum says nothing, by its kind or the header's word: rates, prices, balances;
    among plain numbers also ages, grades and scores.
    """
    graded = column.kind == "number" and _GRADED.search(column.header)
    return column.kind == "ratio" or bool(graded or _EACH.search(column.header))


def is_standing(column: LooseColumn) -> bool:
    """Balances and running totals: each row holds what all rows above it came to."""
    return _STANDING.search(column.header) is not None


def is_birth(column: LooseColumn) -> bool:
    return _BORN.search(column.header) is not None


def _is_label(sheet: LooseSheet, place: int) -> bool:
    column, table = sheet.columns[place], sheet.table
    repeats = column.distinct * 2 <= column.filled  # then it is text for its length
    if column.kind != "text" or table is None or repeats or column.distinct > FEW:
        return False
    if not _LABELS.search(column.header) or _BEARERS.search(column.header):
        return False
    words = pc.unique(table[f"c{place}"]).drop_null().to_pylist()
    like_names = sum(map(has_surname, words))
    return all(len(word) <= SHORT for word in words) and like_names * 2 < len(words)
