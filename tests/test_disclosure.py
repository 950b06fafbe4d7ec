"""What must not be told of people is not told, nor to be had from what is."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from crowded_schools import DEPARTMENTS, KINDS, crowded
from drawn_groups import found
from schools import TODAY, School, opened
from subtraction import Listener

from dashboard.disclosure import Groups, Sums, hidden_with, is_small
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate
from dashboard.kpis.history import history
from dashboard.kpis.model import Reading
from dashboard.periods import parse
from dashboard.veil import PRIVATE, Veil, veil
from dashboard.warehouse import Reader


@pytest.mark.parametrize("lot", range(2))
def test_no_small_group_is_shown_or_follows_from_all_that_is_shown(lot: int) -> None:
    """Tables under all filters of up to four values, added and taken away; the soak has 10,000."""
    told = [found(seed) for seed in range(lot * 500, (lot + 1) * 500)]
    assert not [wrong for _, held in told for wrong in held]
    assert sum(small for small, _ in told) > 3000


def test_parts_are_hidden_until_two_of_them_and_five_people_are_missing() -> None:
    people = {"a": 1, "b": 2, "c": 3, "d": 30, "e": 0}
    assert hidden_with(people, ["a"]) == {"a", "b", "c"}
    assert hidden_with(people, []) == frozenset()
    assert hidden_with({"a": 4, "b": 90}, ["a"]) == {"a", "b"}
    five_of_one = dict.fromkeys("abcde", 1) | {"f": 9, "g": 50}
    assert hidden_with(five_of_one, list("abcde")) == set("abcdef")  # else each would be one


def test_what_follows_from_sums_is_told() -> None:
    sums = Sums()
    for cells in (("a", "b"), ("b", "c"), ("c", "a")):
        assert not sums.tell([("a",)])
        sums.learn([(cell,) for cell in cells])
    assert sums.tell([("a",)])
    assert not sums.tell([("d",)])


def test_a_person_of_two_rows_is_one() -> None:
    told = tuple({"department": name} for name in ("语文组",) * 6 + ("数学组",) * 9)
    same = Groups(told, who=(*["张"] * 6, *(str(n) for n in range(9))))
    assert same.hides({"department": "语文组"})
    assert not Groups(told).hides({"department": "语文组"})


# -- the figures themselves ---------------------------------------------------------------------

PAIRS = [
    {"department": d} | more
    for d in DEPARTMENTS
    for more in ({}, {"sex": "female"}, {"sex": "male"})
]
ASKED: list[dict[str, str]] = [{}, *PAIRS, {"sex": "female"}, {"sex": "male"}]
ASKED += [{"employment_type": kind} for kind in KINDS]
Told = dict[tuple[object, frozenset[tuple[str, str | None]]], Reading]


def told(reader: Reader, name: str, safe: bool, variant: str | None = None) -> Told:
    """Every number one figure shows: now, a year before, month by month and by its parts."""
    found: Told = {}
    kpi = KPIS[name].counted_as(variant)
    for asked in ASKED:
        view = Filters(parse("2017"), TODAY, chosen(asked), safe=safe)
        result, at = evaluate(reader, kpi, view, ()), frozenset(asked.items())
        found |= {("now", at): result.now, ("before", at): result.before}
        found |= {(point.span, at): point.reading for point in result.trend}
        for by, parts in result.parts.items():
            if by not in asked:
                found |= {("now", at | {(by, part.name)}): part.reading for part in parts}
    return found


@pytest.mark.parametrize("name", ["member_total", "members_joined", "participation_rate"])
def test_whoever_adds_up_all_views_of_a_figure_finds_no_small_group(
    tmp_path: Path, name: str
) -> None:
    with opened(tmp_path, crowded(1)) as warehouse, warehouse.snapshot() as reader:
        truth, shown = told(reader, name, safe=False), told(reader, name, safe=True)
    axes = KPIS[name].by
    values = [sorted({v for _, at in truth for n, v in at if n == axis}, key=str) for axis in axes]
    finest = list(product(*(held or ["-"] for held in values)))
    small = 0
    for span in {span for span, _ in truth}:
        amounts = {at: _amount(one) for (when, at), one in truth.items() if when == span}
        under = {
            at: frozenset(c for c in finest if at <= set(zip(axes, c, strict=True)))
            for at in amounts
        }
        open_ = {at: n for at in amounts if (n := _amount(shown.get((span, at)))) is not None}
        assert all(open_[at] == amounts[at] for at in open_)
        listener = Listener((under[at], n) for at, n in open_.items())
        for at, people in amounts.items():
            if people and is_small(people):
                small += 1
                assert at not in open_, (span, at)
                assert not listener.follows(under[at]), (span, at)
    assert small > 20


def often(count: int, never: int, thrice: int) -> School:
    """So many never came, so many three times, 26 four times, the others ten times."""
    school = crowded(1, count)
    members = school.members[max(school.members)]
    times = [0] * never + [3] * thrice + [4] * 26 + [10] * count
    school.attendance = [
        {name: one[name] for name in ("staff_no", "name", "department")}
        | {"activity": held["name"], "activity_no": held["activity_no"]}
        | {"held_on": held["held_on"], "presence": "present"}
        for one, came in zip(members, times, strict=False)
        for held in school.activities[:came]
    ]
    return school


@pytest.mark.parametrize(("never", "thrice"), [(6, 1), (5, 2), (9, 4), (3, 3)])
def test_what_coverage_tells_of_who_never_came_covers_nobody(
    tmp_path: Path, never: int, thrice: int
) -> None:
    """Members by times seen, and the rate of those seen at all, are of the same people."""
    axes, small = KPIS["members_by_times"].by, 0
    with opened(tmp_path, often(90, never, thrice)) as warehouse, warehouse.snapshot() as reader:
        truth = told(reader, "members_by_times", safe=False)
        shown = told(reader, "members_by_times", safe=True)
        rates = told(reader, "coverage_rate", safe=True)
    values = [sorted({v for _, at in truth for n, v in at if n == axis}, key=str) for axis in axes]
    finest = list(product(*values))

    def under(at: frozenset[tuple[str, str | None]]) -> frozenset[object]:
        return frozenset(c for c in finest if at <= set(zip(axes, c, strict=True)))

    known = {at: one for (when, at), one in shown.items() if when == "now"}
    sums = [(under(at), n) for at, one in known.items() if (n := _amount(one)) is not None]
    for (when, at), rate in rates.items():
        if when == "now" and (n := _amount(rate)) is not None:
            never = at | {("times_seen", "0")}
            sums += [(under(at), n), (under(never), n - int(rate.numerator or 0))]
    listener = Listener(sums)
    for (when, at), one in truth.items():
        if when == "now" and is_small(_amount(one) or 0) and ("times_seen", "0") not in at:
            small += 1
            assert not listener.follows(under(at)), at
    assert small > 20


def test_members_that_are_hidden_are_not_told_by_their_rate(tmp_path: Path) -> None:
    """Of five on the staff 4/5 would be the hidden number of members."""
    with opened(tmp_path, crowded(3, 90)) as warehouse, warehouse.snapshot() as reader:
        members = told(reader, "member_total", safe=True)
        rates = told(reader, "enrollment_rate", safe=True)
    hidden = [at for at, one in members.items() if one.hidden and at[0] in ("now", "before")]
    assert len(hidden) > 20
    assert not [at for at in hidden if at in rates and _amount(rates[at]) is not None]
    assert [at for at in rates if at[0] == "now" and _amount(rates[at])]


@pytest.mark.parametrize("seed", range(1, 4))
def test_who_may_hold_no_card_does_not_follow_from_who_may(tmp_path: Path, seed: int) -> None:
    with opened(tmp_path, crowded(seed, 90)) as warehouse, warehouse.snapshot() as reader:
        members = told(reader, "member_total", safe=True)
        counted = told(reader, "service_card_rate", safe=True, variant="eligible")
        truth = told(reader, "service_card_rate", safe=False, variant="eligible")
    both = [
        (at, _amount(members[at]), _amount(counted[at]))
        for at in members.keys() & counted.keys()
        if at[0] == "now" and _amount(truth.get(at))
    ]
    apart = {at: all_ - some for at, all_, some in both if None not in (all_, some)}
    assert apart
    assert not [at for at, left_out in apart.items() if is_small(left_out)]
    assert [at for at, every, some in both if every is not None and some is None]


def _amount(reading: Reading | None) -> int | None:
    if reading is None or reading.hidden or reading.missing:
        return None
    told_as = reading.denominator if reading.is_ratio else reading.numerator
    return int(told_as or 0)


def test_no_month_of_a_small_department_is_told(tmp_path: Path) -> None:
    view = Filters(parse("2017"), TODAY, (("department", "校医室"),), safe=True)
    with opened(tmp_path, crowded(2)) as warehouse, warehouse.snapshot() as reader:
        for name in ("participation_rate", "members_joined"):
            months = history(reader, KPIS[name], view).months.values()
            assert not [one for one in months if one.numerator]


# -- words --------------------------------------------------------------------------------------

KNOWN = (
    "张伟",
    "欧阳 娜娜",
    "王 芳",
    "高峰",
    "阿依古丽·买买提",
    "李",
    "Zhang San",
    "张伟民",
    "王丽",
)


@pytest.fixture(scope="module")
def known() -> Veil:
    return veil(KNOWN, "a school's own")


@pytest.mark.parametrize(
    ("written", "whose"),
    [
        ("張偉", "张伟"), ("张　伟", "张伟"), ("王\u200b芳", "王 芳"), ("王芳", "王 芳"),
        ("Ｚｈａｎｇ　Ｓａｎ", "Zhang San"), ("ZHANG SAN", "Zhang San"), ("San Zhang", "Zhang San"),
        ("zhangsan", "Zhang San"), ("欧阳娜娜", "欧阳 娜娜"), ("歐陽娜娜", "欧阳 娜娜"),
        ("阿依古丽•买买提", "阿依古丽·买买提"), ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽", "阿依古丽·买买提"), ("张伟民", "张伟民"),
    ],
)  # fmt: skip
def test_a_name_is_known_in_whatever_spelling(known: Veil, written: str, whose: str) -> None:
    assert known.over(f"看望{written}、", "zh") == f"看望{known.pseudonym(whose)('zh')}、"


def test_several_names_are_each_their_own(known: Veil) -> None:
    said = known.over("王芳、张伟（语文组）等5人", "zh")
    assert said.endswith("（语文组）等5人")
    assert len({known.pseudonym(name)("zh") for name in ("王芳", "张伟", "王丽")}) == 3
    assert "王" not in said
    assert "张" not in said


def test_a_foreign_name_is_no_part_of_a_word(known: Veil) -> None:
    assert known.over("Xizhang sanitary works", "en") == "Xizhang sanitary works"


def test_a_word_that_is_a_name_is_rather_hidden(known: Veil) -> None:
    assert "高峰" not in known.over("攀登高峰活动", "zh")


def test_two_schools_have_different_pseudonyms(known: Veil) -> None:
    other = veil(KNOWN, "another school's")
    assert known.pseudonym("张伟") != other.pseudonym("张伟")
    assert known.pseudonym("张伟") == veil(KNOWN, "a school's own").pseudonym("張 偉")


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138 1234 5678",
        "１３８１２３４５６７８",
        "11010119900307775X",
        "6222020200112233445",
    ],
)
def test_numbers_of_persons_are_not_told(known: Veil, number: str) -> None:
    assert known.over(f"名册{number}.xlsx", "zh") == "名册（不单列）.xlsx"


@pytest.mark.parametrize(
    "harmless", ["2025-01-01至2025-12-31", "20250103001", "经费明细（2025）.xlsx"]
)
def test_days_and_numbers_of_cases_are(known: Veil, harmless: str) -> None:
    assert known.over(harmless, "zh") == harmless


@pytest.mark.parametrize(
    "words",
    [
        "看望住院会员",
        "大病救助",
        "丧假慰问",
        "送困难职工",
        "投诉年级组长",
        "工伤",
        "手 术",
        "突发心梗",
        "进ICU的同事",
        "肺炎",
        "坐月子",
        "摔伤看望",
        "同事自杀",
        "ICU",
        "Hospital visit",
        "funeral",
    ],
)
def test_hardships_are_blanked_altogether(known: Veil, words: str) -> None:
    assert known.over(words, "zh") == "（不单列）"


@pytest.mark.parametrize(
    "words",
    [
        "教职工运动会",
        "心理健康讲座",
        "解决停车困难",
        "春节慰问",
        "Skills contest",
        "体检",
        "精神文明",
        "提出院校合作",
        "剧中风采",
        "春节炎热",
        "资产负债",
        "悼念英烈",
        "减轻生活负担",
        "circus",
    ],
)
def test_ordinary_words_stay(words: str) -> None:
    assert not PRIVATE.search(words)
