"""What a contract says by columns is what it says row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset, Surroundings
from dashboard.importing.columns import coded
from dashboard.importing.registers import finishing
from dashboard.importing.tables import Field

SHORT = [dataset for dataset in DATASETS.values() if dataset.shortcut]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "VARCHAR": st.none()
    | st.sampled_from(
        [
            "上年结余",
            "余额",
            "期初数",
            "承上页",
            "买球",
            "012",
            "张三",
            "結轉",
            "present",
            "absent",
            "Ａ1",
            "-",
        ]
    ),
    "DATE": st.none() | st.dates(date(2016, 1, 1), date(2018, 12, 31)),
    "DECIMAL(20,4)": st.none() | st.decimals(-99, 99, places=2),
    "BIGINT": st.none() | st.integers(0, 99),
}
AROUND = Surroundings(
    title="三八节登山 2017年3月8日", sheet="签到", year=2017, day=date(2017, 3, 8)
)


def rows_of(dataset: Dataset) -> st.SearchStrategy[list[dict[str, Any]]]:
    derived = {name for name, _ in dataset.derived}
    fields = {n: VALUES[kind] for n, kind in dataset.stored().items() if n not in derived}
    return st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=6)


@pytest.mark.parametrize("dataset", SHORT, ids=lambda dataset: dataset.name)
@given(data=st.data())
def test_a_shortcut_finishes_and_keys_as_the_row_does(dataset: Dataset, data: Any) -> None:
    rows = data.draw(rows_of(dataset))
    around = replace(AROUND, mapped=frozenset(rows[0]))
    fields = {}
    for name in rows[0]:
        column = coded([row[name] for row in rows])
        fields[name] = Field(column.codes, column.values)
    flaws, keys = finishing.finish(dataset, fields, around, np.zeros(len(rows), bool))
    told = [(flaw.row, flaw.code, flaw.field) for flaw in flaws]
    for at, row in enumerate(rows):
        objections = dataset.finish(row, around)
        assert [(at, code, name) for code, name in objections] == [t for t in told if t[0] == at]
        if objections:
            continue
        stored = {name: row.get(name) for name in dataset.stored()}
        assert {name: fields[name][at] for name in stored} == stored
        assert keys[at].as_py() == dataset.key(stored)


@pytest.mark.parametrize("dataset", SHORT, ids=lambda dataset: dataset.name)
def test_a_shortcut_names_fields_the_register_has(dataset: Dataset) -> None:
    short = dataset.shortcut
    assert short
    named = {*short.filled, *short.either, *short.words, *short.sets}
    named |= {name for piece in short.key for name in (piece.field, piece.when, piece.unless)}
    assert named - {""} <= dataset.stored().keys()
    assert set(short.not_with) <= {column.name for column in dataset.columns}


def test_an_amount_is_never_touched_by_a_shortcut() -> None:
    """The plain row of a ledger keeps its amount to the cent."""
    ledger = DATASETS["ledger"]
    row = {"spent_on": date(2017, 3, 8), "expense": Decimal("0.01"), "summary": "买球"}
    fields = {name: Field(np.zeros(1, np.int32), [value]) for name, value in row.items()}
    fields |= {n: Field(np.zeros(1, np.int32), [None]) for n in ledger.stored() if n not in fields}
    flaws, _ = finishing.finish(ledger, fields, Surroundings(), np.zeros(1, bool))
    assert not flaws
    assert (fields["expense"][0], fields["is_opening"][0]) == (Decimal("0.01"), False)
