"""Which parts of a plan hold tasks: what it opens with does not; its goals do where they are
numbered or state a target.
"""

from __future__ import annotations

import re
from typing import Literal

Zone = Literal["tasks", "goals", "none"]

_NONE = re.compile(
    r"指导思想|基本情况|基本现状|现状分析|总体要求|总的要求|总体思路|总体目标|工作方针|指导方针|形势|背景|前言|引言|概况"
    r"|情况分析|工作回顾|工作总结|上(?:学期|学年|年度?)|组织机构|领导小组|组织领导|分组|名单|规则|评分|参加(?:对象|人员)"
    r"|预计经费|经费预算|活动目的|活动主题|活动口号|活动原则|注意事项|说明|备注|成员|分工$|落款|工作要求|几点要求|有关要求|活动要求|依据$|缘起|^目的$"
)
_GOALS = re.compile(r"目标|思路|理念|宗旨|主题|主线|愿景")
_TASKS = re.compile(
    r"主要工作|工作内容|工作措施|具体|措施|任务|重点|要点|安排|活动内容|实施|做法|项目|行事|推进|计划|主要活动"
)
_LONGEST = 24


def zone(text: str, above: Zone) -> Zone:
    """By the words of a heading; one that says nothing of the kind goes with that above."""
    if len(text) > _LONGEST:
        return above
    if _NONE.search(text):
        return "goals" if _TASKS.search(text) and "总结" not in text else "none"
    if _TASKS.search(text):
        return "tasks"
    return "goals" if _GOALS.search(text) else above


def is_heading(text: str) -> bool:
    """Whether an unnumbered line is the name of a part: 主要工作：, 工作目标."""
    bare = text.strip(" ：:【】[]《》#*")
    if not 3 < len(bare) <= 14 or re.search(r"[，。；、,;]", bare):
        return False
    return (
        re.fullmatch(
            r"(?:本学期|本年度|全年|学校|工会|的)*"
            r"(?:主要|具体|重点|工作|活动|总体|指导|基本|任务|组织|预期)+"
            r"(?:思想|目标|要求|思路|情况|措施|任务|工作|内容|安排|重点|要点|活动|做法|步骤|机构|方针|理念)+[与和及]?"
            r"(?:措施|要求|安排|目标|任务|内容)?表?",
            bare,
        )
        is not None
    )
