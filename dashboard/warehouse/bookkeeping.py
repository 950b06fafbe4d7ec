"""Every write is told in the ledger before it begins and when it is done.

The number of the write stands in the database itself, changed in the same transaction; so a
comparison of two numbers says whether the database has lost something, and a line's states say
whether what it has is what was written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import duckdb

from dashboard.errors import WorkspaceBusy
from dashboard.schema import BEFORE, Arrival, Cursor, Loaded
from dashboard.warehouse.ledger import NAME, Kind, Ledger, Line, Sheet, Told
from dashboard.warehouse.states import EMPTY, OWN, Measure, State
from dashboard.warehouse.verifying import Finding, Verified, verified

Opened = duckdb.DuckDBPyConnection
Result = TypeVar("Result")
Held = Mapping[int, tuple[datetime, datetime | None]]  # imports: when they were done, and undone
Witness = Callable[[Told, Held], Iterable[Finding]]  # what lies elsewhere knows, and this does not

_TIMES, _LEAST = 2, 8 * 2**20  # of an import's own size, and bytes, that must be free


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody is about to write. `touched` tells, of what came of it, the registers whose
    rows it moved; `room` is what it may take on the disk, in bytes.
    """

    kind: Kind
    sheets: tuple[Sheet, ...] = ()
    imports: tuple[int, ...] = ()
    touched: Callable[[Any], Collection[str]] = lambda _: ()
    room: int = 0


@dataclass(frozen=True, slots=True)
class Sealed(Generic[Result]):
    """What a deed came to, and the line that says so when it is committed."""

    result: Result
    line: Line


def of_import(batch: Sequence[Arrival]) -> Deed:
    tables = [arrival.sheet.table for arrival in batch if arrival.sheet.table is not None]
    room = _TIMES * sum(table.nbytes for table in tables) + _LEAST
    return Deed("import", tuple(_sheet(arrival) for arrival in batch), room=room)


def _sheet(arrival: Arrival) -> Sheet:
    read = arrival.sheet
    sums = {name: str(value) for name, value in read.sums.items()}
    rows = read.table.num_rows if read.table is not None else 0
    digest = arrival.sha256[:12]
    return Sheet(read.dataset or "", arrival.file, digest, rows, 0, 0, 0, sums)


