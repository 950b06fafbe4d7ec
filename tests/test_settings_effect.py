"""Each setting changes the figures and alerts it is about, at once in every session, no others."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from schools import School, Schools, enter, person
from screens import keyed, opened, said

from dashboard import reports
from dashboard.alerts import alerts
from dashboard.cli import main
from dashboard.filters import Filters
from dashboard.kpis import KPIS, counted, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.periods import parse
from dashboard.school import THRESHOLDS, Section
from dashboard.settings import Settings
from dashboard.warehouse import Reader, Warehouse, settings
from dashboard.workspaces import Workspaces

Row = dict[str, Any]
Changed = Callable[[Section, Any], set[str]]
DAY, HELD, ROSTER = date(2017, 6, 30), date(2017, 5, 10), date(2016, 9, 1)
VIEW = Filters(parse("2017"), DAY)
PEOPLE = [
    person("1", "王芳", sex="female", birth_date=date(1980, 5, 10), has_card="yes"),  # 37
    person("2", "李静", sex="female", birth_date=date(1990, 1, 1), has_card="no"),
    person("3", "张伟", birth_date=date(1991, 1, 1), has_card="no", employment_type="temporary"),
]


def came(no: int, presence: str) -> Row:
    who = {name: PEOPLE[no - 1][name] for name in ("staff_no", "name", "department")}
    return {"activity": "插花", "held_on": HELD, "presence": presence} | who


def case(no: int, due: date | None, review: str = "filed", **more: Any) -> Row:
    told = {"proposal_no": str(no), "title": f"案由{no}", "review": review, "due_on": due}
    days = {"submitted_on": date(2017, 3, 1), "filed_on": date(2017, 3, 10)}
    return told | days | {"assigned_on": date(2017, 3, 13)} | more


ROWS: dict[str, Any] = {
    "staff": {ROSTER: PEOPLE},
    "members": {ROSTER: PEOPLE},
    "activities": [
        {"name": "插花", "held_on": HELD},
        {"name": "青年沙龙", "held_on": HELD, "audience": "青年教师", "attended": 2},
        {"name": "运动会", "planned_from": date(2017, 6, 1), "planned_to": DAY - timedelta(5)},
    ],
    "attendance": [came(1, "present"), came(2, "leave"), came(3, "absent")],
    "ledger": [
        {
            "spent_on": date(2017, 6, 20),
            "subject": "文体活动",
            "summary": "生日慰问",
            "beneficiary": "王芳",
            "expense": Decimal(85),
            "is_opening": False,
        }
    ],
    "budget": [{"year": 2017, "subject": "文体活动", "approved": Decimal(100)}],
    "proposals": [
        case(1, DAY + timedelta(20)),
        case(2, None, "merged", merged_into="1"),
        case(3, None, replied_on=HELD, outcome="A", satisfaction="satisfied"),
        case(4, None, replied_on=HELD, outcome="B", satisfaction="mostly"),
    ],
    "votes": [
        {
            "session": "七届一次",
            "held_on": HELD,
            "motion": "章程",
            "method": "ballot",
            "due": 60,
            "present": 50,
            "in_favour": 30,
        }
    ],
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Nobody changes its rows, and whoever sets something takes it back."""
    with ExitStack() as stack:
        yield Schools(tmp_path_factory.mktemp("school"), stack)(**ROWS)


@pytest.fixture(scope="module")
def given(warehouse: Warehouse) -> dict[str, object]:
    """What is told before anything is set."""
    return _told(warehouse)


@pytest.fixture
def changed(warehouse: Warehouse, given: dict[str, object]) -> Iterator[Changed]:
    """What says something else once this is set."""
    touched: list[Section] = []

    def found(section: Section, value: Any) -> set[str]:
        touched.append(section)
        warehouse.set(section, value)
        now = _told(warehouse)
        return {name for name in given | now if given.get(name) != now.get(name)}

    yield found
    for section in touched:
        warehouse.set(section, None)


def told(reader: Reader, filters: Filters = VIEW) -> dict[str, object]:
    """All that screens show, each by a name: figures, their status, alerts and reports."""
    school = settings(reader)
    wanted = [counted(name, school.variants) for name in KPIS]
    results = {r.kpi.id: r for r in evaluate_all(reader, filters, targets.of(school), wanted)}
    found: dict[str, object] = {
        name: (result.now.numerator, result.now.denominator) for name, result in results.items()
    }
    found |= {f"status of {name}": result.status for name, result in results.items()}
    attention = alerts(reader, filters, school, "zh", results)
    found |= {f"alert {one.rule.id}": one.reason.zh for one in attention.alerts}
    names = reports.queries()
    return found | {f"report {n}": reports.run(reader, n, filters, "zh").rows for n in names}


def _told(warehouse: Warehouse) -> dict[str, object]:
    with warehouse.snapshot() as reader:
        return told(reader)


# -- thresholds -------------------------------------------------------------------------------

YOUNG = {"participation_rate", "report activities_list"}
SOON = {"alert proposals_due_soon", "report proposals_due_soon", "report proposals_open"}
LATE = {"alert plan_items_late"}
EFFECTS: list[tuple[str, float, set[str]]] = [
    ("young_until_age", 36, set()),
    ("young_until_age", 37, YOUNG),
    ("due_soon_days", 19, set()),
    ("due_soon_days", 20, SOON),
    ("roster_months", 10, set()),
    ("roster_months", 9, {"alert registers_old"}),
    ("register_months", 2, set()),
    ("register_months", 1, {"alert registers_old"}),
    ("budget_warning_percent", 86, set()),
    ("budget_warning_percent", 85, {"alert budget_nearly_used"}),
    ("plan_grace_days", 4, set()),
    ("plan_grace_days", 6, LATE | {"report plan_against_held"}),
]


