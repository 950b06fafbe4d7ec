"""What an import costs beside what the file costs anyway: both sides in one run, told as ratios.

    python benchmarks/import.py [--rows 100000] [--lines 1000000] [--rounds 5]

Of a cash book and an attendance register: an .xlsx of ROWS rows and 8 columns against
python-calamine alone (and pandas with openpyxl), a GB18030 .csv of LINES rows against
pandas.read_csv followed by DuckDB. An import is everything from the bytes to the commit, into an
empty database; the reading process stands ready, as it does in the server. The two sides take
turns, and the shortest time of each counts. Memory is the reading process's peak (Linux only).
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard import ingest
from dashboard.importing import children, read
from dashboard.warehouse import Warehouse

Line = tuple[object, ...]
PAUSE = 1.0  # seconds in which the next reading process gets ready
SUBJECTS = ("职工活动支出", "维权支出", "业务支出", "会员会费收入", "拨缴经费收入")
THINGS = ("球拍", "电影票", "生日蛋糕", "会费", "慰问品")
PEOPLE = ("张三", "李四", "王小明", "欧阳娜娜")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("--rows", 100_000), ("--lines", 1_000_000), ("--rounds", 5)):
        options.add_argument(name, type=int, default=usual)
    asked = options.parse_args()
    children.prepare()
    for register in REGISTERS:
        _small(register)
        _workbook(register, asked.rows, asked.rounds)
        _text(register, asked.lines, asked.rounds)


# -- registers --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Register:
    """A register as a school keeps it: `line(place, of)` is one row of `of`."""

    name: str
    headers: Sequence[str]
    line: Callable[[int, int], Line]

    def lines(self, count: int) -> Iterator[Line]:
        return (self.line(place, count) for place in range(count))


def _payment(place: int, of: int) -> Line:
    """Every voucher and most amounts differ, and many summaries."""
    day, subject = date(2025, 1, 1) + timedelta(days=place * 360 // of), SUBJECTS[place * 3 % 5]
    amount = (place * 7_919 % 899_900 + 100) / 100
    return (
        *(day, f"记{place:06d}", f"购买{THINGS[place * 7 % 5]}{place % 977}", subject),
        *((amount, "") if subject.endswith("收入") else ("", amount)),
        *(PEOPLE[place % 4], "工会经费"),
    )


def _attendance(place: int, of: int) -> Line:
    """3,000 people, 500 at each activity."""
    activity, person = place // 500, place % 3_000
    name = f"教师{chr(0x4E00 + person % 2_000)}{chr(0x5000 + person % 313)}"
    return (
        *(f"A{activity:04d}", f"第{activity}次活动"),
        *(date(2025, 1, 1) + timedelta(days=activity % 365), f"{person:05d}", name),
        *(("语文组", "数学组", "后勤")[person % 3], ("出席", "请假", "缺席")[place * 7 % 3], ""),
    )


_PAYMENTS = ("日期", "凭证号", "摘要", "科目", "收入", "支出", "经办人", "经费来源")
_ATTENDED = ("活动编号", "活动名称", "日期", "工号", "姓名", "部门", "出席情况", "备注")
REGISTERS = (
    Register("收支明细", _PAYMENTS, _payment),
    Register("签到表", _ATTENDED, _attendance),
)


def workbook(register: Register, rows: int) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(register.name)
        sheet.write_row(0, 0, register.headers)
        for at, row in enumerate(register.lines(rows), 1):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(at, column, value)
    return buffer.getvalue()


def text(register: Register, rows: int) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(register.headers)
    writer.writerows(register.lines(rows))
    return buffer.getvalue().encode("gb18030")


# -- contenders: each answers how many seconds it took ------------------------------------------


def _calamine(data: bytes) -> float:
    began = time.perf_counter()
    CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - began


def _openpyxl(data: bytes) -> float:
    began = time.perf_counter()
    pd.read_excel(io.BytesIO(data), engine="openpyxl")
    return time.perf_counter() - began


def _pandas_and_duckdb(data: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/x.duckdb") as con:
        began = time.perf_counter()
        frame = pd.read_csv(io.BytesIO(data), encoding="gb18030")
        con.register("frame", frame)
        con.execute("create table register as select * from frame")
        return time.perf_counter() - began


def _import(data: bytes, name: str) -> float:
    time.sleep(PAUSE)
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse.open(Path(folder) / "dashboard.duckdb", queries=Path(folder))
        began = time.perf_counter()
        stored = ingest.store(warehouse, [read(data, name, progress=_watch)])
        seconds = time.perf_counter() - began
        warehouse.close()
    if not stored.changed:
        raise SystemExit("nothing was stored")
    return seconds


_peaks: list[int] = [0]  # megabytes of reading processes


def _watch(_done: int, _rows: int) -> None:
    for listed in Path("/proc/self/task").glob("*/children"):
        for number in listed.read_text().split():
            status = Path(f"/proc/{number}/status")
            told = status.read_text() if status.exists() else ""
            _peaks.extend(int(found) >> 10 for found in re.findall(r"VmHWM:\s+(\d+)", told))


# -- rounds -----------------------------------------------------------------------------------


def _small(register: Register) -> None:
    data = workbook(register, 30)
    seconds = min(_import(data, f"{register.name}.xlsx") for _ in range(3))
    print(f"{register.name}, 30 rows of xlsx: {seconds:.2f} s")


def _workbook(register: Register, rows: int, rounds: int) -> None:
    data = workbook(register, rows)
    print(f"{register.name}, {rows:,} rows of xlsx, {len(data) / 1e6:.1f} MB")
    sides = {
        "python-calamine alone": lambda: _calamine(data),
        "the import": lambda: _import(data, f"{register.name}.xlsx"),
    }
    times = _in_turns(sides, rounds)
    _tell(times | {"pandas with openpyxl": _openpyxl(data)})


def _text(register: Register, lines: int, rounds: int) -> None:
    data = text(register, lines)
    print(f"{register.name}, {lines:,} rows of csv in GB18030, {len(data) / 1e6:.1f} MB")
    sides = {
        "pandas.read_csv and DuckDB": lambda: _pandas_and_duckdb(data),
        "the import": lambda: _import(data, f"{register.name}.csv"),
    }
    _tell(_in_turns(sides, rounds))


def _in_turns(sides: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The shortest time of each side."""
    _peaks[:] = [0]
    times = [{name: work() for name, work in sides.items()} for _ in range(rounds)]
    return {name: min(each[name] for each in times) for name in sides}


def _tell(times: dict[str, float]) -> None:
    measure, shortest = next(iter(times.items()))
    for name, seconds in times.items():
        ratio = "" if name == measure else f"{seconds / shortest:8.2f} x"
        print(f"  {name:28}{seconds:8.2f} s{ratio}")
    print(f"  peak of the reading process {max(_peaks):7} MB")


if __name__ == "__main__":
    main()
