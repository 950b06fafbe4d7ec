"""How a motion was voted on, what came of it, and how its counts must fit together.

A bare 投票 stands in no list: it does not say whether the ballot was secret.
"""

from __future__ import annotations

from itertools import pairwise

from dashboard.contracts.model import Code, CodeList, Row
from dashboard.text import Text

VOTE_METHOD = CodeList(
    "vote_method",
    (
        Code(
            "ballot",
            Text("无记名投票", "Secret ballot"),
            "无记名 不记名 不记名投票 无记名表决 无记名投票表决 无记名票决 无记名书面投票 "
            "无记名电子投票 无记名电子表决 票决 票决制 ballot",
        ),
        Code(
            "hands",
            Text("举手", "Show of hands"),
            "举手表决 举手通过 举手表决通过 举手方式 举手投票 hands",
        ),
        Code(
            "other",
            Text("其他", "Other"),
            "其它 鼓掌 鼓掌通过 鼓掌表决 口头 口头表决 记名投票 记名 记名表决",
        ),
    ),
)

VOTE_RESULT = CodeList(
    "vote_result",
    (
        Code(
            "adopted",
            Text("通过", "Adopted"),
            "表决通过 审议通过 投票通过 一致通过 全票通过 已通过 获通过 获得通过 予以通过 "
            "原则通过 是 √ ✓ ✔ passed pass carried yes",
        ),
        Code(
            "not_adopted",
            Text("未通过", "Not adopted"),
            "不通过 没通过 没有通过 未获通过 未获得通过 不予通过 否决 被否决 否 × ✗ ✘ "
            "rejected failed fail no",
        ),
    ),
)

# Each can be no more than the one before: delegates, those who came, ballots out, back, and valid.
_STEPS = ("due", "present", "issued", "returned", "valid")
_VOTES = ("in_favour", "against", "abstained")


def flaws(row: Row) -> list[tuple[str, str]]:
    """(issue code, field) for a count above the step before it, or that is not its parts' sum."""
    told = [name for name in _STEPS if row.get(name) is not None]
    found = [_excess(name) for before, name in pairwise(told) if row[name] > row[before]]
    if _is_told(row, "returned", "valid", "void") and row["valid"] + row["void"] != row["returned"]:
        found.append(("ballots_differ", "returned"))
    cast = sum(row.get(name) or 0 for name in _VOTES)
    if _is_told(row, "valid", *_VOTES):
        return [*found, ("ballots_differ", "valid")] if cast != row["valid"] else found
    return [*found, ("too_many_ballots", "in_favour")] if told and cast > row[told[-1]] else found


def _excess(name: str) -> tuple[str, str]:
    return ("more_than_expected" if name == "present" else "too_many_ballots", name)


def _is_told(row: Row, *names: str) -> bool:
    return all(row.get(name) is not None for name in names)
