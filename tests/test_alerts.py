"""需要关注: each rule at its boundary, their order, and the sample's by a count of its files."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
from here import read_here
from schools import Schools, person
from screens import PATIENCE, keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard.alerts import RULES, alerts
from dashboard.alerts.listed import queries
from dashboard.alerts.model import SEVERITIES, Alert, Attention, ProofOf, Rows
from dashboard.filters import Filters, chosen
from dashboard.kpis import counted
from dashboard.kpis.proof import proof
from dashboard.periods import parse
from dashboard.reports import run
from dashboard.schema import Arrival
from dashboard.settings import ROOT, Settings
from dashboard.text import Lang
from dashboard.warehouse import Warehouse, settings
from dashboard.workspaces import Workspaces
from tests.demo import lay

Row = dict[str, Any]
DAY = date(2017, 6, 30)
STAFF = [person(str(n), f"王{n}", sex="female") for n in range(1, 5)]
SAMPLE = ROOT / "data" / "sample"


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose demonstration is built from the sample, and shown."""
    folder = tmp_path_factory.mktemp("sample")
    spaces = Workspaces(Settings(data=lay(folder)))
    spaces.enter("demo")
    spaces.close()
    return folder


@pytest.fixture(scope="module")
def sample(demo: Path) -> Iterator[Warehouse]:
    spaces = Workspaces(Settings(data=demo))
    yield spaces.warehouse("demo")
    spaces.close()


def look(
    warehouse: Warehouse,
    today: date = DAY,
    period: str = "2017",
    lang: Lang = "zh",
    **narrowed: str,
) -> Attention:
    with warehouse.snapshot() as reader:
        filters = Filters(parse(period), today, chosen(narrowed))
        return alerts(reader, filters, settings(reader), lang)


def told(warehouse: Warehouse, today: date = DAY, **view: Any) -> dict[str, Alert]:
    return {alert.id: alert for alert in look(warehouse, today, **view).alerts}


def proposal(no: int, due: date | None, **more: Any) -> Row:
    days = {"submitted_on": date(2017, 3, 1), "filed_on": date(2017, 3, 10)}
    told = {"proposal_no": str(no), "title": f"案由{no}", "proposer": "王1", "review": "filed"}
    return told | days | {"due_on": due, "department": "语文组", "lead": "总务处"} | more


def spent(amount: str, subject: str = "文体活动", on: date = DAY, **more: Any) -> Row:
    told = {"spent_on": on, "subject": subject, "expense": Decimal(amount), "is_opening": False}
    return told | more


def granted(amount: int, subject: str = "文体活动") -> Row:
    return {"year": 2017, "subject": subject, "approved": Decimal(amount)}


def planned(name: str, due: date, **more: Any) -> Row:
    return {"name": name, "planned_from": due.replace(day=1), "planned_to": due} | more


# -- proposals --------------------------------------------------------------------------------


def test_a_proposal_due_on_the_very_day_is_due_by_the_end_of_it(schools: Schools) -> None:
    warehouse = schools(proposals=[proposal(1, DAY), proposal(2, DAY - timedelta(3))])
    found = told(warehouse)["proposals_overdue"]
    assert (found.count, found.since, found.days) == (2, DAY - timedelta(3), 3)
    assert found.reason.zh == "2 件提案已到要求办结日期仍未答复，最早的是 2017-06-27"
    assert "proposals_overdue" not in told(warehouse, DAY - timedelta(4))


def test_a_proposal_is_due_soon_up_to_the_days_the_school_set(schools: Schools) -> None:
    in_14, in_15 = (proposal(n, DAY + timedelta(n)) for n in (14, 15))
    warehouse = schools(proposals=[in_14, in_15])
    found = told(warehouse)["proposals_due_soon"]
    assert (found.count, found.since, found.days) == (1, None, None)
    assert "14 天内到期，最早的是 2017-07-14" in found.reason.zh
    warehouse.set("rules", {"due_soon_days": 13})
    assert "proposals_due_soon" not in told(warehouse)


