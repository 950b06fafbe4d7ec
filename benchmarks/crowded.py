"""A school with very many lines on its sign-in sheets, beside the sample's other registers.

Its rosters, activities and sign-in sheets are made in the database itself, column by column as the
contracts have them; the cash book, the budget and the proposals are the sample's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import schema
from dashboard.contracts import DATASETS
from dashboard.importing import read
from dashboard.importing.report import MappedColumn, SheetReport
from dashboard.importing.tables import schema_of
from dashboard.ingest import store
from dashboard.schema import Arrival
from dashboard.settings import SAMPLE
from dashboard.warehouse import Warehouse

PEOPLE = 1_000
AT_ONE = 500  # lines of one sign-in sheet
YEARS = (2021, 2022, 2023, 2024, 2025)
_OTHERS = ("收支", "预算", "提案", "表决")  # what the sample's other files are named after

_PERSON = f"""
    select
        printf('%05d', person) as staff_no,
        '教师' || chr((19968 + person % 2000)::integer) || chr((20480 + person % 313)::integer)
            as name,
        ['语文组', '数学组', '英语组', '后勤', '行政'][(person % 5 + 1)::integer] as department,
        if(person % 3 = 0, 'male', 'female') as sex,
        date '1965-01-01' + (person * 7 % 12000)::integer as birth_date,
        person
    from (select unnest(range({PEOPLE})) as person)
"""  # noqa: S608 - our own names
_DAY = "(date '2021-01-01' + (activity % 1800)::integer)"


def build(path: Path, lines: int) -> Warehouse:
    """The workspace at `path`, open; `lines` of sign-in sheets over five years."""
    warehouse = Warehouse.open(path)
    store(warehouse, [read(file.read_bytes(), file.name) for file in _sample()])
    warehouse.close()
    with duckdb.connect(str(path)) as cursor:
        cursor.execute("begin")
        _fill(cursor, lines)
        cursor.commit()
    warehouse = Warehouse.open(path)
    warehouse.go_on()  # what stands there now is where the ledger begins
    return warehouse


def _sample() -> Iterator[Path]:
    for file in sorted(SAMPLE.iterdir()):
        if any(word in file.name for word in _OTHERS):
            yield file


def _fill(cursor: schema.Cursor, lines: int) -> None:
    for year in YEARS:
        for roster in ("staff", "members"):
            _insert(cursor, roster, _roster(roster, year))
    _insert(cursor, "activities", _activities(lines // AT_ONE))
    _insert(cursor, "attendance", _attendance(lines))


def sheet() -> Arrival:
    """One more sign-in sheet, as an import brings it."""
    dataset = DATASETS["attendance"]
    found = duckdb.sql(_attendance(AT_ONE).replace("'A%06d'", "'B%06d'"))
    if found is None:
        raise ValueError("a sheet is a select")
    rows = found.to_arrow_table()
    blank = pa.nulls(rows.num_rows)
    names = rows.column_names
    table = pa.table(
        [
            (rows[field.name] if field.name in names else blank).cast(field.type)
            for field in schema_of(dataset)
        ],
        schema=schema_of(dataset),
    )
    mapped = {name: MappedColumn(name, "A") for name in names}
    read = SheetReport("签到", dataset="attendance", columns=mapped, table=table)
    return Arrival("签到.xlsx", "0" * 64, None, read)


def _insert(cursor: schema.Cursor, table: str, select: str) -> None:
    cursor.execute(f'insert into "{table}" by name {select}')


def _roster(register: str, year: int) -> str:
    member = "where person % 20 > 0" if register == "members" else ""
    return f"""
        select
            staff_no as row_key, date '{year}-01-01' as as_of, staff_no, name, sex, birth_date,
            department, 'established' as employment_type, 1 as source_id,
            person + 2 as source_row
        from ({_PERSON}) {member}
    """  # noqa: S608 - our own names


def _activities(count: int) -> str:
    return f"""
        select
            printf('A%06d', activity) as row_key, printf('A%06d', activity) as activity_no,
            '第' || activity || '次活动' as name, 'culture' as kind, {_DAY} as held_on,
            {_DAY} as planned_from, {_DAY} as planned_to, 'done' as status, 1 as source_id,
            activity + 2 as source_row
        from (select unnest(range({count})) as activity)
    """  # noqa: S608 - our own names


def _attendance(lines: int) -> str:
    return f"""
        with line as (
            select
                line // {AT_ONE} as activity, line, (line * 7 % {PEOPLE}) as person
            from range({lines}) as lines(line)
        )
        select
            concat_ws('|', printf('A%06d', activity), {_DAY}, staff_no) as row_key,
            printf('A%06d', activity) as activity_no, '第' || activity || '次活动' as activity,
            {_DAY} as held_on, staff_no, name, department,
            ['present', 'present', 'leave', 'absent'][(line % 4 + 1)::integer] as presence,
            1 as source_id, line + 2 as source_row
        from line join ({_PERSON}) using (person)
    """  # noqa: S608 - our own names
