"""The members page: who has joined, who has not, who came and went, whose birthday it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from schools import School, enter, person
from screens import opened, said
from streamlit.testing.v1 import AppTest

from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate
from dashboard.kpis.proof import proof
from dashboard.periods import parse
from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces

BEFORE, NOW = date(2024, 9, 1), date(2025, 9, 1)
TODAY = date(2025, 12, 31)
WANG = person(
    "1", "王芳", sex="female", birth_date=date(1980, 12, 5), employment_type="established"
)
LI = person("2", "李静", sex="male", birth_date=date(1990, 1, 8), employment_type="contract")
ZHANG = person("3", "张伟", "后勤处", employment_type="logistics", hired_on=date(2017, 9, 1))
LIU = person("4", "刘洋", "后勤处", employment_type="logistics", hired_on=date(2025, 8, 20))
STAFF = {BEFORE: [WANG, LI, ZHANG], NOW: [WANG, LI, ZHANG, LIU]}
MEMBERS = {BEFORE: [WANG, ZHANG], NOW: [WANG, LI]}


def folder_of(folder: Path, school: School) -> Path:
    spaces = Workspaces(Settings(data=folder))
    spaces.enter("school")
    enter(spaces.warehouse("school"), school)
    spaces.close()
    return folder


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("full"), School(staff=STAFF, members=MEMBERS))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One member roster with names only, and nothing else."""
    names = [person(None, name, None) for name in ("王芳", "李静")]
    return folder_of(tmp_path_factory.mktemp("bare"), School(members={NOW: names}))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY.isoformat())


def tables(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Each table's rows by its key's beginning; one whose rows open nothing has no key."""
    return {str(one.key).split("#")[0]: told(one.value) for one in app.dataframe}


def told(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def birthdays(app: AppTest) -> list[dict[str, Any]]:
    return next(told(one.value) for one in app.dataframe if "birthday" in one.value.columns)


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


def test_who_is_not_a_member_is_listed_with_years_and_when_new(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tables(opened(full, "members", monkeypatch, lang="zh"))["proof_unmet_enrollment_rate"]
    assert names(found) == ["张伟", "刘洋"]
    assert [row["employment_type"] for row in found] == ["后勤", "后勤"]
    assert [row["years"] for row in found] == [8, 0]
    assert [row["new_from"] for row in found] == [None, NOW.isoformat()]


def test_who_came_and_went_is_listed(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(full, "members", monkeypatch, lang="zh")
    found = tables(app)["table_Who joined, left, moved_rows"]
    assert [(row["what"], row["name"], row["reason"]) for row in found] == [
        ("新入会", "李静", ""),
        ("减少", "张伟", "名册未再列入，请核对"),
    ]
    assert [metric.value for metric in app.metric[2:4]] == ["1 人", "1 人"]


def test_birthdays_are_told_by_the_day(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = birthdays(opened(full, "members", monkeypatch, lang="zh"))
    assert [(row["turn"], row["birthday"], row["name"]) for row in found] == [
        ("当月", "12-05", "王芳"),
        ("下月", "01-08", "李静"),
    ]


def test_the_dimension_is_switched_and_stands_in_the_address(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(full, "members", monkeypatch, lang="zh")
    switch = app.segmented_control(key="by_chart_Enrolment")
    assert switch.options == ["部门", "用工类型", "性别", "年龄段"]
    switch.set_value("employment_type").run()
    assert not app.exception
    assert app.query_params["by"] == "employment_type"
    app.button(key="switch_chart_Enrolment").click().run()
    rows = tables(app)["chart_Enrolment_rows"]
    assert [list(row.values()) for row in rows] == [
        ["合同", "100.0%", "1/1"],
        ["在编", "100.0%", "1/1"],
        ["后勤", "0.0%", "0/2"],
    ]


@pytest.mark.parametrize("named", ["age_band", "salary", ""])
def test_an_address_may_name_any_dimension(
    full: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    app = opened(full, "members", monkeypatch, by=named)
    shown = app.segmented_control(key="by_chart_Enrolment").value
    assert shown == (named if named == "age_band" else "department")


def test_one_department_is_not_split_by_department(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(full, "members", monkeypatch, department="语文组")
    assert app.segmented_control(key="by_chart_Enrolment").value == "employment_type"


def test_the_chart_of_changes_can_be_read_as_a_table(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(full, "members", monkeypatch, lang="zh")
    app.button(key="switch_chart_Joined and left").click().run()
    rows = tables(app)["chart_Joined and left_rows"]
    assert [list(row.values()) for row in rows] == [
        ["2024-09-02 至 2025-09-01", "新增会员", "+1", "0", "2"],
        ["2024-09-02 至 2025-09-01", "减少会员", "−1", "0", "2"],
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_not_known_is_told_as_missing_and_not_as_nought(
    bare: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    app = opened(bare, "members", monkeypatch, lang=lang)
    words = said(app)
    values = {metric.label: metric.value for metric in app.metric}
    label = {name: kpi.label.zh if lang == "zh" else kpi.label.en for name, kpi in KPIS.items()}
    for name in ("enrollment_rate", "service_card_rate", "members_joined", "members_left"):
        assert values[label[name]] == "—"
    assert values[label["female_share"]] == "—"
    assert ("缺少前后两期会员名册" if lang == "zh" else "No two member rosters") in words
    unknown = birthdays(app)
    assert {row["birthday"] for row in unknown} == {None}
    assert names(unknown) == ["李静", "王芳"]


# -- women --------------------------------------------------------------------------------------


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened_one = Warehouse.open(tmp_path / "school.duckdb")
    members = [WANG, LI, ZHANG, person("5", "赵磊", sex="female")]
    yield enter(opened_one, School(members={NOW: members}))
    opened_one.close()


def test_women_are_counted_among_those_whose_sex_is_stated(warehouse: Warehouse) -> None:
    result = evaluate(warehouse, KPIS["female_share"], Filters(parse("2025"), TODAY), ())
    assert (result.now.numerator, result.now.denominator, result.now.left_out) == (2, 3, 1)
    (counting,) = proof(warehouse, KPIS["female_share"], Filters(parse("2025"), TODAY))
    assert [row.values["name"] for row in counting.rows if row.left_out] == ["张伟"]


def test_women_are_not_told_by_sex(warehouse: Warehouse) -> None:
    filters = Filters(parse("2025"), TODAY, chosen({"sex": "female"}))
    result = evaluate(warehouse, KPIS["female_share"], filters, ())
    assert result.now.missing
    assert result.now.missing.zh == "不按性别统计"
