"""Templates: every register has one, from its contract; filled in, it is read without a doubt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
from here import read_here as read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.cli import main
from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column, Dataset, Type
from dashboard.exports import demands, examples, notes
from dashboard.exports.template import file_name, template
from dashboard.importing import child
from dashboard.importing.order import Order
from dashboard.importing.report import FileReport, SheetReport
from dashboard.periods import last_day
from dashboard.text import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")
EVERY = pytest.mark.parametrize("name", DATASETS)
AS_OF = date(2026, 9, 1)
Cells = dict[str, Any]
# Counts of one row that must fit together: how many times the smallest each of them is.
TIMES = dict.fromkeys(("due", "present", "issued", "returned"), 4) | {"valid": 3}


@pytest.fixture(autouse=True)
def the_examples_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day far ahead is a doubt of its own."""
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-11-01")


def header_row(sheet: Worksheet) -> int:
    """From 1: the row under which the first cell is to be filled."""
    return 2 if sheet["A2"].comment else 3


def filled(
    dataset: Dataset, rows: Sequence[Cells], lang: Lang = "zh", day: object = AS_OF
) -> bytes:
    """The template as an officer saves it: cells typed in under the headers."""
    book = openpyxl.load_workbook(io.BytesIO(template(dataset, lang)))
    sheet = book.worksheets[0]
    if dataset.shape == "snapshot":
        sheet["B2"] = day
    for at, row in enumerate(rows, start=header_row(sheet) + 1):
        for place, column in enumerate(dataset.kept, start=1):
            sheet.cell(at, place, row.get(column.name))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def only_sheet(report: FileReport) -> SheetReport:
    assert report.refused is None
    (sheet,) = report.sheets
    return sheet


def written(column: Column, at: int, lang: Lang) -> Any:
    """A plain value of the column's type: what the officer types in row `at`."""
    if column.codes:
        return column.codes.codes[at % len(column.codes.codes)].label(lang)
    return {
        "id": f"00{at + 1}",
        "name": "赵钱孙李周吴郑王"[at % 8] + "小明",
        "label": "语数英体美"[at % 5] + "组",
        "text": f"第{at}件事，内容若干",
        "date": date(2026, 1, 5) + timedelta(days=at * 20),
        "time": f"{8 + at:02}:30",
        "period": f"2026年{at % 12 + 1}月",
        "money": (-1) ** at * 1234.5 - at,
        "count": (2026 - at) * TIMES.get(column.name, 1),
    }[column.type]


def stored(column: Column, at: int) -> Cells:
    """What the reader must make of `written`."""
    value = written(column, at, "zh")
    if column.codes:
        return {column.name: column.codes.codes[at % len(column.codes.codes)].value}
    if column.type == "period":
        month = at % 12 + 1
        return {
            f"{column.name}_from": date(2026, month, 1),
            f"{column.name}_to": last_day(2026, month),
        }
    return {column.name: Decimal(str(value)) if column.type == "money" else value}


@EVERY
@pytest.mark.parametrize("lang", LANGS)
def test_a_filled_template_is_read_whole_and_without_a_doubt(name: str, lang: Lang) -> None:
    dataset = DATASETS[name]
    rows = [{c.name: written(c, at, lang) for c in dataset.kept} for at in range(9)]
    sheet = only_sheet(read(filled(dataset, rows, lang), file_name(dataset, lang)))
    assert (sheet.dataset, sheet.issues, sheet.unmapped) == (name, [], [])
    assert sheet.counts["loaded"] == len(rows)
    assert sheet.counts["rejected"] == sheet.counts["duplicates"] == 0
    for at, row in enumerate(sheet.rows):
        wanted: Cells = {}
        for column in dataset.kept:
            wanted |= stored(column, at)
        assert {field: row[field] for field in wanted} == wanted


@EVERY
def test_what_is_marked_as_needed_is_enough(name: str) -> None:
    """Only the required cells and one of each pair: still nothing to complain about."""
    dataset, needs = DATASETS[name], demands.of(DATASETS[name])
    for choice in (0, 1):
        fields = needs.required | {pair[choice] for pair in needs.either}
        row = {c.name: written(c, 0, "zh") for c in dataset.kept if c.name in fields}
        sheet = only_sheet(read(filled(dataset, [row]), file_name(dataset, "zh")))
        assert (sheet.dataset, sheet.issues, sheet.counts["loaded"]) == (name, [], 1)


