"""What an officer may choose of a dropped file: encoding, hidden rows, names; and what is held."""

from __future__ import annotations

import gc
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from explored import FILES, loosely
from screens import keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard.exploring.charting.recipe import Recipe
from dashboard.exploring.shelf import HELD, Dropped, Pin, Shelf
from dashboard.importing.loose.model import LooseSheet, Wishes
from dashboard.settings import Limits, Settings
from dashboard.workspaces import Workspaces

BOOKS = (FILES / "books_handed_out.csv").read_bytes()
GUESSED = "项目,金额\n办公用品,12\n茶水,30\n".encode("gb18030")
MONTHS = "部门,1月,2月,3月\n语文组,1,2,3\n数学组,4,5,6\n".encode()
TODAY = date(2026, 1, 15)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY.isoformat())
    Workspaces(Settings(data=tmp_path)).enter("school")
    return opened(tmp_path, "explore", monkeypatch, lang="zh")


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].upload(name, data, "text/csv").run()
    assert not app.exception
    return app


def held(app: AppTest) -> list[Dropped]:
    shelf: Shelf = app.session_state["explore_shelf"]
    return shelf.files()


def rows(app: AppTest, place: int = 0) -> list[dict[str, Any]]:
    found = [frame for frame in app.dataframe if frame.proto.alt == "前几行"]
    return list(found[place].value.to_dict("records"))


def workbook() -> bytes:
    """Three rows, one of them hidden, and a hidden sheet."""
    with xlsxwriter.Workbook(out := io.BytesIO()) as book:
        sheet = book.add_worksheet("账")
        for at, row in enumerate([["项目", "金额"], ["甲", 1], ["乙", 2], ["丙", 4]]):
            sheet.write_row(at, 0, row)
        sheet.set_row(2, options={"hidden": True})
        book.add_worksheet("底稿").write_row(0, 0, ["项目", "金额"])
        book.get_worksheet_by_name("底稿").write_row(1, 0, ["丁", 8])  # type: ignore[union-attr]
        book.get_worksheet_by_name("底稿").hide()  # type: ignore[union-attr]
    return out.getvalue()


# -- encoding ----------------------------------------------------------------------------------


def test_a_guessed_encoding_can_be_changed_and_given_back(page: AppTest) -> None:
    dropped(page, "账.csv", GUESSED)
    assert keyed(page.selectbox, "explore_encoding_").options[0] == "编码：GB18030（GBK）"
    keyed(page.selectbox, "explore_encoding_").set_value("big5").run()
    (file,) = held(page)
    assert file.wishes.encoding == "big5"
    assert "项目" not in str(file.read.sheets)
    keyed(page.selectbox, "explore_encoding_").set_value("").run()
    assert [column.header for column in held(page)[0].read.sheets[0].columns] == ["项目", "金额"]


def test_an_encoding_that_does_not_fit_says_so_and_can_be_taken_back(page: AppTest) -> None:
    dropped(page, "账.csv", GUESSED)
    keyed(page.selectbox, "explore_encoding_").set_value("utf-8").run()
    assert any("encoding" in error.value for error in page.error)
    keyed(page.selectbox, "explore_encoding_").set_value("gb18030").run()
    assert not page.error


def test_what_is_surely_utf_8_offers_no_choice_and_its_bytes_are_let_go(page: AppTest) -> None:
    dropped(page, "换书.csv", BOOKS)
    assert not [box for box in page.selectbox if str(box.key).startswith("explore_encoding_")]
    assert held(page)[0].data is None


# -- hidden rows -------------------------------------------------------------------------------


def test_hidden_rows_are_told_and_one_click_reads_them(page: AppTest) -> None:
    dropped(page, "账.xlsx", workbook())
    assert "隐藏" in said(page)
    assert held(page)[0].read.sheets[0].rows == 2
    keyed(page.toggle, "explore_whole_").set_value(True).run()
    assert not page.exception
    assert held(page)[0].read.sheets[0].rows == 3
    keyed(page.toggle, "explore_whole_").set_value(False).run()
    assert held(page)[0].read.sheets[0].rows == 2


def test_a_hidden_sheet_is_read_by_one_click_as_well(page: AppTest) -> None:
    dropped(page, "账.xlsx", workbook())
    assert [sheet.hidden for sheet in held(page)[0].read.sheets] == [False, True]
    page.session_state[f"explore_sheet_{held(page)[0].read.sha256[:16]}_1"] = True
    page.run()
    switch = next(box for box in page.toggle if str(box.key).endswith("_1"))
    switch.set_value(True).run()
    assert [sheet.rows for sheet in held(page)[0].read.sheets] == [2, 1]


# -- names -------------------------------------------------------------------------------------


def test_names_are_shown_while_the_switch_is_on_and_numbers_never(page: AppTest) -> None:
    dropped(page, "换书.csv", BOOKS)
    switch = page.toggle(key="explore_names")
    assert switch.value is False
    assert rows(page)[0]["领取人"] == "王*"
    switch.set_value(True).run()
    first = rows(page)[0]
    assert first["领取人"] == "王伟敏"
    assert (first["手机号码"], first["证件"]) == ("139****0000", "990***********0006")
    cells = next(frame for frame in page.dataframe if frame.proto.alt == "不相符的单元格").value
    assert "待定" in str(cells.to_dict())
    page.toggle(key="explore_names").set_value(False).run()
    assert rows(page)[0]["领取人"] == "王*"


