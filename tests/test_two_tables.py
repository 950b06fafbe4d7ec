"""Two tables: columns matched, keys proposed, rows compared and joined; a second road."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from explored import loosely
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import RefusedRequest
from dashboard.exploring.made import CODE, column, table
from dashboard.exploring.pairs import changes, joining
from dashboard.exploring.pairs.changes import listed
from dashboard.exploring.pairs.comparing import Comparison, compare
from dashboard.exploring.pairs.joining import HOWS, How, joined, outlook
from dashboard.exploring.pairs.keys import Pairing
from dashboard.exploring.pairs.matching import ALIKE, ONLY, SAME, Match, matches
from dashboard.exploring.pairs.sums import weighed
from dashboard.exploring.profile import profile
from dashboard.importing.loose.model import Kind, LooseSheet

SECRET = "c" * 64
LAST = """工号,姓名,部门,性别,入会日期,会费（元）,序号
0001,张伟,语文组,男,2015-03-08,60,1
0002,李娜,数学组,女,2016-09-01,60,2
0003,王 芳,英语组,女,2017-09-01,60,3
0004,刘洋,后勤处,男,2018-03-01,50,4
0005,陈静,语文组,女,2019-09-01,60,5
,赵敏,后勤处,女,2019-09-01,50,6
0007,张伟,数学组,男,2020-09-01,60,7
0008,周杰,体育组,男,2020-09-01,待定,8
"""
THIS = """序号,编号,教师姓名,所在部门,性别,入会时间,会费
1,1,张伟,语文组,男,2015-03-08,72
2,2,李娜,语文组,女,2016/9/1,60
3,3,王芳,英语组,女,2017-09-01,60
4,5,陈静,语文组,女,2019-09-01,60
5,,赵敏,后勤处,女,2019-09-01,60
6,7,张伟,数学组,男,2020-09-01,60
7,8,周杰,体育组,男,2020-09-01,60
8,9,吴磊,英语组,男,2025-09-01,60
"""


def read(text: str, name: str = "表.csv", secret: str = SECRET) -> LooseSheet:
    (sheet,) = loosely(text.encode(), name, secret).sheets
    return sheet


def labelled(pairing: Pairing) -> dict[str, str]:
    every = (pairing.columns(match) for match in range(len(pairing.matches)))
    return {one.label: other.label for one, other in every}


def part(pairing: Pairing, label: str) -> int:
    return list(labelled(pairing)).index(label)


def paired(left: str, right: str) -> Pairing:
    ours, theirs = read(left, "去年.csv"), read(right, "今年.csv")
    return Pairing(ours, theirs, matches(ours, theirs))


@pytest.fixture(scope="module")
def rosters() -> Pairing:
    return paired(LAST, THIS)


def sizes(found: Comparison) -> dict[str, Any]:
    return {
        "same": len(found.same[0]),
        "changed": len(found.changed[0]),
        "added": len(found.added),
        "removed": len(found.removed),
        "repeated": tuple(map(len, found.repeated)),
        "without": tuple(map(len, found.without)),
    }


# -- columns -------------------------------------------------------------------------------------


def test_renamed_columns_are_matched_each_with_its_reason(rosters: Pairing) -> None:
    assert labelled(rosters) == {
        "工号": "编号", "姓名": "教师姓名", "部门": "所在部门", "性别": "性别",
        "入会日期": "入会时间", "会费（元）": "会费",
    }  # fmt: skip
    reasons = {
        one.label: match.reason.zh
        for one, match in zip(rosters.left.columns, rosters.matches, strict=False)
    }
    assert reasons["性别"] == SAME.zh
    assert reasons["工号"] == "在会员名册里是同一列"
    assert reasons["会费（元）"] == "去掉括号后列名相同"


def test_a_rows_own_number_is_matched_with_nothing(rosters: Pairing) -> None:
    assert "序号" not in labelled(rosters)


def test_headers_nearly_alike_are_matched_and_opposites_are_not() -> None:
    pairing = paired(
        "科目编码,活动支出金额,借方发生\na,1,2\nb,2,3\n",
        "科目编码,活动支出的金额,贷方发生\na,1,2\nb,3,4\n",
    )
    assert labelled(pairing) == {"科目编码": "科目编码", "活动支出金额": "活动支出的金额"}
    assert pairing.matches[1].reason.zh.startswith(ALIKE.zh[:4])


def test_headers_that_differ_by_the_year_are_one_column() -> None:
    pairing = paired("班级,2024年人数\n一班,3\n二班,4\n", "班级,2025年人数\n一班,3\n二班,5\n")
    assert labelled(pairing) == {
        "班级": "班级", "2024年人数": "2025年人数",
    }  # fmt: skip


def test_the_only_column_of_names_on_either_side_is_one_column() -> None:
    people = "\n".join(
        f"{one},{n}" for n, one in enumerate(("王伟", "李娜", "张敏", "刘洋", "陈静"), 3)
    )
    pairing = paired(f"获奖者,分\n{people}\n", f"报到的老师,分\n{people}\n")
    assert pairing.columns(0)[0].kind == "name"
    assert pairing.matches[0].reason.zh == ONLY.format(kind="姓名").zh


# -- keys ----------------------------------------------------------------------------------------


def test_a_key_says_how_well_it_tells_rows_apart_and_finds_them(rosters: Pairing) -> None:
    key = rosters.measured([part(rosters, "工号")])
    assert (key.left.rows, key.left.empty, key.left.repeated, key.left.found) == (8, 1, 0, 6)
    assert (key.left.unique, key.right.matched) == (1, Fraction(6, 8))
    names = rosters.measured([part(rosters, "姓名")])
    assert (names.left.repeated, names.left.unique) == (2, Fraction(6, 8))
    assert names.left.found == 7  # 王 芳 is 王芳


def test_columns_and_pairs_are_proposed_and_the_best_is_first(rosters: Pairing) -> None:
    proposed = [
        tuple(rosters.columns(one)[0].label for one in key.parts) for key in rosters.proposed()
    ]
    assert proposed[0] == ("姓名", "入会日期")
    assert ("工号",) in proposed
    assert len(proposed) <= 5


def test_a_number_that_counts_the_rows_is_no_key_whatever_its_header_says() -> None:
    rows = "\n".join(f"{n},{name},5" for n, name in enumerate(("甲", "乙", "丙"), 1))
    others = "\n".join(f"{n},{name},5" for n, name in enumerate(("丙", "甲", "丁"), 1))
    pairing = paired(f"编号,品名,数\n{rows}\n", f"编号,品名,数\n{others}\n")
    assert [key.parts for key in pairing.proposed()] == [(part(pairing, "品名"),)]


def test_persons_without_keys_of_the_session_are_no_key() -> None:
    ours, theirs = read(LAST, secret=""), read(THIS, secret="")
    pairing = Pairing(ours, theirs, matches(ours, theirs))
    assert not pairing.can_be_key(part(pairing, "姓名"))
    found = compare(pairing, [part(pairing, "工号")])
    assert found.columns[part(pairing, "姓名")].rows is None
    assert compare(pairing, [part(pairing, "姓名")]).without[0].tolist() == list(range(8))


def test_zeros_before_a_code_make_no_difference_unless_they_tell_two_apart() -> None:
    pairing = paired("工号,值\n007,a\n012,b\n", "工号,值\n7,a\n12,b\n")
    assert sizes(compare(pairing, [0]))["same"] == 2
    apart = paired("工号,值\n007,a\n7,b\n", "工号,值\n007,a\n7,b\n")
    assert sizes(compare(apart, [0]))["same"] == 2


def test_hyphens_of_a_code_do_make_a_difference() -> None:
    pairing = paired("票号,值\n1-11,a\n2-22,b\n", "票号,值\n11-1,a\n2-22,b\n")
    assert sizes(compare(pairing, [0])) == {
        "same": 1, "changed": 0, "added": 1, "removed": 1, "repeated": (0, 0), "without": (0, 0),
    }  # fmt: skip


# -- comparing -----------------------------------------------------------------------------------


def test_the_rosters_of_two_years_compared_by_number(rosters: Pairing) -> None:
    found = compare(rosters, [part(rosters, "工号")])
    assert sizes(found) == {
        "same": 3, "changed": 3, "added": 1, "removed": 1, "repeated": (0, 0), "without": (1, 1),
    }  # fmt: skip
    changed = {rosters.columns(one.match)[0].label: one.rows for one in found.columns if one.rows}
    assert changed == {"部门": 1, "会费（元）": 2}


def test_namesakes_without_a_number_are_repeated_and_neither_come_nor_go(rosters: Pairing) -> None:
    found = compare(rosters, [part(rosters, "姓名")])
    assert sizes(found)["repeated"] == (2, 2)
    rows = listed(rosters, found, "repeated", 99).rows
    assert [(row[0].zh, row[1]) for row in rows] == [
        ("前表", 2),
        ("前表", 8),
        ("后表", 2),
        ("后表", 7),
    ]  # type: ignore[union-attr]


def test_sums_are_exact_and_say_where_the_difference_comes_from(rosters: Pairing) -> None:
    found = compare(rosters, [part(rosters, "姓名"), part(rosters, "入会日期")])
    sums = found.columns[part(rosters, "会费（元）")].sums
    assert sums is not None
    assert (sums.before, sums.after, sums.difference) == (400, 492, 92)
    assert (sums.changed, sums.added, sums.removed, sums.others) == (82, 60, 50, 0)


def test_money_of_two_units_is_compared_in_yuan() -> None:
    pairing = paired("科目,金额（万元）\n甲,1.2\n乙,0.35\n", "科目,金额（元）\n甲,12000\n乙,3600\n")
    found = compare(pairing, [0])
    assert sizes(found)["changed"] == 1
    sums = found.columns[1].sums
    assert sums is not None
    assert (sums.before, sums.after) == (15_500, 15_600)


def test_changed_cells_are_listed_with_both_places_and_persons_masked(rosters: Pairing) -> None:
    found = compare(rosters, [part(rosters, "工号")])
    shown = listed(rosters, found, "changed", 99)
    assert [head.zh for head in shown.heads] == [
        "前表行号",
        "后表行号",
        "编号",
        "教师姓名",
        "列",
        "原来",
        "现在",
    ]
    assert shown.rows[1][:4] == (3, 3, "2", "李*")
    assert shown.rows[1][5:] == ("数学组", "语文组")
    assert shown.rows[2][5:] == ("待定", Decimal(60))
    named = listed(rosters, found, "changed", 99, names=True)
    assert named.rows[1][3] == "李娜"


def test_what_goes_into_a_file_is_every_row_that_is_not_the_same_and_masked(
    rosters: Pairing,
) -> None:
    found = compare(rosters, [part(rosters, "工号")])
    told = changes.every(rosters, found)
    outcomes = Counter(row[0].zh for row in told.rows)  # type: ignore[union-attr]
    assert outcomes == {"变化": 3, "新增": 1, "减少": 1, "没有键": 2}
    assert "姓名（前表）" in [head.zh for head in told.heads]
    assert not [name for name in ("李娜", "周杰", "吴磊", "王 芳") if name in str(told)]


def test_rows_by_a_category_and_the_tail_as_one(rosters: Pairing) -> None:
    found = compare(rosters, [part(rosters, "工号")])
    by = changes.parted(rosters, found, part(rosters, "部门"))
    assert {one.name: (one.added, one.removed, one.changed) for one in by} == {
        "语文组": (0, 0, 2), "英语组": (1, 0, 0), "后勤处": (0, 1, 0), "体育组": (0, 0, 1),
    }  # fmt: skip
    left = "号码,组\n" + "".join(f"a{n},组{n % 20}\n" for n in range(60))
    many = paired(left, "号码,组\n" + "".join(f"b{n},组{n % 20}\n" for n in range(60)))
    parts = changes.parted(many, compare(many, [0]), 1)
    assert len(parts) == 12
    assert parts[-1].others == 9
    assert sum(one.removed for one in parts) == 60


def test_a_key_that_pairs_strangers_is_told_by_the_cells(rosters: Pairing) -> None:
    good, bad = (compare(rosters, [part(rosters, label)]).alike for label in ("工号", "性别"))
    assert good is not None
    assert good == Fraction(27, 30)
    assert bad is None  # no pair at all
    strange = paired("号码,a,b\nx,1,2\ny,3,4\n", "号码,a,b\nx,5,6\ny,7,8\n")
    assert compare(strange, [0]).alike == 0


def test_sums_by_a_category_before_and_after() -> None:
    left = "科目,金额（元）\n慰问费,10\n活动费,5\n活动费,2.5\n,4\n"
    pairing = paired(left, "科目,金额（万元）\n慰問費,0.0012\n培训费,0.001\n")
    told = {one.name: (one.before, one.after) for one in weighed(pairing, 0, 1)}
    assert told == {
        "慰問費": (10, 12), "培训费": (None, 10), "活动费": (Fraction(15, 2), None),
        None: (4, None),
    }  # fmt: skip


# -- the second road -----------------------------------------------------------------------------

CELLS = st.sampled_from([None, "a", "b", "c", "d"])
AMOUNTS = st.none() | st.decimals(-99, 99, places=2, allow_nan=False)
DRAWN = st.lists(st.tuples(CELLS, CELLS, AMOUNTS), min_size=1, max_size=12)
Drawn = list[tuple[str | None, str | None, Decimal | None]]


def sheet(rows: Drawn, name: str) -> LooseSheet:
    kinds: tuple[Kind, Kind, Kind] = ("code", "category", "money")
    types = (pa.string(), pa.string(), pa.decimal128(38, 2))
    made = [
        column(headed(label, kind), {"c": pa.array([row[at] for row in rows], types[at])})
        for at, (label, kind) in enumerate(zip(("票据", "部门", "金额"), kinds, strict=True))
    ]
    return table(name, pa.array(range(2, len(rows) + 2), pa.int32()), made, people=False)


def headed(label: str, kind: Kind) -> Any:
    return replace(CODE, header=label, kind=kind)


def of(left: Drawn, right: Drawn) -> Pairing:
    return Pairing(sheet(left, "甲"), sheet(right, "乙"), [Match(n, n, SAME) for n in range(3)])


def key_of(row: tuple[Any, ...], parts: tuple[int, ...]) -> tuple[Any, ...] | None:
    told = tuple(row[at] for at in parts)
    return None if None in told else told


@settings(deadline=None, max_examples=150)
@given(DRAWN, DRAWN, st.sampled_from([(0,), (1,), (0, 1), (2,), (0, 2)]))
def test_comparing_agrees_with_a_plain_second_road(
    left: Drawn, right: Drawn, parts: tuple[int, ...]
) -> None:
    pairing = of(left, right)
    found = compare(pairing, parts)
    ours, theirs = (Counter(key_of(row, parts) for row in rows) for rows in (left, right))
    expected: dict[str, list[Any]] = {name: [] for name in ("same", "changed", "added", "removed")}
    others = {"repeated": [0, 0], "without": [0, 0]}
    for side, rows, mine, them in ((0, left, ours, theirs), (1, right, theirs, ours)):
        for row in rows:
            key = key_of(row, parts)
            if key is None:
                others["without"][side] += 1
            elif mine[key] > 1 or them[key] > 1:
                others["repeated"][side] += 1
            elif not them[key]:
                expected["removed" if side == 0 else "added"].append(row)
            elif side == 0:
                partner = next(one for one in right if key_of(one, parts) == key)
                expected["same" if partner == row else "changed"].append((row, partner))
    assert sizes(found) == {name: len(rows) for name, rows in expected.items()} | {
        name: tuple(counts) for name, counts in others.items()
    }
    told = sizes(found)
    assert (
        len(left)
        == told["same"]
        + told["changed"]
        + told["removed"]
        + told["repeated"][0]
        + told["without"][0]
    )
    assert (
        len(right)
        == told["same"] + told["changed"] + told["added"] + told["repeated"][1] + told["without"][1]
    )
    for at in range(3):
        assert found.columns[at].rows == sum(a[at] != b[at] for a, b in expected["changed"])
    sums = found.columns[2].sums
    assert sums is not None
    assert sums.before == sum(Fraction(row[2] or 0) for row in left)
    assert sums.changed == sum(
        Fraction(b[2] or 0) - Fraction(a[2] or 0) for a, b in expected["changed"]
    )
    assert sums.difference == sums.changed + sums.added - sums.removed + sums.others
    assert (
        len(changes.every(pairing, found).rows)
        == len(left) + len(right) - 2 * told["same"] - told["changed"]
    )


@settings(deadline=None, max_examples=150)
@given(DRAWN, DRAWN, st.sampled_from([(0,), (1,), (0, 1)]), st.sampled_from(list(HOWS)))
def test_joining_agrees_with_a_plain_second_road(
    left: Drawn, right: Drawn, parts: tuple[int, ...], how: How
) -> None:
    pairing = of(left, right)
    expected: list[tuple[Any, Any]] = []
    for row in left:
        key = key_of(row, parts)
        partners = [one for one in right if key is not None and key_of(one, parts) == key]
        expected += [(row, one) for one in partners]
        expected += [(row, None)] if not partners and how != "inner" else []
    met = [key_of(row, parts) for row in left]
    if how == "full":
        expected += [
            (None, row)
            for row in right
            if key_of(row, parts) is None or key_of(row, parts) not in met
        ]
    told = outlook(pairing, parts, how)
    made = joined(pairing, parts, how, "甲乙", "乙")
    assert told.rows == made.rows == len(expected)
    assert made.table is not None
    amounts = made.table["c2"].to_pylist()
    assert Counter(amounts) == Counter(row[2] if row else None for row, _ in expected)
    last = len(made.columns) - 2
    assert Counter(made.table[f"c{last}"].to_pylist()) == Counter(
        row[2] if row else None for _, row in expected
    )
    keys = [tuple(made.table[f"c{at}"].to_pylist()) for at in parts]
    assert Counter(zip(*keys, strict=True)) == Counter(
        tuple((row or other)[at] for at in parts) for row, other in expected
    )


# -- joining -------------------------------------------------------------------------------------


def test_joined_rosters_keep_both_tables_columns_and_are_a_table_like_any(rosters: Pairing) -> None:
    made = joined(rosters, [part(rosters, "工号")], "left", "两年", "今年")
    assert [one.label for one in made.columns] == [
        "工号", "姓名", "部门", "性别", "入会日期", "会费（元）", "序号",
        "序号（今年）", "教师姓名", "所在部门", "性别（今年）", "入会时间", "会费", "附表行号",
    ]  # fmt: skip
    assert made.tells_of_people
    assert made.table is not None
    assert made.table["row"].to_pylist() == list(range(2, 10))
    assert made.columns[5].misfits == 1
    assert [one.text for one in made.misfits()] == ["待定"]
    assert profile(made).rows == 8


def test_a_joined_table_can_be_joined_and_compared_again(rosters: Pairing) -> None:
    made = joined(rosters, [part(rosters, "工号")], "full", "两年", "今年")
    again = Pairing(made, rosters.right, matches(made, rosters.right))
    assert again.can_be_key(part(again, "教师姓名"))
    assert made.rows == 10


def test_rows_that_would_double_are_told_before() -> None:
    left = "部门,人\n" + "".join(f"{one},x{n}\n" for n, one in enumerate("甲甲甲乙乙丙"))
    pairing = paired(left, "部门,经费\n甲,1\n甲,2\n乙,3\n丁,4\n")
    told = outlook(pairing, [0], "left")
    assert (told.shape, told.rows, told.manys) == ("m:n", 3 * 2 + 2 + 1, (3, 3))
    assert outlook(pairing, [0], "inner").rows == 8
    assert outlook(pairing, [0], "full").rows == 10
    one = paired("部门,经费\n甲,1\n乙,3\n", left)
    assert (outlook(one, [0], "left").shape, outlook(one, [0], "left").rows) == ("1:n", 5)


@pytest.mark.parametrize("how", list(HOWS))
def test_a_key_of_numbers_here_and_of_words_there_joins_as_well(how: How) -> None:
    left = Pairing(
        *(read(f"班,数\n{rows}") for rows in ("1,5\n2,6\n3.5,7\n", "1,a\n2,b\n三,c\n四,d\n")),
        [Match(0, 0, SAME)],
    )
    assert {one.kind for one in left.columns(0)} != {"number"}
    made = joined(left, [0], how, "x", "y")
    assert made.rows == {"left": 3, "inner": 2, "full": 5}[how]
    assert len(made.columns) == (5 if how == "full" else 4)


def test_many_to_many_beyond_a_million_rows_is_refused() -> None:
    many = [("a", "b", None)] * 1_500
    pairing = of(many, many)  # type: ignore[arg-type]
    told = outlook(pairing, [0], "left")
    assert (told.rows, told.too_many) == (2_250_000, True)
    with pytest.raises(RefusedRequest) as refusal:
        joined(pairing, [0], "left", "x", "y")
    assert refusal.value.code == "join_too_large"
    assert joining.MOST == 1_000_000


def test_a_hundred_thousand_rows_are_compared_at_once() -> None:
    count = np.arange(100_000)
    rows: Drawn = [(f"k{n}", "a", Decimal(int(n) % 97)) for n in count]
    found = compare(of(rows, rows[:-1]), [0])
    assert sizes(found)["same"] == 99_999
