"""Rules over spending: each shape at its boundary, the days it holds, and what ships."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from schools import Schools, person

from dashboard.errors import BadDefinition
from dashboard.periods import Span
from dashboard.rules import Cap, Checked, Finding, check, filled, listing, load
from dashboard.rules.ceilings import entries
from dashboard.rules.checking import queries
from dashboard.warehouse import Warehouse

Row = dict[str, Any]
Open = Callable[..., Warehouse]
YEAR = Span(date(2017, 1, 1), date(2017, 12, 31))
DAY = date(2017, 3, 8)
NAMES = ("王芳", "李静", "张伟", "刘洋")
MEMBERS = {date(2016, 9, 1): [person(str(n), name) for n, name in enumerate(NAMES, start=1)]}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def paid(amount: str, summary: str = "春节慰问品", day: date = DAY, **more: Any) -> Row:
    return {
        "spent_on": day,
        "summary": summary,
        "expense": Decimal(amount),
        "is_opening": False,
    } | more


def capped(value: str | None, shape: str = "annual", words: str = "慰问品", **more: Any) -> Cap:
    said = {"zh": "规则", "en": "Rule"}
    entry = {"id": "rule", "shape": shape, "label": said, "source": said, "value": value}
    entry["matches"] = {"words": words.split()}
    return filled([entry | more])["rule"]


def checked(warehouse: Warehouse, cap: Cap, span: Span = YEAR) -> Checked:
    (one,) = check(warehouse, [cap], span)
    return one


def found(warehouse: Warehouse, cap: Cap, span: Span = YEAR) -> tuple[Finding, ...]:
    return checked(warehouse, cap, span).findings


# -- the five shapes ----------------------------------------------------------------------------


def test_a_members_year_adds_up_and_the_very_ceiling_is_fine(opened: Open) -> None:
    lines = [
        paid("150", beneficiary="王芳"),
        paid("150.01", day=date(2017, 9, 1), beneficiary="王芳"),
        paid("300", day=date(2017, 10, 1), beneficiary="李静"),
        paid("900", day=date(2016, 12, 31), beneficiary="李静"),
    ]
    warehouse = opened(members=MEMBERS, ledger=lines)
    (finding,) = found(warehouse, capped("300"))
    assert (finding.who, finding.figure, finding.is_average) == ("王芳", Fraction("300.01"), False)
    assert finding.row_keys == ("2017-03-08|春节慰问品", "2017-09-01|春节慰问品")
    assert (finding.first_on, finding.last_on) == (DAY, date(2017, 9, 1))
    assert found(warehouse, capped("300.01")) == ()


def test_what_is_paid_for_all_is_divided_by_the_members_of_that_day(opened: Open) -> None:
    members = MEMBERS | {date(2017, 6, 1): [person("1", "王芳"), person("2", "李静")]}
    lines = [
        paid("400", "春节慰问品（一年级2人）"),
        paid("400", "春节慰问品（二年级2人）"),
        paid("200.02", "端午慰问品", date(2017, 6, 1)),
    ]
    warehouse = opened(members=members, ledger=lines)
    (finding,) = found(warehouse, capped("300"))
    assert finding.figure == Fraction("300.01")
    assert (finding.who, finding.is_average) == (None, True)
    assert finding.message.zh == "规则：2017 年 人均 300.01 元，超过设定上限 300.00 元，请核对"
    assert found(warehouse, capped("300.01")) == ()


def test_who_got_something_by_name_got_the_average_too(opened: Open) -> None:
    lines = [paid("400"), paid("50", day=date(2017, 4, 1), beneficiary="王芳、李静")]
    warehouse = opened(members=MEMBERS, ledger=lines)
    assert {f.who: f.figure for f in found(warehouse, capped("100"))} == {"王芳": 125, "李静": 125}
    everybody = {f.who: f.figure for f in found(warehouse, capped("99.99"))}
    assert everybody == {"王芳": 125, "李静": 125, None: 100}


def test_an_average_a_hair_above_does_not_look_like_its_ceiling(opened: Open) -> None:
    warehouse = opened(members=MEMBERS, ledger=[paid("1200.01")])
    (finding,) = found(warehouse, capped("300"))
    assert "300.002500 元，超过设定上限 300.000000 元" in finding.message.zh


def test_without_a_roster_of_the_day_an_average_cannot_be_told(opened: Open) -> None:
    warehouse = opened(
        ledger=[paid("99999"), paid("301", day=date(2017, 4, 1), beneficiary="王芳")]
    )
    one = checked(warehouse, capped("300"))
    assert (one.looked_at, one.left_out) == (2, 1)
    assert [(f.who, f.figure) for f in one.findings] == [("王芳", 301)]


def test_a_shop_that_was_paid_is_no_member(opened: Open) -> None:
    payees = ("苏果超市", "全体会员", "永辉店", "王芳、某某食品公司")
    lines = [paid("10", f"慰问品{n}", beneficiary=payee) for n, payee in enumerate(payees)]
    (finding,) = found(opened(members=MEMBERS, ledger=lines), capped("9.99"))
    assert (finding.who, finding.figure) == (None, 10)


def test_two_of_one_name_are_told(opened: Open) -> None:
    members = {date(2016, 9, 1): [person("1", "王芳"), person("2", "王芳", "数学组")]}
    warehouse = opened(members=members, ledger=[paid("301", beneficiary="王芳")])
    (finding,) = found(warehouse, capped("300"))
    assert "2 位同名者" in finding.message.zh


def test_one_occasion_is_divided_by_the_heads_its_summary_tells(opened: Open) -> None:
    cake = capped("200", "event", "生日")
    warehouse = opened(
        members=MEMBERS,
        ledger=[
            paid("600", "3月上半月生日蛋糕3人"),
            paid("600.01", "3月下半月生日蛋糕3人", date(2017, 3, 20)),
            paid("800", "4月生日蛋糕", date(2017, 4, 1)),
            paid("800.01", "5月生日蛋糕", date(2017, 5, 1)),
            paid("200", "生日蛋糕", date(2017, 6, 1), beneficiary="王芳"),
            paid("0.01", "生日贺卡", date(2017, 6, 1), beneficiary="王芳"),
        ],
    )  # fmt: skip
    told = {(f.who, f.first_on): f.figure for f in found(warehouse, cake)}
    assert told == {
        ("王芳", date(2017, 6, 1)): Fraction("200.01"),
        (None, date(2017, 3, 20)): Fraction("600.01") / 3,
        (None, date(2017, 5, 1)): Fraction("800.01") / 4,
    }


def test_groups_of_one_day_are_one_occasion_and_ranks_are_no_heads(opened: Open) -> None:
    lines = [
        paid("100", "慰问品（一年级2人）"),
        paid("200", "慰问品（二年级2人）"),
        paid("90", "慰问品第2名", date(2017, 4, 1)),
    ]
    warehouse = opened(members=MEMBERS, ledger=lines)
    told = {f.first_on: f.figure for f in found(warehouse, capped("0", "event"))}
    assert told == {DAY: 75, date(2017, 4, 1): Fraction(90, 4)}


def test_the_costs_of_an_activity_are_one_occasion_for_those_who_came(opened: Open) -> None:
    warehouse = opened(
        members=MEMBERS,
        activities=[{"name": "春游", "held_on": date(2017, 4, 1), "attended": 2}],
        ledger=[
            paid("100", "春游门票", date(2017, 4, 1), activity="春游"),
            paid("100.02", "春游车费", date(2017, 4, 9), activity="春游"),
        ],
    )
    (finding,) = found(warehouse, capped("100", "event", "春游"))
    assert (finding.figure, finding.event) == (Fraction("100.01"), "春游")
    assert found(warehouse, capped("100.01", "event", "春游")) == ()


def test_how_often_a_person_is_counted_by_days(opened: Open) -> None:
    days = (DAY, DAY, date(2017, 5, 1), date(2016, 5, 1))
    lines = [paid("1", f"住院慰问{n}", d, beneficiary="王芳") for n, d in enumerate(days)]
    warehouse = opened(ledger=[*lines, paid("1", "住院慰问")])
    times = capped("1", "frequency", "住院", per="member")
    one = checked(warehouse, times)
    assert [(f.who, f.figure) for f in one.findings] == [("王芳", 2)]
    assert (one.looked_at, one.left_out) == (4, 1)
    assert found(warehouse, capped("2", "frequency", "住院", per="member")) == ()


def test_illness_names_nobody(opened: Open) -> None:
    lines = [paid("301", "慰问住院会员王芳", beneficiary="王芳")]
    sick = capped("300", "event", "住院", private=True)
    (finding,) = found(opened(members=MEMBERS, ledger=lines), sick)
    assert (finding.who, finding.event) == (None, None)
    assert "王芳" not in finding.message.zh + finding.id.partition("|2017")[0]


def test_how_often_the_school_is_counted_by_activities_held(opened: Open) -> None:
    days = (date(2017, 4, 1), date(2017, 10, 1), date(2016, 10, 1))
    held = [{"name": f"{'春' if day.month < 9 else '秋'}游", "held_on": day} for day in days]
    warehouse = opened(
        activities=held, ledger=[paid("1", "春游门票"), paid("1", "春游车费", date(2017, 4, 2))]
    )
    (finding,) = found(warehouse, capped("1", "frequency", "春游 秋游", per="school"))
    assert finding.figure == 2
    assert len(finding.row_keys) == 2
    assert found(warehouse, capped("2", "frequency", "春游 秋游", per="school")) == ()


def test_without_a_register_of_activities_the_days_of_payment_are_counted(opened: Open) -> None:
    warehouse = opened(
        ledger=[paid("1", "春游"), paid("1", "春游餐"), paid("1", "春游", date(2017, 4, 2))]
    )
    (finding,) = found(warehouse, capped("1", "frequency", "春游", per="school"))
    assert finding.figure == 2


def test_winners_are_compared_with_those_who_took_part(opened: Open) -> None:
    def contest(winners: str, came: int | None = 12) -> Warehouse:
        return opened(
            activities=[{"name": "拔河", "held_on": DAY, "attended": came}],
            ledger=[paid("100", f"拔河奖品{winners}", activity="拔河"), paid("9", "奖品2人")],
        )

    third = capped("1/3", "share", "奖品")
    assert found(contest("一等奖1人二等奖3人"), third) == ()
    (finding,) = found(contest("一等奖2人二等奖3人"), third)
    assert (finding.figure, finding.event) == (Fraction(5, 12), "拔河")
    assert "41.7%，超过设定上限 33.3%" in finding.message.zh
    for unknown in (contest("若干"), contest("5人", None)):
        assert checked(unknown, third).left_out == 2


def test_those_who_signed_in_took_part(opened: Open) -> None:
    names = [person(None, name) for name in NAMES]
    sheet = [{"activity": "拔河", "held_on": DAY, "presence": "present"} | one for one in names]
    warehouse = opened(
        members=MEMBERS,
        attendance=[*sheet[:3], sheet[3] | {"presence": "absent"}],
        ledger=[paid("100", "拔河奖品2人", activity="拔河")],
    )
    (finding,) = found(warehouse, capped("1/2", "share", "奖品"))
    assert finding.figure == Fraction(2, 3)


def test_a_word_is_a_hint_for_each_payment(opened: Open) -> None:
    lines = [
        paid("5", "购买购物卡"),
        paid("5", "ktv消费"),
        paid("5", "購物卡二"),
        paid("5", "文具"),
    ]
    ban = load()["words"]
    one = checked(opened(ledger=lines), ban)
    assert {f.event for f in one.findings} == {"“购物卡”", "“ktv”"}
    assert len(one.findings) == 3
    assert {f.severity for f in one.findings} == {"soft"}
    assert all(f.message.zh.endswith("请核对") for f in one.findings)


def test_retirees_are_looked_at_by_the_source_of_funds_where_the_rule_holds(opened: Open) -> None:
    lines = [
        paid("5", "慰问退休教师", date(2025, 8, 21), fund_source="工会经费"),
        paid("5", "慰问老干部", date(2025, 9, 1)),
        paid("5", "慰问退休教师", date(2025, 9, 2), fund_source="行政经费"),
        paid("5", "慰问退休教师", date(2025, 8, 20), fund_source="工会经费"),
    ]
    warehouse, span = opened(ledger=lines), Span(date(2025, 1, 1), date(2025, 12, 31))
    (one,) = check(warehouse, [load()["retirees"]], span, "安徽省合肥市")
    assert [f.first_on for f in one.findings] == [date(2025, 8, 21), date(2025, 9, 1)]
    assert {f.severity for f in one.findings} == {"soft"}
    assert check(warehouse, [load()["retirees"]], span, "江苏省常州市") == ()


# -- days, places, certainty --------------------------------------------------------------------


def test_a_rule_holds_on_its_first_and_its_last_day(opened: Open) -> None:
    days = [date(2017, 3, 7), DAY, date(2017, 6, 30), date(2017, 7, 1)]
    lines = [paid("10", day=day, beneficiary="王芳") for day in days]
    rule = capped("5", "event", valid_from="2017-03-08", valid_to="2017-06-30")
    told = found(opened(ledger=lines), rule)
    assert [finding.first_on for finding in told] == days[1:3]


def test_a_rule_of_mid_year_counts_from_its_first_day(opened: Open) -> None:
    lines = [paid("200", day=d, beneficiary="王芳") for d in (date(2017, 6, 30), date(2017, 7, 1))]
    warehouse = opened(ledger=lines)
    assert found(warehouse, capped("200", valid_from="2017-07-01")) == ()
    (finding,) = found(warehouse, capped("199.99", valid_from="2017-07-01"))
    assert finding.figure == 200


def test_a_month_looks_at_its_whole_year_so_far(opened: Open) -> None:
    days = (date(2017, 1, 5), date(2017, 5, 5), date(2017, 5, 6))
    warehouse = opened(ledger=[paid("100", day=day, beneficiary="王芳") for day in days])
    may = Span(date(2017, 5, 1), date(2017, 5, 5))
    assert [f.figure for f in found(warehouse, capped("199"), may)] == [200]
    assert found(warehouse, capped("99", "event"), Span(date(2017, 5, 6), date(2017, 5, 6)))


def test_a_school_year_keeps_its_two_calendar_years_apart(opened: Open) -> None:
    days = (date(2016, 10, 1), date(2017, 2, 1))
    warehouse = opened(ledger=[paid("100", day=day, beneficiary="王芳") for day in days])
    school_year = Span(date(2016, 9, 1), date(2017, 8, 31))
    assert found(warehouse, capped("100"), school_year) == ()
    assert [f.in_year for f in found(warehouse, capped("99"), school_year)] == [2016, 2017]


def test_a_rule_out_of_force_looks_at_nothing(opened: Open) -> None:
    one = checked(opened(ledger=[paid("9")]), capped("1", valid_to="2016-12-31"))
    assert (one.state, one.looked_at, one.findings) == ("not_in_force", 0, ())


def test_a_rule_without_a_number_never_finds_and_says_what_it_would_look_at(opened: Open) -> None:
    warehouse = opened(members=MEMBERS, ledger=[paid("99999"), paid("1", "文具")])
    for shape in ("annual", "event", "frequency", "share"):
        one = checked(warehouse, capped(None, shape))
        assert (one.state, one.looked_at, one.findings) == ("unset", 1, ())


def test_only_what_is_verified_or_filled_in_is_certain() -> None:
    assert capped("1").severity == "hard"
    assert load()["festival_gifts"].severity == "soft"
    assert capped(None, "ban").severity == "soft"


@pytest.mark.parametrize("seed", [1, 2])
def test_one_fen_decides(seed: int, opened: Open) -> None:
    """A second road: each person's year in whole fen, against ceilings at, above and below them."""
    lot = Random(seed)  # noqa: S311 - a test school is no secret
    bought = [
        (first + last, lot.randint(1, 99999)) for first in "王李张" for last in "芳静伟洋磊"
    ] * 2
    lines = [
        paid(str(Decimal(fen) / 100), f"慰问品{n}", beneficiary=name)
        for n, (name, fen) in enumerate(bought)
    ]
    warehouse = opened(ledger=lines)
    sums: dict[str, int] = {}
    for name, fen in bought:
        sums[name] = sums.get(name, 0) + fen
    for fen in sorted(sums.values())[::5]:
        for ceiling in (fen - 1, fen, fen + 1):
            told = {f.who for f in found(warehouse, capped(str(Decimal(ceiling) / 100)))}
            assert told == {name for name, got in sums.items() if got > ceiling}


