"""From a dropped csv to its eight charts, beside pandas doing the least that could stand for it.

    python benchmarks/explore.py [--rows 100000] [--times 3]

Ours: a child process reads, types and masks every cell; the profile and the doubts are made, eight
charts are chosen and counted exactly. pandas: the same bytes by `read_csv` with its days parsed,
`describe`, `duplicated`, and the same eight groupings in floating point, in this process. The ratio
of the best of each is printed; both run in turn, so that the machine's load is the same.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pandas as pd

from dashboard.exploring.charting.choosing import chosen
from dashboard.exploring.charting.counting import counted
from dashboard.exploring.shelf import Dropped
from dashboard.importing import children
from dashboard.importing.loose import read_loosely

HEADS = ("日期", "姓名", "部门", "项目", "金额", "工号")


def table(rows: int) -> bytes:
    chance = random.Random(1)  # noqa: S311
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for at in range(rows):
        day = f"2025-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        name = chance.choice("王李张刘陈杨赵黄周吴") + chance.choice("芳伟敏静丽强磊军洋勇")
        part, kind = chance.choice(("语文组", "数学组", "英语组")), chance.choice(("慰问", "文体"))
        writer.writerow((day, name, part, kind, f"{chance.uniform(1, 5000):.2f}", f"{at:07d}"))
    return out.getvalue().encode()


def ours(data: bytes) -> int:
    found = read_loosely(data, "a.csv", secret=f"{len(data)}")
    file = Dropped.of("a.csv", data, found, date(2026, 1, 1))
    sheet = found.sheets[0]
    charts = chosen(sheet, file.looked[0].profile)
    return len([counted(sheet, one.recipe) for one in charts])


def pandas(data: bytes) -> int:
    frame = pd.read_csv(io.BytesIO(data), parse_dates=["日期"], dtype={"工号": str})
    frame.describe(include="all")
    frame.duplicated().sum()
    month = frame["日期"].dt.to_period("M")
    return len(
        [
            frame.groupby(month)["金额"].sum(),
            frame.groupby("部门")["金额"].sum(),
            frame.groupby("部门").size(),
            frame.groupby(["部门", "项目"]).size(),
            pd.cut(frame["金额"], 20).value_counts(),
            frame.groupby("项目")["金额"].sum(),
            frame.groupby("项目").size(),
            frame.groupby(month).size(),
        ]
    )


def seconds(work: Callable[[bytes], int], data: bytes) -> float:
    begun = time.perf_counter()
    work(data)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    wanted = parser.parse_args()
    data = table(wanted.rows)
    children.prepare()
    pairs = [(seconds(ours, data), seconds(pandas, data)) for _ in range(wanted.times)]
    mine, others = min(one for one, _ in pairs), min(other for _, other in pairs)
    print(f"{wanted.rows:,} rows, {len(data) / 2**20:.1f} MB")
    print(f"ours   {mine:.2f} s\npandas {others:.2f} s\nratio  {mine / others:.1f}")


if __name__ == "__main__":
    main()
