"""Words as everybody may read them: no names, no numbers of persons, no hardships.

What is blanked altogether concerns nobody but who it happened to. Better a harmless lecture on
health unread than an illness told (docs/decisions/009).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from dashboard.contracts.spelling import CROSS, GAP, LOOSE, like_for_like, plain
from dashboard.text import Lang, Text

NOT_SHOWN = Text("（不单列）", "(not told apart)")
PSEUDONYM = Text("职工{code}", "Person {code}")
PRIVATE = re.compile(
    "病|疾|住院|手术|[癌瘤]|化疗|透析|抑郁|流产|怀孕|产假|残疾|残障|伤残|受伤|工伤|骨折|车祸|医药费"
    "|心梗|脑梗|心肌|心脏(?:搭桥|支架)|梗死|[心脑肺]栓|中风(?![采格险])|偏瘫|截瘫|瘫痪在床|重症|(?<![a-z])icu(?![a-z])|高血压|肝硬化|尿毒|昏迷"
    "|[肺肝胃肠肾脑膜囊腺尾]炎|关节炎|卧床|抢救|开刀|放疗|康复|出院(?![校系士])|陪护|痴呆|失智|焦虑症"
    "|自闭症|坐月子|分娩|剖腹|剖宫|保胎|试管婴儿|[烧烫摔扭砸]伤|骨裂|截肢|输血|大出血|自杀|失独|单亲|遗孀|遗属|抚恤"
    "|遗体|追悼|讣告|过世|孤儿|性侵|猥亵|拘留"
    "|低保|特困|困难(?:补助|慰问|帮扶|职工|教职?工|教师|会员|家庭)|(?:家庭|生活)困难|贫困|救助"
    "|[去逝离]世|亡|丧|吊唁|奠|离婚|投诉|举报|信访|申诉|控告|仲裁|骚扰|家暴|处分"
    "|illness|\\b(?:sick|ill)\\b|disease|hospital|surgery|cancer|injur|disab|pregnan|miscarr|hardship"
    "|\\bstroke\\b|infarct|\\bcoma\\b|\\bdying\\b|widow|suicid"
    "|poverty|bereave|funeral|\\bdied\\b|death|divorce|complain|grievance|harass",
    re.IGNORECASE,
)
# phone, identity and card numbers, should one have been written into a name of a file
_GAP, _APART = rf"{GAP}{{0,3}}", rf"{GAP}{{1,3}}"
_PHONE = (  # 1384567.1234 is an amount
    rf"(?:(?:00)?86{_GAP})?1[3-9]"
    rf"(?:\d{_APART}\d{{4}}{_APART}\d{{4}}|\d(?!\.\d){_GAP}\d{{8}}|\d{{5}}[{LOOSE}]{{0,3}}\d{{4}})"
)
_IDENTITY = rf"\d{{6}}{_GAP}\d{{4}}{_GAP}\d\d{_GAP}\d\d{_GAP}\d{{3}}(?:\d|{_GAP}{CROSS})"
_CARD = (  # 2022/2023/2024/2025 are years
    rf"(?:\d{{4}}[{LOOSE}]{{0,3}}|(?!19|20)\d{{4}}{_GAP})\d{{4}}"
    rf"(?:{_GAP}\d{{4}}){{2}}(?:{_GAP}\d{{1,3}})?"
)
NUMBERS = re.compile(
    rf"(?<!\d)(?:{_PHONE}|{_IDENTITY}|{_CARD}|\d{{15,19}}|(?:1[3-9]\d{{9}}){{2,}}"
    rf"|1{_APART}[3-9](?:{_APART}\d){{9}}|\d(?:{_APART}\d){{14,18}}|\d\.\d{{8,17}}e\+?1\d)(?!\d)",
    re.IGNORECASE,
)

# Between the parts of one name any of these may stand, or nothing: 王 芳, 阿依古丽•买买提.
_BETWEEN = r"[\s·•‧∙・･.．]*"
_BETWEEN_ONE = re.compile(_BETWEEN.removesuffix("*"))
_DOTS = re.compile(r"[·•‧∙・･.．]")


@dataclass(frozen=True)
class Veil:
    """Words as everybody may read them: no person's name or number in them, no hardship.

    names  those of all people the registers know; a longer one is looked for first
    key    the school's own secret: without it nobody finds a pseudonym by trying names
    """

    names: frozenset[str] = frozenset()
    key: str = ""

    @cached_property
    def _spelled(self) -> dict[str, str]:
        """Every spelling that is looked for, without what may stand between, and whose it is."""
        own = sorted((name, said) for name in self.names for said in _spellings(name))
        first = {plain(said): plain(name) for name, said in reversed(own)}
        return first | {plain(name): plain(name) for name in self.names}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        known = sorted(
            (name for name in self._spelled if len(name) > 1), key=lambda n: (-len(n), n)
        )
        return re.compile("|".join(_looked_for(name) for name in known)) if known else None

    def pseudonym(self, name: str) -> Text:
        """The same for a name whenever, wherever and in whatever spelling it stands."""
        own = self._spelled.get(plain(name), plain(name))
        digest = hmac.digest(self.key.encode(), own.encode(), hashlib.sha256)
        return PSEUDONYM.format(code=b32encode(digest)[:4].decode())

    def names_in(self, words: str) -> list[str]:
        return [words[start:end] for start, end in self._found(words)]

    def _found(self, words: str) -> list[tuple[int, int]]:
        """Where names stand; letters are compared as registers compare them, one by one."""
        if self._pattern is None:
            return []
        return [found.span() for found in self._pattern.finditer(like_for_like(words))]

    def over(self, words: str, lang: Lang) -> str:
        """Names as pseudonyms, numbers of persons not; words about illness, hardship or a
        complaint not at all.
        """
        if PRIVATE.search(plain(words)) or PRIVATE.search(words):
            return NOT_SHOWN(lang)
        for start, end in reversed(self._found(words)):
            words = words[:start] + self.pseudonym(words[start:end])(lang) + words[end:]
        numbers = list(NUMBERS.finditer(like_for_like(words)))
        for found in reversed(numbers):
            words = words[: found.start()] + NOT_SHOWN(lang) + words[found.end() :]
        return words

    def without(self, words: str, gone: frozenset[str], instead: str) -> str:
        """Words in which nobody of these names (in plain form) is named any more."""
        for start, end in reversed(self._found(words)):
            if self._spelled.get(plain(words[start:end])) in gone:
                words = words[:start] + instead + words[end:]
        return words

    def is_private(self, words: str) -> bool:
        """Whether they name a person, or tell of a hardship."""
        return bool(self.names_in(words) or PRIVATE.search(plain(words)) or PRIVATE.search(words))


def forms(name: str) -> frozenset[str]:
    """The plain forms under which a name is looked for."""
    return frozenset({plain(name), *map(plain, _spellings(name))})


def is_between(letter: str) -> bool:
    """Whether it may stand between the parts of a name."""
    return bool(_BETWEEN_ONE.fullmatch(letter))


@cache
def _letters() -> dict[str, str]:
    """Every letter -> all that are compared as it is: 广 -> 广廣⼴."""
    letters = [chr(code) for code in (*range(0x20, 0xD800), *range(0xF900, 0x10000))]
    found: dict[str, str] = {}
    for letter, alike in zip(letters, like_for_like("".join(letters)), strict=True):
        found[alike] = found.get(alike, "") + letter
    return found


def beginnings(names: Iterable[str]) -> str:
    """Every letter with which one of these names may begin, as somebody may have written it."""
    first = {form[0] for name in names for form in forms(name) if form}
    return "".join(sorted({*"".join(_letters().get(letter, letter) for letter in first)}))


def _spellings(name: str) -> Iterator[str]:
    """Of a name of several parts: its first, where that is a name by itself (阿依古丽); a foreign
    one the other way round.
    """
    parts = [part for part in re.split(r"[\s·•‧∙・･.．]+", name) if part]
    if len(parts) > 1 and _DOTS.search(name) and len(parts[0]) > 2:
        yield parts[0]
    if len(parts) == 2 and name.isascii():
        yield parts[1] + parts[0]


def _looked_for(name: str) -> str:
    """Letters of a name may stand apart; a foreign one is no part of a longer word."""
    apart = _BETWEEN.join(re.escape(mark) for mark in name)
    return rf"(?<![a-z]){apart}(?![a-z])" if name.isascii() else apart


def veil(names: Iterable[str], key: str) -> Veil:
    """One that knows these names."""
    return Veil(frozenset(name.strip() for name in names) - {""}, key)
