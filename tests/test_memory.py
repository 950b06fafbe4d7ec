"""What an officer once corrected is offered again; what only looks alike is only suggested."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from here import read_here as read

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.importing.fingerprint import fingerprint
from dashboard.importing.report import Choice, FileReport, MappedColumn, SheetReport
from dashboard.importing.suggest import suggestions
from dashboard.warehouse import Warehouse

# Headers of a school's own making; no contract knows 谁 or 哪个组.
MARCH = "职工总表\n谁,哪个组,编号,来的日子\n王芳,语文组,1,2010-09-01\n李雷,数学组,2,2011-09-01\n"
OCTOBER = MARCH.replace("李雷,数学组,2", "韩梅,英语组,3")
COLUMNS = (("name", "A"), ("department", "B"), ("staff_no", "C"), ("hired_on", "D"))


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


def first_read(text: str, name: str = "总表.csv") -> FileReport:
    return read(text.encode(), name)


def corrected(text: str, choice: Choice, name: str = "总表.csv") -> FileReport:
    return read(text.encode(), name, choices=(choice,))


CHOICE = Choice("总表", "staff", (2,), COLUMNS)


def taught(warehouse: Warehouse, choice: Choice = CHOICE) -> int:
    return ingest.learn(warehouse, [first_read(MARCH)], [corrected(MARCH, choice)], "李老师")


def test_a_corrected_mapping_is_offered_for_the_next_file(warehouse: Warehouse) -> None:
    assert taught(warehouse) == 1
    (sheet,) = first_read(OCTOBER, "十月.csv").sheets
    offered = warehouse.offered(sheet)
    assert offered is not None
    assert (offered.sheet, offered.dataset, offered.header_rows) == ("十月", "staff", (2,))
    assert dict(offered.columns or ()) == dict(COLUMNS)
    (again,) = corrected(OCTOBER, offered, "十月.csv").sheets
    assert [row["name"] for row in again.rows] == ["王芳", "韩梅"]


def test_a_mapping_follows_its_headers_when_the_sheet_moves(warehouse: Warehouse) -> None:
    taught(warehouse)
    lines = [f",{line}" for line in ["", *OCTOBER.splitlines()]]
    (sheet,) = first_read("\n".join(lines), "十月.csv").sheets
    offered = warehouse.offered(sheet)
    assert offered is not None
    assert offered.header_rows == (3,)
    assert dict(offered.columns or ())["name"] == "B"


def test_other_headers_are_offered_nothing(warehouse: Warehouse) -> None:
    taught(warehouse)
    (sheet,) = first_read(MARCH.replace("来的日子", "走的日子")).sheets
    assert warehouse.offered(sheet) is None


def test_what_the_reader_found_itself_needs_no_memory(warehouse: Warehouse) -> None:
    plain = first_read("教职工名册\n工号,姓名,部门,状态\n1,王芳,语文组,在职\n")
    assert plain.sheets[0].dataset == "staff"
    assert ingest.learn(warehouse, [plain], [plain]) == 0
    assert warehouse.remembered() == []


def test_a_mapping_is_listed_and_can_be_forgotten(warehouse: Warehouse) -> None:
    taught(warehouse)
    (known,) = warehouse.remembered()
    assert (known.dataset, known.who) == ("staff", "李老师")
    assert known.columns["name"] == "谁"
    warehouse.forget(known.fingerprint)
    assert warehouse.remembered() == []
    assert warehouse.offered(first_read(MARCH).sheets[0]) is None


def test_the_newest_correction_counts(warehouse: Warehouse) -> None:
    taught(warehouse)
    taught(warehouse, replace(CHOICE, columns=COLUMNS[:3]))
    offered = warehouse.offered(first_read(MARCH).sheets[0])
    assert offered is not None
    assert dict(offered.columns or ()) == dict(COLUMNS[:3])
    assert len(warehouse.remembered()) == 1


def test_an_offer_that_was_turned_down_is_forgotten(warehouse: Warehouse) -> None:
    taught(warehouse)
    unchanged = first_read(MARCH)
    confirmed = replace(unchanged.sheets[0])
    warehouse.remember([(unchanged.sheets[0], confirmed)])
    assert warehouse.remembered() == []


def test_equal_headers_are_told_apart_by_their_order(warehouse: Warehouse) -> None:
    text = "表\n谁,组,组\n王芳,甲,语文组\n李雷,乙,数学组\n"
    columns = (("name", "A"), ("department", "C"))
    choice = Choice("总表", "staff", (2,), columns)
    ingest.learn(warehouse, [first_read(text)], [corrected(text, choice)])
    offered = warehouse.offered(first_read(text).sheets[0])
    assert offered is not None
    assert dict(offered.columns or ()) == dict(columns)


def test_a_register_or_field_that_is_gone_is_not_offered(warehouse: Warehouse) -> None:
    taught(warehouse)
    (sheet,) = first_read(MARCH).sheets
    for change in ("set dataset = 'gone'", "set dataset = 'budget'"):
        with warehouse._transaction("begin") as cursor:
            cursor.execute(f"update remembered {change}")
        assert warehouse.offered(sheet) is None


def test_nothing_of_a_row_is_remembered(warehouse: Warehouse) -> None:
    taught(warehouse)
    assert "王芳" not in str(warehouse.read("from remembered"))


# --- fingerprints -----------------------------------------------------------------------------


def headed(*headers: str, dataset: str | None = None) -> SheetReport:
    columns = [MappedColumn(header, "ABCDEFGH"[at]) for at, header in enumerate(headers)]
    return SheetReport("表", dataset=dataset, unmapped=columns)


def test_spelling_of_blanks_width_and_script_does_not_matter() -> None:
    assert fingerprint(headed("工 号", "職稱（級）")) == fingerprint(headed("工号", "职称(级)"))


@pytest.mark.parametrize(
    "other", [("姓名", "工号"), ("工号",), ("工号姓名",), ("工号", "姓名", "姓名")]
)
def test_order_and_number_of_headers_matter(other: tuple[str, ...]) -> None:
    assert fingerprint(headed("工号", "姓名")) != fingerprint(headed(*other))


def test_it_does_not_matter_which_fields_take_the_headers() -> None:
    taken = replace(headed("部门"), columns={"staff_no": MappedColumn("工号", "A")})
    taken.unmapped = [MappedColumn("部门", "B")]
    assert fingerprint(taken) == fingerprint(headed("工号", "部门"))


def test_the_twenty_seventh_column_comes_after_the_second() -> None:
    late = SheetReport("表", unmapped=[MappedColumn("乙", "AA"), MappedColumn("甲", "B")])
    assert fingerprint(late) == fingerprint(headed("甲", "乙"))


# --- suggestions ------------------------------------------------------------------------------


def test_a_misspelled_header_is_suggested_not_taken() -> None:
    text = "教职工名册\n工号,姓名,部门,入职曰期,状态\n1,王芳,语文组,2010-09-01,在职\n"
    (sheet,) = first_read(text).sheets
    assert "hired_on" not in sheet.columns
    assert suggestions(sheet, DATASETS["staff"])["D"][0] == "hired_on"


def test_a_field_with_a_column_is_not_suggested_again() -> None:
    sheet = headed("出生日其", dataset="staff")
    assert suggestions(sheet, DATASETS["staff"])["A"][0] == "birth_date"
    sheet.columns = {"birth_date": MappedColumn("出生日期", "H")}
    assert suggestions(sheet, DATASETS["staff"]) == {}


def test_a_field_is_suggested_for_the_closest_header_only() -> None:
    sheet = headed("出生年月曰", "出生的年月日", dataset="staff")
    found = suggestions(sheet, DATASETS["staff"])
    assert list(found) == ["B"]


@pytest.mark.parametrize(
    "header", ["血型", "衣服尺码", "是否住校", "年终考核", "√", "身份证号码数"]
)
def test_a_header_that_means_something_else_is_left_alone(header: str) -> None:
    """An identity number would only be dropped; there is nothing to gain by naming it."""
    assert suggestions(headed(header, dataset="staff"), DATASETS["staff"]) == {}


def test_of_a_sheet_of_another_register_every_header_is_open() -> None:
    sheet = replace(headed(), columns={"办理结果情": MappedColumn("办理结果情", "C")})
    assert suggestions(sheet, DATASETS["proposals"])["C"][0] == "outcome"
