"""What is no part of a plan's words: pinyin, broken characters, marks of a page or of markup.

Traditional characters become simplified ones, full-width letters and figures ordinary ones;
Chinese punctuation stays as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from dashboard.contracts.spelling import simplified

HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = rf"[a-zü{_TONES}]{{1,6}}"
_TONED = re.compile(f"[{_TONES}]")
# 工(gōng)会(huì), “工会”(gōng huì): in brackets behind a character
_BRACKETED = re.compile(rf"(?<=[{HAN}”’》])\s*[（(]\s*({_SYLLABLE}(?:\s+{_SYLLABLE})*)\s*[）)]")
# 工gōng会huì: between or behind characters; only a tone tells it from a word
_BARE = re.compile(rf"(?<=[{HAN}])\s?({_SYLLABLE})\s?(?=[{HAN}，。；：、！？,.;:!?）)”》]|$)")
_PINYIN = re.compile(
    r"(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?"
    r"(?:a|o|e|i|u|v|ü|ai|ei|ui|ao|ou|iu|ie|ue|üe|er|an|en|in|un|ün|ang|eng|ing|ong"
    r"|ia|ua|uo|iao|uai|ian|uan|iang|uang|iong)"
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
_WIDE |= {ord("％"): ord("%"), ord("\u3000"): ord(" "), ord("\xa0"): ord(" "), ord("／"): ord("/")}
_LOOKALIKES = {0x251: "a", 0x261: "g", 0x1FD: "á"}
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e"
                        "\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff\uf000-\uf0ff]")  # fmt: skip
_MARKUP = re.compile(r"\*\*|__|~~|`|<br\s*/?>|</?[a-zA-Z][^<>]{0,80}>")
# what boards append against copying: 建设 Z[]8X@IPe
_GLYPHS = re.compile(
    rf"(?<=[{HAN}。；，：！.,;:])\s+(?=\S*[A-Za-z])(?=\S*[^\w\s.%（）()《》-])[!-~]{{4,}}\s*$"
)
_SPACED = re.compile(rf"[{HAN}](?: [{HAN}]){{3,}}")  # 工 会 工 作 计 划
_BLANKS = re.compile(r"\s+")
_PAGE = re.compile(
    r"(?:[!-~]{3,}|第?\s*\d+\s*页.{0,12}|[-—–·\s]*\d{1,3}[-—–·\s]*|\d+\s*/\s*\d+|page\s*\d+.{0,12})",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"""^.{0,8}(?:https?://|www\.)
    |^(?:上一篇|下一篇|上一页|下一页|相关(?:文章|阅读|推荐|链接)|责任编辑|(?:文章)?来源[：:]
    |作者[：:]|编辑[：:]|(?:更新|发布)(?:时间|日期)|发文日期|点击(?:数|量|率|下载)|浏览(?:次数|量)
    |字号|打印|关闭窗口|返回(?:首页|顶部|列表)|收藏本|分享到|当前位置|首页|欢迎(?:来到|大家)|版权
    |关键词|标签[：:]|下载|本文(?:来|由|地址)|【.{0,40}(?:相关文章|扩展阅读))""",
    re.VERBOSE,
)


def cleaned(texts: Sequence[str]) -> list[str]:
    """Each line in simplified characters and without noise; an empty one stays for one that is
    nothing else (a page number, a site's navigation).
    """
    return [_without_site(text) for text in simplified([_bare(text) for text in texts])]


def _bare(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", text.translate(_LOOKALIKES)).translate(_WIDE)
    text = _GLYPHS.sub("", text)
    text = _INVISIBLE.sub("", _MARKUP.sub("", text.replace("\t", " ")))
    text = _BLANKS.sub(" ", _without_pinyin(text)).strip()
    return text.replace(" ", "") if _SPACED.fullmatch(text) else text


def _without_pinyin(text: str) -> str:
    text = _BRACKETED.sub(lambda found: "" if _is_pinyin(found[1]) else found[0], text)
    if _TONED.search(text):
        text = _BARE.sub(lambda found: "" if _TONED.search(found[1]) else found[0], text)
    return text


def _is_pinyin(words: str) -> bool:
    """Every word a syllable: (de) is one, (app) is none."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFD", words)
        if not unicodedata.combining(character)
    )
    return all(_PINYIN.fullmatch(word) for word in bare.split())


def _without_site(text: str) -> str:
    return "" if _PAGE.fullmatch(text) or _SITE.match(text) else text


_BETWEEN = re.compile(
    rf"(?<=[{HAN}，。；：、！？（）“”《》]) (?=[{HAN}，。；：、！？（）“”《》\d])"
)
_BROKEN = re.compile(
    rf"\ufffd+|\?{{2,}}|(?<=[{HAN}])\?(?=[{HAN}])|^[^〖]{{0,3}}〗[A-Z]?(?=[{HAN}])"
)
_ENDS = " \t。；;，,、：:.．!！?·•*—–-_=~…|/\\#>＞"
_PAIRS = (("（", "）"), ("(", ")"), ("《", "》"), ("【", "】"), ("[", "]"))


def trimmed(text: str) -> str:
    """An item's words: nothing broken, no punctuation at either end, no bracket left alone."""
    text = _BETWEEN.sub("", _BROKEN.sub("", text)).strip(_ENDS + "？")
    for opened, closed in _PAIRS:
        if text.startswith(closed) or (text.endswith(closed) and opened not in text):
            text = text.strip(closed).strip(_ENDS)
        if text.endswith(opened) or (text.startswith(opened) and closed not in text):
            text = text.strip(opened).strip(_ENDS)
    return text
