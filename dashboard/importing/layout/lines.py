"""What each row of a sheet is: data, a total, a repeated header, a remark, or nothing.

Every row gets exactly one kind, so that what was read adds up to what is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from dashboard.contracts import carried
from dashboard.contracts.spelling import plain, plain_without_brackets
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Grid
from dashboard.importing.layout import labels, remarks
from dashboard.importing.layout.headers import Header, is_header, needed_columns

Line = Literal["data", "totals", "blank", "headers", "notes"]

_SUM = (
    r"(?:合计|小计|总计|共计|累计|总额|总数|总人数)(?:数|额|金额|人数)?(?:收入|支出)?"
    r"(?:\d+)?(?:元|人|名|件|次|笔|项)?(?:人民币)?(?:大写)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]*"
)
_TIME = (
    r"本[年月日页期季旬周]度?|[本上]学[年期]|当[年月日页]|上[年月页]|全[年月校部]|年度|"
    r"第?[一二三四1-4]季度|[上下]半年度?|(?:\d{1,2}|十?[一二三四五六七八九十])月份?|\d{4}年度?|"
    r"截[至止]|年初|至今|以上"
)
_TOTAL = re.compile(
    rf"^(?:{_TIME}|[日月季年旬周]|借方|贷方|发生额|收入|支出|经费|收支|预算|总|各[项类组部门]+)*{_SUM}$"
    rf"|^(?:{_TIME}|累计|合计)+发生(?:额|数|金额)(?:[及和](?:期末|月末)?余额)?$"
    r"|^[本当]?[日月季年旬周]计$"
    r"|^(?:应到|实到|出席|出勤|缺席|缺勤|请假|参加|签到|到会|参会)(?:总?人数|人次|率)$"
    r"|^总(?:充值|消费|余额|收入|支出|金额|人数|数|额|计)(?:金?额|数)?$"
    r"|^(?:grand)?(?:sub)?totals?$|^sum$|^本页计$|^计$"
    r"|^(?:过|转|接|结转|转入|过入)[次下后]一?页(?:余额|结余|合计|数)?$"
)
_ORDINARY = re.compile(r"^(?:totals?|sum|计)$")  # words of other rows, too
AVERAGE = re.compile(
    r"^总?(?:平均(?:数|值|分数?|成绩|年龄|工资)?|均值|人均)$|^(?:average|avg|mean)$"
)
_WHOLE = re.compile(r"^总.{1,6}$")
_OF_ONE = re.compile(r"^总(?!计|共|额|数|人数|金额)")  # 总余额: of one column, wherever it stands
_SECTION = re.compile(
    r"^[一二三四五六七八九十]?(?:本年度?|当年)?(?:经费)?(?:收入|支出|结余)(?:部分|预算|情况)?$"
)
_CAPTION = re.compile(
    r"^[一二三四五六七八九十]?(?:本年度?|当年)?(?:工会)?(?:经费)?(?:收入|支出)(?:部分|情况|明细|类)?$"
)
_LOOSE_TOTAL = re.compile(rf"^.{{1,10}}{_SUM}$")
_SERIAL = re.compile(r"^(?:序号?|编号|no|行次|项次|次序)$")
_COUNTED = re.compile(r"序|号|编|年|月|日|期|次|no|id|date|day")  # over numbers that are no amounts
_BLOCK = ("小计", "本月", "本页", "本日", "本季", "当月", "月合计", "月计", "subtotal")


def kind(grid: Grid, place: int, header: Header) -> Line:
    """The kind of one row below, within or above the header."""
    row = grid.rows[place]
    filled = [(column, cell) for column, cell in enumerate(row) if cell is not None]
    if place in header.rows:
        return "headers"
    if not filled or place < header.first:
        return "notes" if filled else "blank"
    if is_header(row, grid, header):
        return "headers"
    if _is_numbered_only(filled, header):
        return "blank"
    if _is_total(filled, header) or _is_brought_forward(filled, grid, place, header):
        return "totals"
    return "notes" if remarks.stands(filled, grid, place, header) else "data"


def _is_numbered_only(filled: Sequence[tuple[int, Cell]], header: Header) -> bool:
    """A row of a printed form that nobody filled in: nothing but its number stands there."""
    column, cell = filled[0]
    return (
        len(filled) == 1
        and column not in header.fields.values()
        and bool(_SERIAL.match(plain(header.labels[column])))
        and labels.is_number(cell)
    )


def _is_total(filled: Sequence[tuple[int, Cell]], header: Header) -> bool:
    """A total's word stands before the numbers, never in the note.

    Words before 合计 that are not of time or direction may be somebody's summary (会费合计): such
    a row is a total only where a required cell is empty or holds those words.
    """
    required = needed_columns(header)
    there = {column for column, _ in filled}
    for column, cell in filled:
        if not isinstance(cell, str) or column == header.fields.get("note"):
            continue
        bare = plain_without_brackets(cell) or plain(cell)
        whole = _is_whole(bare, header) or (column in required and _is_section(bare))
        loose = _LOOSE_TOTAL.match(bare) and (column in required or not required <= there)
        if (whole or loose) and _stands_first(column, bare, filled, header):
            return True
    return False


def _is_whole(bare: str, header: Header) -> bool:
    """合计, 平均, or 总 and the words of a column: 总充值; in a book with balances 期末余额."""
    if _TOTAL.match(bare) or AVERAGE.match(bare):
        return True
    if header.dataset and "balance" in header.dataset.concludes and carried.closes(bare):
        return True
    return bool(_WHOLE.match(bare)) and any(plain(own) == bare[1:] for own in header.labels if own)


def _stands_first(
    column: int, bare: str, filled: Sequence[tuple[int, Cell]], header: Header
) -> bool:
    """Whether a total's word stands where it speaks of its row, not of a table beside it: in a
    column of the register, or left of the amounts. `total` and 计 have other meanings, too.
    """
    if column in header.fields.values():
        return True
    if header.dataset is None and _ORDINARY.match(bare):
        return column == filled[0][0] and any(labels.is_number(cell) for _, cell in filled)
    return not any(_is_amount(place, cell, header) for place, cell in filled if place < column)


def _is_amount(place: int, cell: Cell, header: Header) -> bool:
    """A number under a header that is not of days and numbers; of a register, its amounts."""
    if not labels.is_number(cell):
        return False
    if header.dataset is None:
        return bool(header.labels[place]) and not _COUNTED.search(plain(header.labels[place]))
    names = [name for name, at in header.fields.items() if at == place]
    return any(header.dataset.column(name).type in ("money", "count") for name in names)


def _is_brought_forward(
    filled: Sequence[tuple[int, Cell]], grid: Grid, place: int, header: Header
) -> bool:
    """承前页, unless it is the first line: that opens the book."""
    texts = (cell for _, cell in filled if isinstance(cell, str))
    if not any(carried.brings_forward(carried.bare(text)) for text in texts):
        return False
    above = range(header.last + 1, place)
    return any(cell is not None for row in above for cell in grid.rows[row])


def _is_section(bare: str) -> bool:
    """`一、收入` over the incomes of a budget: their sum, not one more of them."""
    return bool(_SECTION.match(bare) or _TOTAL.match(bare.lstrip("一二三四五六七八九十")))


def section(row: Sequence[Cell]) -> str | None:
    """收入, 支出: the word with which a row begins, where it may head a section of a budget."""
    first = next((cell for cell in row if isinstance(cell, str)), "")
    bare = plain_without_brackets(first) or plain(first)
    return bare if _SECTION.match(bare) else None


def caption(row: Sequence[Cell]) -> str | None:
    """支出 of a row with nothing but 二、支出: over a header that table's title, and no sum."""
    cells = [cell for cell in row if cell is not None]
    if len(cells) != 1 or not isinstance(cells[0], str):
        return None
    bare = plain_without_brackets(cells[0]) or plain(cells[0])
    return bare if _CAPTION.match(bare) else None


