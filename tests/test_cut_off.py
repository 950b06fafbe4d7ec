"""The power goes, the disk fills up, the files rot: small versions of tests/soak/."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.settings import Settings
from dashboard.workspaces import Workspaces
from tests.browser import ROOT, running
from tests.soak import kill, second_start, torn

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a signal that Windows does not know")


@POSIX
def test_six_kills_lose_nothing_and_leave_nothing_half(tmp_path: Path) -> None:
    count = kill.Count()
    for seed in range(6):
        kill.cycle(tmp_path, seed, count, longest=0.5)
    assert count.untrue == []
    assert (count.lost, count.half, count.corrupt) == (0, 0, 0)
    assert count.acknowledged > 6


@POSIX
def test_torn_and_rotten_files_are_never_passed_over(tmp_path: Path) -> None:
    place = torn.schools(tmp_path)
    said = {
        (case.name, seed): torn.outcome(place, case, seed)
        for seed, case in enumerate(torn.cases(share=0.1))
    }
    assert {how: what for how, what in said.items() if what.startswith("wrong")} == {}
    assert {"named", "damaged"} <= set(said.values())


@POSIX
@pytest.mark.parametrize("checked", [True, False])
def test_on_a_full_disk_the_readers_go_on(tmp_path: Path, *, checked: bool) -> None:
    from tests.soak import full_disk

    found = full_disk.limited(tmp_path, checked=checked)
    assert (found.said, found.after) == ("no_room", "")
    assert found.away < 10
    assert full_disk.whole(tmp_path, found) == ""


@POSIX
def test_a_start_on_a_full_disk_shows_what_is_there(tmp_path: Path) -> None:
    from tests.soak import full_disk

    warehouse = kill.opened(tmp_path)
    warehouse.load(kill.batch(1, 30))
    warehouse.close()
    assert full_disk.lines_on_a_full_disk(tmp_path) == 30
    assert kill.opened(tmp_path).verify().findings == ()


def test_a_second_process_is_told_who_holds_the_data(tmp_path: Path) -> None:
    with Workspaces(Settings(data=tmp_path)) as spaces:
        held = spaces.warehouse("school")
        command = [sys.executable, "-m", "dashboard", "history", "--data", str(tmp_path)]
        second = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert second.returncode == 2
        assert str(os.getpid()) in second.stderr
        assert "另一个程序" in second.stderr
        assert "Traceback" not in second.stderr
        assert held.read("select 1 as n") == [{"n": 1}]


def test_a_second_server_on_the_same_data_does_not_start(tmp_path: Path) -> None:
    with running(tmp_path, "2018-06-30") as server:
        assert second_start.trouble(server, *second_start.serving()) == ""
    with running(tmp_path, "2018-06-30"):  # what a server leaves behind stops nobody
        pass
