"""The activity register and the sign-in lists as files."""

from datetime import date
from decimal import Decimal

from records import Activity, Attendance, School
from sheets import BLANK, Cell, Row, Sheet, header, money, spelled
from write_people import FOOTER, TOTAL

PLAIN = "序号 活动名称 类别 对象 计划月份 实际日期 负责人 应到 实到 预算（元） 决算（元） 状态 备注"
REGISTER = {
    2023: PLAIN,
    2024: "序号 活动/名称 类_别 对_象 计划/月份 实际/日期 责任人 应到 实到 预算/（元） 决算/（元）"
    " 状_态 备_注",
    2025: PLAIN,
}
EXCUSES = {"请假": ("因公外出", "外出教研\n（区级）", "事假"), "缺席": ("", "", "未说明")}
CSV_COLUMNS = {
    2023: ("活动名称", "日期", "工号", "姓名", "部门", "出席情况", "备注"),
    2024: ("活动名称", "日期", "工号", "姓名", "部门", "出席情况", "备注"),
    2025: ("日期", "活动名称", "部门", "姓名", "工号", "出席情况", "备注"),
}
DAY_STYLES = ("dash", "slash", "words", "dot")


def register(school: School) -> list[Sheet]:
    """The activity register, a sheet per calendar year."""
    return [_register_year(school, year) for year in REGISTER]


def _register_year(school: School, year: int) -> Sheet:
    columns = header(REGISTER[year])
    sheet = Sheet(f"{year}年", [BLANK] if year == 2025 else [])
    sheet.title(f"示例小学工会{year}年活动台账", len(columns))
    sheet.title("单位名称：示例小学工会", len(columns))
    sheet.rows += [columns, BLANK] if year == 2024 else [columns]
    activities = [a for a in school.activities if _year(a) == year]
    sheet.rows += [_register_row(a, n) for n, a in enumerate(activities, start=1)]
    sheet.rows += _register_faults() if year == 2024 else []
    spent = sum((a.spent for a in activities), Decimal(0))
    sheet.rows.append([TOTAL, *[None] * 9, spent])
    sheet.title(FOOTER, len(columns))
    return sheet


def _register_faults() -> list[Row]:
    nameless: Row = ["", None, "文体", "全体", "", date(2024, 12, 20), "", None, None, None, None,
                     "已完成", "名称待补"]  # fmt: skip
    no_such_day: Row = ["", "2024年冬季长跑", "文体", "全体", "", "2024-02-30", "", None, None,
                        None, None, "已完成", ""]  # fmt: skip
    return [nameless, no_such_day]


def _year(activity: Activity) -> int:
    return activity.held.year if activity.held else int(activity.planned[:4])


def _register_row(a: Activity, n: int) -> Row:
    style = ("typed", "typed", "dot", "short", "words")[n % 5]
    note = "因雨取消" if a.status == "取消" else "" if a.planned else "计划外"
    return [n, a.name, a.kind, a.target, _month(a.planned, n), spelled(a.held, style), a.owner,
            a.expected, a.present, a.budget, money(a.spent), a.status, note]  # fmt: skip


def _month(planned: str, n: int) -> str:
    """The planned month in the spellings of real plans; the year is in the title."""
    if not planned:
        return ""
    year, month = planned[:4], int(planned[5:])
    return (f"{month}月", f"{year}年{month}月", f"{month}月", f"{year}-{month:02d}")[n % 4]


def sign_in_csv(school: School, year: int) -> list[Row]:
    """All sign-in lists of a year in one long list; 2024 has a title and a count of records."""
    rows = [_sign_in(school, a, n) for n, a in enumerate(_listed(school, year), start=1)]
    if year == 2024:
        rows[300:300] = _sign_in_faults(school)
    if year == 2025:
        rows.insert(203, rows[200])
    columns = CSV_COLUMNS[year]
    table: list[Row] = [list(columns), *([row[name] for name in columns] for row in rows)]
    if year == 2024:
        blank = [""] * (len(columns) - 1)
        title: Row = ["示例小学工会2024年活动签到汇总", *blank]
        table = [title, *table, [f"记录数:{len(rows)}", *blank]]
    return table


def _sign_in_faults(school: School) -> list[dict[str, Cell]]:
    somebody = next(p for p in school.people if p.name == "陈龑")
    common: dict[str, Cell] = {"部门": "数学组", "出席情况": "出席", "备注": ""}
    nobody: dict[str, Cell] = {"活动名称": "2024年“三八”妇女节活动", "日期": "2024-03-08",
                               "工号": "", "姓名": ""}  # fmt: skip
    no_such_day: dict[str, Cell] = {"活动名称": "2024年元宵灯谜会", "日期": "2024-02-30",
                                    "工号": somebody.staff_id, "姓名": somebody.name}  # fmt: skip
    return [nobody | common, no_such_day | common]


def _listed(school: School, year: int) -> list[Attendance]:
    names = {a.name for a in school.activities if a.listing == "汇总"}
    return [a for a in school.attendance if a.held.year == year and a.activity in names]


def _sign_in(school: School, a: Attendance, n: int) -> dict[str, Cell]:
    padded = a.staff_id + "  " * (n % 40 == 0 and bool(a.staff_id))
    state = "√" if a.held.year == 2023 and a.state == "出席" else a.state
    reasons = EXCUSES.get(a.state, ("",))
    return {
        "活动名称": a.activity, "日期": spelled(a.held, DAY_STYLES[a.held.day % 4]),
        "工号": padded, "姓名": a.name, "部门": a.dept, "出席情况": state,
        "备注": reasons[n % len(reasons)],
    }  # fmt: skip


def single_lists(school: School) -> dict[str, list[Sheet]]:
    """The sign-in lists in files of their own: name and day stand above the table only."""
    alone = [a for a in school.activities if a.listing == "单独"]
    return {f"签到表—{a.name}": [_single(school, a)] for a in alone}


def _single(school: School, activity: Activity) -> Sheet:
    sheet = Sheet("签到表")
    sheet.title(f"{activity.name}签  到  表（{spelled(activity.held, 'words')}）", 4)
    sheet.rows.append(header("序号 姓_名 部_门 签_到"))
    people = [a for a in school.attendance if a.activity == activity.name]
    for n, person in enumerate(people, start=1):
        state = "√" if person.state == "出席" else person.state
        sheet.rows.append([n, person.name, person.dept, state])
    sheet.title(f"应到人数 {activity.expected} 人", 4)
    return sheet