def test_an_answered_proposal_is_let_be(schools: Schools) -> None:
    warehouse = schools(proposals=[proposal(1, DAY - timedelta(9), replied_on=DAY)])
    assert told(warehouse) == {}


def test_what_is_overdue_stays_so_in_later_years(schools: Schools) -> None:
    warehouse = schools(proposals=[proposal(1, DAY)])
    late = told(warehouse, date(2019, 1, 10), period="2018")["proposals_overdue"]
    assert late.days == (date(2018, 12, 31) - DAY).days


# -- money ------------------------------------------------------------------------------------


def test_a_budget_spent_to_the_cent_is_not_exceeded(schools: Schools) -> None:
    end = date(2017, 12, 31)
    warehouse = schools(budget=[granted(100)], ledger=[spent("100.00", on=end)])
    assert told(warehouse, end) == {}


def test_a_cent_more_is_over_budget_from_the_day_it_was_spent(schools: Schools) -> None:
    rows = [spent("60", on=date(2017, 1, 5)), spent("40.01", on=date(2017, 4, 1)), spent("9")]
    warehouse = schools(budget=[granted(100)], ledger=rows)
    found = told(warehouse)["over_budget"]
    assert (found.count, found.since, found.days) == (1, date(2017, 4, 1), 90)
    assert "“文体活动”：支出 109.01 元，预算 100.00 元" in found.reason.zh


def test_spending_without_a_budget_is_told_where_the_year_has_one(schools: Schools) -> None:
    rows = [spent("5", "慰问品", date(2017, 2, 1)), spent("7", "送温暖费")]
    found = told(schools(budget=[granted(100)], ledger=rows))["without_budget"]
    assert (found.count, found.since) == (2, date(2017, 2, 1))
    assert told(schools(budget=[granted(100) | {"year": 2016}], ledger=rows)) == {}


def test_a_budget_is_nearly_used_up_from_its_share_on(schools: Schools) -> None:
    at, below = (
        schools(budget=[granted(100)], ledger=[spent("90")]),
        schools(budget=[granted(100)], ledger=[spent("89.99")]),
    )
    assert told(at)["budget_nearly_used"].reason.zh.endswith("“文体活动”（90.0%）")
    assert told(below) == {}
    at_the_end = told(at, date(2017, 12, 31))
    assert "budget_nearly_used" not in at_the_end, "a year that is over has used what it has used"


def test_accounts_are_those_of_the_report_beside_the_figures(schools: Schools) -> None:
    rows = [spent("120"), spent("5", "慰问品"), spent("40", "送温暖费"), spent("3", "无此科目")]
    budget = [granted(100), granted(40, "送温暖费"), granted(9, "资本性支出")]
    warehouse = schools(budget=budget, ledger=rows)
    filters = Filters(parse("2017"), DAY)
    with warehouse.snapshot() as reader:
        report = run(reader, "budget_by_subject", filters, "zh").rows
    found = told(warehouse)
    for name, state in (("over_budget", "超预算"), ("without_budget", "无预算")):
        rows_of = found[name].rows
        assert isinstance(rows_of, Rows)
        expected = {(row["account"], row["spent"]) for row in report if row["state"] == state}
        assert {(row["account"], row["spent"]) for row in rows_of.rows} == expected != set()


def test_a_broken_chain_of_balances_is_told(schools: Schools) -> None:
    book = [
        {"spent_on": date(2017, 1, 1), "balance": Decimal(100), "is_opening": True},
        spent("10", on=date(2017, 1, 2), balance=Decimal(90)),
        spent("10", on=date(2017, 1, 3), balance=Decimal(70)),
    ]
    found = told(schools(ledger=book))["balance_breaks"]
    assert (found.count, found.since) == (1, date(2017, 1, 3))
    assert isinstance(found.rows, Rows)
    assert found.rows.case == "ledger"


