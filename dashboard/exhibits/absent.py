"""Why there is nothing to show: what is missing, and which register would bring it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.answers import Answer
from dashboard.contracts import DATASETS
from dashboard.kpis.inputs import not_by
from dashboard.kpis.model import Result
from dashboard.text import Lang, Text

NOTHING = Text("所选范围内没有数据。", "There is nothing in the period and department chosen.")
NONE_LISTED = Text("没有这样的记录。", "There are no such rows.")
NEEDED = Text("还没有数据。需要：{names}。", "Nothing here yet. Needed: {names}.")
SMALL = Text("为保护个人信息，不显示。", "Not shown, to protect people.")


def missing(results: Iterable[Result]) -> list[Text]:
    """What is not there to be read, each thing once."""
    return list(dict.fromkeys(r.now.missing for r in results if r.now.missing))


def joined(told: Sequence[Text], lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(text(lang) for text in told)


def needed(name: str, answer: Answer) -> list[str]:
    """The registers a report reads that hold nothing."""
    return [need for need in answer.reports[name].needs if need not in answer.datasets]


def report(name: str, answer: Answer, lang: Lang) -> str:
    """A report without rows: its register was never uploaded, or holds nothing for this view."""
    found = answer.reports[name]
    if found.small:
        return SMALL(lang)
    if found.ignored:
        return not_by(found.ignored[0])(lang)
    absent = needed(name, answer)
    if not absent:
        return (NONE_LISTED if found.query.case or found.rows else NOTHING)(lang)
    between = "、" if lang == "zh" else ", "
    return NEEDED.format(names=between.join(DATASETS[need].label(lang) for need in absent))(lang)
