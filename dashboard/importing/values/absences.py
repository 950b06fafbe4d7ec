"""Words that stand where a day or an amount is missing, and say why.

`无` and a dash are an empty cell. `尚未核定` is the state a figure is in: the value is empty too,
but the word is worth telling.
"""

from __future__ import annotations

import re

from dashboard.contracts.spelling import folded, plain

EMPTY = frozenset(
    ("-", "--", "---", "—", "——", "–", "/", "//", "\\", "*", "无", "無", "无。", "没有", "沒有",
     "空", "空白", "n/a", "na", "nil", "none", "null", "nan")
)  # fmt: skip
# What programs write for an empty cell, in whatever column: R, pandas, databases.
NULLS = frozenset(("NA", "N/A", "NaN", "<NA>", "NULL", "(null)", "(NULL)"))
_LONGEST = 20
_STATE = re.compile(
    r"^(?:金额|经费|日期|时间)?(?:暂时?|目前)?(?:"
    r"(?:尚|还|均|皆)?(?:未|没有?|待|无)(?:有|能)?(?:施作|核定|确定|定|付|支付|付款|结算|决算|决标|"
    r"报销|报账|入账|发放|发生|使用|开展|举办|办理|办结|完成|答复|回复|落实|审批|审核|验收|招标|发包|"
    r"统计|公布|通知|补|填|收到?|到账|交|缴|立案|交办|签到|打卡|签|离职|退休|入会|安排|执行|支出|收入|知|详|测)[中了]?"
    r"|(?:估算|核算|审核|审批|审查|核定|结算|办理|统计|申请|招标|施工|进行|处理|评估)中"
    r"|缺卡|漏打?卡|忘打卡|无|未知|不详|不明|不定|另计|另议|另行通知|面议|自费|实物|取消|停办|不适用|不需要?|无需|免|略|至今|在职"
    r")$"
)


def is_empty(text: str) -> bool:
    """Whether the text is how people write that there is nothing."""
    return folded(text).strip().lower() in EMPTY


def is_state(text: str) -> bool:
    """Whether the words say in which state a missing day or amount is: 估算中, 待定, 未施作."""
    return len(text) <= _LONGEST and bool(_STATE.match(plain(text)))
