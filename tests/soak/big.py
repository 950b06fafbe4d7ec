"""T4: honest large files, end to end, with the counts and sums they were made with."""

from __future__ import annotations

import io
import threading
import time
from decimal import Decimal

import xlsxwriter

from dashboard.importing import children, read
from dashboard.importing.confinement import watch
from tests.soak.harness import Result, measured
from tests.soak.leftovers import descendants

GOAL = "T4: 100,000-row xlsx, 200,000-row csv: <= 10 s, child <= 400 MB, counts and sums exact"
HEADER = ("日期", "凭证号", "科目", "摘要", "收入", "支出", "经办人", "备注")
_LONGEST, _LARGEST = 10.0, 400 * 2**20
Line = tuple[str, str, str, str, str, str, str, str]


def line(number: int) -> Line:
    day = f"2017-{1 + number % 12:02}-{1 + number % 28:02}"
    cents = f"{number % 9_000}.{number % 100:02}"
    return (
        day,
        f"记-{number}",
        "职工活动支出",
        f"活动{number % 700}",
        "",
        cents,
        "张三",
        f"第{number}笔",
    )


def as_csv(rows: int) -> bytes:
    lines = [HEADER, *map(line, range(1, rows + 1))]
    return "".join(",".join(one) + "\n" for one in lines).encode()


def as_xlsx(rows: int) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": True})
    page = book.add_worksheet("收支台账")
    page.write_row(0, 0, HEADER)
    for number in range(1, rows + 1):
        one = line(number)
        page.write_row(number, 0, [*one[:5], float(one[5]), *one[6:]])
    book.close()
    return buffer.getvalue()


def run(seconds: float) -> Result:
    """Each once; the largest child is looked at twenty times a second."""
    began, told, held = time.monotonic(), list[str](), True
    for name, data, rows in (
        ("xlsx", as_xlsx(100_000), 100_000), ("csv", as_csv(200_000), 200_000),
    ):  # fmt: skip
        children.prepare()
        largest, done = [0], threading.Event()
        looker = threading.Thread(target=_look, args=(largest, done))
        looker.start()
        start = time.monotonic()
        report = read(data, f"收支台账2017.{name}")
        took = time.monotonic() - start
        done.set()
        looker.join()
        whole = sum(Decimal(line(number)[5]) for number in range(1, rows + 1))
        sheet = report.sheets[0] if report.sheets else None
        exact = sheet is not None and (sheet.loaded, sheet.sums.get("expense")) == (rows, whole)
        told.append(f"{name} {took:.1f} s, {largest[0] >> 20} MB, {'exact' if exact else 'WRONG'}")
        held = held and exact and took <= _LONGEST and largest[0] <= _LARGEST
    children.dismiss()
    return measured(__name__, GOAL, "; ".join(told), held, began)


def _look(largest: list[int], done: threading.Event) -> None:
    while not done.wait(0.05):
        for pid in descendants():
            largest[0] = max(largest[0], watch.resident(int(pid)) or 0)
