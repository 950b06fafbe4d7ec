"""What each row of a sheet is: data, a total, a repeated header, a remark, or nothing.

Every row gets exactly one kind, so that what was read adds up to what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

from dashboard.contracts.spelling import folded, one_line, plain, plain_without_brackets
from dashboard.importing import cutting, labels
from dashboard.importing.columns import Cell, Coded, Mask
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
_ORDINARY = re.compile(r"^(?:totals?|sum|计)$")  # words of other rows, too
AVERAGE = re.compile(
    r"^总?(?:平均(?:数|值|分数?|成绩|年龄|工资)?|均值|人均)$|^(?:average|avg|mean)$"
)
_WHOLE = re.compile(r"^总.{1,6}$")
_OF_ONE = re.compile(r"^总(?!计|共|额|数|人数|金额)")  # 总余额: of one column, wherever it stands
_SECTION = re.compile(
    r"^[一二三四五六七八九十]?(?:本年度?|当年)?(?:经费)?(?:收入|支出|结余)(?:部分|预算|情况)?$"
)
_LOOSE_TOTAL = re.compile(rf"^.{{1,10}}{_SUM}$")
_REMARK = re.compile(
    r"^(?:注|附注|备注|说明|填表|填报|制表|制单|编制|审核|审批|复核|负责人|签字|签名|签章|盖章|单位负责人|"
    r"工会主席|主席|经办人?|经审|记录数|联系电话|联系人|报送|本表|此表|以上|附件|以下空白|校长|会计|出纳|财务|日期|年月日|"
    r"第\d+页|共\d+[页笔条人件]|人民币|大写|金额大写|合计大写|打印|统计时间|导出|其中|应到\d*人?实到|"
    r"数据来源|资料来源|来源|source|note|prepared|approved)"
)
_SIGNER = re.compile(
    r"^(?:制表|填表|填报|编制|制单|统计|记录|审核|审批|复核|批准|经办|主管|负责|单位负责|部门负责|经审|财务负责|工会)"
    r"(?:人|员|者|主席|签字|签名)?$|^(?:工会)?主席$|^校长$|^会计$|^出纳$"
)
_LABELLED = re.compile(r"^[^\d:]{1,30}:(?!//)")
_SENTENCE = re.compile(r"[。;；!！:：]$|。.")
_LONGEST = 30  # characters of a lone text that may still be somebody's name or a place
_SERIAL = re.compile(r"^(?:序号?|编号|no|行次|项次|次序)$")
_COUNTED = re.compile(r"序|号|编|年|月|日|期|次|no|id|date|day")  # over numbers that are no amounts
_FORWARD = "承前页"
_BLOCK = ("小计", "本月", "本页", "本日", "本季", "当月", "月合计", "subtotal")
_PAGE = re.compile(r"续表?|第\d+页|共\d+页|page\d+|接上[页表]")


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
    return "notes" if _is_remark(filled, grid, place, header) else "data"


def _is_numbered_only(filled: Sequence[tuple[int, Cell]], header: Header) -> bool:
    """A row of a printed form that nobody filled in: nothing but its number stands there."""
    column, cell = filled[0]
    return (
        len(filled) == 1
        and column not in header.fields.values()
        and bool(_SERIAL.match(plain(header.labels[column])))
        and labels.is_number(cell)
    )


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
        whole = _is_whole(bare, header) or (column in required and _is_section(bare))
        loose = _LOOSE_TOTAL.match(bare) and (column in required or not required <= there)
        if (whole or loose) and _stands_first(column, bare, filled, header):
            return True
    return False


def _is_whole(bare: str, header: Header) -> bool:
    """合计, 平均, or 总 and the words of a column: 总充值."""
    if _TOTAL.match(bare) or AVERAGE.match(bare):
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
    first = str(filled[0][1])
    if grid.width > 2 and (_is_signature(filled) or _is_signed(filled, grid, place)):
        return True
    if len(filled) > 1:
        return is_remark(first) and _is_label(first)
    if is_remark(first) or _is_title(plain(first), grid, header) or _heads(grid, place, header):
        return True
    return grid.width > 2 and (_is_spread(grid, place) or _is_alone(grid, filled[0], header))


def _is_signature(filled: Sequence[tuple[int, Cell]]) -> bool:
    """Every cell is `审核：`, `制表人：张三`, a signer's or a footnote's word, or the name behind
    such a label.
    """
    texts = [folded(str(cell)).strip() for _, cell in filled]
    return all(
        _LABELLED.match(text) or is_remark(text) or (place and texts[place - 1].endswith(":"))
        for place, text in enumerate(texts)
    )


def _is_signed(filled: Sequence[tuple[int, Cell]], grid: Grid, place: int) -> bool:
    """The names below 制表人 and 审核人."""
    above = [(at, cell) for at, cell in enumerate(grid.rows[place - 1]) if cell is not None]
    return (
        [at for at, _ in above] == [at for at, _ in filled]
        and len(filled) > 1
        and all(isinstance(cell, str) and is_signer(cell) for _, cell in above)
    )


def is_signer(text: str) -> bool:
    """制表人, 审核: who signs, in the row below."""
    return bool(_SIGNER.match(plain(text)))


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


def _heads(grid: Grid, place: int, header: Header) -> bool:
    """A text right above the header said once more is that table's caption."""
    below = grid.rows[place + 1] if place + 1 < len(grid.rows) else []
    return any(cell is not None for cell in below) and is_header(below, grid, header)


