"""The accounts, each in a line that opens; a new one; who opened what."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from dashboard.access import Account, Accounts, Sessions
from dashboard.roles import ROLES, Role
from dashboard.settings import data_folder, is_shared
from dashboard.text import Lang, Text
from dashboard.ui.accounts import deeds, seen
from dashboard.ui.identity import identity
from dashboard.ui.markdown import escaped

TITLE = Text("账号", "Accounts")
NONE = Text(
    "还没有账号。自己在这台电脑上用，不需要账号；要让别人在校园网里打开，先在这里建第一个账号"
    "（主席或委员，同时是管理员）。",
    "No accounts yet. Alone on this computer you need none. Before others may open the dashboard"
    " on the school's network, make the first one here: an officer's, who manages the rest.",
)
ALONE = Text(
    "看板现在没有共享；共享后，这里的人用姓名和密码登录。",
    "The dashboard is not shared now; once it is, these people sign in by name and password.",
)
OTHERS = Text(
    "账号和访问记录由管理员管理。要加人、改身份或重设密码，请找管理员。",
    "Accounts and the record of visits are an administrator's. Ask one to add somebody, to change a"
    " role or to set a password anew.",
)
ADMINISTRATOR = Text("管理员", "administrator")
IS_ADMINISTRATOR = Text("管理员（可管理账号）", "Administrator (manages accounts)")
SIGNED_IN = Text("登录 {n} 处", "signed in {n} times")
NAME, ROLE = Text("姓名", "Name"), Text("身份", "Role")
EMAIL = Text("学校统一登录的邮箱（可不填）", "Address at the school's provider (if any)")
PASSWORD, AGAIN = (
    Text("密码（至少 10 个字符）", "Password (10 characters or more)"),
    Text("再输一次", "Once more"),
)
ADD, ADD_NOW = Text("添加账号", "Add an account"), Text("添加", "Add")
CHANGE = Text("保存（原有登录全部失效）", "Save (ends all its sessions)")
NEW_PASSWORD = Text("重设密码（原有登录全部失效）", "Set the password (ends all its sessions)")
SIGN_OUT = Text("退出它的全部登录", "End all its sessions")
REMOVE = Text("移除账号", "Remove the account")
SURE = Text("我确认移除 {name}，其登录全部失效", "I do want to remove {name} and end its sessions")


def accounts(lang: Lang) -> None:
    """For administrators; another officer is told whom to ask."""
    deeds.told(lang)
    if not identity().administrator:
        st.info(OTHERS(lang), icon=":material/manage_accounts:")
        return
    store = Accounts(data_folder())
    every = store.everyone() if store.exist() else []
    with st.container(border=True, gap="small", key="accounts"):
        st.markdown(f"**{TITLE(lang)}** :gray[{len(every)}]")
        if not every:
            st.info(NONE(lang), icon=":material/info:")
        elif not is_shared():
            st.caption(ALONE(lang))
        _listed(every, lang)
        with st.expander(
            ADD(lang), icon=":material/person_add:", expanded=not every, key="account_add"
        ):
            _adding(every, lang)
    seen.seen(lang)


def _listed(every: list[Account], lang: Lang) -> None:
    standing = Sessions(data_folder()).standing() if every else []
    times = Counter(one.identity.who for one in standing)
    for account in every:
        parts = [account.name, ROLES[account.role](lang)]
        parts += [ADMINISTRATOR(lang)] * account.administrator
        parts += [SIGNED_IN.format(n=times[account.who])(lang)] * bool(times[account.who])
        head = escaped(" · ".join(parts))
        box = st.expander(
            head, icon=":material/person:", key=f"account_{account.number}", on_change="rerun"
        )
        if box.open:
            with box:
                _account(account, lang)


def _account(account: Account, lang: Lang) -> None:
    n = account.number
    with st.form(f"role_form_{n}"):
        role = _role(account.role, f"role_{n}", lang)
        administrator = st.checkbox(
            IS_ADMINISTRATOR(lang), account.administrator, key=f"administrator_{n}"
        )
        if st.form_submit_button(CHANGE(lang), key=f"change_{n}"):
            deeds.change(n, role, administrator)
    with st.form(f"password_form_{n}", clear_on_submit=True):
        password, again = _passwords(f"password_{n}", lang)
        if st.form_submit_button(NEW_PASSWORD(lang), key=f"set_password_{n}"):
            deeds.set_password(n, password, again)
    st.button(SIGN_OUT(lang), key=f"sign_out_{n}", on_click=deeds.sign_out, args=(n,))
    sure = st.checkbox(SURE.format(name=account.name)(lang), key=f"sure_{n}")
    st.button(REMOVE(lang), key=f"remove_{n}", disabled=not sure, on_click=deeds.remove, args=(n,))


def _adding(every: list[Account], lang: Lang) -> None:
    """The first account is an officer's."""
    with st.form("account_form", clear_on_submit=True):
        name = st.text_input(NAME(lang), key="account_name", max_chars=40, autocomplete="off")
        role = _role(Role.DELEGATE, "account_role", lang) if every else Role.OFFICER
        email = st.text_input(EMAIL(lang), key="account_email", autocomplete="off")
        password, again = _passwords("account_password", lang)
        if st.form_submit_button(ADD_NOW(lang), type="primary", key="account_add_now"):
            deeds.add(name, role, email, password, again)


def _role(now: Role, key: str, lang: Lang) -> Role:
    every = list(Role)
    return st.selectbox(
        ROLE(lang), every, every.index(now), format_func=lambda role: ROLES[role](lang), key=key
    )


def _passwords(key: str, lang: Lang) -> tuple[str, str]:
    first, second = (
        st.text_input(words(lang), type="password", key=f"{key}_{n}", autocomplete="new-password")
        for n, words in enumerate((PASSWORD, AGAIN))
    )
    return first, second
