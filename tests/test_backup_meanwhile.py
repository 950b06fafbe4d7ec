"""Backups while others import: nobody waits long, and nothing is there by halves."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kept import amounts, in_file, school, spend, spending

from dashboard.keeping import backups, deeds
from dashboard.warehouse import storing
from dashboard.warehouse.ledger import Ledger, Line
from dashboard.warehouse.turns import Turns
from dashboard.workspaces import Workspaces

NOON = datetime(2026, 3, 4, 12, 0)


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    with spending(tmp_path, monkeypatch, a="12.34") as found:
        yield found


def test_every_live_backup_has_what_was_imported_before_it(spaces: Workspaces) -> None:
    """The small form of T13: imports go on while the backups are made."""
    acknowledged, ended = ["a"], threading.Event()

    def import_on() -> None:
        while not ended.is_set():
            key = f"k{len(acknowledged)}"
            spend(spaces, key, f"{len(acknowledged)}.01")
            acknowledged.append(key)

    writer = threading.Thread(target=import_on)
    writer.start()
    try:
        for second in range(5):
            before = list(acknowledged)
            made = deeds.back_up(spaces, "local", at=NOON + timedelta(seconds=second))
            held = in_file(made)
            assert held.keys() >= set(before)
            assert made.is_whole
            told = made.manifest
            assert told is not None
            assert len(told.moment.imports) == len(held), "no import by halves"
            done = [one for one in told_in(made) if one["what"] == "done"]
            assert sum(one["kind"] == "import" for one in done) == len(held)
    finally:
        ended.set()
        writer.join()
    assert len(acknowledged) > 5, "somebody did import meanwhile"


def test_a_backup_waits_for_no_import(
    spaces: Workspaces, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of an import under way it has nothing but that it began, as after a power cut."""
    stored, going_on = threading.Event(), threading.Event()
    store = storing.store

    def slowly(*batch: object) -> object:
        done = store(*batch)  # type: ignore[arg-type]
        stored.set()
        assert going_on.wait(20)
        return done

    monkeypatch.setattr(storing, "store", slowly)
    writer = threading.Thread(target=spend, args=(spaces, "b", "1.00"))
    writer.start()
    try:
        assert stored.wait(20)
        made = deeds.back_up(spaces, "local", at=NOON)
    finally:
        going_on.set()
        writer.join()
    assert in_file(made) == {"a": "12.3400"}
    assert amounts(spaces).keys() == {"a", "b"}
    assert [line["what"] for line in told_in(made)][-2:] == ["done", "begun"]
    deeds.restore(spaces, made, "local")
    assert amounts(spaces) == {"a": "12.3400"}
    spend(spaces, "c", "2.00")
    assert spaces.warehouse("school").verify().findings == ()
    with school(tmp_path / "new computer") as other:
        deeds.restore(other, made, "local")
        assert amounts(other) == {"a": "12.3400"}
        spend(other, "d", "3.00")
        found = other.warehouse("school").verify()
        assert (found.findings, found.unfinished) == ((), ())


def test_a_backup_of_the_moment_between_a_commit_and_its_line_is_of_neither(
    spaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits: else the copy would be ahead of its ledger."""
    append, made = Ledger.append, list[backups.Backup]()
    waited: list[bool] = []
    keeper = threading.Thread(target=lambda: made.append(deeds.back_up(spaces, "local", at=NOON)))

    def meanwhile(ledger: Ledger, *lines: Line) -> None:
        if lines[0].what == "done" and not waited:
            keeper.start()
            keeper.join(1)
            waited.append(keeper.is_alive())
        append(ledger, *lines)

    monkeypatch.setattr(Ledger, "append", meanwhile)
    spend(spaces, "b", "1.00")
    keeper.join(20)
    assert waited == [True]
    (backup,) = made
    assert in_file(backup).keys() == {"a", "b"}
    assert told_in(backup)[-1]["what"] == "done"


def told_in(backup: backups.Backup) -> list[dict[str, object]]:
    lines = (backup.folder / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_imports_that_follow_closely_keep_nobody_waiting() -> None:
    """Who has just let go of the writing gets it again only after those who wait."""
    turns, ended, had = Turns(), threading.Event(), []

    def again_and_again() -> None:
        while not ended.is_set():
            with turns, turns:  # its holder has it once more
                time.sleep(0.01)

    writer = threading.Thread(target=again_and_again)
    writer.start()
    try:
        for _ in range(10):
            began = time.monotonic()
            with turns:
                had.append(time.monotonic() - began)
    finally:
        ended.set()
        writer.join()
    assert sorted(had)[5] < 0.5
