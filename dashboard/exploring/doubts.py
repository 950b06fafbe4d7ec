"""What is suspicious in a table: each finding with its cells, and the rule it was found by.

A rule says in words what it looks at. None says that something is wrong: a refund is an outlier,
and two people may have one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.exploring.exact import Whole, whole
from dashboard.exploring.profile import ColumnProfile, Profile, ranked
from dashboard.importing.loose.model import LISTED, LooseSheet
from dashboard.text import Text, day, number

LEAST, SPREADS, GAP = 8, 3, 1_000
FOUNDED, OLDEST = date(1949, 10, 1), date(1920, 1, 1)
AHEAD = timedelta(days=730)
_LIKE_A_DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_BORN = re.compile(r"出生|生日|birth", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """`cells` are the first places, `total` how many there are; `rule` is what was looked at."""

    code: str
    what: Text
    rule: Text
    cells: tuple[str, ...] = ()
    total: int = 0


TOTALS = (
    Text(
        "“{field}”表内合计 {printed}，逐行相加 {computed}，相差 {gap}",
        "'{field}': the sheet prints {printed}, its rows add up to {computed}, off by {gap}",
    ),
    Text("合计、小计、总计行与各行之和核对", "Printed totals against the sum of their rows"),
)
SAME_ROWS = (
    Text("{n} 行与前面的行完全相同", "Rows that say what a row above says: {n}"),
    Text("除序号外每一格都相同", "Every cell is the same but for the row's own number"),
)
REPEATED = (
    Text(
        "“{field}”应当各不相同，有 {n} 个值重复出现",
        "'{field}' seems to name each row; values that stand more than once: {n}",
    ),
    Text("这一列九成以上的值各不相同", "Nine in ten values of the column are different"),
)
OUTLIERS = (
    Text(
        "“{field}”有 {n} 个值离其余很远：{values}",
        "'{field}': values far from the others: {values} ({n})",
    ),
    Text(
        "低于下四分位数或高于上四分位数超过 3 倍四分位距；至少 8 个值",
        "More than 3 interquartile ranges below the first or above the third quarter; 8 values at"
        " least",
    ),
)
SCALES = (
    Text(
        "“{field}”像是混用了两种单位：{n} 个值不超过 {low}，其余不低于 {high}",
        "'{field}' seems to mix two units: values up to {low}: {n}, the others from {high}",
    ),
    Text(
        "相邻两个正数相差一千倍以上，两边各至少 2 个值；至少 8 个值",
        "Two neighbouring positive values differ a thousandfold, 2 values at least on each side; 8"
        " values at least",
    ),
)
UNITS = (
    Text(
        "“{field}”有 {n} 个单元格自带别的单位，已换算",
        "'{field}': cells that name another unit, converted: {n}",
    ),
    Text("单元格内写有元、千元、万元等单位", "The cell itself says 元, 千元 or 万元"),
)
EARLY = (
    Text("“{field}”有 {n} 个日期早于 {limit}", "'{field}': days before {limit}: {n}"),
    Text(
        "1949 年 10 月 1 日以前；出生日期为 1920 年以前",
        "Before 1 October 1949; for days of birth before 1920",
    ),
)
LATE = (
    Text("“{field}”有 {n} 个日期晚于 {limit}", "'{field}': days after {limit}: {n}"),
    Text(
        "比今天晚两年以上；出生日期为今天以后",
        "More than two years from today; for days of birth after today",
    ),
)
NO_DAY = (
    Text("“{field}”有 {n} 个写成日期、却不是日子", "'{field}': written as days, yet none: {n}"),
    Text(
        "日历上没有（1900-01-00、2月30日、13月），或不在 1900 至 2100 年",
        "No calendar has it (1900-01-00, 30 February, a 13th month), or not within 1900 to 2100",
    ),
)
ALIKE = (
    Text(
        "“{field}”里 {rare}（{rare_n} 次）与 {often}（{often_n} 次）可能是同一个",
        "In '{field}', {rare} ({rare_n}) and {often} ({often_n}) may be the same",
    ),
    Text(
        "去掉空格、括号、全半角和繁简差别后相同；或四个字以上、八成相同且次数相差五倍以上",
        "Equal without blanks, brackets, width and traditional forms; or of four characters and"
        " more, eight in ten equal, one five times as often",
    ),
)
EMPTY = (
    Text("“{field}”整列为空", "'{field}' is empty throughout"),
    Text("有列名，没有内容", "The column has a name and no content"),
)


def doubts(sheet: LooseSheet, found: Profile, today: date) -> list[Finding]:
    """What asks for a look, the surest first."""
    if sheet.table is None:
        return []
    by_column = [
        list(rule(sheet.table, one, today))
        for rule in (_units, _scales, _no_day, _days, _repeated, _alike, _outliers, _empty)
        for one in found.columns
    ]
    return [*_totals(sheet), *_same_rows(sheet), *(each for some in by_column for each in some)]


def _finding(
    code: str, words: tuple[Text, Text], cells: tuple[str, ...], **told: object
) -> Finding:
    total = told.get("n")
    return Finding(
        code, words[0].format(**told), words[1], cells, total if isinstance(total, int) else 1
    )


# -- the table ---------------------------------------------------------------------------------


def _totals(sheet: LooseSheet) -> Iterator[Finding]:
    for check in sheet.totals_check:
        if not check.ok:
            told = {"printed": check.printed, "computed": check.computed}
            told["gap"] = check.computed - check.printed
            words = {name: plainly(value) for name, value in told.items()}
            yield _finding("totals", TOTALS, (check.cell,), field=check.field, **words)


def _same_rows(sheet: LooseSheet) -> Iterator[Finding]:
    if sheet.same_rows:
        first = sheet.columns[0].letter
        cells = tuple(f"{first}{row}" for row, _ in sheet.same_at)
        yield _finding("same_rows", SAME_ROWS, cells, n=sheet.same_rows)


# -- one column --------------------------------------------------------------------------------


def _units(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    found = one.column.other_units
    if found.total and found.total < one.column.filled:
        yield _finding("units", UNITS, found.cells, field=one.column.label, n=found.total)


def _repeated(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    if one.column.repeated_total:
        cells = tuple(cell for _, places in one.column.repeated for cell in places.cells)[:LISTED]
        told = {"field": one.column.label, "n": one.column.repeated_total}
        yield _finding("repeated", REPEATED, cells, **told)


def _alike(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    for pair in one.column.alike:
        yield Finding(
            "alike",
            ALIKE[0].format(
                field=one.column.label, rare=pair.rare, rare_n=pair.rare_count,
                often=pair.often, often_n=pair.often_count,
            ),
            ALIKE[1], (pair.rare_at, pair.often_at), 2,
        )  # fmt: skip


def _empty(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    if not one.column.filled and table.num_rows:
        yield _finding("empty", EMPTY, (), field=one.column.label)


def _outliers(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    if one.figures is None or one.figures.count < LEAST:
        return
    spread = one.figures.third_quarter - one.figures.first_quarter
    low = one.figures.first_quarter - SPREADS * spread
    high = one.figures.third_quarter + SPREADS * spread
    found = ranked(_values(table, one).drop_null())
    least, most = ceil(low * 10**found.scale), floor(high * 10**found.scale)
    far = np.flatnonzero((found.numbers < least) | (found.numbers > most)).tolist()
    if spread and far:
        held = whole(_values(table, one))[0]
        cells, total = _held(table, one, (held < least) | (held > most))
        shown = "、".join(plainly(found[at]) for at in far[:3]) + ("…" if len(far) > 3 else "")
        yield _finding("outliers", OUTLIERS, cells, field=one.column.label, n=total, values=shown)


def _scales(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    if one.figures is None or one.figures.low <= 0 or one.figures.count < LEAST:
        return
    found = ranked(_values(table, one).drop_null())
    below, every = found.upto[:-1], int(found.upto[-1])
    leaps = found.numbers[1:] // GAP >= found.numbers[:-1]
    for at in np.flatnonzero(leaps & (below >= 2) & (every - below >= 2)).tolist()[:1]:
        small = whole(_values(table, one))[0] <= found.numbers[at]
        cells, _ = _held(table, one, small if int(below[at]) * 2 <= every else ~small)
        told = {"n": int(below[at]), "low": plainly(found[at]), "high": plainly(found[at + 1])}
        yield _finding("scales", SCALES, cells, field=one.column.label, **told)


def _no_day(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    if one.column.kind == "date" and one.column.misfits:
        texts = table[f"t{one.place}"].combine_chunks()
        like = pc.match_substring_regex(texts, _LIKE_A_DAY.pattern)
        cells, total = _cells(table, one, like)
        if total:
            yield _finding("no_day", NO_DAY, cells, field=one.column.label, n=total)


def _days(table: pa.Table, one: ColumnProfile, today: date) -> Iterator[Finding]:
    if one.days is None:
        return
    born = _BORN.search(one.column.header) is not None
    early, late = (OLDEST, today) if born else (FOUNDED, today + AHEAD)
    values = _values(table, one)
    for code, words, limit, test in (
        ("early", EARLY, early, pc.less),
        ("late", LATE, late, pc.greater),
    ):
        cells, total = _cells(table, one, test(values, pa.scalar(limit)))
        if total:
            yield _finding(code, words, cells, field=one.column.label, n=total, limit=day(limit))


def _values(table: pa.Table, one: ColumnProfile) -> pa.Array:
    return table[f"c{one.place}"].combine_chunks()


def _held(table: pa.Table, one: ColumnProfile, wanted: Whole) -> tuple[tuple[str, ...], int]:
    """As `_cells`, of the rows that have a value."""
    there = _values(table, one).is_valid()
    return _cells(table, one, pc.and_(there, pa.array(wanted.astype(bool))))


def _cells(table: pa.Table, one: ColumnProfile, wanted: pa.Array) -> tuple[tuple[str, ...], int]:
    """(the first places, how many) of the rows that are wanted."""
    rows = table["row"].combine_chunks().filter(wanted.fill_null(False))
    return tuple(f"{one.column.letter}{row}" for row in rows.slice(0, LISTED).to_pylist()), len(
        rows
    )


def plainly(value: Decimal) -> str:
    """A number as many figures behind the point as it has."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return number(value, places)
