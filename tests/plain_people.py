"""Whom a name means, a second time: in plain Python, shared with nothing.

Never merged by guess: by staff number, else by name and department.
"""

import re
from collections.abc import Iterator
from typing import Any

from schools import School, keyed

Row = dict[str, Any]
Known = tuple[str, str | None, str | None]


def bare(text: str | None) -> str | None:
    """Without blanks and marks."""
    return re.sub(r"[\s\W_]", "", text).lower() if text else None


def number(row: Row) -> str | None:
    return (row.get("staff_no") or "").lstrip("0") or None


class People:
    """Whom a number, a name and a department mean.

    `known` holds (person, name, place): everybody the rosters know, wherever they list them.
    """

    def __init__(self, school: School) -> None:
        rows = [
            (row, "".join(re.findall(r"~\d+$", key)))
            for register in ("staff", "members")
            for listed in getattr(school, register).values()
            for key, row in keyed(register, listed).items()
        ]
        spelled = {(number(r), bare(r["name"]), bare(r["department"]), twin) for r, twin in rows}
        self.known = {(f"#{no}", name, place) for no, name, place, _ in spelled if no}
        alone = {(name, place, twin) for no, name, place, twin in spelled if not no}
        self.known |= set(self._adopted(alone))
        numbered = set(self.known)
        for name, place, twin in alone:
            taken = any(known[1:] == (name, place) for known in numbered)
            if place and (twin or not taken):
                self.known.add((f"{name}@{place}{twin}", name, place))
        somewhere = {name for _, name, _ in self.known}
        for name, place, twin in alone:
            if not place and (twin or name not in somewhere):
                self.known.add((f"{name}@{twin}", name, None))

    def _adopted(self, alone: set[tuple[str | None, str | None, str]]) -> Iterator[Known]:
        """A numbered person whom no roster places takes the only place the name is found in."""
        for name in {name for name, _, _ in alone}:
            places = [place for n, place, _ in alone if n == name and place]
            bearers = {who for who, n, _ in self.known if n == name}
            if len(places) == len(bearers) == 1 and not any(
                place for _, n, place in self.known if n == name
            ):
                yield next(iter(bearers)), name, places[0]

    def meant(self, row: Row) -> set[str]:
        """Every person a row could mean."""
        no, name, place = number(row), bare(row["name"]), bare(row["department"])
        if no and any(who == f"#{no}" for who, _, _ in self.known):
            return {f"#{no}"}
        bearers = {who for who, n, _ in self.known if n == name and not (no and who[0] == "#")}
        here = {who for who, n, p in self.known if n == name and p == place and who in bearers}
        if place and here:
            return here
        placed = {who for who, _, p in self.known if p}
        return bearers if place is None or bearers - placed else set()

    def who(self, row: Row) -> str | None:
        found = self.meant(row)
        return next(iter(found)) if len(found) == 1 else None
