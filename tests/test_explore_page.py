"""The page 即席分析: a file is looked at in one session's memory, and nowhere else."""

from __future__ import annotations

import gc
import time
import weakref
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from explored import FILES, loosely
from screens import keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard import resting
from dashboard.exploring.shelf import Dropped, Shelf
from dashboard.exploring.words import KINDS
from dashboard.importing.loose.model import KINDS as ALL_KINDS
from dashboard.resting import REST, sweep
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces

BOOKS = (FILES / "books_handed_out.csv").read_bytes()
MEMBERS = "会员名册\n姓名,部门,入会时间\n张三,语文组,2017-03-08\n李四,数学组,2018-09-01\n".encode()
TWO = (FILES.parent / "tables_unknown_under_one_another.csv").read_bytes()
TODAY = date(2026, 1, 15)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY.isoformat())


@pytest.fixture
def school(tmp_path: Path) -> Path:
    Workspaces(Settings(data=tmp_path)).enter("school")
    return tmp_path


@pytest.fixture
def page(school: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(school, "explore", monkeypatch, lang="zh")


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].upload(name, data, "text/csv").run()
    assert not app.exception
    return app


def plainly(app: AppTest) -> str:
    return said(app).replace("\\", "")


def table(app: AppTest, alt: str) -> list[dict[str, Any]]:
    """The rows of the table that a screen reader calls so."""
    found = next(frame for frame in app.dataframe if frame.proto.alt == alt)
    return list(found.value.to_dict("records"))


def cards(app: AppTest) -> int:
    """How many files are looked at."""
    return plainly(app).count("重复行 ")


def test_a_dropped_file_is_looked_at_at_once(page: AppTest) -> None:
    dropped(page, "换书.csv", BOOKS)
    told = plainly(page)
    assert "25 行 × 11 列 · 空单元格 17 · 重复行 1" in told
    assert "表头第 3 行 · 合计行 29 不计入 · 说明行 30 不计入" in told
    assert "“金额”表内合计 4,983.2，逐行相加 4,973.2，相差 -10" in told
    columns = {row["列名"]: row for row in table(page, "各列的情况")}
    assert (columns["金额"]["内容"], columns["金额"]["相符"]) == ("金额（元）", "96.0%")
    assert columns["是否签字"]["范围或常见值"] == "是 20、否 5"
    assert columns["领取人"]["范围或常见值"] == "已遮盖"
    cells = {row["单元格"]: row["原文"] for row in table(page, "不相符的单元格")}
    assert cells == {"C7": "遗失补办中", "G13": "1900-01-00", "I11": "待定"}


def test_names_and_numbers_of_people_are_nowhere_on_the_page(page: AppTest) -> None:
    dropped(page, "换书.csv", BOOKS)
    rows = table(page, "前几行")
    assert (rows[0]["领取人"], rows[0]["手机号码"]) == ("王*", "139****0000")
    assert rows[0]["证件"] == "990***********0006"
    everything = plainly(page) + str([frame.value.to_dict() for frame in page.dataframe])
    assert not [one for one in ("王伟敏", "13910000137", "学府路") if one in everything]


