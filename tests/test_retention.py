"""What is older than a school keeps it is told by year, and goes on one confirmation."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from arrivals import spent
from kept import school, without_marts
from schools import person
from test_persons import hits, load

from dashboard.contracts import DATASETS
from dashboard.errors import BadDefinition
from dashboard.keeping import backups, deeds
from dashboard.persons import erasing, notice, retention
from dashboard.settings import ROOT
from dashboard.text import Lang
from dashboard.warehouse.expiring import Aged, aged
from dashboard.workspaces import Workspaces

TODAY = date(2026, 3, 4)
OLD, NEW = date(2019, 9, 1), date(2025, 9, 1)


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as found:
        load(found, "staff", [person("1", "甲某某")], as_of=OLD)
        load(found, "staff", [person("2", "乙某某")], as_of=NEW)
        load(found, "members", [person("1", "丙某某")], as_of=OLD)
        load(found, "ledger", [spent("1", spent_on=date(2010, 5, 1), summary="旧账本一行")])
        load(found, "ledger", [spent("2", spent_on=NEW)])
        load(found, "budget", [{"year": 2010, "subject": "活动费"}, {"year": 2025, "subject": "x"}])
        deeds.back_up(found, "local", at=datetime(2026, 3, 4, 12))
        yield found


def due(spaces: Workspaces) -> list[Aged]:
    with spaces.warehouse("school").snapshot() as reader:
        return aged(reader, retention.limits(retention.rules(), TODAY))


def test_rows_past_their_time_are_told_by_year(spaces: Workspaces) -> None:
    assert due(spaces) == [
        Aged("staff", {2019: 1}),
        Aged("ledger", {2010: 1}),
        Aged("budget", {2010: 1}),
    ], "the latest roster stays, however old it is"


def test_they_go_from_the_file_and_its_backups(spaces: Workspaces) -> None:
    assert hits(spaces.data, "甲某某", "旧账本一行")
    limits = retention.limits(retention.rules(), TODAY)
    done = erasing.expire(spaces, limits, "local")
    assert done.erased.removed == {"staff": 1, "ledger": 1, "budget": 1}
    assert due(spaces) == []
    assert hits(spaces.data, "甲某某", "旧账本一行") == set()
    assert all(one.is_whole for one in backups.listed(spaces.data))
    assert spaces.warehouse("school").verify().findings == ()
    assert spaces.warehouse("school").read("select count(*) as n from members") == [{"n": 1}]


def test_an_undo_brings_nothing_back_that_was_too_old(spaces: Workspaces) -> None:
    erasing.expire(spaces, retention.limits(retention.rules(), TODAY), "local")
    spaces.warehouse("school").undo(1, unwind=True)
    assert spaces.warehouse("school").read("from staff") == []


def test_each_register_has_a_time_and_says_whose_decision_it_is() -> None:
    found = retention.rules()
    assert [rule.register for rule in found] == list(DATASETS)
    assert {rule.source for rule in found} == {"本校决定"}


@pytest.mark.parametrize(
    "line", ["staff,0,a,b,c", "staff,x,a,b,c", "staff,5,a,b,", "other,5,a,b,c"]
)
def test_a_time_that_makes_no_sense_is_refused(tmp_path: Path, line: str) -> None:
    words = f"dataset,years,reason_zh,reason_en,source\n{line}\n"
    (tmp_path / "retention.csv").write_text(words, "utf-8")
    with pytest.raises(BadDefinition):
        retention.rules(tmp_path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_notice_says_what_the_contracts_say(lang: Lang) -> None:
    told = (ROOT / "docs" / "personal-data.md").read_text("utf-8")
    assert notice.table(lang) in told
