"""Which counts of a list are of too few people, and which others would give them away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from dashboard.disclosure import K, Sums, hidden_with, is_small
from dashboard.reports import ReportRows


def small(found: ReportRows, *, by_figures: bool = False) -> Iterator[tuple[int, str]]:
    """Counts of too few people, and others from which these would follow; what is divided by
    them, and money that so few share. `by_figures`: the sums that figures tell are known, too.
    """
    kinds = {column.name: column.kind for column in found.columns}
    counts = [name for name, kind in kinds.items() if kind == "people"]
    hidden = set(_few(found, counts))
    if by_figures:
        hidden |= set(_told_by_figures(found, counts, hidden))
    yield from hidden
    for at in range(len(found.rows)):
        for name, (part, whole) in found.query.shares.items():
            if {(at, part), (at, whole)} & hidden:
                yield at, name
            if (at, whole) in hidden and kinds.get(part) == "money":
                yield at, part


def _few(found: ReportRows, counts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """A row that is hidden besides is hidden in all its counts: one may be as large as another."""
    for name in counts:
        people = {at: row[name] or 0 for at, row in enumerate(found.rows)}
        small = [at for at, n in people.items() if is_small(n)]
        for at in hidden_with(people, small):
            yield from ((at, other) for other in ((name,) if at in small else counts))


def _told_by_figures(
    found: ReportRows, counts: Sequence[str], hidden: Collection[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    """Rows hidden besides, in all their counts, for a figure tells the sum of a month or a kind."""
    lists = [rows for rows in _lists(found) if _is_crowd(found, rows, counts)]
    gone = {at for at, _ in hidden}
    for name in counts:
        small = [at for at, row in enumerate(found.rows) if is_small(row[name] or 0)]
        while more := _given_away(found, name, small, lists, gone):
            gone.add(more[0])
            yield from ((more[0], other) for other in counts)


def _given_away(
    found: ReportRows,
    name: str,
    small: Sequence[int],
    lists: Sequence[frozenset[int]],
    gone: Collection[int],
) -> list[int]:
    """What may be hidden for the first row that follows from the sums, the best first."""
    sums = Sums()
    for rows in lists:
        sums.learn([(str(at),) for at in rows if at in gone])
    for lost in small:
        if sums.tell([(str(lost),)]):
            beside = [at for at in range(len(found.rows)) if at not in gone]
            near = {at: sum(at in rows and lost in rows for rows in lists) for at in beside}
            if more := [at for at in beside if near[at]]:
                return sorted(more, key=lambda at: (-near[at], found.rows[at][name] or 0))
    return []


def _lists(found: ReportRows) -> set[frozenset[int]]:
    """The rows of each month, kind and kind for whom, and all: what figures are told by."""
    (day,) = [one.name for one in found.columns if one.kind == "date"][:1]
    codes = [f"{one.name}_code" for one in found.columns if one.codes]
    marks = [name for name in (found.rows or ({},))[0] if name in codes or name.endswith("_is")]
    held: dict[tuple[object, ...], set[int]] = {}
    for at, row in enumerate(found.rows):
        held.setdefault(("month", row[day] and row[day].month), set()).add(at)
        for size in range(len(marks) + 1):
            for some in combinations(marks, size):
                held.setdefault((some, *(row[name] for name in some)), set()).add(at)
    return {frozenset(rows) for rows in held.values()}


def _is_crowd(found: ReportRows, rows: Collection[int], counts: Sequence[str]) -> bool:
    """Whether a figure of these rows is told at all."""
    return any(sum(found.rows[at][name] or 0 for at in rows) >= K for name in counts)
