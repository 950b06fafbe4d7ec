"""The union's own tables for questions: what they hold by a second road, and what they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from dashboard.errors import BadDefinition
from dashboard.exploring.questions import union
from dashboard.exploring.questions.asking import asked
from dashboard.exploring.questions.offered import examples, offered
from dashboard.roles import Role
from dashboard.settings import Limits, Settings
from dashboard.text import Lang
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces
from tests.demo import lay

TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    spaces = Workspaces(Settings(data=lay(tmp_path_factory.mktemp("data"))))
    spaces.enter("demo")
    yield spaces.warehouse("demo")
    spaces.close()


def table(demo: Warehouse, name: str, lang: Lang = "zh", most: int = 1_000_000) -> union.Read:
    with demo.snapshot() as moment:
        return union.read(moment, union.queries()[name], lang, TODAY, most)


def columns(demo: Warehouse, name: str, lang: Lang = "zh") -> dict[str, list[object]]:
    return dict(table(demo, name, lang).table.to_pydict())


@pytest.mark.parametrize("name", sorted(union.queries()))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_has_rows_and_distinct_names_and_nobodys_name(
    demo: Warehouse, name: str, lang: Lang
) -> None:
    found = table(demo, name, lang)
    assert found.table.num_rows
    assert not found.cut
    assert len({one.lower() for one in found.table.column_names}) == found.table.num_columns
    people = {row["name"] for row in demo.read("select distinct name from members")}
    cells = {
        value
        for column in found.table.columns
        if pa.types.is_string(column.type)
        for value in column.unique().to_pylist()
    }
    assert cells & people == set()


def test_members_at_the_end_of_a_month_are_those_of_that_day(demo: Warehouse) -> None:
    found = columns(demo, "open_members")
    by_month: Counter[object] = Counter()
    for month, members in zip(found["月份"], found["会员"], strict=True):
        by_month[month] += int(str(members))
    spells = demo.read("select valid_from, valid_to from member_spells")
    for month, day in (
        ("2024-02", date(2024, 2, 29)),
        ("2025-09", date(2025, 9, 30)),
        ("2026-01", TODAY),
    ):
        then = sum(spell["valid_from"] <= day < spell["valid_to"] for spell in spells)
        assert by_month[month] == then


def test_the_ledger_and_the_budget_add_up_to_the_cent(demo: Warehouse) -> None:
    lines = demo.read("select expense, is_opening from ledger")
    spent = sum((one["expense"] or 0 for one in lines if not one["is_opening"]), Decimal(0))
    found = columns(demo, "open_ledger")["支出"]
    assert sum((Decimal(str(one)) for one in found if one is not None), Decimal(0)) == spent
    (budget,) = demo.read("select sum(amount) as all_of_it from budget_details")
    approved = columns(demo, "open_budget")["核定预算"]
    assert sum((Decimal(str(one)) for one in approved), Decimal(0)) == budget["all_of_it"]


def test_every_other_table_has_as_many_rows_as_its_register(demo: Warehouse) -> None:
    for name, counted in (
        ("open_activities", "activities_held"),
        ("open_proposals", "proposal_facts"),
        ("open_plan", "plan_items"),
        ("open_votes", "vote_facts"),
        ("open_moves", "member_moves"),
        ("open_turnout", "turnout"),
    ):
        (own,) = demo.read(f"select count(*) as n from {counted}")
        assert table(demo, name).table.num_rows == own["n"]


def test_codes_are_in_words_of_the_page(demo: Warehouse) -> None:
    assert set(columns(demo, "open_budget")["收支"]) <= {"收入", "支出"}
    assert set(columns(demo, "open_budget", "en")["kind"]) <= {"Income", "Expense"}


def test_a_table_with_too_many_rows_is_cut_and_says_so(demo: Warehouse) -> None:
    found = table(demo, "open_ledger", most=10)
    assert (found.table.num_rows, found.cut) == (10, True)
    answered = asked(
        'select count(*) as n from "工会_收支明细"', offered([], Role.OFFICER),
        demo.snapshot, TODAY, Limits(union_rows=10),
    )  # fmt: skip
    assert answered.answer.table is not None
    assert (answered.answer.table["n"].to_pylist(), answered.cut) == ([10], ("工会_收支明细",))


def test_a_question_joins_the_unions_tables(demo: Warehouse) -> None:
    sql = (
        'select b."年度", sum(b."核定预算") as budget from "工会_预算" b'
        " where b.\"收支\" = '支出' group by all order by 1"
    )
    answered = asked(sql, offered([], Role.OFFICER), demo.snapshot, TODAY, Limits())
    assert answered.answer.table is not None
    own = demo.read(
        "select in_year, sum(amount) as n from budget_details where kind = 'expense'"
        " group by all order by 1"
    )
    assert answered.answer.table["budget"].to_pylist() == [one["n"] for one in own]
    assert answered.people


def test_every_example_is_answered(demo: Warehouse) -> None:
    for one in offered([], Role.OFFICER):
        if one.speaks("zh"):
            for _, sql in examples(one):
                answered = asked(sql, [one], demo.snapshot, TODAY, Limits())
                assert answered.answer.fault is None, (sql, answered.answer.fault)


def test_a_table_that_names_people_or_nobodys_role_is_a_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    header = "-- Grain: one thing\n-- People: a\n-- Title: 表 | things\n-- Role: anybody\n"
    (folder / "wrong.sql").write_text(f"{header}select 1 as a where $start is null", "utf-8")
    monkeypatch.setattr(union, "QUERIES", tmp_path)
    with pytest.raises(BadDefinition) as caught:
        union.queries.__wrapped__()
    told = str(caught.value)
    assert all(word in told for word in ("Role", "names people", "takes start"))
