"""Chinese numerals as figures, for dates and plans: 二〇一七年三月二十三日 is 2017年3月23日."""

from __future__ import annotations

import re

_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# As cheques and certificates write them: 贰零壹柒年零叁月零捌日.
_FORMAL = str.maketrans("壹贰貳叁參叄肆伍陆陸柒捌玖拾", "一二二三三三四五六六七八九十")
_LETTER_O = re.compile(r"(?<=[一二三四五六七八九])[OoＯ](?=[一二三四五六七八九〇零○年OoＯ])")
_TENS = re.compile(r"[零〇]?([一二三四五六七八九])?十([一二三四五六七八九])?")


def digits(text: str) -> str:
    """Chinese numerals as figures: 二十 -> 20, 廿三 -> 23, 二O一七 -> 2017."""
    common = _LETTER_O.sub("〇", text.translate(_FORMAL))
    common = common.replace("廿", "二十").replace("卅", "三十")
    return _TENS.sub(_tens, common).translate(_FIGURES)


def _tens(found: re.Match[str]) -> str:
    tens = (found[1] or "一").translate(_FIGURES)
    return tens + (found[2] or "0").translate(_FIGURES)
