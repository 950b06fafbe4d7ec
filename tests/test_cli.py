"""The command line as those who automate see it: its documents, its exit codes, its one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import main
from dashboard.importing.report import COUNTED
from dashboard.kpis import KPIS
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces

STAFF = """教职工名册（截至2017年9月1日）
工号,姓名,部门,用工类型
1,张三,语文组,在编
2,李四,语文组,后勤
3,王五,数学组,退休
"""
MEMBERS = """会员名册（截至2017年9月1日）
工号,姓名,部门,入会时间,服务卡
1,张三,语文组,2010-1-1,√
3,王五,数学组,2010-1-1,√
"""
INSPECTED = {"name", "area", "hidden", "dataset", "as_of", "header_rows", "columns", "unmapped",
             "counts", "sums", "totals_check", "issues"}  # fmt: skip
MEASURED = {"id", "label", "unit", "numerator", "denominator", "value", "target", "status",
            "previous", "as_of", "hidden", "missing"}  # fmt: skip


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_TODAY", "2018-06-30")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "elsewhere"))
    (tmp_path / "staff.csv").write_bytes(STAFF.encode("gb18030"))
    (tmp_path / "members.csv").write_text(MEMBERS, "utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any, str]:
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return (
        code,
        json.loads(printed.out) if printed.out.startswith(("{", "[")) else (printed.out),
        printed.err,
    )


def test_inspect_reads_without_storing(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document, _ = run(capsys, "inspect", school / "staff.csv", "--json")
    assert code == 0
    assert {"file", "sha256", "kind", "encoding", "refused", "sheets"} == document.keys()
    (sheet,) = document["sheets"]
    assert sheet.keys() == INSPECTED
    assert (document["encoding"], sheet["dataset"], sheet["as_of"]) == (
        "gb18030", "staff", "2017-09-01",
    )  # fmt: skip
    assert sheet["columns"]["staff_no"] == {"header": "工号", "column": "A"}
    assert sheet["counts"]["rows"] == sum(sheet["counts"][name] for name in COUNTED) == 5
    assert not (school / "elsewhere").exists()


def test_several_files_give_a_list_in_their_order(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (school / "empty.csv").write_bytes(b"")
    files = [school / "members.csv", school / "empty.csv", school / "staff.csv"]
    code, documents, _ = run(capsys, "inspect", *files, "--json")
    assert code == 0
    assert [d["file"] for d in documents] == ["members.csv", "empty.csv", "staff.csv"]
    assert documents[1]["refused"]["code"] == "empty"
    assert "空" in documents[1]["refused"]["message"]


def test_import_then_metrics(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = school / "data"
    files = [school / "staff.csv", school / "members.csv"]
    code, documents, _ = run(capsys, "import", *files, "--data", data, "--json")
    assert code == 0
    assert [d["added"] for d in documents] == [3, 2]
    assert documents[0]["import_id"] == documents[1]["import_id"]
    code, figures, _ = run(capsys, "metrics", "--data", data, "--period", "2017", "--json")
    assert code == 0
    assert [figure["id"] for figure in figures] == list(KPIS)
    assert all(figure.keys() == MEASURED for figure in figures)
    rate = figures[0]
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (1, 2, 0.5)
    assert (rate["target"], rate["status"], rate["as_of"]) == (1, "not_met", "2017-12-31")


def test_the_same_file_twice_changes_nothing(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("import", school / "staff.csv", "--data", school / "data", "--json")
    run(capsys, *arguments)
    _, again, _ = run(capsys, *arguments)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 3)


def test_members_alone_give_no_rate(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", school / "members.csv", "--data", school / "data")
    _, figures, _ = run(capsys, "metrics", "--data", school / "data", "--json")
    assert (figures[0]["value"], figures[0]["missing"]) == (None, "缺少职工名册")


def test_the_officers_day_goes_before_the_titles(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, document, _ = run(capsys, "import", school / "staff.csv", "--as-of", "2016-02-29",
                         "--data", school / "data", "--json")  # fmt: skip
    assert document["sheets"][0]["as_of"] == "2016-02-29"


@pytest.mark.parametrize(
    "arguments",
    [
        ["inspect", "nowhere.xlsx"],
        ["import", "nowhere.xlsx"],
        ["metrics", "--period", "someday"],
        ["metrics", "--department", "没有的组"],
        ["import", "staff.csv", "--dataset", "nothing"],
        ["import", "staff.csv", "--as-of", "9月1日"],
        ["import", "empty.csv"],
    ],
    ids=" ".join,
)
def test_a_refusal_is_one_line_and_exit_code_2(
    school: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
) -> None:
    monkeypatch.chdir(school)
    (school / "empty.csv").write_bytes(b"")
    for lang in ("zh", "en"):
        code, _, said = run(capsys, *arguments, "--lang", lang)
        assert code == 2
        assert len(said.strip().splitlines()) == 1


def test_an_import_that_was_stored_is_not_reported_as_failed(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor where it cannot be noted that the school's data is to be shown."""
    data = school / "data"
    (data / "active.new").mkdir(parents=True)
    code, document, said = run(capsys, "import", school / "staff.csv", "--data", data, "--json")
    assert (code, "已导入" in said) == (0, True)
    assert document


