"""The keys of personal cells: the same for one person in every file of a session, never a name."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from explored import loosely, only

from dashboard.exploring.doubts import doubts
from dashboard.exploring.profile import profile
from dashboard.importing import child
from dashboard.importing.loose import keys, read_loosely, wire
from dashboard.importing.loose.model import LooseSheet
from dashboard.importing.order import Order
from dashboard.importing.values import private
from dashboard.settings import today

SECRET = "f0" * 32
HEAD = "姓名,性别,手机,身份证号,银行卡号,家庭住址\n"
LAST = (
    HEAD + "张三,男,13800138000,110101199003074477,6222021234567890128,朝阳区建国路12号3室\n"
    "李四光,女,13900139000,11010119900307803X,6222020000000000004,海淀区学院路30号\n"
    ",男,,,,\n"
)
THIS = (
    HEAD + "张 三,男,+86 138-0013-8000,'110101199003074477,6222 0212 3456 7890 128,朝阳区 "
    "建国路12号3室\n"
    "李四光,女,139 0013 9000,11010119900307803x,6222020000000000004,海淀区学院路３０号\n"
    "李四光（调出）,女,无,无,无,无\n"
)


def sheet(text: str, secret: str = SECRET) -> LooseSheet:
    (found,) = loosely(text.encode(), "名册.csv", secret).sheets
    return found


def cells(found: LooseSheet, name: str) -> list[Any]:
    assert found.table is not None
    return list(found.table[name].to_pylist())


def test_one_person_has_one_key_in_every_file_however_it_is_typed() -> None:
    before, after = sheet(LAST), sheet(THIS)
    for place in (0, 2, 3, 4, 5):
        assert cells(before, f"k{place}")[:2] == cells(after, f"k{place}")[:2]
        assert len(set(cells(before, f"k{place}"))) == 3


def test_traditional_characters_and_dots_make_no_other_person() -> None:
    told = sheet("姓名,班\n刘华,1\n劉華,2\n阿依古丽·买买提,3\n阿依古丽•买买提,4\nZhang San,5\n")
    found = cells(told, "k0")
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert len(set(found)) == 3


def test_another_session_has_other_keys() -> None:
    mine, other = sheet(LAST), sheet(LAST, "0f" * 32)
    assert not set(cells(mine, "k0")[:2]) & set(cells(other, "k0")[:2])


def test_a_number_is_not_the_same_in_a_column_of_another_kind() -> None:
    one = np.zeros(1, np.int32)
    phone, card = (
        keys.keys(SECRET, kind, ["62220212345678"], [False], one) for kind in ("phone", "card")
    )
    assert phone != card


def test_an_empty_cell_has_no_key_and_a_cell_that_does_not_fit_its_own() -> None:
    assert cells(sheet(LAST), "k0")[2] is None
    assert cells(sheet(THIS), "k2")[2] is None
    fits, other = cells(sheet(THIS), "k0")[1:]
    assert other is not None
    assert other != fits


def test_without_a_secret_there_are_no_keys() -> None:
    found = only(THIS, "名册.csv")
    assert found.table is not None
    assert {name[0] for name in found.table.column_names} == {"r", "c", "t"}


def test_names_as_written_stand_in_one_column_and_nowhere_else() -> None:
    found = sheet(THIS)
    assert cells(found, "p0") == ["张 三", "李四光", "李四光（调出）"]
    assert found.table is not None
    assert [name for name in found.table.column_names if name[0] == "p"] == ["p0"]
    elsewhere = str(found.table.drop_columns(["p0"]).to_pylist())
    assert not [word for word in ("张三", "张 三", "李四光") if word in elsewhere]
    wire.send(
        child.loosely(THIS.encode(), Order("名册.csv", today(), secret=SECRET)), out := io.BytesIO()
    )
    assert "李四光" not in out.getvalue().split(b"\n")[0].decode()


def test_identity_phone_and_card_numbers_stand_nowhere() -> None:
    text = THIS + "13700137000,男,13700137000,110101199003074477,6222021234567890128,住址\n"
    told = str(sheet(text + "建国路12号3室,女,,,,\n").table)
    told += str(sheet(text + "建国路12号3室,女,,,,\n").table.to_pylist())  # type: ignore[union-attr]
    for number in ("13800138000", "13700137000", "110101199003074477", "6222021234567890128"):
        assert number not in told
    assert "建国路" not in told


def test_a_number_beside_a_name_is_taken_out_of_it() -> None:
    found = sheet("姓名,部门\n张三 110101199003074477,语文\n李四,数学\n王五,英语\n")
    assert cells(found, "p0") == [f"张三 {private.MASK}", "李四", "王五"]


def test_figures_and_doubts_are_the_same_with_keys_and_without() -> None:
    with_keys, without = sheet(THIS), only(THIS, "名册.csv")
    assert profile(with_keys) == profile(without)
    assert doubts(with_keys, profile(with_keys), today()) == doubts(
        without, profile(without), today()
    )


def test_a_child_process_makes_them() -> None:
    (found,) = read_loosely(LAST.encode(), "名册.csv", secret=SECRET).sheets
    assert cells(found, "k0") == cells(sheet(LAST), "k0")


def test_the_secret_is_in_no_words_about_an_order() -> None:
    assert SECRET not in repr(Order("名册.csv", today(), secret=SECRET))


@pytest.mark.parametrize("wrong", ["k1", "p1", "x"])
def test_a_table_with_other_keys_than_its_columns_is_refused(wrong: str) -> None:
    found = child.loosely(THIS.encode(), Order("名册.csv", today(), secret=SECRET))
    (one,) = found.sheets
    assert one.table is not None
    one.table = one.table.append_column(wrong, pa.array([1, 2, 3], pa.int64()))
    wire.send(found, out := io.BytesIO())
    with pytest.raises(ValueError, match="columns"):
        wire.file_from_bytes(out.getvalue(), keyed=True)