def test_the_page_speaks_english_too(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped(opened(school, "explore", monkeypatch, lang="en"), "books.csv", BOOKS)
    assert "header in row 3" in plainly(app)
    assert table(app, "What each column holds")[0]["Holds"] == "code"


def test_a_known_register_is_handed_to_the_import_by_one_click(page: AppTest) -> None:
    dropped(page, "会员名册2017.csv", MEMBERS)
    assert "这是会员名册（认出 3 列" in plainly(page)
    keyed(page.button, "import_").click().run()
    assert not page.exception
    assert page.title[0].value == "上传"
    assert "会员名册2017.csv" in plainly(page)
    assert not page.button(key="confirm_import").disabled or "名册日期" in plainly(page)


def test_an_unknown_sheet_is_not_offered_to_the_import_and_its_bytes_are_let_go(
    page: AppTest,
) -> None:
    dropped(page, "换书.csv", BOOKS)
    assert not [button for button in page.button if str(button.key).startswith("import_")]
    (file,) = page.session_state["explore_shelf"].files()
    assert file.data is None


def test_several_tables_of_a_sheet_and_several_files_each_have_their_place(page: AppTest) -> None:
    dropped(dropped(page, "两表.csv", TWO), "换书.csv", BOOKS)
    labels = [found.label.replace("\\", "").split(" · ")[0] for found in page.expander]
    assert labels[:2] == ["两表（A1:C6）", "两表（A7:C11）"]
    page.button(key="explore_remove_all").click().run()
    assert not cards(page)


def test_a_file_is_taken_off_and_the_same_bytes_are_one_file(page: AppTest) -> None:
    dropped(dropped(page, "换书.csv", BOOKS), "副本.csv", BOOKS)
    assert cards(page) == 1
    keyed(page.button, "explore_remove_").click().run()
    assert not cards(page)


def test_what_cannot_be_read_says_what_to_do(page: AppTest) -> None:
    dropped(page, "坏.xlsx", b"PK\x03\x04 no workbook")
    assert any("damaged" in error.value for error in page.error)


def test_marks_in_a_files_words_mean_themselves(page: AppTest) -> None:
    dropped(page, "![x](http://a.b/c.png).csv", b"![x](http://a.b/c.png),b\n1,2\n3,4\n")
    assert "![x](" not in said(page)


def test_a_number_of_a_person_stays_in_no_name_of_a_file(page: AppTest) -> None:
    dropped(page, "慰问13812345670（990000195001010004）.csv", BOOKS)
    (file,) = page.session_state["explore_shelf"].files()
    assert file.name == "慰问[已隐去]（[已隐去]）.csv"
    assert not [number for number in ("13812345670", "990000195001010004") if number in said(page)]


# -- private to the session --------------------------------------------------------------------


def test_two_sessions_never_see_each_others_files(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = dropped(opened(school, "explore", monkeypatch, lang="zh"), "换书.csv", BOOKS)
    other = opened(school, "explore", monkeypatch, lang="zh")
    assert (cards(one), cards(other)) == (1, 0)
    dropped(other, "会员名册.csv", MEMBERS)
    assert "换书.csv" not in plainly(other)
    assert "会员名册.csv" not in plainly(one.run())


def test_nothing_is_written_to_disk(page: AppTest, school: Path) -> None:
    def written() -> dict[str, int]:
        files = (path for path in school.rglob("*") if path.is_file())
        return {str(path): path.stat().st_mtime_ns for path in files}

    before = written()
    dropped(page, "换书.csv", BOOKS)
    assert written() == before


def test_after_an_hour_without_use_the_files_are_gone_and_the_page_says_so(page: AppTest) -> None:
    dropped(page, "换书.csv", BOOKS)
    held: Shelf = page.session_state["explore_shelf"]
    held._used -= REST
    assert sweep() >= 0
    assert held.size == 0
    page.run()
    assert not cards(page)
    assert "一小时没有使用" in plainly(page)
    assert cards(dropped(page, "换书.csv", BOOKS)) == 1
    assert "一小时没有使用" not in plainly(page)


@pytest.fixture
def file() -> Dropped:
    return Dropped.of("换书.csv", BOOKS, loosely(BOOKS, "换书.csv"), TODAY)


def test_looking_is_use_and_an_hour_without_it_empties_the_shelf(file: Dropped) -> None:
    now = [0.0]
    shelf = Shelf(10**9, lambda: now[0])
    assert shelf.expect("换书.csv", BOOKS)
    shelf.put(file)
    now[0] = REST - 1
    assert not shelf.rest()
    assert len(shelf.files()) == 1
    now[0] = 2 * REST - 2
    assert not shelf.rest()
    now[0] += 1
    assert shelf.rest()
    assert (shelf.size, shelf.freed, shelf.files()) == (0, True, [])


def test_a_file_that_waits_is_let_go_as_well() -> None:
    now = [0.0]
    shelf = Shelf(10**9, lambda: now[0])
    shelf.expect("换书.csv", BOOKS)
    now[0] = REST
    assert shelf.rest()
    assert shelf.waiting() == []


def test_the_clock_empties_shelves_by_itself(
    file: Dropped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "REST", 0.05)
    monkeypatch.setattr(resting, "_ROUND", 0.05)
    for timer in resting._clock:
        timer.cancel()
        timer.join()
    shelf = Shelf(10**9)
    shelf.expect("换书.csv", BOOKS)
    shelf.put(file)
    until = time.monotonic() + 20
    while not shelf.freed and time.monotonic() < until:
        time.sleep(0.02)
    assert shelf.size == 0


def test_a_session_that_ends_takes_its_files_with_it(file: Dropped) -> None:
    shelf = Shelf(10**9)
    shelf.expect("换书.csv", BOOKS)
    shelf.put(file)
    gone = weakref.ref(shelf)
    del shelf
    gc.collect()
    assert gone() is None


def test_files_together_stay_within_what_one_upload_may_weigh(file: Dropped) -> None:
    shelf = Shelf(len(BOOKS) + len(MEMBERS))
    assert shelf.expect("换书.csv", BOOKS)
    shelf.put(file)
    assert shelf.expect("会员.csv", MEMBERS)
    assert not shelf.expect("又一个.csv", b"a")
    shelf.take(file.read.sha256)
    assert shelf.expect("又一个.csv", b"a")


def test_a_reading_that_is_stopped_leaves_nothing(page: AppTest) -> None:
    held: Shelf = page.session_state["explore_shelf"]
    held.expect("大.csv", BOOKS)
    (waits,) = held.waiting()
    held.take(waits[0])
    page.run()
    assert not cards(page)


def test_every_kind_has_a_name() -> None:
    assert set(KINDS) == set(ALL_KINDS)
