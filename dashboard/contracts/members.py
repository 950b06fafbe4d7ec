"""会员名册: who is enrolled, since when, and who holds a service card."""

from __future__ import annotations

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
    UNION_GROUP,
    by_sheet,
    of_pupils,
)
from dashboard.text import Text


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """A card's number proves the card, and is not kept (such cards are bank cards)."""
    by_sheet(row, around, "member_status", codes.MEMBER_STATUS)
    if row.get("has_card") is None and "card_no" in around.mapped:
        row["has_card"] = "yes" if row.get("card_no") else "no"
    born, joined = row.get("birth_date"), row.get("joined_on")
    return [("joined_before_birth", "joined_on")] if born and joined and joined < born else []


DATASET = Dataset(
    name="members",
    label=Text("会员名册", "Member roster"),
    shape="snapshot",
    on_delete="remove",
    key=person_key,
    titles=(
        "会员名册",
        "会员花名册",
        "会员名单",
        "工会会员",
        "会员登记",
        "会员信息",
        "入会名单",
        "会籍",
        "会员服务卡",
        "members",
    ),
    finish=finish,
    against=of_pupils,
    evidence=("joined_on", "member_status", "union_post", "has_card", "card_no", "dues_base"),
    columns=(
        STAFF_NO,
        NAME,
        SEX,
        BIRTH,
        DEPARTMENT,
        UNION_GROUP,
        EMPLOYMENT,
        POST,
        Column("nation", Text("民族", "Nationality"), "label"),
        Column("education", Text("学历", "Education"), "label", ("文化程度", "最高学历")),
        Column(
            "working_since",
            Text("参加工作时间", "Working since"),
            "date",
            ("工作时间", "参加工作日期", "参工时间"),
            ago=True,
        ),
        Column(
            "joined_on",
            Text("入会日期", "Joined on"),
            "date",
            (
                "入会时间",
                "入会年月",
                "何时加入工会",
                "加入工会时间",
                "入会年份",
                "入会年月日",
                "join date",
                "member since",
            ),
            ago=True,
        ),
        Column(
            "member_status",
            Text("会籍状态", "Membership status"),
            "code",
            ("会员状态", "会籍", "会籍情况", "是否会员", "入会状态", "membership"),
            codes=codes.MEMBER_STATUS,
        ),
        Column(
            "union_post",
            Text("会内职务", "Union post"),
            "label",
            ("工会职务", "工会内职务", "会内任职"),
        ),
        Column(
            "politics",
            Text("政治面貌", "Political affiliation"),
            "code",
            ("党派",),
            codes=codes.POLITICS,
        ),
        Column(
            "dues_base",
            Text("会费基数", "Dues base"),
            "money",
            ("月基本工资", "工资基数", "月工资", "缴费基数"),
        ),
        Column(
            "has_card",
            Text("服务卡", "Service card"),
            "code",
            (
                "办卡状态",
                "是否办卡",
                "会员服务卡",
                "服务卡办理",
                "服务卡状态",
                "服务卡办理情况",
                "办卡情况",
                "卡状态",
                "是否办理服务卡",
                "有无服务卡",
                "service card issued",
            ),
            codes=codes.CARD,
            blank="no",
        ),
        Column(
            "card_no",
            Text("服务卡号", "Service card number"),
            "text",
            (
                "会员卡号",
                "会员服务卡号",
                "卡号",
                "会员卡正面卡号",
                "会员证号",
                "card number",
            ),
            keep=False,
            speaks_for=("has_card",),
        ),
        NOTE,
        *NEVER_KEPT,
    ),
)
