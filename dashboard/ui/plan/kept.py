"""The plans of one session: what waits to be read, the items as they stand, what was handed on.

They are kept in the session's memory only, whichever page or language is looked at; they go after
the import, and after an hour without use.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from typing import Literal

import streamlit as st

from dashboard import resting
from dashboard.plans.model import Plan
from dashboard.plans.review import Reviewed, proposed
from dashboard.text import Text
from dashboard.ui.uploader import dropped

_KEPT = "work_plans"


@dataclass(slots=True, eq=False, weakref_slot=True)
class Kept:
    """`rows` are the items as last seen in the table; `shown` those it was drawn from, which stay
    the same while it is typed into. `turn` numbers its drawings, `drop` the uploaders. `texts` of
    plans that name no year are held for the year the officer gives (`years`, keys of periods).
    """

    waiting: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    texts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    years: dict[str, str] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    refused: dict[str, tuple[str, str, Text]] = field(default_factory=dict)
    rows: list[Reviewed] = field(default_factory=list)
    shown: list[Reviewed] = field(default_factory=list)
    handed: frozenset[str] = frozenset()
    saving: Literal["", "asked", "due"] = ""
    turn: int = 0
    drop: int = 0
    used: float = field(default_factory=time.monotonic)

    def expect(self, name: str, data: bytes) -> None:
        """A text to be read; the same bytes are one, and once is enough."""
        resting.watch(self)
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.plans:
            self.waiting[digest] = (self._named(name), data)

    def _named(self, name: str) -> str:
        """Another text under a name that is taken gets a number."""
        taken = {plan.name for plan in self.plans.values()} | {n for n, _ in self.waiting.values()}
        stem, dot, ending = name.rpartition(".")
        named, count = name, 1
        while named in taken:
            count += 1
            named = f"{stem} {count}{dot}{ending}"
        return named

    def put(self, digest: str, plan: Plan) -> None:
        text = self.waiting.pop(digest)
        if plan.lacks_year or digest in self.years:
            self.texts[digest] = text
        known = digest in self.plans
        self.plans[digest] = plan
        self.rows = self._dated(plan) if known else self.rows + proposed(plan)
        self.anew()

    def _dated(self, plan: Plan) -> list[Reviewed]:
        """The rows with this plan's read anew, where they were; those added by hand stay."""
        files = list(dict.fromkeys([row.file for row in self.rows] + [plan.name]))
        found: list[Reviewed] = []
        for file in files:
            rows = [row for row in self.rows if row.file == file]
            if file == plan.name:
                rows = proposed(plan) + [row for row in rows if not row.item.line]
            found += rows
        return found

    def suppose(self, digest: str, period: str) -> None:
        """What a plan is for that does not say so: it is read again."""
        self.years[digest] = period
        self.waiting[digest] = self.texts[digest]

    def refuse(self, digest: str, code: str, told: Text) -> None:
        name, _ = self.waiting.pop(digest)
        self.refused[digest] = (name, code, told)

    def anew(self) -> None:
        """The table is drawn from the rows as they stand now."""
        self.shown = list(self.rows)
        self.turn += 1

    def take_off(self, digest: str) -> None:
        """One plan and its items."""
        gone = self.plans.pop(digest)
        self.texts.pop(digest, None)
        self.years.pop(digest, None)
        self.rows = [row for row in self.rows if row.file != gone.name]
        self.anew()

    def empty(self) -> None:
        """Nothing of it stays; the uploader and the table are new ones."""
        self.waiting, self.texts, self.years = {}, {}, {}
        self.plans, self.refused, self.handed = {}, {}, frozenset()
        self.rows, self.shown = [], []
        self.saving, self.drop, self.turn = "", self.drop + 1, self.turn + 1

    def rest(self) -> bool:
        """Empty it if nobody has used it for an hour; whether it holds nothing."""
        holds = bool(self.waiting or self.plans or self.refused or self.rows)
        if holds and time.monotonic() - self.used >= resting.REST:
            self.empty()
            holds = False
        return not holds

    def take(self, taken: bool) -> None:
        """All of them, or none."""
        self.rows = [replace(row, taken=taken) for row in self.rows]
        self.anew()


def kept() -> Kept:
    """This session's own."""
    found: Kept | None = st.session_state.get(_KEPT)
    if found is None:
        found = st.session_state[_KEPT] = Kept()
    found.rest()
    found.used = time.monotonic()
    return found


def forget() -> None:
    """Everything; the uploader and the table are new ones."""
    kept().empty()


def take_up(key: str) -> None:
    """Files were dropped."""
    held, taken = kept(), dropped(key)
    for name, data in taken:
        held.expect(name, data)
    if taken:
        held.refused.clear()
        held.drop += 1
