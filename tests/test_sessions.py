"""Sessions on the server: they end when they should, and at once when they must."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dashboard import audit
from dashboard.access import Account, Accounts, Sessions, passwords
from dashboard.roles import Identity, Role
from dashboard.settings import ROOT

NOON = 1_800_000_000.0
MINUTE, HOUR = 60.0, 3600.0
PASSWORD = "四季常青 evergreen"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash at the least cost."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = Accounts(tmp_path)
    found.begin("王主席", PASSWORD)
    for role in Role:
        found.add(role.value, None, role, email=f"{role}@school.example")
    return found


@pytest.fixture
def sessions(accounts: Accounts, tmp_path: Path) -> Sessions:
    return Sessions(tmp_path)


def of(accounts: Accounts, role: Role) -> Account:
    found = accounts.by_email(f"{role}@school.example")
    assert found
    return found


def test_a_token_leads_to_who_signed_in(accounts: Accounts, sessions: Sessions) -> None:
    token = sessions.open(of(accounts, Role.AUDITOR))
    assert sessions.find(token) == Identity("u3", "auditor", Role.AUDITOR)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\ud800", "' or 1=1 --", "王"])
def test_any_other_token_leads_to_nobody(
    accounts: Accounts, sessions: Sessions, token: str
) -> None:
    sessions.open(of(accounts, Role.OFFICER))
    assert sessions.find(token) is None
    sessions.close(token)
    assert len(sessions.standing()) == 1


def test_where_there_are_no_accounts_nobody_is_signed_in(tmp_path: Path) -> None:
    assert Sessions(tmp_path).find("token") is None
    assert list(tmp_path.iterdir()) == []


def test_tokens_are_long_random_and_not_kept(
    accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    tokens = {sessions.open(of(accounts, Role.OFFICER)) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) == 43  # 256 bits
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(token.encode() in kept for token in tokens)


def test_half_an_hour_without_use_ends_it(accounts: Accounts, sessions: Sessions) -> None:
    token = sessions.open(of(accounts, Role.OFFICER), now=NOON)
    assert sessions.find(token, now=NOON + 29 * MINUTE)
    assert sessions.find(token, now=NOON + 58 * MINUTE)
    assert sessions.find(token, now=NOON + 88 * MINUTE) is None
    assert sessions.find(token, now=NOON + 88 * MINUTE) is None


def test_to_look_without_use_does_not_keep_it(accounts: Accounts, sessions: Sessions) -> None:
    token = sessions.open(of(accounts, Role.OFFICER), now=NOON)
    for minutes in range(0, 30, 3):
        assert sessions.find(token, use=False, now=NOON + minutes * MINUTE)
    assert sessions.find(token, now=NOON + 30 * MINUTE) is None


def test_eight_hours_end_it_however_much_it_is_used(accounts: Accounts, sessions: Sessions) -> None:
    token = sessions.open(of(accounts, Role.OFFICER), now=NOON)
    for minutes in range(0, 480, 20):
        assert sessions.find(token, now=NOON + minutes * MINUTE)
    assert sessions.find(token, now=NOON + 8 * HOUR + 1) is None


def test_a_projector_stands_unused_for_eight_hours(accounts: Accounts, sessions: Sessions) -> None:
    token = sessions.open(of(accounts, Role.PROJECTOR), now=NOON)
    assert sessions.find(token, now=NOON + 7.9 * HOUR)
    assert sessions.find(token, now=NOON + 8 * HOUR + 1) is None


def test_a_session_from_the_future_is_none(accounts: Accounts, sessions: Sessions) -> None:
    """A clock that was set back must not lengthen it."""
    token = sessions.open(of(accounts, Role.PROJECTOR), now=NOON)
    assert sessions.find(token, now=NOON - HOUR) is None


def test_signing_out_ends_one_session_at_once(accounts: Accounts, sessions: Sessions) -> None:
    here, there = (sessions.open(of(accounts, Role.OFFICER)) for _ in range(2))
    sessions.close(here)
    assert sessions.find(here) is None
    assert sessions.find(there)


def test_everywhere_at_once(accounts: Accounts, sessions: Sessions, tmp_path: Path) -> None:
    tokens = [sessions.open(of(accounts, Role.OFFICER)) for _ in range(3)]
    other = sessions.open(of(accounts, Role.AUDITOR))
    assert sessions.close_all(of(accounts, Role.OFFICER).number, by="u1") == 3
    assert [sessions.find(token) for token in tokens] == [None] * 3
    assert sessions.find(other)
    last = audit.entries(tmp_path)[-1]
    assert (last.act, last.who, last.facts) == (
        "signed_out",
        "u1",
        {"account": "u2", "sessions": 3},
    )


CHANGES: dict[str, Callable[[Accounts, int], object]] = {
    "role": lambda accounts, number: accounts.change(number, role=Role.OFFICER),
    "administrator": lambda accounts, number: accounts.change(number, administrator=True),
    "password": lambda accounts, number: accounts.set_password(number, PASSWORD),
    "removed": lambda accounts, number: accounts.remove(number),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_an_account_ends_its_sessions_at_once(
    accounts: Accounts, sessions: Sessions, change: str
) -> None:
    changed, other = of(accounts, Role.DELEGATE), of(accounts, Role.AUDITOR)
    tokens = [sessions.open(changed), sessions.open(changed)]
    stands = sessions.open(other)
    CHANGES[change](accounts, changed.number)
    assert [sessions.find(token) for token in tokens] == [None, None]
    assert sessions.find(stands)


def test_a_change_that_is_refused_ends_nothing(accounts: Accounts, sessions: Sessions) -> None:
    accounts.remove(of(accounts, Role.OFFICER).number)
    token = sessions.open(accounts.everyone()[0])
    with pytest.raises(Exception, match="last_administrator"):
        accounts.remove(1)
    assert sessions.find(token)


def test_an_account_removed_between_password_and_session_gets_none(
    accounts: Accounts, sessions: Sessions
) -> None:
    checked = accounts.check("王主席", PASSWORD)
    accounts.change(of(accounts, Role.OFFICER).number, administrator=True)
    accounts.remove(checked.number)
    assert sessions.find(sessions.open(checked)) is None


def test_a_session_of_another_program_is_known_and_ended_here(
    accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; from dashboard.access import *\n"
        "folder = Path(sys.argv[1]); account = Accounts(folder).everyone()[0]\n"
        "print(Sessions(folder).open(account))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    token = told.stdout.strip()
    assert sessions.find(token)
    script = script.replace(
        "print(Sessions(folder).open(account))", "Sessions(folder).close_all(1)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=True)
    assert sessions.find(token) is None


def test_those_that_stand_are_told_and_those_that_ended_cleared(
    accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    sessions.open(of(accounts, Role.OFFICER), now=NOON)
    sessions.open(of(accounts, Role.AUDITOR), now=NOON + 40 * MINUTE)
    standing = sessions.standing(now=NOON + 41 * MINUTE)
    assert [(one.identity.name, one.opened) for one in standing] == [
        ("auditor", NOON + 40 * MINUTE)
    ]
    sessions.open(of(accounts, Role.PROJECTOR), now=NOON + 42 * MINUTE)
    with sqlite3.connect(tmp_path / "accounts.sqlite") as connection:
        assert connection.execute("select count(*) from sessions").fetchone() == (2,)


def test_who_reads_goes_on_reading_where_use_cannot_be_written(
    accounts: Accounts, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sessions.open(of(accounts, Role.OFFICER), now=NOON)
    monkeypatch.setattr("dashboard.access.store._WAIT", 0.05)
    with accounts._store.writing():
        assert sessions.find(token, now=NOON + 5 * MINUTE)


def test_of_one_account_the_longest_unused_ends_where_there_are_too_many(
    accounts: Accounts, sessions: Sessions
) -> None:
    shared, other = of(accounts, Role.PROJECTOR), of(accounts, Role.AUDITOR)
    stands = sessions.open(other, now=NOON - MINUTE)
    tokens = [sessions.open(shared, now=NOON + n / 10) for n in range(151)]
    found = [bool(sessions.find(token, use=False, now=NOON + MINUTE)) for token in tokens]
    assert found == [False] + [True] * 150
    assert sessions.find(stands, now=NOON + MINUTE)
