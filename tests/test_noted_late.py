"""A change of the data whose program was killed before its note is in the audit log, too, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from errno import ENOSPC
from io import BytesIO
from pathlib import Path

import pytest
from kept import program, school
from test_persons import NAME, NUMBER, deleted, fill, found

from dashboard import audit, deeds
from dashboard.errors import WorkspaceBusy
from dashboard.keeping import backups
from dashboard.keeping import deeds as keeping
from dashboard.keeping.asked import Asked, answer
from dashboard.keeping.carrying import last_taken
from dashboard.keeping.words import made, restored
from dashboard.persons import finding
from dashboard.persons.allowing import allow
from dashboard.persons.correcting import asked, correct
from dashboard.persons.words import done as removed
from dashboard.warehouse.ledger import NAME as LEDGER
from dashboard.warehouse.ledger import Kind, Ledger, Line
from dashboard.workspaces import Workspaces

KILLED = """
import os, sys
from pathlib import Path
import test_noted_late as here

with here.school(Path(sys.argv[1])) as spaces:
    spaces.warehouse("school")
    here.audit.note = lambda *_, **__: os._exit(9)
    here.DONE[sys.argv[2]](spaces)
"""


def _set(spaces: Workspaces) -> None:
    spaces.warehouse("school").set("rules", {"due_soon_days": 13})
    deeds.set_anew(spaces.data, "local", "rules", "school")


def _corrected(spaces: Workspaces) -> None:
    who = finding.person(found(spaces).bearers)
    change = asked("staff", who, "birth_date", date(1979, 4, 23), "1979-04-24")
    correct(spaces, change, "local")


def _restored(spaces: Workspaces) -> None:
    keeping.restore(spaces, backups.listed(spaces.data)[0], "local", datetime(2026, 3, 5))


DONE: dict[str, Callable[[Workspaces], object]] = {
    "settings_changed": _set,
    "person_corrected": _corrected,
    "person_deleted": deleted,
    "person_allowed": lambda spaces: allow(spaces, NUMBER, "local"),
    "restored": _restored,
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with school(tmp_path / "data") as spaces:
        fill(spaces)
    return tmp_path / "data"


def reopened(data: Path) -> list[audit.Entry]:
    """What the log says of these deeds after the next opening."""
    with school(data) as spaces:
        spaces.warehouse("school")
    return [entry for entry in audit.entries(data) if entry.act in DONE]


@pytest.mark.parametrize("act", DONE)
def test_what_was_done_is_noted_at_the_next_opening_once(data: Path, act: str) -> None:
    before = 0
    if act == "person_allowed":
        with school(data) as spaces:
            deleted(spaces)
        before = 1
    child = program(KILLED, data, act)
    _, trouble = child.communicate(timeout=60)
    assert child.returncode == 9, trouble
    *earlier, late = reopened(data)
    assert len(earlier) == before
    assert (late.who, late.act, late.facts["noted"]) == ("unknown", act, "late")
    assert abs(_done(late) - late.at) < timedelta(minutes=3)
    assert reopened(data) == [*earlier, late]
    assert audit.verify(data).is_whole
    assert NAME not in (data / "audit.jsonl").read_text("utf-8")


def _done(entry: audit.Entry) -> datetime:
    return datetime.strptime(f"{entry.facts['done']}+0000", "%Y-%m-%dt%H:%Mz%z")


def _unwritable(*_: object, **__: object) -> None:
    raise WorkspaceBusy("storage", reason="No space left on device")


@pytest.mark.parametrize("act", [name for name in DONE if name != "person_allowed"])
def test_a_deed_that_stands_is_no_refusal_where_the_log_cannot_be_written(
    data: Path, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school(data) as spaces, monkeypatch.context() as full:
        spaces.warehouse("school")
        full.setattr(audit, "note", _unwritable)
        DONE[act](spaces)
    assert [(late.act, late.facts["noted"]) for late in reopened(data)] == [(act, "late")]


def test_people_are_told_of_a_deed_that_was_not_noted(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school(data) as spaces, monkeypatch.context() as full:
        backup = backups.listed(data)[0]
        full.setattr(audit, "note", _unwritable)
        full.setattr(Workspaces, "enter", _full)
        done = keeping.restore(spaces, backup, "local", datetime(2026, 3, 5))
        assert "会补记" in restored(done)[-1].zh
        gone = deleted(spaces)
        assert "会补记" in removed(gone, searched=False)[-1].zh
        assert "会补记" in allow(spaces, NUMBER, "local").zh
        (_, told) = made(keeping.back_up(spaces, "local"))
        assert "没有记入操作记录" in told.zh
        assert "补记" not in told.zh, "no ledger knows of a backup"


def _full(*_: object) -> None:
    raise OSError(ENOSPC, "No space left on device")


def test_what_lets_names_out_is_not_handed_over_where_the_log_cannot_be_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "note", _unwritable)
    with school(data) as spaces:
        said = answer(spaces, Asked("archive", str(tmp_path / "archive.zip")))
        with pytest.raises(WorkspaceBusy) as refused:
            keeping.carried(spaces, backups.listed(data)[0], BytesIO(), "local")
    assert not said.done
    assert not (tmp_path / "archive.zip").exists()
    assert refused.value.message == said.lines[0]
    assert "操作记录无法写入" in said.lines[0].zh
    assert last_taken(data) is None


def test_what_was_noted_in_time_is_not_noted_again(data: Path) -> None:
    with school(data) as spaces:
        for deed in DONE.values():
            deed(spaces)
        _set(spaces)
        _set(spaces)
        spaces.warehouse("school").go_on()
        audit.note(spaces.data, "restored", "local", why="went_on")
    told = [entry.facts.get("noted") for entry in reopened(data)]
    assert (len(told), set(told)) == (8, {None})


def test_the_one_of_two_that_was_not_noted_is_told_by_its_time(tmp_path: Path) -> None:
    """As on a disk that was full for a while."""
    noon = datetime(2026, 3, 4, 12).astimezone()
    kinds: tuple[Kind, ...] = ("began", "settings", "settings", "settings")
    hours = [noon + timedelta(hours=n) for n in range(4)]
    ledger = Ledger(tmp_path / LEDGER)
    ledger.append(
        *(Line("done", kind, n, hours[n].replace(tzinfo=None)) for n, kind in enumerate(kinds))
    )
    for n in (1, 3):
        audit.note(tmp_path, "settings_changed", "local", hours[n] + timedelta(seconds=2))
    with school(tmp_path / "data") as spaces:
        deeds.caught_up(tmp_path, "school", ledger, spaces.warehouse("school"))
        deeds.caught_up(tmp_path, "school", ledger, spaces.warehouse("school"))
    told = audit.entries(tmp_path)
    assert [entry.facts.get("noted") for entry in told] == [None, None, "late"]
    assert _done(told[2]) == hours[2]
