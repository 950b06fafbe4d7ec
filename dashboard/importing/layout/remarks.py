"""Which rows are remarks: signatures, footnotes, sources, captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.contracts.spelling import folded, plain
from dashboard.importing.columns import Cell, Coded, Mask
from dashboard.importing.grids import Grid
from dashboard.importing.layout import cutting, labels
from dashboard.importing.layout.headers import Header, is_header, needed_columns

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
_PAGE = re.compile(r"续表?|第\d+页|共\d+页|page\d+|接上[页表]")
ANYTHING = re.compile("")
SIGNERS = re.compile("[表报報單单编編统統记記审審复複覆批经經主负負责責工校会會出]")


def stands(filled: Sequence[tuple[int, Cell]], grid: Grid, place: int, header: Header) -> bool:
    """A signature line, a footnote, or one text that stands where no required cell does."""
    if not all(isinstance(cell, str) for _, cell in filled):
        return False
    first = str(filled[0][1])
    if grid.width > 2 and (_is_signature(filled) or _is_signed(filled, grid, place)):
        return True
    if len(filled) > 1:
        return is_remark(first) and _is_label(first) and not _is_a_part(filled)
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


def _is_a_part(filled: Sequence[tuple[int, Cell]]) -> bool:
    """`其中：会费` and an amount: of the row above, and no remark."""
    first = plain(str(filled[0][1]))
    return first.startswith("其中") and any(labels.is_number(cell) for _, cell in filled)


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


def is_remark(text: str) -> bool:
    """A signature's or a footnote's beginning."""
    return bool(_REMARK.match(plain(text)))


def may_begin(text: str) -> bool:
    """Whether a row that begins with this text could be a remark; `kind` decides."""
    return is_remark(text) or _is_label(text)
