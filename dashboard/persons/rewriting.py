"""A database written anew without one person: a deletion alone leaves their bytes in the file.

Everything is done in a copy. Where it ends well, it takes the place of what was; cut off at any
moment, that stands as it was, and the deletion is asked for once more.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from dashboard.errors import RefusedBackup, RefusedRequest
from dashboard.keeping.disk import made
from dashboard.keeping.manifest import DATABASE, LEDGER, Moment
from dashboard.veil import forms
from dashboard.warehouse import Warehouse
from dashboard.warehouse.copying import reading
from dashboard.warehouse.erasing import Erased, Erasure, school_veil
from dashboard.warehouse.ledger import Line
from dashboard.warehouse.persons import Listed, listed

_ASIDE = "erasing-"
Bring = Callable[[Path], object]  # puts the database, as it is, into a new file


@contextmanager
def aside(data: Path) -> Iterator[Path]:
    """A folder for the work, gone afterwards; what a killed program left in one goes first."""
    for folder in data.glob(f"{_ASIDE}*"):
        shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=made(data)) as kept:
        yield Path(kept)


def rewritten(bring: Bring, ledger: Path, work: Path, target: Path, erasure: Erasure) -> Erased:
    """Database and ledger in the folder `target` without that person; `work` is an empty folder.

    Raises WorkspaceBusy where the copy does not agree with its ledger or the disk fails,
    RefusedRequest "namesakes" where somebody else there bears the name that is to go everywhere.
    """
    bring(work / DATABASE)
    with suppress(FileNotFoundError):
        shutil.copyfile(ledger, work / LEDGER)
    warehouse = Warehouse.open(work / DATABASE, queries=work)  # without marts: nobody reads here
    try:
        with warehouse.snapshot() as reader:
            every = listed(reader)
        _check_namesakes(every, erasure)
        done = warehouse.erase(erasure)
        held = warehouse.copy(target / DATABASE)
        with reading(target / DATABASE) as reader:
            if Moment.of(reader).tables != held:
                raise RefusedBackup("backup_differs")
    finally:
        warehouse.close()
    names = {one.name for one in every}
    redacted(work / LEDGER, target / LEDGER, erasure, names)
    return done


def _check_namesakes(every: Collection[Listed], erasure: Erasure) -> None:
    """Where the name goes from every word, it must be nobody else's at that time either."""
    mine = frozenset(form for name in erasure.person.names for form in forms(name))
    others = [one for one in every if one.mark not in erasure.person.marks]
    if not erasure.only_there and any(forms(one.name) & mine for one in others):
        raise RefusedRequest("namesakes")


def redacted(source: Path, target: Path, erasure: Erasure, names: set[str]) -> None:
    """The ledger with that name in no file's name; each line's checksum is made anew.

    A line that cannot be read stays unreadable, and loses its words.
    """
    veil = school_veil({*names, *erasure.person.names})
    gone = frozenset(form for name in erasure.person.names for form in forms(name))

    def without(words: str) -> str:
        return veil.without(words, gone, erasure.instead)

    with source.open("rb") as old, target.open("wb") as new:
        for raw in old:
            new.write(raw if erasure.only_there else _line(raw, without))


def _line(raw: bytes, without: Callable[[str], str]) -> bytes:
    try:
        line = Line.read(raw)
    except (ValueError, KeyError, TypeError, AttributeError):
        words = raw.decode("utf-8", "replace")
        return raw if without(words) == words else b"-\n"
    sheets = tuple(replace(one, file=without(one.file)) for one in line.sheets)
    return raw if sheets == line.sheets else replace(line, sheets=sheets).written()
