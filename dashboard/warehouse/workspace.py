"""The warehouse as the floors above know it: open, read, load, compare, undo, remember."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import duckdb

from dashboard import sqlfiles
from dashboard.contracts import DATASETS
from dashboard.importing.report import Choice, SheetReport
from dashboard.schema import Arrival, Loaded
from dashboard.school import School, Section
from dashboard.settings import QUERIES, RULES
from dashboard.sqlfiles import Query
from dashboard.warehouse import (
    allowing,
    chosen,
    correcting,
    disclosures,
    erasing,
    expiring,
    history,
    kept,
    marts,
    remembered,
    repeating,
    storing,
    tables,
)
from dashboard.warehouse.allowing import Marked
from dashboard.warehouse.bookkeeping import Bookkeeping, Deed, Sealed, Witness, of_import, serial_in
from dashboard.warehouse.chosen import Given, Setting
from dashboard.warehouse.comparing import Comparison
from dashboard.warehouse.copying import Content, copied
from dashboard.warehouse.correcting import Correction
from dashboard.warehouse.database import Database, Done, Reader, connected, refusal, told
from dashboard.warehouse.disclosures import Disclosure
from dashboard.warehouse.erasing import Erased, Erasure
from dashboard.warehouse.expiring import Limits
from dashboard.warehouse.history import Import
from dashboard.warehouse.ledger import Kind, Line
from dashboard.warehouse.remembered import Remembered
from dashboard.warehouse.repeating import Marks
from dashboard.warehouse.verifying import Verified

_ERASED = Deed("erased", touched=lambda _: DATASETS)


def settings(reader: Reader) -> School:
    """The school's settings of that moment."""
    return chosen.school(reader.read("from settings"))


