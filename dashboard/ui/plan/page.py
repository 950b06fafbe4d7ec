"""From the empty page to the reviewed items: drop or paste, look through, hand to the import."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.answers import Answer
from dashboard.errors import RefusedFile
from dashboard.importing.planned import read_plan
from dashboard.periods import Calendars
from dashboard.settings import today
from dashboard.text import Lang, Text, number
from dashboard.ui import links
from dashboard.ui.files import REMOVE, REMOVE_FILE
from dashboard.ui.identity import for_right
from dashboard.ui.markdown import escaped
from dashboard.ui.plan import handing, kept, leftovers, sheet, summary
from dashboard.ui.plan.kept import Kept
from dashboard.ui.upload import REMOVE_ALL
from dashboard.ui.uploader import drop_place

# From the fourth on they cannot be read: who drops one is told what to do.
TYPES = ("docx", "txt", "md", "doc", "wps", "pdf", "rtf", "xlsx", "xls")
FORMS = Text(
    "支持 .docx、.txt、.md，或把文字粘贴进来。看得懂：一、（一）、1、等编号，“三月”“3—4月”“上半年”"
    "“暑期”“每学期”等时间，月份表格，繁体字和拼音。  \n原文逐条对照，没读成事项的文字也全部列出；"
    "文件只在这台电脑的内存里，确认导入前不入库，一小时不用即清除。",
    "Word (.docx), .txt, .md, or pasted text: numbering of the usual kinds, months, halves, terms,"
    " holidays, tables by month, traditional characters, pinyin.  \nEvery item stands beside its"
    " original, and text that became none is listed. All of it stays in this computer's memory"
    " until you import it, and is gone after an hour without use.",
)
PASTE = Text("或粘贴计划文字", "Or paste the plan")
PASTE_HERE = Text("把计划全文粘贴到这里", "Paste the whole plan here")
READ = Text("整理成事项", "Make items of it")
NOTHING_PASTED = Text("还没有粘贴文字。", "Nothing is pasted yet.")
PASTED = Text("粘贴的计划.txt", "pasted plan.txt")
READING = Text("正在读取 {file}…", "Reading {file}…")
REMEDY = Text(
    "旧版 .doc、.wps：用 Word 或 WPS 打开，另存为 .docx。PDF：选中文字，复制后粘贴进来。"
    "扫描件和图片：先用手机识别文字，再粘贴。表格：请到“上传”页导入。",
    "Old .doc or .wps: open and save as .docx. PDF: copy its text and paste it here. Scans and"
    " pictures: have the text recognised first. Spreadsheets: import them on the page Upload.",
)
ITEMS = Text("{n} 项", "{n} items")
NO_YEAR = Text(
    "计划没有写年份，月份算不出日期。这是哪一年的计划？（选择后重新整理，表里改过的会还原）",
    "The plan names no year, so its months are no dates. Which year is it for? (It is read anew;"
    " what was changed in its rows goes back.)",
)
WHICH_YEAR = Text("请选择", "Choose")
YEAR, SCHOOL_YEAR = Text("{name} 年", "{name}"), Text("{name} 学年", "school year {name}")
TO_ACTIVITIES = Text("查看计划落实情况", "See the plan against what was held")


@for_right("explore")
def plan(answer: Answer, lang: Lang) -> None:
    """All of the page."""
    held = kept.kept()
    if handing.imported(held, lang):
        held = kept.kept()
    entrance = st.container()
    _read_waiting(held, answer.school.calendars, lang)
    with entrance:
        _entrance(held, lang)
    _refusals(held, lang)
    if held.rows:
        _files(held, lang)
        numbers = st.container()
        rows = sheet.table(held, lang)
        with numbers:
            summary.summary(rows, lang)
        handing.button(held, lang)
    if held.plans:
        leftovers.listed(list(held.plans.values()), lang)
    links.link("activities", TO_ACTIVITIES, lang, ":material/fact_check:")


def _entrance(held: Kept, lang: Lang) -> None:
    first = not held.rows
    with st.container(border=first, gap="small"):
        drop_place(f"plan_drop_{held.drop}", first, kept.take_up, lang, TYPES, named=first)
        if first:
            st.caption(FORMS(lang))
        with st.expander(PASTE(lang), icon=":material/content_paste:", key="plan_paste"):
            _paste(held, lang)


def _paste(held: Kept, lang: Lang) -> None:
    key = f"plan_text_{held.drop}"
    st.text_area(
        PASTE_HERE(lang), height=180, max_chars=150_000, key=key, label_visibility="collapsed",
        placeholder=PASTE_HERE(lang),
    )  # fmt: skip
    if st.button(READ(lang), icon=":material/checklist:", key="plan_read"):
        text = str(st.session_state[key] or "")
        if text.strip():
            held.refused.clear()
            held.expect(PASTED(lang), text.encode())
            held.drop += 1
            st.rerun()  # with an empty box
        else:
            st.caption(NOTHING_PASTED(lang))


def _read_waiting(held: Kept, calendars: Calendars, lang: Lang) -> None:
    """One after the other, in a child process each."""
    for digest, (name, data) in list(held.waiting.items()):
        with st.spinner(escaped(READING.format(file=name)(lang))):
            try:
                year = held.years.get(digest)
                held.put(digest, read_plan(data, name, calendars, period=year))
            except RefusedFile as refusal:
                held.refuse(digest, refusal.code, refusal.message)


def _refusals(held: Kept, lang: Lang) -> None:
    for name, code, told in held.refused.values():
        st.error(f"**{escaped(name)}** {escaped(told(lang))} `{code}`", icon=":material/block:")
    if held.refused:
        st.caption(REMEDY(lang))


def _files(held: Kept, lang: Lang) -> None:
    """What was read, each with its way out."""
    for digest, plan in held.plans.items():
        titles = " / ".join(title for title in plan.titles if title)
        quiet = " · ".join([*([titles] if titles else []), _count(len(plan.items), lang)])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"**{escaped(plan.name)}** :gray[:small[{escaped(quiet)}]]", width="stretch"
            )
            st.button(
                REMOVE(lang),
                icon=":material/close:",
                type="tertiary",
                help=escaped(REMOVE_FILE.format(file=plan.name)(lang)),
                on_click=partial(held.take_off, digest),
                key=f"plan_remove_{digest[:16]}",
            )
        if digest in held.texts:
            _year(held, digest, lang)
    if len(held.plans) > 1:
        st.button(REMOVE_ALL(lang), type="tertiary", on_click=kept.forget, key="plan_remove_all")


def _year(held: Kept, digest: str, lang: Lang) -> None:
    """Months of a plan that names no year are no days until somebody says which it is."""
    key = f"plan_year_{digest[:16]}_{held.drop}"
    year = today().year
    years = [f"{year + step}" for step in (0, 1, -1)]
    years += [f"{year + step}-{year + step + 1}" for step in (-1, 0, -2)]
    said = held.years.get(digest)
    st.selectbox(
        NO_YEAR(lang),
        years,
        index=years.index(said) if said in years else None,
        format_func=lambda name: (SCHOOL_YEAR if "-" in name else YEAR).format(name=name)(lang),
        placeholder=WHICH_YEAR(lang),
        key=key,
        on_change=lambda: held.suppose(digest, st.session_state[key]),
    )


def _count(items: int, lang: Lang) -> str:
    return ITEMS.format(n=number(items))(lang)
