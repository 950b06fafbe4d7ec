"""What is taken home: the meeting's slides, report, workbook, or all of them at one click.

It is made in a thread of its own, shows how far it is, and can be stopped; nothing half is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from dashboard import deeds
from dashboard.access import Accounts
from dashboard.answers import Question, answered, asking
from dashboard.exhibits.meeting import ALL, Item, meeting, order
from dashboard.exports.pack import KINDS, MIMES, Kind, file_name, made, parts
from dashboard.exports.work import Step, Work
from dashboard.layout import Page, presents
from dashboard.text import Lang, Text, number, same
from dashboard.ui.cache import workspaces
from dashboard.ui.identity import for_right, identity
from dashboard.ui.markdown import escaped
from dashboard.ui.present.chooser import running_order

TAKE = Text("导出", "Export")
HELP = Text(
    "会议材料：幻灯片、报告、工作簿；默认隐去个人信息",
    "Slides, report, workbook for the meeting; without personal data unless asked for",
)
TITLE = Text("导出会议材料", "Take home for the meeting")
KIND = Text("格式", "As")
WORDS: dict[Kind, Text] = {
    "pack": Text("全套（一键打包）", "All of them"),
    "pptx": Text("幻灯片 PPTX", "Slides, PPTX"),
    "pdf": Text("报告 PDF", "Report, PDF"),
    "xlsx": Text("工作簿 XLSX", "Workbook, XLSX"),
    "csv": Text("表格 CSV", "Tables, CSV"),
}
INSIDE: dict[Kind, Text] = {
    "pack": Text(
        "幻灯片、报告、工作簿、CSV 表格和数据清单（含校验值），数字一致。",
        "Slides, report, workbook, CSV tables and a manifest with checksums: the same numbers.",
    ),
    "pptx": Text(
        "图表和表格都可编辑，备注里有口径和出处。",
        "Charts and tables can be edited; the notes say how each figure is counted.",
    ),
    "pdf": Text("A4，可黑白打印。", "A4, reads well in black and white."),
    "xlsx": Text("每张图、每个表的数据，一张一页。", "The data of every chart and table."),
    "csv": Text("每个表一个文件，Excel 可直接打开。", "A file each; Excel opens them."),
}
TEMPLATE = Text("本校模板（可不选）", "The school's own template (optional)")
NAMES = Text("包含个人信息（姓名、小组数字）", "With personal data (names, small groups)")
NAMED = Text(
    "文件里会有姓名和不足 5 人的小组的数字。请只交给有权看的人；这次导出会被记录。",
    "Names and the figures of groups under five will be in it. Give it only to who may see them;"
    " this is recorded.",
)
BEFORE = Text(
    "此前共 {n} 次，最近一次：{when}，{place}，{who}",
    "{n} times before; last: {when}, {place}, {who}",
)
ON_THE_WALL = Text("投影", "on the wall")
HERE = Text("本机", "this computer")
MAKE, STOP = Text("生成", "Make it"), Text("取消", "Stop")
AGAIN = Text("再导出一份", "Another one")
SAVE = Text("保存 {name}", "Save {name}")
SIZE = Text("{kb} KB，已就绪。", "{kb} KB, ready.")
AT = Text("正在生成：{words}", "Making: {words}")
_WORK = "export_work"

Made = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is told of an export: who asks, for which pages, in which view."""

    who: str
    pages: str
    view: str


def take_button(page: Page, pages: Sequence[Page], question: Question) -> None:
    """Beside the pickers of every page that has something to show."""
    if not presents(page) or not identity().may("export"):
        return
    lang = question.lang
    pressed = st.button(
        TAKE(lang), icon=":material/download:", help=HELP(lang), key="export_button",
        width="content",
    )  # fmt: skip
    if pressed:
        _forget()
        _dialog(page, pages, question)


def _forget() -> None:
    work = st.session_state.pop(_WORK, None)
    if work:
        work[1].cancel()


def _dialog(page: Page, pages: Sequence[Page], question: Question) -> None:
    lang = question.lang

    @st.dialog(TITLE(lang), icon=":material/download:", on_dismiss=_forget)
    def taking() -> None:
        with st.empty().container():  # what was chosen goes at once, not when the work is done
            if _WORK in st.session_state:
                kind, work = st.session_state[_WORK]
                _watch(kind, work, lang)
            else:
                _choose(page, pages, question)

    taking()


