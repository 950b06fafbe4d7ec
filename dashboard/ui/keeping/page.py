"""The page of the backups: what stands, what is missing, and the deeds."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.keeping import backups, carrying, daily, deeds, disk, words
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import DATABASE, WHY
from dashboard.settings import data_folder
from dashboard.text import Lang, Text, day
from dashboard.ui import identity, spaces
from dashboard.ui.keeping import bringing, told
from dashboard.ui.keeping.standing import standing
from dashboard.ui.keeping.taking import archive_button
from dashboard.ui.markdown import escaped

NOW = Text("立即备份", "Back up now")
WORKING = Text("正在备份并读回核对…", "Backing up and reading it back…")
LAST = Text("上次备份 **{when}**（{why}）", "Last backup **{when}** ({why})")
WHOLE = Text("已核对，完好", "checked: it is whole")
TORN = Text("不完整，请立即再备份一次", "damaged: back up again now")
NEVER = Text("还没有备份", "No backup yet")
ROOM = Text("磁盘还有 {room}，备份共占 {held}", "{room} free on the disk; the backups take {held}")
BY_ITSELF = Text(
    "看板运行时每天自动备份一次（数据有变化才备），保留最近 7 天、4 周、12 个月各一份；"
    "手动的保留 5 份。",
    "While the dashboard runs it backs up once a day if something changed. It keeps 7 daily,"
    " 4 weekly, 12 monthly backups, and 5 made by hand.",
)
OLD = Text(
    "上次备份已超过 7 天。请点“立即备份”。",
    "The last backup is older than 7 days. Back up now.",
)
TAKE = Text(
    "备份与数据在同一台电脑上，硬盘坏了会一起丢失。请展开下面最近的一份，点“下载”，"
    "存到 U 盘并锁好；以后每月一次。上次下载：{when}。",
    "The backups lie on the same computer as the data; a failed disk takes both. Open the newest"
    " one below, download it to a USB stick and lock that away, once a month. Last taken: {when}.",
)
FAILED = Text("{when} 的自动备份没有完成：{why}", "The daily backup of {when} failed: {why}")
NOTHING = Text(
    "还没有本校数据。上传第一份表格后会自动备份；也可以在这里恢复另一台电脑上的备份。",
    "There is no data of your school yet. It is backed up once you have uploaded some; a backup"
    " from another computer can be restored here.",
)
_OLD, _TAKEN = timedelta(days=7), timedelta(days=31)


def keeping(lang: Lang) -> None:
    """Everything about the school's backups, whichever school is looked at."""
    identity.identity().demand("keep")
    told.told(lang)
    found = backups.distinct(data_folder())
    with st.container(border=True, gap="small", key="keeping_state"):
        _state(found, lang)
        with st.container(horizontal=True, gap="small"):
            _buttons(lang)
    if not found and not _has_data():
        st.info(NOTHING(lang), icon=":material/info:")
    standing(lang)
    bringing.question(lang)


def _state(found: list[Backup], lang: Lang) -> None:
    newest = next((b for b in found if b.manifest), None)
    if newest is None or newest.manifest is None:
        st.markdown(f":material/pending: {NEVER(lang)}")
    else:
        last = newest.manifest
        words_of = LAST.format(when=f"{last.made_at:%Y-%m-%d %H:%M}", why=WHY[last.why])(lang)
        is_whole = newest.is_whole
        badge = f":green[:material/check_circle: {WHOLE(lang)}]"
        st.markdown(f"{words_of}　{badge if is_whole else f':red[:material/error: {TORN(lang)}]'}")
    held = sum(b.manifest.bytes for b in found if b.manifest)
    room = ROOM.format(room=words.size(disk.room(data_folder())), held=words.size(held))
    st.caption(f"{room(lang)}  \n{BY_ITSELF(lang)}")
    _doubts(newest, lang)


def _doubts(newest: Backup | None, lang: Lang) -> None:
    """What asks for a hand: nothing where all is well."""
    if failure := daily.failure(data_folder()):
        at, why = failure
        said = FAILED.format(when=f"{at:%Y-%m-%d %H:%M}", why=why)
        st.warning(escaped(said(lang)), icon=":material/warning:")
    if newest is None or newest.manifest is None:
        return
    if datetime.now() - newest.manifest.made_at > _OLD:
        st.warning(OLD(lang), icon=":material/schedule:")
    taken = carrying.last_taken(data_folder())
    if taken is None or datetime.now() - taken > _TAKEN:
        never = Text("还没有", "never")
        when = day(taken.date()) if taken else never(lang)
        st.info(TAKE.format(when=when)(lang), icon=":material/usb:")


def _buttons(lang: Lang) -> None:
    if st.button(NOW(lang), type="primary", icon=":material/save:", key="back_up_now"):
        with st.spinner(WORKING(lang)):
            _back_up(lang)
    bringing.place(lang)
    if _has_data():
        archive_button(lang)


@identity.for_right("keep")
def _back_up(lang: Lang) -> None:
    try:
        made = deeds.back_up(spaces.opened(), identity.who())
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    told.tell(words.made(made))
    st.rerun()


def _has_data() -> bool:
    return (data_folder() / "school" / DATABASE).exists()
