"""The warehouse as the floors above know it: open, read, load, compare, undo, remember."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

import duckdb

from dashboard import schema, sqlfiles
from dashboard.contracts import dataset
from dashboard.errors import RefusedImport
from dashboard.importing.report import Choice, SheetReport
from dashboard.schema import Arrival, Loaded, Merged
from dashboard.school import School, Section
from dashboard.settings import QUERIES, RULES
from dashboard.text import Text
from dashboard.warehouse import (
    chosen,
    comparing,
    disclosures,
    history,
    marts,
    remembered,
    rosters,
    tables,
)
from dashboard.warehouse.chosen import Given, Setting
from dashboard.warehouse.comparing import Comparison
from dashboard.warehouse.database import Database, Reader, connected, refusal
from dashboard.warehouse.disclosures import Disclosure
from dashboard.warehouse.history import Import
from dashboard.warehouse.merging import merge
from dashboard.warehouse.modes import check_offered
from dashboard.warehouse.remembered import Remembered


def settings(reader: Reader) -> School:
    """The school's settings of that moment."""
    return chosen.school(reader.read("from settings"))


class Warehouse(Database):
    """One open workspace. Any number of threads may read; one at a time loads."""

    _given: Given

    @classmethod
    def open(
        cls, path: Path, *, memory: str = "1GB", queries: Path = QUERIES, rules: Path = RULES
    ) -> Self:
        """Open or create the file, bring its tables up to date, and build its marts.

        Raises WorkspaceBusy where another program holds the file or it cannot be opened.
        """
        views = sqlfiles.load(queries / "marts")
        given = Given.read(rules)
        warehouse = cls(lambda: connected(path, memory))
        warehouse._given = given
        try:
            with warehouse._transaction("begin") as cursor:
                tables.prepare(cursor)
                given.follow(cursor)
                marts.build(cursor, views)
        except BaseException as error:
            warehouse.close()
            if isinstance(error, duckdb.Error):
                raise refusal(error) from error
            raise
        return warehouse

    @property
    def version(self) -> int:
        """Grows with every load or undo that changes something; what is cached is cached under
        it.
        """
        return int(self.read("select value from meta where name = 'version'")[0]["value"])

    def load(self, batch: Sequence[Arrival], who: str = "") -> Loaded:
        """Store all sheets or nothing. Readers see the old state until all of it is there.

        Raises RefusedImport for rows that do not fit, a mode the register does not offer, or a
        sheet that was imported before and would be added again; WorkspaceBusy where the disk fails.
        """
        return self._write(
            lambda cursor: _store(cursor, batch, who), lambda loaded: self._has(loaded.import_id)
        )

    def compare(self, batch: Sequence[Arrival]) -> Comparison:
        """What `load` would change, row by row; nothing is changed. Raises as `load` does, but
        for a sheet that was imported before: that is told.
        """
        return self._tried(lambda cursor: _compared(cursor, batch))

    def history(self) -> list[Import]:
        """Every import with its sheets, the newest first; undone ones too, marked."""
        with self.snapshot() as reader:
            return history.history(reader)

    def undo(self, import_id: int, who: str = "", *, unwind: bool = False) -> tuple[Import, ...]:
        """The registers as they were before that import; answers what was taken back, in order.

        Imports after it are in the way, unless `unwind` takes them back first, newest first.
        Raises RefusedRequest "unknown_import"; RefusedUndo "already_undone", "later_imports" or
        "before_history", each with the imports' numbers; WorkspaceBusy where the disk fails.
        """
        return self._write(
            lambda cursor: history.undo(cursor, import_id, who, unwind=unwind),
            lambda undone: not self._stands(undone[-1].import_id),
        )

    def offered(self, read: SheetReport) -> Choice | None:
        """What an officer once confirmed for such headers; `read` without any choice."""
        with self.snapshot() as reader:
            return remembered.offered(reader, read)

    def remembered(self) -> list[Remembered]:
        """Every mapping that is remembered, the newest first."""
        with self.snapshot() as reader:
            return remembered.everything(reader)

    def remember(self, pairs: Sequence[tuple[SheetReport, SheetReport]], who: str = "") -> int:
        """Keep what an officer changed: each sheet as first read, and as it was then confirmed.
        Answers how many mappings are kept.
        """
        return self._write(lambda cursor: remembered.remember(cursor, pairs, who), lambda _: False)

    def set(self, section: Section, value: Setting | None, who: str = "") -> None:
        """Change one section of the school's settings; None takes it back to what was given."""
        self._write(lambda cursor: self._set(cursor, section, value, who), lambda _: False)

    def _set(
        self, cursor: duckdb.DuckDBPyConnection, section: Section, value: Setting | None, who: str
    ) -> None:
        chosen.put(cursor, section, value, who)
        self._given.follow(cursor)
        tables.newer(cursor)

    def disclosed(self, place: str, view: str, who: str = "") -> None:
        """Keep that names are let be seen: on the wall, or in a file of that kind."""
        self._write(lambda cursor: disclosures.note(cursor, place, view, who), lambda _: False)

    def disclosures(self) -> list[Disclosure]:
        """When names were let be seen, the latest first."""
        with self.snapshot() as reader:
            return disclosures.disclosures(reader)

    def forget(self, fingerprint: str) -> None:
        """Offer that mapping no more."""
        self._write(lambda cursor: remembered.forget(cursor, fingerprint), lambda _: False)

    def _has(self, import_id: int) -> bool:
        sql = "select 1 from imports where import_id = $import_id"
        return bool(self.read(sql, {"import_id": import_id}))

    def _stands(self, import_id: int) -> bool:
        sql = "select 1 from imports where import_id = $import_id and undone_at is null"
        return bool(self.read(sql, {"import_id": import_id}))