def _choose(page: Page, pages: Sequence[Page], question: Question) -> None:
    lang = question.lang
    kinds: tuple[Kind, ...] = ("pack", *(kind for kind in KINDS if kind != "pack"))
    kind: Kind = st.segmented_control(
        KIND(lang), kinds, default="pack", format_func=lambda one: WORDS[one](lang),
        key="export_kind", required=True,
    )  # fmt: skip
    st.caption(INSIDE[kind](lang))
    words = running_order(page, pages, lang, "export", ALL)
    template = None
    if kind in ("pack", "pptx"):
        given = st.file_uploader(TEMPLATE(lang), type="pptx", key="export_template")
        template = given.getvalue() if given else None
    may_name = identity().may("unmask")
    shown = may_name and st.checkbox(NAMES(lang), key="export_names")
    if shown:
        st.warning(NAMED(lang), icon=":material/visibility:")
        _before(question)
    asked = replace(question, safe=not shown, taken=True)
    st.button(
        MAKE(lang), type="primary", icon=":material/play_arrow:", key="export_make",
        disabled=not words, on_click=_begin, args=(words, pages, asked, kind, template),
    )  # fmt: skip


def _before(question: Question) -> None:
    """When names were let be seen before, on a wall or in a file."""
    folder, workspace = Path(question.folder), question.workspace
    warehouse = workspaces(question.folder).warehouse(workspace)
    if held := deeds.unmaskings(folder, warehouse, workspace):
        last = held[0]
        when = f"{last.shown_at:%Y-%m-%d %H:%M}"
        who, place = _whose(folder, last.who), _place(last.place)
        told = BEFORE.format(n=len(held), when=when, who=who, place=place)
        st.caption(escaped(told(question.lang)))


def _whose(folder: Path, who: str) -> Text:
    """The name behind an account's number; records from before there were accounts have one."""
    if who == "local":
        return HERE
    accounts = Accounts(folder)
    return same(accounts.names().get(who, who) if accounts.exist() else who or "-")


def _place(place: str) -> Text:
    return next((WORDS[kind] for kind in KINDS if kind == place), ON_THE_WALL)


@for_right("export")
def _begin(
    words: str, pages: Sequence[Page], question: Question, kind: Kind, template: bytes | None
) -> None:
    items = order(words, pages)
    view = "&".join(f"{name}={value}" for name, value in st.query_params.items())
    noted = _Noted(identity().who, words, f"pages={words}&{view}")
    build = _builder(items, _masked(question), kind, template, noted)
    st.session_state[_WORK] = (kind, Work(build, len(items) + parts(len(items), kind)))


def _masked(question: Question) -> Question:
    """Names only for who has the right to them, whatever box the browser says is ticked."""
    return question if identity().may("unmask") else replace(question, safe=True)


def _builder(
    items: Sequence[Item], question: Question, kind: Kind, template: bytes | None, noted: _Noted
) -> Callable[[Step], Made]:
    """All pages of one moment, then the file. Nothing of the screen is asked from the thread.

    That names leave the house is noted first; where it cannot be, they do not.
    """
    folder, workspace = Path(question.folder), question.workspace
    held = workspaces(question.folder).warehouse(question.workspace)
    is_demo = question.workspace == "demo"

    def build(step: Step) -> Made:
        if not question.safe:
            deeds.unmasked(folder, noted.who, kind, noted.view, workspace)
        with held.snapshot() as reader:
            told = meeting(
                items,
                lambda page: answered(reader, asking(page, question)),
                question.lang,
                is_demo=is_demo,
                step=step,
            )
        file = file_name(told, kind), made(told, kind, template, step)
        deeds.exported(folder, noted.who, kind, noted.pages, names=not question.safe)
        return file

    return build


def _watch(kind: Kind, work: Work[Made], lang: Lang) -> None:
    """A bar while it runs; then the file, or why there is none."""
    spot = st.empty()
    if work.state == "running":
        st.button(STOP(lang), icon=":material/close:", key="export_stop", on_click=_forget)
        while not work.wait(0.15):
            share = min(1.0, work.done / max(work.of, 1))
            spot.progress(share, escaped(AT.format(words=work.words)(lang)))
        st.rerun(scope="fragment")
    elif work.result:
        _offer(kind, *work.result, lang)
    elif work.refusal:
        st.error(f"{escaped(work.refusal.message(lang))} `{work.refusal.code}`")
    if work.wait(0):
        st.button(AGAIN(lang), type="tertiary", key="export_again", on_click=_forget)


def _offer(kind: Kind, name: str, data: bytes, lang: Lang) -> None:
    st.success(SIZE.format(kb=number(max(1, len(data) // 1024)))(lang), icon=":material/check:")
    st.download_button(
        SAVE.format(name=escaped(name))(lang), data, name, MIMES[kind], key="export_save",
        icon=":material/download:", type="primary", on_click="ignore",
    )  # fmt: skip
