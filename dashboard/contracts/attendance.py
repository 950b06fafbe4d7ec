"""活动签到: who came to what. One row is one person at one activity on one day."""

from __future__ import annotations

import re
from dataclasses import replace

from dashboard.contracts import codes
from dashboard.contracts.model import (
    PERSON,
    Column,
    Dataset,
    Piece,
    Row,
    Shortcut,
    Surroundings,
    person_key,
    plain_or_empty,
)
from dashboard.contracts.people import DEPARTMENT, NAME, NEVER_KEPT, NOTE, STAFF_NO, of_pupils
from dashboard.contracts.seen import Seen
from dashboard.contracts.spelling import one_line, plain
from dashboard.text import Text

NOT_SIGNED = "-"  # a time of signing in that is left empty, until the row is finished
_LIST_WORDS = re.compile(
    r"(人员)?(签\s*到|考勤|出席)\s*(情况)?\s*(?:统计|记录|登记|明细|汇总|名单)?(?:表|册|簿|单)?"
)
_DETAILS = re.compile(
    r"\s*(?:活动)?(?:时\s*间|地\s*点|日\s*期|应到|实到|主持|负责人|人数|考勤员|签到员|记录人|填表人)\s*[:：]"
)
_DATES = re.compile(
    r"[（(]?\s*\d{2,4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]?\s*(\d{1,2})?\s*日?\s*[）)]?"
)

_NO_NAMES = frozenset(("", "活动", "attendance"))  # the register's own name names no activity
# Nor do a name the program gave, a bare year or month, and what is left of a list's own words.
_NO_NAME = re.compile(
    r"(?:活动|attendance|sheet|工作表|表|附件|附表|新建\w*工作[表簿]|工作簿|空白|模板|模版|样表|template|book|副本)*\d*"
    r"|(?>第?[\d零〇一二三四五六七八九十]{1,4}(?:学年度?|年度?|月份?|[日号周]|季度|学期)"
    r"|[上下]半年|[上下春秋]季?学期|[至到止]|\d)*|[\d表单册簿]*"
)
_COPY = re.compile(r"(?:[_ -]*(?:待修改|to[ _]mend|副本|copy)|\s*[(（]\d+[)）])+$", re.IGNORECASE)
_COUNTED = re.compile(r"天数|次数|小时|单位[天次日]")
_WHO_WAS_THERE = frozenset(("presence", "signature", "signed_at"))
# 未签到人员名单, 没有参加活动的教师名单: a bare list of names under it tells who was not there.
_NOT_THERE = re.compile(
    r"[未没沒](?:有|能)?(?:签到|簽到|参加|參加|参与|出席|到会|到场|参会|打卡)"
    r"[^,.;:()，。；：（）]{0,8}(?:人员|人員|名单|名單|名册|花名|登记|统计|情况|汇总)"
)


def against(seen: Seen) -> bool:
    """Pupils; those who were not there; and a month's sums per person, which tell neither a day
    nor an activity.
    """
    missing = not _WHO_WAS_THERE & seen.fields and _NOT_THERE.search(seen.words) is not None
    told = _WHO_WAS_THERE | {"activity", "activity_no", "held_on"}
    sums = not told & seen.fields and seen.names(_COUNTED) > 1
    return of_pupils(seen) or missing or sums


def key(row: Row) -> str:
    what = plain(row.get("activity_no") or row.get("activity") or "")
    return f"{what}|{row.get('held_on')}|{person_key(row)}"


def activity_named_in(title: str) -> str | None:
    """The activity a sign-in sheet is for: its title without 签到表, dates and brackets."""
    heading = _DETAILS.split(title, maxsplit=1)[0]
    bare = _LIST_WORDS.sub(" ", _DATES.sub(" ", heading))
    name = one_line(re.sub(r"[《》“”\"「」:：]", " ", bare))
    return None if plain(name) in _NO_NAMES or _NO_NAME.fullmatch(plain(name)) else name


