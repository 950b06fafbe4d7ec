"""Writes the files of the fictional school: `python data/sample/make.py [OUT_DIR]`.

The content comes from `school`, the mess from the `write_…` modules: title lines, merged and
repeated headers, totals, signatures, mixed spellings of dates and amounts, and a few faulty
rows that an importer must refuse with a reason. The same files come out on every run.
"""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import figures
import school as source
import write_events
import write_money
import write_people
import write_proposals
import write_votes
from records import School
from rosters import MEMBER_DAYS
from sheets import Sheet, write_csv, write_workbook

ACTIVITIES, LEDGER, BUDGET, PROPOSALS, VOTES = (
    "工会活动台账（2023—2025年）.xlsx", "工会经费收支明细账（2023—2025年）.xlsx",
    "工会经费预算表（2023—2025年）.xlsx", "教代会提案登记表（七届一次、二次）.xlsx",
    "教代会会议表决记录（七届一次、二次）.xlsx",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that stands in a file and not in the model."""

    file: str
    sheet: str
    what: str


FAULTS = (
    Fault("教职工花名册（2024年9月1日）.xlsx", "在册人员", "工号 0901：姓名为空"),
    Fault("教职工花名册（2025年9月1日）.xlsx", "花名册", "工号、姓名为空，入职时间 2024-02-30"),
    Fault("工会会员名册（2024年9月1日）.xlsx", "会员名册", "工号 0902：姓名为空"),
    Fault("工会会员名册（2024年9月1日）.xlsx", "会员名册", "工号、姓名为空，入会日期 2024-02-30"),
    Fault(ACTIVITIES, "2024年", "活动名称为空"),
    Fault(ACTIVITIES, "2024年", "2024年冬季长跑：实际日期 2024-02-30"),
    Fault("活动签到汇总（2024年）.csv", "", "工号、姓名为空"),
    Fault("活动签到汇总（2024年）.csv", "", "元宵灯谜会、陈龑：日期 2024-02-30"),
    Fault("活动签到汇总（2025年）.csv", "", "同一人同一活动重复签到一行（与前文完全相同）"),
    Fault(LEDGER, "2024年", "补记宣传栏维修：日期 2024-02-30，支出 120"),
    Fault(LEDGER, "2025年", "乒乓球台维修（未结算）：支出为“待定”"),
    Fault(BUDGET, "2024年预算", "课题调研费：核定预算数为“待定”"),
    Fault(BUDGET, "2025年预算", "科目编码、科目名称为空，金额 500"),
    Fault(PROPOSALS, "七届一次", "提案编号、案由为空，征集日期 2024-02-30"),
    Fault(PROPOSALS, "七届二次", "提案编号为空，提出时间为“待定”"),
    Fault(VOTES, "七届一次", "会费管理办法（试行）：日期 2024-02-30"),
    Fault(VOTES, "七届二次", "表决议题为空，赞成票 30票"),
)


def dated(what: str, day: date, ending: str) -> str:
    """The file name of a roster, with the day it was closed."""
    return f"{what}（{day.year}年{day.month}月{day.day}日）.{ending}"


def workbooks(school: School) -> dict[str, list[Sheet]]:
    """Every workbook by its file name."""
    books = {
        "教职工花名册（2023年9月1日）.xlsx": write_people.staff_2023(school),
        "教职工花名册（2024年9月1日）.xlsx": write_people.staff_2024(school),
        "教职工花名册（2025年9月1日）.xlsx": write_people.staff_2025(school),
        ACTIVITIES: write_events.register(school),
        LEDGER: write_money.ledger(school),
        BUDGET: write_money.budgets(school),
        PROPOSALS: write_proposals.register(school),
        VOTES: write_votes.register(school),
    }
    for day in MEMBER_DAYS:
        if day != date(2025, 3, 1):
            books[dated("工会会员名册", day, "xlsx")] = write_people.members(school, day)
    singles = write_events.single_lists(school)
    return books | {f"{name}.xlsx": sheets for name, sheets in singles.items()}


def write(school: School, folder: Path) -> None:
    """All files into one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheets in workbooks(school).items():
        write_workbook(folder / name, sheets)
    day = date(2025, 3, 1)
    rows = write_people.members_csv(school, day)
    write_csv(folder / dated("工会会员名册", day, "csv"), rows, "utf-8-sig")
    for year in write_events.CSV_COLUMNS:
        rows = write_events.sign_in_csv(school, year)
        write_csv(folder / f"活动签到汇总（{year}年）.csv", rows, "gb18030")


if __name__ == "__main__":
    SCHOOL = source.build()
    write(SCHOOL, Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
    rows = [row for year in (2024, 2025) for row in figures.table(SCHOOL, year)]
    sys.stdout.write("\n".join([*rows, ""]))
