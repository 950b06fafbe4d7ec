"""What may be told of people in front of everyone: no small groups, no names, no hardships.

A group of one to four people is hidden, and with it further groups until nothing can be got back
by subtraction. Persons are counted, never rows. Five is the usual bound for statistics on people
(docs/decisions/009); the words below name what concerns nobody but who it happened to.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from dashboard.text import Lang, Text

K = 5
Name = TypeVar("Name", bound=Hashable)
Cell = tuple[str | None, ...]

NOT_SHOWN = Text("（不单列）", "(not told apart)")
PSEUDONYM = Text("职工{code}", "Person {code}")
PRIVATE = re.compile(
    "病|住院|手术|[癌瘤]|化疗|透析|抑郁|流产|残疾|低保|特困|困难补助|困难慰问|家庭困难|贫困"
    "|去世|病故|丧[葬事]|吊唁|奠|离婚|投诉|举报|信访|申诉|控告|骚扰|家暴"
    "|illness|\\bsick|hospital|surgery|cancer|hardship|bereave|funeral|divorce|complain",
    re.IGNORECASE,
)


def is_small(people: int) -> bool:
    """Whether so many are too few to be told of; nobody at all is no group."""
    return 0 < people < K


def hidden_with(people: Mapping[Name, int], small: Collection[Name]) -> frozenset[Name]:
    """What must be hidden of parts whose total is known: `small`, and the smallest others, until
    two or more of them, and K people or more, stand behind what is missing.
    """
    hidden = {name for name in small if name in people}
    rest = [name for name in people if name not in hidden and people[name]]
    rest.sort(key=lambda name: (people[name], str(name)))
    while hidden and (len(hidden) < 2 or sum(people[name] for name in hidden) < K) and rest:
        hidden.add(rest.pop(0))
    return frozenset(hidden)


@dataclass(frozen=True)
class Groups:
    """The people of one day by what they are: one mapping a person, of dimension to value.

    Which groups are too small is decided here once, for every figure: a group that one chart
    hides is never to be had from another, nor from the difference of two views.
    """

    people: tuple[Mapping[str, str | None], ...]
    _known: dict[tuple[str, ...], frozenset[Cell]] = field(default_factory=dict, repr=False)

    @cached_property
    def dimensions(self) -> frozenset[str]:
        return frozenset(name for person in self.people[:1] for name in person)

    def hides(self, chosen: Mapping[str, str | None]) -> bool:
        """Whether the people of these values must not be told of; of nobody known nothing is."""
        own = {name: value for name, value in chosen.items() if name in self.dimensions}
        if not own:
            return bool(chosen) and not self.people
        axes = tuple(sorted(own))
        cell = tuple(own[name] for name in axes)
        return cell not in self.sizes(axes) or cell in self.hidden(axes)

    def sizes(self, axes: tuple[str, ...]) -> dict[Cell, int]:
        """How many people each combination of values has that occurs."""
        found: dict[Cell, int] = {}
        for person in self.people:
            cell = tuple(person[name] for name in axes)
            found[cell] = found.get(cell, 0) + 1
        return found

    def hidden(self, axes: tuple[str, ...]) -> frozenset[Cell]:
        """The combinations that are hidden, so that no line of their table gives one back."""
        if axes not in self._known:
            self._known[axes] = self._hidden(axes)
        return self._known[axes]

    def _hidden(self, axes: tuple[str, ...]) -> frozenset[Cell]:
        sizes = self.sizes(axes)
        hidden = {cell for cell, people in sizes.items() if is_small(people)}
        for at in range(len(axes) if len(axes) > 1 else 0):
            fewer = self.hidden(axes[:at] + axes[at + 1 :])
            hidden |= {cell for cell in sizes if cell[:at] + cell[at + 1 :] in fewer}
        while more := _more(sizes, hidden, len(axes)):
            hidden |= more
        return frozenset(hidden)


def _more(sizes: Mapping[Cell, int], hidden: Collection[Cell], axes: int) -> set[Cell]:
    """What has to be hidden besides, looking along every axis."""
    found: set[Cell] = set()
    for at in range(axes):
        lines: dict[Cell, dict[Cell, int]] = {}
        for cell, people in sizes.items():
            lines.setdefault(cell[:at] + cell[at + 1 :], {})[cell] = people
        for line in lines.values():
            found |= hidden_with(line, [cell for cell in line if cell in hidden])
    return found - set(hidden)


# -- words ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Veil:
    """Words as everybody may read them: no person's name in them, no hardship.

    names  those of all people the registers know; a longer one is looked for first
    key    the school's own secret: without it nobody finds a pseudonym by trying names
    """

    names: frozenset[str] = frozenset()
    key: str = ""

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        known = sorted((re.escape(n) for n in self.names if len(n) > 1), key=lambda n: -len(n))
        return re.compile("|".join(known)) if known else None

    def pseudonym(self, name: str) -> Text:
        """The same for a name whenever and wherever it stands."""
        digest = hmac.digest(self.key.encode(), name.encode(), hashlib.sha256)
        return PSEUDONYM.format(code=b32encode(digest)[:4].decode())

    def names_in(self, words: str) -> list[str]:
        return self._pattern.findall(words) if self._pattern else []

    def over(self, words: str, lang: Lang) -> str:
        """Names as pseudonyms; words about illness, hardship or a complaint not at all."""
        if PRIVATE.search(words):
            return NOT_SHOWN(lang)
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda found: self.pseudonym(found[0])(lang), words)

    def is_private(self, words: str) -> bool:
        """Whether they name a person, or tell of a hardship."""
        return bool(self.names_in(words) or PRIVATE.search(words))


def veil(names: Iterable[str], key: str) -> Veil:
    """One that knows these names, blanks inside them or not."""
    plain = {name.strip() for name in names}
    return Veil(frozenset(plain | {re.sub(r"\s", "", name) for name in plain} - {""}), key)
