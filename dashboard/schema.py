"""The tables, generated from the contracts: their DDL, the staged rows, and the merge by key.

Everything here is text and Arrow values; the database itself is spoken to in warehouse.py only.
Names come from contracts, never from a file or a person, so quoting them is enough.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.contracts.subjects import resolve
from dashboard.errors import BadDefinition
from dashboard.importing.report import SheetReport

PROVENANCE = {"source_id": "INTEGER", "source_row": "INTEGER", "raw": "VARCHAR"}
OWN: dict[str, dict[str, str]] = {
    "imports": {"import_id": "INTEGER", "imported_at": "TIMESTAMP", "files": "INTEGER"},
    "sources": {
        "source_id": "INTEGER",
        "import_id": "INTEGER",
        "file": "VARCHAR",
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "dataset": "VARCHAR",
        "as_of": "DATE",
        "encoding": "VARCHAR",
        "header_rows": "VARCHAR",
        "columns": "VARCHAR",
        "counts": "VARCHAR",
        "sums": "VARCHAR",
        "added": "INTEGER",
        "changed": "INTEGER",
        "unchanged": "INTEGER",
    },
    "meta": {"name": "VARCHAR", "value": "VARCHAR"},
    "subject_map": {
        "subject": "VARCHAR",
        "code": "VARCHAR",
        "level1": "VARCHAR",
        "level2": "VARCHAR",
        "kind": "VARCHAR",
    },
    "school_rules": {"name": "VARCHAR", "value": "DOUBLE"},
}
KEYS = {"imports": ("import_id",), "sources": ("source_id",), "meta": ("name",)}

_ARROW = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(20,4)": pa.decimal128(20, 4),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One sheet on its way in, and the file it came from."""

    file: str
    sha256: str
    encoding: str | None
    sheet: SheetReport


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of one sheet's rows."""

    added: int
    changed: int
    unchanged: int

    @classmethod
    def counted(cls, actions: list[str], rows: int) -> Merged:
        """From the merge's answer: one word per row written."""
        return cls(actions.count("INSERT"), actions.count("UPDATE"), rows - len(actions))


@dataclass(frozen=True, slots=True)
class Loaded:
    """One import, its sheets in order. `changed` is False where everything was there already."""

    import_id: int
    sheets: tuple[Merged, ...]

    @property
    def changed(self) -> bool:
        return any(sheet.added or sheet.changed for sheet in self.sheets)


def key_of(dataset: Dataset) -> tuple[str, ...]:
    return ("as_of", "row_key") if dataset.shape == "snapshot" else ("row_key",)


def columns_of(dataset: Dataset) -> dict[str, str]:
    """Column -> SQL type of the dataset's table, in order."""
    fields = dataset.stored()
    as_of = {"as_of": "DATE"} if dataset.shape == "snapshot" else {}
    own = {"row_key": "VARCHAR"} | as_of
    taken = sorted(fields.keys() & (own | PROVENANCE).keys())
    if taken or dataset.name in OWN:
        raise BadDefinition(f"{dataset.name}: {taken or 'its name'} belongs to the warehouse")
    return own | fields | PROVENANCE


def tables() -> dict[str, dict[str, str]]:
    """Every table of a workspace: name -> column -> SQL type."""
    return {name: columns_of(dataset) for name, dataset in DATASETS.items()} | OWN


class Cursor(Protocol):
    """What is needed of a database cursor here."""

    def execute(self, query: str, parameters: object = None, /) -> Any: ...


def prepare(cursor: Cursor, school: Mapping[str, float]) -> None:
    """Tables as the contracts have them today; what follows from rule files is made anew.

    Views go: the marts are built again on top.
    """
    views = "select view_name from duckdb_views() where not internal"
    for (view,) in cursor.execute(views).fetchall():
        cursor.execute(f'drop view "{view}"')
    columns = "select table_name, column_name from duckdb_columns() where not internal"
    for statement in upgrade_statements(set(cursor.execute(columns).fetchall())):
        cursor.execute(statement)
    cursor.execute("insert or ignore into meta values ('version', '0')")
    replace(cursor, "school_rules", [{"name": n, "value": v} for n, v in school.items()])
    map_subjects(cursor)


def map_subjects(cursor: Cursor) -> None:
    """Each subject as schools write it, with its place in the chart of accounts if it has one."""
    written = "select subject from ledger union select subject from budget order by subject"
    texts = [text for (text,) in cursor.execute(written).fetchall() if text is not None]
    replace(cursor, "subject_map", [{"subject": text, **_place(text)} for text in texts])


def _place(text: str) -> dict[str, object]:
    found = resolve(text)
    return {name: getattr(found, name, None) for name in ("code", "level1", "level2", "kind")}


def replace(cursor: Cursor, table: str, rows: Iterable[dict[str, object]]) -> None:
    """Other rows into one of the own tables."""
    cursor.execute(f'delete from "{table}"')  # noqa: S608 - own names
    for row in rows:
        cursor.execute(insert_statement(table), row)