def test_every_threshold_is_looked_at() -> None:
    assert {name for name, _, _ in EFFECTS} == {threshold.name for threshold in THRESHOLDS}


@pytest.mark.parametrize(("name", "value", "effect"), EFFECTS)
def test_a_threshold_changes_what_it_is_about_and_nothing_else(
    changed: Changed, name: str, value: float, effect: set[str]
) -> None:
    assert changed("rules", {name: value}) == effect


# -- ways of counting, targets, ceilings, calendars -------------------------------------------

COUNTED = {
    "service_card_rate": {"eligible"},
    "participation_rate": {"without_leave"},
    "filing_rate": {"by_case"},
    "follow_up_rate": {"solved"},
    "satisfaction_rate": {"satisfied"},
    "adoption_rate": {"all_more"},
}


def test_every_figure_with_variants_is_looked_at() -> None:
    assert COUNTED.keys() == {kpi.id for kpi in KPIS.values() if kpi.variants}


@pytest.mark.parametrize(("kpi", "way"), [(k, w) for k, ways in COUNTED.items() for w in ways])
def test_a_way_of_counting_changes_its_figure_alone(changed: Changed, kpi: str, way: str) -> None:
    effect = changed("variants", {kpi: way})
    assert kpi in effect
    assert effect <= {kpi, f"status of {kpi}", "alert target_missed"}


def test_a_target_changes_a_status_and_its_alert_alone(changed: Changed) -> None:
    rows = [{"kpi": "reply_rate", "compare": "at_least", "source": {"zh": "甲", "en": "a"}}]
    (row,) = rows
    shipped = [
        {"kpi": t.kpi, "compare": t.compare, "source": {"zh": t.source.zh, "en": t.source.en}}
        | ({} if t.value is None else {"value": str(t.value)})
        for t in targets.load()
    ]
    exact = {"value": "2/3"}  # two of three: met to the very case
    assert changed("targets", [*shipped, row | exact]) == {"status of reply_rate"}
    missed = changed("targets", [*shipped, row | {"value": "6667/10000"}])
    assert missed == {"status of reply_rate", "alert target_missed"}
    over = {"value": "1", "until": "2017-06-29"}
    assert changed("targets", [*shipped, row | over]) == set()


def test_a_ceiling_changes_its_own_finding_alone(changed: Changed) -> None:
    assert changed("caps", [{"id": "birthday", "value": "85"}]) == set()
    over = changed("caps", [{"id": "birthday", "value": "84.99"}])
    assert over == {"alert above_ceiling"}


def test_a_day_off_changes_working_days_alone(changed: Changed) -> None:
    monday, sunday = "2017-06-05", "2017-06-04"
    assert changed("holidays", {monday: False}) == {"report proposals_open"}
    assert changed("holidays", {sunday: False}) == set()


def test_a_name_changes_no_figure(changed: Changed) -> None:
    assert changed("profile", {"name": "实验小学工会", "place": "江苏省"}) == set()


# -- one moment, all sessions -----------------------------------------------------------------


def test_a_setting_and_the_figures_are_of_one_moment(
    warehouse: Warehouse, given: dict[str, object]
) -> None:
    with warehouse.snapshot() as reader:
        assert not settings(reader).own
        warehouse.set("variants", {"filing_rate": "by_case"})
        warehouse.set("rules", {"young_until_age": 37})
        assert told(reader) == given
        assert not settings(reader).own
    now = _told(warehouse)
    assert now["filing_rate"] != given["filing_rate"]
    assert now["participation_rate"] != given["participation_rate"]
    warehouse.set("variants", None)
    warehouse.set("rules", None)
    assert _told(warehouse) == given


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same school as the dashboard's own, in a data folder."""
    monkeypatch.setenv("DASHBOARD_TODAY", DAY.isoformat())
    spaces = Workspaces(Settings(data=tmp_path))
    enter(spaces.warehouse("school"), School(**ROWS))
    spaces.enter("school")
    spaces.close()
    return tmp_path


def test_what_one_session_saves_another_shows_at_its_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = opened(folder, "proposals", monkeypatch, lang="zh", period="2017")
    officer = opened(folder, "settings", monkeypatch, lang="zh")
    assert _tile(reader, "立案率") == "100.0%"
    keyed(officer.radio, "way_filing_rate").set_value("by_case").run()
    assert _tile(reader.run(), "立案率") == "100.0%", "not before it is saved"
    officer.button(key="save_variants").click().run()
    assert _tile(reader.run(), "立案率") == "75.0%"
    assert "按并案后件数" in said(reader)


def _tile(page: Any, label: str) -> str:
    return next(
        str(metric.value).replace("\\", "") for metric in page.metric if metric.label == label
    )


def test_the_command_line_counts_as_the_screens_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _metric(folder, capsys, "filing_rate", "2017")["numerator"] == 4
    spaces = Workspaces(Settings(data=folder))
    warehouse = spaces.warehouse("school")
    warehouse.set("variants", {"filing_rate": "by_case"})
    target = {"kpi": "filing_rate", "compare": "at_least", "value": "3/4"}
    warehouse.set("targets", [target | {"source": {"zh": "甲", "en": "a"}}])
    warehouse.set("calendars", {"school_year_month": 3, "second_term": [9, 1]})
    spaces.close()
    found = _metric(folder, capsys, "filing_rate", "2017-2018")
    assert (found["numerator"], found["denominator"], found["status"]) == (3, 4, "met")


def _metric(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, period: str
) -> dict[str, Any]:
    assert main(["metrics", "--data", str(folder), "--period", period, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return next(metric for metric in found if metric["id"] == name)
