"""Who listens to everything that is shown, and reckons: by sums, and by what a sum leaves room for.

Written apart from the program: it knows the shown numbers only, and the names of the groups.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from functools import cached_property

_PRIME = 2**61 - 1
Cells = frozenset[Hashable]
Shown = tuple[Cells, int]


class Listener:
    """Holds every shown sum of cells; cells of a sum of nought are nought."""

    def __init__(self, shown: Iterable[Shown]) -> None:
        held = list(shown)
        self._nought = frozenset[Hashable]().union(*(cells for cells, n in held if n == 0))
        self._sums = {cells - self._nought: n for cells, n in held if n}
        self._rows: dict[Hashable, dict[Hashable, int]] = {}
        for cells in sorted(self._sums, key=len):
            self._learn(cells)

    def follows(self, cells: Collection[Hashable]) -> bool:
        """Whether adding and taking away what is shown gives the sum of these."""
        return not self._rest(frozenset(cells) - self._nought)

    def bounds(self, cells: Collection[Hashable]) -> tuple[int, int | None]:
        """Between which numbers this sum must lie, by the sums it is within or around."""
        own = frozenset(cells) - self._nought
        low, high = self._ranges
        tops = [high.get(cell) for cell in own]
        most = None if None in tops else sum(top for top in tops if top is not None)
        return sum(low.get(cell, 0) for cell in own), most

    @cached_property
    def _ranges(self) -> tuple[dict[Hashable, int], dict[Hashable, int | None]]:
        every = frozenset[Hashable]().union(*self._sums)
        low: dict[Hashable, int] = dict.fromkeys(every, 0)
        high: dict[Hashable, int | None] = dict.fromkeys(every, None)
        for _ in range(6):
            for cells, n in self._sums.items():
                least = sum(low[cell] for cell in cells)
                known = [high[cell] for cell in cells]
                most = sum(top for top in known if top is not None)
                for cell in cells:
                    room = n - least + low[cell]
                    top = high[cell]
                    high[cell] = room if top is None else min(top, room)
                    if known.count(None) == 0 or (known.count(None) == 1 and top is None):
                        low[cell] = max(low[cell], n - most + (top or 0))
        return low, high

    def _learn(self, cells: Cells) -> None:
        row = self._rest(cells)
        if row:
            pivot = next(iter(row))
            inverse = pow(row[pivot], -1, _PRIME)
            self._rows[pivot] = {cell: n * inverse % _PRIME for cell, n in row.items()}

    def _rest(self, cells: Cells) -> dict[Hashable, int]:
        rest = dict.fromkeys(cells, 1)
        for pivot, row in self._rows.items():
            if times := rest.get(pivot, 0):
                for cell, n in row.items():
                    rest[cell] = (rest.get(cell, 0) - times * n) % _PRIME
                rest = {cell: n for cell, n in rest.items() if n}
        return rest
