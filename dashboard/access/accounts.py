"""Accounts: who may sign in, and as what. Whatever changes one is noted before it is kept."""

from __future__ import annotations

import re
import sqlite3
import time
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard import audit
from dashboard.access import attempts, passwords
from dashboard.access.passwords import folded
from dashboard.access.store import Store
from dashboard.errors import RefusedRequest, RefusedSignIn
from dashboard.roles import Identity, Role

_LONGEST_NAME = 40  # characters
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


@dataclass(frozen=True, slots=True)
class Account:
    """`number` is given once and never again, also after the account was removed."""

    number: int
    name: str
    role: Role
    administrator: bool = False
    email: str | None = None

    @property
    def who(self) -> str:
        """As records name them."""
        return f"u{self.number}"

    @property
    def identity(self) -> Identity:
        return Identity(self.who, self.name, self.role, administrator=self.administrator)


class Accounts:
    """The accounts of one data folder; safe from any thread and any program at once.

    `by` is who does it, as records name them. Every method may raise WorkspaceBusy "storage".
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = Store(folder)

    def exist(self) -> bool:
        return self._store.is_there and bool(self.everyone())

    def everyone(self) -> list[Account]:
        """Whoever may sign in, in the order they were added."""
        with self._store.reading() as connection:
            return [_account(row) for row in connection.execute(f"{_STANDING} order by number")]

    def names(self) -> dict[str, str]:
        """The name behind every number in the records, of removed accounts too."""
        with self._store.reading() as connection:
            rows = connection.execute("select number, name from accounts").fetchall()
        return {f"u{row['number']}": str(row["name"]) for row in rows}

    def by_email(self, email: str) -> Account | None:
        """Whose address the school's provider vouches for."""
        with self._store.reading() as connection:
            sql = f"{_STANDING} and email = ?"
            row = connection.execute(sql, (folded(email),)).fetchone()
        return _account(row) if row else None

    def add(
        self,
        name: str,
        password: str | None,
        role: Role,
        *,
        administrator: bool = False,
        email: str | None = None,
        by: str = "local",
    ) -> Account:
        """A new account; without a password only the school's provider signs it in. The first one
        must be an officer's and is an administrator's.

        Raises RefusedRequest "bad_name", "bad_email", "name_taken", "first_account" or as
        `check_rules` does.
        """
        asked = Account(0, _name(name), role, administrator, _email(email))
        return self._added(asked, password, by)

    def begin(self, name: str, password: str) -> Account:
        """The first account. Raises RefusedRequest "accounts_exist" where there is one, also where
        another program made it a moment ago; else as `add` does.
        """
        first = Account(0, _name(name), Role.OFFICER, administrator=True)
        return self._added(first, password, "nobody", only_first=True)

    def change(
        self,
        number: int,
        *,
        role: Role | None = None,
        administrator: bool | None = None,
        by: str = "local",
    ) -> Account:
        """Another role, or the right to manage accounts; its sessions end at once.

        Raises RefusedRequest "unknown_account", "last_administrator".
        """
        with self._store.writing() as connection:
            old = _found(connection, number)
            new = replace(
                old,
                role=old.role if role is None else role,
                administrator=old.administrator if administrator is None else administrator,
            )
            sql = "update accounts set role = ?, administrator = ? where number = ?"
            connection.execute(sql, (new.role, new.administrator, number))
            _end_sessions(connection, number)
            _check_manageable(connection)
            self._note("role_changed", by, new, "change")
        return new

    def set_password(self, number: int, password: str, *, by: str = "local") -> None:
        """Another password; its sessions end at once, and a lock is lifted.

        Raises RefusedRequest "unknown_account" or as `check_rules` does.
        """
        with self._store.reading() as connection:
            account = _found(connection, number)
        passwords.check_rules(password, account.name)
        kept = passwords.hashed(password)
        with self._store.writing() as connection:
            account = _found(connection, number)
            sql = "update accounts set password = ? where number = ?"
            connection.execute(sql, (kept, number))
            attempts.forget(connection, folded(account.name))
            _end_sessions(connection, number)
            self._note("account_changed", by, account, "password")

    def remove(self, number: int, *, by: str = "local") -> None:
        """Nobody signs in with it any more, its sessions end at once. Number and name stay, for
        the records that speak of them.

        Raises RefusedRequest "unknown_account", "last_administrator".
        """
        with self._store.writing() as connection:
            account = _found(connection, number)
            sql = "update accounts set removed_at = ?, folded = null, password = null, email = null"
            connection.execute(f"{sql} where number = ?", (time.time(), number))
            _end_sessions(connection, number)
            _check_manageable(connection)
            self._note("account_changed", by, account, "remove")

    def check(self, name: str, password: str, *, now: float | None = None) -> Account:
        """Whose name and password these are. `now` in seconds since 1970.

        Raises RefusedSignIn "wrong", the same and as late whether the name or the password is;
        "locked" (minutes, seconds) after five in a row; "crowded" where too many sign in at once.
        """
        plain, when = folded(name), time.time() if now is None else now
        with self._store.writing() as connection:  # of its own: what is refused is not kept
            attempts.set_right(connection, when)
        with self._store.writing() as connection:
            attempts.count(connection, plain, when)
            row = connection.execute(f"{_STANDING} and folded = ?", (plain,)).fetchone()
        kept: str | None = row["password"] if row else None
        if not passwords.matches(kept, password) or kept is None:
            raise RefusedSignIn("wrong")
        self._remember_right(plain, row["number"], kept, password)
        return _account(row)

    def _remember_right(self, plain: str, number: int, kept: str, password: str) -> None:
        """The tries are forgotten; a hash of lesser cost is made anew."""
        new = passwords.hashed(password) if passwords.is_outdated(kept) else kept
        with self._store.writing() as connection:
            attempts.forget(connection, plain)
            sql = "update accounts set password = ? where number = ? and password = ?"
            connection.execute(sql, (new, number, kept))

    def _added(
        self, asked: Account, password: str | None, by: str, *, only_first: bool = False
    ) -> Account:
        kept = None
        if password is not None:
            passwords.check_rules(password, asked.name)
            kept = passwords.hashed(password)
        with self._store.writing() as connection:
            account = _first_or_further(connection, asked, only_first=only_first)
            account = replace(account, number=_insert(connection, account, kept))
            _check_manageable(connection)
            self._note("account_changed", by, account, "add")
        return account

    def _note(self, act: audit.Act, by: str, account: Account, what: str) -> None:
        """Before it is kept: what cannot be noted is not done."""
        audit.note(
            self._folder,
            act,
            by,
            account=account.who,
            what=what,
            role=account.role.value,
            administrator=int(account.administrator),
        )


