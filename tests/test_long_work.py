"""Long work in a thread: how far it is, and that stopping it leaves nothing."""

from __future__ import annotations

import logging
from threading import Event

import meetings
import pytest

from dashboard.errors import Cancelled, RefusedRequest
from dashboard.exports.pack import made, parts
from dashboard.exports.work import Step, Work

SOON = 20.0  # seconds; a test that waits longer has failed


def test_work_tells_how_far_it_is_and_hands_over_what_it_made() -> None:
    reached, go_on = Event(), Event()

    def build(step: Step) -> bytes:
        step("一")
        step("二")
        reached.set()
        assert go_on.wait(SOON)
        step("三")
        return b"made"

    work = Work(build, of=3)
    assert reached.wait(SOON)
    assert (work.state, work.done, work.of, work.words) == ("running", 1, 3, "二")
    assert work.result is None
    go_on.set()
    assert work.wait(SOON)
    assert (work.state, work.done, work.result) == ("done", 3, b"made")


def test_the_same_words_again_are_the_same_part() -> None:
    reached, go_on = Event(), Event()

    def build(step: Step) -> bytes:
        for words in ("一", "二", "二", "二"):
            step(words)
        reached.set()
        assert go_on.wait(SOON)
        return b""

    work = Work(build, of=3)
    assert reached.wait(SOON)
    assert work.done == 1
    go_on.set()
    assert work.wait(SOON)


def test_more_parts_than_foreseen_are_never_more_than_all() -> None:
    reached, go_on = Event(), Event()

    def build(step: Step) -> bytes:
        for number in range(9):
            step(str(number))
        reached.set()
        assert go_on.wait(SOON)
        return b""

    work = Work(build, of=3)
    assert reached.wait(SOON)
    assert work.done == 2
    go_on.set()
    assert work.wait(SOON)


def test_cancelled_work_stops_before_its_next_part_and_leaves_nothing() -> None:
    reached, go_on, done = Event(), Event(), []

    def build(step: Step) -> bytes:
        step("一")
        reached.set()
        assert go_on.wait(SOON)
        done.append("一")
        step("二")
        done.append("二")
        return b"made"

    work = Work(build, of=2)
    assert reached.wait(SOON)
    work.cancel()
    go_on.set()
    assert work.wait(SOON)
    assert (work.state, work.result, done) == ("cancelled", None, ["一"])
    assert isinstance(work.refusal, Cancelled)


def test_cancelled_in_its_last_part_it_leaves_nothing_either() -> None:
    reached, go_on = Event(), Event()

    def build(step: Step) -> bytes:
        step("一")
        reached.set()
        assert go_on.wait(SOON)
        return b"made"

    work = Work(build, of=1)
    assert reached.wait(SOON)
    work.cancel()
    go_on.set()
    assert work.wait(SOON)
    assert (work.state, work.result) == ("cancelled", None)


def test_a_refusal_is_told_as_it_is() -> None:
    def build(step: Step) -> bytes:
        raise RefusedRequest("no_folder", folder="x")

    work = Work(build, of=1)
    assert work.wait(SOON)
    assert (work.state, work.result) == ("failed", None)
    assert work.refusal
    assert work.refusal.code == "no_folder"


def test_a_fault_of_ours_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    def build(step: Step) -> bytes:
        raise ZeroDivisionError("inside")

    with caplog.at_level(logging.ERROR):
        work = Work(build, of=1)
        assert work.wait(SOON)
    assert (work.state, work.result) == ("failed", None)
    assert work.refusal
    assert work.refusal.code == "export_failed"
    assert "inside" in caplog.text
    assert "inside" not in work.refusal.message.zh  # what it says may be of a person


def test_a_workbook_is_made_beside_and_is_the_same() -> None:
    meeting = meetings.meeting()
    work = Work(lambda step: made(meeting, "xlsx", step=step), parts(2, "xlsx"))
    assert work.wait(SOON)
    assert work.result == made(meeting, "xlsx")
