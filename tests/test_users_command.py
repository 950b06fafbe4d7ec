"""`python -m dashboard users` and `verify`: accounts from the terminal; is all whole."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from dashboard import audit
from dashboard.access import Accounts, Sessions
from dashboard.cli import main
from dashboard.settings import ROOT

PASSWORD = "四季常青 evergreen"
Run = Callable[..., int]


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command with what is typed into its standard input."""

    def run(*words: str, typed: str = PASSWORD + "\n") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(["users", *words, "--data", str(tmp_path)])

    return run


@pytest.fixture
def three(users: Run) -> None:
    assert users("add", "王主席", "--role", "officer", "--password-stdin") == 0
    assert users("add", "李代表", "--password-stdin") == 0
    assert users("add", "陈校长", "--role", "principal", "--email", "chen@school.example") == 0


@pytest.mark.usefixtures("three")
def test_accounts_are_added_and_listed(
    users: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    capsys.readouterr()
    assert users("list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "u1  王主席  主席/委员  管理员  —",
        "u2  李代表  代表  —",
        "u3  陈校长  校长  chen@school.example",
    ]
    assert users("list", "--json", "--lang", "en") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["number"], one["role"], one["administrator"]) for one in told] == [
        ("u1", "officer", True),
        ("u2", "delegate", False),
        ("u3", "principal", False),
    ]
    assert Accounts(tmp_path).check("李代表", PASSWORD).who == "u2"


def test_without_accounts_the_list_says_how_to_begin(
    users: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert users("list") == 0
    assert "users add" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("three")
def test_an_account_is_named_by_name_or_number(users: Run, tmp_path: Path) -> None:
    assert users("role", "李代表", "--role", "auditor") == 0
    assert users("role", "u3", "--role", "officer", "--administrator") == 0
    assert users("remove", "1") == 0
    assert [(a.who, a.role.value) for a in Accounts(tmp_path).everyone()] == [
        ("u2", "auditor"),
        ("u3", "officer"),
    ]


@pytest.mark.usefixtures("three")
def test_a_session_ends_from_the_terminal(
    users: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    account = Accounts(tmp_path).check("李代表", PASSWORD)
    tokens = [Sessions(tmp_path).open(account) for _ in range(2)]
    capsys.readouterr()
    assert users("list") == 0
    assert "登录于" in capsys.readouterr().out
    assert users("sign-out", "李代表") == 0
    assert "2 处" in capsys.readouterr().out
    assert [Sessions(tmp_path).find(token) for token in tokens] == [None, None]


@pytest.mark.usefixtures("three")
def test_another_password_holds_at_once(users: Run, tmp_path: Path) -> None:
    assert users("password", "李代表", "--password-stdin", typed="换一个新的密码再试一试\n") == 0
    assert Accounts(tmp_path).check("李代表", "换一个新的密码再试一试").who == "u2"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("add", "新人", "--password-stdin"), "short\n", "至少要 10"),
        (("add", "新人", "--password-stdin"), "", "至少要 10"),
        (("add", "新人"), PASSWORD, "--password-stdin"),
        (("add", "李代表", "--password-stdin"), PASSWORD, "同名"),
        (("remove", "王主席"), "", "至少要有一个"),
        (("remove", "无此人"), "", "没有账号"),
        (("role", "u1", "--no-administrator"), "", "至少要有一个"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    users: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], typed: str, told: str
) -> None:
    capsys.readouterr()
    assert users(*words, typed=typed) == 2
    printed = capsys.readouterr()
    assert told in printed.err
    assert PASSWORD not in printed.err + printed.out


def test_typed_at_a_terminal_it_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    assert terminal(tmp_path, "add", PASSWORD, PASSWORD, "--role", "officer")[0] == 0
    code, shown = terminal(tmp_path, "password", PASSWORD + "!", "another one")
    assert code == 2
    assert "两次" in shown
    assert "evergreen" not in shown
    assert Accounts(tmp_path).check("王主席", PASSWORD).who == "u1"


def test_who_leaves_off_at_the_password_is_no_fault(tmp_path: Path) -> None:
    """Ctrl-D: the terminal says that nothing more comes."""
    code, shown = terminal(tmp_path, "add", PASSWORD, "\x04", "--role", "officer")
    assert (code, "没有保存" in shown, "程序出错" in shown) == (2, True, False)
    assert not Accounts(tmp_path).exist()


def terminal(folder: Path, deed: str, first: str, second: str, *more: str) -> tuple[int, str]:
    """The command in a terminal of its own; its code, and all that could be seen there."""
    pty = pytest.importorskip("pty", reason="no such terminals there")
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "dashboard", "users", deed, "王主席", *more]
    started = subprocess.Popen(
        [*command, "--data", str(folder)],
        cwd=ROOT, stdin=its, stdout=its, stderr=its, start_new_session=True,
    )  # fmt: skip
    os.close(its)
    shown = b""
    for prompt, typed in (("密码：", first), ("再输一次：", second)):
        while prompt.encode() not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, typed.encode() + b"\n")
    with suppress(OSError):  # the terminal is gone with the program
        while more_shown := os.read(ours, 1024):
            shown += more_shown
    os.close(ours)
    return started.wait(timeout=20), shown.decode()


def test_no_password_is_ever_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["users", "add", "--help"])
    assert "--password " not in capsys.readouterr().out


# -- verify -----------------------------------------------------------------------------------


def verify(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dashboard", "verify", "--data", str(folder), *more]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_whole_log_is_verified_and_a_changed_one_is_not(tmp_path: Path) -> None:
    for n in range(3):
        audit.note(tmp_path, "archived", "u1", rows=n)
    whole = verify(tmp_path)
    assert whole.returncode == 0, whole.stderr
    assert "操作记录: 完好，共 3 条" in whole.stdout
    log = tmp_path / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"rows":1', b'"rows":7'))
    broken = verify(tmp_path, "--json", "--lang", "en")
    assert broken.returncode == 1
    told = json.loads(broken.stdout)["audit"]
    assert told["whole"] is False
    assert "entry 2" in told["words"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_way_it_can_be_broken_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    for n in range(3):
        audit.note(tmp_path, "archived", "u1", rows=n)
    log, head = tmp_path / "audit.jsonl", tmp_path / "audit.head"
    whole, end, told = log.read_bytes(), head.read_bytes(), set()

    def asked() -> int:
        code = main(["verify", "--data", str(tmp_path), "--lang", lang])
        told.add(capsys.readouterr().out)
        return code

    assert asked() == 0
    log.write_bytes(whole + b'{"act"')
    assert asked() == 0
    audit.note(tmp_path, "signed_in", "u1")
    assert asked() == 0
    head.write_bytes(end)
    log.write_bytes(whole[:-5])
    assert asked() == 1
    log.write_bytes(whole[: whole.index(b"\n") + 1])
    assert asked() == 1
    log.write_bytes(whole)
    head.unlink()
    assert asked() == 1
    assert len(told) == 6
