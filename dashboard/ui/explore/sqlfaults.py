"""Why a question in SQL has no answer: what is wrong, where it stands, what may have been meant."""

from __future__ import annotations

import unicodedata

import streamlit as st

from dashboard.sandbox.model import Fault
from dashboard.settings import Limits
from dashboard.text import Lang, Text
from dashboard.ui.markdown import escaped

FAULTS = {
    "none": Text("没有写查询。", "There is no question."),
    "several": Text("一次只能写一条查询。", "One question at a time."),
    "not_a_query": Text(
        "这里只能查询：以 SELECT、WITH、FROM、VALUES、DESCRIBE 或 SUMMARIZE 开头。{said} 不能用。",
        "Only questions are asked here: SELECT, WITH, FROM, VALUES, DESCRIBE or SUMMARIZE; no"
        " {said}.",
    ),
    "open_pivot": Text(
        "PIVOT 需要写明列值，例如 FROM (PIVOT 表 ON 列 IN ('甲', '乙') USING sum(数))。",
        "PIVOT must name its values: FROM (PIVOT t ON c IN ('a', 'b') USING sum(n)).",
    ),
    "too_deep": Text("查询嵌套太深。", "The question is nested too deeply."),
    "unknown_table": Text(
        "没有名为 {said} 的表；文件和网络上的数据也不能读。",
        "There is no table {said}; files and the network cannot be read either.",
    ),
    "function": Text(
        "这里不能用函数 {said}：它读文件、设置，或影响程序。",
        "The function {said} is not for here: it reads files or settings, or acts on the program.",
    ),
    "columns": Text(
        "结果有 {said} 列，太多了，显示不下。请写明要哪些列。",
        "The answer has {said} columns, too many to show. Name the ones that are wanted.",
    ),
    "syntax": Text("写法有误。", "The SQL cannot be read."),
    "unknown": Text("没有这个名字。", "There is no such name."),
    "unknown_column": Text("没有这一列。", "There is no such column."),
    "binding": Text("这里的列或类型对不上。", "A column or a type does not fit here."),
    "conversion": Text("有的值转换不了。", "A value cannot be converted."),
    "other": Text("查询没有完成。", "The question was not answered."),
    "failed": Text("查询没有完成。", "The question was not answered."),
    "time": Text(
        "查询超过 {seconds} 秒，已停止。请缩小范围，或先汇总再连接。",
        "The question took more than {seconds} seconds and was stopped. Narrow it, or sum up before"
        " joining.",
    ),
    "memory": Text(
        "查询需要的内存超过上限，已停止。请缩小范围，或先汇总再连接。",
        "The question needed more memory than there is for it and was stopped. Narrow it, or sum up"
        " before joining.",
    ),
    "died": Text(
        "查询超出内存或嵌套的上限，已停止。请缩小范围或写得简单些。",
        "The question exceeded its memory or was nested too deeply, and was stopped. Narrow it, or"
        " put it more simply.",
    ),
}
AT = Text("（第 {line} 行第 {column} 列）", "(line {line}, column {column})")
MEANT = Text("是不是：{names}？", "Did you mean {names}?")
_NAMED = ("unknown_table", "function", "not_a_query", "columns")  # whose sentence says it all
_BEFORE, _AFTER = 60, 40  # characters of a line that are shown around the place


def fault_shown(fault: Fault, sql: str, lang: Lang) -> None:
    told = FAULTS.get(fault.code, FAULTS["other"]).format(
        said=fault.said, seconds=Limits().question_seconds
    )
    at = AT.format(line=fault.at[0], column=fault.at[1])(lang) if fault.at else ""
    names = ("、" if lang == "zh" else ", ").join(fault.candidates)
    meant = MEANT.format(names=names)(lang) if names else ""
    words = " ".join(filter(None, (told(lang), meant, at)))
    st.error(escaped(words), icon=":material/error:")
    own = "" if fault.code in _NAMED else _own(fault.said)
    if words := "\n\n".join(filter(None, (pointed(fault, sql), own))):
        st.code(words, language=None, wrap_lines=True)


def _own(said: str) -> str:
    """DuckDB's words, without the names it offers: they are told already."""
    lines = said.splitlines()
    return "\n".join(one for one in lines if not one.startswith(("Candidate", "Did you mean")))


def pointed(fault: Fault, sql: str) -> str:
    """The line with a mark below the place; as wide below as what stands above it."""
    if fault.at is None:
        return ""
    line, column = sql.split("\n")[fault.at[0] - 1], fault.at[1] - 1
    first = max(0, column - _BEFORE)
    before = line[first:column].replace("\t", " ")
    blank = "".join("　" if unicodedata.east_asian_width(one) in "WF" else " " for one in before)
    return f"{before}{line[column : column + _AFTER]}\n{blank}^"
