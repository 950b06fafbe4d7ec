"""Somebody's SQL: every way out of the sandbox tried, past the gate and through the child."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from dashboard.errors import Cancelled
from dashboard.importing import children, read
from dashboard.importing.questions import Answer, ask
from dashboard.sandbox import engine, gate
from dashboard.sandbox.model import Bounds, Fault, Given, Unanswered
from dashboard.settings import ROOT, Limits

ROWS = pa.table(
    {
        "姓名": ["张*", "李*", "王*"],
        "部门": ["语文组", "语文组", "数学组"],
        "金额": pa.array([Decimal("1.50"), Decimal("2.25"), None], pa.decimal128(18, 2)),
    }
)
GIVEN = [Given(("t1", "名册"), ROWS)]
SHORT = Limits(question_seconds=1)
LEAK = pa.table({"secret": ["not to be seen"]})  # a variable of this process


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    opened = engine.opened(GIVEN, Bounds())
    yield opened
    opened.close()


def refused(con: duckdb.DuckDBPyConnection, sql: str) -> Fault:
    """What the gate says; the question is not asked."""
    with pytest.raises(Unanswered) as caught:
        gate.check(con, sql, engine.names(GIVEN), ("花名册",))
    return caught.value.fault


def fault(sql: str, limits: Limits = SHORT) -> Fault:
    found = ask(sql, GIVEN, limits=limits)
    assert found.fault is not None, found
    return found.fault


def rows(sql: str) -> list[dict[str, object]]:
    found = ask(sql, GIVEN)
    assert found.table is not None, found.fault
    return list(found.table.to_pylist())


def is_alive() -> bool:
    return rows("select count(*) as n from t1") == [{"n": 3}]


# -- what is answered --------------------------------------------------------------------------


def test_figures_agree_with_those_counted_by_hand() -> None:
    found = rows('select "部门", count(*) n, sum("金额") s from "名册" group by all order by 1')
    assert found == [
        {"部门": "数学组", "n": 1, "s": None},
        {"部门": "语文组", "n": 2, "s": Decimal("3.75")},
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "from t1",
        "table t1",
        "values (1)",
        "with a as (from t1) select * from a",
        "describe t1",
        "summarize t1",
        "from (pivot t1 on 部门 in ('语文组') using sum(金额))",
        "select 1; -- the end",
        "/* a; b */ select ';' ; /* c */ ; -- d;",
        "select * from range(3) as r(i) join t1 on true",
        "with recursive n as (select 1 as i union all select i + 1 from n where i < 9) from n",
    ],
)
def test_questions_that_only_read_are_asked(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    asked = gate.check(con, sql, engine.names(GIVEN), ())
    assert con.execute(f"{asked}5").fetchall()


def test_columns_of_any_type_come_back_as_plain_ones() -> None:
    (row,) = rows(
        "select [1, 2] l, {'a': 1} s, interval '1 month 2 days' i, 'infinity'::date d,"
        " 170141183460469231731687303715884105727::hugeint h, null n, 1.5::float f,"
        " 'x'::enum('x') e"
    )
    assert row == {
        "l": "[1, 2]", "s": '{"a": 1}', "i": "1 months 2 days", "d": "5881580-07-11",
        "h": "170141183460469231731687303715884105727", "n": None, "f": 1.5, "e": "x",
    }  # fmt: skip


def test_equal_names_of_columns_are_told_apart() -> None:
    assert list(rows('select 1 as "a", 2 as "A", 3 as "a_1"')[0].values()) == [1, 2, 3]


def test_what_arrow_would_tell_wrongly_is_told_in_words() -> None:
    (row,) = rows(
        "select 340282366920938463463374607431768211455::uhugeint u, 12345::bignum n, '101'::bit b,"
        ' timetz \'12:00:00+08\' z, [1::uhugeint] l, 7::variant v, 1 as "a ""b""", 2 as "A ""b"""'
    )
    assert row == {
        "u": "340282366920938463463374607431768211455", "n": "12345", "b": "101",
        "z": "12:00:00+08", "l": "[1]", "v": "7", 'a "b"': 1, 'A "b"_1': 2,
    }  # fmt: skip


