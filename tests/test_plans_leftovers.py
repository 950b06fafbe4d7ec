"""Nothing of a plan is dropped unseen: a line is quoted, or in an item's words, or listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from plan_documents import document, paragraph, table

from dashboard.importing import planned
from dashboard.plans.noise import cleaned
from dashboard.plans.plan import read_plan

CASES = sorted(
    path for path in (Path(__file__).parent / "files" / "plans").iterdir() if path.suffix != ".json"
)
RULE = re.compile(r"[\s|:：+—\-=]+")  # between a table's header and its rows


def roles(text: str) -> list[tuple[int, str]]:
    return [(line.line, line.role) for line in read_plan(text.encode(), "plan.txt").rest]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_line_is_quoted_or_listed_or_in_an_items_words(path: Path) -> None:
    plan = read_plan(path.read_bytes(), path.name)
    seen = {item.line for item in plan.items} | {line.line for line in plan.rest}
    words = "".join(f"{item.item}{item.owner}" for item in plan.items)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if number in seen or not line.strip() or RULE.fullmatch(line):
            continue
        (bare,) = cleaned([line])
        said = re.sub(r"^负责人|\W", "", bare)
        assert said[:6] in re.sub(r"\W", "", words), f"{number}: {line}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_listed_is_quoted_as_written_and_in_order(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    rest = read_plan(path.read_bytes(), path.name).rest
    assert [line.line for line in rest] == sorted({line.line for line in rest})
    assert all(line.quote == lines[line.line - 1].strip() for line in rest)


def test_a_line_says_what_it_is() -> None:
    text = (
        "2026年工会工作计划\n一、指导思想\n以人为本。\n二、工作安排\n三月：\n1、庆三八活动\n"
        "第 2 页 共 3 页\n新桥小学工会\n2026年2月20日\n"
    )
    assert roles(text) == [
        (1, "title"),
        (2, "heading"),
        (3, "text"),
        (4, "heading"),
        (5, "heading"),
        (7, "noise"),
        (8, "text"),
        (9, "text"),
    ]


def test_the_half_of_a_broken_line_that_became_no_item_is_listed() -> None:
    broken = "教师是学校发展的根本，是学校发展的关键，队伍的素质决定着学校教育教学质量的高低，"
    text = (
        f"2026年工会工作计划\n一、主要工作\n1、三月组织教职工拔河比赛。{broken}\n"
        "要让每一位教师都懂得这个道理。\n"
    )
    assert (4, "text") in roles(text)


def test_a_document_lists_its_paragraphs_and_the_header_of_its_table() -> None:
    rows = [["月份", "工作内容"], ["三月", "庆三八健步走"]]
    data = document(paragraph("2026年工会工作计划"), paragraph("以人为本。"), table(rows))
    rest = read_plan(data, "plan.docx").rest
    assert [(line.line, line.role) for line in rest] == [(1, "title"), (2, "text"), (3, "heading")]


def test_what_is_listed_comes_out_of_the_child_without_personal_numbers() -> None:
    text = "2026年工会工作计划\n三月：庆三八活动\n联系人：李红 13912345678\n"
    rest = planned.read_plan(text.encode(), "plan.txt").rest
    assert [line.line for line in rest] == [1, 3]
    assert "13912345678" not in rest[1].quote
