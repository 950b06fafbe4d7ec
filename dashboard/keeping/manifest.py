"""What a backup says of itself: when, why, which files, and what its tables held at that moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self, get_args

from dashboard import schema
from dashboard.text import Text
from dashboard.warehouse import Import, Reader, imports, settings
from dashboard.warehouse.copying import Content, contents, engine

NAME, DATABASE, LEDGER = "manifest.json", "dashboard.duckdb", "ledger.jsonl"
ACCOUNTS, AUDIT = "accounts.sqlite", "audit.jsonl"
FILES = (DATABASE, LEDGER, ACCOUNTS, AUDIT)  # what may lie in a backup beside the manifest

FORMAT = 1
_ABOUT = Text(  # for whoever opens the file
    "恢复只取数据库；accounts.sqlite（账号）和 audit.jsonl（操作记录）是副本，不会自动恢复。"
    "确需取回账号：停止看板，删除数据文件夹里的 accounts.sqlite、accounts.sqlite-wal、"
    "accounts.sqlite-shm，把这里的 accounts.sqlite 复制过去；操作记录只供查阅，不要覆盖现有的。",
    "A restore takes the database only; accounts.sqlite and audit.jsonl are copies and do not come"
    " back by themselves. To have the accounts back: stop the dashboard, remove accounts.sqlite,"
    " accounts.sqlite-wal and accounts.sqlite-shm from the data folder, copy this accounts.sqlite"
    " there. The log is for reading only; put it over no other.",
)
_LONGEST = 64  # characters of an engine's version
_NOT_OURS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ArithmeticError,  # a number that is none, or one without end
    RecursionError,
)
_LARGEST = 16 * 2**20  # bytes of a manifest that is read at all

Tables = dict[str, Content]
Why = Literal["daily", "by_hand", "before_restore", "before_delete"]
WHY: dict[Why, Text] = {
    "daily": Text("每日自动", "daily"),
    "by_hand": Text("手动", "by hand"),
    "before_restore": Text("恢复之前", "before a restore"),
    "before_delete": Text("删除个人数据之前", "before a person was deleted"),
}


@dataclass(frozen=True, slots=True)
class File:
    """What a file of the backup must be."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Brief:
    """An import in few words: `rows` as read, by register."""

    import_id: int
    at: datetime
    undone: bool
    rows: Mapping[str, int]

    @classmethod
    def of(cls, found: Import) -> Self:
        rows: dict[str, int] = {}
        for sheet in found.sheets:
            rows[sheet.dataset] = rows.get(sheet.dataset, 0) + sheet.counts.get("rows", 0)
        return cls(found.import_id, found.imported_at, found.undone_at is not None, rows)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a database holds: the school it says it is of, its version, its tables, its imports."""

    school: str
    version: int
    tables: Mapping[str, Content]
    imports: tuple[Brief, ...]

    @classmethod
    def of(cls, reader: Reader) -> Self:
        """All of one moment."""
        version = reader.read("select value from meta where name = 'version'")
        return cls(
            settings(reader).name,
            int(version[0]["value"]),
            contents(reader),
            tuple(Brief.of(found) for found in imports(reader)),
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """`engine` is DuckDB's version; `form` stands for the tables as the program then had them.
    `serial` counts the backups of a folder in the order of their making, whatever the clock said;
    0 where that was not counted yet.
    """

    made_at: datetime
    why: Why
    engine: str
    form: str
    moment: Moment
    files: Mapping[str, File]
    serial: int = 0

    @classmethod
    def of(
        cls, moment: Moment, why: Why, at: datetime, files: Mapping[str, File], serial: int = 0
    ) -> Self:
        return cls(at, why, engine(), form(), moment, files, serial)

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files.values())

    def write(self, folder: Path) -> None:
        held = {"format": FORMAT, "about": asdict(_ABOUT)} | asdict(self)
        words = json.dumps(held, ensure_ascii=False, indent=1, default=_plain)
        (folder / NAME).write_text(words, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """None for a folder without one, or with one that is none of ours."""
        try:
            path = folder / NAME
            if path.stat().st_size > _LARGEST:
                return None
            return cls._from(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, *_NOT_OURS):
            return None

    @staticmethod
    def is_newer(folder: Path) -> bool:
        """Whether a later program wrote the manifest there, in a way this one cannot know."""
        try:
            told = json.loads((folder / NAME).read_text(encoding="utf-8"))["format"]
        except (OSError, *_NOT_OURS):
            return False
        return isinstance(told, int) and told > FORMAT

    @classmethod
    def _from(cls, held: Mapping[str, Any]) -> Self:
        if held["format"] != FORMAT:
            raise ValueError("of another program")
        files = {name: File(**file) for name, file in held["files"].items()}
        numbers = all(type(file.bytes) is int for file in files.values())
        if DATABASE not in files or files.keys() - set(FILES) or not numbers:
            raise ValueError("the files are not those of a backup")
        if held["why"] not in get_args(Why):
            raise ValueError("made for no reason we know")
        moment = _moment(held["moment"])
        made_at = datetime.fromisoformat(held["made_at"])
        form, serial = str(held["form"]), held.get("serial", 0)
        if type(serial) is not int:
            raise ValueError("no number in an order")
        return cls(made_at, held["why"], _engine(held), form, moment, files, serial)


def order(folder: Path) -> tuple[int, str]:
    """By which backups stand in the order of their making; what tells none comes first."""
    told = Manifest.read(folder)
    return told.serial if told else 0, folder.name


def _engine(held: Mapping[str, Any]) -> str:
    version = held["engine"]
    if not isinstance(version, str) or len(version) > _LONGEST:
        raise ValueError("no version of an engine")
    return version


def _content(held: Mapping[str, Any]) -> Content:
    """Raises InvalidOperation for a sum that is no number."""
    told = Content(**held)
    if type(told.rows) is not int or not isinstance(told.checksum, str):
        raise ValueError("no content of a table")
    if not all(Decimal(amount).is_finite() for amount in told.sums.values()):
        raise ValueError("no sum")
    return told


def _moment(held: Mapping[str, Any]) -> Moment:
    tables = {str(name): _content(one) for name, one in held["tables"].items()}
    briefs = tuple(
        Brief(
            int(one["import_id"]),
            datetime.fromisoformat(one["at"]),
            bool(one["undone"]),
            {str(name): int(rows) for name, rows in one["rows"].items()},
        )
        for one in held["imports"]
    )
    return Moment(str(held["school"]), int(held["version"]), tables, briefs)


def form() -> str:
    """Twelve digits that stand for the tables and columns this program knows."""
    return hashlib.sha256(json.dumps(schema.tables(), sort_keys=True).encode()).hexdigest()[:12]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
