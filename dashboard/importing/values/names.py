"""Names of people as cells hold them: one, several, or one with a note glued to it.

A name keeps its own letters: rare ones, private-use ones, middle dots, Latin ones. Only blanks
within a Chinese name go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.contracts.spelling import folded, one_line, plain

JOINED = "、"
LONGEST = 4_000  # characters of a cell: a thousand people; more are no row of a register
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff\ue000-\uf8ff]"
_LETTER = r"[\u3400-\u9fff\U00020000-\U0003ffff\ue000-\uf8ff·•.．]"
_SPELLED = re.compile(rf"{_HAN}|[^\W\d_]")
_MARKS = re.compile(r"[、，,;；/／|&＆\n\r\t]+")
_WIDE = re.compile(r"[ \u3000\xa0]{2,}")
_INNER = re.compile(rf"(?<={_LETTER})\s+(?={_LETTER})")
_NUMBERED = re.compile(r"^[\s*＊※★☆#]*(?:[(（]?\d{1,3}[)）.、．]\s*)?[*＊※★☆#]*")
_STATES = (
    "已?离职|已?退休|已?辞职|已?调出|已?调离|新?入职|调入|借调|借出|借入|返聘|病假|产假|事假|请假|公假|"
    "休假|婚假|丧假|陪产假|外出|出差|缺席|迟到|早退|停薪留职|去世|已故"
)
_ROLES = (
    "交流|支教|实习|试用|代课|转正|转出|转入|副?组长|班长|队长|副?主任|副?校长|副?书记|副?主席|委员|"
    "老师|代表|会计|出纳|同志"
)
_PLACES = r"\S*年级\S*|\S*(?:组|处|办公室)"
_NOTED = re.compile(
    rf"^({_LETTER}{{2,}}?)\s*(?:[(（\[【〔].*|\d.*|[*＊※★☆#]+|[-—－:：]\s*\D.*)$", re.DOTALL
)
_STATED = re.compile(rf"^({_HAN}{{2,4}}?)(?:{_STATES})$")
_TITLED = re.compile(rf"^({_HAN}{{2,3}}?)(?:{_ROLES})$")
_SPOKEN = re.compile(rf"^({_LETTER}{{2,}})\s+(?:(?:{_STATES}|{_ROLES})+|{_PLACES})$")
_ADDRESSED = re.compile(rf"^(?:{_ROLES}|姓名|\S{{0,4}}人)\s*[:：]\s*(.+)$")
_NEXT = re.compile(rf"(?<=[^\d\s])\s*(?=\d{{1,2}}[.、)）．]\s*{_HAN})")
_AND_MORE = re.compile(r"(?<!\s)\s*等\s*(?:\d+\s*)?(?:人|位|名|同志|老师)*$")
_COMPOUND = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
     "端木", "南宫", "长孙", "宇文", "独孤", "轩辕", "闻人", "钟离", "太史", "申屠")
)  # fmt: skip
# The surnames of nine in ten; only to doubt that a long cell is one name.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易"
    "常武乔贺赖龚文"
)


@dataclass(frozen=True, slots=True)
class People:
    """What a cell says: the names, the words that stood beside them, what is doubtful."""

    names: tuple[str, ...]
    note: str = ""
    doubt: str | None = None


def names_in(text: str) -> list[str]:
    """The names in a cell, in its order, without notes: 张三、李四（组长） -> [张三, 李四]."""
    return list(people(text).names)


@lru_cache(maxsize=20_000)
def people(text: str) -> People:
    """Whom a cell names. `doubt` is an issue's code: several_names_unseparated, note_in_name."""
    bare, more = _without_more(_NEXT.sub(JOINED, text.strip()))
    found = [_one(piece) for piece in _pieces(bare)]
    found = [(name, note) for name, note in found if _SPELLED.search(name)]
    names = tuple(name for name, _ in found)
    note = JOINED.join([*(note for _, note in found if note), *([more] if more else [])])
    if note:
        return People(names, note, "note_in_name")
    doubtful = any(runs_together(name) for name in names)
    return People(names, "", "several_names_unseparated" if doubtful else None)


def _without_more(text: str) -> tuple[str, str]:
    """张三等5人 is 张三, and a note."""
    found = _AND_MORE.search(text)
    return (text[: found.start()], found[0].strip()) if found and found.start() > 1 else (text, "")