def test_a_ceiling_of_the_school_is_told_above_it_only(schools: Schools) -> None:
    label = {"zh": "每次活动", "en": "Each event"}
    cap = {"id": "own", "shape": "annual", "label": label, "value": "100"}
    members = {date(2017, 1, 1): STAFF}
    for amount, expected in (("400.00", 0), ("400.01", 1)):
        warehouse = schools(members=members, ledger=[spent(amount, summary="慰问品")])
        warehouse.set("caps", [cap | {"matches": {"words": ["慰问品"]}}])
        found = [alert for alert in told(warehouse).values() if alert.id == "above_ceiling"]
        assert [alert.count for alert in found] == [1] * expected


def test_a_result_is_told_where_the_votes_do_not_make_it(schools: Schools) -> None:
    half = {"session": "七届一次", "held_on": DAY, "method": "ballot", "due": 60, "present": 50}
    held = [half | {"motion": f"议题{n}", "in_favour": n, "result": "adopted"} for n in (29, 30)]
    warehouse = schools(votes=held)
    found = told(warehouse)["votes_disagree"]
    assert (found.count, found.since) == (1, DAY)
    assert "“议题29”" in found.reason.zh
    warehouse.set("variants", {"adoption_rate": "all_more"})
    assert told(warehouse)["votes_disagree"].count == 2


# -- the plan ---------------------------------------------------------------------------------


def test_an_item_of_the_plan_is_late_after_the_days_of_grace(schools: Schools) -> None:
    warehouse = schools(activities=[planned("春游", DAY)])
    found = told(warehouse)["plan_items_late"]
    assert (found.count, found.since, found.days) == (1, DAY, 0)
    warehouse.set("rules", {"plan_grace_days": 5})
    assert told(warehouse, DAY + timedelta(4)) == {}
    assert told(warehouse, DAY + timedelta(5))["plan_items_late"].days == 5


def test_what_was_held_or_cancelled_is_not_late(schools: Schools) -> None:
    held = planned("春游", DAY, held_on=DAY, status="done")
    assert told(schools(activities=[held, planned("秋游", DAY, status="cancelled")])) == {}


# -- the registers ----------------------------------------------------------------------------


def test_a_register_is_old_the_day_after_so_many_months(schools: Schools) -> None:
    warehouse = schools(ledger=[spent("5", on=date(2017, 3, 30))])
    assert told(warehouse, DAY) == {}
    found = told(warehouse, date(2017, 7, 2))["registers_old:ledger"]
    assert (found.since, found.days) == (date(2017, 7, 1), 1)
    assert found.reason.zh.startswith("经费收支明细最近一次记录是 2017-03-30，已超过 3 个月")


def test_a_roster_is_old_after_its_own_number_of_months(schools: Schools) -> None:
    warehouse = schools(staff={date(2017, 3, 1): STAFF})
    assert told(warehouse, date(2018, 3, 1), period="2018") == {}
    assert list(told(warehouse, date(2018, 3, 2), period="2018")) == ["registers_old:staff"]


def test_a_day_to_come_makes_nothing_new(schools: Schools) -> None:
    rows = [spent("5", on=date(2017, 1, 1)), spent("5", on=date(2071, 1, 1))]
    assert "registers_old:ledger" in told(schools(ledger=rows), DAY)


def test_who_looks_back_is_not_asked_for_new_data(schools: Schools) -> None:
    rows = [spent("5", on=date(2016, 5, 1)), spent("5", on=date(2017, 1, 1))]
    warehouse = schools(ledger=rows)
    assert told(warehouse, DAY, period="2016") == {}
    assert "registers_old:ledger" in told(warehouse, date(2018, 2, 1), period="2017")


def sheet(total: str) -> Arrival:
    lines = [
        "日期,科目,摘要,收入,支出",
        "2017-06-01,文体活动,球,,5.00",
        "2017-06-02,文体活动,网,,6.00",
    ]
    text = "\n".join([*lines, f"合计,,,,{total}", ""])
    report = read_here(text.encode(), "账.csv")
    return Arrival(report.file, report.sha256, report.encoding, report.sheets[0])


