"""Columns that every list of people shares, spelled once."""

from __future__ import annotations

import re

from dashboard.contracts import codes
from dashboard.contracts.model import CodeList, Column, Row, Surroundings
from dashboard.contracts.seen import Seen
from dashboard.contracts.spelling import one_line
from dashboard.text import Text

STAFF_NO = Column(
    "staff_no",
    Text("工号", "Staff number"),
    "id",
    (
        "职工号",
        "教工号",
        "员工编号",
        "员工号",
        "职工编号",
        "教职工号",
        "人员编号",
        "编号",
        "staff id",
        "employee id",
        "employee no",
        "staff no",
        "no",
    ),
)
NAME = Column(
    "name",
    Text("姓名", "Name"),
    "name",
    (
        "会员姓名",
        "教职工姓名",
        "职工姓名",
        "教师姓名",
        "员工姓名",
        "名字",
        "人员姓名",
        "full name",
        "staff name",
        "member name",
        "教工姓名",
    ),
    required=True,
)
SEX = Column("sex", Text("性别", "Sex"), "code", ("gender",), codes=codes.SEX)
BIRTH = Column(
    "birth_date",
    Text("出生日期", "Date of birth"),
    "date",
    ("出生年月", "出生年月日", "生日", "出生时间", "birthday", "born", "birth date"),
    ago=True,
)
DEPARTMENT = Column(
    "department",
    Text("部门", "Department"),
    "label",
    (
        "科室",
        "年级组",
        "教研组",
        "处室",
        "组别",
        "所在部门",
        "所属部门",
        "部门科室",
        "部门名称",
        "学科组",
        "所在处室",
        "所在组",
        "dept",
        "department name",
        "办公室",
    ),
)
UNION_GROUP = Column(
    "union_group",
    Text("工会小组", "Union group"),
    "label",
    ("所属小组", "所在小组", "小组", "所属工会小组", "工会组", "group"),
)
EMPLOYMENT = Column(
    "employment_type",
    Text("用工类型", "Employment type"),
    "code",
    (
        "用工形式",
        "编制",
        "职工类型",
        "职工类别",
        "人员类别",
        "人员类型",
        "编制类型",
        "用工性质",
        "编制性质",
        "岗位性质",
        "身份",
        "聘用形式",
        "编制情况",
        "employment",
        "type",
    ),
    codes=codes.EMPLOYMENT,
)
POST = Column(
    "post",
    Text("岗位", "Post"),
    "label",
    (
        "职务",
        "岗位职务",
        "任教学科",
        "学科",
        "岗位名称",
        "职务岗位",
        "行政职务",
        "position",
    ),
)
NOTE = Column(
    "note",
    Text("备注", "Note"),
    "text",
    ("说明", "备注说明", "remark", "remarks", "notes"),
)

# Checked, then dropped at the door: a figure needs none of them.
ID_CARD = Column(
    "id_card",
    Text("身份证号", "Identity number"),
    "text",
    (
        "身份证",
        "身份证号码",
        "证件号码",
        "证件号",
        "公民身份号码",
        "身份证件号码",
        "id number",
        "id card",
    ),
    keep=False,
)
PHONE = Column(
    "phone",
    Text("联系电话", "Phone"),
    "text",
    (
        "手机",
        "手机号",
        "手机号码",
        "电话",
        "联系方式",
        "电话号码",
        "移动电话",
        "mobile",
        "tel",
        "telephone",
    ),
    keep=False,
)
BANK_CARD = Column(
    "bank_card",
    Text("银行卡号", "Bank card"),
    "text",
    (
        "银行账号",
        "银行卡",
        "工资卡号",
        "开户行账号",
        "账号",
        "卡号银行",
        "收款账号",
        "工资卡",
    ),
    keep=False,
)
ADDRESS = Column(
    "address",
    Text("家庭住址", "Home address"),
    "text",
    (
        "住址",
        "家庭地址",
        "现住址",
        "居住地址",
        "通讯地址",
        "户籍地址",
        "地址",
        "address",
    ),
    keep=False,
)
NEVER_KEPT = (ID_CARD, PHONE, BANK_CARD, ADDRESS)

_PUPILS = re.compile("^(?:学号|学籍号|学生姓名|学生学号|准考证号|考生号)")


def of_pupils(seen: Seen) -> bool:
    """A school class is no staff."""
    return seen.names(_PUPILS) > 0


def by_sheet(row: Row, around: Surroundings, status: str, statuses: CodeList) -> None:
    """One sheet per 用工形式 is usual: where no column says it, the sheet's name does."""
    if {"employment_type", status} & around.mapped:
        return
    row["employment_type"] = codes.EMPLOYMENT.read(around.sheet)
    row[status] = statuses.read(around.sheet)


# 未入会教职工名单 names some of the people; 教职工名册（不含退休） and 在职、退休人员名册 do not.
_PART = re.compile(
    r"(?<![含括及和与、])(?:未入会|未加入工会|非会员|退会|拟发展|拟入会|拟吸收|申请入会|新入会|新发展"
    r"|新入职|新进|退休|离职|离校|调出|调离|转出|未办卡|未办理|生日|困难|家属|子女|优秀|先进|积极分子"
    r"|女会员|女职工|女教工|女教职工|女教师|青年)(?![级級及和与、])"
)


def part_named_in(words: str) -> str | None:
    """Whom alone a roster's title says it lists; None where it sounds like everybody."""
    found = _PART.search(one_line(words))
    return found[0] if found else None
