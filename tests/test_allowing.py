"""Somebody who was deleted is hired again: one mark is lifted, and no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from arrivals import arrival, spent
from kept import school, without_marts
from schools import keyed, person
from test_persons import DAY, LATER, NAME, found, load

from dashboard import audit
from dashboard.errors import RefusedRequest
from dashboard.persons import erasing, finding
from dashboard.persons.allowing import allow, was_anybody_deleted
from dashboard.persons.erasing import delete
from dashboard.workspaces import Workspaces

FIRST, SECOND = person("7", NAME, "语文组"), person("T88", NAME, "数学组")


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as found:
        load(found, "staff", [FIRST, person("1", "甲某某")], as_of=DAY)
        yield found


def deleted(spaces: Workspaces, number: str) -> None:
    seen = found(spaces)
    (one,) = [bearer for bearer in seen.bearers if bearer.number == number]
    delete(spaces, finding.erasure(seen, [one], (), erasing.instead()), "local")


def left_out(spaces: Workspaces, *rows: dict[str, object]) -> int:
    held = [arrival("staff", keyed("staff", list(rows)), as_of=LATER)]
    return len(spaces.warehouse("school").compare(held).sheets[0].stored.left_out)


@pytest.mark.parametrize("words", ["7", " 007", NAME, "歐陽 海棠"])
def test_they_are_found_by_a_number_however_short_or_by_a_name(
    spaces: Workspaces, words: str
) -> None:
    assert not was_anybody_deleted(spaces)
    deleted(spaces, "7")
    assert was_anybody_deleted(spaces)
    assert left_out(spaces, FIRST) == 1
    said = allow(spaces, words, "u3")
    assert "已重新允许" in said.zh
    assert left_out(spaces, FIRST) == 0
    assert not was_anybody_deleted(spaces)
    assert (audit.entries(spaces.data)[-1].act, audit.entries(spaces.data)[-1].who) == (
        "person_allowed",
        "u3",
    )


def test_their_name_is_a_name_again_in_every_register(spaces: Workspaces) -> None:
    deleted(spaces, "7")
    allow(spaces, NAME, "local")
    came = {"activity": "运动会", "held_on": DAY, "presence": "present"}
    load(spaces, "attendance", [came | person(None, NAME, None)])
    load(spaces, "ledger", [spent("8", summary=f"慰问{NAME}")])
    read = spaces.warehouse("school").read
    assert NAME in read("select row_key from attendance")[0]["row_key"]
    assert read("select summary from ledger") == [{"summary": f"慰问{NAME}"}]


def test_of_two_who_were_deleted_the_other_stays_out(spaces: Workspaces) -> None:
    deleted(spaces, "7")
    load(spaces, "staff", [SECOND], as_of=LATER)
    deleted(spaces, "T88")
    with pytest.raises(RefusedRequest) as refused:
        allow(spaces, NAME, "local")
    assert refused.value.code == "several_deleted"
    assert refused.value.message.zh.count("已删除人员") == 2
    assert left_out(spaces, FIRST, SECOND) == 2
    allow(spaces, "7", "local")
    assert left_out(spaces, FIRST, SECOND) == 1
    allow(spaces, NAME, "local")
    assert left_out(spaces, FIRST, SECOND) == 0


def test_of_several_one_is_named_by_the_word_that_stands_for_them(spaces: Workspaces) -> None:
    load(spaces, "staff", [FIRST, SECOND], as_of=LATER)
    for number in ("7", "T88"):  # the first while there was a namesake
        deleted(spaces, number)
    (word, *_) = spaces.warehouse("school").read("select instead from deleted_people")
    allow(spaces, word["instead"], "local")
    assert left_out(spaces, FIRST, SECOND) == 1


def test_a_mark_that_is_lifted_lets_a_comparison_be_made_anew(spaces: Workspaces) -> None:
    deleted(spaces, "7")
    before = spaces.warehouse("school").version
    allow(spaces, "7", "local")
    assert spaces.warehouse("school").version > before
    assert spaces.warehouse("school").verify().findings == ()


PAID = spent("300", summary=f"慰问{NAME}", beneficiary=NAME)


def paid(spaces: Workspaces) -> str:
    (row,) = spaces.warehouse("school").read("select sum(expense)::varchar as paid from ledger")
    return str(row["paid"])


def test_an_old_ledger_counts_no_yuan_twice_when_they_are_back(spaces: Workspaces) -> None:
    load(spaces, "ledger", [PAID])
    seen = found(spaces)
    delete(spaces, finding.erasure(seen, seen.bearers, seen.mentions, "已删除人员1"), "local")
    allow(spaces, "7", "local")
    load(spaces, "staff", [FIRST], as_of=LATER)
    new = spent("5", summary=f"慰问{NAME}出院")
    told = spaces.warehouse("school").load([arrival("ledger", keyed("ledger", [PAID, new]))])
    assert (told.sheets[0].unnamed, told.sheets[0].added) == (1, 1)
    assert paid(spaces) == "305.0000"
    (row,) = spaces.warehouse("school").read("select summary from ledger where expense = 5")
    assert row["summary"] == f"慰问{NAME}出院"


def test_an_old_ledger_counts_no_yuan_twice_when_another_is_called_so(spaces: Workspaces) -> None:
    load(spaces, "ledger", [PAID])
    load(spaces, "staff", [FIRST, SECOND], as_of=LATER)
    seen = found(spaces)
    (one,) = [bearer for bearer in seen.bearers if bearer.number == "7"]
    delete(spaces, finding.erasure(seen, [one], seen.mentions, "已删除人员1"), "local")
    load(spaces, "ledger", [PAID, spent("5", summary=f"奖励{NAME}")])
    assert paid(spaces) == "305.0000"
    assert len(found(spaces).mentions) == 1, "what is said of the other stays"
