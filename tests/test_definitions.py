"""Every definition of ours is whole: compiled on an empty warehouse, worded, and used."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard import reports, sqlfiles
from dashboard.contracts import DATASETS
from dashboard.errors import BadDefinition
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS, targets
from dashboard.kpis.evaluate import compile_all, evaluate_all
from dashboard.kpis.inputs import NAMES
from dashboard.kpis.model import Measure
from dashboard.periods import parse
from dashboard.settings import QUERIES, ROOT
from dashboard.text import Text
from dashboard.warehouse import Warehouse

TODAY = date(2018, 12, 31)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = Warehouse.open(tmp_path_factory.mktemp("empty") / "school.duckdb")
    yield warehouse
    warehouse.close()


def test_no_two_figures_have_one_name() -> None:
    for lang in ("zh", "en"):
        labels = [kpi.label(lang) for kpi in KPIS.values()]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kpi", KPIS.values(), ids=KPIS)
def test_a_figure_says_everything_in_both_languages(kpi: object) -> None:
    texts = [getattr(kpi, name) for name in ("label", "why", "formula", "source", "counted")]
    assert all(isinstance(text, Text) and text.zh and text.en for text in texts)
    assert not any(re.search("[一-鿿]", text.en.replace("会籍管理办法", "")) for text in texts[:2])


def test_what_a_figure_needs_is_a_register_and_has_a_name() -> None:
    for kpi in KPIS.values():
        assert set(kpi.needs) <= set(DATASETS)
        assert set(kpi.inputs or kpi.needs) <= set(NAMES)


def test_every_target_is_of_a_figure() -> None:
    assert {target.kpi for target in targets.load()} <= set(KPIS)


def test_every_figure_compiles_on_an_empty_warehouse(empty: Warehouse) -> None:
    compile_all(empty)


def test_all_faults_are_told_together(empty: Warehouse) -> None:
    good = KPIS["staff_total"]
    bad = [
        replace(good, id="no_mart", numerator=Measure("nowhere", "staff", "true")),
        good,
        replace(good, id="no_column", numerator=Measure("staff_spells", "staff", "true", "age")),
    ]
    with pytest.raises(BadDefinition, match=r"no_mart: .*; no_column: ") as told:
        compile_all(empty, bad)
    assert "staff_total" not in str(told.value)


def test_an_empty_warehouse_is_missing_everything_and_fails_nowhere(empty: Warehouse) -> None:
    for department in (None, "语文组"):
        filters = Filters(parse("2017"), TODAY, chosen({"department": department}))
        for result in evaluate_all(empty, filters, targets.load(), KPIS.values()):
            assert result.status == "missing"
            assert (len(result.trend), result.parts, result.now.value) == (12, {}, None)


@pytest.mark.parametrize("name", reports.queries())
def test_every_report_runs_empty(empty: Warehouse, name: str) -> None:
    for department in (None, "语文组"):
        found = reports.run(
            empty, name, Filters(parse("2017"), TODAY, chosen({"department": department})), "zh"
        )
        assert found.columns
        assert not any(
            isinstance(v, int | Decimal) and v for row in found.rows for v in row.values()
        )
        assert set(found.needs) <= set(DATASETS)


def test_every_check_runs_empty(empty: Warehouse) -> None:
    for query in sqlfiles.load(QUERIES / "checks").values():
        assert empty.read(query.sql, {"as_of": TODAY}) == []


def test_a_statement_holds_no_value_but_binds_them(empty: Warehouse) -> None:
    filters = Filters(parse("2017-03-08:2017-05-09"), TODAY, chosen({"department": "语文组"}))
    (result,) = evaluate_all(empty, filters, (), [KPIS["reply_rate"]])
    bound = dict(result.parameters)
    assert bound["now_start"] == date(2017, 3, 8)
    assert bound["department"] == "语文组"
    assert set(re.findall(r"\$(\w+)", result.sql)) == set(bound)
    assert not re.search(r"语文组|20\d\d", result.sql)


# -- the files --------------------------------------------------------------------------------

QUERY_FILES = sorted(QUERIES.rglob("*.sql"))


def code(path: Path) -> str:
    """A query without comments and quoted words."""
    bare = re.sub(r"--[^\n]*", "", path.read_text("utf-8"))
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", bare)


def test_every_mart_is_used() -> None:
    elsewhere = [path.read_text("utf-8") for path in (ROOT / "dashboard").rglob("*.py")]
    for path in (QUERIES / "marts").glob("*.sql"):
        if "-- Kept: prints of" in path.read_text("utf-8"):
            continue  # read by what tells the kept ones anew
        others = [code(other) for other in QUERY_FILES if other != path]
        assert any(re.search(rf"\b{path.stem}\b", text) for text in [*others, *elsewhere]), path


@pytest.mark.parametrize("path", QUERY_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_sql_is_lower_case_and_never_divides(path: Path) -> None:
    assert not re.search(r"[A-Z]", code(path).replace("\\p{L}", "").replace("\\p{N}", ""))
    assert "/" not in code(path).replace("//", "")  # whole numbers may be halved


def test_no_measure_divides() -> None:
    measures = [m for kpi in KPIS.values() for m in (kpi.numerator, kpi.denominator) if m]
    assert not any("/" in f"{m.amount} {m.of} {m.when} {m.left_out}" for m in measures)
