"""What kind of thing a column holds, judged by its header and by how many of its cells fit.

Each rule names the share of the filled cells that must fit; the first rule that holds decides, the
most telling first. With the header's word fewer are needed. At most 1,000 different cells are
asked, evenly spread; the share that is told afterwards counts every cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.contracts.spelling import folded, plain, simplified
from dashboard.importing.columns import Cell, Coded, counts_up
from dashboard.importing.loose import personal, values
from dashboard.importing.loose.model import Kind
from dashboard.importing.loose.values import Around
from dashboard.importing.values.absences import is_empty

# Of the filled cells; with the header's word SAID of people, HALF of days.
MOST, SAID, HALF, SURE = 0.7, 0.3, 0.5, 0.9
_ASKED = 1_000
_NAMES = 6  # different ones that are no chance
_FEW, _SHORT = 50, 20  # different values, and characters, a category has at most
_DATED = re.compile(r"日期|时间|時間|年月|生日|出生|日$|date|day|birth|time", re.IGNORECASE)
_YEARLY = re.compile(r"年|届|year", re.IGNORECASE)
_MONTHLY = re.compile(r"月|month", re.IGNORECASE)
_MONTH_ITSELF = re.compile(r"^月$|(?:^|[^\d一二三四五六七八九十])月份$|month$", re.IGNORECASE)
_CODED = re.compile(
    r"序号|编号|編號|工号|学号|行次|项次|代码|编码|编次|凭证|票号|号$|号码$|^no$|(?:^|_)id$|code|number$",
    re.IGNORECASE,
)
_RATED = re.compile(r"率|占比|比例|百分|%|percent|rate|share", re.IGNORECASE)
_MONEY = re.compile(
    r"额|款|费|收入|支出|预算|决算|拨|价|资产|负债|资金|奖|补助|工资|薪|税|元|余额|借方|贷方|amount|cost|price|income|expense",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"人数|人次|数量|次数|件数|票数|份数|个数|场次|数$|count|quantity|qty", re.IGNORECASE
)
_BUDGETED = re.compile(r"(?:预算|决算|执行|核定|批复|支付|结余|结转)数$")
_COUNTER = re.compile(r"[(\[【](?:人次|人|件|次|个|份|票|场|项|天|名|位|台|本|张|套|只)[)\]】]")
_CURRENCY = re.compile(r"[¥￥元圆]|rmb|cny", re.IGNORECASE)
_DAY = re.compile(
    r"\d{4}\s*[-./年、]\s*\d{1,2}\s*[-./月、]\s*\d{1,2}.*|民国.*|\d{1,2}月\d{1,2}[日号]|"
    r"[二〇○零一九]{4}年.{1,4}月.{1,4}[日号]|\d{1,2}[-/]\d{1,2}[-/]\d{4}.*"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A column's header, its different cells with how often each stands, and what is around."""

    header: str
    cells: Sequence[Cell]
    counts: Sequence[int]
    around: Around
    rising: bool

    def share(self, test: Callable[[Cell], bool]) -> float:
        """Of the filled cells."""
        pairs = zip(self.cells, self.counts, strict=True)
        return sum(count for cell, count in pairs if test(cell)) / max(sum(self.counts), 1)

    def worded(self, test: Callable[[str], bool]) -> float:
        return self.share(lambda cell: test(values.words(cell)))


def judge(header: str, column: Coded, around: Around) -> Kind:
    """The kind of a column; `column` holds the data rows' cells."""
    asked = _asked(header, column, around)
    if not asked.cells:
        return "empty"
    return _personal(asked) or _time(asked) or _number(asked) or _words(asked)


def _asked(header: str, column: Coded, around: Around) -> Asked:
    bare = column.compact()
    counts = np.bincount(bare.codes, minlength=len(bare.values))
    places = [
        place
        for place in np.linspace(0, len(bare.values) - 1, min(_ASKED, len(bare.values)), dtype=int)
        if _says_something(bare.values[place])
    ]
    cells = [bare.values[place] for place in places]
    words = spelled(header)
    return Asked(words, cells, [int(counts[place]) for place in places], around, counts_up(column))


def spelled(header: str) -> str:
    """A header as the rules know it: ordinary and simplified characters, no blanks."""
    return simplified([folded(header)])[0].replace(" ", "")


def _says_something(cell: Cell) -> bool:
    return cell is not None and not (isinstance(cell, str) and is_empty(cell))


# -- people ------------------------------------------------------------------------------------


def _personal(asked: Asked) -> Kind | None:
    """By the header and some cells that fit, or by nearly all cells whatever the header says."""
    told: list[tuple[Kind, Callable[[str], bool], Callable[[str], bool], int]] = [
        ("identity", personal.is_identity, personal.is_identity, 1),
        ("phone", personal.is_phone, personal.is_mobile, 1),
        ("card", personal.like_card, personal.is_card, 2),
        ("name", personal.is_name, personal.has_surname, 5),
        ("address", personal.is_address, personal.names_a_door, 2),
    ]
    for kind, fits, telling, least in told:
        if personal.header_says(asked.header, kind) and asked.worded(fits) >= SAID:
            return kind
        if kind == "name" and _speaks_of_people(asked):
            return kind
        if _tells(asked, kind, telling, least):
            return kind
    return None


