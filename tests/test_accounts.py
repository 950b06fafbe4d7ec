"""Local accounts: who may sign in, which passwords do, and what five wrong ones cost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dashboard import audit
from dashboard.access import Account, Accounts, Sessions, passwords
from dashboard.errors import DashboardError, RefusedRequest, RefusedSignIn, WorkspaceBusy
from dashboard.roles import Identity, Role
from dashboard.settings import ROOT

PASSWORD = "四季常青 evergreen"
NOON = 1_800_000_000.0
DEAR = {
    "test_no_password_lies_on_the_disk",
    "test_a_hash_of_lesser_cost_is_made_anew_at_the_next_sign_in",
    "test_at_most_two_passwords_are_hashed_at_once",
    "test_a_wrong_name_takes_as_long_as_a_wrong_password",
}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """The same hash at the least cost, but where its cost is what is tested."""
    if request.function.__name__ not in DEAR:
        cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        monkeypatch.setattr(passwords, "_hasher", cheap)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """A chair who administers, and a delegate."""
    found = Accounts(tmp_path)
    found.begin("王主席", PASSWORD)
    found.add("李代表", PASSWORD, Role.DELEGATE)
    return found


def code(deed: Callable[[], object]) -> str:
    with pytest.raises(DashboardError) as refused:
        deed()
    return refused.value.code


def wrong(accounts: Accounts, name: str, now: float) -> RefusedSignIn:
    with pytest.raises(RefusedSignIn) as refused:
        accounts.check(name, "not the password", now=now)
    return refused.value


# -- accounts ---------------------------------------------------------------------------------


def test_the_first_account_is_an_administrator_and_officer(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    assert not accounts.exist()
    assert not (tmp_path / "accounts.sqlite").exists()
    assert code(lambda: accounts.add("李代表", PASSWORD, Role.DELEGATE)) == "first_account"
    assert not accounts.exist()
    first = accounts.add("王主席", PASSWORD, Role.OFFICER)
    assert first == Account(1, "王主席", Role.OFFICER, administrator=True)
    assert first.identity == Identity("u1", "王主席", Role.OFFICER, administrator=True)
    assert accounts.exist()


def test_only_the_first_to_come_begins(tmp_path: Path) -> None:
    codes: list[str] = []

    def begin(n: int) -> None:
        try:
            Accounts(tmp_path).begin(f"officer {n}", PASSWORD)
        except RefusedRequest as refused:
            codes.append(refused.code)

    threads = [threading.Thread(target=begin, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["accounts_exist"] * 3
    assert len(Accounts(tmp_path).everyone()) == 1


def test_a_name_is_one_persons_however_it_is_typed(accounts: Accounts) -> None:
    accounts.add("Ann Lee", PASSWORD, Role.AUDITOR)
    for name in ("ann lee", " Ann  Lee ", "Ａｎｎ Ｌｅｅ"):
        assert code(lambda name=name: accounts.add(name, PASSWORD, Role.AUDITOR)) == "name_taken"
        assert accounts.check(name, PASSWORD).number == 3


@pytest.mark.parametrize("name", ["", "   ", "字" * 41, "a\u0000b", "a\u202eb"])
def test_a_name_can_be_read(accounts: Accounts, name: str) -> None:
    assert code(lambda: accounts.add(name, PASSWORD, Role.AUDITOR)) == "bad_name"


def test_an_account_is_found_by_its_address(accounts: Accounts) -> None:
    added = accounts.add("陈校长", None, Role.PRINCIPAL, email="Chen@School.example")
    assert accounts.by_email("chen@school.EXAMPLE") == added
    assert accounts.by_email("nobody@school.example") is None
    assert code(lambda: accounts.check("陈校长", PASSWORD)) == "wrong"
    again = code(lambda: accounts.add("x", None, Role.DELEGATE, email="chen@school.example"))
    assert again == "name_taken"
    assert code(lambda: accounts.add("y", None, Role.DELEGATE, email="no address")) == "bad_email"


def test_the_last_administrator_stays(accounts: Accounts) -> None:
    for deed in (
        lambda: accounts.remove(1),
        lambda: accounts.change(1, administrator=False),
        lambda: accounts.change(1, role=Role.AUDITOR),
    ):
        assert code(deed) == "last_administrator"
    assert accounts.everyone()[0] == Account(1, "王主席", Role.OFFICER, administrator=True)
    accounts.change(2, role=Role.OFFICER, administrator=True)
    accounts.remove(1)
    assert [account.number for account in accounts.everyone()] == [2]


def test_two_administrators_who_remove_each_other_at_once_leave_one(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.begin("a", PASSWORD)
    accounts.add("b", PASSWORD, Role.OFFICER, administrator=True)
    codes: list[str] = []

    def remove(number: int) -> None:
        codes.append(outcome(lambda: Accounts(tmp_path).remove(number)))

    threads = [threading.Thread(target=remove, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["", "last_administrator"]


def outcome(deed: Callable[[], object]) -> str:
    try:
        deed()
    except DashboardError as refused:
        return refused.code
    return ""


def test_a_number_is_never_given_twice_and_keeps_its_name(accounts: Accounts) -> None:
    accounts.remove(2)
    again = accounts.add("李代表", PASSWORD, Role.AUDITOR)
    assert again.number == 3
    assert accounts.names() == {"u1": "王主席", "u2": "李代表", "u3": "李代表"}
    assert code(lambda: accounts.change(2, role=Role.OFFICER)) == "unknown_account"


def test_every_change_is_noted_without_a_name(accounts: Accounts, tmp_path: Path) -> None:
    accounts.change(2, role=Role.AUDITOR, by="u1")
    accounts.set_password(2, PASSWORD + "!", by="u1")
    accounts.remove(2, by="u1")
    told = [(e.who, e.act, e.facts["account"], e.facts["what"]) for e in audit.entries(tmp_path)]
    assert told == [
        ("nobody", "account_changed", "u1", "add"),
        ("local", "account_changed", "u2", "add"),
        ("u1", "role_changed", "u2", "change"),
        ("u1", "account_changed", "u2", "password"),
        ("u1", "account_changed", "u2", "remove"),
    ]
    assert not any(ord(sign) > 127 for sign in (tmp_path / "audit.jsonl").read_text("utf-8"))


def test_what_cannot_be_noted_is_not_done(accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").unlink()
    (tmp_path / "audit.jsonl").mkdir()
    assert code(lambda: accounts.remove(2)) == "storage"
    assert code(lambda: accounts.add("x", PASSWORD, Role.OFFICER)) == "storage"
    assert [account.number for account in accounts.everyone()] == [1, 2]


# -- passwords --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "short_password"),
        ("nine ch ✓", "short_password"),
        ("x" * 257, "long_password"),
        ("1234567890", "common_password"),
        ("Password123", "common_password"),
        ("１２３４５６７８９０", "common_password"),
        ("aaaaaaaaaaaa", "common_password"),
        ("wangxiaoming", "common_password"),
        ("WangXiaoMing123", "common_password"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str, why: str) -> None:
    assert code(lambda: passwords.check_rules(password, "Wang Xiaoming")) == why


@pytest.mark.parametrize(
    "password",
    [
        "abcdefgh42",
        "correct horse",
        "春眠不觉晓处处闻啼鸟",
        " leading and trailing ",
        "x" * 99 + "y",
    ],
)
def test_no_other_rule_is_made(password: str) -> None:
    passwords.check_rules(password, "王小明")


def test_a_refused_password_leaves_no_account(accounts: Accounts) -> None:
    assert code(lambda: accounts.add("x", "short", Role.OFFICER)) == "short_password"
    assert code(lambda: accounts.set_password(2, "1234567890")) == "common_password"
    assert len(accounts.everyone()) == 2
    assert accounts.check("李代表", PASSWORD).number == 2


def test_a_password_is_the_same_from_any_keyboard(accounts: Accounts) -> None:
    accounts.set_password(2, "ＡＢＣ密码 école")
    assert accounts.check("李代表", "ABC密码 e\u0301cole").number == 2
    assert code(lambda: accounts.check("李代表", "abc密码 école")) == "wrong"


def test_no_password_lies_on_the_disk(accounts: Accounts, tmp_path: Path) -> None:
    accounts.check("李代表", PASSWORD)
    for path in tmp_path.iterdir():
        assert b"evergreen" not in path.read_bytes()
    with sqlite3.connect(tmp_path / "accounts.sqlite") as connection:
        kept = [str(row[0]) for row in connection.execute("select password from accounts")]
    assert len(set(kept)) == 2
    assert all(one.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for one in kept)


def test_a_hash_of_lesser_cost_is_made_anew_at_the_next_sign_in(
    accounts: Accounts, tmp_path: Path
) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with sqlite3.connect(tmp_path / "accounts.sqlite") as connection:
        connection.execute("update accounts set password = ? where number = 2", (cheap,))
    for _ in range(2):
        assert accounts.check("李代表", PASSWORD).number == 2
    with sqlite3.connect(tmp_path / "accounts.sqlite") as connection:
        sql = "select password from accounts where number = 2"
        assert "m=65536" in connection.execute(sql).fetchone()[0]


def test_at_most_two_passwords_are_hashed_at_once() -> None:
    began = time.perf_counter()
    passwords.hashed(PASSWORD)
    alone = time.perf_counter() - began
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.append(2 - passwords._turns._value)
            time.sleep(alone / 50)

    threads = [threading.Thread(target=passwords.hashed, args=(PASSWORD,)) for _ in range(8)]
    watcher = threading.Thread(target=watch)
    for thread in (watcher, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    watcher.join()
    assert max(seen) == 2


def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_PATIENCE", 0.01)
    with passwords._turn(), passwords._turn():
        assert code(lambda: passwords.hashed(PASSWORD)) == "crowded"


# -- wrong ones -------------------------------------------------------------------------------


def test_a_wrong_name_and_a_wrong_password_are_told_alike(accounts: Accounts) -> None:
    known, unknown = wrong(accounts, "李代表", NOON), wrong(accounts, "无此人", NOON)
    assert (known.code, known.message) == (unknown.code, unknown.message)


def test_a_wrong_name_takes_as_long_as_a_wrong_password(accounts: Accounts) -> None:
    def took(name: str) -> float:
        began = time.perf_counter()
        wrong(accounts, name, NOON)
        return time.perf_counter() - began

    took("warm")
    known = min(took("李代表") for _ in range(4))
    unknown = min(took("无此人") for _ in range(4))
    assert 0.4 < known / unknown < 2.5


def test_five_wrong_ones_lock_for_a_minute_then_for_twice_as_long_each_time(
    accounts: Accounts,
) -> None:
    now, minutes = NOON, []
    for _ in range(5):
        assert wrong(accounts, "李代表", now).code == "wrong"
    for _ in range(7):
        locked = wrong(accounts, "李代表", now)
        assert locked.code == "locked"
        minutes.append(locked.values["minutes"])
        now += locked.values["seconds"]  # type: ignore[operator]
        assert wrong(accounts, "李代表", now).code == "wrong"
    assert minutes == [1, 2, 4, 8, 16, 30, 30]


def test_the_right_password_does_not_open_a_lock(accounts: Accounts) -> None:
    for _ in range(5):
        wrong(accounts, "李代表", NOON)
    locked = code(lambda: accounts.check("李代表", PASSWORD, now=NOON + 59))
    assert locked == "locked"
    assert accounts.check("李代表", PASSWORD, now=NOON + 60).number == 2
    assert wrong(accounts, "李代表", NOON + 61).code == "wrong"


def test_a_right_one_in_between_begins_the_count_anew(accounts: Accounts) -> None:
    for _ in range(3):
        for _ in range(4):
            wrong(accounts, "李代表", NOON)
        assert accounts.check("李代表", PASSWORD, now=NOON).number == 2


def test_a_lock_is_one_names_alone(accounts: Accounts) -> None:
    for _ in range(5):
        wrong(accounts, "李代表", NOON)
    assert accounts.check("王主席", PASSWORD, now=NOON).number == 1


def test_a_name_nobody_has_is_locked_as_well(accounts: Accounts) -> None:
    for _ in range(5):
        wrong(accounts, "无此人", NOON)
    assert wrong(accounts, "无此人", NOON).code == "locked"


def test_another_password_lifts_the_lock(accounts: Accounts) -> None:
    for _ in range(5):
        wrong(accounts, "李代表", NOON)
    accounts.set_password(2, PASSWORD + "!")
    assert accounts.check("李代表", PASSWORD + "!", now=NOON).number == 2


def test_many_at_once_are_no_way_round_the_lock(accounts: Accounts, tmp_path: Path) -> None:
    codes: list[str] = []

    def guess() -> None:
        codes.append(outcome(lambda: Accounts(tmp_path).check("李代表", "a guess", now=NOON)))

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["locked"] * 7 + ["wrong"] * 5


def test_a_clock_set_back_locks_nobody_out_for_long(accounts: Accounts) -> None:
    for _ in range(5):
        wrong(accounts, "李代表", NOON)
    earlier = NOON - 30 * 24 * 3600
    assert wrong(accounts, "李代表", earlier).values["minutes"] == 1
    assert code(lambda: accounts.check("李代表", PASSWORD, now=earlier + 59)) == "locked"
    assert accounts.check("李代表", PASSWORD, now=earlier + 61).number == 2


def test_what_was_typed_as_a_name_is_not_kept(accounts: Accounts, tmp_path: Path) -> None:
    """Some type their password there."""
    wrong(accounts, "mypasswordinthewrongplace", NOON)
    for path in tmp_path.iterdir():
        assert b"wrongplace" not in path.read_bytes()


@pytest.mark.parametrize(
    "typed", ["", "x" * 100_000, "a\x00b", "'; drop table accounts; --", "\ud800"]
)
def test_whatever_is_typed_is_only_wrong(accounts: Accounts, typed: str) -> None:
    assert code(lambda: accounts.check(typed, typed)) == "wrong"
    assert code(lambda: accounts.check("李代表", typed)) == "wrong"
    assert len(accounts.everyone()) == 2


# -- the file ---------------------------------------------------------------------------------


def test_a_spoilt_file_is_told_in_words_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "accounts.sqlite").write_bytes(b"no database at all, " * 300)
    assert code(lambda: Accounts(tmp_path).exist()) == "storage"
    assert code(lambda: Accounts(tmp_path).begin("x", PASSWORD)) == "storage"
    assert code(lambda: Sessions(tmp_path).find("token")) == "storage"
    assert (tmp_path / "accounts.sqlite").read_bytes().startswith(b"no database")


def test_a_file_that_cannot_be_opened_is_told_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "张三").write_bytes(b"")
    spoilt, elsewhere = tmp_path / "李四", tmp_path / "张三" / "data"
    (spoilt / "accounts.sqlite").mkdir(parents=True)
    for folder, why in ((spoilt, "SQLITE_CANTOPEN"), (elsewhere, "Not a directory")):
        with pytest.raises(WorkspaceBusy) as refused:
            Accounts(folder).add("x", PASSWORD, Role.OFFICER)
        assert refused.value.values["reason"] == f"accounts.sqlite: {why}"


def test_only_the_owner_may_read_it_also_while_it_is_open(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("a folder's rights are the account's there")
    accounts = Accounts(tmp_path / "data")
    accounts.begin("x", PASSWORD)
    with accounts._store.writing() as connection:
        connection.execute("update accounts set name = 'y'")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
    assert {"accounts.sqlite", "accounts.sqlite-wal"} <= set(modes)
    assert set(modes.values()) == {0o600}


ANOTHER = """
import sys
from pathlib import Path
from dashboard.access import Accounts
from dashboard.roles import Role
accounts = Accounts(Path(sys.argv[1]))
for n in range(int(sys.argv[2])):
    accounts.add(f"{sys.argv[3]}{n}", None, Role.DELEGATE, email=f"{sys.argv[3]}{n}@school.example")
