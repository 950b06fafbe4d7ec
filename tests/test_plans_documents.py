"""Plans as .docx: paragraphs, Word's own numbers, tables; and what a hostile one may try."""

from __future__ import annotations

import io
import zipfile

import pytest
from plan_documents import document, numbering, paragraph, table

from dashboard.errors import RefusedFile
from dashboard.plans.plan import read_plan

TITLE = paragraph("2024年工会工作计划")


def items(data: bytes) -> list[tuple[str | None, str]]:
    return [(item.period, item.item) for item in read_plan(data, "plan.docx").items]


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedFile) as refused:
        read_plan(data, "plan.docx")
    return refused.value.code


def test_paragraphs_are_lines() -> None:
    data = document(
        TITLE, paragraph("三月："), paragraph("1、庆三八健步走"), paragraph("2、征集提案")
    )
    found = read_plan(data, "plan.docx")
    assert found.titles == ("2024年工会工作计划",)
    assert [(item.line, item.item) for item in found.items] == [
        (3, "庆三八健步走"),
        (4, "征集提案"),
    ]


def test_words_own_numbers_count_as_written_ones() -> None:
    levels = [("chineseCounting", "%1、"), ("decimal", "%2."), ("bullet", "\uf0b7")]
    data = document(
        TITLE,
        paragraph("指导思想", 3),
        paragraph("以教职工为本，做好各项工作。"),
        paragraph("主要工作", 3),
        paragraph("组织教职工趣味运动会", 3, 1),
        paragraph("开展读书活动", 3, 1),
        paragraph("3月召开教代会", 3, 2),
        numbering=numbering(levels),
    )
    found = items(data)
    assert (None, "组织教职工趣味运动会") in found
    assert ("3月", "3月召开教代会") in found
    assert not any("以教职工为本" in item for _, item in found)


def test_a_table_gives_month_work_and_owner() -> None:
    rows = [
        ["月份", "工作内容", "责任部门"],
        [("三月", "restart"), "1、庆三八健步走\n2、征集提案", "女工委"],
        [("", "continue"), "师德演讲比赛", "教导处"],
        ["暑期", "教职工疗休养", "工会"],
    ]
    found = read_plan(document(TITLE, table(rows)), "plan.docx").items
    assert [(item.period, item.item, item.owner) for item in found] == [
        ("三月", "庆三八健步走", "女工委"),
        ("三月", "征集提案", "女工委"),
        ("三月", "师德演讲比赛", "教导处"),
        ("暑期", "教职工疗休养", "工会"),
    ]


def test_what_was_struck_out_is_not_read() -> None:
    struck = "<w:p><w:del><w:r><w:t>取消的比赛</w:t></w:r></w:del></w:p>"
    data = document(TITLE, paragraph("三月："), struck, paragraph("1、庆三八健步走活动"))
    assert items(data) == [("三月", "庆三八健步走活动")]


def test_a_document_type_and_its_entities_are_refused() -> None:
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    assert refusal(document(paragraph("三月：庆三八活动"), head=head)) == "damaged"


def test_a_bomb_is_stopped_before_it_is_unpacked() -> None:
    filler = "<w:p/>" + " " * (80 * 2**20)
    assert refusal(document(TITLE, filler)) == "too_complex"


def test_elements_within_elements_without_end_are_stopped() -> None:
    assert refusal(document("<w:p>" * 5_000 + "</w:p>" * 5_000)) == "too_complex"


def test_a_damaged_document_is_refused() -> None:
    whole = document(TITLE, paragraph("三月：庆三八活动"))
    assert refusal(whole[: len(whole) // 2]) == "damaged"
    assert refusal(document("<w:p>")) == "damaged"


def test_a_workbook_is_sent_to_the_import() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(RefusedFile) as refused:
        read_plan(packed.getvalue(), "plan.docx")
    assert refused.value.code == "not_a_plan"
    assert "表格" in refused.value.message.zh


def test_an_empty_document_is_refused() -> None:
    assert refusal(document(paragraph(""))) == "empty"
