"""The import ledger: beside the database, one JSON line per event, so that it tells what the
database has lost.

DuckDB drops a log that was cut, or left behind by whoever copied the file, without a word. Each
write therefore says here that it has begun, and when it is committed that it is done, with what
every table then held. Lines are only ever added; each ends in a checksum of itself, so a torn or
rotten one is known. (Not to be taken for the register of that name, which holds money.)
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from dashboard.errors import WorkspaceBusy
from dashboard.warehouse.states import State

NAME = "ledger.jsonl"

What = Literal["begun", "done", "dropped", "seen", "mended"]
Kind = Literal[
    "import", "undo", "settings", "mapping", "corrected", "erased", "allowed",  # what people do
    "began", "upgraded", "restored", "went_on",  # what becomes of the file
]  # fmt: skip
ANEW: tuple[Kind, ...] = ("began", "restored", "went_on")  # what was before is told no more
OVER: tuple[Kind, ...] = ("import", *ANEW)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of an import; `rows` as read, `sums` its amounts by field, exact."""

    register: str
    file: str
    digest: str
    rows: int
    added: int
    changed: int
    removed: int
    sums: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One event. `serial` counts the writes, and stands in the database as well; `version` is the
    one that pages are cached under; `states` are all tables with rows, after the write.
    """

    what: What
    kind: Kind
    serial: int
    at: datetime
    version: int = 0
    imports: tuple[int, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)

    @property
    def registers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sheet.register for sheet in self.sheets))

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sheet.file for sheet in self.sheets))

    @property
    def rows(self) -> int:
        return sum(sheet.rows for sheet in self.sheets)

    def written(self) -> bytes:
        held: dict[str, Any] = {
            "what": self.what,
            "kind": self.kind,
            "serial": self.serial,
            "at": self.at.isoformat(),
            "version": self.version,
            "imports": self.imports,
            "sheets": [{n: getattr(one, n) for n in Sheet.__slots__} for one in self.sheets],
            "states": {name: state.as_json() for name, state in self.states.items()},
        }
        held = {name: value for name, value in held.items() if value or name == "serial"}
        return (_json(held | {"check": _check(held)}) + "\n").encode()

    @classmethod
    def read(cls, raw: bytes) -> Line:
        """Raises ValueError, KeyError or TypeError for what is none of ours, or no longer."""
        held = json.loads(raw)
        if held.pop("check") != _check(held) or held["what"] not in get_args(What):
            raise ValueError("not as it was written")
        return cls(
            held["what"],
            held["kind"],
            held["serial"],
            datetime.fromisoformat(held["at"]),
            held.get("version", 0),
            tuple(held.get("imports", ())),
            tuple(Sheet(**one) for one in held.get("sheets", ())),
            {name: State.from_json(one) for name, one in held.get("states", {}).items()},
        )


def _json(held: Mapping[str, Any]) -> str:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _check(held: Mapping[str, Any]) -> str:
    return hashlib.sha256(_json(held).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Told:
    """The whole ledger. `torn`: its last line is not whole, as after a power cut; `rotten`: the
    numbers of others that are not. What was told before a new beginning does not count.
    """

    lines: tuple[Line, ...] = ()
    torn: bool = False
    rotten: tuple[int, ...] = ()

    @property
    def last(self) -> Line | None:
        """The last write that is known to be committed."""
        return next((line for line in reversed(self.lines) if line.what == "done"), None)

    @property
    def begun(self) -> Line | None:
        """The write that may have been committed after it."""
        line = next((line for line in reversed(self.lines) if line.what == "begun"), None)
        return line if line and line.serial > (self.last.serial if self.last else -1) else None

    def unfinished(self) -> tuple[Line, ...]:
        """Imports that were begun and never came to an end, until another one did."""
        found: list[Line] = []
        for line in self.lines:
            if line.what == "begun" and line.kind == "import":
                found.append(line)
            elif line.what == "dropped" and found:
                found.pop()
            elif line.what == "seen" or (line.what == "done" and line.kind in OVER):
                found.clear()
        return tuple(found)


class Ledger:
    """The file. One writer at a time; the warehouse sees to that."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def size(self) -> int:
        return self._path.stat().st_size if self._path.exists() else 0

    def told(self) -> Told:
        """Everything in it; nothing where there is none. Raises WorkspaceBusy."""
        try:
            raw = self._path.read_bytes() if self._path.exists() else b""
        except OSError as error:
            raise unwritable(error) from error
        lines: list[Line] = []
        bad: list[int] = []
        pieces = raw.removesuffix(b"\n").split(b"\n") if raw else []
        for number, piece in enumerate(pieces, 1):
            try:
                line = Line.read(piece)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                bad.append(number)
                continue
            over = line.kind in ANEW
            bad = [one for one in bad if not over and (line.what, one) != ("mended", number - 1)]
            lines.append(line)
        torn = bool(bad) and bad[-1] == len(pieces)
        return Told(tuple(lines), torn, tuple(bad[:-1] if torn else bad))

    def append(self, *lines: Line) -> None:
        """On the disk when this returns. Raises WorkspaceBusy "no_room" or "storage", and then
        nothing of it stands in the file.
        """
        try:
            self._append(b"".join(line.written() for line in lines))
        except OSError as error:
            raise unwritable(error) from error

    def _append(self, raw: bytes) -> None:
        is_new = not self._path.exists()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(self._path, flags, 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            before = file.seek(0, os.SEEK_END)
            try:
                _write_whole(file.fileno(), (b"" if _ends_whole(file, before) else b"\n") + raw)
                os.fsync(file.fileno())
            except OSError:
                file.truncate(before)
                raise
        if is_new:
            fsync_folder(self._path.parent)


def _ends_whole(file: Any, size: int) -> bool:
    """A torn line stays where it is; what follows begins a line of its own."""
    if not size:
        return True
    file.seek(size - 1)
    return bool(file.read(1) == b"\n")


def _write_whole(handle: int, raw: bytes) -> None:
    while raw:
        raw = raw[os.write(handle, raw) :]


def fsync_folder(folder: Path) -> None:
    """That a file is there outlives a power cut, too; Windows keeps its folders by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(error: OSError) -> WorkspaceBusy:
    if isinstance(error, IsADirectoryError) and error.filename:
        return WorkspaceBusy("in_the_way", name=Path(error.filename).name)
    full = {"ENOSPC", "EDQUOT", "EFBIG"} & {_name(error)}
    return WorkspaceBusy("no_room") if full else WorkspaceBusy("storage", reason=_name(error))


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
