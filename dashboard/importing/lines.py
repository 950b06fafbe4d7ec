"""What each row of a sheet is: data, a total, a repeated header, a remark, or nothing.

Every row gets exactly one kind, so that what was read adds up to what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

from dashboard.contracts.spelling import folded, one_line, plain, plain_without_brackets
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Grid
from dashboard.importing.headers import Header

Line = Literal["data", "totals", "blank", "headers", "notes"]

_SUM = (
    r"(?:合计|小计|总计|共计|累计|总额|总数|总人数)(?:数|额|金额|人数)?"
    r"(?:\d+)?(?:元|人|名|件|次|笔|项)?"
)
_TOTAL = re.compile(
    r"^(?:本[年月日页期季]度?|借方|贷方|本期|发生额|当[年月日页]|上[年月页]|全[年月校部]|年度|收入|支出|经费|收支|预算|"
    rf"第?[一二三四1-4]季度|上半年|下半年|\d{{1,2}}月份?|\d{{4}}年度?|各[项类组部门]+)*{_SUM}$"
    r"|^(?:应到|实到|出席|出勤|缺席|缺勤|请假|参加|签到|到会|参会)(?:总?人数|人次|率)$"
    r"|^总(?:充值|消费|余额|收入|支出|金额|人数|数|额|计)(?:金?额|数)?$"
    r"|^(?:grand)?(?:sub)?totals?$|^sum$|^过次页$|^本页计$|^计$"
)
_SECTION = re.compile(
    r"^[一二三四五六七八九十]?(?:本年度?|当年)?(?:经费)?(?:收入|支出|结余)(?:部分|预算|情况)?$"
)
_LOOSE_TOTAL = re.compile(rf"^.{{1,10}}{_SUM}$")
_REMARK = re.compile(
    r"^(?:注|附注|备注|说明|填表|填报|制表|制单|编制|审核|审批|复核|负责人|签字|签名|签章|盖章|单位负责人|"
    r"工会主席|主席|经办人?|经审|记录数|联系电话|联系人|报送|本表|此表|以上|附件|以下空白|校长|会计|出纳|财务|日期|年月日|"
    r"第\d+页|共\d+[页笔条人件]|人民币|大写|金额大写|合计大写|打印|统计时间|导出|其中|应到\d*人?实到|"
    r"source|note|prepared|approved)"
)
_FORWARD = "承前页"
_PAGE = re.compile(r"续表?|第\d+页|共\d+页|page\d+|接上[页表]")


def kind(grid: Grid, place: int, header: Header) -> Line:
    """The kind of one row below, within or above the header."""
    row = grid.rows[place]
    filled = [(column, cell) for column, cell in enumerate(row) if cell is not None]
    if place in header.rows:
        return "headers"
    if not filled:
        return "blank"
    if place < header.first:
        return "notes"
    if is_header(row, grid, header):
        return "headers"
    if _is_total(filled, header) or _is_brought_forward(filled, grid, place, header):
        return "totals"
    return "notes" if _is_remark(filled, grid, place, header) else "data"


def is_header(row: list[Cell], grid: Grid, header: Header) -> bool:
    """The header once more, at a page's head: every filled cell says what its header says. A
    piece of it that leaked among the rows is one, too.
    """
    texts = [
        (column, one_line(cell) if isinstance(cell, str) else "")
        for column, cell in enumerate(row)
        if cell is not None
    ]
    own = [
        {plain(str(grid.rows[level][column] or "")) for level in header.rows}
        | {plain(header.labels[column])}
        for column, _ in texts
    ]
    return all(text and plain(text) in words for (_, text), words in zip(texts, own, strict=True))


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
        if _TOTAL.match(bare) or (column in required and _is_section(bare)):
            return True
        if _LOOSE_TOTAL.match(bare) and (column in required or not required <= there):
            return True
    return False


def _is_brought_forward(
    filled: Sequence[tuple[int, Cell]], grid: Grid, place: int, header: Header
) -> bool:
    """承前页 repeats what the page before summed up; as the first line it opens the book."""
    if not any(isinstance(cell, str) and plain(cell) == _FORWARD for _, cell in filled):
        return False
    above = range(header.last + 1, place)
    return any(cell is not None for row in above for cell in grid.rows[row])


def _is_section(bare: str) -> bool:
    """`一、收入` over the incomes of a budget: their sum, not one more of them."""
    return bool(_SECTION.match(bare) or _TOTAL.match(bare.lstrip("一二三四五六七八九十")))


def needed_columns(header: Header) -> set[int]:
    """The columns a data row fills; of an unknown sheet the first."""
    if header.dataset is None:
        return {0}
    return {header.fields[name] for name in header.dataset.needed & header.fields.keys()}


def _is_remark(filled: Sequence[tuple[int, Cell]], grid: Grid, place: int, header: Header) -> bool:
    """A signature line, a footnote, or one text that stands where no required cell does."""
    if not all(isinstance(cell, str) for _, cell in filled):
        return False
    texts = [plain(str(cell)) for _, cell in filled]
    if all(
        _REMARK.match(text) or _is_label(str(cell))
        for text, (_, cell) in zip(texts, filled, strict=True)
    ):
        return _REMARK.match(texts[0]) is not None
    if len(filled) > 1:
        return bool(_REMARK.match(texts[0])) and _is_label(str(filled[0][1]))
    if _is_title(texts[0], grid, header):
        return True
    return grid.width > 2 and (_is_spread(grid, place) or _is_alone(filled[0][0], header))


def without_page(text: str) -> str:
    """A title's plain form, without what a page adds to it: 续, 第2页."""
    return _PAGE.sub("", text)


