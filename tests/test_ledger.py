"""The import ledger beside the database: whatever the database loses is named at the next start."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from arrivals import arrival, ledger, one, spent
from hypothesis import HealthCheck, given, settings
from test_undo import STEPS, step

from dashboard.errors import RefusedImport, WorkspaceBusy
from dashboard.schema import Arrival
from dashboard.warehouse import Warehouse
from dashboard.warehouse.ledger import NAME, Ledger, Line, Told
from dashboard.warehouse.states import Measure

FILE = "dashboard.duckdb"
Open = Callable[[], Warehouse]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return tmp_path / "school"


@pytest.fixture
def opened(school: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens the workspace once more, the one before closed first."""
    held: list[Warehouse] = []

    def open_it() -> Warehouse:
        for before in held:
            before.close()
        held.append(Warehouse.open(school / FILE, queries=tmp_path))
        return held[-1]

    yield open_it
    for warehouse in held:
        warehouse.close()


@pytest.fixture
def warehouse(opened: Open) -> Warehouse:
    return opened()


def told(school: Path) -> Told:
    return Ledger(school / NAME).told()


def march(amount: str = "1", file: str = "三月.xlsx") -> list[Arrival]:
    return [ledger({amount: spent(amount)}, file=file)]


def codes(warehouse: Warehouse) -> list[str]:
    return [finding.code for finding in warehouse.verified.findings]


# --- what is told -----------------------------------------------------------------------------


def test_an_import_is_told_before_and_after_with_its_rows_and_sums(
    warehouse: Warehouse, school: Path
) -> None:
    rows = {"a": spent("1.10"), "b": spent("2.25")}
    warehouse.load([ledger(rows, file="三月.xlsx")])
    begun, done = told(school).lines[-2:]
    assert (begun.what, begun.kind, begun.serial, begun.imports) == ("begun", "import", 1, (1,))
    assert (done.what, done.serial, done.imports, done.rows) == ("done", 1, (1,), 2)
    assert (done.files, done.sheets[0].added) == (("三月.xlsx",), 2)
    assert done.states["ledger"].rows == 2
    assert done.states["ledger"].sums["expense"] == Decimal("3.35")
    assert done.version == warehouse.version


def test_every_kind_of_write_is_told(warehouse: Warehouse, school: Path) -> None:
    warehouse.load(march())
    warehouse.undo(1)
    warehouse.set("name", {"name": "实验小学"})
    warehouse.forget("nothing")
    kinds = [line.kind for line in told(school).lines if line.what == "done"]
    assert kinds == ["began", "import", "undo", "settings", "mapping"]


def test_a_refused_import_leaves_nothing_to_tell(opened: Open, school: Path) -> None:
    batch = [replace(march()[0], mode="add")]
    warehouse = opened()
    warehouse.load(batch)
    with pytest.raises(RefusedImport):
        warehouse.load(batch)
    assert told(school).lines[-1].what == "dropped"
    again = opened()
    assert (again.verified.findings, again.verified.unfinished) == ((), ())
    assert again.load(march("2")).import_id == 2


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_is_told_is_what_is_there(
    opened: Open, school: Path, steps: list[list[Arrival] | int]
) -> None:
    """Imports are counted by their part only; the whole, counted anew, must be the same."""
    shutil.rmtree(school, ignore_errors=True)
    warehouse, numbers = opened(), iter(range(1000))
    for what in steps:
        step(warehouse, what, numbers)
        with warehouse._looking() as cursor:
            there = Measure.of(cursor).every(cursor)
        last = told(school).last
        assert last
        assert last.states == there
    assert opened().verified.findings == ()


# --- what is missing --------------------------------------------------------------------------


def older_database(opened: Open, school: Path, *batches: list[Arrival]) -> Warehouse:
    """The database as it was after the first of these imports, the ledger as after the last."""
    warehouse = opened()
    warehouse.load(batches[0])
    warehouse.close()
    shutil.copy(school / FILE, school / "kept")
    again = opened()
    for batch in batches[1:]:
        again.load(batch)
    again.close()
    shutil.move(school / "kept", school / FILE)
    return opened()


def test_imports_the_database_has_lost_are_named(opened: Open, school: Path) -> None:
    found = older_database(opened, school, march(), march("2"), march("3", file="王芳慰问.xlsx"))
    assert codes(found) == ["missing", "missing"]
    last = found.verified.findings[-1]
    assert last.imports == (3,)
    assert "#3" in last.message.zh
    assert "经费" in last.message.zh
    assert "1 行" in last.message.zh
    assert "王芳" not in last.message.zh + last.message.en
    assert "王芳慰问.xlsx" in last.in_full.zh


def test_a_write_ahead_log_that_is_gone_is_noticed(
    opened: Open, school: Path, tmp_path: Path
) -> None:
    warehouse = opened()
    warehouse.load(march())
    shutil.copytree(school, tmp_path / "copied")
    (tmp_path / "copied" / f"{FILE}.wal").unlink()
    copy = Warehouse.open(tmp_path / "copied" / FILE, queries=tmp_path)
    assert copy.verified.findings[0].imports == (1,)
    copy.close()