@EVERY
def test_what_is_marked_as_needed_is_missed(name: str) -> None:
    dataset, needs = DATASETS[name], demands.of(DATASETS[name])
    for group in (*((field,) for field in needs.required), *needs.either):
        row = {c.name: written(c, 0, "zh") for c in dataset.kept if c.name not in group}
        sheet = only_sheet(read(filled(dataset, [row]), file_name(dataset, "zh")))
        assert sheet.issues, f"{name} does not mind a row without {group}"


WORDS = st.text("语文数英体美音办公室活动的和一二三甲乙", min_size=1, max_size=8)
MONEY = st.decimals(-(10**6), 10**6, places=2).map(lambda value: value + 0)
LAST = AS_OF - timedelta(days=60)  # the days of one row follow it, and none is still to come
DAYS, RECENT = (st.dates(date(year, 1, 1), LAST) for year in (1950, AS_OF.year - 19))


def cells_of(dataset: Dataset) -> st.SearchStrategy[list[Cells]]:
    """Rows whose days follow one another and whose counts agree, in any spelling of their type."""
    far = all(column.ago for column in dataset.kept if column.type == "date")
    row = st.fixed_dictionaries({"day": DAYS if far else RECENT, "count": st.integers(0, 10**6), **{
        c.name: _drawn(c) for c in dataset.kept}})  # fmt: skip
    return st.lists(row.map(lambda drawn: _agreeing(dataset, drawn)), min_size=1, max_size=4)


def _drawn(column: Column) -> st.SearchStrategy[Any]:
    if column.codes:
        return st.sampled_from([code.label.zh for code in column.codes.codes])
    kinds = {
        "name": st.sampled_from(["张三", "欧阳娜娜", "㐂·买买提"]),
        "money": MONEY,
        "time": st.times().map(lambda moment: f"{moment:%H:%M}"),
        "period": st.sampled_from(["2026年3月", "2026年上半年", "2026-2027学年第一学期"]),
    }
    return kinds.get(column.type, WORDS)


def _agreeing(dataset: Dataset, drawn: Cells) -> Cells:
    at = 0
    for column in dataset.kept:
        if column.type == "date":
            at += 1
            drawn[column.name] = drawn["day"] + timedelta(days=at)
        elif column.name == "year":
            drawn["year"] = 1950 + drawn["count"] % 150
        elif column.type == "count":
            drawn[column.name] = drawn["count"] * TIMES.get(column.name, 1)
    return drawn


@EVERY
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_plain_row_comes_back_as_it_was_written(name: str, data: st.DataObject) -> None:
    dataset = DATASETS[name]
    rows = data.draw(cells_of(dataset))
    for at, row in enumerate(rows):  # numbers tell rows apart, or what they are about
        row |= {c.name: f"N{at}" for c in dataset.kept if c.type == "id" or c.name == "motion"}
    order = Order(file_name(dataset, "zh"), AS_OF)
    sheet = only_sheet(child.report(filled(dataset, rows), order))
    assert (sheet.dataset, sheet.issues, sheet.counts["loaded"]) == (name, [], len(rows))
    plain = [c for c in dataset.kept if not c.codes and c.type != "period"]
    for row, typed in zip(sheet.rows, rows, strict=True):
        assert {c.name: row[c.name] for c in plain} == {c.name: typed[c.name] for c in plain}


@EVERY
@pytest.mark.parametrize("lang", LANGS)
def test_the_example_itself_could_be_imported(name: str, lang: Lang) -> None:
    dataset = DATASETS[name]
    row = {column.name: examples.cell(column, lang) for column in dataset.kept}
    sheet = only_sheet(read(filled(dataset, [row], lang), file_name(dataset, lang)))
    assert (sheet.dataset, sheet.issues, sheet.counts["loaded"]) == (name, [], 1)


@EVERY
def test_neither_the_example_nor_the_notes_are_ever_data(name: str) -> None:
    dataset = DATASETS[name]
    report = read(template(dataset, "zh"), file_name(dataset, "zh"))
    assert only_sheet(report).counts["loaded"] == 0
    book = openpyxl.load_workbook(io.BytesIO(template(dataset, "zh")))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 3
    example = [cell.value for cell in list(book.worksheets[1].rows)[-1]]
    assert len([value for value in example if value is not None]) > len(dataset.kept) / 2