def upgrade_statements(present: set[tuple[str, str]]) -> list[str]:
    """DDL that makes a new file whole and gives an older one its new columns, data kept.

    `present` holds the (table, column) pairs there are.
    """
    keys = {name: key_of(dataset) for name, dataset in DATASETS.items()} | KEYS
    known = {table for table, _ in present}
    statements: list[str] = []
    for table, columns in tables().items():
        parts = {name: f'"{name}" {kind}' for name, kind in columns.items()}
        if table in known:
            new = [part for name, part in parts.items() if (table, name) not in present]
            statements += [f'alter table "{table}" add column {part}' for part in new]
        else:
            key = [f"primary key ({_names(keys[table])})"] if table in keys else []
            statements.append(f'create table "{table}" ({", ".join([*parts.values(), *key])})')
    return statements


def staged(dataset: Dataset, sheet: SheetReport) -> Any:
    """The sheet's rows as a pyarrow Table, typed by the contract: nothing is ever inferred.

    Columns: row_key, the stored fields, source_row, raw. Raises pyarrow's errors (ValueError,
    TypeError) where a value does not fit its type exactly.
    """
    fields = dataset.stored()
    arrays = {"row_key": pa.array(sheet.keys, pa.string())}
    for name, kind in fields.items():
        arrays[name] = pa.array([row.get(name) for row in sheet.rows], _ARROW[kind])
    arrays["source_row"] = pa.array(sheet.numbers, pa.int32())
    arrays["raw"] = pa.array([as_json(raw) if raw else None for raw in sheet.raws], pa.string())
    return pa.table(arrays)


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def merge_statement(dataset: Dataset, mapped: Iterable[str]) -> str:
    """Staged rows merged by key; answers one row per row written: INSERT or UPDATE.

    `mapped` are the columns the sheet has. Of a row that is there already, other fields keep what
    was stored; what the sheet implies about them only fills gaps. A row whose fields all stay the
    same is not touched, and so keeps its provenance.
    Parameters: $source_id, and $as_of for a snapshot.
    """
    stored = dataset.stored()
    as_of = {"as_of": "$as_of"} if dataset.shape == "snapshot" else {}
    provenance = {"source_id": "$source_id", "source_row": "s.source_row", "raw": "s.raw"}
    values = _new_values(dataset, set(mapped))
    differs = " or ".join(f'{value} is distinct from t."{name}"' for name, value in values.items())
    inserted = {"row_key": "s.row_key"} | as_of | {n: f's."{n}"' for n in stored} | provenance
    return "\n".join(
        (
            f'merge into "{dataset.name}" as t using staged as s',
            f"on t.row_key = s.row_key{' and t.as_of = $as_of' if as_of else ''}",
            f"when matched and ({differs}) then update set",
            ", ".join(f'"{name}" = {value}' for name, value in (values | provenance).items()),
            f"when not matched then insert ({_names(inserted)})",
            f"values ({', '.join(inserted.values())})",
            "returning merge_action",
        )
    )


def _new_values(dataset: Dataset, mapped: set[str]) -> dict[str, str]:
    """Field -> the SQL of its value after the merge; `t` is the stored row, `s` the staged one."""
    spoken = _spoken_for(dataset, mapped)
    values = {}
    for name in dataset.stored():
        new, old = f's."{name}"', f't."{name}"'
        if name in spoken:
            values[name] = new
        elif name in dataset.concludes:
            values[name] = f"coalesce({new}, {old})"
        else:
            values[name] = f"coalesce({old}, {new})"
    return values


def _spoken_for(dataset: Dataset, mapped: set[str]) -> set[str]:
    """The stored fields whose value, even an empty one, is what the sheet says."""
    spoken = {name for name, _ in dataset.derived}
    for column in dataset.columns:
        if column.name in mapped:
            days = (f"{column.name}_from", f"{column.name}_to")
            spoken.update(days if column.type == "period" else (column.name,))
            spoken.update(column.speaks_for)
    return spoken


def insert_statement(table: str) -> str:
    """One row into one of the own tables, by the names of its columns as parameters."""
    names = OWN[table]
    marks = ", ".join(f"${name}" for name in names)
    return f'insert into "{table}" ({_names(names)}) values ({marks})'  # noqa: S608 - own names


def source_row(
    source_id: int, import_id: int, arrival: Arrival, merged: Merged
) -> dict[str, object]:
    """What `sources` keeps of one sheet, so that every row can be led back to its cell."""
    sheet = arrival.sheet
    columns = {name: asdict(column) for name, column in sheet.columns.items()}
    return {
        "source_id": source_id,
        "import_id": import_id,
        "file": arrival.file,
        "sha256": arrival.sha256,
        "sheet": sheet.name,
        "dataset": sheet.dataset,
        "as_of": sheet.as_of,
        "encoding": arrival.encoding,
        "header_rows": as_json(sheet.header_rows),
        "columns": as_json(columns),
        "counts": as_json(sheet.counts),
        "sums": as_json(sheet.sums),
        **asdict(merged),
    }


def school_rules(path: Path) -> dict[str, float]:
    """The school's own settings, numbers by name."""
    rules = tomllib.loads(path.read_text(encoding="utf-8"))
    wrong = sorted(name for name, value in rules.items() if type(value) not in (int, float))
    if wrong:
        raise BadDefinition(f"{path.name}: not a number: {', '.join(wrong)}")
    return {name: float(value) for name, value in rules.items()}


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