def _is_spread(grid: Grid, place: int) -> bool:
    """A cell merged over much of the row is a caption, not a value."""
    return any(
        box[0] == place == box[2] and box[3] - box[1] + 1 >= grid.width / 2 for box in grid.merged
    )


def _is_alone(grid: Grid, only: tuple[int, Cell], header: Header) -> bool:
    """The only text of its row, and not in a column that a row could not do without. Of an unknown
    sheet every column of texts may hold a row's only one, as long as it is no sentence.
    """
    column, text = only[0], str(only[1])
    if header.dataset is not None:
        required = needed_columns(header)
        return bool(required) and column not in required
    return (
        column not in _worded(grid, header) or len(text) > _LONGEST or bool(_SENTENCE.search(text))
    )


def _worded(grid: Grid, header: Header) -> frozenset[int]:
    """The named columns that mostly hold texts; rows with one cell only do not tell, unless there
    are no others.
    """
    if header.worded is None:
        wide = cutting.filled(grid) > 1
        wide[: header.last + 1] = False
        if not wide.any():
            wide[header.last + 1 :] = True
        named = [place for place, label in enumerate(header.labels) if label]
        header.worded = frozenset(c for c in named if _is_worded(grid.column(c), wide))
    return header.worded


def _is_worded(column: Coded, rows: Mask) -> bool:
    texts = column.where(isinstance(v, str) and not labels.is_value(v) for v in column.values)
    return int((texts & rows).sum()) * 2 > int((column.filled & rows).sum())


TOTAL_SIGNS = re.compile("[计計总總额額数數页頁累收支结結餘余经預预]|[Tt][Oo][Tt]|[Ss][Uu][Mm]")
SIGNERS = re.compile("[表报報單单编編统統记記审審复複覆批经經主负負责責工校会會出]")
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
    words = (_TOTAL, AVERAGE, _WHOLE, _LOOSE_TOTAL)
    found = any(pattern.match(bare) for pattern in words) or _is_section(bare)
    return found or bare == _FORWARD


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


def is_remark(text: str) -> bool:
    """A signature's or a footnote's beginning."""
    return bool(_REMARK.match(plain(text)))


def may_remark(text: str) -> bool:
    """Whether a row that begins with this text could be a remark; `kind` decides."""
    return is_remark(text) or _is_label(text)


def header_words(grid: Grid, header: Header, column: int) -> Callable[[str], bool]:
    """A test for the words the header says over this column, whatever their figures."""
    words = [str(grid.rows[level][column] or "") for level in header.rows]
    own = {plain(word).translate(_FIGURES) for word in (*words, header.labels[column])}
    return lambda text: plain(text).translate(_FIGURES) in own
