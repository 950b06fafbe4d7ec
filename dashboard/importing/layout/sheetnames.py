"""What a sheet's name says that its table does not: one sheet a department, one sheet a person.

The word is put into a column of its own, beside the others; where it cannot be told what the
name is, nothing is done.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dashboard.contracts import DATASETS, codes
from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Cell, Columns, coded
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import headers, sorting, unknown
from dashboard.importing.layout.headers import Header

_DEPARTMENT = re.compile(r".{1,12}(?:组|处|室|科|部|办|年级|级部|中心|馆|食堂)")
_NO_DEPARTMENT = re.compile(r"小组$|全部$|名[册单]|会员|教职工|汇总|合计|活动|签到|登记")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武"
    "乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷"
)
_NO_PERSON = re.compile(r"[表册报单账案额间月周年级班组会动划总结目录度期日]$|^高[一二三]$|^安排$")
_ALIKE = ("activities", "attendance")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,3}")


def told(grid: Grid, file: str) -> Grid:
    """The grid with a column for what its sheet's name says; any other grid as it is."""
    if _is_department(grid.name):
        return _of_department(grid, file)
    return _of_person(grid, file) if _is_person(grid.name) else grid


def _is_department(name: str) -> bool:
    lists = (codes.EMPLOYMENT, codes.STAFF_STATUS, codes.MEMBER_STATUS)
    if any(known.read(name) for known in lists) or _NO_DEPARTMENT.search(name):
        return False
    return _DEPARTMENT.fullmatch(name) is not None


def _is_person(name: str) -> bool:
    if not _HAN.fullmatch(name) or name[0] not in _SURNAMES or _NO_PERSON.search(name):
        return False
    return not any(plain(name) in known.headers for known in DATASETS.values())


def _of_department(grid: Grid, file: str) -> Grid:
    header = _header(grid, file)
    if header is None or header.dataset is None or "department" in header.fields:
        return grid
    if header.dataset.name not in ("members", "staff", "attendance"):
        return grid
    return _with_column(grid, header, "部门", "department_from_sheet")


def _of_person(grid: Grid, file: str) -> Grid:
    """Days and activities of one person: attendance, once the name is added. A plan of
    activities has the same columns, yet no 出席 and 请假 in them.
    """
    header = _header(grid, file) or unknown.header(grid)
    if header is None or (header.dataset and header.dataset.name not in _ALIKE):
        return grid
    named = _with_column(grid, header, "姓名", "name_from_sheet")
    found = _header(named, file)
    if found is None or found.dataset is not DATASETS["attendance"]:
        return grid
    marked = "presence" in found.fields and _says_presence(named, found)
    return named if marked and "held_on" in found.fields else grid


def _says_presence(grid: Grid, header: Header) -> bool:
    rows = grid.rows[header.last + 1 : header.last + 51]
    cells = [row[header.fields["presence"]] for row in rows]
    said = [codes.PRESENCE.read(str(cell)) for cell in cells if cell is not None]
    return bool(said) and sum(word is not None for word in said) * 10 >= len(said) * 8


def _header(grid: Grid, file: str) -> Header | None:
    words = [cell for row in grid.rows[:6] for cell in row if isinstance(cell, str)]
    return headers.find(grid, " ".join([grid.heading, *words[:3], grid.name, file]))


def _with_column(grid: Grid, header: Header, label: str, code: str) -> Grid:
    """One more column at the right, filled in the data rows."""
    said: list[Cell] = [
        grid.name if kind == "data" else None for kind in sorting.kinds(grid, header)
    ]
    said[header.first] = label
    own = range(grid.width) if grid.across is None else grid.across
    rows: list[list[Cell]] | Columns
    if isinstance(grid.rows, Columns):
        rows = Columns([*grid.rows.columns, coded(said)])
    else:
        rows = [[*row, cell] for row, cell in zip(grid.rows, said, strict=True)]
    return replace(
        grid,
        rows=rows,
        across=[*own, max(own) + 1],
        notes=[*grid.notes, issue(code, given=grid.name)],
    )
