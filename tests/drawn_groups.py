"""Tables of people drawn by lot, and what a listener finds in all views of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

from subtraction import Listener

from dashboard.disclosure import Groups, is_small

AXES = ("age_band", "department", "employment_type", "sex")
View = tuple[tuple[str, str], ...]


def drawn(seed: int) -> Groups:
    """Some people of one to four dimensions, of very unequal groups."""
    lot = Random(seed)  # noqa: S311 - a test school is no secret
    widths = dict(zip(AXES, (4, lot.randint(2, 8), lot.randint(1, 4), 2), strict=True))
    axes = sorted(lot.sample(AXES, lot.choice((1, 2, 2, 3, 3, 4))))
    weights = {name: [lot.random() ** 2 + 0.02 for _ in range(widths[name])] for name in axes}
    people = range(lot.choice((3, 8, 20, 40, 60, 100, 150)))
    return Groups(
        tuple(
            {name: str(lot.choices(range(widths[name]), weights[name])[0]) for name in axes}
            for _ in people
        )
    )


def views(groups: Groups, most: int) -> Iterator[tuple[View, frozenset[object], int]]:
    """Every view of at most so many chosen values: the finest cells it adds up, and its people."""
    axes = sorted(groups.dimensions)
    values = {name: sorted({str(person[name]) for person in groups.people}) for name in axes}
    cells = list(product(*(values[name] for name in axes)))
    count = dict.fromkeys(cells, 0)
    for person in groups.people:
        count[tuple(str(person[name]) for name in axes)] += 1
    for taken in (c for n in range(most + 1) for c in combinations(range(len(axes)), n)):
        sums: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for cell in cells:
            sums.setdefault(tuple(cell[at] for at in taken), set()).add(cell)
        for told, under in sums.items():
            view = tuple((axes[at], value) for at, value in zip(taken, told, strict=True))
            yield view, frozenset(under), sum(count[cell] for cell in under)


def found(seed: int) -> tuple[int, list[str]]:
    """How many small groups a table has under all filters, and what was told of any."""
    groups, wrong, small = drawn(seed), list[str](), 0
    every = [(v, cells, n, groups.hides(dict(v))) for v, cells, n in views(groups, len(AXES))]
    listener = Listener((cells, n) for _, cells, n, hides in every if not hides)
    for view, cells, people, hides in every:
        if is_small(people):
            small += 1
            low, high = listener.bounds(cells)
            if not hides or listener.follows(cells) or low == high:
                wrong.append(f"{seed}: {dict(view)}")
    return small, wrong
