"""A proof to take home: every row, whether it counts, where it stands; the notes say how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.charts import words
from dashboard.exports.neutral import Value
from dashboard.exports.rows import Rows
from dashboard.kpis.model import Kpi
from dashboard.kpis.proof import Counted, Counting
from dashboard.proving import Proven
from dashboard.reports import LISTS
from dashboard.sqlfiles import ReportColumn
from dashboard.text import Lang, Text, number

COUNTS, YES, NO, OUT = (
    Text("计入", "Counts"),
    Text("✓ 计入", "✓ counts"),
    Text("— 不在分子", "— not in the numerator"),
    Text("未计入：{why}", "left out: {why}"),
)
N, OF = Text("分子", "Numerator"), Text("分母", "Denominator")
FILE, SHEET, PLACE = Text("文件", "File"), Text("工作表", "Sheet"), Text("单元格", "Cells")
FORMULA, VARIANT = Text("公式", "Formula"), Text("本校口径", "Counted here as")
SOURCE, QUALITY = Text("出处", "Source"), Text("数据质量", "Data quality")
FIGURE, VIEW = Text("数值", "Value"), Text("范围", "View")
COUNTED_OF = Text("按 {n}/{all} 行计算", "counted from {n} of {all} rows")
LEFT_OUT = Text("；{n} 行未计入，因为{why}（见下表）", "; {n} rows are left out: {why}")
STATEMENT, BOUND = Text("计算语句", "SQL statement"), Text("参数", "Values")


def quality(found: Proven, lang: Lang) -> str:
    """`按 412/430 行计算`, and why the others are not in it."""
    every = sum(one.total for one in found.countings)
    out = sum(one.left_out for one in found.countings)
    told = COUNTED_OF.format(n=number(every - out), all=number(every))(lang)
    return told + (
        LEFT_OUT.format(n=number(out), why=found.result.kpi.lacking)(lang) if out else ""
    )


def counts(row: Counted, counting: Counting, kpi: Kpi, lang: Lang) -> str:
    """Whether a row is in the figure, in words; of one that is left out, why."""
    if row.left_out:
        return OUT.format(why=kpi.lacking)(lang)
    role = row.numerator if "numerator" in counting.roles else row.denominator
    return YES(lang) if role else NO(lang)


def worded(row: Counted, columns: Sequence[ReportColumn], lang: Lang) -> Mapping[str, Any]:
    """A case's columns with its codes in words."""
    shown = dict(row.values)
    for column in columns:
        if column.codes and shown[column.name] is not None:
            known = {code.value: code.label for code in LISTS[column.codes].codes}
            said = known.get(shown[column.name])
            shown[column.name] = said(lang) if said else shown[column.name]
    return shown


def taken(found: Proven, counting: Counting, lang: Lang) -> Rows:
    """One of the proof's tables, as it stands on the screen, with all of its rows."""
    columns = counting.case.columns
    own = (COUNTS(lang), *(column.label(lang) for column in columns))
    where = (FILE(lang), SHEET(lang), PLACE(lang))
    return Rows(
        title=found.result.kpi.label(lang),
        columns=(*own, N(lang), OF(lang), *where),
        rows=tuple(_row(found, counting, row, lang) for row in counting.rows),
        notes=tuple(_notes(found, counting, lang)),
    )


def _row(found: Proven, counting: Counting, row: Counted, lang: Lang) -> tuple[Value, ...]:
    shown = worded(row, counting.case.columns, lang)
    origin = found.origins.get(row.address) if row.address else None
    where = (origin.file, origin.sheet, origin.place) if origin else ("", "", "")
    own = [shown[column.name] for column in counting.case.columns]
    return (
        counts(row, counting, found.result.kpi, lang),
        *own,
        row.numerator,
        row.denominator,
        *where,
    )


def _notes(found: Proven, counting: Counting, lang: Lang) -> Iterable[tuple[str, str]]:
    result, kpi = found.result, found.result.kpi
    fraction = words.fraction(result.now, kpi, lang)
    yield FIGURE(lang), f"{words.read(result.now, kpi.unit, lang)} {fraction}".strip()
    yield VIEW(lang), found.filters.caption(lang)
    yield FORMULA(lang), kpi.formula(lang)
    if kpi.variant:
        yield VARIANT(lang), kpi.variant(lang)
    yield SOURCE(lang), kpi.source(lang)
    yield QUALITY(lang), quality(found, lang)
    yield STATEMENT(lang), counting.sql
    yield BOUND(lang), "; ".join(f"{name} = {value}" for name, value in counting.parameters)