def test_an_answer_of_too_many_columns_is_refused_in_the_child() -> None:
    wide = "select " + ", ".join(map(str, range(1_025)))
    assert fault(wide) == Fault("columns", "1,025")
    assert fault("select *" + ", *" * 341 + ", 1 from t1").said == "1,027"


def test_the_words_of_a_fault_are_short_and_offer_no_signatures() -> None:
    assert len(fault("select error(repeat('很', 100000))").said) == 1_000
    wrong = fault("select sum(部门) from t1")
    assert (wrong.code, wrong.at, wrong.candidates) == ("binding", (1, 8), ())
    assert "Candidate" not in wrong.said


def test_more_rows_than_may_be_are_told() -> None:
    found = ask("from range(25) order by 1 desc", GIVEN, limits=Limits(question_rows=10))
    assert found.table is not None
    assert (found.table["range"].to_pylist(), found.more) == (list(range(24, 14, -1)), True)
    just = ask("from range(10)", GIVEN, limits=Limits(question_rows=10))
    assert just.table is not None
    assert (just.table.num_rows, just.more) == (10, False)


def test_an_answer_is_cut_to_a_size_that_can_be_shown() -> None:
    long = ask("select repeat('长', 20000) as a from range(3)", GIVEN)
    assert long.table is not None
    assert ([len(text) for text in long.table["a"].to_pylist()], long.cut) == ([10_000] * 3, True)
    wide = ask("select repeat('x', 9000) as a from range(9000)", GIVEN)
    assert wide.table is not None
    assert wide.table.nbytes <= Bounds().bytes
    assert (wide.more, 0 < wide.table.num_rows < 9000) == (True, True)


