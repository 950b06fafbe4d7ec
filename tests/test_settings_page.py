"""The settings page as its reader uses it: typed, saved, read back, refused, taken back."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from screens import keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard import rules
from dashboard.kpis import KPIS, targets
from dashboard.school import School, school
from dashboard.settings import Settings
from dashboard.text import Text
from dashboard.ui.cache import workspaces
from dashboard.ui.settings import TABS, amounts, goals, holidays, limits
from dashboard.warehouse import settings
from dashboard.workspaces import Workspaces

Row = Mapping[str, Any]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Workspaces(Settings(data=tmp_path)).enter("school")
    return tmp_path


@pytest.fixture
def page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(folder, "settings", monkeypatch, lang="zh")


def stored(folder: Path) -> School:
    """What the dashboard's own open file says now."""
    with workspaces(str(folder)).warehouse("school").snapshot() as reader:
        return settings(reader)


def save(page: AppTest, section: str) -> AppTest:
    return page.button(key=f"save_{section}").click().run()


# -- sections ---------------------------------------------------------------------------------


def test_the_profile_is_saved_and_stands_under_every_title(folder: Path, page: AppTest) -> None:
    keyed(page.text_input, "school_name").set_value("  实验小学工会 ")
    keyed(page.text_input, "school_place").set_value("江苏省常州市").run()
    assert "有改动尚未保存" in said(page)
    save(page, "profile")
    assert "已保存" in page.success[0].value
    assert "实验小学工会 ·" in said(page)
    assert "上次修改：2" in said(page)
    assert (stored(folder).name, stored(folder).place) == ("实验小学工会", "江苏省常州市")
    page.switch_page("../pages/members.py").run()
    assert "实验小学工会 · 2026 年" in said(page).replace("\\", "")


def test_a_threshold_is_saved_and_taken_back(folder: Path, page: AppTest) -> None:
    keyed(page.number_input, "rule_due_soon_days").set_value(30).run()
    save(page, "rules")
    assert stored(folder).rules["due_soon_days"] == 30
    assert keyed(page.number_input, "rule_due_soon_days").value == 30
    page.button(key="reset_rules").click().run()
    assert "已恢复默认" in page.success[0].value
    assert keyed(page.number_input, "rule_due_soon_days").value == 14
    assert "rules" not in stored(folder).own


def test_a_number_out_of_bounds_is_refused_by_name_and_stays_to_be_mended(
    folder: Path, page: AppTest
) -> None:
    keyed(page.number_input, "rule_due_soon_days").set_value(91)
    keyed(page.number_input, "rule_young_until_age").set_value(40).run()
    assert not page.error
    save(page, "rules")
    assert "“提案到期前提醒”应为 0 到 90 之间的数" in page.error[0].value.replace("\\", "")
    assert not stored(folder).own
    assert keyed(page.number_input, "rule_due_soon_days").value == 91
    keyed(page.number_input, "rule_due_soon_days").set_value(90).run()
    assert not page.error
    save(page, "rules")
    held = stored(folder).rules
    assert (held["due_soon_days"], held["young_until_age"]) == (90, 40)


def test_a_way_of_counting_is_saved_and_the_tile_says_it(folder: Path, page: AppTest) -> None:
    shown = {radio.key.split("@")[0] for radio in page.radio}
    assert shown == {f"way_{kpi.id}" for kpi in KPIS.values() if kpi.variants}
    keyed(page.radio, "way_follow_up_rate").set_value("solved").run()
    save(page, "variants")
    assert stored(folder).variants == {"follow_up_rate": "solved"}
    page.switch_page("../pages/definitions.py").run()
    assert KPIS["follow_up_rate"].variants[0].formula.zh in said(page).replace("\\", "")


def test_years_are_saved_and_impossible_ones_refused(folder: Path, page: AppTest) -> None:
    keyed(page.selectbox, "school_year").set_value(8)
    keyed(page.number_input, "term_day").set_value(31).run()  # of February
    save(page, "calendars")
    assert page.error
    assert not stored(folder).own
    keyed(page.number_input, "term_day").set_value(15).run()
    save(page, "calendars")
    held = stored(folder).calendars
    assert (held.school_year_month, held.second_term, held.statistical_month) == (8, (2, 15), 10)


def test_nothing_is_written_where_nothing_was_changed(folder: Path, page: AppTest) -> None:
    for section in ("profile", "variants", "targets", "calendars", "holidays", "rules", "caps"):
        save(page, section)
        assert "没有改动" in page.success[0].value
    assert not stored(folder).changes


def test_what_is_typed_is_let_go_of_on_request_only(folder: Path, page: AppTest) -> None:
    keyed(page.text_input, "school_name").set_value("实验小学").run()
    keyed(page.number_input, "rule_due_soon_days").set_value(30).run()
    save(page, "rules")
    assert keyed(page.text_input, "school_name").value == "实验小学"
    keyed(page.number_input, "rule_plan_grace_days").set_value(7).run()
    save(page, "calendars")
    assert keyed(page.number_input, "rule_plan_grace_days").value == 7
    page.button(key="discard_profile").click().run()
    assert keyed(page.text_input, "school_name").value == ""
    assert not stored(folder).name