def test_a_total_that_does_not_add_up_is_told_until_its_sheet_is_mended(
    schools: Schools,
) -> None:
    warehouse = schools()
    warehouse.load([sheet("12.00")])
    found = told(warehouse)["totals_differ"]
    assert isinstance(found.rows, Rows)
    (row,) = found.rows.rows
    assert (row["cell"], row["header"]) == ("E4", "支出")
    assert (row["printed"], row["computed"], row["difference"]) == (12, 11, 1)
    assert "账.csv" in found.reason.zh
    warehouse.load([sheet("11.00")])
    assert told(warehouse) == {}


def test_a_sheet_that_was_taken_back_is_silent(schools: Schools) -> None:
    warehouse = schools(ledger=[spent("1")])
    loaded = warehouse.load([sheet("12.00")])
    assert "totals_differ" in told(warehouse)
    warehouse.undo(loaded.import_id)
    assert told(warehouse) == {}


def budget(name: str, *lines: str) -> Arrival:
    text = "\n".join(["科目编码,科目名称,2017年预算", *lines, ""])
    report = read_here(text.encode(), name)
    return Arrival(report.file, report.sha256, report.encoding, report.sheets[0])


def test_a_budget_issued_again_in_other_words_is_told_until_the_first_is_taken_back(
    schools: Schools,
) -> None:
    warehouse = schools()
    first = warehouse.load([budget("2017年预算.csv", "50102,文体活动,3000", "50103,宣传活动,500")])
    assert "budget_twice" not in told(warehouse)
    again = budget("2017年预算（调整）.csv", ",文体活动支出,4000", "50103,宣传活动,600")
    warehouse.load([again])
    found = told(warehouse)["budget_twice"]
    assert isinstance(found.rows, Rows)
    (row,) = found.rows.rows  # 宣传活动 is the same line in both, and was replaced
    assert (row["account"], row["sheets"], row["approved"]) == ("文体活动", 2, 7000)
    assert "2017年预算.csv、2017年预算（调整）.csv" in found.reason.zh
    warehouse.undo(first.import_id, unwind=True)
    warehouse.load([again])
    assert "budget_twice" not in told(warehouse)


# -- figures and people -----------------------------------------------------------------------


def rosters(members: int) -> dict[str, Any]:
    day = date(2017, 1, 1)
    return {"staff": {day: STAFF}, "members": {day: STAFF[:members]}}


def test_a_missed_target_says_how_much_is_missing(schools: Schools) -> None:
    found = told(schools(**rosters(3)))["target_missed:enrollment_rate"]
    assert found.reason.zh == "入会率 75.0%（3/4 人），低于目标 100%，还差 1 人"
    assert found.reason.en == (
        "Enrolment rate 75.0% (3/4 people), below the target of 100%; 1 people short"
    )
    assert (found.count, found.since, found.or_more) == (1, date(2017, 1, 31), False)


def test_a_target_met_exactly_is_no_alert(schools: Schools) -> None:
    found = look(schools(**rosters(4)))
    assert found.alerts == ()
    assert "target_missed" in [rule.id for rule in found.checked]


def test_a_limit_is_missed_from_above(schools: Schools) -> None:
    warehouse = schools(**rosters(3))
    target = {"kpi": "enrollment_rate", "source": {"zh": "自定", "en": "Own"}}
    warehouse.set("targets", [target | {"compare": "at_most", "value": "1/2"}])
    found = told(warehouse)["target_missed:enrollment_rate"]
    assert found.reason.zh == "入会率 75.0%（3/4 人），高于上限 50%，超出 1 人"
    assert (found.count, found.rows) == (3, ProofOf("enrollment_rate", unmet=False))
    warehouse.set("targets", [target | {"compare": "at_most", "value": "3/4"}])
    assert told(warehouse) == {}


@pytest.mark.parametrize(("bar", "gap"), [("3/5", "1 人"), ("1/2", None), ("51/100", "1 人")])
def test_the_gap_is_counted_in_whole_people(schools: Schools, bar: str, gap: str | None) -> None:
    warehouse = schools(**rosters(2))
    target = {"kpi": "enrollment_rate", "compare": "at_least", "value": bar}
    warehouse.set("targets", [target | {"source": {"zh": "自定", "en": "Own"}}])
    found = told(warehouse)
    assert [a.reason.zh.partition("还差 ")[2] for a in found.values()] == ([gap] if gap else [])