@EVERY
def test_identity_numbers_and_phones_have_no_column(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(DATASETS[name], "zh")))
    sheet = book.worksheets[0]
    heads = " ".join(str(cell.value) for cell in sheet[header_row(sheet)])
    assert not [c for c in DATASETS[name].columns if not c.keep and c.label.zh in heads.split()]
    assert "身份证" not in heads
    assert "电话" not in heads


@EVERY
@pytest.mark.parametrize("lang", LANGS)
def test_every_column_is_checked_and_explained(name: str, lang: Lang) -> None:
    dataset, needs = DATASETS[name], demands.of(DATASETS[name])
    book = openpyxl.load_workbook(io.BytesIO(template(dataset, lang)))
    sheet = book.worksheets[0]
    areas = [(next(iter(rule.sqref.ranges)), rule)
             for rule in sheet.data_validations.dataValidation]  # fmt: skip
    rules = {area.min_col: rule for area, rule in areas if area.min_row > header_row(sheet)}
    told = [row[0].value for row in book.worksheets[2].rows]
    for place, column in enumerate(dataset.kept, start=1):
        head = sheet.cell(header_row(sheet), place)
        assert head.comment is not None
        asked = notes.NEEDED(lang) in head.value or notes.EITHER(lang) in head.value
        assert asked == needs.asks_for(column.name)
        assert column.label(lang) in told
        if column.codes:
            words = ",".join(code.label(lang) for code in column.codes.codes)
            assert rules[place].formula1 == f'"{words}"'
        if column.codes or column.type in ("date", "money", "count"):
            assert rules[place].error


@pytest.mark.parametrize("name", [n for n, d in DATASETS.items() if d.shape == "snapshot"])
def test_a_roster_takes_its_day_from_its_own_cell_and_asks_where_it_is_empty(name: str) -> None:
    dataset = DATASETS[name]
    row = {c.name: written(c, 0, "zh") for c in dataset.kept}
    sheet = only_sheet(read(filled(dataset, [row]), file_name(dataset, "zh")))
    assert (sheet.as_of, sheet.as_of_source) == (AS_OF, "title")
    sheet = only_sheet(read(filled(dataset, [row], day=None), file_name(dataset, "zh")))
    assert sheet.as_of_source == "today"
    assert [issue.code for issue in sheet.issues] == ["as_of_unknown"]


def test_the_registers_own_name_is_no_activity() -> None:
    dataset = DATASETS["attendance"]
    row = {"held_on": date(2026, 3, 8), "name": "张三"}
    sheet = only_sheet(read(filled(dataset, [row]), file_name(dataset, "zh")))
    assert [issue.code for issue in sheet.issues] == ["no_activity"]


def test_every_type_of_column_is_explained() -> None:
    assert set(get_args(Type)) == notes.WHAT.keys()


def test_a_column_that_is_not_needed_may_be_deleted() -> None:
    dataset = DATASETS["members"]
    book = openpyxl.load_workbook(
        io.BytesIO(filled(dataset, [{"name": "张三", "joined_on": AS_OF}]))
    )
    sheet = book.worksheets[0]
    kept = {"姓名", "入会日期"}
    for place in range(len(dataset.kept), 0, -1):
        head = str(sheet.cell(3, place).value).split("\n")[0]
        if head not in kept and place > 2:
            sheet.delete_cols(place)
    buffer = io.BytesIO()
    book.save(buffer)
    report = only_sheet(read(buffer.getvalue(), "会员名册_模板.xlsx"))
    assert (report.dataset, report.issues, report.counts["loaded"]) == ("members", [], 1)


def test_the_command_line_writes_a_template_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", "staff"]) == 0
    assert capsys.readouterr().out == "教职工名册_模板.xlsx\n"
    data = (tmp_path / "教职工名册_模板.xlsx").read_bytes()
    assert only_sheet(read(data, "教职工名册_模板.xlsx")).dataset == "staff"
    assert main(["template", "staff"]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert main(["template", "staff", "--out", "nowhere/a.xlsx", "--lang", "en"]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert main(["template", "tax"]) == 2
    assert "staff, members" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["教职工名册_模板.xlsx"]