def _store(cursor: duckdb.DuckDBPyConnection, batch: Sequence[Arrival], who: str) -> Loaded:
    import_id = _begun(cursor, batch, who)
    sheets = []
    for arrival in batch:
        _check_new(cursor, arrival)
        sheets.append(_merged(cursor, import_id, arrival)[1])
    loaded = Loaded(import_id, tuple(sheets))
    if loaded.changed:
        tables.changed(cursor)
    return loaded


def _compared(cursor: duckdb.DuckDBPyConnection, batch: Sequence[Arrival]) -> Comparison:
    """Stores the sheets as `load` does, looks at what that changed, and is never committed."""
    import_id = _begun(cursor, batch, "")
    rosters_before = rosters.before(cursor, batch)
    stored = []
    for arrival in batch:
        known = history.imported_before(cursor, arrival)
        source_id, merged = _merged(cursor, import_id, arrival)
        compared = comparing.compared(cursor, arrival, source_id, merged, known)
        stored.append((arrival, source_id, compared))
    return Comparison(rosters.told(cursor, rosters_before, stored))


def _begun(cursor: duckdb.DuckDBPyConnection, batch: Sequence[Arrival], who: str) -> int:
    for arrival in batch:
        check_offered(dataset(arrival.sheet.dataset or ""), arrival.mode)
    import_id = _next(cursor, "imports", "import_id")
    values = {
        "import_id": import_id,
        "imported_at": datetime.now(),
        "files": len({(arrival.file, arrival.sha256) for arrival in batch}),
        "who": who,
        "undone_at": None,
        "undone_by": None,
    }
    cursor.execute(schema.insert_statement("imports"), values)
    return import_id


def _check_new(cursor: duckdb.DuckDBPyConnection, arrival: Arrival) -> None:
    """To merge or replace the same sheet again changes nothing; to add it again doubles it."""
    if arrival.mode != "add":
        return
    if when := history.imported_before(cursor, arrival):
        said = Text(f"{when.year}年{when.month}月{when.day}日", f"{when:%Y-%m-%d}")
        name = arrival.sheet.name
        raise RefusedImport("already_imported", file=arrival.file, sheet=name, when=said)


def _merged(
    cursor: duckdb.DuckDBPyConnection, import_id: int, arrival: Arrival
) -> tuple[int, Merged]:
    """One sheet into its register, and the note of where its rows came from."""
    source_id = _next(cursor, "sources", "source_id")
    merged = merge(cursor, source_id, arrival)
    row = schema.source_row(source_id, import_id, arrival, merged)
    cursor.execute(schema.insert_statement("sources"), row)
    return source_id, merged


def _next(cursor: duckdb.DuckDBPyConnection, table: str, number: str) -> int:
    sql = f'select coalesce(max("{number}"), 0) + 1 from "{table}"'  # noqa: S608 - our own names
    (found,) = cursor.execute(sql).fetchall()[0]
    return int(found)
