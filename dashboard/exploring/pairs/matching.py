"""Which column of one table is which of another: each match with its reason, none of them final.

A column is matched once. The surest reason comes first: the same header; the same but for
brackets, blanks or the year it names; two spellings the registers' contracts know for one column;
the only column of persons' names (phones, identity numbers …) on either side; a header of which
three in four characters are the same, of one kind, with no other nearly as close. Opposites
(借方 and 贷方) are never close. A row's own number (序号) is matched with nothing: it moves with
every row that comes or goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.contracts.spelling import plain, plain_without_brackets
from dashboard.importing.loose.model import NUMERIC, PERSONAL, LooseColumn, LooseSheet
from dashboard.text import Text

CLOSE, LEAD = 0.75, 0.1  # of equal characters, as difflib counts them
_YEAR = re.compile(r"(?:19|20)\d{2}(?:学年|年度|年)?")
_SERIAL = re.compile(r"序|序号|行次|项次|行号|号|no|#|serial(?:no|number)?|index|rowno")
_OPPOSITES = (
    ("借", "贷"), ("收", "支"), ("增", "减"), ("进", "出"), ("男", "女"), ("初", "末"),
    ("上", "下"), ("前", "后"), ("应", "实"), ("入", "退"), ("起", "止"), ("左", "右"),
)  # fmt: skip
SAME = Text("列名相同", "the same header")
BRACKETS = Text("去掉括号后列名相同", "the same header but for brackets")
YEARS = Text("只差年份", "the same header but for the year")
KNOWN = Text("在{register}里是同一列", "one column in {register}")
ONLY = Text("两表各只有这一列{kind}", "the only column of that kind ({kind}) on both sides")
ALIKE = Text("列名相近（{share}%）", "headers nearly alike ({share}%)")
PICKED = Text("手工指定", "chosen by hand")
_PERSONS = {
    "name": Text("姓名", "name"),
    "phone": Text("电话", "phone"),
    "identity": Text("身份证号", "identity number"),
    "card": Text("银行卡号", "bank card"),
    "address": Text("住址", "address"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the left table by its place, one of the right, and why they are taken for one."""

    left: int
    right: int
    reason: Text


Reason = Callable[[LooseColumn, LooseColumn], Text | None]


def matches(left: LooseSheet, right: LooseSheet) -> tuple[Match, ...]:
    """In the order of the left table's columns."""
    found: dict[int, Match] = {}
    apart = {at for at, column in enumerate(right.columns) if is_serial(column)}
    reasons = (_same, _without_brackets, _without_year, _register(left, right))
    for reason in reasons:
        for place, column in _open(left, found):
            taken = {one.right for one in found.values()} | apart
            for other, candidate in enumerate(right.columns):
                told = None if other in taken else reason(column, candidate)
                if told and place not in found:
                    found[place] = Match(place, other, told)
    found |= _only(left, right, found)
    found |= _alike(left, right, found, apart)
    return tuple(found[place] for place in sorted(found))


def is_serial(column: LooseColumn) -> bool:
    """Whether its header says that it numbers the rows."""
    return _SERIAL.fullmatch(plain(column.header)) is not None


def agree(one: LooseColumn, other: LooseColumn) -> bool:
    """Whether their cells can be compared: a person's only with a person's of that kind."""
    return one.kind == other.kind or not {one.kind, other.kind} & PERSONAL


def _open(sheet: LooseSheet, found: dict[int, Match]) -> Iterator[tuple[int, LooseColumn]]:
    every = enumerate(sheet.columns)
    return ((at, column) for at, column in every if at not in found and not is_serial(column))


def _same(one: LooseColumn, other: LooseColumn) -> Text | None:
    return SAME if plain(one.header) and plain(one.header) == plain(other.header) else None


def _without_brackets(one: LooseColumn, other: LooseColumn) -> Text | None:
    words = plain_without_brackets(one.header)
    same = words and words == plain_without_brackets(other.header)
    return BRACKETS if same and agree(one, other) else None


def _without_year(one: LooseColumn, other: LooseColumn) -> Text | None:
    words = _YEAR.sub("", plain(one.header))
    same = words and words == _YEAR.sub("", plain(other.header))
    return YEARS if same and _like(one, other) else None


def _register(left: LooseSheet, right: LooseSheet) -> Reason:
    """By the contracts: first the registers the tables are taken for."""
    first = [DATASETS[known] for known in (left.known, right.known) if known]
    every = [*first, *(one for one in DATASETS.values() if one not in first)]

    def known(one: LooseColumn, other: LooseColumn) -> Text | None:
        if not agree(one, other):
            return None
        for dataset in every:
            field = _field(dataset, one)
            if field and field == _field(dataset, other):
                return KNOWN.format(register=dataset.label)
        return None

    return known


def _field(dataset: Dataset, column: LooseColumn) -> str | None:
    for words in (plain(column.header), plain_without_brackets(column.header)):
        if words in dataset.headers:
            return dataset.headers[words].name
    return None


def _only(left: LooseSheet, right: LooseSheet, found: dict[int, Match]) -> dict[int, Match]:
    """A kind of which either table has one column, and both are open."""
    told = {}
    for kind, words in _PERSONS.items():
        ours = [at for at, column in enumerate(left.columns) if column.kind == kind]
        theirs = [at for at, column in enumerate(right.columns) if column.kind == kind]
        taken = {one.right for one in found.values()}
        if len(ours) == len(theirs) == 1 and ours[0] not in found and theirs[0] not in taken:
            told[ours[0]] = Match(ours[0], theirs[0], ONLY.format(kind=words))
    return told


def _alike(
    left: LooseSheet, right: LooseSheet, found: dict[int, Match], apart: set[int]
) -> dict[int, Match]:
    """The closest first, each column once."""
    taken = {one.right for one in found.values()} | apart
    pairs = [
        (_closeness(column, right.columns[other]), place, other)
        for place, column in _open(left, found)
        for other in range(len(right.columns))
        if other not in taken
    ]
    told: dict[int, Match] = {}
    for share, place, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        rivals = (s for s, a, b in pairs if (a == place) != (b == other))
        free = place not in told and other not in {one.right for one in told.values()}
        if share >= CLOSE and free and share - max(rivals, default=0.0) >= LEAD:
            told[place] = Match(place, other, ALIKE.format(share=round(share * 100)))
    return told


def _closeness(one: LooseColumn, other: LooseColumn) -> float:
    if not _like(one, other):
        return 0.0
    ours, theirs = plain_without_brackets(one.header), plain_without_brackets(other.header)
    ahead, behind = set(ours) - set(theirs), set(theirs) - set(ours)
    for first, second in _OPPOSITES:
        if (first in ahead and second in behind) or (second in ahead and first in behind):
            return 0.0
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def _like(one: LooseColumn, other: LooseColumn) -> bool:
    """Of one kind; all numbers are."""
    return one.kind == other.kind or (one.kind in NUMERIC and other.kind in NUMERIC)