class Warehouse(Database):
    """One open workspace. Any number of threads may read; one at a time loads."""

    _given: Given
    _books: Bookkeeping

    @classmethod
    def open(
        cls, path: Path, *, memory: str = "1GB", queries: Path = QUERIES, rules: Path = RULES,
        witness: Witness | None = None,
    ) -> Self:  # fmt: skip
        """Open or create the file, compare it with its ledger and what `witness` knows, bring its
        tables up to date, and build its marts. What the comparison found is `verified`.

        Raises WorkspaceBusy where another program holds the file, it is damaged, or it cannot be
        opened.
        """
        views = sqlfiles.load(queries / "marts")
        given, books = Given.read(rules), Bookkeeping(path, witness)
        warehouse = cls(lambda: books.holding(connected(path, memory)))
        warehouse._given, warehouse._books = given, books
        try:
            with warehouse._looking() as cursor:
                warehouse._books.compare(cursor)
            if warehouse._brought_up(views):
                with warehouse._looking() as cursor:
                    warehouse._books.follow(cursor)
        except BaseException as error:
            warehouse.close()
            if isinstance(error, duckdb.Error):
                raise refusal(error) from error
            raise
        return warehouse

    def _brought_up(self, views: Mapping[str, Query]) -> bool:
        """Tables and marts as the program has them today. On a full disk they stay as they were
        left, so that people can read; False then.
        """
        try:
            with self._transaction("begin") as cursor:
                tables.prepare(cursor)
                self._given.follow(cursor)
                marts.build(cursor, views)
        except duckdb.Error as error:
            if refusal(error).code != "no_room" or not self._was_left():
                raise
            return False
        return True

    def _was_left(self) -> bool:
        """Whether an earlier start brought the file up to date."""
        with self._looking() as cursor:
            return serial_in(cursor) is not None

    @property
    def version(self) -> int:
        """Grows with every load or undo that changes something; what is cached goes by it."""
        return int(self.standing("select value from meta where name = 'version'")[0]["value"])

    def load(self, batch: Sequence[Arrival], who: str = "") -> Loaded:
        """Store all sheets or nothing. Readers see the old state until all of it is there.

        Raises RefusedImport for rows that do not fit, a mode the register does not offer, or a
        sheet that was imported before and would be added again; WorkspaceBusy where the disk fails.
        """
        return self._write(
            lambda cursor: storing.store(cursor, batch, who),
            lambda loaded: self._has(loaded.import_id),
            of_import(batch),
        )

    def compare(self, batch: Sequence[Arrival]) -> Comparison:
        """What `load` would change, row by row; nothing is changed. Raises as `load` does, but
        for a sheet that was imported before: that is told.
        """
        return self._tried(lambda cursor: storing.compared(cursor, batch))

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
            Deed("undo", imports=(import_id,), touched=history.registers),
        )

    def erase(self, erasure: Erasure) -> Erased:
        """Delete a person, but not from the file's bytes. Raises WorkspaceBusy."""
        return self._write(lambda cursor: erasing.erase(cursor, erasure), _lost, _ERASED)

    def erase_again(self, marks: Marks) -> int:
        """Delete whom these marks tell; answers the rows it came to. Raises WorkspaceBusy."""
        return self._write(lambda cursor: repeating.erase(cursor, marks), _lost, _ERASED)

    def allow(self, words: str) -> Marked:
        """Somebody who was deleted may be imported again. Raises as `allowing`, WorkspaceBusy."""
        return self._write(lambda cursor: allowing.allow(cursor, words), _lost, Deed("allowed"))

    def expire(self, limits: Limits) -> Erased:
        """Delete what is older than these days. Raises WorkspaceBusy."""
        return self._write(lambda cursor: expiring.expire(cursor, limits), _lost, _ERASED)

    def correct(self, correction: Correction, who: str = "") -> int:
        """Change one field of a person's rows; answers the number it has in the history, under
        which it can be undone. Raises RefusedRequest "nothing_corrected", WorkspaceBusy.
        """
        deed = Deed("corrected", touched=lambda _: (correction.register,))
        return self._write(lambda cursor: correcting.correct(cursor, correction, who), _lost, deed)

    def copy(
        self, target: Path, meanwhile: Callable[[], None] = lambda: None
    ) -> dict[str, Content]:
        """One moment of everything, in a new file, while others read and write; answers what it is.

        `meanwhile` is called at that moment: the ledger's last "done" is that of the copy. Of an
        import under way, for which nobody waits, the copy has nothing, the ledger that it began.
        Raises WorkspaceBusy where the disk fails; the unfinished file is the caller's to remove.
        """
        with told(), ExitStack() as stack:
            with self._sealing:
                reader = stack.enter_context(self.snapshot())
                reader.read("select value from meta")  # the moment is that of the first reading
                meanwhile()
            return copied(reader, target)

    def outgrow(self, version: int) -> None:
        """A version above that one: nothing that was cached under it is given again."""
        self._anew("restored", version)

    @property
    def verified(self) -> Verified:
        """What the comparison with the ledger found, at the opening or since."""
        return self._books.verified

    def verify(self) -> Verified:
        """Compare once more. Reads every register; raises WorkspaceBusy where the disk fails."""
        with self._writing, self._looking() as cursor:
            self._books.compare(cursor)
        return self.verified

    def go_on(self) -> None:
        """What is there is what counts from now on, whatever is missing: somebody decided so."""
        self._anew("went_on")

    def seen(self) -> None:
        """The imports that were cut off have been told of."""
        with self._writing:
            self._books.seen()

    def _anew(self, kind: Kind, version: int = 0) -> None:
        with self._writing, self._sealing:
            line = self._committed(lambda cursor: self._begun_anew(cursor, kind, version), _lost)
            self._books.began_anew(line)

    def _begun_anew(self, cursor: duckdb.DuckDBPyConnection, kind: Kind, version: int) -> Line:
        line = self._books.anew(cursor, kind, version)
        kept.refresh(cursor, ())
        return line

    def _write(
        self,
        work: Callable[[duckdb.DuckDBPyConnection], Done],
        stands: Callable[[Done], bool],
        deed: Deed,
    ) -> Done:
        """What `work` answers, committed or nothing, and told in the ledger before and after."""
        with self._writing, ExitStack() as sealing:
            with self._looking() as cursor:
                begun = self._books.begin(deed, cursor)

            def sealed(cursor: duckdb.DuckDBPyConnection) -> Sealed[Done]:
                done = self._books.sealed(cursor, begun, deed, work)
                sealing.enter_context(self._sealing)
                return done

            try:
                kept = self._committed(sealed, lambda done: stands(done.result))
            except BaseException:
                self._books.dropped(begun)
                raise
            self._books.done(kept.line)
            return kept.result

    def offered(self, read: SheetReport) -> Choice | None:
        """What an officer once confirmed for such headers; `read` without any choice."""
        with self.snapshot() as reader:
            return remembered.offered(reader, read)

    def remembered(self) -> list[Remembered]:
        """Every mapping that is remembered, the newest first."""
        with self.snapshot() as reader:
            return remembered.everything(reader)

    def remember(self, pairs: Sequence[tuple[SheetReport, SheetReport]], who: str = "") -> int:
        """Keep what an officer changed, sheets as first read and as confirmed; answers how many."""
        return self._write(
            lambda cursor: remembered.remember(cursor, pairs, who), _lost, Deed("mapping")
        )

    def set(self, section: Section, value: Setting | None, who: str = "") -> None:
        """Change one section of the school's settings; None takes it back to what was given."""
        self._write(lambda cursor: self._set(cursor, section, value, who), _lost, Deed("settings"))

    def _set(
        self, cursor: duckdb.DuckDBPyConnection, section: Section, value: Setting | None, who: str
    ) -> None:
        chosen.put(cursor, section, value, who)
        self._given.follow(cursor)
        tables.newer(cursor)
        kept.refresh(cursor, ())

    def disclosures(self) -> list[Disclosure]:
        """When names were let be seen before the audit log kept it, the latest first."""
        with self.snapshot() as reader:
            return disclosures.disclosures(reader)

    def forget(self, fingerprint: str) -> None:
        """Offer that mapping no more."""
        self._write(lambda cursor: remembered.forget(cursor, fingerprint), _lost, Deed("mapping"))

    def _has(self, import_id: int) -> bool:
        sql = "select 1 from imports where import_id = $import_id"
        return bool(self.read(sql, {"import_id": import_id}))

    def _stands(self, import_id: int) -> bool:
        sql = "select 1 from imports where import_id = $import_id and undone_at is null"
        return bool(self.read(sql, {"import_id": import_id}))


def _lost(_: object) -> bool:
    """A commit that failed left nothing."""
    return False
