"""What an import costs beside what the file costs anyway: both sides in one run, told as ratios.

    python benchmarks/import.py [--rows 100000] [--lines 1000000]

Printed: for an .xlsx of ROWS rows and 8 columns, python-calamine alone, pandas with openpyxl, and
the whole import from the bytes to the commit; for a GB18030 .csv of LINES rows, pandas.read_csv
followed by DuckDB, and the whole import. Peak memory is the reading child's and this process's.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard import ingest
from dashboard.importing import children, read
from dashboard.warehouse import Warehouse

HEADERS = ("日期", "凭证号", "摘要", "科目", "收入", "支出", "经办人", "经费来源")
SUBJECTS = ("职工活动支出", "维权支出", "业务支出", "会员会费收入", "拨缴经费收入")
THINGS = ("球拍", "电影票", "生日蛋糕", "会费", "慰问品")
PEOPLE = ("张三", "李四", "王小明", "欧阳娜娜")
REPEATS = 3


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--lines", type=int, default=1_000_000)
    asked = options.parse_args()
    children.prepare()
    _workbook(workbook(asked.rows), asked.rows)
    _text(text(asked.lines), asked.lines)


def _workbook(data: bytes, rows: int) -> None:
    print(f"xlsx, {rows:,} rows x {len(HEADERS)} columns, {len(data) / 1e6:.1f} MB")
    alone = _best(
        lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    )
    ours = _best(lambda: _import(data, "收支明细.xlsx"))
    slow = _best(lambda: pd.read_excel(io.BytesIO(data), engine="openpyxl"), 1)
    _tell(("python-calamine alone", alone), ("pandas + openpyxl", slow), ("whole import", ours))


def _text(data: bytes, lines: int) -> None:
    print(f"csv in GB18030, {lines:,} rows, {len(data) / 1e6:.1f} MB")
    plain = _best(lambda: _pandas_and_duckdb(data))
    ours = _best(lambda: _import(data, "收支明细.csv"))
    _tell(("pandas.read_csv + DuckDB", plain), ("whole import", ours))


def _pandas_and_duckdb(data: bytes) -> None:
    frame = pd.read_csv(io.BytesIO(data), encoding="gb18030")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/x.duckdb") as con:
        con.register("frame", frame)
        con.execute("create table ledger as select * from frame")


def _import(data: bytes, name: str) -> None:
    """From the bytes to the commit, into an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse.open(Path(folder) / "dashboard.duckdb", queries=Path(folder))
        began = time.perf_counter()
        stored = ingest.store(warehouse, [read(data, name)])
        _spent.append(time.perf_counter() - began)
        warehouse.close()
        assert stored.changed


_spent: list[float] = []  # what an import took, without opening the database


def _best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(repeats):
        _spent.clear()
        time.sleep(0.5)  # the next child stands ready
        began = time.perf_counter()
        work()
        times.append(_spent[0] if _spent else time.perf_counter() - began)
    return min(times)


def _tell(first: tuple[str, float], *others: tuple[str, float]) -> None:
    print(f"  {first[0]:26} {first[1]:8.2f} s")
    for name, seconds in others:
        print(f"  {name:26} {seconds:8.2f} s   {seconds / first[1]:5.2f} x {first[0]}")
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"  peak memory: reading child {kilobytes >> 10} MB, this process {here >> 10} MB")


def lines(count: int) -> Iterator[tuple[object, ...]]:
    """A cash book without a saving grace: every voucher, most amounts and many summaries differ."""
    chance = random.Random(1)
    for place in range(count):
        day = date(2025, 1, 1) + timedelta(days=place * 360 // count)
        subject, amount = chance.choice(SUBJECTS), round(chance.uniform(1, 9_000), 2)
        comes = subject.endswith("收入")
        yield (
            *(day, f"记{place:06d}", f"购买{chance.choice(THINGS)}{place % 977}", subject),
            *((amount, "") if comes else ("", amount)),
            *(chance.choice(PEOPLE), "工会经费"),
        )


def workbook(rows: int) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("收支明细")
        sheet.write_row(0, 0, HEADERS)
        for at, row in enumerate(lines(rows), 1):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(at, column, value)
    return buffer.getvalue()


def text(rows: int) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(HEADERS)
    writer.writerows(lines(rows))
    return buffer.getvalue().encode("gb18030")


if __name__ == "__main__":
    assert openpyxl  # pandas needs it
    main()
