"""A proof's rows recount to its figure, and lead back to the cells they came from."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from drawn_schools import drawn
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from schools import School, opened, person

from dashboard.dimensions import DIMENSIONS
from dashboard.filters import Filters
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.model import Kpi, Reading
from dashboard.kpis.proof import Counting, proof
from dashboard.periods import parse
from dashboard.warehouse import Reader, Warehouse

TODAY = date(2018, 3, 31)
PEOPLE_AT = ("participation_rate", "congress_attendance")  # rows are not people: several a row
COUNTED = [
    counted
    for kpi in KPIS.values()
    for counted in (kpi, *(kpi.counted_as(variant.id) for variant in kpi.variants))
]


def recounted(countings: tuple[Counting, ...]) -> tuple[Any, Any]:
    """By the rows themselves, not by the sums the statement gives beside them."""
    rows = [row for counting in countings for row in counting.rows]
    return sum(row.numerator or 0 for row in rows), sum(row.denominator or 0 for row in rows)


def told(reading: Reading) -> tuple[Any, Any]:
    return reading.numerator, reading.denominator or 0


def views(reader: Reader, kpi: Kpi, seed: int) -> Iterator[Filters]:
    """The whole school, and one of the figure's dimensions narrowed to one of its values."""
    period = ("2017", "2016-2017", "2017-02")[seed % 3]
    whole = Filters(parse(period), TODAY)
    yield whole
    for name in kpi.by[(seed + kpi.order) % len(kpi.by) :][:1] if kpi.by else ():
        rows = reader.read(
            "select value from dimension_values where dimension = $name order by all",
            {"name": name},
        )
        if rows:
            yield whole.narrowed(name, rows[seed % len(rows)]["value"])


@settings(max_examples=2, phases=[Phase.explicit, Phase.generate])
@example(seed=0)
@given(seed=st.integers(1, 10_000))
def test_the_rows_recount_to_the_figure(seed: int) -> None:
    with (
        TemporaryDirectory() as folder,
        opened(Path(folder), drawn(seed)) as warehouse,
        warehouse.snapshot() as reader,
    ):
        for kpi in COUNTED:
            for filters in views(reader, kpi, seed):
                (result,) = evaluate_all(reader, filters, (), [kpi])
                if result.now.missing:
                    continue
                found = proof(reader, kpi, filters)
                where = f"{kpi.id} {kpi.variant} {filters.chosen}"
                assert recounted(found) == told(result.now), where
                assert sum(one.left_out for one in found) >= result.now.left_out, where
                for counting in found:
                    assert len(counting.rows) == counting.total
                    assert len({row.key for row in counting.rows}) == counting.total, where


@pytest.mark.parametrize("seed", range(3))
def test_what_is_not_met_is_the_rest(seed: int, tmp_path: Path) -> None:
    """The gap of a rate is the sum of its rows' gaps; of a count that should be nought, itself."""
    filters = Filters(parse("2017"), TODAY)
    with opened(tmp_path, drawn(seed)) as warehouse, warehouse.snapshot() as reader:
        wanted = [kpi for kpi in COUNTED if kpi.unmet]
        for result in evaluate_all(reader, filters, (), wanted):
            if result.now.missing or result.kpi.id in PEOPLE_AT:
                continue
            (listed,) = proof(reader, result.kpi, filters, unmet=True)
            n, of = told(result.now)
            assert listed.total == (of - n if result.kpi.denominator else n), result.kpi.id


def test_every_dimension_splits_into_the_whole(tmp_path: Path) -> None:
    filters = Filters(parse("2017"), TODAY)
    with opened(tmp_path, drawn(5)) as warehouse, warehouse.snapshot() as reader:
        for result in evaluate_all(reader, filters, (), KPIS.values()):
            for name, parts in result.parts.items():
                n = sum((part.reading.numerator or 0 for part in parts), 0)
                of = sum((part.reading.denominator or 0 for part in parts), 0)
                if not any(measure.once for measure in result.kpi.measures.values()):
                    assert (n, of) == told(result.now), f"{result.kpi.id} by {name}"


def test_every_dimension_is_somebodys() -> None:
    assert {name for kpi in KPIS.values() for name in kpi.by} == set(DIMENSIONS)


def test_whatever_leaves_rows_out_says_why() -> None:
    vague = Kpi.__dataclass_fields__["lacking"].default
    for kpi in KPIS.values():
        leaves_out = any(measure.left_out for measure in kpi.measures.values())
        assert leaves_out == (kpi.lacking != vague), kpi.id


# -- back to the cells ------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Warehouse]:
    staff = {date(2017, 1, 1): [person("1", "王芳"), person("2", "李静")]}
    school = School(staff=staff, members={date(2017, 1, 1): [person("1", "王芳")]})
    with opened(tmp_path, school) as warehouse:
        yield warehouse


def test_a_row_knows_whether_it_counts_and_where_it_stands(small: Warehouse) -> None:
    (found,) = proof(small, KPIS["enrollment_rate"], Filters(parse("2017"), TODAY))
    rows = [(row.values["name"], row.numerator, row.denominator) for row in found.rows]
    assert rows == [("李静", None, 1), ("王芳", 1, 1)]
    assert {row.address.register for row in found.rows if row.address} == {"staff"}
    (unmet,) = proof(small, KPIS["enrollment_rate"], Filters(parse("2017"), TODAY), unmet=True)
    assert [row.values["name"] for row in unmet.rows] == ["李静"]


def test_at_most_so_many_rows_are_read_and_all_are_counted(small: Warehouse) -> None:
    (found,) = proof(small, KPIS["enrollment_rate"], Filters(parse("2017"), TODAY), most=1)
    assert (len(found.rows), found.total, found.numerator, found.denominator) == (1, 2, 1, 2)
