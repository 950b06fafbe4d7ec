"""`python -m dashboard users …`: who may sign in; works while the server runs.

A password is typed unseen or read from standard input, never an argument: those can be read by
everybody on the computer.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dashboard.access import Account, Accounts, Sessions
from dashboard.errors import RefusedRequest
from dashboard.roles import ROLES, Role
from dashboard.settings import data_folder
from dashboard.text import DASH, Lang, Text

PASSWORD = Text("密码：", "Password: ")
AGAIN = Text("再输一次：", "Once more: ")
ADMINISTRATOR = Text("管理员", "administrator")
NOBODY = Text(
    "还没有账号。用 python -m dashboard users add 姓名 --role officer 添加第一个。",
    "No accounts yet. `python -m dashboard users add NAME --role officer` adds the first.",
)
ADDED = Text("已添加：{line}", "Added: {line}")
CHANGED = Text("已更改，原有登录全部失效：{line}", "Changed, all its sessions ended: {line}")
REMOVED = Text("已移除，原有登录全部失效：{line}", "Removed, all its sessions ended: {line}")
SIGNED_OUT = Text("已退出 {n} 处登录：{line}", "{n} sessions ended: {line}")
SINCE = Text("登录于 {times}", "signed in {times}")


def arguments(command: argparse.ArgumentParser) -> None:
    """One word for each deed, then whom."""
    deeds = command.add_subparsers(required=True, metavar="DEED")
    for name, deed, words, more in (
        ("list", _list, "全部账号 / every account", (_json,)),
        ("add", _add, "添加账号 / add an account", (_name, _role, _email, _administrator, _stdin)),
        ("remove", _remove, "移除账号 / remove an account", (_whom,)),
        ("role", _change, "更改身份 / change the role", (_whom, _role, _administrator)),
        ("password", _password, "重设密码 / set a new password", (_whom, _stdin)),
        ("sign-out", _sign_out, "强制退出登录 / end all its sessions", (_whom,)),
    ):
        one = deeds.add_parser(name, help=words, description=words)
        one.set_defaults(deed=deed)
        one.add_argument("--data", type=Path, default=None)
        one.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
        for add in more:
            add(one)


def _name(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME")


def _whom(command: argparse.ArgumentParser) -> None:
    command.add_argument("whom", metavar="NAME|NUMBER", help="姓名或编号 u3 / a name, or u3")


def _role(command: argparse.ArgumentParser) -> None:
    command.add_argument("--role", choices=[role.value for role in Role], default=None)


def _email(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--email",
        default=None,
        help="学校统一登录的邮箱，可不设密码 / the school's provider signs it in, no password",
    )


def _administrator(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--administrator",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="可管理账号 / manages accounts",
    )


def _stdin(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-stdin", action="store_true", help="从标准输入读一行 / one line of stdin"
    )


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Do the deed and say what came of it."""
    deed: Callable[[argparse.Namespace, Path], str] = options.deed
    folder = options.data.expanduser().resolve() if options.data else data_folder()
    sys.stdout.write(deed(options, folder) + "\n")
    return 0


# -- deeds: each answers what is printed -------------------------------------------------------


def _list(options: argparse.Namespace, folder: Path) -> str:
    accounts = Accounts(folder)
    everyone = accounts.everyone() if accounts.exist() else []
    since = _since(folder) if everyone else {}
    if options.json:
        told = [_document(account, since.get(account.who, [])) for account in everyone]
        return json.dumps(told, ensure_ascii=False)
    lines = [_line(account, options.lang, since.get(account.who)) for account in everyone]
    return "\n".join(lines) or NOBODY(options.lang)


def _add(options: argparse.Namespace, folder: Path) -> str:
    role = Role(options.role or Role.DELEGATE)
    account = Accounts(folder).add(
        options.name,
        None if options.email and not options.password_stdin else _typed(options),
        role,
        administrator=bool(options.administrator),
        email=options.email,
    )
    return ADDED.format(line=_line(account, options.lang))(options.lang)


def _remove(options: argparse.Namespace, folder: Path) -> str:
    account = _found(folder, options.whom)
    Accounts(folder).remove(account.number)
    return REMOVED.format(line=_line(account, options.lang))(options.lang)


def _change(options: argparse.Namespace, folder: Path) -> str:
    role = Role(options.role) if options.role else None
    number = _found(folder, options.whom).number
    account = Accounts(folder).change(number, role=role, administrator=options.administrator)
    return CHANGED.format(line=_line(account, options.lang))(options.lang)


def _password(options: argparse.Namespace, folder: Path) -> str:
    account = _found(folder, options.whom)
    Accounts(folder).set_password(account.number, _typed(options))
    return CHANGED.format(line=_line(account, options.lang))(options.lang)


def _sign_out(options: argparse.Namespace, folder: Path) -> str:
    account = _found(folder, options.whom)
    ended = Sessions(folder).close_all(account.number)
    return SIGNED_OUT.format(n=ended, line=_line(account, options.lang))(options.lang)


# -- whom, and with what -----------------------------------------------------------------------


def _found(folder: Path, whom: str) -> Account:
    """By number (`u3`, `3`) or by name. Raises RefusedRequest "unknown_account"."""
    accounts = Accounts(folder)
    everyone = accounts.everyone() if accounts.exist() else []
    for account in everyone:
        if whom in (account.name, account.who, str(account.number)):
            return account
    raise RefusedRequest("unknown_account", name=whom)


def _typed(options: argparse.Namespace) -> str:
    """Raises RefusedRequest "no_terminal", "no_password", "differing_passwords"."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise RefusedRequest("no_terminal")
    try:
        password = getpass.getpass(PASSWORD(options.lang))
        if getpass.getpass(AGAIN(options.lang)) == password:
            return password
    except EOFError:  # Ctrl-D: whoever was asked has left off
        raise RefusedRequest("no_password") from None
    raise RefusedRequest("differing_passwords")


def _since(folder: Path) -> dict[str, list[str]]:
    """When each account's sessions began, in this computer's time."""
    found: dict[str, list[str]] = {}
    for one in Sessions(folder).standing():
        when = f"{datetime.fromtimestamp(one.opened):%Y-%m-%d %H:%M}"
        found.setdefault(one.identity.who, []).append(when)
    return found


def _line(account: Account, lang: Lang, since: list[str] | None = None) -> str:
    """`u3  李老师  经审  li@school.example  登录于 2026-03-02 09:10`."""
    parts = [account.who, account.name, ROLES[account.role](lang), account.email or DASH]
    if account.administrator:
        parts.insert(3, ADMINISTRATOR(lang))
    if since:
        parts.append(SINCE.format(times=", ".join(since))(lang))
    return "  ".join(parts)


def _document(account: Account, since: list[str]) -> dict[str, object]:
    return {
        "number": account.who,
        "name": account.name,
        "role": account.role.value,
        "administrator": account.administrator,
        "email": account.email,
        "sessions": since,
    }
