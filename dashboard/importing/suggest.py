"""Which field a header may be a misspelling of: a suggestion for the officer, never a decision."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from dashboard.contracts.model import Dataset
from dashboard.contracts.spelling import plain, plain_without_brackets
from dashboard.importing.report import SheetReport

# Shares of equal characters in per cent, as rapidfuzz's ratio counts them: of four characters one
# may differ. Tried on the contracts' own spellings, each against all others: 9 of 10 are right.
THRESHOLD = 75.0
LEAD = 10.0  # by which the best field must be closer than the next one


def suggestions(sheet: SheetReport, dataset: Dataset) -> dict[str, tuple[str, float]]:
    """Column letter -> (field, score), for headers that no field of `dataset` takes.

    Each field once, and none the sheet has a column for; nor one that would only be dropped.
    """
    known = sheet.dataset == dataset.name
    headers = {column.column: column.header for column in sheet.unmapped}
    if not known:  # every column is open
        headers |= {column.column: column.header for column in sheet.columns.values()}
    found = {
        at: closest for at, header in headers.items() if (closest := _closest(header, dataset))
    }
    best: dict[str, tuple[str, float]] = {}
    for at, (field, score) in sorted(found.items(), key=lambda item: -item[1][1]):
        taken = known and field in sheet.columns
        if not taken and field not in [other for other, _ in best.values()]:
            best[at] = (field, score)
    return {at: best[at] for at in headers if at in best}


def _closest(header: str, dataset: Dataset) -> tuple[str, float] | None:
    """The field whose spelling is closest, where it is close and no other is nearly as close."""
    scores: dict[str, float] = dict.fromkeys((column.name for column in dataset.columns), 0.0)
    for words in {plain(header), plain_without_brackets(header)} - {""}:
        for spelling, column in dataset.headers.items():
            scores[column.name] = max(scores[column.name], fuzz.ratio(words, spelling))
    return _clear(scores, dataset)


def _clear(scores: Mapping[str, float], dataset: Dataset) -> tuple[str, float] | None:
    (field, score), (_, next_best) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    column = dataset.column(field)
    useful = column.keep or bool(column.speaks_for)
    return (field, score) if useful and score >= THRESHOLD and score - next_best >= LEAD else None