class Bookkeeping:
    """The ledger of one open file. All but `verified` belongs to whoever holds the writing."""

    def __init__(self, database: Path, witness: Witness | None = None) -> None:
        if database.is_dir():
            raise WorkspaceBusy("in_the_way", name=database.name)
        self._database, self._file = database, _identity(database)
        self._folder = database.parent
        self._witness = witness or (lambda *_: ())
        self._ledger = Ledger(database.with_name(NAME))
        self._measure = Measure({})
        self._last: Line | None = None
        self._size = -1  # of the ledger as last read; -1: to be read again
        self.verified = Verified()

    def holding(self, con: Opened) -> Opened:
        """The file that was opened just now is the one that is written to."""
        self._file = _identity(self._database)
        return con

    # -- at the opening -------------------------------------------------------------------------

    def compare(self, cursor: Cursor) -> None:
        """The file as it lies there, before anything of it is brought up to date."""
        self._measure = Measure.of(cursor)
        told = self._ledger.told()
        found = verified(told, serial_in(cursor), self._measure.every(cursor))
        known = self._witness(told, imports_in(cursor))
        self.verified = replace(found, findings=(*found.findings, *known))
        self._last, self._size = told.last, self._ledger.size
        if told.torn:
            with suppress(WorkspaceBusy):  # a full disk: the next comparison says it again
                self._append(Line("mended", "upgraded", 0, datetime.now()))

    def follow(self, cursor: Cursor) -> None:
        """The file as it is from now on: a ledger begins, a line is completed, or its checksums
        are taken anew where tables or engine have changed.
        """
        self._measure = Measure.of(cursor)
        kind = self._due() if self.verified.whole else None
        if kind:
            line = self._line(cursor, kind, self._measure.every(cursor))
            if done := self.verified.completes:
                line = replace(line, imports=done.imports, sheets=done.sheets)
            with suppress(WorkspaceBusy):  # a full disk is no reason not to read
                self._append(line)

    def _due(self) -> Kind | None:
        if self._last is None:
            return "began"
        if self.verified.completes:
            return self.verified.completes.kind
        forms = {name: self._measure.form(name) for name in self._measure.columns}
        stale = any(forms.get(name) != held.form for name, held in self._last.states.items())
        return "upgraded" if stale else None

    # -- at a write -----------------------------------------------------------------------------

    def begin(self, deed: Deed, cursor: Cursor) -> Line:
        """The deed is noted, or nothing happens: raises WorkspaceBusy "no_room", "storage",
        "replaced", or "unverified" where the data is in doubt.
        """
        self._check_place()
        if self._size != self._ledger.size:  # our last line failed, or another handle wrote
            self.compare(cursor)
            self.follow(cursor)
        if not self.verified.whole or self._last is None:
            raise WorkspaceBusy("unverified")
        if deed.room > shutil.disk_usage(self._folder).free:
            raise WorkspaceBusy("no_room")
        imports = deed.imports or ((_next_import(cursor),) if deed.kind == "import" else ())
        version, serial = version_in(cursor), self._last.serial + 1
        line = Line(
            "begun", deed.kind, serial, datetime.now(), version, imports, sheets=deed.sheets
        )
        self._append(line)
        return line

    def sealed(
        self, cursor: Opened, begun: Line, deed: Deed, work: Callable[[Opened], Result]
    ) -> Sealed[Result]:
        """The work done, and counted, in its transaction."""
        if serial_in(cursor) != begun.serial - 1:
            raise WorkspaceBusy("unverified")
        result = work(cursor)
        return Sealed(result, self._seal(cursor, begun, deed, result))

    def _seal(self, cursor: Cursor, begun: Line, deed: Deed, result: Any) -> Line:
        put_serial(cursor, begun.serial)
        states = self._states(cursor, deed.touched(result))
        sheets = begun.sheets
        if isinstance(result, Loaded):
            states |= self._grown(cursor, begun, result)
            counts = zip(begun.sheets, result.sheets, strict=True)
            sheets = tuple(
                replace(s, added=m.added, changed=m.changed, removed=m.removed) for s, m in counts
            )
        line = self._line(cursor, begun.kind, states)
        return replace(line, imports=begun.imports, sheets=sheets)

    def done(self, line: Line) -> None:
        """After the commit. A disk that is full just now takes nothing back: the line is
        completed before the next write, or at the next start.
        """
        try:
            self._append(line)
        except WorkspaceBusy:
            self._size = -1
        else:
            self.verified = (
                Verified(self.verified.findings) if line.kind == "import" else (self.verified)
            )

    def dropped(self, begun: Line) -> None:
        """Nothing of it was stored, and somebody was told so."""
        with suppress(WorkspaceBusy):
            self._append(replace(begun, what="dropped", sheets=(), at=datetime.now()))

    def seen(self) -> None:
        """Nobody need be told any more of imports that were cut off."""
        self.verified = replace(self.verified, unfinished=())
        if self._last:
            self._append(Line("seen", "import", self._last.serial, datetime.now()))

    def anew(self, cursor: Cursor, kind: Kind, version: int) -> Line:
        """In a transaction: what is there is what counts from now on. Serial and version go up
        beyond any that were ever told, and beyond `version`.
        """
        self._check_place()
        told = self._ledger.told()
        known = [line.serial for line in told.lines] + [serial_in(cursor) or 0]
        put_serial(cursor, max(known) + 1)
        newest = max([line.version for line in told.lines] + [version_in(cursor), version]) + 1
        sql = "update meta set value = $value where name = 'version'"
        cursor.execute(sql, {"value": str(newest)})
        self._measure = Measure.of(cursor)
        line = self._line(cursor, kind, self._measure.every(cursor))
        self._append(replace(line, what="begun", states={}))
        return line

    def began_anew(self, line: Line) -> None:
        self._append(line)
        self.verified = Verified()

    def _check_place(self) -> None:
        """What is written to a file that was deleted or replaced is gone with the program."""
        if _identity(self._database) != self._file:
            raise WorkspaceBusy("replaced")

    # -- what a line holds ----------------------------------------------------------------------

    def _line(self, cursor: Cursor, kind: Kind, states: Mapping[str, State]) -> Line:
        serial = serial_in(cursor) or 0
        held = {name: state for name, state in states.items() if state.rows}
        return Line("done", kind, serial, datetime.now(), version_in(cursor), states=held)

    def _states(self, cursor: Cursor, registers: Collection[str]) -> dict[str, State]:
        """As last told; the registers that moved, and our own tables, counted anew."""
        moved = {*OWN, *registers, *(f"{name}{BEFORE}" for name in registers)}
        held = dict(self._last.states) if self._last else {}
        kept = {name: state for name, state in held.items() if name not in moved}
        return kept | self._measure.every(cursor, moved)

    def _grown(self, cursor: Cursor, begun: Line, loaded: Loaded) -> dict[str, State]:
        """The registers of an import: what they held, and what it brought."""
        held = self._last.states if self._last else {}
        sql = "select source_id from sources where import_id = $import_id"
        found = cursor.execute(sql, {"import_id": loaded.import_id}).fetchall()
        sources = [int(source) for (source,) in found]
        grown: dict[str, State] = {}
        for name in begun.registers:
            twin = f"{name}{BEFORE}"
            grown[name] = self._sum(held, name, self._measure.brought(cursor, name, sources))
            grown[twin] = self._sum(held, twin, self._measure.kept_before(cursor, name, sources))
        return grown

    def _sum(self, held: Mapping[str, State], table: str, more: State) -> State:
        return held.get(table, EMPTY).plus(more)

    def _append(self, line: Line) -> None:
        self._size = -1
        self._ledger.append(line)
        self._size = self._ledger.size
        self._last = line if line.what == "done" else self._last


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever its name; Windows lets nobody replace an open one."""
    if os.name != "posix":
        return None
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def serial_in(cursor: Cursor) -> int | None:
    """The number of the last write; None in a file that is older than ledgers, or empty."""
    tables = "select 1 from duckdb_tables() where table_name = 'meta'"
    if not cursor.execute(tables).fetchall():
        return None
    found = cursor.execute("select value from meta where name = 'ledger'").fetchall()
    return int(found[0][0]) if found else None


def imports_in(cursor: Cursor) -> Held:
    """Every import there is a record of; those that were undone, too."""
    columns = "select column_name from duckdb_columns() where table_name = 'imports'"
    if not (there := cursor.execute(columns).fetchall()):
        return {}
    undone = "undone_at" if ("undone_at",) in there else "null"  # older than undoing
    sql = f"select import_id, imported_at, {undone} from imports"  # noqa: S608 - one of two words
    return {number: (at, undone) for number, at, undone in cursor.execute(sql).fetchall()}


def put_serial(cursor: Cursor, serial: int) -> None:
    cursor.execute("insert or replace into meta values ('ledger', $n)", {"n": str(serial)})


def version_in(cursor: Cursor) -> int:
    return int(cursor.execute("select value from meta where name = 'version'").fetchall()[0][0])


def _next_import(cursor: Cursor) -> int:
    return int(
        cursor.execute("select coalesce(max(import_id), 0) + 1 from imports").fetchall()[0][0]
    )