def test_a_sum_that_falls_short_is_told_with_the_lines_it_adds_up(schools: Schools) -> None:
    warehouse = schools(ledger=[spent("40"), spent("2.50")])
    target = {"kpi": "spending_total", "compare": "at_least", "value": "50"}
    warehouse.set("targets", [target | {"source": {"zh": "自定", "en": "Own"}}])
    found = told(warehouse)["target_missed:spending_total"]
    assert found.reason.zh == "支出 42.50 元，低于目标 50.00 元，还差 7.50 元"
    assert (found.count, found.rows) == (2, ProofOf("spending_total", unmet=False))
    assert found.since is None


def test_the_year_before_has_to_be_surpassed(schools: Schools) -> None:
    warehouse = schools(
        staff={date(2016, 1, 1): STAFF},
        members={date(2016, 1, 1): STAFF[:3], date(2017, 1, 1): STAFF[1:]},
    )
    target = {"kpi": "enrollment_rate", "source": {"zh": "自定", "en": "Own"}}
    warehouse.set("targets", [target | {"compare": "above_previous"}])
    found = [a for a in told(warehouse).values() if a.rule.id == "target_missed"]
    assert [a.reason.zh for a in found] == ["入会率 75.0%（3/4 人），未高于上年的 75%，还差 1 人"]


def test_rows_that_no_figure_could_count_are_told(schools: Schools) -> None:
    rows = [
        {"name": name, "held_on": DAY, "attended": 3, "expected": heads, "audience": "全体"}
        for name, heads in (("春游", None), ("秋游", 5))
    ]
    found = told(schools(activities=rows))["rows_left_out:activity"]
    assert (found.count, found.rows) == (1, ProofOf("participation_rate", unmet=False))


def test_members_nobody_knows_on_the_staff_are_told(schools: Schools) -> None:
    day = date(2017, 1, 1)
    warehouse = schools(staff={day: STAFF}, members={day: [*STAFF, person("9", "徐明")]})
    assert told(warehouse)["members_not_on_staff"].count == 1


def test_people_who_cannot_be_told_apart_are_told(schools: Schools) -> None:
    day = date(2017, 1, 1)
    twins = [person("1", "王芳", "语文组"), person("2", "王芳", "数学组")]
    came = {"activity": "春游", "held_on": DAY, "name": "王芳", "presence": "present"}
    found = told(schools(staff={day: twins}, attendance=[came]))["ambiguous_people"]
    assert (found.count, found.since) == (1, DAY)


# -- all together -----------------------------------------------------------------------------


def test_an_empty_school_is_told_nothing(schools: Schools) -> None:
    found = look(schools())
    assert (found.alerts, found.checked) == ((), ())
    assert len(found.unchecked) == len(RULES)


TROUBLED: dict[str, Any] = {
    **rosters(2),
    "proposals": [proposal(1, date(2017, 6, 1)), proposal(2, DAY + timedelta(3))],
    "activities": [planned("春游", date(2017, 5, 31)), planned("读书", date(2017, 2, 28))],
    "budget": [granted(100)],
    "ledger": [spent("120", on=date(2017, 2, 1)), spent("5", "慰问品")],
}


def test_the_most_urgent_and_the_oldest_stand_first(schools: Schools) -> None:
    found = look(schools(**TROUBLED)).alerts
    places = [list(SEVERITIES).index(alert.rule.severity) for alert in found]
    assert places == sorted(places)
    assert [(alert.id, alert.days) for alert in found if alert.rule.severity == "urgent"] == [
        ("over_budget", 149),
        ("proposals_overdue", 29),
    ]
    ages = [alert.days for alert in found if alert.rule.severity == "attention"]
    assert ages == sorted(ages, key=lambda days: -1 if days is None else days, reverse=True)
    assert ages[-1] is None