def test_what_another_window_saved_is_shown_unless_something_is_being_typed(
    folder: Path, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = opened(folder, "settings", monkeypatch, lang="zh")
    keyed(other.text_input, "school_name").set_value("乙").run()
    keyed(page.text_input, "school_name").set_value("甲").run()
    save(page, "profile")
    other.run()
    assert "另一个窗口改过" in other.warning[0].value
    assert keyed(other.text_input, "school_name").value == "乙"
    other.button(key="discard_profile").click().run()
    assert keyed(other.text_input, "school_name").value == "甲"
    keyed(page.text_input, "school_name").set_value("丙").run()
    save(page, "profile")
    other.run()
    assert keyed(other.text_input, "school_name").value == "丙"
    assert not other.warning


def test_the_address_knows_the_tab_in_either_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lang in ("zh", "en"):
        page = opened(folder, "settings", monkeypatch, lang=lang, tab="ceilings")
        page.query_params["tab"] = "ceilings"
        page.run()
        label = TABS["ceilings"][0]
        assert page.session_state[f"settings_{lang}"] == (label.zh if lang == "zh" else label.en)


def test_years_without_an_announced_calendar_are_named(page: AppTest) -> None:
    assert "2027 年尚无公布的放假安排" in said(page)
    page.selectbox(key="public_year").set_value(2025).run()
    shown = next(frame.value for frame in page.dataframe if "天数" in frame.value)
    assert list(shown.iloc[0]) == ["2025-01-01", "2025-01-01", 1, "放假"]


# -- numbers as they are typed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("95", "19/20"),
        ("95%", "19/20"),
        ("９５％", "19/20"),
        ("66.67%", "6667/10000"),
        ("66.67", "6667/10000"),
        ("2/3", "2/3"),
        ("100", "1"),
        ("0.5%", "1/200"),
        ("0", "0"),
        ("1,000%", "10"),
    ],
)
def test_a_share_is_exact_however_it_is_written(typed: str, value: str) -> None:
    assert amounts.share(typed) == Fraction(value)


@pytest.mark.parametrize("typed", ["0.95", "1", "-5", "abc", "1/0", "1e9", "∞", "", "9" * 40])
def test_what_may_mean_two_things_or_nothing_is_no_share(typed: str) -> None:
    assert amounts.share(typed) is None


@pytest.mark.parametrize("value", ["1", "19/20", "6667/10000", "2/3", "1/200", "0", "1/7"])
def test_a_share_is_shown_as_it_can_be_typed_again(value: str) -> None:
    exact = Fraction(value)
    assert amounts.share(amounts.shown_share(exact)) == exact
    assert amounts.read(amounts.shown(exact)) in ((exact, False), (exact, True))


# -- targets ----------------------------------------------------------------------------------

EMPTY: Row = dict.fromkeys(goals.FIELDS, "") | {"since": pd.NaT, "until": None}
RATE: Row = EMPTY | {"kpi": "filing_rate", "compare": "at_least", "value": "66.67"}


def test_a_target_in_per_cent_is_stored_exactly_and_read_back() -> None:
    until = pd.Timestamp("2026-08-31")
    entries = goals.entries([EMPTY, RATE | {"until": until}], {})
    (target,) = targets.of(school({"targets": entries}))
    assert (target.kpi, target.value) == ("filing_rate", Fraction(6667, 10000))
    assert (target.since, target.until) == (None, date(2026, 8, 31))
    assert target.source == goals.BY_SCHOOL


def test_a_source_that_was_not_touched_keeps_both_its_languages() -> None:
    known = Text("工作计划", "Work plan")
    rows = [RATE | {"source": "Work plan"}, RATE | {"source": "决议"}]
    entries = goals.entries(rows, {"Work plan": known})
    assert not isinstance(entries, Text)
    assert [entry["source"]["zh"] for entry in entries] == ["工作计划", "决议"]