def _signed(signature: str | None, name: str | None) -> str | None:
    """A mark, or the person's own name; None where it is neither."""
    if not signature:
        return "absent"
    if plain(signature) == plain(name or ""):
        return "present"
    return codes.PRESENCE.read(signature)


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """Many a sheet names its activity and day only in the title."""
    if not row.get("activity") and not row.get("activity_no"):
        row["activity"] = activity_named_in(around.title) or activity_named_in(around.sheet)
    flaws = [*_named_by_file(row, around), *_concluded(row, around)]
    if row.get("held_on") is None:
        row["held_on"] = around.day
    if row["held_on"] is None:
        return [("no_activity_date", "held_on")]
    named = row.get("activity") or row.get("activity_no")
    return flaws if named else [*flaws, ("no_activity", "activity")]


def _named_by_file(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """Where neither row nor title nor sheet names an activity, the file may; that is told."""
    if row.get("activity") or row.get("activity_no"):
        return []
    row["activity"] = activity_named_in(_COPY.sub("", around.file))
    return [("activity_from_file", "activity")] if row["activity"] else []


def _concluded(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """Who was there, where no column says so: those who signed, or checked in."""
    signature, unsigned = row.pop("signature", None), row.get("signed_at") == NOT_SIGNED
    if unsigned:
        row["signed_at"] = None
    if "presence" in around.mapped:
        return []
    if "signature" in around.mapped:
        row["presence"] = _signed(signature, row.get("name"))
        return [] if row["presence"] else [("unknown_signature", "signature")]
    if unsigned:
        row["presence"] = "absent"
    return [("not_signed", "signed_at")] if unsigned else []


SHORTCUT = Shortcut(
    key=(
        Piece("activity_no", plain_or_empty, when="activity_no"),
        Piece("activity", plain_or_empty, unless="activity_no"),
        Piece("held_on", lambda day: f"|{day}|"),
        *PERSON,
    ),
    filled=("held_on",),
    either=("activity", "activity_no"),
    not_with=("signature",),
    words={"signed_at": re.compile(f"^{NOT_SIGNED}$", re.MULTILINE)},
)

DATASET = Dataset(
    name="attendance",
    label=Text("活动签到", "Attendance"),
    shape="record",
    on_delete="remove",
    key=key,
    titles=(
        "签到",
        "签到表",
        "考勤",
        "出席",
        "参加人员名单",
        "参加名单",
        "打卡",
        "attendance",
    ),
    finish=finish,
    against=against,
    dated=("held_on",),
    shortcut=SHORTCUT,
    evidence=("presence", "signature", "activity", "activity_no", "signed_at"),
    repeats="ignored",
    columns=(
        Column(
            "activity_no",
            Text("活动编号", "Activity number"),
            "id",
            ("活动id", "activity id"),
        ),
        Column(
            "activity",
            Text("活动名称", "Activity"),
            "label",
            (
                "活动",
                "活动主题",
                "项目",
                "会议名称",
                "活动内容",
                "activity name",
                "event",
            ),
        ),
        Column(
            "held_on",
            Text("日期", "Date"),
            "date",
            (
                "活动日期",
                "签到日期",
                "活动时间",
                "打卡日期",
                "考勤日期",
                "刷卡日期",
                "日期时间",
                "打卡日期时间",
                "held on",
            ),
            strict=True,
        ),
        Column("place", Text("地点", "Place"), "label", ("活动地点", "venue")),
        STAFF_NO,
        replace(
            NAME,
            several="rows",
            headers=(
                *NAME.headers,
                "参加人员",
                "参会人员",
                "出席人员",
                "签到人员",
                "与会人员",
                "参加人",
                "签到人",
            ),
        ),
        DEPARTMENT,
        Column(
            "presence",
            Text("出席情况", "Presence"),
            "code",
            (
                "状态",
                "签到",
                "签到状态",
                "签到情况",
                "是否参加",
                "是否签到",
                "出席",
                "考勤",
                "出勤情况",
                "是否到场",
                "参加情况",
                "status",
                "attended",
            ),
            codes=codes.PRESENCE,
            blank="absent",
            default="present",
        ),
        Column(
            "signature",
            Text("签名", "Signature"),
            "text",
            ("本人签名", "签字", "本人签字", "签到签名"),
            speaks_for=("presence",),
        ),
        Column(
            "signed_at",
            Text("签到时间", "Signed in at"),
            "time",
            ("打卡时间", "刷卡时间", "签到时刻", "时间", "打卡时刻", "签到日期时间", "check in"),
            also=("held_on",),
            blank=NOT_SIGNED,
        ),
        NOTE,
        *NEVER_KEPT,
    ),
)