def test_a_refused_file_refuses_the_whole_import(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (school / "bad.xlsx").write_bytes(b"%PDF-1.4")
    data = school / "data"
    code, _, _ = run(capsys, "import", school / "staff.csv", school / "bad.xlsx", "--data", data)
    assert code == 2
    _, figures, _ = run(capsys, "metrics", "--data", data, "--json")
    assert figures[0]["missing"]


LEFT = STAFF.replace("3,王五,数学组,退休\n", "4,赵六,英语组,在编\n").replace(
    "2017年9月1日", "2018年3月1日"
)


def test_a_dry_run_tells_the_changes_and_stores_nothing(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = school / "data"
    run(capsys, "import", school / "staff.csv", "--data", data)
    (school / "next.csv").write_text(LEFT, "utf-8")
    code, document, _ = run(capsys, "import", school / "next.csv", "--data", data, "--dry-run",
                            "--json")  # fmt: skip
    assert code == 0
    compared = document["sheets"][0]["comparison"]
    told = {name: compared[name] for name in ("added", "changed", "unchanged", "vanished", "since")}
    assert told == {
        "added": 1, "changed": 0, "unchanged": 2, "vanished": 1, "since": "2017-09-01",
    }  # fmt: skip
    assert compared["vanished_rows"][0]["fields"]["name"] == "王五"
    code, printed, _ = run(capsys, "import", school / "next.csv", "--data", data, "--dry-run")
    assert code == 0
    assert "+1 ~0 =2 -1" in printed
    assert "- 3 王五 数学组" in printed
    _, imports, _ = run(capsys, "history", "--data", data, "--json")
    assert [found["import_id"] for found in imports] == [1]


def test_what_was_imported_is_told_and_taken_back(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = school / "data"
    run(capsys, "import", school / "staff.csv", "--data", data)
    run(capsys, "import", school / "members.csv", "--data", data)
    code, imports, _ = run(capsys, "history", "--data", data, "--json")
    assert (code, [found["files"] for found in imports]) == (0, [["members.csv"], ["staff.csv"]])
    code, _, said = run(capsys, "undo", "1", "--data", data)
    assert code == 2
    assert "#2" in said
    assert "members.csv" in said
    code, undone, _ = run(capsys, "undo", "1", "--unwind", "--data", data, "--json")
    assert (code, [found["import_id"] for found in undone]) == (0, [2, 1])
    assert all(found["undone_at"] for found in undone)
    code, printed, _ = run(capsys, "history", "--data", data)
    assert (code, printed.count("已撤销")) == (0, 2)
    assert run(capsys, "undo", "1", "--data", data)[0] == 2


def test_a_mode_reaches_the_rows(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = school / "data"
    run(capsys, "import", school / "staff.csv", "--data", data)
    (school / "short.csv").write_text(STAFF.replace("2,李四,语文组,后勤\n", ""), "utf-8")
    _, document, _ = run(capsys, "import", school / "short.csv", "--mode", "replace", "--data",
                         data, "--json")  # fmt: skip
    assert (document["removed"], document["unchanged"]) == (1, 2)
    code, _, said = run(capsys, "import", school / "short.csv", "--mode", "add", "--data", data)
    assert code == 2
    assert "教职工名册" in said


# -- what is asked for ------------------------------------------------------------------------

SPENT = """日期,凭证号,摘要,科目,收入,支出
2016-08-20,1,球赛,文体活动,,100
2016-09-05,2,茶话会,文体活动,,20
"""


def value(document: list[dict[str, Any]], name: str) -> Any:
    return next(one["value"] for one in document if one["id"] == name)


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        (["--department", "语文组"], 2),
        (["--by", "department=语文组"], 2),
        (["--by", "employment_type=established"], 1),
        (["--by", "employment_type=在编"], 1),
        (["--by", "employment_type=ESTABLISHED"], 1),
        (["--by", " employment_type = 后勤 ", "--by", "department=语文组"], 1),
        (["--department", "数学组", "--by", "department=语文组"], 2),
    ],
)
def test_figures_are_narrowed_by_what_is_asked_for(
    school: Path, capsys: pytest.CaptureFixture[str], asked: list[str], people: int
) -> None:
    run(capsys, "import", school / "staff.csv", "--data", school / "data")
    told = run(capsys, "metrics", "--data", school / "data", "--json", *asked)
    assert (told[0], value(told[1], "staff_total")) == (0, people)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("employment_type=没有的", {"zh": "现有：在编、后勤", "en": "Established, Logistics"}),
        ("proposal_kind=教学", {"zh": "现有：—", "en": "Known: —"}),
        ("colour=red", {"zh": "名称可以是：department", "en": "the names are: department"}),
        ("语文组", {"zh": "请写成 名称=值", "en": "Write NAME=VALUE"}),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused_with_what_there_is(
    school: Path,
    capsys: pytest.CaptureFixture[str],
    asked: str,
    known: dict[str, str],
    lang: str,
) -> None:
    run(capsys, "import", school / "staff.csv", "--data", school / "data")
    data = ("--data", school / "data", "--lang", lang)
    code, _, refusal = run(capsys, "metrics", *data, "--by", asked)
    assert code == 2
    assert known[lang] in refusal


def test_a_line_of_another_voucher_does_not_take_a_lines_place(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The twelfth line of the first voucher, the second line of the eleventh."""
    data = school / "data"
    for number in ("1-12", "11-2"):
        line = f"日期,凭证号,摘要,收入,支出\n2017-03-08,记{number},慰问品,,31.00\n"
        (school / f"{number}.csv").write_text(line, "utf-8")
        run(capsys, "import", school / f"{number}.csv", "--dataset", "ledger", "--data", data)
    asked = ("metrics", "--data", data, "--period", "2017", "--json")
    assert value(run(capsys, *asked)[1], "spending_total") == 62


def test_a_school_year_begins_where_the_school_says(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (school / "ledger.csv").write_text(SPENT, "utf-8")
    data = school / "data"
    run(capsys, "import", school / "ledger.csv", "--dataset", "ledger", "--data", data)
    asked = ("metrics", "--data", data, "--period", "2016-2017", "--json")
    assert value(run(capsys, *asked)[1], "spending_total") == 20
    spaces = Workspaces(Settings(data=data))
    spaces.warehouse("school").set("calendars", {"school_year_month": 8})
    spaces.close()
    assert value(run(capsys, *asked)[1], "spending_total") == 120