def test_a_database_that_is_gone_lacks_everything(opened: Open, school: Path) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    (school / FILE).unlink()
    assert opened().verified.findings[0].imports == (1,)


def test_a_missing_undo_is_named_as_one(opened: Open, school: Path) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    shutil.copy(school / FILE, school / "kept")
    again = opened()
    again.undo(1)
    again.close()
    shutil.move(school / "kept", school / FILE)
    (found,) = opened().verified.findings
    assert "撤销导入 #1" in found.message.zh


def test_data_in_doubt_can_be_read_and_not_written(opened: Open, school: Path) -> None:
    found = older_database(opened, school, march(), march("2"))
    assert one(found, "select count(*) as n from ledger") == {"n": 1}
    for deed in (lambda: found.load(march("4")), lambda: found.undo(1), lambda: found.forget("x")):
        with pytest.raises(WorkspaceBusy, match="unverified"):
            deed()
    assert one(found, "select count(*) as n from ledger") == {"n": 1}


def test_going_on_is_a_line_and_ends_the_doubt(opened: Open, school: Path) -> None:
    found = older_database(opened, school, march(), march("2"), march("3"))
    highest = max(line.version for line in told(school).lines)
    found.go_on()
    assert found.verified.whole
    assert found.version > highest
    assert told(school).lines[-1].kind == "went_on"
    assert found.load(march("9")).import_id == 2
    assert opened().verified.findings == ()


def test_what_is_missing_stays_missing_at_the_next_start(opened: Open, school: Path) -> None:
    older_database(opened, school, march(), march("2"))
    assert codes(opened()) == ["missing"]


# --- killed in between ------------------------------------------------------------------------


def cut_lines(school: Path, count: int, *, torn: bytes = b"") -> None:
    lines = (school / NAME).read_bytes().splitlines(keepends=True)
    (school / NAME).write_bytes(b"".join(lines[:-count]) + torn)


def test_a_commit_whose_line_was_not_written_is_completed_quietly(
    opened: Open, school: Path
) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    cut_lines(school, 1)
    again = opened()
    assert again.verified.findings == ()
    assert again.verified.unfinished == ()
    done = told(school).last
    assert done
    assert (done.kind, done.imports, done.rows) == ("import", (1,), 1)
    assert again.load(march("2")).import_id == 2
    assert codes(opened()) == []


def test_an_import_cut_off_before_its_commit_is_told_until_it_was_seen(
    opened: Open, school: Path
) -> None:
    warehouse = opened()
    warehouse.load(march(file="四月.xlsx"))
    warehouse.close()
    begun = told(school).lines[-2]
    Ledger(school / NAME).append(replace(begun, serial=begun.serial + 1))
    again = opened()
    assert [line.files for line in again.verified.unfinished] == [("四月.xlsx",)]
    assert again.verified.whole
    again.seen()
    assert opened().verified.unfinished == ()


@pytest.mark.parametrize("lines", [0, 1], ids=["as it should be", "whose line was not written"])
def test_an_import_cut_off_is_told_no_more_when_another_came_in(
    opened: Open, school: Path, lines: int
) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    begun = told(school).lines[-2]
    Ledger(school / NAME).append(replace(begun, serial=begun.serial + 1))
    again = opened()
    again.load(march("2"))
    assert again.verified.unfinished == ()
    again.close()
    if lines:
        cut_lines(school, lines)
    assert opened().verified.unfinished == ()


# --- a damaged ledger -------------------------------------------------------------------------


def test_a_torn_last_line_is_told_apart_and_stands_in_nobodys_way(
    opened: Open, school: Path
) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    whole = (school / NAME).read_bytes()
    (school / NAME).write_bytes(whole[:-40])
    again = opened()
    assert codes(again) == ["torn"]
    assert again.load(march("2")).import_id == 2
    assert codes(opened()) == []


def test_a_rotten_line_is_told_by_its_number(opened: Open, school: Path) -> None:
    warehouse = opened()
    for amount in "123":
        warehouse.load(march(amount))
    warehouse.close()
    lines = (school / NAME).read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"import"', b'"imporu"')
    (school / NAME).write_bytes(b"".join(lines))
    again = opened()
    assert codes(again) == ["rotten"]
    assert "3" in again.verified.findings[0].message.zh
    assert again.verified.whole


def test_an_older_ledger_is_noticed(opened: Open, school: Path) -> None:
    warehouse = opened()
    for amount in "123":
        warehouse.load(march(amount))
    warehouse.close()
    cut_lines(school, 4)
    again = opened()
    assert codes(again) == ["ahead"]
    with pytest.raises(WorkspaceBusy, match="unverified"):
        again.load(march("4"))


