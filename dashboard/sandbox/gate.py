"""Which questions are asked at all: one, that only reads, and only the tables handed in.

DuckDB's own parser says what a question is; its syntax tree is searched for what it would read.
External access is off and no file can be opened besides: this gate says so in plain words, and
keeps the engine's own state (settings, paths, pointers) out of sight.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb

from dashboard.sandbox.fault import of_error, place
from dashboard.sandbox.model import Fault, Unanswered

BEFORE, AFTER = "select * from (\n", "\n) limit "
_SHIFT = len(BEFORE)
_NODES = frozenset(("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"))
_SHOWN = frozenset(("DESCRIBE", "SUMMARY"))
_TABLE_FUNCTIONS = frozenset(("range", "generate_series", "unnest", "json_each", "json_tree"))
_INNER = re.compile(
    r"__.*|pg_.*|has_.*|inet_.*|duckdb_.*|pragma_.*|read_.*|.*_scan|glob|getenv|query|query_table|"
    r"current_(?:setting|query|schemas?|user|role|database|catalog|connection_id|query_id)|"
    r"current_transaction_id|getvariable|(?:session_)?user|version|in_search_path|write_log|"
    r"sleep_ms|currval|nextval|setval|setseed|json_(?:de)?serialize_.*|json_execute_.*|invoke|"
    r"get_block_size|txid_current|create_sort_key|parse_duckdb_.*|.*_privilege|obj_description|"
    r"finalize|combine|combine_aggr|to_aggregate_state"  # would take any bytes for a state
)
_NOWHERE = 2**63  # a larger place in the text is none


def bare(sql: str) -> str:
    """Without the semicolons and comments at its end, so that it can stand inside brackets."""
    end = len(data := sql.encode())
    for at, kind in reversed(duckdb.tokenize(sql)):
        if kind != duckdb.token_type.comment and data[at : at + 1] != b";":
            break
        end = at
    return data[:end].decode()


def check(
    con: duckdb.DuckDBPyConnection, sql: str, tables: Mapping[str, str], others: Sequence[str]
) -> str:
    """The statement that answers the question, but for its number of rows; `tables` are the names
    handed in, in lower case, and as they are written; `others` are there, but were not meant.

    Raises Unanswered: none, several, not_a_query, open_pivot, too_deep, unknown_table, function,
    or as DuckDB says of its syntax.
    """
    _only(con, sql, sql)
    wrapped = f"{BEFORE}{bare(sql)}{AFTER}"
    _only(con, f"{wrapped}1", sql)
    tree = _tree(con, f"{wrapped}1")
    known = set(tables) | {name.lower() for name in _named(tree)} - _system(con)
    names = {one.lower(): one for one in others} | dict(tables)
    for node in _nodes(tree):
        _look(node, known, names, sql)
    return wrapped


def _only(con: duckdb.DuckDBPyConnection, text: str, sql: str) -> None:
    """That it is one statement which reads."""
    try:
        kinds = [one.type for one in con.extract_statements(text)]
    except duckdb.Error as error:
        raise Unanswered(of_error(error, sql, _SHIFT if text != sql else 0)) from None
    if len(kinds) != 1:
        raise Unanswered(Fault("several" if kinds else "none"))
    if kinds[0] == duckdb.StatementType.MULTI:
        raise Unanswered(Fault("open_pivot"))
    if kinds[0] != duckdb.StatementType.SELECT:
        raise Unanswered(Fault("not_a_query", kinds[0].name.replace("_", " ")))


def _tree(con: duckdb.DuckDBPyConnection, text: str) -> Any:
    try:
        tree = json.loads(con.execute("select json_serialize_sql($1)", [text]).fetchall()[0][0])
    except RecursionError:
        raise Unanswered(Fault("too_deep")) from None
    if tree["error"]:
        raise Unanswered(Fault("not_a_query", str(tree["error_message"])))
    return tree


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every branch, without recursion: a tree may be deep."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _named(tree: Any) -> Iterator[str]:
    """What the question itself names: with … as."""
    for node in _nodes(tree):
        if isinstance(found := node.get("cte_map"), dict):
            yield from (str(one["key"]) for one in found["map"])


def _system(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The engine's own views: a question cannot make one of them its own by naming it so."""
    sql = "select lower(view_name) from duckdb_views() where internal"
    return {name for (name,) in con.execute(sql).fetchall()}


def _look(node: dict[str, Any], known: set[str], names: Mapping[str, str], sql: str) -> None:
    kind = node.get("type")
    if kind == "BASE_TABLE":
        _table(node, known, names, sql)
    elif kind == "SHOW_REF" and node["show_type"] not in _SHOWN:
        raise Unanswered(Fault("not_a_query", "SHOW"))
    elif kind == "TABLE_FUNCTION":
        _function(node["function"], node, _TABLE_FUNCTIONS.__contains__, sql)
    elif node.get("class") == "FUNCTION" and "function_name" in node:
        _function(node, node, lambda name: not _INNER.fullmatch(name), sql)
    elif isinstance(kind, str) and kind.endswith("_NODE") and kind not in _NODES:
        raise Unanswered(Fault("not_a_query", kind.partition("_")[0]))


def _table(node: dict[str, Any], known: set[str], names: Mapping[str, str], sql: str) -> None:
    name = str(node["table_name"])
    whole = ".".join(filter(None, (node.get("catalog_name"), node.get("schema_name"), name)))
    if whole != name or name.lower() not in known:  # what stands in a schema was not handed in
        close = difflib.get_close_matches(name.lower(), names, 5, 0.4)
        told = tuple(names[one] for one in close)
        raise Unanswered(Fault("unknown_table", whole, _where(node, sql), told))


def _function(called: dict[str, Any], node: dict[str, Any], allowed: Any, sql: str) -> None:
    name = str(called["function_name"])
    if not allowed(name.lower()):
        raise Unanswered(Fault("function", name, _where(node, sql)))


def _where(node: dict[str, Any], sql: str) -> tuple[int, int] | None:
    at = int(node.get("query_location", _NOWHERE))
    return place(sql, at - _SHIFT) if at < _NOWHERE else None