def test_every_target_of_the_file_is_read_back_as_it_was() -> None:
    shown = [goals._shown(target, "zh") for target in targets.load()]
    sources = {target.source.zh: target.source for target in targets.load()}
    entries = goals.entries(shown, sources)
    assert targets.of(school({"targets": entries})) == targets.load()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"kpi": ""}, goals.INCOMPLETE),
        ({"compare": None}, goals.INCOMPLETE),
        ({"value": ""}, goals.INCOMPLETE),
        ({"value": "0.95"}, goals.NO_SHARE),
        ({"value": "很多"}, goals.NO_SHARE),
        ({"compare": "above_previous"}, goals.NO_VALUE),
        ({"kpi": "overdue_open", "value": "50%"}, goals.NO_NUMBER),
        (
            {"since": pd.Timestamp("2026-02-01"), "until": pd.Timestamp("2026-01-31")},
            goals.BACKWARDS,
        ),
    ],
)
def test_a_row_that_cannot_be_a_target_is_named(row: Row, told: Text) -> None:
    found = goals.entries([RATE, RATE | row], {})
    assert isinstance(found, Text)
    assert found == told.format(row=2, value=(RATE | row)["value"])


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ((None, None), (None, None), ["filing_rate"]),
        ((None, "2025-12-31"), ("2026-01-01", None), []),
        ((None, "2026-01-01"), ("2026-01-01", None), ["filing_rate"]),
        (("2026-02-01", None), ("2025-01-01", "2026-01-31"), []),
    ],
)
def test_targets_that_hold_on_one_day_are_told(
    first: tuple[str | None, ...], second: tuple[str | None, ...], found: list[str]
) -> None:
    days = [dict(zip(("since", "until"), pair, strict=True)) for pair in (first, second)]
    assert goals.overlapping([{"kpi": "filing_rate"} | pair for pair in days]) == found
    others = [{"kpi": kpi} | pair for kpi, pair in zip(("filing_rate", "x"), days, strict=True)]
    assert goals.overlapping(others) == []


# -- ceilings ---------------------------------------------------------------------------------

CAPS = [cap for cap in rules.load().values() if cap.shape != "ban"]


def typed(cap_id: str, **cells: Any) -> list[dict[str, Any]] | Text:
    rows = [limits._shown(cap, "zh") for cap in CAPS]
    for cap, row in zip(CAPS, rows, strict=True):
        row.update(cells if cap.id == cap_id else {})
    return limits.entries(CAPS, rows)


def test_only_what_differs_from_what_ships_is_stored() -> None:
    assert typed("") == []
    entries = typed(
        "birthday",
        value=" 1,300.50 ",
        document="常工〔2025〕1号",
        valid_from=pd.Timestamp("2025-01-01"),
    )
    assert entries == [
        {
            "id": "birthday",
            "value": "2601/2",
            "document": "常工〔2025〕1号",
            "valid_from": "2025-01-01",
        }
    ]
    cap = rules.standing(school({"caps": entries}).caps)["birthday"]
    assert (cap.value, cap.filled) == (Fraction(2601, 2), True)


@pytest.mark.parametrize("value", ["三百", "-1", "30%", "300/1", "1e9"])
def test_a_bad_ceiling_is_refused_by_its_name(value: str) -> None:
    found = typed("birthday", value=value)
    assert isinstance(found, Text)
    assert "“生日慰问”" in found.zh
    assert value in found.zh


def test_a_ceiling_that_is_a_share_is_typed_as_one() -> None:
    share = next(cap for cap in CAPS if cap.shape == "share")
    for written in ("1/3", "33.5%", "50"):
        (entry,) = typed(share.id, value=written)
        assert Fraction(entry["value"]) == amounts.share(written)
    assert isinstance(typed(share.id, value="0.3"), Text)


def test_a_ceiling_that_ends_before_it_begins_is_named() -> None:
    days = {"valid_from": pd.Timestamp("2026-01-02"), "valid_to": pd.Timestamp("2026-01-01")}
    found = typed("birthday", value="300", **days)
    assert found == limits.BACKWARDS.format(name=next(c for c in CAPS if c.id == "birthday").label)


# -- holidays ---------------------------------------------------------------------------------


def stretch(first: str, last: str, what: str) -> Row:
    return {
        "first": pd.Timestamp(first) if first else pd.NaT,
        "last": pd.Timestamp(last) if last else None,
        "what": what,
    }


def test_a_stretch_of_days_is_stored_day_by_day_and_shown_as_one_again() -> None:
    rows = [stretch("2026-09-29", "2026-10-02", "off"), stretch("2026-10-10", "2026-10-10", "on")]
    found = holidays.days([*rows, stretch("", "", "")])
    assert not isinstance(found, Text)
    assert list(found.items())[3:] == [("2026-10-02", False), ("2026-10-10", True)]
    held = {date.fromisoformat(day): works for day, works in found.items()}
    assert holidays.stretches(held) == [
        (date(2026, 9, 29), date(2026, 10, 2), False),
        (date(2026, 10, 10), date(2026, 10, 10), True),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("2026-10-01", "", "off"), holidays.INCOMPLETE),
        (("", "2026-10-01", "off"), holidays.INCOMPLETE),
        (("2026-10-01", "2026-10-01", ""), holidays.INCOMPLETE),
        (("2026-10-02", "2026-10-01", "off"), holidays.BACKWARDS),
        (("2026-10-01", "2206-10-01", "off"), holidays.TOO_LONG),
        (("2026-01-01", "2026-01-02", "on"), holidays.TWICE),
    ],
)
def test_a_row_that_is_no_stretch_of_days_is_named(row: tuple[str, str, str], told: Text) -> None:
    found = holidays.days([stretch("2026-01-02", "2026-01-03", "off"), stretch(*row)])
    assert found == told.format(row=2, day="2026-01-02")
