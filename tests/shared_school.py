"""A school that is shared, with a token of each role, and every way through its pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.access import Accounts, Sessions
from dashboard.contents import found
from dashboard.groups import school_veil
from dashboard.roles import Role
from dashboard.settings import Settings
from dashboard.ui.visitor import CLOSED
from dashboard.workspaces import Workspaces
from tests.browser import ROOT, free_port, wait_until_well
from tests.demo import lay
from tests.frames import Window, drawn, words

TODAY = "2026-03-05"
OTHERS = tuple(role for role in Role if role is not Role.OFFICER)
# What a browser may put into an address, whoever it is for.
VIEW = "period=2025"
FORGED = "period=2025-03-01:2025-03-02&department=语文组&kpi=enrollment_rate&as_of=2025-03-01"

# The words in which a role meets names by duty: who was paid; what a proposal and a motion are.
_BY_DUTY = {
    Role.AUDITOR: "select * from ledger",
    Role.PRINCIPAL: "select title, lead from proposals union all select motion, '' from votes"
    " union all select name, '' from activities",
}


@dataclass
class Shared:
    """A school's server; names of its people, and those in the rows a role reads by duty; a token
    of each role; what an officer's page let be pressed or chosen.
    """

    url: str
    names: frozenset[str]
    own: dict[Role, frozenset[str]]
    tokens: dict[Role, str]
    ways: list[str] = field(default_factory=list)


@contextmanager
def served(data: Path) -> Iterator[Shared]:
    """The sample's school in this folder, open to all roles on this computer."""
    (names, own), tokens = _names(data), _tokens(data)
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--share", "--host",
               "127.0.0.1", "--port", str(port), "--data", str(data)]  # fmt: skip
    surroundings = os.environ | {"DASHBOARD_TODAY": TODAY, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_well(url, process)
            yield Shared(url, names, own, tokens)
        finally:
            process.terminate()
            process.wait(60)


def learnt(tab: Window, school: Shared) -> None:
    """What an officer may press or choose: anybody's browser may claim it, too."""
    for path in ("members", "activities", "upload", "settings"):
        assert drawn(tab.open(path, VIEW))
        assert drawn(tab.unfold())
        school.ways += [*tab.buttons.values(), *tab.chosen]


def walked(tab: Window, role: Role, view: str = VIEW) -> None:
    """Every page, with what it lets be pressed and unfolded; those that are closed are closed."""
    for page in found():
        told = tab.open(page.path, view)
        assert drawn(told), page.path
        closed = any(CLOSED.zh in words(frame) or CLOSED.en in words(frame) for frame in told)
        assert closed is (role not in page.seen_by), page.path
        tab.press(*tab.buttons.values())
        assert drawn(tab.unfold()), page.path


def forged(tab: Window, school: Shared, view: str = FORGED) -> None:
    """An address, and clicks, on what is not there for them."""
    for path in ("members", "proof"):
        tab.open(path, view)
        for way in school.ways[::8]:
            tab.pick(way)
        tab.press(*school.ways)


def _names(data: Path) -> tuple[frozenset[str], dict[Role, frozenset[str]]]:
    """Those of the sample's people, and of those the ones in the registers of each role."""
    with (
        Workspaces(Settings(data=lay(data))) as spaces,
        spaces.warehouse("demo").snapshot() as reader,
    ):
        names = frozenset(name for name in school_veil(reader).names if len(name) > 1)
        rows = {name: repr(reader.read(sql)) for name, sql in _BY_DUTY.items()}
    own = {role: frozenset(n for n in names if n in rows.get(role, "")) for role in OTHERS}
    return names, own


def _tokens(data: Path) -> dict[Role, str]:
    accounts, sessions = Accounts(data), Sessions(data)
    made = {role: accounts.add(f"账号{role}", f"a pass of the {role}", role) for role in Role}
    return {role: sessions.open(account) for role, account in made.items()}