def _is_title(text: str, grid: Grid, header: Header) -> bool:
    """The sheet's title once more, at a page's head."""
    title, above = without_page(text), grid.rows[: header.first]
    words = {without_page(plain(str(cell))) for row in above for cell in row if cell is not None}
    return len(title) > 3 and title in words


def _is_label(text: str) -> bool:
    """`审核：` or `制表人：张三`."""
    return ":" in folded(text)


def _is_spread(grid: Grid, place: int) -> bool:
    """A cell merged over much of the row is a caption, not a value."""
    return any(
        box[0] == place == box[2] and box[3] - box[1] + 1 >= grid.width / 2 for box in grid.merged
    )


def _is_alone(column: int, header: Header) -> bool:
    """The only text of its row, and not in a column that a row could not do without."""
    required = needed_columns(header)
    return header.dataset is None or (bool(required) and column not in required)


TOTAL_SIGNS = re.compile("[计計总總额額数數页頁累收支结結餘余经預预]|[Tt][Oo][Tt]|[Ss][Uu][Mm]")
ANYTHING = re.compile("")
_FIGURES = str.maketrans("023456789", "111111111")


def may_total(text: str) -> bool:
    """Whether a row with this text could be a total; `kind` decides. Texts that differ in their
    figures only are the same here.
    """
    return bool(TOTAL_SIGNS.search(text)) and _may_total(text.translate(_FIGURES))


@lru_cache(maxsize=20_000)
def _may_total(text: str) -> bool:
    bare = plain_without_brackets(text) or plain(text)
    found = _TOTAL.match(bare) or _is_section(bare) or _LOOSE_TOTAL.match(bare)
    return bool(found) or bare == _FORWARD


def is_remark(text: str) -> bool:
    """A signature's or a footnote's beginning."""
    return bool(_REMARK.match(plain(text)))


def may_remark(text: str) -> bool:
    """Whether a row that begins with this text could be a remark; `kind` decides."""
    return is_remark(text) or _is_label(text)


def header_words(grid: Grid, header: Header, column: int) -> Callable[[str], bool]:
    """A test for the words the header says over this column."""
    own = {plain(str(grid.rows[level][column] or "")) for level in header.rows}
    own |= {plain(header.labels[column])}
    return lambda text: plain(text) in own
