"""Who answers for an item: named behind a label, in brackets, or as 由…负责."""

from __future__ import annotations

import re

from dashboard.plans.noise import trimmed

_LABEL = (
    r"(?:责任人|责任部门|责任单位|责任科室|负责人|负责部门|主要负责人?|分管领导|分管|牵头部门|牵头人|牵头单位|牵头|"
    r"主办部门|主办单位|主办|承办部门|承办人|承办单位|承办|组织者|执行人|具体负责|负责)"
)
_UNIT = (
    r"(?:(?:学校|校|教育)?工会(?:委员会|小组|主席|各小组)?|[^，。；、（）()\s]{0,6}"
    r"(?:处|办公室|教研组|年级组|体育组|音乐组|工会组|组长|支部|主席|校长|书记|主任|委员|[^承主协]办|妇委会|经审委|女工委|部门))"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[（(【\[]\s*{_LABEL}\s*[：:]?\s*([^）)】\]]{{1,40}})[）)】\]]",
        rf"[\s，,。；;、]*{_LABEL}\s*[：:]\s*([^。；;：:]{{1,40}}?)(?=[。；;]|\s\S{{2,6}}[：:]|$)",
        rf"[（(【\[]\s*({_UNIT}(?:[、，,和及与+＋\s]+{_UNIT})*)\s*(?:负责|牵头|承办|主办|组织)?[）)】\]]\s*[。；;，,]?\s*$",
    )
)
_ONE = re.compile(_UNIT)
_BY = re.compile(
    r"由([^，。；：]{2,20}?)(?:具体|共同|联合|统一)?(?:负责|牵头|承办|主办|组织实施|联合举办|组织)"
)


def is_unit(text: str) -> bool:
    """教导处, 工会主席: a part of the school, or somebody by office."""
    return _ONE.fullmatch(text) is not None


def owner(text: str) -> tuple[str, str | None]:
    """The text without the label, and the owner; 由…负责 stays in the text."""
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found and (named := trimmed(found[1])):
            return (text[: found.start()] + text[found.end() :]).strip(), named
    if by := _BY.search(text):
        return text, trimmed(by[1]) or None
    return text, None
