"""What is said beside a task, about it: 时间：3月中旬, （教导处牵头，9月底前完成）, 【全年】."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.plans import owners, times
from dashboard.plans.noise import trimmed

_TIME = r"(?:活动|举办|举行|开展|比赛|完成|实施|计划|召开|起止|具体)?(?:时间|时限|日期|期限|时段)"
_LABELLED = re.compile(rf"[\s，,。；;、]*{_TIME}\s*[：:]\s*([^，,；;。（()）【】\[\]\s]{{1,30}})"
                       r"(?:\s*[（(【\[][^（）()【】\[\]]{1,16}[）)】\]])?")  # fmt: skip
_LEADING = re.compile(rf"{_TIME}\s*[：:]\s*(?=\S)")
_BRACKET = re.compile(r"[（(【\[]([^（）()【】\[\]]{2,36})[）)】\]]\s*[。；;，,]?\s*$")
_PARTS = re.compile(r"[，,；;、\s]+")
_DUTY = re.compile(r"(?:负责|牵头|承办|主办|组织|落实|完成|进行|举行|开展|实施)$")
_OTHER = re.compile(
    r"[\s，,。；;]*(?:活动|比赛|参加|参与)?(?:地点|对象|人员|范围|规则|形式|要求|备注|经费|预算|联系人|联系电话|联系方式|电话)\s*[：:].*$"
)
_WHAT = re.compile(r"(?:活动|工作|比赛|具体|主要)?(?:内容|主题|项目|名称|事项)\s*[：:]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Aside:
    """The task's own words, and what was said of its time and of who answers for it."""

    text: str
    when: str | None
    owner: str | None

    @property
    def is_all(self) -> bool:
        """Whether nothing but asides was said."""
        said = self.when or self.owner
        return bool(said) and not trimmed(_OTHER.sub("", self.text))


def parted(text: str) -> Aside:
    """A sentence without what is said beside its task."""
    when = None
    if found := _LABELLED.search(text):
        when = trimmed(found[1]) if times.find(found[1]) else None
        if when:
            text = text[: found.start()] + text[found.end() :]
    text = _WHAT.sub("", text, count=1) if _WHAT.match(text) else text
    text, told, unit = _bracket(text)
    text, owner = owners.owner(text)
    return Aside(text, when or told, owner or unit)


def _bracket(text: str) -> tuple[str, str | None, str | None]:
    """A bracket at the end that holds times and units only."""
    found = _BRACKET.search(text)
    if not found:
        return text, None, None
    when = unit = None
    for part in filter(None, _PARTS.split(found[1])):
        bare = _DUTY.sub("", part)
        if (time := times.heading(bare)) and not when:
            when = time.words
        elif owners.is_unit(bare):
            unit = f"{unit}、{bare}" if unit else bare
        else:
            return text, None, None
    return (text[: found.start()], when, unit) if when else (text, None, None)


def without_label(text: str) -> str:
    """时间：3月6日 is 3月6日."""
    return _LEADING.sub("", text, count=1) if _LEADING.match(text) else text


def is_field(text: str) -> bool:
    """Whether a line only says where, for whom, or by which rules."""
    return bool(_OTHER.fullmatch(text))