def _pieces(text: str) -> Iterator[str]:
    """The text's parts, each to be one person; what stands in brackets is not parted."""
    for piece in _outside_brackets(text):
        if not piece.strip():
            continue
        parts = _side_by_side(piece)
        yield from parts if len(parts) > 1 else [piece]


def _outside_brackets(text: str) -> list[str]:
    """Split at the separating marks that stand in no bracket. Smith, John is one person."""
    if not re.search(_HAN, text) and _is_inverted(text):
        return [text]
    if re.fullmatch(rf"(?:{_LETTER}|\s)+", text) and _is_spaced_out(one_line(text)):
        return [one_line(text)]  # a narrow cell broke it
    pieces: list[str] = []
    begun = depth = 0
    for at, letter in enumerate(text):
        depth += (letter in "(（[【〔") - (letter in ")）]】〕")
        if depth <= 0 and _MARKS.match(letter):
            pieces.append(text[begun:at])
            begun = at + 1
    return [*pieces, text[begun:]]


def _is_inverted(text: str) -> bool:
    sides = [side.split() for side in re.split("[,，]", text)]
    return len(sides) == 2 and 1 in map(len, sides)


def _side_by_side(piece: str) -> list[str]:
    """张三  李四 are two, 张　三 and 欧阳 娜娜 are one; a note after a blank is no second name."""
    words = _NUMBERED.sub("", piece).strip()
    if not re.fullmatch(rf"(?:{_LETTER}|\s)+", words) or _SPOKEN.match(one_line(words)):
        return [words]
    wide = [part for part in _WIDE.split(words) if part.strip()]
    if len(wide) > 1 and all(len(_INNER.sub("", part.strip())) >= 2 for part in wide):
        return [] if _is_spaced_out(one_line(words)) else wide
    return [] if _is_spaced_out(one_line(words)) else words.split()


def _is_spaced_out(text: str) -> bool:
    """王 小 明, 张　三, 欧阳 娜娜: one name with blanks in it, not two names side by side."""
    parts = text.split()
    return (
        len("".join(parts)) <= 3
        or (all(len(part) == 1 for part in parts) and len(parts) <= 4)
        or ("".join(parts)[:2] in _COMPOUND and len("".join(parts)) <= 4)
        or (len(parts) == 2 and "·" in text and 1 in map(len, parts))
    )


def _one(piece: str) -> tuple[str, str]:
    """(the name, what was glued to it)."""
    text = one_line(_NUMBERED.sub("", piece))
    if found := _ADDRESSED.match(text):  # 组长：张三
        return found[1], text[: found.start(1)].strip()
    if re.fullmatch(rf"(?:{_LETTER}|\s)+", text) and not _SPOKEN.match(text):
        text = _INNER.sub("", text)
    if found := _SPOKEN.match(text) or _NOTED.match(text) or _STATED.match(text) or _titled(text):
        return found[1], text[len(found[1]) :].strip()
    marked = re.match(r"\s*([*＊※★☆#]+)", piece)  # says something; a running number does not
    return text, marked[1] if marked else ""


def _titled(text: str) -> re.Match[str] | None:
    """张三主任 is a person; 各组组长 is an office."""
    found = _TITLED.match(text)
    return found if found and plain(found[1])[:1] in _SURNAMES else None


def surname(name: str) -> str:
    """The first one or two characters of a Chinese name, the first letter of another."""
    return name[:2] if plain(name)[:2] in _COMPOUND and len(name) > 2 else name[:1]


def begins_with_surname(name: str) -> bool:
    """Whether two or three characters begin with a common surname, or up to four with a double
    one.
    """
    letters = plain(name)
    if letters[:2] in _COMPOUND:
        return len(letters) in (3, 4)
    return len(letters) in (2, 3) and letters[:1] in _SURNAMES


def runs_together(name: str) -> bool:
    """Whether it may be two names with nothing between them: 张三丰李四光, 张三李四.

    Four to 24 letters of Chinese that fall into parts, each beginning with a common surname.
    """
    letters = plain(folded(name))
    if not re.fullmatch(rf"{_HAN}{{4,24}}", name) or letters[:2] in _COMPOUND:
        return False
    return _parts(letters)


def _parts(letters: str) -> bool:
    if not letters:
        return True
    return letters[0] in _SURNAMES and any(
        _parts(letters[size:]) for size in (2, 3) if len(letters) >= size
    )