def _speaks_of_people(asked: Asked) -> bool:
    """A header as 领用人 or 成员, and cells that name one or several; or, whatever the header, too
    many different names that stand again and again to be anything else.
    """
    if personal.bears_names(asked.header) and asked.worded(personal.names_people) >= HALF:
        return True
    return len(asked.cells) >= _NAMES and asked.worded(personal.is_no_place) >= SURE


def _tells(asked: Asked, kind: str, telling: Callable[[str], bool], least: int) -> bool:
    """Nearly all cells, whatever the header; names only where most of them differ, so that a
    column of departments is none; phones not among numbers a school gives.
    """
    if len(asked.cells) < (least if asked.header else min(least, 3)) or (
        kind == "phone" and asked.around.numbered
    ):
        return False
    if kind == "name" and len(asked.cells) * 2 < sum(asked.counts):
        return False
    return asked.worded(telling) >= SURE


# -- time --------------------------------------------------------------------------------------


def _time(asked: Asked) -> Kind | None:
    dated = bool(_DATED.search(asked.header))
    if asked.share(lambda cell: _is_day(cell, dated, asked.around)) >= (HALF if dated else MOST):
        return "date"
    if asked.share(lambda cell: _is_month(cell, asked)) >= MOST:
        return "month"
    if asked.share(lambda cell: _is_year(cell, asked)) >= SURE:
        return "year"
    return None


def _is_day(cell: Cell, dated: bool, around: Around) -> bool:
    if isinstance(cell, str) and not dated and not _DAY.fullmatch(folded(cell).strip()):
        return False
    if isinstance(cell, (int, float)) and not dated:
        return False
    return values.month(cell, around) is None and values.day(cell, around) is not None


def _is_month(cell: Cell, asked: Asked) -> bool:
    """Figures alone are one where the header speaks of months, or of days and they hold a year;
    figures up to 12 only under 月份 itself, for under 3月 they are anything.
    """
    found = values.month(cell, asked.around)
    if found is None and _MONTH_ITSELF.search(asked.header):
        return values.month_or_number(cell, asked.around) is not None
    if found is None or _MONTHLY.search(asked.header):
        return found is not None
    written = isinstance(cell, str) and not cell.strip().replace(".", "").isdigit()
    return written or (len(found) == len("2025-03") and bool(_DATED.search(asked.header)))


def _is_year(cell: Cell, asked: Asked) -> bool:
    named = bool(_YEARLY.search(asked.header)) or "年" in values.words(cell)
    return named and values.year(cell, asked.around) is not None


# -- numbers -----------------------------------------------------------------------------------


def _number(asked: Asked) -> Kind | None:
    if asked.share(lambda cell: values.yes_no(cell, asked.around) is not None) >= SURE:
        return "yes_no"
    if _is_code(asked):
        return "code"
    if asked.share(lambda cell: values.number(cell, asked.around.scale) is not None) < MOST:
        return None
    if asked.worded(lambda text: text.rstrip().endswith(("%", "％"))) >= 0.5:
        return "ratio"
    return _measure(asked)


def _is_code(asked: Asked) -> bool:
    """By the header's word; numbers that begin with 0 or have 12 digits and more; line numbers."""
    fits = asked.share(lambda cell: values.code(cell, asked.around) is not None)
    if fits < MOST:
        return False
    return (
        bool(_CODED.search(asked.header))
        or (asked.rising and plain(asked.header) in ("", "序", "号", "no", "#"))
        or asked.worded(lambda text: bool(re.fullmatch(r"0\d+|\d{12,}", text))) >= 0.5
    )


def _measure(asked: Asked) -> Kind:
    if _RATED.search(asked.header):
        return "ratio"
    if _BUDGETED.search(asked.header):
        return "money"
    if _COUNTED.search(asked.header) or _COUNTER.search(asked.header):
        return "count" if asked.share(lambda cell: _is_whole(cell, asked)) >= SURE else "number"
    in_cells = asked.worded(lambda text: bool(_CURRENCY.search(text))) >= 0.5
    return "money" if in_cells or asked.around.money or _MONEY.search(asked.header) else "number"


def _is_whole(cell: Cell, asked: Asked) -> bool:
    found = values.number(cell, asked.around.scale)
    return found is None or found[0] == found[0].to_integral_value()


# -- words -------------------------------------------------------------------------------------


def _words(asked: Asked) -> Kind:
    """Few short values that stand again and again are a category."""
    rows, different = sum(asked.counts), len(asked.cells)
    short = asked.worded(lambda text: len(text) <= _SHORT) >= SURE
    return "category" if different <= _FEW and different * 2 <= rows and short else "text"
