"""The deeds that are recorded, in words, and which facts may stand beside them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Literal, get_args
from urllib.parse import parse_qsl

from dashboard.errors import BadDefinition
from dashboard.text import Text

Act = Literal[
    "signed_in",
    "refused_sign_in",
    "signed_out",
    "account_changed",
    "role_changed",
    "viewed_as",
    "opened",
    "imported",
    "undone",
    "exported",
    "unmasked",
    "settings_changed",
    "backed_up",
    "restored",
    "archived",
    "person_exported",
    "person_corrected",
    "person_deleted",
    "person_allowed",
    "resumed",
]
Fact = str | int

ACTS: dict[str, Text] = {
    "signed_in": Text("登录", "Signed in"),
    "refused_sign_in": Text("登录被拒", "Sign-in refused"),
    "signed_out": Text("退出登录", "Signed out"),
    "account_changed": Text("账号变更", "Account changed"),
    "role_changed": Text("身份变更", "Role changed"),
    "viewed_as": Text("以其他身份查看", "Looked as another role"),
    "opened": Text("打开页面", "Opened a page"),
    "imported": Text("导入", "Imported"),
    "undone": Text("撤销导入", "Undid an import"),
    "exported": Text("导出", "Exported"),
    "unmasked": Text("显示个人信息", "Showed personal data"),
    "settings_changed": Text("更改设置", "Changed settings"),
    "backed_up": Text("备份", "Backed up"),
    "restored": Text("恢复备份", "Restored a backup"),
    "archived": Text("归档", "Archived"),
    "person_exported": Text("导出个人数据", "Exported one person's data"),
    "person_corrected": Text("更正个人数据", "Corrected one person's data"),
    "person_deleted": Text("删除个人数据", "Deleted one person's data"),
    "person_allowed": Text("重新允许导入个人", "Let a deleted person be imported again"),
    "resumed": Text("记录中断后继续", "The log went on after a break"),
}
assert set(ACTS) == set(get_args(Act))  # noqa: S101 - a deed without words

OWN = frozenset({"n", "at", "who", "act", "before", "hash"})  # the line's own, never a fact
_WHO = re.compile(r"local|nobody|system|unknown|u[1-9][0-9]{0,8}")
_KEY = re.compile(r"[a-z][a-z_]{0,31}")
_WORDS = re.compile(r"[a-z0-9_./:,-]{0,64}")
_PART = re.compile(r"[a-z0-9]+")
_LARGEST = 10**10  # a telephone number is larger
_PLACES = {
    "pages": re.compile(r"[a-z0-9_.,]+"),
    "period": re.compile(r"[0-9][0-9a-z:.-]{0,23}"),
    "as_of": re.compile(r"[0-9-]{10}"),
}


def checked(act: str, who: str, facts: Mapping[str, Fact]) -> None:
    """Raises BadDefinition for whatever could carry a name or a number of a person: a fact is a
    small number or a short code word. The value itself is not repeated in the error.
    """
    if act not in ACTS or act == "resumed" or not _WHO.fullmatch(who):
        raise BadDefinition("audit: no such deed, or no such actor")
    for key, fact in facts.items():
        if key in OWN or not _KEY.fullmatch(key) or not _is_code(fact):
            raise BadDefinition(f"audit: the fact {key!r} is no code, id or count")


def _is_code(fact: object) -> bool:
    if isinstance(fact, str):
        return bool(_WORDS.fullmatch(fact)) and not any(map(_tells, _PART.findall(fact)))
    return isinstance(fact, int) and not isinstance(fact, bool) and abs(fact) < _LARGEST


def _tells(part: str) -> bool:
    """Eleven digits are a telephone, 15 and more an identity number or a card; `…x` is one, too.
    Twelve may be the head of a digest.
    """
    digits = part.removesuffix("x")
    return digits.isdecimal() and (len(digits) == 11 or len(digits) >= 15)


def digest(words: str | bytes) -> str:
    """Twelve hexadecimal digits that stand for words which may hold a name."""
    data = words.encode() if isinstance(words, str) else words
    return hashlib.sha256(data).hexdigest()[:12]


def shown(address: str) -> dict[str, Fact]:
    """An address of a page as facts: the first pages and period it names in words; all else, which
    may be a name or whatever somebody typed, only as the digest of the whole.
    """
    said: dict[str, str] = {}
    for key, value in parse_qsl(address):
        said.setdefault(key, value.lower())
    facts: dict[str, Fact] = {
        key: said[key]
        for key, form in _PLACES.items()
        if form.fullmatch(said.get(key, "")) and _is_code(said[key])
    }
    return facts | {"view": digest(address)}