def test_without_names_there_is_no_switch(page: AppTest) -> None:
    dropped(page, "月.csv", MONTHS)
    assert not [box for box in page.toggle if box.key == "explore_names"]


# -- the long form -----------------------------------------------------------------------------


def test_a_table_of_months_has_its_long_form_above_it(page: AppTest) -> None:
    dropped(page, "月.csv", MONTHS)
    labels = [box.label.replace("\\", "") for box in page.expander]
    assert [label for label in labels if "×" in label] == ["月 · 展开 · 6 × 3", "月 · 2 × 4"]
    assert [row["月份"] for row in rows(page, 0)] == ["01", "02", "03", "01", "02", "03"]


# -- what is held ------------------------------------------------------------------------------


def file(data: bytes = GUESSED, name: str = "账.csv", wishes: Wishes = Wishes()) -> Dropped:  # noqa: B008
    return Dropped.of(name, data, loosely(data, name), TODAY, wishes)


def filled(*files: Dropped, room: int = 10**9) -> Shelf:
    shelf = Shelf(room)
    for one in files:
        shelf.expect(one.name, one.data or BOOKS)
        assert shelf.put(one)
    return shelf


def test_a_file_read_again_takes_its_own_place_and_its_pins_are_gone() -> None:
    first, second = file(), file(BOOKS, "换书.csv")
    shelf = filled(first, second)
    shelf.pin(Pin(first.read.sha256, 0, Recipe("bars", 0)))
    shelf.pin(Pin(second.read.sha256, 0, Recipe("bars", 0)))
    shelf.again(first.read.sha256, Wishes("big5"))
    ((called, waits),) = shelf.waiting()
    assert (waits.name, waits.wishes.encoding) == ("账.csv", "big5")
    anew = file(wishes=Wishes("big5"))
    assert anew.read.sha256 == called != first.read.sha256
    assert shelf.put(anew)
    assert [one.read.sha256 for one in shelf.files()] == [called, second.read.sha256]
    assert [pin.sha256 for pin in shelf.pins()] == [second.read.sha256]
    assert shelf.waiting() == []


def test_a_second_reading_that_is_stopped_leaves_the_file_as_it_was() -> None:
    first = file()
    shelf = filled(first)
    weight = shelf.size
    shelf.again(first.read.sha256, Wishes("big5"))
    assert shelf.size == weight
    shelf.take(shelf.waiting()[0][0])
    assert (shelf.files(), shelf.waiting(), shelf.size) == ([first], [], weight)


def test_the_same_wishes_or_a_file_whose_bytes_are_gone_are_not_read_again() -> None:
    shelf = filled(file(), file(BOOKS, "换书.csv"))
    for one in shelf.files():
        shelf.again(one.read.sha256, one.wishes)
    shelf.again(shelf.files()[1].read.sha256, Wishes("big5"))
    shelf.again("nobody", Wishes("big5"))
    assert shelf.waiting() == []


def test_what_is_held_is_bounded_tables_made_here_included() -> None:
    one = file(BOOKS, "换书.csv")
    exact = filled(one, room=-(-one.held // HELD))
    assert not exact.make("合", one.read.sheets[0], TODAY)
    assert len(exact.files()) == 1
    roomy = filled(one, room=one.held)
    assert roomy.make("合", one.read.sheets[0], TODAY)
    assert roomy.size == one.size


def test_a_file_that_holds_more_than_there_is_room_for_is_told_of(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.session_state["explore_shelf"] = Shelf(len(BOOKS))
    monkeypatch.setattr("dashboard.exploring.shelf.HELD", 0)
    dropped(page, "换书.csv", BOOKS)
    assert any("放不下" in warning.value for warning in page.warning)
    assert held(page) == []


# -- the limit ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "megabytes"),
    [("250", 250), (" 7 ", 7), ("", 100), ("0", 100), ("many", 100), ("1e9", 100), ("5000", 100)],
)
def test_the_upload_limit_is_a_setting(
    named: str, megabytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_UPLOAD_MB", named)
    assert Limits().upload_bytes == megabytes * 2**20
    assert Settings().limits.upload_bytes == megabytes * 2**20


def test_the_page_says_the_limit_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_UPLOAD_MB", "7")
    Workspaces(Settings(data=tmp_path)).enter("school")
    assert "合计不超过 7 MB" in said(opened(tmp_path, "explore", monkeypatch, lang="zh"))


# -- nothing of it stays -----------------------------------------------------------------------


def tables() -> int:
    """How many tables of dropped files this process holds, whoever refers to them."""
    gc.collect()
    sheets = (one for one in gc.get_objects() if isinstance(one, LooseSheet))
    return sum(sheet.table is not None for sheet in sheets)


def test_a_session_that_ends_leaves_nothing_of_its_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workspaces(Settings(data=tmp_path)).enter("school")
    before = tables()
    app = dropped(opened(tmp_path, "explore", monkeypatch, lang="zh"), "月.csv", MONTHS)
    assert tables() == before + 2
    del app
    assert tables() == before


def test_a_file_that_is_removed_leaves_nothing_while_the_session_goes_on(page: AppTest) -> None:
    before = tables()
    dropped(page, "月.csv", MONTHS)
    keyed(page.button, "explore_remove_").click().run()
    page.run()
    assert tables() == before