TOTAL_SIGNS = re.compile(
    "[计計总總额額數数页頁累收支结結餘余经經預预率次均转轉]"
    "|[Tt][Oo][Tt]|[Ss][Uu][Mm]|[Aa][Vv][EeGg]|[Mm][Ee][Aa]"
)
_FIGURES = str.maketrans("023456789", "111111111")


def may_total(text: str) -> bool:
    """Whether a row with this text could be a total; `kind` decides. Texts that differ in their
    figures only are the same here.
    """
    return bool(TOTAL_SIGNS.search(text)) and _may_total(text.translate(_FIGURES))


@lru_cache(maxsize=20_000)
def _may_total(text: str) -> bool:
    bare = plain_without_brackets(text) or plain(text)
    words = (_TOTAL, AVERAGE, _WHOLE, _LOOSE_TOTAL)
    found = any(pattern.match(bare) for pattern in words) or _is_section(bare)
    return found or carried.brings_forward(bare) or carried.closes(bare)


def sums_up(row: Sequence[Cell]) -> Literal["all", "block"] | None:
    """What the words of a total's row sum up: all rows, those of a group or a month, or, where
    they name something else (缴费基数合计, 总余额), none that is known.
    """
    texts = [cell for cell in row if isinstance(cell, str)]
    words = plain("".join(texts))
    if any(word in words for word in _BLOCK):
        return "block"
    bare = [plain_without_brackets(text) for text in texts]
    return "all" if any(_TOTAL.match(text) and not _OF_ONE.match(text) for text in bare) else None