"""


def test_programs_that_add_accounts_at_once_lose_none(accounts: Accounts, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ANOTHER, str(tmp_path), "10"]
    others = [subprocess.Popen([*command, name], cwd=ROOT) for name in "abcd"]
    assert [other.wait(timeout=60) for other in others] == [0] * 4
    everyone = accounts.everyone()
    assert len(everyone) == 42
    assert [account.number for account in everyone] == list(range(1, 43))
    assert audit.verify(tmp_path) == audit.Verified(42)


def test_a_program_killed_while_it_adds_leaves_a_whole_file(
    accounts: Accounts, tmp_path: Path
) -> None:
    for cycle in range(4):
        command = [sys.executable, "-c", ANOTHER, str(tmp_path), "100000", f"k{cycle}x"]
        other = subprocess.Popen(command, cwd=ROOT)
        before = len(accounts.everyone())
        until = time.monotonic() + 20
        while len(accounts.everyone()) < before + 3 + cycle and time.monotonic() < until:
            time.sleep(0.005)
        other.kill()
        other.wait(timeout=20)
        added = [e for e in audit.entries(tmp_path) if e.facts.get("what") == "add"]
        assert before < len(accounts.everyone()) <= len(added)
    assert accounts.check("李代表", PASSWORD).number == 2
    with sqlite3.connect(tmp_path / "accounts.sqlite") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert audit.verify(tmp_path).is_whole


def test_who_reads_does_not_wait_for_who_writes(accounts: Accounts, tmp_path: Path) -> None:
    with accounts._store.writing() as connection:
        connection.execute("update accounts set name = 'half done' where number = 2")
        assert [account.name for account in Accounts(tmp_path).everyone()] == ["王主席", "李代表"]


def test_a_lock_held_for_ever_is_refused(
    accounts: Accounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.access.store._WAIT", 0.05)
    with accounts._store.writing(), pytest.raises(WorkspaceBusy):
        Accounts(tmp_path).remove(2)
