"""The registers as plain files that any program will read in twenty years: CSV and Parquet.

    archive-20260105-173000.zip
        README.txt       what this is, and what every column means
        schema.json      the same for programs
        csv/ledger.csv   parquet/ledger.parquet   … one of each per register, and the imports
        SHA256SUMS

Every row and every cent of one moment. Columns that a contract does not keep were never stored, so
they are in none of these.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.keeping.readme import COLUMNS, TABLES, readme, words_of
from dashboard.schema import quoted
from dashboard.text import is_formula
from dashboard.warehouse import Reader

_ROWS = 50_000  # in memory at a time


class _Summed(io.RawIOBase):
    """What is written into a member of the archive, and its sha256."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member, self.digest, self._place = member, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        held = bytes(data)
        self.digest.update(held)
        self._member.write(held)
        self._place += len(held)
        return len(held)

    def tell(self) -> int:
        return self._place


class Archive:
    """A zip that is being written, and the digests of what is in it."""

    def __init__(self, target: IO[bytes], name: str) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._name = name
        self._sums: list[tuple[str, str]] = []

    @contextmanager
    def member(self, path: str) -> Iterator[_Summed]:
        with self._zip.open(f"{self._name}/{path}", "w", force_zip64=True) as held:
            summed = _Summed(held)
            yield summed
            self._sums.append((summed.digest.hexdigest(), path))

    def close(self) -> None:
        lines = "".join(f"{digest}  {path}\n" for digest, path in self._sums)
        self._zip.writestr(f"{self._name}/SHA256SUMS", lines)
        self._zip.close()


def write(reader: Reader, target: IO[bytes], at: datetime) -> dict[str, int]:
    """All registers of the reader's moment into one zip; answers table -> rows."""
    archive = Archive(target, f"archive-{at:%Y%m%d-%H%M%S}")
    counts = {name: _table(reader, archive, name) for name in TABLES}
    with archive.member("README.txt") as file:
        file.write(readme(counts, at).encode("utf-8-sig"))
    with archive.member("schema.json") as file:
        file.write(json.dumps(_schema(counts), ensure_ascii=False, indent=1).encode())
    archive.close()
    return counts


def _table(reader: Reader, archive: Archive, name: str) -> int:
    """One table twice; answers its rows."""
    columns = list(COLUMNS[name])
    select = f"select {quoted(columns)} from {TABLES[name]} order by all"  # noqa: S608 - our own names
    with archive.member(f"parquet/{name}.parquet") as file:
        _write_parquet(reader.batches(select, _ROWS), file)
    with archive.member(f"csv/{name}.csv") as file:
        return _write_csv(reader.batches(select, _ROWS), file)


def _write_parquet(batches: pa.RecordBatchReader, file: _Summed) -> None:
    with pq.ParquetWriter(pa.PythonFile(file, mode="w"), batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_csv(batches: pa.RecordBatchReader, file: _Summed) -> int:
    """UTF-8 with the mark by which spreadsheet programs know it, lines as RFC 4180 has them."""
    words = io.TextIOWrapper(io.BufferedWriter(file), encoding="utf-8-sig", newline="")
    writer = csv.writer(words, lineterminator="\r\n")
    writer.writerow(batches.schema.names)
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        columns = [[_plain(value) for value in column.to_pylist()] for column in batch.columns]
        writer.writerows(zip(*columns, strict=True))
    words.flush()
    words.detach().detach()
    return rows


def _plain(value: object) -> str:
    """A number with all its digits, a day as 2026-01-05, nothing as nothing; text that a
    spreadsheet program would run gets an apostrophe in front, and so does one that has one.
    """
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if is_formula(text) or text.startswith("'") else text


def _schema(counts: dict[str, int]) -> dict[str, Any]:
    return {
        name: {"rows": rows, "columns": {c: words_of(name, c) for c in COLUMNS[name]}}
        for name, rows in counts.items()
    }
