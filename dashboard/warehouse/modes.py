"""The ways a sheet may meet what is stored, each in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.contracts.model import Dataset
from dashboard.errors import RefusedImport
from dashboard.schema import Mode
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Way:
    """A mode as an officer chooses it; `meaning` is one sentence."""

    mode: Mode
    label: Text
    meaning: Text


MERGE = Text("更新并补充", "Update and add")
REPLACE = Text("整段替换", "Replace the period")
ADD = Text("全部另加", "Add every row")

ROSTER = (
    Way(
        "merge",
        MERGE,
        Text(
            "同一天的名册里已有的人按这张表更新，没有的人补上，其他人不动。",
            "People already on that day's roster are updated, missing ones are added,"
            " everyone else stays.",
        ),
    ),
    Way(
        "replace",
        Text("整份替换", "Replace the roster"),
        Text(
            "这一天的名册整份换成这张表，表里没有的人不再留在这一天的名册中。",
            "That day's whole roster becomes this sheet; people not on it leave that roster.",
        ),
    ),
)
RECORDS = (
    Way(
        "merge",
        MERGE,
        Text(
            "已有的行按这张表更新，没有的行补上，其他行不动。",
            "Rows already there are updated, new ones are added, all others stay.",
        ),
    ),
)
REPLACED_MONTHS = Way(
    "replace",
    REPLACE,
    Text(
        "从表中最早到最晚日期所在的整月，原有的行换成这张表；没有日期的行不删。",
        "All rows from the sheet's first to its last month become this sheet;"
        " rows without a date are not removed.",
    ),
)
REPLACED_YEARS = Way(
    "replace",
    REPLACE,
    Text(
        "从表中最早到最晚的年度，原有的行换成这张表。",
        "All rows from the sheet's first to its last year become this sheet.",
    ),
)
ADDED = Way(
    "add",
    ADD,
    Text(
        "每一行都算新的一行，哪怕看起来与已有的相同；用于另一份只是看着相同的单据。",
        "Every row counts as a new one, even where it looks like one already there;"
        " for a second file of lines that only look alike.",
    ),
)


def ways(dataset: Dataset) -> tuple[Way, ...]:
    """What a register offers, the default first.

    Adding is for registers in which equal lines may be different ones (a voucher's); elsewhere a
    second row of the same key would count one person or one case twice.
    """
    if dataset.shape == "snapshot":
        return ROSTER
    offered: tuple[Way, ...] = RECORDS
    if dataset.dated:
        by_day = dataset.stored()[dataset.dated[0]] == "DATE"
        offered += (REPLACED_MONTHS if by_day else REPLACED_YEARS,)
    return (*offered, ADDED) if dataset.numbered else offered


def check_offered(dataset: Dataset, mode: Mode) -> None:
    """Raises RefusedImport "mode_not_offered" with the modes the register has."""
    modes = [way.mode for way in ways(dataset)]
    if mode not in modes:
        known = ", ".join(modes)
        raise RefusedImport("mode_not_offered", name=mode, dataset=dataset.label, known=known)