def test_an_alert_has_as_many_rows_as_it_says(schools: Schools) -> None:
    warehouse = schools(**TROUBLED)
    found = look(warehouse).alerts
    assert len(found) >= 6
    for alert in found:
        assert alert.count == rows_of(warehouse, alert), alert.id


def rows_of(warehouse: Warehouse, alert: Alert) -> int:
    if isinstance(alert.rows, Rows):
        assert not alert.rows.keys or len(alert.rows.keys) == len(alert.rows.rows)
        return len(alert.rows.rows)
    filters = Filters(parse("2017"), DAY)
    with warehouse.snapshot() as reader:
        kpi = counted(alert.rows.kpi, settings(reader).variants)
        return sum(len(one.rows) for one in proof(reader, kpi, filters, unmet=alert.rows.unmet))


def test_a_rule_that_does_not_know_what_is_chosen_is_silent_and_says_so(schools: Schools) -> None:
    found = look(schools(**TROUBLED), department="语文组")
    silent = {rule.id for rule in found.unchecked}
    assert {"over_budget", "registers_old", "totals_differ"} <= silent
    assert {alert.rule.id for alert in found.alerts} & silent == set()
    assert "proposals_overdue" in {alert.id for alert in found.alerts}
    assert "proposals_overdue" not in told(schools(**TROUBLED), department="数学组")


def test_every_line_is_whole_in_both_languages(schools: Schools) -> None:
    for alert in look(schools(**TROUBLED)).alerts:
        assert not set("{}") & set(alert.reason.zh + alert.reason.en)
        assert alert.reason.zh != alert.reason.en
    assert all(rule.label.zh != rule.label.en for rule in RULES.values())


def test_rows_are_in_the_language_asked_for(schools: Schools) -> None:
    warehouse = schools(**TROUBLED)
    for lang, word in (("zh", "已逾期"), ("en", "Overdue")):
        rows = told(warehouse, lang=lang)["proposals_overdue"].rows
        assert isinstance(rows, Rows)
        assert [row["state"] for row in rows.rows] == [word]


def test_every_rule_leads_to_a_page_there_is() -> None:
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert {rule.page for rule in RULES.values()} <= pages


def test_a_query_of_its_own_is_used_by_a_rule() -> None:
    named = {getattr(rule.source, "query", "") for rule in RULES.values()}
    own = {path.stem for path in (ROOT / "queries" / "alerts").glob("*.sql")}
    assert own <= named <= queries().keys() | {""}


# -- the sample -------------------------------------------------------------------------------


