"""Somebody's question in SQL to the session's tables: what it names is sent, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from dashboard.exploring.questions import union
from dashboard.exploring.questions.offered import Offered, narrowed, table_of
from dashboard.exploring.questions.union import Moment
from dashboard.importing.children import Told
from dashboard.importing.questions import Answer, ask
from dashboard.sandbox.model import Given
from dashboard.settings import Limits

Snapshot = Callable[[], AbstractContextManager[Moment]]


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer to `sql`. `people`: its rows may be persons, or tell of few. `cut`: the tables of
    which only the first rows were read.
    """

    sql: str
    answer: Answer
    people: bool
    cut: tuple[str, ...] = ()


def asked(
    sql: str,
    tables: Sequence[Offered],
    snapshot: Snapshot,
    today: date,
    limits: Limits,
    told: Told | None = None,
) -> Asked:
    """The answer. Of `tables` those that the text names are read, the union's of one moment.

    told: as for `questions.ask`; what it raises stops the question.
    """
    meant = [one for one in tables if _is_named(one, sql)]
    cut: list[str] = []
    with ExitStack() as opened:
        moment = None
        if any(isinstance(one.source, tuple) for one in meant):
            moment = opened.enter_context(snapshot())
        given = [Given(one.names, table) for one, table in _read(meant, moment, today, limits, cut)]
    others = [one.name for one in tables if one not in meant]
    answer = ask(sql, given, others, limits, told)
    return Asked(sql, answer, any(one.people for one in meant), tuple(cut))


def _is_named(one: Offered, sql: str) -> bool:
    words = sql.lower()
    return any(name.lower() in words for name in one.names)


def _read(
    meant: Sequence[Offered], moment: Moment | None, today: date, limits: Limits, cut: list[str]
) -> Iterator[tuple[Offered, pa.Table]]:
    for one in meant:
        if not isinstance(one.source, tuple):
            yield one, table_of(one.source)
        elif moment is not None:
            query, lang = one.source
            found = union.read(moment, query, lang, today, limits.union_rows)
            cut += [one.name] * found.cut
            yield one, narrowed(found.table)
