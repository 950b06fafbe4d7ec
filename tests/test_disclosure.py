"""What must not be told of people is not told, nor to be had from what is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

import pytest
from subtraction import Listener

from dashboard.disclosure import K, Groups, Sums, hidden_with, is_small

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
    for chosen in (c for n in range(most + 1) for c in combinations(range(len(axes)), n)):
        sums: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for cell in cells:
            sums.setdefault(tuple(cell[at] for at in chosen), set()).add(cell)
        for told, under in sums.items():
            view = tuple((axes[at], value) for at, value in zip(chosen, told, strict=True))
            yield view, frozenset(under), sum(count[cell] for cell in under)


@pytest.mark.parametrize("lot", range(4))
def test_no_small_group_is_shown_or_follows_from_all_that_is_shown(lot: int) -> None:
    """Ten thousand tables, each under all filters of up to three values, added and taken away."""
    hidden_at_all = 0
    for seed in range(lot * 2500, (lot + 1) * 2500):
        groups = drawn(seed)
        every = [(v, cells, n, groups.hides(dict(v))) for v, cells, n in views(groups, 3)]
        listener = Listener((cells, n) for _, cells, n, hides in every if not hides)
        for view, cells, people, hides in every:
            if is_small(people):
                hidden_at_all += 1
                assert hides, (seed, view)
                assert not listener.follows(cells), (seed, view)
                low, high = listener.bounds(cells)
                assert low != high, (seed, view)
    assert hidden_at_all > 10_000
