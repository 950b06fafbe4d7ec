"""queries/**/*.sql as values: what one row is, which column is a person, which parameters it takes.

A file opens with a block of `--` lines:

    -- Grain: one ledger line            what one row of the result is
    -- People: none                      or the column that names a person
    -- Column: spent_on | 日期 | Date | date     a column as people read it: name, label, kind;
                                              label:activity_kind puts a code list into words
    -- Needs: activities, attendance     (reports) the registers it reads
    -- Shows: ledger                    (lists of rows) the registers whose rows its columns tell,
                                              where others are only counted or looked up in
    -- Share: rate = attended / invited  (reports) a column that is divided outside
    -- Median: days = ended, running  (reports) of how long cases took, those still open included
    -- Case: activity                    (reports) a row is one of queries/cases: it opens its cells
    -- Opens: spending_total by subject  (reports) a row is a figure narrowed to its `subject`, or,
                                              without `by`, over its days opens_from, opens_to
    -- Wall: activity, lead           (reports) the columns of free words that everybody may read,
                                              without names in them; numbers, days, codes always
    -- Kept: whole                       (marts) stored, and told anew when what it reads has moved;
                                              by activity_id: only what has moved, as the mart
                                              `prints of activity_id` tells
    -- Key: activity_id                  (cases) the expression that tells its rows apart in marts
    -- Title: 会员人数 | members          (open) the names a table has for people who write SQL
    -- Role: officer                     (open) who may read it
    -- anything else is the query's own explanation

Grain and People are asked for because the harm is done without them: a join that multiplies rows,
a name on a projected slide. DuckDB's own parser finds parameters and counts statements.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb

from dashboard.errors import BadDefinition
from dashboard.text import Text

ColumnKind = Literal["label", "text", "date", "count", "money", "ratio", "people"]
_ONCE = (
    *("Grain", "People", "Needs", "Shows", "Case", "Opens", "Key", "Wall", "Title", "Role"),
    "Kept",
)
_FIELD = re.compile(rf"({'|'.join(_ONCE)}|Column|Share|Median):\s*(.*)")
_OPENS = re.compile(r"([a-z_0-9]+)(?: by ([a-z_]+))?")
_SHARE = re.compile(r"([a-z_0-9]+) = ([a-z_0-9]+) / ([a-z_0-9]+)")
_MEDIAN = re.compile(r"([a-z_0-9]+) = ([a-z_0-9]+), ([a-z_0-9]+)")
_TITLE = re.compile(r"(\S+) \| ([a-z][a-z0-9_]*)")
_KEPT = re.compile(r"whole|(?:by|prints of) [a-z_]+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column of a report as people read it; `codes` names the list its values are from."""

    name: str
    label: Text
    kind: ColumnKind
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """One .sql file. `sql` is the bare statement: no header, no final semicolon.

    `people` is the column that names a person, or None where no column does. `shares` are columns
    divided outside: column -> the two it divides; `medians` likewise, of two lists of days. `wall`
    are the columns of free words that may be shown to everybody.
    """

    name: str
    doc: str
    grain: str
    people: str | None
    parameters: frozenset[str]
    columns: tuple[ReportColumn, ...]
    sql: str
    needs: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    shares: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    medians: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    case: str = ""
    opens: tuple[str, str] | None = None  # a figure, and the dimension a row narrows it to, or ""
    key: str = ""
    wall: tuple[str, ...] = ()
    title: Text | None = None
    role: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class _Header:
    """The leading comment block, sorted: free lines, and the marked ones by their mark."""

    doc: str
    marked: tuple[tuple[str, str], ...]

    def all(self, mark: str) -> list[str]:
        return [value for found, value in self.marked if found == mark]

    def one(self, mark: str) -> str:
        return next(iter(self.all(mark)), "")

    def named(self, mark: str, form: re.Pattern[str]) -> list[tuple[str, ...]]:
        return [found.groups() for line in self.all(mark) if (found := form.fullmatch(line))]


def load(folder: Path) -> dict[str, Query]:
    """Every query under `folder` by name; all faults together, so they are mended together."""
    paths = sorted(folder.rglob("*.sql"))
    faults = [
        f"{name}: more than one file has this name"
        for name, times in Counter(path.stem for path in paths).items()
        if times > 1
    ]
    queries: dict[str, Query] = {}
    for path in paths:
        try:
            queries[path.stem] = _query(path)
        except _Faults as found:
            faults += [f"{path.relative_to(folder).as_posix()}: {fault}" for fault in found.all]
    if faults:
        raise BadDefinition("; ".join(faults))
    return queries


