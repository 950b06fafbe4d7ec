"""An archive that anything reads in twenty years: all rows, to the cent, with the standard library
alone; and what a Parquet reader finds is the same.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from here import read_here
from kept import school, spend, without_marts

from dashboard import audit
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedRequest
from dashboard.keeping import asked, deeds
from dashboard.keeping.readme import COLUMNS, TABLES
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces

AT = datetime(2026, 3, 4, 12, 0)
Files = dict[str, bytes]


def files_of(spaces: Workspaces) -> Files:
    held = io.BytesIO()
    deeds.archived(spaces, held, "local", AT)
    with zipfile.ZipFile(held) as archive:
        names = archive.namelist()
        assert all(name.startswith("archive-20260304-120000/") for name in names)
        return {name.partition("/")[2]: archive.read(name) for name in names}


def rows_of(files: Files, name: str) -> list[dict[str, str]]:
    words = files[f"csv/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(words, newline="")))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspaces]:
    """The fictional school's files, as the school's own."""
    folder = tmp_path_factory.mktemp("archive")
    with Workspaces(Settings(data=folder)) as building:
        building.ensure_demo(read_here)
    (folder / "demo").rename(folder / "school")
    with school(folder) as spaces:
        yield spaces


@pytest.fixture(scope="module")
def files(sample: Workspaces) -> Files:
    return files_of(sample)


def read(value: str, kind: str) -> Any:
    """A cell as whoever knows only the README would read it."""
    if value == "":
        return None
    value = value.removeprefix("'") if kind == "VARCHAR" else value
    readers: dict[str, Any] = {
        "DECIMAL(20,4)": Decimal,
        "BIGINT": int,
        "INTEGER": int,
        "DATE": date.fromisoformat,
        "TIMESTAMP": datetime.fromisoformat,
        "BOOLEAN": {"True": True, "False": False}.get,
    }
    return readers.get(kind, str)(value)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_comes_back_from_the_text(sample: Workspaces, files: Files, name: str) -> None:
    columns = ", ".join(f'"{column}"' for column in COLUMNS[name])
    stored = sample.warehouse("school").read(f"select {columns} from {TABLES[name]} order by all")
    assert stored
    found = [{c: read(v, COLUMNS[name][c]) for c, v in row.items()} for row in rows_of(files, name)]
    blank = [{c: v if v != "" else None for c, v in row.items()} for row in stored]
    assert found == blank


@pytest.mark.parametrize("name", TABLES)
def test_every_row_comes_back_from_the_parquet(sample: Workspaces, files: Files, name: str) -> None:
    columns = ", ".join(f'"{column}"' for column in COLUMNS[name])
    stored = sample.warehouse("school").read(f"select {columns} from {TABLES[name]} order by all")
    assert pq.read_table(io.BytesIO(files[f"parquet/{name}.parquet"])).to_pylist() == stored


def test_the_sums_are_the_schools_to_the_cent(sample: Workspaces, files: Files) -> None:
    (stored,) = sample.warehouse("school").read("select sum(income) i, sum(expense) e from ledger")
    rows = rows_of(files, "ledger")
    for field, total in (("income", stored["i"]), ("expense", stored["e"])):
        assert sum((Decimal(row[field]) for row in rows if row[field]), Decimal(0)) == total


def test_the_digests_are_those_of_the_files(files: Files) -> None:
    lines = files["SHA256SUMS"].decode().splitlines()
    told = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    assert told.keys() == files.keys() - {"SHA256SUMS"}
    for path, digest in told.items():
        assert hashlib.sha256(files[path]).hexdigest() == digest


def test_every_column_is_explained_in_both_languages(files: Files) -> None:
    words, schema = files["README.txt"].decode("utf-8-sig"), json.loads(files["schema.json"])
    for name in TABLES:
        assert schema[name]["rows"] == len(rows_of(files, name))
        assert list(schema[name]["columns"]) == list(rows_of(files, name)[0])
        for column, told in schema[name]["columns"].items():
            assert words.count(f"\r\n    {column}  {told['zh']} [") >= 1, (name, column)
            assert words.count(f"\r\n    {column}  {told['en']} [") >= 1, (name, column)
    assert "female = 女" in words
    assert schema["ledger"]["columns"]["expense"]["type"] == "DECIMAL(20,4)"


def test_no_column_that_is_not_kept_is_in_it(files: Files) -> None:
    for name, dataset in DATASETS.items():
        dropped = {column.name for column in dataset.columns if not column.keep}
        assert not dropped & rows_of(files, name)[0].keys()
    told = {column for name in DATASETS for column in rows_of(files, name)[0]}
    assert not told & {"row_key", "raw", "source_column", "id_number", "phone", "card"}


PAYLOADS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", ' =HYPERLINK("x")', "'=1"]


def test_no_text_runs_as_a_formula_and_no_number_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arrivals import ledger, spent

    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as spaces:
        rows = {str(n): spent("-12.34", summary=text) for n, text in enumerate(PAYLOADS)}
        spaces.warehouse("school").load([ledger(rows)])
        files = files_of(spaces)
    found = rows_of(files, "ledger")
    assert {row["expense"] for row in found} == {"-12.3400"}
    assert sorted(row["summary"] for row in found) == sorted(f"'{text}" for text in PAYLOADS)
    parquet = pq.read_table(io.BytesIO(files["parquet/ledger.parquet"]))
    assert sorted(parquet["summary"].to_pylist()) == sorted(PAYLOADS)


def test_an_archive_is_a_whole_file_or_none_and_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as spaces:
        spend(spaces, "a", "1")
        place = tmp_path / "here.zip"
        done = asked.answer(spaces, asked.Asked("archive", str(place)))
        assert done.done
        assert zipfile.is_zipfile(place)
        again = asked.answer(spaces, asked.Asked("archive", str(place)))
        assert not again.done
        assert again.lines[0] == RefusedRequest("file_exists", file=place).message
        missing = asked.Asked("archive", str(tmp_path / "no" / "x.zip"))
        assert not asked.answer(spaces, missing).done
        assert audit.entries(spaces.data)[-1].act == "archived"
    assert [path.name for path in tmp_path.glob("*.zip")] == ["here.zip"]
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".tmp")]
