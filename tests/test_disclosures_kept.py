"""That names were let be seen is kept: when, by whom, where."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from dashboard.warehouse import Warehouse


def test_each_time_names_are_shown_is_kept_the_latest_first(tmp_path: Path) -> None:
    with closing(Warehouse.open(tmp_path / "a.duckdb")) as held:
        held.disclosed("wall", "period=2025", "chair")
        held.disclosed("xlsx", "period=2024", "officer")
    with closing(Warehouse.open(tmp_path / "a.duckdb")) as again:
        found = again.disclosures()
    assert [(one.place, one.who, one.view) for one in found] == [
        ("xlsx", "officer", "period=2024"),
        ("wall", "chair", "period=2025"),
    ]
    assert found[0].shown_at >= found[1].shown_at


def test_a_record_changes_no_figure(tmp_path: Path) -> None:
    with closing(Warehouse.open(tmp_path / "a.duckdb")) as held:
        before = held.version
        held.disclosed("wall", "", "chair")
        assert held.version == before
