"""Headers that name a field and say that it is not that: another year's, a head's, the women's.

费用（元/人） is no 费用, 2024年预算数 no budget of 2025; a column so headed is left to the officer.
"""

from __future__ import annotations

import re

from dashboard.contracts.model import Column, Dataset, Surroundings
from dashboard.contracts.spelling import folded
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import headers
from dashboard.importing.layout.headers import Header
from dashboard.importing.report import Issue
from dashboard.importing.values.private import masked

_IN_DOUBT = re.compile(r"20\d\d|[(\[【〔]")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_OTHER = re.compile(r"人均|每[人位名]|单价|元\s*/|/\s*人|%|百分比|占比|累[计計]")
_PLANNED = re.compile(r"(?:预算|預算|计划|計劃)(?![内外執执])")
_PLANS = re.compile(r"预算|计划|核定")
_LAST = re.compile(r"[上去]年")
_SOME = re.compile(r"男|(?<![妇婦])女")


def settle(grid: Grid, header: Header, around: Surroundings) -> list[Issue]:
    """Take such columns from the fields, and say so; last year's go to its own field."""
    if header.dataset is None or not any(_IN_DOUBT.search(folded(t)) for t in header.labels):
        return []
    year, found, doubts = _year(header, around), Header(0, 0, []), list[Issue]()
    for place, texts in enumerate(headers.stack(grid, header.first, len(header.rows))):
        column = headers.known(header.dataset, texts)
        if column is None:
            continue
        meant = _meant(header.dataset, column, folded(" ".join(texts)), year)
        if meant is None:
            doubts.append(_doubt(grid, header, place, column))
        elif meant.name in found.fields:
            found.repeated.append(meant.name)
        else:
            found.fields[meant.name] = place
    header.fields, header.repeated = found.fields, found.repeated
    return doubts


def _doubt(grid: Grid, header: Header, place: int, column: Column) -> Issue:
    label = masked(header.labels[place])
    where = grid.where(header.last, place)
    return issue("column_qualified", where, label, given=label, field=column.label)


def _year(header: Header, around: Surroundings) -> int | None:
    """The sheet's; where nothing around the table names one, the last of its headers' several."""
    if around.school_year is not None:
        return None
    named = {int(year) for label in header.labels for year in _YEAR.findall(folded(label))}
    return around.year or (max(named) if len(named) > 1 else None)


def _meant(dataset: Dataset, column: Column, words: str, year: int | None) -> Column | None:
    """The column these words mean, all of them read; None where no field is that."""
    if column.type not in ("money", "count"):
        return column
    named = {int(found) for found in _YEAR.findall(words)}
    if year is not None and len(named) == 1 and named != {year}:
        last = f"last_{column.name.removeprefix('last_')}"
        return next((c for c in dataset.columns if c.name == last and named == {year - 1}), None)
    return None if _says_other(column, " ".join(_BRACKETED.findall(words))) else column


def _says_other(column: Column, inside: str) -> bool:
    """Whether what stands in brackets makes it something else."""
    own = " ".join((column.label.zh, *column.headers))
    return bool(
        _OTHER.search(inside)
        or (_PLANNED.search(inside) and not _PLANS.search(own))
        or (_LAST.search(inside) and not column.name.startswith("last_"))
        or (column.type == "count" and _SOME.search(inside))
    )
