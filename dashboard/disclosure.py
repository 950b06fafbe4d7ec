"""How many people may be told of in front of everyone.

A group of one to four people is hidden, and with it further groups until nothing can be got back
by subtraction. Persons are counted, never rows. Five is the usual bound for statistics on people
(docs/decisions/009).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, product
from typing import Any, TypeVar

K = 5
Name = TypeVar("Name", bound=Hashable)
Cell = tuple[str | None, ...]


def is_small(people: int) -> bool:
    """Whether so many are too few to be told of; nobody at all is no group."""
    return 0 < people < K


def hidden_with(people: Mapping[Name, int], small: Collection[Name]) -> frozenset[Name]:
    """What must be hidden of parts whose total is known: `small`, and the smallest others, until
    two or more of them, K people or more, and not one each, stand behind what is missing.
    """
    hidden = {name for name in small if name in people}
    rest = [name for name in people if name not in hidden and people[name]]
    rest.sort(key=lambda name: (people[name], str(name)))
    while hidden and rest and _is_told(len(hidden), sum(people[name] for name in hidden)):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def _is_told(parts: int, people: int) -> bool:
    """Whether the sum of hidden parts tells what they are: of one each it does, however many."""
    return parts < 2 or people < K or people <= parts


class Sums:
    """What follows from sums of hidden groups: the space of all that adding and taking away gives.

    Counted modulo a large prime: exact, and quick. Sums that are shown are learned, of a group it
    then tells whether it follows from them.
    """

    _PRIME = 2**61 - 1

    def __init__(self) -> None:
        self._rows: dict[Cell, dict[Cell, int]] = {}

    def learn(self, cells: Collection[Cell]) -> None:
        left = self._left(cells)
        if left:
            first = next(iter(left))
            inverse = pow(left[first], -1, self._PRIME)
            self._rows[first] = {c: n * inverse % self._PRIME for c, n in left.items()}

    def tell(self, cells: Collection[Cell]) -> bool:
        return not self._left(cells)

    def _left(self, cells: Collection[Cell]) -> dict[Cell, int]:
        """What does not follow from what is known. Later rows hold no pivot of an earlier one."""
        left = dict.fromkeys(cells, 1)
        for pivot, row in self._rows.items():
            times = left.get(pivot)
            if times:
                for cell, n in row.items():
                    left[cell] = (left.get(cell, 0) - times * n) % self._PRIME
                left = {cell: n for cell, n in left.items() if n}
        return left


@dataclass(frozen=True)
class Groups:
    """People by what they are: one mapping a person, of dimension to value.

    Which groups are too small is decided once for all views of the same people: a group that one
    view hides is never to be had from the others, nor from the difference of two.

    who     whose each mapping is, where one person may have several, or None for somebody unknown;
            empty where each is another's
    within  those of a wider circle: what is hidden of them is hidden here
    only    where not empty, a group is small only if it is told by one of these
    apart   values whose groups are told in another way: they stand in for no hidden one
    """

    people: tuple[Mapping[str, str | None], ...]
    who: tuple[str | None, ...] = ()
    within: Groups | None = None
    only: frozenset[str] = frozenset()
    apart: frozenset[tuple[str, str | None]] = frozenset()
    _known: dict[tuple[str, ...], frozenset[Cell]] = field(default_factory=dict, repr=False)

    @cached_property
    def dimensions(self) -> frozenset[str]:
        return frozenset(name for person in self.people[:1] for name in person)

    def hides(self, chosen: Mapping[str, str | None]) -> bool:
        """Whether the people of these values must not be told of; of nobody known nothing is."""
        axes, cell = self._cell(chosen)
        if cell in self.hidden(axes):
            return True
        if not self.people:
            return bool(chosen) and self.within is None
        return self.within is None and cell not in self.sizes(axes)

    def covers(self, chosen: Mapping[str, str | None]) -> bool:
        """Whether these values are hidden, of those that are known at all."""
        axes, cell = self._cell(chosen)
        return cell in self.hidden(axes)

    def _cell(self, chosen: Mapping[str, str | None]) -> tuple[tuple[str, ...], Cell]:
        axes = tuple(sorted(name for name in chosen if name in self.dimensions))
        return axes, tuple(chosen[name] for name in axes)

    def sizes(self, axes: tuple[str, ...]) -> dict[Cell, int]:
        """How many people each combination of values has that occurs; somebody unknown is one."""
        return {cell: len(people) for cell, people in self._crowds(axes).items()}

    def _crowds(self, axes: tuple[str, ...]) -> dict[Cell, set[object]]:
        found: dict[Cell, set[object]] = {}
        for at, person in enumerate(self.people):
            cell = tuple(person[name] for name in axes)
            found.setdefault(cell, set()).add(self.who[at] if self.who else at)
        return found

    def hidden(self, axes: tuple[str, ...]) -> frozenset[Cell]:
        """The combinations that are hidden, so that no sum over their table gives one back."""
        if axes not in self._known:
            self._known[axes] = self._hidden(axes)
        return self._known[axes]

    def _hidden(self, axes: tuple[str, ...]) -> frozenset[Cell]:
        crowds = self._crowds(axes)
        sizes = {cell: len(people) for cell, people in crowds.items()}
        for cell in product(*(self.values(name) for name in axes)):
            sizes.setdefault(cell, 0)
        kept = {cell for cell, people in sizes.items() if self._is_kept(axes, cell, people)}
        hidden = set(kept)
        for at in range(len(axes)):
            fewer = self.hidden(_less(axes, at))
            hidden |= {cell for cell in sizes if _less(cell, at) in fewer}
        aside = {cell for cell in sizes if not self.apart.isdisjoint(zip(axes, cell, strict=True))}
        return frozenset(hidden & aside) | self._covered(axes, crowds, sizes, hidden, kept, aside)

    def _covered(
        self,
        axes: tuple[str, ...],
        crowds: Mapping[Cell, set[object]],
        sizes: Mapping[Cell, int],
        hidden: Collection[Cell],
        kept: Collection[Cell],
        aside: Collection[Cell],
    ) -> frozenset[Cell]:
        """What is hidden, and with it what else must be."""
        kept, found = set(kept) - set(aside), set(hidden) - set(aside)
        sizes = {cell: people for cell, people in sizes.items() if cell not in aside}
        crowds = {cell: people for cell, people in crowds.items() if cell not in aside}
        while (
            more := _more(sizes, found, len(axes))
            or self._given_away(axes, sizes, found, kept)
            or self._of_the_same(axes, crowds, found)
        ):
            found |= more
        return frozenset(found)

    def values(self, name: str) -> set[str | None]:
        """Those of a dimension, of the wider circle too: that nobody is there would be told."""
        wider = self.within.values(name) if self.within else set()
        return wider | {person[name] for person in self.people if name in person}

    def _is_kept(self, axes: tuple[str, ...], cell: Cell, people: int) -> bool:
        """Whether a group is hidden for its own sake."""
        if self.only and self.only.isdisjoint(axes):
            return False
        if self.within and self.within.people:
            chosen = dict(zip(axes, cell, strict=True))
            if self.within.hides(chosen) if people else self.within.covers(chosen):
                return True
        return is_small(people)

    def _given_away(
        self, axes: tuple[str, ...], sizes: Mapping[Cell, int], hidden: set[Cell], kept: set[Cell]
    ) -> set[Cell]:
        """What has to be hidden besides, because all sums together give a small group away."""
        sums = Sums()
        small = [frozenset({cell}) for cell in kept]
        for taken in _subsets(len(axes)):
            fewer = self.hidden(tuple(axes[at] for at in taken))
            lines: dict[Cell, set[Cell]] = {}
            for cell in hidden:
                lines.setdefault(tuple(cell[at] for at in taken), set()).add(cell)
            for line, cells in lines.items():
                if line not in fewer:
                    sums.learn(cells)
                elif is_small(sum(sizes[cell] for cell in cells)):
                    small.append(frozenset(cells))
        lost = next((cells for cells in small if sums.tell(cells)), None)
        if lost is None:
            return set()
        beside = [cell for cell in sizes if cell not in hidden]
        beside.sort(key=lambda cell: (_far(cell, lost), sizes[cell] == 0, sizes[cell], str(cell)))
        return set(beside[:1])

    def _of_the_same(
        self,
        axes: tuple[str, ...],
        crowds: Mapping[Cell, set[object]],
        hidden: Collection[Cell],
    ) -> set[Cell]:
        """What has to be hidden besides, where the same few people stand behind all that is."""
        for taken in _subsets(len(axes)) if self.who else ():
            fewer = self.hidden(tuple(axes[at] for at in taken))
            lines: dict[Cell, list[Cell]] = {}
            for cell in crowds:
                lines.setdefault(tuple(cell[at] for at in taken), []).append(cell)
            for line, cells in lines.items():
                gone = set[object]().union(*(crowds[cell] for cell in cells if cell in hidden))
                if line not in fewer and is_small(len(gone)):
                    others = [c for c in cells if c not in hidden and not crowds[c] <= gone]
                    if others:
                        return {min(others, key=lambda cell: (len(crowds[cell]), str(cell)))}
        return set()


def _less(cell: tuple[Any, ...], at: int) -> tuple[Any, ...]:
    return cell[:at] + cell[at + 1 :]


def _subsets(count: int) -> Iterator[tuple[int, ...]]:
    """Every choice of fewer axes, the finest first."""
    for size in range(count - 1, -1, -1):
        yield from combinations(range(count), size)


def _far(cell: Cell, cells: Collection[Cell]) -> int:
    """In how many values a cell differs at least from one of these."""
    return min(sum(a != b for a, b in zip(cell, one, strict=True)) for one in cells)


def _more(sizes: Mapping[Cell, int], hidden: Collection[Cell], axes: int) -> set[Cell]:
    """What has to be hidden besides, looking along every axis."""
    found: set[Cell] = set()
    for at in range(axes):
        lines: dict[Cell, dict[Cell, int]] = {}
        for cell, people in sizes.items():
            lines.setdefault(_less(cell, at), {})[cell] = people
        for line in lines.values():
            found |= hidden_with(line, [cell for cell in line if cell in hidden])
    return found - set(hidden)