_STANDING = "select * from accounts where removed_at is null"


def _account(row: sqlite3.Row) -> Account:
    role, administrator = Role(row["role"]), bool(row["administrator"])
    return Account(row["number"], row["name"], role, administrator, row["email"])


def _found(connection: sqlite3.Connection, number: int) -> Account:
    row = connection.execute(f"{_STANDING} and number = ?", (number,)).fetchone()
    if row is None:
        raise RefusedRequest("unknown_account", name=f"u{number}")
    return _account(row)


def _first_or_further(
    connection: sqlite3.Connection, asked: Account, *, only_first: bool
) -> Account:
    """The account as it may be added; the first is an administrator's."""
    if connection.execute(f"{_STANDING} limit 1").fetchone():
        if only_first:
            raise RefusedRequest("accounts_exist")
        return asked
    if asked.role is not Role.OFFICER:
        raise RefusedRequest("first_account")
    return replace(asked, administrator=True)


def _insert(connection: sqlite3.Connection, account: Account, kept: str | None) -> int:
    sql = (
        "insert into accounts (name, folded, password, email, role, administrator)"
        " values (?, ?, ?, ?, ?, ?) returning number"
    )
    own = (account.name, folded(account.name), kept, account.email)
    try:
        row = connection.execute(sql, (*own, account.role, account.administrator)).fetchone()
    except sqlite3.IntegrityError:
        raise RefusedRequest("name_taken", name=account.name) from None
    return int(row["number"])


def _check_manageable(connection: sqlite3.Connection) -> None:
    """Somebody must be left who may do everything."""
    sql = f"{_STANDING} and administrator and role = ? limit 1"
    if connection.execute(sql, (Role.OFFICER,)).fetchone() is None:
        raise RefusedRequest("last_administrator")


def _end_sessions(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("delete from sessions where number = ?", (number,))


def _name(name: str) -> str:
    shown = " ".join(name.split())
    if not shown or len(shown) > _LONGEST_NAME or not shown.isprintable():
        raise RefusedRequest("bad_name", most=_LONGEST_NAME)
    return shown


def _email(email: str | None) -> str | None:
    plain = folded(email) if email else None
    if plain and not _EMAIL.fullmatch(plain):
        raise RefusedRequest("bad_email", name=plain)
    return plain
