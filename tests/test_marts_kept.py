"""Marts that are kept are what their definitions tell, after any sequence of imports and undos."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from arrivals import arrival
from drawn_schools import drawn
from schools import School, enter, keyed, opened

from dashboard import sqlfiles
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedImport
from dashboard.schema import OWN, Arrival
from dashboard.settings import QUERIES
from dashboard.warehouse import Warehouse

MARTS = sqlfiles.load(QUERIES / "marts")
KEPT = sorted(name for name, mart in MARTS.items() if mart.kept)
TOLD = ("imports", "meta", "remembered", "disclosures", "sources")  # what no mart reads


def plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def rows(found: duckdb.DuckDBPyConnection) -> list[str]:
    names = [column[0] for column in found.description or ()]
    places = sorted(range(len(names)), key=names.__getitem__)
    return sorted(repr([(names[at], plain(row[at])) for at in places]) for row in found.fetchall())


def from_scratch(warehouse: Warehouse) -> dict[str, list[str]]:
    """The kept marts as their definitions tell them, from the registers as they are now."""
    with duckdb.connect() as con, warehouse.snapshot() as reader:
        for name in (*DATASETS, *(own for own in OWN if own not in TOLD)):
            held = reader.table(f'from "{name}"')
            con.register("held", held)
            con.execute(f'create table "{name}" as from held')
        trees = {
            name: con.execute("select json_serialize_sql($sql)", {"sql": mart.sql}).fetchall()[0][0]
            for name, mart in MARTS.items()
        }
        for name in sqlfiles.in_order(trees):
            con.execute(f'create view "{name}" as {MARTS[name].sql}')
        return {name: rows(con.execute(f'from "{name}"')) for name in KEPT}


def as_kept(warehouse: Warehouse) -> dict[str, list[str]]:
    with warehouse.snapshot() as reader:
        return {name: rows(reader._cursor.execute(f'from "{name}"')) for name in KEPT}


def sheets(school: School, lot: Random) -> Iterator[Arrival]:
    """Its sheets, some with a part of their rows only, in any order, and in any mode."""
    told = list(school.sheets())
    lot.shuffle(told)
    for name, day, held in told:
        part = [row for row in held if lot.random() < 0.7]
        mapped = " ".join(DATASETS[name].stored())
        mode = lot.choice(("merge", "merge", "replace", "add"))
        found = arrival(name, keyed(name, part or held), as_of=day, mapped=mapped)
        found.sheet.name = f"{name} {lot.random()}"
        yield Arrival(found.file, str(lot.random()), found.encoding, found.sheet, mode)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_would_be_told_from_scratch(tmp_path: Path, seed: int) -> None:
    lot = Random(seed)  # noqa: S311 - a test school is no secret
    with opened(tmp_path, drawn(seed)) as warehouse:
        assert as_kept(warehouse) == from_scratch(warehouse)
        for found in list(sheets(drawn(seed + 100), lot))[:4]:
            try:
                made = warehouse.load([found])
            except RefusedImport:
                continue  # a register that does not offer the mode
            assert as_kept(warehouse) == from_scratch(warehouse)
            if lot.random() < 0.5:
                warehouse.undo(made.import_id)
                assert as_kept(warehouse) == from_scratch(warehouse)


def test_a_drawn_school_fills_what_is_kept_by_key(tmp_path: Path) -> None:
    with opened(tmp_path, drawn(3)) as warehouse:
        held = as_kept(warehouse)
    assert held["turnout"]
    assert held["came"]
    assert held["activity_prints"]


def test_only_activities_that_moved_are_told_anew(tmp_path: Path) -> None:
    with opened(tmp_path, drawn(3)) as warehouse:
        sql = "select rowid as place, activity_id from kept_turnout order by all"
        before = {(row["place"], row["activity_id"]) for row in warehouse.read(sql)}
        one = {"activity": "新的活动", "held_on": date(2017, 5, 5), "name": "王芳"}
        coming = keyed("attendance", [one | {"presence": "present"}])
        warehouse.load([arrival("attendance", coming, mapped=" ".join(one))])
        after = {(row["place"], row["activity_id"]) for row in warehouse.read(sql)}
    assert before < after
    assert all("新的活动" in name for _, name in after - before)


def test_a_file_opened_again_is_not_told_anew(tmp_path: Path) -> None:
    path = tmp_path / "school.duckdb"
    enter(Warehouse.open(path), drawn(3)).close()
    with duckdb.connect(str(path)) as con:
        con.execute("update kept_came set present = 777")  # would not survive a telling
    again = Warehouse.open(path)
    assert {row["present"] for row in again.read("from came")} == {777}
    again.close()


def test_a_file_written_past_us_is_told_anew_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "school.duckdb"
    enter(Warehouse.open(path), drawn(3)).close()
    with duckdb.connect(str(path)) as con:
        con.execute("delete from attendance")
        con.execute("update meta set value = value::bigint + 1 where name = 'version'")
    again = Warehouse.open(path)
    assert as_kept(again) == from_scratch(again)
    assert not again.read("from came")
    again.close()
