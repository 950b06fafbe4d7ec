"""The chart of accounts: every way a school writes a subject, and nothing guessed."""

from pathlib import Path

import pytest

from dashboard.contracts.subjects import Subject, chart, load, resolve
from dashboard.errors import BadDefinition

ENTRY = """
[[subject]]
version = "2009"
kind = "{kind}"
code = "{code}"
name = "{name}"
aliases = {aliases}
"""


def test_level_1_has_the_codes_of_2009() -> None:
    codes = {code for code in chart().codes if len(code) == 3}
    assert codes == {str(n) for n in (*range(401, 409), *range(501, 509))}


def test_kinds_follow_the_codes() -> None:
    for code, subject in chart().codes.items():
        assert subject.kind == ("income" if code.startswith("4") else "expense")
        assert subject.version == "2009"


@pytest.mark.parametrize(
    "text",
    [
        "文体活动",
        "文体活动费",
        "文体活动支出",
        "职工活动支出-文体活动",
        "职工活动支出－文体活动费",
        "职工活动支出—文体活动",
        "职工活动支出·文体活动",
        "职工活动支出/文体活动",
        "职工活动支出>文体活动",
        "职工活动支出：文体活动",
        "职工活动支出\\文体活动",
        "职工活动支出；文体活动",
        " 文体 活动 ",
        "（文体活动）",
        "職工活動支出-文體活動",
        "501 文体活动",
        "50102-文体活动",
        "本年-文体活动",
    ],
)
def test_one_account_in_many_spellings(text: str) -> None:
    assert resolve(text) == Subject("501", "职工活动支出", "文体活动", "expense", "2009")


@pytest.mark.parametrize(
    ("text", "code", "level1", "level2"),
    [
        ("会费", "401", "会费收入", None),
        ("拨缴经费收入", "402", "拨缴经费收入", None),
        ("上级（工会）补助收入", "403", "上级补助收入", None),
        ("回拨补助", "40301", "上级补助收入", "回拨补助"),
        ("上级补助收入-专项补助-送温暖", "4030202", "上级补助收入", "专项补助·送温暖"),
        ("送温暖费", "502", "维权支出", "送温暖费"),
        ("维权支出-困难职工帮扶费", "502", "维权支出", "困难职工帮扶费"),
        ("业务支出-其他", "503", "业务支出", "其他业务"),
        ("职工活动支出-没有听说过", "501", "职工活动支出", None),
        ("没有听说过-会议费", "503", "业务支出", "会议费"),
        ("505", "505", "资本性支出", None),
        ("50199 没有听说过", "501", "职工活动支出", None),
        ("4030299", "40302", "上级补助收入", "专项补助"),
        ("会员活动支出", None, "会员活动支出", None),
        ("职工服务支出", None, "职工服务支出", None),
    ],
)
def test_whole_then_last_then_first_then_code(
    text: str, code: str | None, level1: str, level2: str | None
) -> None:
    found = resolve(text)
    assert found is not None
    assert (found.code, found.level1, found.level2) == (code, level1, level2)


def test_newer_lines_say_where_they_come_from() -> None:
    found = resolve("职工服务支出")
    assert found is not None
    assert (found.version, found.kind) == ("anhui-2025", "expense")


@pytest.mark.parametrize(
    "text", ["", " ", "-", "没有听说过", "其他", "帮扶", "2017年", "12", "999", "1-2"]
)
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    assert resolve(text) is None


def test_nothing_unverified_is_in_the_chart() -> None:
    assert resolve("职工活动组织支出") is None


@pytest.mark.parametrize(
    "second",
    [
        ENTRY.format(kind="expense", code="502", name="乙", aliases='["甲 类"]'),
        ENTRY.format(kind="expense", code="501", name="乙", aliases="[]"),
        ENTRY.format(kind="gift", code="502", name="乙", aliases="[]"),
    ],
)
def test_a_clash_is_refused(tmp_path: Path, second: str) -> None:
    first = ENTRY.format(kind="expense", code="501", name="甲", aliases='["甲类"]')
    path = tmp_path / "subjects.toml"
    path.write_text(first + second, encoding="utf-8")
    with pytest.raises(BadDefinition):
        load(path)
