"""Who opened what in the last thirty days, and took away or showed what: out of the audit log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from dashboard import audit
from dashboard.access import Accounts
from dashboard.exports.rows import Rows, as_csv
from dashboard.settings import data_folder, today
from dashboard.text import Lang, Text
from dashboard.ui import links
from dashboard.ui.rowfiles import noted

TITLE = Text("最近 30 天谁看过什么", "Who looked at what within 30 days")
SAYS = Text(
    "每小时每页记一次；导出、显示姓名、导入等逐次记录。数据来自操作记录，不含姓名以外的个人信息。",
    "A page counts once an hour; exports, names shown, imports count each time. It comes from the"
    " audit log and holds nothing personal but who it was.",
)
NOTHING = Text("还没有记录。", "Nothing was noted yet.")
CSV = Text("下载 CSV", "Download CSV")
HEADINGS = (
    Text("谁", "Who"),
    Text("做了什么", "What"),
    Text("次数", "Times"),
    Text("最近一次", "Last"),
)
HERE = Text("这台电脑上", "on this computer")
SYSTEM, NOBODY = Text("看板自动", "by itself"), Text("未登录", "not signed in")
UNKNOWN = Text("不详（中断后补记）", "unknown (noted late, after a break)")
OPENED = Text("打开 {page}", "opened {page}")
_DAYS = 30
_MOST = 500  # lines on the screen; the file has all
_BOOKKEEPING = ("opened", "resumed")
Line = tuple[str, str, int, datetime]


def seen(lang: Lang) -> None:
    with st.container(border=True, gap="small", key="seen"):
        st.markdown(f"**{TITLE(lang)}**")
        st.caption(SAYS(lang))
        lines = _lines(lang)
        if not lines:
            st.caption(NOTHING(lang))
            return
        names = [heading(lang) for heading in HEADINGS]
        shown = [(*line[:3], f"{line[3]:%Y-%m-%d %H:%M}") for line in lines]
        table = pd.DataFrame(shown[:_MOST], columns=names)
        st.dataframe(
            table, hide_index=True, key="seen_table", height="content" if len(table) < 12 else 420
        )
        st.download_button(
            CSV(lang),
            noted("seen", lambda: as_csv(Rows(TITLE(lang), tuple(names), tuple(shown)))),
            f"{TITLE(lang)}-{today():%Y%m%d}.csv",
            "text/csv",
            icon=":material/download:",
            key="seen_csv",
            on_click="ignore",
        )


def _lines(lang: Lang) -> list[Line]:
    """Everybody's deeds by kind, pages by page; who did something last comes first."""
    folder, who = data_folder(), _names(lang)
    since = datetime.now(UTC) - timedelta(days=_DAYS)
    lines: list[Line] = [
        (who(one.who), OPENED.format(page=links.title(one.page))(lang), one.times, _here(one.last))
        for one in audit.opened(folder, _DAYS)
    ]
    deeds = [entry for entry in audit.entries(folder, since) if entry.act not in _BOOKKEEPING]
    times = Counter((entry.who, entry.act) for entry in deeds)
    last = {(entry.who, entry.act): entry.at for entry in deeds}
    lines += [
        (who(w), audit.ACTS[act](lang), n, _here(last[w, act])) for (w, act), n in times.items()
    ]
    return sorted(lines, key=lambda line: line[3], reverse=True)


def _names(lang: Lang) -> Callable[[str], str]:
    accounts = Accounts(data_folder())
    known = {"local": HERE(lang), "system": SYSTEM(lang), "nobody": NOBODY(lang)}
    known["unknown"] = UNKNOWN(lang)
    known |= accounts.names() if accounts.exist() else {}
    return lambda who: known.get(who, who)


def _here(at: datetime) -> datetime:
    """This computer's time."""
    return at.astimezone().replace(tzinfo=None)
