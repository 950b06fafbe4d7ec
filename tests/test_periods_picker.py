"""The period picker: the address is its state, and whatever it names can be shown and changed."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

TODAY = date(2017, 11, 15)


def page() -> None:
    """A page that is nothing but its picker."""
    from datetime import date

    import streamlit as st

    from dashboard.filters import Filters
    from dashboard.periods import parse
    from dashboard.ui import address
    from dashboard.ui.periods import period_picker

    address.restore()
    day = address.said("as_of")
    asked = parse(address.said("period") or "2017")
    filters = Filters(asked, date(2017, 11, 15), day=date.fromisoformat(day) if day else None)
    period_picker(filters, (2016, 2017), address.lang())
    st.caption(f"{filters.period.key} {filters.as_of}")


def opened(**address: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params.update(address)
    app.session_state["period_button"] = True  # it is open
    return ran(app)


def ran(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, [found.value for found in app.exception]
    return app


def shown(app: AppTest) -> str:
    return str(app.caption[-1].value)


def named(app: AppTest) -> list[str]:
    """What the address says by now."""
    return [str(app.query_params.get(name) or "") for name in ("period", "as_of")]


def test_the_kind_comes_first_and_shows_the_period_of_the_day_looked_at() -> None:
    app = opened(period="2016")
    assert app.segmented_control(key="period_kind").value == "year"
    app.segmented_control(key="period_kind").select("term")
    assert shown(ran(app)) == "2016-2017-1 2017-01-31"
    assert app.selectbox(key="period_picker").value == "2016-2017-1"
    app.selectbox(key="period_picker").select("2015-2016-2")
    assert shown(ran(app)) == "2015-2016-2 2016-08-31"
    assert named(app) == ["2015-2016-2", ""]


@pytest.mark.parametrize("kind", ["year", "school_year", "term", "statistical_year", "month"])
@pytest.mark.parametrize(
    "key", ["2017", "1999-2000-1", "2150-03", "2016-02-29:2016-03-01", "S2017"]
)
def test_whatever_the_address_names_can_become_any_kind(key: str, kind: str) -> None:
    app = opened(period=key)
    app.segmented_control(key="period_kind").select(kind)
    ran(app)
    assert app.selectbox(key="period_picker").value == named(app)[0]
    app.segmented_control(key="period_kind").select("range")
    assert shown(ran(app)).startswith(named(app)[0])


def test_a_step_either_way_leads_to_the_next_period() -> None:
    app = opened(period="2016-2017-2", as_of="2017-03-01")
    app.button(key="period_step_forward").click()
    assert shown(ran(app)) == "2017-2018-1 2017-11-15"
    assert named(app) == ["2017-2018-1", ""], "a day looked at goes with its period"
    assert app.button(key="period_step_forward").disabled, "what has not begun has no figures"
    app.button(key="period_step_back").click()
    ran(app).button(key="period_step_back").click()
    assert named(ran(app)) == ["2016-2017-1", ""]


def test_the_steps_end_where_the_data_does() -> None:
    assert opened(period="2016").button(key="period_step_back").disabled
    assert not opened(period="2017").button(key="period_step_back").disabled
    assert opened(period="1900").button(key="period_step_back").disabled
    assert opened(period="2199").button(key="period_step_forward").disabled


def test_a_free_range_is_two_days() -> None:
    app = opened(period="2017-03")
    app.segmented_control(key="period_kind").select("range")
    assert shown(ran(app)) == "2017-03-01:2017-03-31 2017-03-31"
    app.date_input(key="period_from").set_value(date(2017, 2, 10))
    app.date_input(key="period_until").set_value(date(2017, 4, 20))
    app.button(key="period_show").click()
    assert shown(ran(app)) == "2017-02-10:2017-04-20 2017-04-20"


def test_two_days_the_wrong_way_round_change_nothing_and_are_told() -> None:
    app = opened(period="2017-03-01:2017-03-31")
    app.date_input(key="period_until").set_value(date(2017, 2, 1))
    app.button(key="period_show").click()
    ran(app)
    assert shown(app) == "2017-03-01:2017-03-31 2017-03-31"
    assert "开始日期不晚于结束日期" in app.caption[0].value
    assert app.date_input(key="period_until").value == date(2017, 2, 1), "it can be corrected"
    app.date_input(key="period_from").set_value(date(2017, 1, 1))
    app.button(key="period_show").click()
    assert shown(ran(app)) == "2017-01-01:2017-02-01 2017-02-01"
    assert len(app.caption) == 1


def test_a_range_without_an_end_is_told_and_changes_nothing() -> None:
    app = opened(period="2017-03-01:2017-03-31")
    app.date_input(key="period_until").set_value(None)
    app.button(key="period_show").click()
    assert shown(ran(app)) == "2017-03-01:2017-03-31 2017-03-31"
    assert "请填写两个日期" in app.caption[0].value


def test_an_as_of_day_is_a_day_of_the_period_and_can_be_let_go() -> None:
    app = opened(period="2017")
    day = app.date_input(key="as_of_day")
    assert (day.value, day.min, day.max) == (None, date(2017, 1, 1), TODAY)
    day.set_value(date(2017, 6, 30))
    assert shown(ran(app)) == "2017 2017-06-30"
    assert named(app) == ["2017", "2017-06-30"]
    app.date_input(key="as_of_day").set_value(None)
    assert shown(ran(app)) == "2017 2017-11-15"
    assert named(app) == ["2017", ""]


def test_a_day_outside_the_period_is_not_shown_as_chosen() -> None:
    assert opened(period="2016", as_of="2017-06-30").date_input(key="as_of_day").value is None
    coming = opened(period="2018")
    assert [found.key for found in coming.date_input] == []


def test_the_choice_is_worded_in_both_languages() -> None:
    assert opened(period="2016-2017", lang="zh").segmented_control[0].options == [
        "年度", "学年", "学期", "统计年", "月", "自选"
    ]  # fmt: skip
    english = opened(period="2016-2017", lang="en")
    assert english.button(key="period_step_back").label == "Previous period"
    assert english.button(key="period_step_back").help == "Previous period: School year 2015-2016"
