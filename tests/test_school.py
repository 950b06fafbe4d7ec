"""What a school sets: read back as it was set, bounded, and never in the way of its own figures."""

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dashboard import rules
from dashboard.errors import BadDefinition, RefusedRequest
from dashboard.kpis import counted, targets
from dashboard.periods import USUAL, Calendars
from dashboard.school import THRESHOLDS, Change, School, Threshold, defaults, school
from dashboard.warehouse import Warehouse, settings
from dashboard.warehouse.chosen import school as stored_school

every = pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda one: one.name)


def test_a_school_that_set_nothing_has_the_defaults() -> None:
    assert school({}) == School(rules=defaults())
    assert school({}, {"young_until_age": 40.0}).rules == {"young_until_age": 40.0}


def test_what_was_set_is_read_back() -> None:
    found = school(
        {
            "profile": {"name": "实验小学工会", "place": "江苏省常州市"},
            "calendars": {
                "school_year_month": 8,
                "second_term": [2, 15],
                "statistical_month": 1,
            },
            "rules": {"due_soon_days": 7},
            "variants": {"filing_rate": "by_case"},
            "targets": [{"kpi": "filing_rate"}],
            "caps": [{"id": "birthday", "value": "300"}],
            "holidays": {"2026-09-30": False, "2026-10-10": True},
        }
    )
    assert (found.name, found.place) == ("实验小学工会", "江苏省常州市")
    assert found.calendars == Calendars(8, (2, 15), 1)
    assert found.rules == dict(defaults()) | {"due_soon_days": 7.0}
    assert found.variants == {"filing_rate": "by_case"}
    assert (found.targets, found.caps) == (
        ({"kpi": "filing_rate"},),
        ({"id": "birthday", "value": "300"},),
    )
    assert found.holidays == {date(2026, 9, 30): False, date(2026, 10, 10): True}
    assert len(found.own) == 7


@pytest.mark.parametrize("wrong", [None, 3, "x", [], [1], {}, {"x": 1}, {"2026-02-30": True}])
def test_no_stored_section_of_another_shape_locks_the_school_out(wrong: Any) -> None:
    names = ("profile", "calendars", "rules", "variants", "targets", "caps", "holidays")
    found = school(dict.fromkeys(names, wrong))
    assert (found.calendars, found.rules, found.holidays) == (USUAL, defaults(), {})
    assert targets.of(found) == (() if isinstance(wrong, list) else targets.load())
    assert rules.standing(found.caps) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"school_year_month": 13},
        {"school_year_month": "September"},
        {"second_term": [2, 30]},
        {"second_term": [2]},
        {"second_term": 2},
        {"second_term": [9, 1]},  # the school year's own first day
        {"statistical_month": 0},
    ],
)
def test_years_that_cannot_be_cut_are_the_usual_ones(wrong: dict[str, Any]) -> None:
    assert school({"calendars": wrong}).calendars == USUAL


def test_a_target_cap_or_variant_that_is_gone_is_left_out_alone() -> None:
    good = {"kpi": "filing_rate", "compare": "at_least", "source": {"zh": "甲", "en": "a"}}
    found = school(
        {
            "targets": [
                good | {"value": "2/3"},
                good | {"value": "much"},
                good | {"value": "1", "since": "someday"},
                good | {"compare": "nearly", "value": "1"},
                {"kpi": "filing_rate"},
            ],
            "caps": [{"id": "birthday", "value": "300"}, {"id": "gone", "value": "1"}],
            "variants": {"filing_rate": "gone", "gone": "x"},
        }
    )
    assert [target.value for target in targets.of(found)] == [Fraction(2, 3)]
    assert list(rules.standing(found.caps)) == ["birthday"]
    assert counted("filing_rate", found.variants) == counted("filing_rate", {})


@every
def test_a_threshold_holds_at_both_its_bounds_and_not_beyond(threshold: Threshold) -> None:
    for value in (threshold.low, threshold.high):
        assert threshold.check(value) == value
        assert school({"rules": {threshold.name: value}}).rules[threshold.name] == value
    for value in (threshold.low - 1, threshold.high + 1):
        with pytest.raises(RefusedRequest, match=threshold.label.en) as refusal:
            threshold.check(value)
        assert refusal.value.code == "bad_setting"
        assert school({"rules": {threshold.name: value}}).rules == defaults()


@every
@pytest.mark.parametrize("wrong", ["30", None, True, float("nan"), float("inf"), [30]])
def test_a_threshold_is_a_number(threshold: Threshold, wrong: Any) -> None:
    with pytest.raises(RefusedRequest):
        threshold.check(wrong)
    assert school({"rules": {threshold.name: wrong}}).rules == defaults()


@every
def test_a_default_lies_within_its_bounds(threshold: Threshold) -> None:
    assert threshold.check(defaults()[threshold.name]) == defaults()[threshold.name]


@pytest.mark.parametrize("text", ["", "young_until_age = 35", "roof = 1", 'due_soon_days = "3"'])
def test_a_file_of_defaults_names_every_threshold_and_no_other(tmp_path: Path, text: str) -> None:
    (path := tmp_path / "school.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadDefinition, match=r"school\.toml"):
        defaults(path)


# -- in the database --------------------------------------------------------------------------


def test_a_section_knows_who_changed_it_last_and_that_it_was_taken_back(tmp_path: Path) -> None:
    warehouse = Warehouse.open(tmp_path / "school.duckdb")
    before, version = datetime.now(), warehouse.version
    warehouse.set("rules", {"due_soon_days": 3}, "王老师")
    with warehouse.snapshot() as reader:
        held = settings(reader)
    assert (held.rules["due_soon_days"], held.own) == (3.0, {"rules"})
    assert held.changes["rules"].who == "王老师"
    assert before <= held.changes["rules"].at <= datetime.now()
    warehouse.set("rules", None, "李老师")
    with warehouse.snapshot() as reader:
        held = settings(reader)
    assert (held.rules, held.own) == (defaults(), frozenset())
    assert held.changes["rules"].who == "李老师"
    assert warehouse.version == version + 2
    warehouse.close()


def test_settings_outlive_the_program_and_a_new_file_of_defaults(tmp_path: Path) -> None:
    warehouse = Warehouse.open(tmp_path / "school.duckdb")
    warehouse.set("rules", {"due_soon_days": 3}, "")
    warehouse.close()
    again = Warehouse.open(tmp_path / "school.duckdb")
    assert {"name": "due_soon_days", "value": 3.0} in again.read("from school_rules")
    again.close()


def test_a_stored_text_that_nobody_can_read_is_as_if_never_set() -> None:
    at = datetime(2026, 1, 14, 15, 2)
    row = {"changed_at": at, "who": "王老师"}
    found = stored_school(
        [
            row | {"section": "rules", "value": '{"due_soon_days": '},
            row | {"section": "profile", "value": '{"name": "实验小学工会"}'},
            row | {"section": "attic", "value": "[]"},
        ]
    )
    assert (found.rules, found.name) == (defaults(), "实验小学工会")
    assert found.changes["rules"] == Change(at, "王老师")