# -- what is refused before it is asked ----------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "copy t1 to '/tmp/x.csv'",
        "copy (select 1) to '/tmp/x.parquet'",
        "attach '/tmp/x.db'",
        "attach ':memory:' as m",
        "detach memory",
        "use memory",
        "install httpfs",
        "load httpfs",
        "load '/tmp/evil.so'",
        "pragma database_list",
        "pragma enable_profiling",
        "set memory_limit = '1TB'",
        "set enable_external_access = true",
        "reset lock_configuration",
        "create table x as select 1",
        "create macro f() as 1",
        "create secret s (type s3)",
        "create view v as from t1",
        "create or replace temp view t1 as select 1",
        "drop view t1",
        "insert into t1 values (1, 2, 3)",
        "with x as (insert into t1 values (1, 2, 3) returning *) from x",
        "update t1 set 部门 = ''",
        "delete from t1",
        "export database '/tmp/x'",
        "import database '/tmp/x'",
        "explain select 1",
        "explain analyze copy t1 to '/tmp/x'",
        "prepare p as select 1",
        "execute p",
        "call pragma_version()",
        "call force_checkpoint()",
        "checkpoint",
        "vacuum",
        "begin",
        "show databases",
        "show variables",
        "show all tables",
        "/* select 1 */ drop view t1",
        "-- select\ncopy t1 to 'x'",
    ],
)
def test_what_is_no_question_is_refused(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert refused(con, sql).code == "not_a_query"


@pytest.mark.parametrize(
    "sql",
    [
        "from read_csv('/etc/passwd')",
        "from READ_CSV_AUTO('/etc/passwd')",
        "from read_text('/etc/passwd')",
        "from read_blob('/proc/self/environ')",
        "from read_parquet('http://127.0.0.1/x')",
        "from read_json('x')",
        "from parquet_metadata('x')",
        "from sniff_csv('x')",
        "from glob('/*')",
        "from query('copy t1 to ''x''')",
        "from query_table('t1')",
        "from duckdb_settings()",
        "from duckdb_secrets()",
        "from duckdb_databases()",
        "from duckdb_views()",
        "from pragma_database_size()",
        "from arrow_scan(1, 2, 3)",
        "from python_arrow_scan(1, 2, 3)",
        "from pandas_scan(1)",
        "from python_map_function(1)",
        "from json_execute_serialized_sql('{}')",
        "from system.main.read_csv('x')",
        "from histogram('x.csv', a)",
        "from which_secret('s3://a', 's3')",
        "select getenv('HOME')",
        "select system.main.getenv('HOME')",
        "select GetEnv('HOME')",
        "select 'HOME'.getenv()",
        "select list_transform(['HOME'], lambda x: getenv(x))",
        "select (select max(current_setting('secret_directory')))",
        "select getvariable('x')",
        "select current_query()",
        "select write_log('x')",
        "select sleep_ms(60000)",
        "select * from t1 where exists (from read_csv('x'))",
        "with a as (from glob('*')) select 1",
        "select 1 union all (from glob('*'))",
        "from (pivot (from glob('*')) on file in ('a') using count(*))",
        "describe from glob('*')",
        "from t1 order by getenv('HOME')",
        "from t1 limit (select getenv('HOME')::int)",
        "values (getenv('HOME'))",
        "select count(*) filter (getenv('HOME') = 'x') over () from t1",
        "select finalize(sum(金额) export_state) from t1",
        "select to_aggregate_state({'a': 1}, 'string_agg', ['varchar'])",
    ],
)
def test_functions_that_reach_out_are_refused(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert refused(con, sql).code == "function"


@pytest.mark.parametrize(
    "sql",
    [
        "from 'x.csv'",
        "from '/etc/passwd'",
        "from 'https://example.org/x.parquet'",
        'from "x.json"',
        "describe 'x.csv'",
        "summarize 'x.csv'",
        "from LEAK",
        "from GIVEN",
        "from leak.secret",
        'from " 1"',
        "from information_schema.tables",
        "from pg_catalog.pg_settings",
        "from duckdb_constraints",
        "from sqlite_master",
        "with a as (from duckdb_constraints), duckdb_constraints as (select 1) from a",
        "from memory.main.t1",
        'with "information_schema.tables" as (select 1) from information_schema.tables',
        'with "pg_catalog.pg_settings" as (select 1) from pg_catalog.pg_settings',
        'with "main.sqlite_master" as (select 1) from main.sqlite_master',
    ],
)
def test_only_the_tables_handed_in_can_be_named(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert refused(con, sql).code == "unknown_table"


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("", "none"),
        (" ; -- nothing", "none"),
        ("select 1; select 2", "several"),
        ("select 1; copy t1 to 'x'", "several"),
        ("select 1) ; drop view t1; from (select 1", "syntax"),
        ("select 1); select (1", "syntax"),
        ("select 1 /*", "syntax"),
        ("ｓｅｌｅｃｔ 1", "syntax"),
        ("ѕelect 1", "syntax"),  # a Cyrillic s
        ("from ｒｅａｄ_csv('x')", "function"),
        ("pivot t1 on 部门 using count(*)", "open_pivot"),
    ],
)
def test_tricks_with_the_text_are_seen(con: duckdb.DuckDBPyConnection, sql: str, code: str) -> None:
    assert refused(con, sql).code == code


def test_a_name_nearly_right_is_offered(con: duckdb.DuckDBPyConnection) -> None:
    found = refused(con, "select *\nfrom 名侧")
    assert (found.at, found.candidates) == ((2, 6), ("名册", "花名册"))
    assert refused(con, "from 花名").candidates == ("花名册", "名册")


def test_a_fault_says_where_it_stands() -> None:
    wrong = fault("select '字', 部们\nfrom t1")
    assert (wrong.code, wrong.at, wrong.candidates) == ("unknown_column", (1, 13), ("部门",))
    assert fault("select *\nfrm t1").at == (2, 5)
    assert fault("select\n  foo(1)").at == (2, 3)
    late = fault("select\n  部门::int from t1")
    assert (late.code, late.at) == ("conversion", (2, 5))


# -- the engine itself, if the gate let something pass -------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "from read_text('/etc/hostname')",
        "from glob('/etc/*')",
        "from '/etc/hostname'",
        "copy (select 1) to '/tmp/out.csv'",
        "attach '/tmp/out.db'",
        "export database '/tmp/out'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set memory_limit = '1TB'",
        "from LEAK",
        "from 'http://127.0.0.1:1/x.csv'",
    ],
)
def test_the_engine_is_locked_behind_the_gate(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        con.execute(sql)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_sealed_process_opens_nothing() -> None:
    code = (
        "from dashboard.sandbox import engine\nengine.seal()\n"
        "import socket\n"
        "for open_ in (lambda: open('/etc/hostname'), socket.socket):\n"
        "    try: open_()\n"
        "    except OSError as error: print(error.errno)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["24", "24"]


# -- what runs away ------------------------------------------------------------------------------

ENDLESS = "with recursive n as (select 1 as i union all select i + 1 from n) select count(*) from n"


HUGE = "from range(100000) a, range(100000) b"
RUNAWAYS = {
    "endless": (ENDLESS, "time"),
    "count": ("select count(*) from range(1000000000000)", "time"),
    "cross": ("select sum(a.range * b.range) from range(1000000) a, range(1000000) b", "time"),
    "join": (f"select count(*) {HUGE} where a.range + b.range = 7", "time"),
    "repeat": ("select repeat('x', 1000000000)", "memory"),
    "length": ("select length(repeat('x', 4000000000))", ""),
    "list": ("select list_sum(range(1000000000))", "memory"),
    "lists": (f"select list(a.range) {HUGE}", ""),
    "texts": ("select string_agg(repeat('x', 100000), '') from range(100000)", ""),
    "sort": (f"select a.range {HUGE} order by hash(a.range, b.range)", ""),
    "brackets": ("select " + "(" * 100_000 + "1" + ")" * 100_000, ""),
    "nots": ("select " + "not " * 100_000 + "true", ""),
    "nested": ("select " + "[" * 100_000 + "]" * 100_000, ""),
    "inside": ("select 1 in (" * 20_000 + "1" + ")" * 20_000, ""),
}


@pytest.mark.parametrize("name", RUNAWAYS)
def test_what_runs_away_is_stopped_and_the_next_question_answered(name: str) -> None:
    sql, code = RUNAWAYS[name]
    begun = time.monotonic()
    found = fault(sql).code
    assert found == code if code else found in ("time", "memory", "too_deep", "died", "other")
    assert time.monotonic() - begun < 12
    assert is_alive()


def test_a_pattern_that_backtracks_elsewhere_is_quick_here() -> None:
    assert rows("select regexp_matches(repeat('a', 20000), '(a+)+$') as m") == [{"m": True}]


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
def test_a_child_that_is_killed_leaves_nothing_behind() -> None:
    def children_of_this() -> set[str]:
        stats = [path / "stat" for path in Path("/proc").iterdir() if path.name.isdecimal()]
        told = {one: one.read_text().rpartition(")")[2].split() for one in stats if one.exists()}
        return {str(path) for path, (_, parent, *_) in told.items() if int(parent) == os.getpid()}

    children.dismiss()
    before = children_of_this(), set(ROOT.iterdir())
    assert fault(ENDLESS).code == "time"
    assert (children_of_this(), set(ROOT.iterdir())) == before


def test_a_question_can_be_stopped() -> None:
    begun = time.monotonic()

    def stop(_done: int, _rows: int) -> None:
        if time.monotonic() - begun > 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        ask(ENDLESS, GIVEN, told=stop)
    assert time.monotonic() - begun < 5
    assert is_alive()


def test_a_long_question_keeps_nobodys_file_waiting() -> None:
    done: list[Answer] = []
    long = threading.Thread(
        target=lambda: done.append(ask(ENDLESS, GIVEN, limits=Limits(question_seconds=6)))
    )
    long.start()
    time.sleep(0.3)
    begun = time.monotonic()
    report = read("姓名,部门,入会时间\n张三,语文组,2017-03-08\n".encode(), "会员名册2017.csv")
    assert report.sheets[0].loaded == 1
    assert (time.monotonic() - begun < 4, done) == (True, [])
    long.join()
    assert done[0].fault == Fault("time")


def test_an_answer_that_is_none_is_a_fault_like_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in (
        b"",
        b"{}\n",
        b'{"sizes": [0], "fault": null}\n',
        b'{"sizes": [9], "fault": null}\nx',
    ):
        monkeypatch.setattr(children, "answer", lambda *_, said=said: said)
        assert ask("select 1", GIVEN).fault == Fault("died")


def test_the_process_that_asks_keeps_its_own_limits() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert is_alive()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before
