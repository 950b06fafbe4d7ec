"""The pages before and around sign-in: plain HTML that needs no script, in the house's look."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlencode

from dashboard.door import words
from dashboard.door.addresses import SCHOOL, SET_UP, SIGN_IN, SIGN_OUT, STYLE
from dashboard.icon import ICON
from dashboard.text import Lang, Text

STYLES = (Path(__file__).with_name("style.css")).read_text("utf-8")
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
{refresh}<title>{title}</title><link rel="stylesheet" href="{style}">
<link rel="icon" href="{icon}"></head>
<body><main><header><p class="name"><img src="{icon}" alt="">{name}</p>{other}</header>
<h1>{title}</h1>{body}</main></body></html>
"""
_CODES: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}


def page(title: Text, body: str, lang: Lang, other: str = "", refresh: str = "") -> str:
    """`other`: the same page's query in the other language, where it has one."""
    turn: Lang = "en" if lang == "zh" else "zh"
    link = f'<a href="?{escape(other)}" hreflang="{turn}">{words.OTHER(lang)}</a>' if other else ""
    return _PAGE.format(
        lang=_CODES[lang], title=title(lang), style=STYLE, name=words.NAME(lang),
        other=link, body=body, refresh=refresh, icon=ICON,
    )  # fmt: skip


def sign_in(
    lang: Lang, key: str, onward: str, told: Text | None = None, name: str = "", *, school: bool
) -> str:
    """`school`: with the way to the school's own sign-in."""
    fields = _field("name", words.ACCOUNT, lang, "username", name, first=not name)
    fields += _field("password", words.PASSWORD, lang, "current-password", first=bool(name))
    form = _form(SIGN_IN, fields, words.SIGN_IN, lang, key, onward)
    other = _by_school(lang, onward) if school else ""
    return page(words.SIGN_IN, _told(told, lang) + form + other, lang, _turned(lang, onward))


def _by_school(lang: Lang, onward: str) -> str:
    to = f"{SCHOOL}?{urlencode({'lang': lang, 'next': onward})}"
    return f'<p class="school"><a href="{escape(to)}">{words.SCHOOL(lang)}</a></p>'


def set_up(lang: Lang, key: str, *, coded: bool, told: Text | None = None, name: str = "") -> str:
    fields = _field("code", words.CODE, lang, "one-time-code", first=True) if coded else ""
    fields += _field("name", words.OWN_NAME, lang, "username", name, first=not coded)
    fields += _field("password", words.NEW_PASSWORD, lang, "new-password")
    fields += _field("again", words.AGAIN, lang, "new-password")
    said = f"<p>{words.FIRST(lang)}</p>{_told(told, lang)}"
    form = _form(SET_UP, fields, words.MAKE, lang, key, "/")
    return page(words.SET_UP, said + form, lang, _turned(lang, "/"))


def sign_out(lang: Lang, key: str, name: str) -> str:
    said = f"<p>{escape(words.SIGNED_IN_AS.format(name=name)(lang))}</p>"
    back = f'<p><a href="/">{words.BACK(lang)}</a></p>'
    form = _form(SIGN_OUT, "", words.SIGN_OUT, lang, key, "/")
    return page(words.SIGN_OUT, said + form + back, lang, _turned(lang, "/"))


def onward(address: str, lang: Lang) -> str:
    """A step on our own site: the browser brings its strict cookies to the next page."""
    refresh = f'<meta http-equiv="refresh" content="0;url={escape(address)}">'
    link = f'<p><a href="{escape(address)}">{words.ON(lang)}</a></p>'
    return page(words.OPENING, link, lang, refresh=refresh)


def _turned(lang: Lang, onward: str) -> str:
    said = {} if lang == "en" else {"lang": "en"}
    return urlencode(said | ({} if onward == "/" else {"next": onward})) or "lang=zh"


def _told(told: Text | None, lang: Lang) -> str:
    return f'<p class="told" role="alert">{escape(told(lang))}</p>' if told else ""


def _field(
    key: str, label: Text, lang: Lang, fill: str, value: str = "", *, first: bool = False
) -> str:
    """`fill`: what a password keeper may put in (HTML, autofill); `first`: where one begins."""
    kind = "password" if fill.endswith("password") else "text"
    return (
        f'<label for="{key}">{label(lang)}</label><input id="{key}" name="{key}" type="{kind}"'
        f' autocomplete="{fill}" value="{escape(value)}" maxlength="256" required'
        f' autocapitalize="none" spellcheck="false"{" autofocus" if first else ""}>'
    )


def _form(to: str, fields: str, button: Text, lang: Lang, key: str, onward: str) -> str:
    hidden = {"form": key, "next": onward, "lang": lang}
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    return f'<form method="post" action="{to}">{kept}{fields}<button>{button(lang)}</button></form>'