def cells(start: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Each sheet of one of the sample's workbooks, its rows as they stand there."""
    (path,) = SAMPLE.glob(f"{start}*.xlsx")
    for sheet in openpyxl.load_workbook(path, data_only=True):
        yield sheet.title, list(sheet.iter_rows(values_only=True))


def column(rows: list[tuple[Any, ...]], name: str) -> tuple[int, int]:
    """The header row and the column whose header, blanks apart, begins with the name."""
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and "".join(cell.split()).startswith(name):
                return at, place
    raise AssertionError(name)


def test_the_samples_overdue_proposals_are_those_without_an_answer(sample: Warehouse) -> None:
    waiting = 0
    for _, rows in cells("教代会提案登记表"):
        (head, due), (_, reply) = column(rows, "要求办结"), column(rows, "答复日期")
        waiting += sum(bool(row[due]) and not row[reply] for row in rows[head + 1 :])
    found = told(sample, date(2026, 1, 15), period="2025")["proposals_overdue"]
    assert found.count == waiting == 6


def test_the_samples_overspent_account_is_the_one_its_files_add_up_to(sample: Warehouse) -> None:
    ((_, rows),) = [pair for pair in cells("工会经费收支明细账") if pair[0] == "2025年"]
    (_, subject), (_, expense) = column(rows, "会计科目"), column(rows, "支出")
    written = [str(row[expense]) for row in rows if "送温暖费" in str(row[subject])]
    total = sum(Decimal(normalize("NFKC", amount).strip("￥¥元")) for amount in written)
    found = told(sample, date(2026, 1, 15), period="2025")["over_budget"]
    assert isinstance(found.rows, Rows)
    assert [(row["account"], row["spent"]) for row in found.rows.rows] == [("送温暖费", total)]


def test_the_sample_as_it_stands(sample: Warehouse) -> None:
    found = look(sample, date(2026, 1, 15), period="2025").alerts
    assert [(alert.id, alert.count, alert.days) for alert in found] == [
        ("proposals_overdue", 6, 457),
        ("over_budget", 1, 95),
        ("target_missed:enrollment_rate", 2, 334),
        ("votes_disagree", 1, 250),  # 20 of 42 delegates, written down as adopted
        ("plan_items_late", 3, 184),
        ("rows_left_out:activity", 1, None),
    ]


# -- the screen -------------------------------------------------------------------------------


@pytest.fixture
def page(demo: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    return opened(demo, "overview", monkeypatch, lang="zh", period="2025")


def test_the_overview_has_a_line_for_each_alert(page: AppTest) -> None:
    buttons = [button for button in page.button if str(button.key).startswith("open_alert_")]
    assert len(buttons) == 6
    words = "\n".join(one.label for one in buttons).replace("\\", "").replace("\u00a0", " ")
    assert "6 件提案已到要求办结日期仍未答复" in words
    assert words.index("紧急") < words.index("关注]") < words.index("提示")
    assert all(f":material/{icon}:" in words for icon in ("error", "warning", "info"))


@pytest.mark.parametrize("name", ["proposals_overdue", "target_missed:enrollment_rate"])
def test_an_alerts_button_opens_its_rows(page: AppTest, name: str) -> None:
    before = len(page.dataframe)
    keyed(page.button, f"open_alert_{name}").click().run()
    assert not page.exception
    assert not page.error
    rows = page.dataframe[before:]
    assert [len(frame.value) for frame in rows] == [6 if name == "proposals_overdue" else 2]


def test_a_gap_in_the_data_opens_the_figures_proof(page: AppTest) -> None:
    before = len(page.dataframe)
    keyed(page.button, "open_alert_rows_left_out:activity").click().run()
    assert not page.error
    assert len(page.dataframe) > before


def test_a_school_without_data_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workspaces(Settings(data=tmp_path)).enter("school")
    assert "还没有数据，无从检查" in said(opened(tmp_path, "overview", monkeypatch, lang="zh"))


def nothing_found() -> None:
    from dashboard.alerts import RULES
    from dashboard.alerts.model import Attention
    from dashboard.ui.alerts import attention

    rules = tuple(RULES.values())
    attention(Attention((), rules[1:], rules[:1]), "zh")


def test_where_nothing_is_found_it_says_what_was_looked_for() -> None:
    words = said(AppTest.from_function(nothing_found, default_timeout=PATIENCE).run())
    assert "没有需要关注的事项。" in words
    looked_for, _, left = words.partition("未检查")
    labels = [rule.label.zh for rule in RULES.values()]
    assert labels[0] in left
    assert all(label in looked_for for label in labels[1:])


def ten_found() -> None:
    from dashboard.alerts import RULES
    from dashboard.alerts.model import Alert, Attention, ProofOf
    from dashboard.text import same
    from dashboard.ui.alerts import attention

    rule = RULES["target_missed"]
    proof = ProofOf("enrollment_rate", unmet=True)
    found = (Alert(f"a{n}", rule, same(f"第{n}项*"), 1, proof, days=n) for n in range(10))
    attention(Attention(tuple(found), (rule,), ()), "zh")


def test_more_than_eight_are_folded_away() -> None:
    app = AppTest.from_function(ten_found, default_timeout=PATIENCE).run()
    assert [fold.label for fold in app.expander] == ["还有 2 项"]
    assert len(app.expander[0].button) == 2
    assert len(app.button) == 10
    told = [one.label for one in app.button]
    assert [words.partition("第")[2] for words in told] == [
        rf"{n}项\*" + (f" :gray[已\u00a0{n}\u00a0天]" if n else "") for n in range(10)
    ]