def test_a_ledger_that_is_gone_is_noticed(opened: Open, school: Path) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    (school / NAME).unlink()
    assert codes(opened()) == ["lost"]
    opened().go_on()
    assert codes(opened()) == []


def test_a_ledger_removed_while_the_file_is_open_stops_the_writing(
    warehouse: Warehouse, school: Path
) -> None:
    warehouse.load(march())
    (school / NAME).unlink()
    with pytest.raises(WorkspaceBusy, match="unverified"):
        warehouse.load(march("2"))


# --- contents ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("update ledger set expense = expense + 1", "合计账本记 3.00，现为 4.00"),
        ("delete from ledger", "账本记 1 行，现有 0 行"),
        ("update ledger set note = 'x'", "账本记 1 行，现有 1 行"),
        ("update imports set who = 'x'", "内部表 imports"),
        ("update sources set file = 'x'", "内部表 sources"),
    ],
)
def test_contents_that_changed_behind_its_back_are_told(
    opened: Open, school: Path, change: str, said: str
) -> None:
    warehouse = opened()
    warehouse.load(march("3"))
    warehouse.close()
    with duckdb.connect(str(school / FILE)) as con:
        con.execute(change)
    found = opened().verified.findings
    assert [finding.code for finding in found] == ["differs"]
    assert said in found[0].message.zh


def test_a_file_of_another_program_version_is_compared_by_rows_and_sums(
    opened: Open, school: Path
) -> None:
    warehouse = opened()
    warehouse.load(march("3"))
    warehouse.close()
    with duckdb.connect(str(school / FILE)) as con:
        con.execute("alter table ledger add column later varchar")
    again = opened()
    assert codes(again) == []
    assert told(school).lines[-1].kind == "upgraded"
    again.close()
    with duckdb.connect(str(school / FILE)) as con:
        con.execute("update ledger set later = 'x'")
    assert codes(opened()) == ["differs"]


def test_a_file_older_than_ledgers_begins_one(opened: Open, school: Path) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    (school / NAME).unlink()
    with duckdb.connect(str(school / FILE)) as con:
        con.execute("delete from meta where name = 'ledger'")
    assert codes(opened()) == []
    (line,) = told(school).lines
    assert (line.kind, line.states["ledger"].rows) == ("began", 1)


def test_a_damaged_database_is_called_damaged(opened: Open, school: Path) -> None:
    warehouse = opened()
    warehouse.load([arrival("ledger", {f"{n}": spent(str(n)) for n in range(5000)})])
    warehouse.close()
    raw = bytearray((school / FILE).read_bytes())
    raw[len(raw) // 2] ^= 1
    (school / FILE).write_bytes(raw)
    with pytest.raises(WorkspaceBusy) as caught:
        opened()
    assert caught.value.code == "damaged_data"
    assert (school / FILE).read_bytes() == bytes(raw)


def test_a_line_that_opens_without_end_is_a_rotten_one(opened: Open, school: Path) -> None:
    warehouse = opened()
    warehouse.load(march())
    warehouse.close()
    with (school / NAME).open("ab") as file:
        file.write(b"[" * 200_000 + b"\n" + Line("mended", "import", 1, datetime.now()).written())
    assert codes(opened()) == []
    assert [line.what for line in told(school).lines][-1] == "mended"


@pytest.mark.parametrize("name", [FILE, NAME])
def test_a_folder_in_a_files_place_is_a_refusal(opened: Open, school: Path, name: str) -> None:
    opened().close()
    (school / name).unlink()
    (school / name).mkdir()
    with pytest.raises(WorkspaceBusy, match=f"in_the_way.*{name}"):
        opened()


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody replace an open file")
@pytest.mark.parametrize("copied", [False, True])
def test_nothing_is_written_to_a_file_that_is_there_no_more(
    opened: Open, school: Path, copied: bool
) -> None:
    """Deleted, or another put in its place: what it took would be gone with the program."""
    warehouse = opened()
    warehouse.load(march())
    if copied:
        shutil.copy(school / FILE, school / "copy")
        (school / "copy").replace(school / FILE)
    else:
        (school / FILE).rename(school / "elsewhere")
    before = (school / NAME).read_bytes()
    for write in (lambda: warehouse.load(march("2")), lambda: warehouse.undo(1), warehouse.go_on):
        with pytest.raises(WorkspaceBusy, match="replaced"):
            write()
    assert (school / NAME).read_bytes() == before


# --- the file ---------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_the_ledger_belongs_to_this_user_alone(warehouse: Warehouse, school: Path) -> None:
    warehouse.load(march())
    assert (school / NAME).stat().st_mode & 0o077 == 0


def test_two_handles_in_one_program_tell_one_story(warehouse: Warehouse, tmp_path: Path) -> None:
    other = Warehouse.open(tmp_path / "school" / FILE, queries=tmp_path)
    for n, held in enumerate([warehouse, other, other, warehouse]):
        held.load(march(str(n)))
    assert other.verify().findings == ()
    other.close()
