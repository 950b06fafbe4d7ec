"""The staff and member rosters as files: three and five of them, no two laid out alike."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from people import DEPTS
from records import MemberEntry, Person, RosterEntry, School
from sheets import BLANK, FULL_WIDTH, Cell, Row, Sheet, header, spelled

FOOTER = "审核：　　　　　　　　制表：　　　　　　　　"
TOTAL = "合          计"
LENT = "借至区教师发展中心"
STAFF_COLUMNS = (
    "序号 工号 姓_名 性别 出生日期 身份证号 部_门 岗位 用工类型 入职日期 状态 联系电话 备注"
)
STAFF_PARENTS: Row = ["序号", "基本信息", None, None, None, None, "工作情况", None, None, None,
                      None, None, "联系电话", "备注"]  # fmt: skip
STAFF_CHILDREN = "工号 姓名 性别 出生/日期 身份证号 部门 岗位 用工/类型 入职/日期 状态 离职/日期"
STAFF_GROUPED = ("部门 序号 姓名 工号 性别 出生年月日 身份证号 岗位 用工形式 入职时间 状态 离职日期"
                 " 联系电话 备注")  # fmt: skip
MEMBER_COLUMNS = {
    date(2023, 9, 1): "序号 工号 会员姓名 性别 出生年月日 政治面貌 部门 工会小组 入会/日期"
    " 会籍状态 会内职务 服务卡 联系电话",
    date(2024, 3, 1): "序号 工_号 姓_名 性_别 出生日期 政治面貌 部_门 工会小组 入会日期"
    " 会籍状态 会内职务 服务卡 联系电话",
    date(2024, 9, 1): "序号 工号 姓名 性别 出生/日期 政治/面貌 部门 工会/小组 入会/日期"
    " 会籍/状态 会内/职务 服务卡 联系电话",
    date(2025, 3, 1): "序号 工号 姓名 性别 出生日期 政治面貌 部门 工会小组 入会时间"
    " 会籍状态 会内职务 服务卡 联系电话",
    date(2025, 9, 1): "序号 工号 会员姓名 性别 出生日期 政治面貌 部门 工会小组 入会日期"
    " 会籍状态 会内职务 服务卡 联系电话",
}
BIRTH_STYLES = {9: "dot", 14: "slash", 23: "compact"}
JOIN_STYLES = {
    date(2023, 9, 1): {7: "dot", 15: "words"},
    date(2024, 3, 1): {8: "slash", 21: "wide"},
    date(2024, 9, 1): {10: "serial", 17: "dot"},
    date(2025, 3, 1): {1: "dash", 2: "dot", 5: "words"},
    date(2025, 9, 1): {6: "compact", 19: "words"},
}


def as_of(day: date) -> str:
    """The subtitle that dates a roster."""
    return f"单位名称：示例小学工会　　截至{day.year}年{day.month}月{day.day}日"


def staff_2023(school: School) -> list[Sheet]:
    """One header row under a blank one, a spacer below it, some padded staff numbers."""
    day = date(2023, 9, 1)
    sheet = Sheet("花名册", [BLANK])
    sheet.title("示例小学教职工花名册", 13)
    sheet.title(as_of(day), 13)
    sheet.rows += [header(STAFF_COLUMNS), BLANK]
    people = _people(school)
    for n, entry in enumerate(_staff_on(school, day), start=1):
        who = people[entry.staff_id]
        padded = entry.staff_id + "   " * (n % 12 == 5)
        sheet.rows.append([n, padded, entry.name, entry.sex, _birth(entry.born, n), who.id_number,
                           entry.dept, entry.post, entry.employment, entry.hired, entry.status,
                           who.mobile, _note(entry)])  # fmt: skip
    sheet.rows += [[TOTAL, None, f"{n}人"], BLANK]
    sheet.title(FOOTER, 13)
    return [sheet]


def staff_2024(school: School) -> list[Sheet]:
    """Two header rows with merged parents, a faulty row, and a hidden draft beside it."""
    day = date(2024, 9, 1)
    sheet = Sheet("在册人员", dates='yyyy"年"m"月"d"日"')
    sheet.title("示例小学教职工花名册", 14)
    sheet.title(as_of(day), 14)
    sheet.rows += [STAFF_PARENTS, [None, *header(STAFF_CHILDREN), None, None]]
    sheet.merges += [(2, 0, 3, 0), (2, 1, 2, 5), (2, 6, 2, 11), (2, 12, 3, 12), (2, 13, 3, 13)]
    people = _people(school)
    for n, entry in enumerate(_staff_on(school, day), start=1):
        if n == 60:
            sheet.rows.append(["", "0901", None, "女", date(1990, 5, 6), "", "语文组", "教师",
                               "在编", date(2024, 8, 20), "在职"])  # fmt: skip
        who = people[entry.staff_id]
        sheet.rows.append([n, entry.staff_id, entry.name, entry.sex, _birth(entry.born, n),
                           who.id_number, entry.dept, entry.post, entry.employment, entry.hired,
                           entry.status, entry.ended, who.mobile, _note(entry)])  # fmt: skip
    sheet.rows += [[TOTAL, None, f"{n}人"]]
    sheet.title(FOOTER, 14)
    return [sheet, _draft()]


def _draft() -> Sheet:
    rows: list[Row] = [["示例小学教职工花名册（草稿，待核对）"], header("工号 姓名 部门 状态")]
    rows += [["9001", "草稿甲", "语文组", "在职"], ["9002", "草稿乙", "数学组", "在职"]]
    return Sheet("草稿", rows, hidden=True)


def staff_2025(school: School) -> list[Sheet]:
    """Grouped by department, its cell merged downwards over its people."""
    day, width = date(2025, 9, 1), 14
    sheet = Sheet("花名册", [BLANK])
    sheet.title("示例小学教职工花名册", width)
    sheet.title(as_of(day), width)
    sheet.rows.append(header(STAFF_GROUPED))
    entries = sorted(_staff_on(school, day), key=lambda e: list(DEPTS).index(e.dept))
    for dept, group in groupby(entries, key=lambda e: e.dept):
        first = len(sheet.rows)
        sheet.rows += _grouped(school, group, first - 4)
        if dept == "总务后勤处":
            sheet.rows.append([None, "", None, None, "男", "", "", "保安", "劳务派遣", "2024-02-30",
                               "在职"])  # fmt: skip
        sheet.rows[first][0] = dept
        sheet.merges.append((first, 0, len(sheet.rows) - 1, 0))
    sheet.rows += [[TOTAL, None, f"{len(entries)}人"], BLANK]
    sheet.title(FOOTER, width)
    return [sheet]


def _grouped(school: School, group: Iterable[RosterEntry], before: int) -> list[Row]:
    people, rows = _people(school), list[Row]()
    for n, entry in enumerate(group, start=before + 1):
        who = people[entry.staff_id]
        hired = spelled(entry.hired, _style({8: "words", 11: "wide", 13: "dot"}, n))
        rows.append([None, n, entry.name, entry.staff_id, entry.sex, _birth(entry.born, n),
                     who.id_number, entry.post, entry.employment, hired, entry.status,
                     entry.ended, who.mobile, _note(entry)])  # fmt: skip
    return rows


def members(school: School, day: date) -> list[Sheet]:
    """One member roster as a sheet; September 2024 carries the faulty rows."""
    sheet = Sheet("会员名册", [BLANK] if day.year == 2025 else [])
    columns = header(MEMBER_COLUMNS[day])
    sheet.title("示例小学工会会员名册", len(columns))
    sheet.title(as_of(day), len(columns))
    sheet.rows += [columns, BLANK] if day.month == 3 else [columns]
    rows = member_rows(school, day)
    if day == date(2024, 9, 1):
        rows[40:40] = [_member_fault("0902", date(2024, 8, 30)), _member_fault("", "2024-02-30")]
    sheet.rows += rows
    sheet.rows += [[TOTAL, None, f"{sum(e.as_of == day for e in school.members)}人"], BLANK]
    sheet.title(FOOTER, len(columns))
    return [sheet]


def _member_fault(staff_id: str, joined: Cell) -> Row:
    return ["", staff_id, None, "女", date(1992, 4, 4), "群众", "数学组", "第二小组", joined,
            "在籍", "", "未办", ""]  # fmt: skip


def members_csv(school: School, day: date) -> list[Row]:
    """One member roster as the rows of a CSV file: every date is text."""
    rows: list[Row] = [["示例小学工会会员名册"], [as_of(day)], header(MEMBER_COLUMNS[day])]
    entries = member_rows(school, day)
    rows += [[spelled(c, "dash") if isinstance(c, date) else c for c in row] for row in entries]
    return [*rows, [TOTAL, "", f"{len(entries)}人"]]


def member_rows(school: School, day: date) -> list[Row]:
    """The rows of one member roster, with that roster's habits of spelling."""
    people, rows = _people(school), list[Row]()
    card = _tick if day == date(2024, 3, 1) else _plain_card
    for n, entry in enumerate((e for e in school.members if e.as_of == day), start=1):
        staff_id = entry.staff_id
        if day == date(2024, 3, 1) and n % 11 == 0:
            staff_id = staff_id.translate(FULL_WIDTH)
        joined = spelled(entry.joined, _style(JOIN_STYLES[day], n))
        standing = _plain_standing(entry) if day == date(2025, 3, 1) else entry.standing
        rows.append([n, staff_id, entry.name, entry.sex, _birth(entry.born, n), entry.politics,
                     entry.dept, entry.group, joined, standing, entry.office,
                     card(entry, n), people[entry.staff_id].mobile])  # fmt: skip
    return rows


def _plain_standing(entry: MemberEntry) -> str:
    return "正常" if entry.standing == "在籍" else entry.standing


def _tick(entry: MemberEntry, n: int) -> str:
    return ("√" if n % 3 else "已办") if entry.card else "未办"


def _plain_card(entry: MemberEntry, _n: int) -> str:
    return "已办" if entry.card else "未办"


def _birth(born: date, n: int) -> Cell:
    return spelled(born, _style(BIRTH_STYLES, n))


def _style(styles: dict[int, str], n: int) -> str:
    return next((style for every, style in reversed(styles.items()) if n % every == 0), "typed")


def _people(school: School) -> dict[str, Person]:
    return {p.staff_id: p for p in school.people}


def _staff_on(school: School, day: date) -> list[RosterEntry]:
    return [e for e in school.roster if e.as_of == day]


def _note(entry: RosterEntry) -> str:
    return LENT if entry.status == "借出" else ""
