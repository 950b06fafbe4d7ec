"""教职工名册: everyone with a labour relation; the denominator of 入会率."""

from __future__ import annotations

import re

from dashboard.contracts import codes
from dashboard.contracts.model import Column, Dataset, Row, Surroundings, person_key
from dashboard.contracts.people import (
    BIRTH,
    DEPARTMENT,
    EMPLOYMENT,
    NAME,
    NEVER_KEPT,
    NOTE,
    POST,
    SEX,
    STAFF_NO,
    by_sheet,
    of_pupils,
)
from dashboard.contracts.seen import Seen
from dashboard.text import Text

_ELSEWHERE = re.compile("^(?:学校(?:名称)?|公司名称|单位名称|担任.*)$")
_OF_A_ROSTER = frozenset(("sex", "birth_date", "employment_type", "status"))


def against(seen: Seen) -> bool:
    """Pupils; and where people studied or worked before: its days are not those of this school."""
    history = seen.names(_ELSEWHERE) > 0 and not _OF_A_ROSTER & seen.fields
    return of_pupils(seen) or (history and "hired_on" in seen.fields)


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    by_sheet(row, around, "status", codes.STAFF_STATUS)
    return []


DATASET = Dataset(
    name="staff",
    label=Text("教职工名册", "Staff roster"),
    shape="snapshot",
    on_delete="remove",
    key=person_key,
    finish=finish,
    against=against,
    titles=(
        "教职工名册",
        "教职工花名册",
        "教职工名单",
        "花名册",
        "职工名册",
        "在册人员",
        "教师名册",
        "员工名册",
        "教职工信息",
        "教职工基本情况",
        "staff",
    ),
    evidence=("status", "hired_on", "left_on"),
    columns=(
        STAFF_NO,
        NAME,
        SEX,
        BIRTH,
        DEPARTMENT,
        EMPLOYMENT,
        Column(
            "status",
            Text("状态", "Status"),
            "code",
            (
                "在职状态",
                "人员状态",
                "在岗状态",
                "职工状态",
                "是否在职",
                "在职情况",
                "在岗情况",
            ),
            codes=codes.STAFF_STATUS,
        ),
        POST,
        Column(
            "hired_on",
            Text("入职日期", "Hired on"),
            "date",
            (
                "入职时间",
                "到校时间",
                "来校时间",
                "进校时间",
                "入校时间",
                "到岗日期",
                "来校日期",
                "hire date",
                "start date",
                "聘用日期",
            ),
            ago=True,
        ),
        Column(
            "left_on",
            Text("离职日期", "Left on"),
            "date",
            (
                "离职时间",
                "离校时间",
                "退休时间",
                "退休日期",
                "离校日期",
                "调出时间",
                "leave date",
                "end date",
            ),
            ahead=True,
            ago=True,
        ),
        NOTE,
        *NEVER_KEPT,
    ),
)
