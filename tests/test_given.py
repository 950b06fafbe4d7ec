"""Answers that are shared: each worked out once, never under a wrong key, and bounded."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from drawn_schools import drawn
from schools import TODAY, opened
from streamlit.runtime.scriptrunner import StopException

from dashboard.answers import Answer, Question, answered, asking
from dashboard.charts.template import DARK, LIGHT, Chart
from dashboard.contents import found
from dashboard.exhibits import drawing
from dashboard.layout import Breakdown, Charted
from dashboard.roles import LOCAL, Role
from dashboard.ui import cache
from dashboard.ui.given import Answers

PAGE = next(page for page in found() if page.path == "overview")
BLOCK: Charted = next(b for row in PAGE.rows for b in row if isinstance(b, Breakdown))


def asked(**other: object) -> Question:
    plain = Question(
        folder="",
        workspace="school",
        version=1,
        today=TODAY,
        period=None,
        chosen=(),
        as_of=None,
        lang="zh",
        role=LOCAL.role,
    )
    return replace(asking(PAGE, plain), **other)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    folder: Path = tmp_path_factory.mktemp("given")
    with opened(folder, drawn(3)) as warehouse, warehouse.snapshot() as reader:
        return answered(reader, asked())


def yes() -> bool:
    return True


def test_what_is_asked_again_is_the_same_value(answer: Answer) -> None:
    given, worked = Answers(), []

    def work() -> Answer:
        worked.append(1)
        return replace(answer)

    assert given.answer(asked(), work, yes) is given.answer(asked(), work, yes)
    assert len(worked) == 1


def test_another_role_version_or_language_never_gets_it(answer: Answer) -> None:
    given = Answers()
    first = given.answer(asked(), lambda: answer, yes)
    others = ({"role": Role.DELEGATE}, {"version": 2}, {"lang": "en"}, {"safe": True})
    for other in others:
        assert given.answer(asked(**other), lambda: replace(answer), yes) is not first


def test_what_was_read_while_the_data_moved_is_not_kept(answer: Answer) -> None:
    given = Answers()
    first = given.answer(asked(), lambda: replace(answer), lambda: False)
    assert given.answer(asked(), lambda: replace(answer), yes) is not first


def test_who_asks_for_many_views_at_once_keeps_neither_the_server_nor_another_role_busy(
    answer: Answer,
) -> None:
    given, here, end = Answers(), threading.Semaphore(0), threading.Event()

    def work() -> Answer:
        here.release()
        assert end.wait(60)
        return answer

    asks = [asked(role=Role.DELEGATE, period=str(year)) for year in range(2016, 2026)]
    threads = [threading.Thread(target=given.answer, args=(one, work, yes)) for one in asks]
    for thread in threads:
        thread.start()
    begun = [here.acquire(timeout=wait) for wait in (60, 60, 0.5)]
    officers = given.answer(asked(), lambda: answer, yes)
    end.set()
    for thread in threads:
        thread.join(60)
    assert (begun, officers) == ([True, True, False], answer)
    assert all(given.answer(one, lambda: replace(answer), yes) is answer for one in asks)


def test_who_leaves_while_it_is_anothers_turn_waits_no_longer(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Left:
        """The session of a page that was closed: Streamlit ends a run that asks it."""

        def __contains__(self, _: object) -> bool:
            raise StopException

    left = SimpleNamespace(session_state=Left())
    monkeypatch.setattr(cache, "get_script_run_ctx", lambda **_: left)
    given, here, end = Answers(), threading.Semaphore(0), threading.Event()
    one, two, three = (asked(period=str(year)) for year in (2023, 2024, 2025))

    def work() -> Answer:
        here.release()
        assert end.wait(60)
        return answer

    begun = [threading.Thread(target=given.answer, args=(q, work, yes)) for q in (one, two)]
    for thread in begun:
        thread.start()
    assert here.acquire(timeout=60)
    assert here.acquire(timeout=60)
    for question in (one, three):
        with pytest.raises(StopException):
            given.answer(question, work, yes, cache._stop_if_left)
    end.set()
    for thread in begun:
        thread.join(60)


def test_what_fails_is_asked_again(answer: Answer) -> None:
    given = Answers()

    def fail() -> Answer:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - no words in it
        given.answer(asked(), fail, yes)
    assert given.answer(asked(), lambda: answer, yes) is answer


def test_a_hundred_who_ask_at_once_wait_for_one_answer(answer: Answer) -> None:
    given, worked = Answers(), []

    def work() -> Answer:
        worked.append(1)
        time.sleep(0.05)  # the others come meanwhile
        return answer

    asking_now = [
        threading.Thread(target=given.answer, args=(asked(), work, yes)) for _ in range(100)
    ]
    for one in asking_now:
        one.start()
    for one in asking_now:
        one.join()
    assert len(worked) == 1


def test_the_longest_unused_answers_go_first(answer: Answer) -> None:
    given = Answers(most=1000)
    years = [str(n) for n in range(2000, 2050)]
    held = {n: given.answer(asked(period=n), lambda: replace(answer), yes) for n in years}
    assert given.answer(asked(period="2049"), lambda: replace(answer), yes) is held["2049"]
    assert given.answer(asked(period="2000"), lambda: replace(answer), yes) is not held["2000"]


def test_an_answer_of_an_older_state_goes_with_the_first_of_a_newer(answer: Answer) -> None:
    given = Answers()
    old = given.answer(asked(), lambda: replace(answer), yes)
    same = given.answer(asked(version=2), lambda: replace(answer), yes)
    given.answer(asked(version=2, lang="en"), lambda: replace(answer), yes)
    assert given.answer(asked(version=2), lambda: replace(answer), yes) is same
    assert given.answer(asked(), lambda: replace(answer), yes) is not old


def test_a_chart_is_drawn_once_for_each_theme(answer: Answer) -> None:
    given, times = Answers(), []

    def draw() -> Chart:
        times.append(1)
        return drawing.chart(BLOCK, answer, LIGHT, "zh")

    given.answer(asked(), lambda: answer, yes)
    first = given.made(asked(), answer, (BLOCK, LIGHT), draw)
    assert given.made(asked(), answer, (BLOCK, LIGHT), draw) is first
    assert given.made(asked(), answer, (BLOCK, DARK), draw) is not first
    assert len(times) == 2


def test_a_finished_figure_is_the_same_and_is_told_in_plain_values_once(answer: Answer) -> None:
    figure = drawing.chart(BLOCK, answer, LIGHT, "zh").figure
    before = figure.to_json()
    assert figure.to_dict()["data"] is not figure.to_dict()["data"]
    figure.finish()
    assert json.loads(figure.to_json()) == json.loads(before)
    assert figure.to_dict()["data"] is figure.to_dict()["data"]


def test_a_chart_of_an_answer_that_is_not_kept_is_drawn_anew(answer: Answer) -> None:
    given = Answers()
    given.answer(asked(), lambda: answer, yes)

    def draw() -> Chart:
        return drawing.chart(BLOCK, answer, LIGHT, "zh")

    kept = given.made(asked(), answer, (BLOCK, LIGHT), draw)
    assert given.made(asked(), replace(answer), (BLOCK, LIGHT), draw) is not kept
