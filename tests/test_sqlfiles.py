"""Query files: what a header must say, what DuckDB's parser finds, and all faults told together."""

import json
from pathlib import Path

import duckdb
import pytest

from dashboard.errors import BadDefinition
from dashboard.settings import QUERIES
from dashboard.sqlfiles import ReportColumn, in_order, load
from dashboard.text import Text

GOOD = """\
-- Every line of the cash book.
-- Opening balances are none.
-- Grain: one ledger line
-- People: handler
-- Column: spent_on | 日期 | Date | date
-- Column: expense | 支出 | Expense | money
-- a last word
select spent_on, expense, handler from ledger where spent_on >= $since and subject in $subjects;
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")
    return folder


def header(sql: str) -> str:
    return f"-- Grain: one thing\n-- People: none\n{sql}"


def faults(folder: Path) -> str:
    with pytest.raises(BadDefinition) as caught:
        load(folder)
    return caught.value.message.en


def test_a_file_becomes_a_query(tmp_path: Path) -> None:
    query = load(write(tmp_path, spent=GOOD))["spent"]
    assert query.name == "spent"
    assert query.doc == "Every line of the cash book.\nOpening balances are none.\na last word"
    assert query.grain == "one ledger line"
    assert query.people == "handler"
    assert query.parameters == {"since", "subjects"}
    assert query.columns == (
        ReportColumn("spent_on", Text("日期", "Date"), "date"),
        ReportColumn("expense", Text("支出", "Expense"), "money"),
    )
    assert query.sql.startswith("select spent_on")
    assert query.sql.endswith("$subjects")


def test_nobody_is_named_where_people_says_none(tmp_path: Path) -> None:
    assert load(write(tmp_path, a=header("select 1")))["a"].people is None


def test_a_dollar_in_a_text_is_no_parameter(tmp_path: Path) -> None:
    query = load(write(tmp_path, a=header("select '$price' as label, $p as p -- and not $this")))
    assert query["a"].parameters == {"p"}


@pytest.mark.parametrize("end", ["", ";", ";\n", ";\n-- so it ends\n", "\n-- a; b"])
def test_the_statement_can_stand_inside_another(tmp_path: Path, end: str) -> None:
    query = load(write(tmp_path, a=header(f"select ';' as mark{end}")))["a"]
    outer = f"select mark from ({query.sql}\n)"
    assert duckdb.sql(outer).fetchall() == [(";",)]


def test_folders_below_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    write(tmp_path / "deep" / "deeper", a=header("select 1"))
    write(tmp_path, b=header("select 2"))
    assert set(load(tmp_path)) == {"a", "b"}


def test_a_missing_folder_holds_no_queries(tmp_path: Path) -> None:
    assert load(tmp_path / "none") == {}


def test_one_name_in_two_folders_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path, a=header("select 1"))
    write(tmp_path / "deep", a=header("select 1"))
    assert "a: more than one file has this name" in faults(tmp_path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("-- People: none\nselect 1", "-- Grain: one"),
        ("-- Grain: rows\n-- People: none\nselect 1", "-- Grain: one"),
        ("-- Grain: one a\n-- Grain: one b\n-- People: none\nselect 1", "-- Grain: one"),
        ("-- Grain: one thing\nselect 1", "-- People:"),
        ("-- Grain: one thing\n-- People: staff no\nselect 1", "-- People:"),
        ("select 1\n-- Grain: one thing\n-- People: none", "-- Grain: one"),
        (header("-- Column: a | 甲 | A\nselect 1 as a"), "-- Column: a | 甲 | A'"),
        (header("-- Column: a | 甲 | A | colour\nselect 1 as a"), "colour"),
        (header("-- Column: a |  | A | text\nselect 1 as a"), "-- Column: a |"),
        (header("selekt 1"), "syntax error"),
        (header("select 1; select 2"), "exactly one statement"),
        (header(""), "exactly one statement"),
        (header("create table a (b integer)"), "exactly one statement"),
        (header("copy (select 1) to 'a.csv'"), "exactly one statement"),
        (header("select ?"), "need names"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    told = faults(write(tmp_path, wrong=text))
    assert "wrong.sql: " in told
    assert fault in told


def test_a_name_must_fit_sql(tmp_path: Path) -> None:
    assert "lower case" in faults(write(tmp_path, **{"My Query": header("select 1")}))


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    told = faults(write(tmp_path, a="selekt", b="-- Grain: one\nselect 1", c=header("select 1")))
    assert "a.sql: needs one line '-- Grain" in told
    assert "a.sql: needs one line '-- People" in told
    assert "a.sql: Parser Error" in told
    assert "b.sql" in told
    assert "c.sql" not in told


def trees(**queries: str) -> dict[str, str]:
    serialized = "select json_serialize_sql($sql)"
    return {
        name: duckdb.execute(serialized, {"sql": sql}).fetchall()[0][0]
        for name, sql in queries.items()
    }


def test_what_is_read_comes_first() -> None:
    found = in_order(
        trees(
            a="with x as (select (select max(n) from b) as n) select * from x join t using (n)",
            b="select n from c where n in (select n from d)",
            c="select 1 as n",
            d="select 2 as n, 'a' as b union all from c",
        )
    )
    assert found.index("c") < found.index("d") < found.index("b") < found.index("a")


def test_a_query_without_a_tree_comes_last() -> None:
    found = in_order(trees(a="from (pivot c on n using sum(n))", c="select 1 as n"))
    assert found == ["c", "a"]


def test_a_circle_is_refused() -> None:
    with pytest.raises(BadDefinition, match="read each other"):
        in_order(trees(a="select * from b", b="select * from a"))


def test_a_syntax_tree_is_read_wherever_a_table_may_stand() -> None:
    tree = json.dumps({"a": [{"b": {"type": "BASE_TABLE", "table_name": "y"}}, 3, None]})
    assert in_order({"x": tree, "y": "{}"}) == ["y", "x"]


@pytest.mark.parametrize("folder", ["marts", "reports", "checks", "open"])
def test_our_own_queries_load(folder: str) -> None:
    load(QUERIES / folder)
