"""Whom a cell names: one person, several, or one with a note glued to the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Surroundings
from dashboard.importing.values.coerce import Reader
from dashboard.importing.values.names import names_in, people

READER = Reader(Surroundings())
MEMBER = DATASETS["members"].column("name")
OWNER = DATASETS["activities"].column("owner")


@pytest.mark.parametrize(
    "cell",
    ["张三、李四", "张三,李四", "张三，李四", "张三；李四", "张三;李四", "张三/李四", "张三\n李四",
     "张三     李四",
     "张三 李四", "张三　李四", "1.张三 2.李四", "1、张三\n2、李四", "张　三、李四",
     "张三、、李四、"],
    ids=repr,
)  # fmt: skip
def test_two_people_however_they_are_separated(cell: str) -> None:
    assert people(cell).names == ("张三", "李四")
    assert people(cell).doubt is None


@pytest.mark.parametrize(
    ("cell", "name"),
    [("张　三", "张三"), ("王 小 明", "王小明"), ("欧阳 娜娜", "欧阳娜娜"),
     ("欧 阳 娜 娜", "欧阳娜娜"),
     ("诸葛 亮", "诸葛亮"), ("张  三", "张三"), ("阿依古丽·买买提", "阿依古丽·买买提"),
     ("努尔买买提", "努尔买买提"), ("才让卓玛", "才让卓玛"), ("John Smith", "John Smith"),
     ("Smith, John", "Smith, John"), ("周\ue000", "周\ue000"), ("\ue001\ue002", "\ue001\ue002"),
     ("欧阳\n海棠", "欧阳海棠"), ("欧\n阳\n海\n棠", "欧阳海棠"), ("王\r\n小明", "王小明"),
     ("欧阳\t海棠", "欧阳海棠"),
     ("𠮷田", "𠮷田"), ("㛃𡛟", "㛃𡛟"), ("張三豐", "張三豐"), ("龙", "龙"), ("王主任", "王主任"),
     ("各组组长", "各组组长"), ("  张三  ", "张三"), ("12.张三", "张三")],
    ids=repr,
)  # fmt: skip
def test_one_name_stays_one_name_in_its_own_letters(cell: str, name: str) -> None:
    found = people(cell)
    assert (found.names, found.note, found.doubt) == ((name,), "", None)


@pytest.mark.parametrize(
    ("cell", "name", "note"),
    [("张三3月15离职", "张三", "3月15离职"), ("李四3月8入职", "李四", "3月8入职"),
     ("王五0301入职", "王五", "0301入职"), ("赵六（借调）", "赵六", "（借调）"),
      ("钱七*", "钱七", "*"),
     ("孙八 病假", "孙八", "病假"), ("张三(组长)", "张三", "(组长)"), ("*张三", "张三", "*"),
     ("张三离职", "张三", "离职"), ("张三老师", "张三", "老师"), ("张三 三年级", "张三", "三年级"),
     ("组长：张三", "张三", "组长："), ("张三等5人", "张三", "等5人"),
      ("张三-病假", "张三", "-病假")],
    ids=repr,
)  # fmt: skip
def test_what_is_glued_to_a_name_is_taken_off_and_kept_as_a_note(
    cell: str, name: str, note: str
) -> None:
    found = people(cell)
    assert (found.names, found.note, found.doubt) == ((name,), note, "note_in_name")


def test_a_note_beside_one_of_several_names_parts_nobody() -> None:
    assert people("张三（2017.3.8退休，返聘），李四").names == ("张三", "李四")


@pytest.mark.parametrize("cell", ["張三丰李四光", "张三李四", "张三和李四", "王小明李小红赵强"])
def test_names_run_together_are_doubted_and_kept(cell: str) -> None:
    assert people(cell).names == (cell,)
    assert people(cell).doubt == "several_names_unseparated"


@pytest.mark.parametrize("cell", ["", "、", "123", "*", "——", "（）"])
def test_what_names_nobody_names_nobody(cell: str) -> None:
    assert names_in(cell) == []


def test_a_row_that_is_one_person_takes_one_name_only() -> None:
    value, (found,) = READER.read(MEMBER, "张三、李四", "B3")
    assert (value, found.code, found.severity) == (None, "several_people", "error")
    assert found.remedy.zh == "一行只写一个人。"


def test_where_several_may_stand_they_stand_in_one_form() -> None:
    assert READER.read(OWNER, "张三\n李四  王五", "C3") == ("张三、李四、王五", [])


def test_a_phone_number_beside_a_name_goes_and_the_name_stays() -> None:
    value, issues = READER.read(MEMBER, "张三13900001234", "B3")
    assert value == "张三"
    assert [found.code for found in issues] == ["personal_number"]
    assert "1390000" not in str(issues)


def test_a_garbled_name_is_kept_and_said() -> None:
    value, (found,) = READER.read(MEMBER, "寮犱笁\ufffd", "B3")
    assert (value, found.code) == ("寮犱笁\ufffd", "mojibake")


NAMES = st.sampled_from(
    ["张三", "李四光", "欧阳娜娜", "阿依古丽·买买提", "周\ue000", "𠮷田", "龙飞"]
)
MARKS = st.sampled_from(["、", "，", ",", "；", ";", "\n", "/", " 、 "])


@given(st.lists(NAMES, min_size=1, max_size=5), MARKS)
def test_joined_names_come_apart_again(names: list[str], mark: str) -> None:
    assert names_in(mark.join(names)) == names


@given(st.text(max_size=30))
def test_any_text_is_read_and_reading_its_names_again_changes_nothing(text: str) -> None:
    names = names_in(text)
    assert all(name.strip() == name and name for name in names)
