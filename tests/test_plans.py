"""Work plans as schools write them: each case of tests/files/plans with what it must become."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import main
from dashboard.contracts.codes import ACTIVITY_KIND
from dashboard.errors import RefusedFile
from dashboard.importing import planned
from dashboard.planning import document_of
from dashboard.plans import kinds
from dashboard.plans.plan import read_plan

CASES = sorted(
    path for path in (Path(__file__).parent / "files" / "plans").iterdir() if path.suffix != ".json"
)
FIELDS = ["period", "from", "to", "item", "kind", "target", "owner", "line"]


def expected(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_plan_becomes_its_items(path: Path) -> None:
    plan = read_plan(path.read_bytes(), path.name)
    assert [document_of(item) for item in plan.items] == expected(path)


def test_the_command_prints_the_items_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    path = next(path for path in CASES if path.stem == "two_plans_pinyin_months")
    assert main(["plan", str(path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == expected(path)
    assert all(list(item) == FIELDS for item in printed)


def test_the_child_brings_the_whole_plan() -> None:
    path = next(path for path in CASES if path.stem == "halves_and_goals_2017")
    data = path.read_bytes()
    assert planned.read_plan(data, path.name) == read_plan(data, path.name)


def test_personal_numbers_do_not_leave_the_child() -> None:
    text = "2017年工会工作计划\n1、3月慰问退休教师（负责人：张三 13912345678）\n"
    found = planned.read_plan(text.encode(), "plan.txt").items[0]
    assert "13912345678" not in f"{found.owner}{found.quote}{found.item}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_quoted_place_keeps_the_original(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    for item in read_plan(path.read_bytes(), path.name).items:
        assert item.quote == lines[item.line - 1].strip()


def test_the_table_for_people_has_every_item(capsys: pytest.CaptureFixture[str]) -> None:
    path = next(path for path in CASES if path.stem == "halves_and_goals_2017")
    assert main(["plan", str(path)]) == 0
    out = capsys.readouterr().out
    assert (
        "下半年\t2017-07-01 ~ 2017-12-31\t下半年由工会和体育组联合举办教职工体育运动会\t文体" in out
    )
    assert len(out.splitlines()) == 2 + len(read_plan(path.read_bytes(), path.name).items)


def test_every_kind_is_one_of_the_activity_registers() -> None:
    known = {code.value for code in ACTIVITY_KIND.codes}
    assert {kind for kind, _ in kinds._RULES} <= known


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.txt", b""),
        ("plan.txt", b" \r\n\t"),
        ("plan.txt", bytes(range(256)) * 40),
        ("plan.txt", b"%PDF-1.4 stream"),
        ("plan.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("plan.txt", "姓名,性别\n张三,男\n".encode()),
        ("plan.csv", "三月,庆三八活动\n四月,组织篮球比赛\n".encode()),
        ("plan.txt", ("Œ ﬁ ƒ ∂ ∑ ¬ ˚ ∆ ˙ © ƒ ∂ ß\n" * 40).encode()),
        ("plan.txt", ("int main() { return 0; }\n" * 20).encode()),
        ("plan.txt", "今天天气很好，我们都在看书。".encode()),
    ],
)
def test_what_is_no_plan_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(RefusedFile):
        read_plan(data, name)


def test_a_refusal_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.txt").write_bytes(b"%PDF-1.4 stream")
    assert main(["plan", str(tmp_path / "plan.txt"), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "PDF" in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_encoding_changes_nothing(encoding: str, end: str) -> None:
    text = "2017年工会工作计划\n三月：\n1、庆三八活动\n2、组织拔河比赛\n"
    found = read_plan(text.replace("\n", end).encode(encoding), "plan.txt").items
    assert [(item.line, item.item) for item in found] == [(3, "庆三八活动"), (4, "组织拔河比赛")]


def test_big5_is_read_and_simplified() -> None:
    text = "106學年度工會工作計劃\n九月：\n1、慶祝教師節活動\n十月：\n2、組織教職工運動會\n"
    found = read_plan(text.encode("big5"), "plan.txt").items
    assert [item.item for item in found] == ["庆祝教师节活动", "组织教职工运动会"]
    assert found[0].start is not None
    assert found[0].start.isoformat() == "2017-09-01"


@pytest.mark.parametrize(
    "part", ["工会活动", "1、工会活动", "三月：工会", "①工会", "“工会", "工会；", "三月\t工会\n"]
)
def test_the_longest_text_takes_seconds(part: str) -> None:
    """Nothing in it is looked at once for every other thing in it."""
    text = "学校工会工作计划\n三月：庆三八活动\n" + part * (140_000 // len(part))
    begun = time.process_time()
    assert read_plan(text.encode(), "plan.txt").items[0].item == "庆三八活动"
    assert time.process_time() - begun < 30


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(RefusedFile, match="too_complex"):
        read_plan(("三月：庆三八活动\n" * 20_000).encode(), "plan.txt")