# -- the table ----------------------------------------------------------------------------------


def test_no_number_ships_that_nobody_verified() -> None:
    assert load()
    for cap in load().values():
        assert cap.value is None or cap.verified
        assert not cap.filled


def test_what_a_school_fills_in_stands_on_the_shipped_row() -> None:
    caps = load(filled([{"id": "festival_gifts", "value": "2200", "valid_from": "2025-11-05"}]))
    cap = caps["festival_gifts"]
    assert (cap.value, cap.valid_from, cap.filled) == (2200, date(2025, 11, 5), True)
    assert cap.matches == load()["festival_gifts"].matches
    assert caps.keys() == load().keys()


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "birthday", "value": "很多"},
        {"id": "birthday", "value": "-1"},
        {"id": "birthday", "valid_from": "去年"},
        {"id": "birthday", "shape": "round"},
        {"id": "birthday", "unit": "yuan"},
        {"id": "birthday", "matches": {}},
        {"id": "birthday", "matches": {"kinds": ["party"]}},
        {"id": "birthday", "colour": "red"},
        {"id": "new", "value": "5"},
    ],
)
def test_what_cannot_be_read_is_refused(wrong: Row) -> None:
    with pytest.raises(BadDefinition):
        filled([wrong])


def test_a_file_with_an_unproven_number_is_refused(tmp_path: Path) -> None:
    row = """
    [[cap]]
    id = "a"
    shape = "event"
    label = {zh = "王芳", en = "A"}
    matches = {words = ["王芳"]}
    source = {zh = "李静", en = "B"}
    """
    proof = 'document = "丙"\nverified = true\nvalid_from = 2017-01-01\n'
    told = {
        "value": row + 'value = "5"\n',
        "twice": row + row,
        "proven": row + 'value = "5"\n' + proof,
    }
    for name, text in told.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert set(entries(tmp_path / "proven.toml")) == {"a"}
    for name in ("value", "twice"):
        with pytest.raises(BadDefinition):
            entries(tmp_path / f"{name}.toml")


def test_every_query_says_the_same_columns(opened: Open) -> None:
    assert {"rule", "matched", "counted", "annual", "event", "share", "ban"} < queries().keys()
    empty = opened()
    assert all(not one.findings for one in check(empty, load().values(), YEAR, "安徽"))


def test_the_tables_say_it_in_both_languages(opened: Open) -> None:
    warehouse = opened(members=MEMBERS, ledger=[paid("4000"), paid("5", "购物卡")])
    caps = load(filled([{"id": "festival_gifts", "value": "999"}]))
    told = check(warehouse, caps.values(), YEAR)
    for lang in ("zh", "en"):
        rules, findings = listing.rules(told, lang), listing.findings(told, lang)
        assert all({c.name for c in listing.RULES} <= row.keys() for row in rules)
        assert all({c.name for c in listing.FINDINGS} <= row.keys() for row in findings)
        assert len(findings) == 2
    by_id = {row["id"]: row for row in listing.rules(told, "zh")}
    assert by_id["festival_gifts"]["cap"] == "999.00 元"
    assert by_id["birthday"]["state"] == "未设上限"
    assert [row["severity"] for row in listing.findings(told, "zh")] == ["请核对", "待核"]
