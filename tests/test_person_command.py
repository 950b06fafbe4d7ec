"""`python -m dashboard person find|export|delete|allow`: what the page does, from a terminal."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from kept import school, without_marts
from openpyxl import load_workbook
from schools import person
from test_persons import LATER, NAME, NUMBER, fill, found, hits, load

from dashboard import audit
from dashboard.cli import main


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("person_command")
    with school(folder) as spaces:
        fill(spaces)
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "none").mkdir()
    without_marts(tmp_path / "none", monkeypatch)
    return shutil.copytree(filled, tmp_path / "data")


@pytest.fixture
def whole(filled: Path, tmp_path: Path) -> Path:
    """With everything that is told of the registers, as an import needs it."""
    return shutil.copytree(filled, tmp_path / "whole")


def person_command(data: Path, *words: str) -> int:
    return main(["person", *words, "--data", str(data)])


def with_a_namesake(data: Path) -> None:
    with school(data) as spaces:
        load(spaces, "staff", [person("T777", NAME, "数学组")], as_of=LATER)


def is_there(data: Path) -> bool:
    with school(data) as spaces:
        return bool(found(spaces).bearers)


@pytest.mark.parametrize("whom", [NUMBER, "t90417 ", NAME, "歐陽海棠"])
def test_somebody_is_found_by_number_or_name(
    data: Path, whom: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert person_command(data, "find", whom) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{NAME} · {NUMBER} · 语文组")
    assert "教职工名册 1 行" in told
    assert audit.entries(data)[-1].facts == {"page": "persons"}


def test_a_program_gets_the_found_as_one_document(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_a_namesake(data)
    assert person_command(data, "find", NAME, "--json") == 0
    assert [one["staff_no"] for one in json.loads(capsys.readouterr().out)] == ["T777", NUMBER]


@pytest.mark.parametrize("whom", ["查无此人", "", " 、"])
def test_nobody_is_told_as_nobody(
    data: Path, whom: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for deed in (("find",), ("delete", "--yes")):
        assert person_command(data, *deed, whom) == 2
        assert "没有工号或姓名是" in capsys.readouterr().err


def test_of_several_nobody_is_touched_and_all_are_listed(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_a_namesake(data)
    for deed in (("delete", "--yes"), ("export", "--out", str(tmp_path / "a.xlsx"))):
        assert person_command(data, *deed, NAME) == 2
        said = capsys.readouterr()
        assert "T777" in said.err
        assert NUMBER in said.err
        assert "有 2 位" in said.err
    assert not (tmp_path / "a.xlsx").exists()
    with school(data) as spaces:
        assert len(found(spaces).bearers) == 2


def test_two_names_under_one_number_are_told_apart_by_the_name(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with school(data) as spaces:
        load(spaces, "members", [person(NUMBER, "别名甲", "语文组")], as_of=LATER)
    assert person_command(data, "delete", "--yes", NUMBER) == 2
    assert "别名甲" in capsys.readouterr().err
    assert person_command(data, "find", NAME) == 0
    assert "工号相同、姓名不同" in capsys.readouterr().out


def test_all_that_is_held_goes_into_a_file_and_no_other_is_overwritten(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "她.xlsx"
    assert person_command(data, "export", NUMBER, "--out", str(place)) == 0
    words = {cell for row in load_workbook(place).worksheets[0].values for cell in row}
    assert {"1979-04-23", "教研组长", "提到此姓名"} <= words
    assert audit.entries(data)[-1].act == "person_exported"
    held = place.read_bytes()
    assert person_command(data, "export", NUMBER, "--out", str(place)) == 2
    assert "已经存在" in capsys.readouterr().err
    assert place.read_bytes() == held
    assert person_command(data, "export", NUMBER, "--out", str(tmp_path / "a.csv")) == 2
    assert len([one for one in audit.entries(data) if one.act == "person_exported"]) == 1


def test_nobody_is_deleted_unless_the_word_is_typed(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed in ("\n", "y\n", ""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert person_command(data, "delete", NUMBER) == 2
        said = capsys.readouterr()
        assert "没有确认，没有删除" in said.err
        assert "删除这些行：教职工名册 1 行、会员名册 1 行、活动签到 2 行" in said.out
        assert f"慰问{NAME}" in said.out
        assert is_there(data)
    monkeypatch.setattr(sys, "stdin", io.StringIO("删除\n"))
    assert person_command(data, "delete", NUMBER) == 0
    assert "逐字节查过" in capsys.readouterr().out
    assert hits(data, NAME, NUMBER) == set()
    assert audit.entries(data)[-1].act == "person_deleted"


def test_a_line_that_means_nobody_is_spared_by_its_number(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with school(data) as spaces:
        load(spaces, "proposals", [{"proposal_no": "9", "title": f"{NAME}纪念馆参观"}])
    assert person_command(data, "delete", NUMBER, "--spare", "99", "--yes") == 2
    assert "没有这一行" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert person_command(data, "delete", NUMBER) == 2
    listed = next(line for line in capsys.readouterr().out.splitlines() if "纪念馆" in line)
    assert person_command(data, "delete", NUMBER, "--yes", "--spare", listed.split()[0]) == 0
    with school(data) as spaces:
        titles = spaces.warehouse("school").read("select title from proposals")
    assert {"title": f"{NAME}纪念馆参观"} in titles


def test_of_somebody_with_namesakes_the_books_stay_and_that_is_said(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_a_namesake(data)
    assert person_command(data, "delete", NUMBER, "--yes") == 0
    assert "有同名的人" in capsys.readouterr().out
    with school(data) as spaces:
        assert [one.number for one in found(spaces).bearers] == ["T777"]


# --- back again --------------------------------------------------------------------------------

ROSTER = f"教职工名册\n工号,姓名,部门\n{NUMBER},{NAME},语文组\nT1,某人1,语文组\n"


@pytest.mark.parametrize("whom", [NUMBER, NAME])
def test_who_was_deleted_stays_out_until_that_is_allowed(
    whole: Path, tmp_path: Path, whom: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "名册20260901.csv"
    file.write_text(ROSTER, "utf-8")
    again = ("import", str(file), "--as-of", "2026-09-01", "--data", str(whole))
    assert person_command(whole, "delete", NUMBER, "--yes") == 0
    capsys.readouterr()
    for more in ((), ("--dry-run",)):
        assert main([*again, *more]) == 0
        told = capsys.readouterr().out
        assert "1 行是已删除的人，不导入" in told
        assert "person allow" in told
        assert not is_there(whole)
    assert person_command(whole, "allow", whom) == 0
    assert "重新导入名册" in capsys.readouterr().out
    last = audit.entries(whole)[-1]
    assert last.act == "person_allowed"
    assert not {NAME, NUMBER} & {str(fact) for fact in last.facts.values()}
    assert main(again) == 0
    assert "不导入" not in capsys.readouterr().out
    with school(whole) as spaces:
        (her,) = found(spaces).bearers
        assert her.counts == {"staff": 1}
        assert spaces.warehouse("school").verify().findings == ()


def test_who_was_never_deleted_needs_no_leave(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for whom in (NUMBER, "某人1", "", "%"):
        assert person_command(data, "allow", whom) == 2
        assert "没有删除过" in capsys.readouterr().err
