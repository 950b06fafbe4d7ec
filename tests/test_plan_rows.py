"""A plan's items go into the activity register through the import, and come out as meant."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from here import read_here

from dashboard.contracts.spelling import plain
from dashboard.plans.model import Item
from dashboard.plans.plan import read_plan
from dashboard.plans.rows import HEADER, to_rows

CASE = Path(__file__).parent / "files" / "plans" / "halves_and_goals_2017.txt"


def test_the_import_takes_a_plan_for_a_plan() -> None:
    plan = read_plan(CASE.read_bytes(), CASE.name)
    sheet = io.StringIO()
    csv.writer(sheet).writerows([HEADER, *to_rows(plan.items)])
    report = read_here(sheet.getvalue().encode(), "工会工作计划.csv").sheets[0]
    assert report.dataset == "activities"
    assert report.table is not None
    rows = report.table.to_pylist()
    known = {plain(item.item): item for item in plan.items}
    assert {plain(row["name"]) for row in rows} == set(known)
    for row in rows:
        item = known[plain(row["name"])]
        assert row["kind"] == item.kind
        span = (item.start, item.end) if item.period else item.within
        assert (row["planned_from"], row["planned_to"]) == span
        assert row["owner"] == item.owner


def test_a_stretch_without_days_keeps_the_plans_words() -> None:
    plan = read_plan("学校工会工作计划\n三月：\n1、庆祝三八妇女节活动".encode(), "plan.txt")
    assert to_rows(plan.items) == [("庆祝三八妇女节活动", "宣传", "三月", "", "计划第3行")]


def test_a_deadline_is_planned_for_its_day() -> None:
    plan = read_plan("2017年工会工作计划\n1、3月8日前慰问女教工".encode(), "plan.txt")
    assert plan.items[0].end == date(2017, 3, 8)
    assert to_rows(plan.items)[0][2] == "2017-03-08"


def test_weeks_are_planned_for_the_term_and_keep_their_words() -> None:
    text = "2025-2026学年度第一学期工会工作计划\n第5周：组织拔河比赛\n"
    row = to_rows(read_plan(text.encode(), "plan.txt").items)[0]
    assert (row[2], row[4]) == ("2025-09-01至2026-01-31", "时间：第5周；计划第2行")


def test_what_an_officer_added_names_no_line() -> None:
    added = Item(None, date(2026, 4, 3), date(2026, 4, 3), "春游", None, None, None, 0, "")
    assert to_rows([added]) == [("春游", "", "2026-04-03", "", "手工添加")]
