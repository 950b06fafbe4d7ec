"""Made-up numbers of persons, as people write them: of any width, in groups, among other words."""

from __future__ import annotations

from random import Random

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
BETWEEN = ("", "", " ", "-", "　", "\u00a0", "  ", "－", " - ", "\t", "–")
GROUPS = {"phone": (3, 4, 4), "identity": (6, 8, 4), "card": (4, 4, 4, 4, 3)}
WORDS = ("", "电话", "证件号：", "（", "转 ", "card no. ", "张三")
AFTER = ("", "。", "）签收", " 转交", "元", "，其他")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(lot: Random, kind: str) -> str:
    """Of a region and of banks that do not exist; the check digits are right."""
    if kind == "phone":
        return f"1{lot.randint(3, 9)}{lot.randrange(10**9):09}"
    if kind == "identity":
        born = f"{lot.randint(1940, 2005)}{lot.randint(1, 12):02}{lot.randint(1, 28):02}"
        body = f"99{lot.randrange(10**4):04}{born}{lot.randrange(1000):03}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return body + "10X98765432"[total % 11]
    body = f"62{lot.randrange(10 ** lot.choice((13, 14, 15, 16))):013}"
    return next(f"{body}{n}" for n in range(10) if _is_luhn(f"{body}{n}"))


def _is_luhn(digits: str) -> bool:
    doubled = [int(d) * 2 if at % 2 else int(d) for at, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def written(lot: Random, kind: str) -> str:
    """The number among words: in one go or in its usual groups, wide or not."""
    text, between = number(lot, kind), lot.choice(BETWEEN)
    groups, at = [], 0
    for length in GROUPS[kind]:
        groups.append(text[at : at + length])
        at += length
    groups[-1] += text[at:]
    said = between.join(group for group in groups if group)
    said = said.lower() if lot.random() < 0.3 else said
    said = said.translate(WIDE) if lot.random() < 0.4 else said
    return lot.choice(WORDS) + said + lot.choice(AFTER)
