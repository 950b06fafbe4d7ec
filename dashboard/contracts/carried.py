"""Lines of a cash book that are no business of their own: a balance brought forward or carried on.

Only words that say nothing else count: 收到上年度补助 is income like any other.
"""

from __future__ import annotations

import re

from dashboard.contracts.spelling import plain, plain_without_brackets

_OF = r"(?:工会|经费|资金|账面|银行|存款|现金|累计|滚存|收支)*"
_KEPT = r"(?:结余|余额|结转|滚存|结存)"
_TERM = r"(?:年度?|学年|学期|季度?|月份?|期|日)"
_OPENING = re.compile(
    rf"^(?:结转|转入|承接?|接)?(?:(?:上|去|前|历|往|以前)(?:一个?)?{_TERM}|[年月季期]初|学[年期]初|\d{{4}}年度?)"
    rf"(?:末|底)?{_OF}(?:{_KEPT}|转入|转来)(?:结余|余额|转入|结转|数|金额|资金|经费|本年)*$"
    r"|^结转上年$|^(?:[年月季期]初|学[年期]初)(?:数|额|金额)?$|^(?:结余|余额|结存)(?:转入|结转|转来)$"
)
_FORWARD = re.compile(
    r"^(?:[承接](?:前|上)一?页|(?:前|上)一?页(?:结转|转来|转入|接来))(?:余额|结余|合计|数)?$"
)
_CLOSING = re.compile(
    rf"^(?:[本当全]{_TERM}末?|[年月季期][末底终]|学[年期]末|累计|目前|当前)"
    rf"(?:末|底)?{_OF}{_KEPT}(?:数|金额|合计)?$"
    rf"|^(?:[本当]{_TERM}|[年月季期][末底])?{_OF}{_KEPT}?(?:转|转入|转至|转到|结转|结转至|结转到|结转入|留存)"
    rf"[下次](?:一个?)?{_TERM}(?:结余|余额|使用|继续使用|数)?$"
)
_DOUBTFUL = re.compile(
    r"^(?![收支付退返补拨缴交购买发报还领])(?:.*(?:结余|余额|结存|结转)(?:数|额|金额)?$|结转)"
)
VOID = re.compile(r"作废[)）。!！]?$|[(（]已?作废|^已作废")
# A summary without any of these has none of the words above.
CARRIED = re.compile("[余餘额額结結转轉承初页頁废]")


def bare(summary: str | None) -> str:
    """As it is compared: 期初余额（2025年1月1日） is 期初余额."""
    return plain_without_brackets(summary or "") or plain(summary or "")


def opens(words: str) -> bool:
    """上年结余, 承前页: what there was before the first line."""
    return bool(_OPENING.match(words) or _FORWARD.match(words))


def brings_forward(words: str) -> bool:
    """承前页 repeats what the page before summed up; as the first line it opens the book."""
    return bool(_FORWARD.match(words))


def closes(words: str) -> bool:
    """期末余额, 结转下年: what is left, or handed on."""
    return bool(_CLOSING.match(words))


def may_be_carried(words: str) -> bool:
    """结余 at the end of other words: perhaps a balance, perhaps money that came or went."""
    return bool(_DOUBTFUL.match(words))


def may_be_void(words: str) -> bool:
    """作废, 买伞（作废）: perhaps a line that no longer counts; 卖作废电脑 is one like any."""
    return bool(VOID.search(words))
