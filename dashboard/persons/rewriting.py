"""A database written anew without what was deleted: a deletion alone leaves the bytes there.

Everything is done in a copy. Where it ends well, it takes the place of what was; cut off at any
moment, that stands as it was, and the deletion is asked for once more.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from dashboard.errors import RefusedBackup, RefusedRequest
from dashboard.keeping.disk import made
from dashboard.keeping.manifest import DATABASE, LEDGER, Moment
from dashboard.veil import forms
from dashboard.warehouse import Warehouse
from dashboard.warehouse.copying import reading
from dashboard.warehouse.erasing import Erased, Erasure, school_veil
from dashboard.warehouse.expiring import Limits
from dashboard.warehouse.ledger import Line
from dashboard.warehouse.persons import listed

_ASIDE = "erasing-"
Without = Callable[[str], str]  # words as they may stand from now on
Bring = Callable[[Path], object]  # puts the database, as it is, into a new file


class Change(Protocol):
    """What is done in a copy."""

    def done(self, warehouse: Warehouse) -> tuple[Erased, Without]:
        """Do it; answers what it came to, and what may not stand in the ledger any more."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """One person deleted."""

    erasure: Erasure

    def done(self, warehouse: Warehouse) -> tuple[Erased, Without]:
        """Raises RefusedRequest "namesakes" where the name is to go from every word and was
        somebody else's at that time, too.
        """
        erasure, person = self.erasure, self.erasure.person
        with warehouse.snapshot() as reader:
            every = listed(reader)
        gone = frozenset(form for name in person.names for form in forms(name))
        others = [one for one in every if one.mark not in person.marks]
        if not erasure.only_there and any(forms(one.name) & gone for one in others):
            raise RefusedRequest("namesakes")
        if erasure.only_there:
            return warehouse.erase(erasure), str
        veil = school_veil({*person.names, *(one.name for one in every)})
        return warehouse.erase(erasure), lambda words: veil.without(words, gone, erasure.instead)


@dataclass(frozen=True, slots=True)
class Expiring:
    """What is older than a school keeps it."""

    limits: Limits

    def done(self, warehouse: Warehouse) -> tuple[Erased, Without]:
        return warehouse.expire(self.limits), str


@contextmanager
def aside(data: Path) -> Iterator[Path]:
    """A folder for the work, gone afterwards; what a killed program left in one goes first."""
    for folder in data.glob(f"{_ASIDE}*"):
        shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=made(data)) as kept:
        yield Path(kept)


def rewritten(bring: Bring, ledger: Path, work: Path, target: Path, change: Change) -> Erased:
    """Database and ledger in the folder `target`, changed; `work` is an empty folder.

    Raises WorkspaceBusy where the copy does not agree with its ledger or the disk fails, and what
    the change raises.
    """
    bring(work / DATABASE)
    with suppress(FileNotFoundError):
        shutil.copyfile(ledger, work / LEDGER)
    warehouse = Warehouse.open(work / DATABASE, queries=work)  # without marts: nobody reads here
    try:
        done, without = change.done(warehouse)
        held = warehouse.copy(target / DATABASE)
        with reading(target / DATABASE) as reader:
            if Moment.of(reader).tables != held:
                raise RefusedBackup("backup_differs")
    finally:
        warehouse.close()
    redacted(work / LEDGER, target / LEDGER, without)
    return done


def redacted(source: Path, target: Path, without: Without) -> None:
    """The ledger with files' names as they may be; each line's checksum is made anew.

    A line that cannot be read stays unreadable, and loses its words.
    """
    with source.open("rb") as old, target.open("wb") as new:
        new.writelines(_line(raw, without) for raw in old)


def _line(raw: bytes, without: Without) -> bytes:
    try:
        line = Line.read(raw)
    except (ValueError, KeyError, TypeError, AttributeError):
        words = raw.decode("utf-8", "replace")
        return raw if without(words) == words else b"-\n"
    sheets = tuple(replace(one, file=without(one.file)) for one in line.sheets)
    return raw if sheets == line.sheets else replace(line, sheets=sheets).written()