class _Faults(Exception):
    """What is wrong with one file."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(*faults)
        self.all = faults


def _query(path: Path) -> Query:
    text = path.read_text(encoding="utf-8-sig")
    header = _header(text)
    faults = [*_header_faults(path.stem, header), *_column_faults(header)]
    try:
        sql, parameters = _statement(text)
    except _Faults as found:
        raise _Faults(faults + found.all) from found
    if faults:
        raise _Faults(faults)
    people = header.one("People")
    opens, title = header.named("Opens", _OPENS), header.named("Title", _TITLE)
    return Query(
        name=path.stem,
        doc=header.doc,
        grain=header.one("Grain"),
        people=None if people == "none" else people,
        parameters=parameters,
        columns=tuple(_column(line) for line in header.all("Column")),
        sql=sql,
        needs=_listed(header.one("Needs")),
        shows=_listed(header.one("Shows")),
        shares={name: (part, whole) for name, part, whole in header.named("Share", _SHARE)},
        medians={name: (over, on) for name, over, on in header.named("Median", _MEDIAN)},
        case=header.one("Case"),
        opens=(opens[0][0], opens[0][1] or "") if opens else None,
        key=header.one("Key"),
        wall=_listed(header.one("Wall")),
        title=Text(*title[0]) if title else None,
        role=header.one("Role"),
        kept=header.one("Kept"),
    )


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _header(text: str) -> _Header:
    doc: list[str] = []
    marked: list[tuple[str, str]] = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        words = line.removeprefix("--").strip()
        field = _FIELD.fullmatch(words)
        if field:
            marked.append((field[1], field[2].strip()))
        else:
            doc.append(words)
    return _Header("\n".join(doc).strip(), tuple(marked))


def _header_faults(name: str, header: _Header) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        yield "a file's name is lower case: a-z, 0-9 and _"
    grain, people = header.all("Grain"), header.all("People")
    if len(grain) != 1 or not grain[0].startswith("one "):
        yield "needs one line '-- Grain: one …'"
    if len(people) != 1 or not _NAME.fullmatch(people[0]):
        yield "needs one line '-- People: none' or '-- People: <column>'"
    for mark in _ONCE[2:]:
        if len(header.all(mark)) > 1:
            yield f"has more than one line '-- {mark}: …'"
    forms = {"Share": _SHARE, "Median": _MEDIAN, "Opens": _OPENS, "Title": _TITLE, "Kept": _KEPT}
    for mark, form in forms.items():
        if len(header.named(mark, form)) < len(header.all(mark)):
            yield f"has a line '-- {mark}: …' that cannot be read"


def _column_faults(header: _Header) -> Iterator[str]:
    for line in header.all("Column"):
        parts = [part.strip() for part in line.split("|")]
        kind = parts[-1].partition(":")[0]
        if len(parts) != 4 or not all(parts) or kind not in get_args(ColumnKind):
            yield f"'-- Column: {line}' is not 'name | 中文 | English | kind'"


def _column(line: str) -> ReportColumn:
    name, zh, en, kind = (part.strip() for part in line.split("|"))
    known: dict[str, ColumnKind] = {word: word for word in get_args(ColumnKind)}
    shown, _, codes = kind.partition(":")
    return ReportColumn(name, Text(zh, en), known[shown], codes)


@cache  # every opening of a file reads the same marts
def _statement(text: str) -> tuple[str, frozenset[str]]:
    """The one query of the file and the names of its parameters, as DuckDB parses them."""
    try:
        statements = duckdb.extract_statements(text)
    except duckdb.Error as error:
        raise _Faults([str(error).splitlines()[0]]) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise _Faults(["needs exactly one statement, and that a query"])
    parameters = frozenset(statements[0].named_parameters)
    if any(name.isdigit() for name in parameters):
        raise _Faults(["its parameters need names: $name"])
    return _bare(statements[0].query), parameters


def _bare(sql: str) -> str:
    """Without a final semicolon, so that the query can stand inside another statement."""
    head, semicolon, tail = sql.rpartition(";")
    only_comments = all(line.strip()[:2] in ("", "--") for line in tail.splitlines())
    return (head if semicolon and only_comments else sql).strip()


def in_order(trees: Mapping[str, str]) -> list[str]:
    """Names of queries that read each other, those that are read first, by their syntax trees as
    DuckDB serializes them to JSON. One it gives no tree for (it pivots) comes after all that have.
    """
    named = {name: _named_in(tree) for name, tree in sorted(trees.items())}
    clear = {name for name, found in named.items() if found is not None}
    reads = {
        name: (clear if found is None else found & named.keys()) - {name}
        for name, found in named.items()
    }
    try:
        return list(TopologicalSorter(reads).static_order())
    except CycleError as error:
        raise BadDefinition(f"queries read each other: {' → '.join(error.args[1])}") from error


def tables(sql: str) -> frozenset[str] | None:
    """What a statement reads by name, but for its own names; None where it cannot be told."""
    with duckdb.connect() as parser:
        (row,) = parser.execute("select json_serialize_sql($sql)", {"sql": sql}).fetchall()
    return None if json.loads(row[0]).get("error") else read_in(row[0])


@cache
def read_in(tree: str) -> frozenset[str]:
    """What a statement reads by name, from its syntax tree as DuckDB serializes it to JSON."""
    parsed = json.loads(tree)
    return frozenset(_tables_in(parsed) - _given_in(parsed))


@cache
def _named_in(tree: str) -> frozenset[str] | None:
    """Every table a syntax tree names; None where DuckDB gives none."""
    parsed = json.loads(tree)
    return None if parsed.get("error") else frozenset(_tables_in(parsed))


def _given_in(node: Any) -> set[str]:
    """The names of `with name as (…)`."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    own = node.get("cte_map", {}).get("map", ()) if isinstance(node, dict) else ()
    return {str(one["key"]) for one in own}.union(*map(_given_in, children))


def _tables_in(node: Any) -> set[str]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    named = isinstance(node, dict) and node.get("type") == "BASE_TABLE"
    return ({str(node["table_name"])} if named else set()).union(*map(_tables_in, children))
