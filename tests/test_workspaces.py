"""The data folder: which workspace is shown, and a demonstration that is whole or not there."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from arrivals import arrival, ledger, one, spent

from dashboard import workspaces
from dashboard.errors import BadDefinition, RefusedRequest, WorkspaceBusy
from dashboard.importing.report import FileReport
from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces


class Reading:
    """Stands in for the reader: one ledger row per file, its amount the file's text."""

    def __init__(self, fails_at: str | None = None) -> None:
        self.names: list[str] = []
        self._fails_at = fails_at

    def __call__(self, data: bytes, name: str) -> FileReport:
        self.names.append(name)
        if name == self._fails_at:
            raise KeyboardInterrupt
        sheet = arrival("ledger", {name: spent(data.decode())}, file=name).sheet
        return FileReport(name, "ef" * 32, "csv", sheets=[sheet])


@pytest.fixture(autouse=True)
def without_marts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workspaces open without the project's own marts: they are not what is tested."""
    plain = Warehouse.open

    def opened(path: Path, **more: Any) -> Warehouse:
        return plain(path, queries=tmp_path, **more)

    monkeypatch.setattr(workspaces.Warehouse, "open", opened)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Two spreadsheets, and what else lies in such a folder."""
    folder = tmp_path / "sample"
    folder.mkdir()
    for name, text in {"b.csv": "2", "a.XLSX": "1", "~$a.xlsx": "9", "make.py": "9"}.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def spaces(settings: Settings, sample: Path) -> Iterator[Workspaces]:
    with Workspaces(settings, sample) as opened:
        yield opened


def total(spaces: Workspaces) -> object:
    return one(spaces.warehouse("demo"), "select sum(expense) as total from ledger")["total"]


def test_the_demonstration_is_shown_until_the_school_is_entered(
    spaces: Workspaces, settings: Settings
) -> None:
    assert spaces.active() == "demo"
    spaces.enter("school")
    assert spaces.active() == "school"
    assert Workspaces(settings).active() == "school"
    spaces.enter("demo")
    assert spaces.active() == "demo"


def test_a_damaged_note_means_the_demonstration(spaces: Workspaces, settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / "active").write_text("elsewhere")
    assert spaces.active() == "demo"


@pytest.mark.parametrize("held", [b"", b"\xff\xff\xff", b"elsewhere", None])
def test_a_note_that_cannot_be_read_hides_no_school(
    spaces: Workspaces, settings: Settings, held: bytes | None
) -> None:
    spaces.warehouse("school")
    note = settings.data / "active"
    note.mkdir() if held is None else note.write_bytes(held)
    assert spaces.active() == "school"


@pytest.mark.parametrize("name", ["", "Demo", "../school", "active"])
def test_other_names_are_refused(spaces: Workspaces, settings: Settings, name: str) -> None:
    with pytest.raises(RefusedRequest, match="unknown_workspace"):
        spaces.enter(name)
    with pytest.raises(RefusedRequest, match="unknown_workspace"):
        spaces.warehouse(name)
    assert not settings.data.exists()


def test_a_warehouse_is_opened_once_for_all_threads(spaces: Workspaces) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: id(spaces.warehouse("school")), range(8)))
    assert len(found) == 1


def test_the_school_and_the_demonstration_share_nothing(spaces: Workspaces) -> None:
    spaces.warehouse("school").load([ledger({"a": spent("1")})])
    assert spaces.warehouse("demo").read("from ledger") == []


def test_the_demonstration_holds_every_sample_file_once(spaces: Workspaces) -> None:
    read = Reading()
    spaces.ensure_demo(read)
    spaces.ensure_demo(read)
    assert read.names == ["a.XLSX", "b.csv"]
    assert total(spaces) == 3
    assert one(spaces.warehouse("demo"), "select count(*) as n from imports") == {"n": 1}


def test_another_start_finds_it_ready(spaces: Workspaces, settings: Settings, sample: Path) -> None:
    spaces.ensure_demo(Reading())
    spaces.close()
    read = Reading()
    with Workspaces(settings, sample) as again:
        again.ensure_demo(read)
        assert total(again) == 3
    assert read.names == []


def test_other_sample_files_build_it_anew(
    spaces: Workspaces, settings: Settings, sample: Path
) -> None:
    spaces.ensure_demo(Reading())
    spaces.close()
    (sample / "b.csv").write_text("40")
    with Workspaces(settings, sample) as again:
        again.ensure_demo(Reading())
        assert total(again) == 41
    assert sorted(path.name for path in settings.data.iterdir()) == ["demo"]


def test_a_demonstration_someone_opened_too_early_is_replaced(spaces: Workspaces) -> None:
    early = spaces.warehouse("demo")
    spaces.ensure_demo(Reading())
    assert total(spaces) == 3
    with pytest.raises(WorkspaceBusy):
        early.read("from ledger")


def test_a_damaged_demonstration_is_replaced(
    spaces: Workspaces, settings: Settings, sample: Path
) -> None:
    spaces.ensure_demo(Reading())
    spaces.close()
    (settings.workspace("demo") / "sample").unlink()
    (settings.workspace("demo") / "dashboard.duckdb").write_bytes(b"nonsense" * 4096)
    with Workspaces(settings, sample) as again:
        again.ensure_demo(Reading())
        assert total(again) == 3


def test_two_who_ask_at_once_build_it_once(spaces: Workspaces) -> None:
    read, start = Reading(), threading.Barrier(4)

    def ask(_: int) -> object:
        start.wait()
        spaces.ensure_demo(read)
        return total(spaces)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(4))) == {3}
    assert read.names == ["a.XLSX", "b.csv"]


def test_a_start_killed_half_way_leaves_nothing_half(
    spaces: Workspaces, settings: Settings
) -> None:
    with pytest.raises(KeyboardInterrupt):
        spaces.ensure_demo(Reading(fails_at="b.csv"))
    assert not settings.workspace("demo").exists()
    spaces.ensure_demo(Reading())
    assert total(spaces) == 3
    assert sorted(path.name for path in settings.data.iterdir()) == ["demo"]


def test_a_start_killed_while_changing_over_is_made_good(
    spaces: Workspaces, settings: Settings, sample: Path
) -> None:
    spaces.ensure_demo(Reading())
    spaces.close()
    settings.workspace("demo").rename(settings.data / "demo.new")
    (sample / "b.csv").rename(sample / "c.csv")
    with Workspaces(settings, sample) as again:
        again.ensure_demo(Reading())
        assert total(again) == 3
    assert sorted(path.name for path in settings.data.iterdir()) == ["demo"]


def test_a_sample_folder_without_spreadsheets_is_our_mistake(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with Workspaces(settings, tmp_path / "empty") as spaces, pytest.raises(BadDefinition):
        spaces.ensure_demo(Reading())


def test_all_files_are_let_go_at_the_end(settings: Settings, sample: Path) -> None:
    with Workspaces(settings, sample) as spaces:
        warehouse = spaces.warehouse("school")
    with pytest.raises(WorkspaceBusy, match="closed"):
        warehouse.read("select 1")
