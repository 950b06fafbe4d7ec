"""Honest files with some bytes changed: how many are refused, read, or kill their reader.

    python benchmarks/fuzz.py [--each 200] [--seed 1] [--only xls]

Each file is read by what the reading child calls, under the child's limits, in a forked worker
that is replaced when it dies. Ends with 1 where a file raised an error, ran on for ever, or was
read with rows unaccounted for: what a damaged file must never do. The same seed makes the same
files.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import sys
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.importing import child, confinement
from dashboard.importing.order import Order
from dashboard.importing.report import COUNTED
from dashboard.settings import ROOT, Limits

FILES = ROOT / "tests" / "files"
SEEDS = (
    "members_other.xls",
    "ledger_hidden_rows_and_column.xls",
    "members_other.xlsb",
    "members_title_total_footer.xlsx",
    "ledger_hidden_rows_and_column.xlsx",
    "ledger_format_shows_ten_thousands.ods",
    "members_traditional_big5.csv",
    "ledger_running_balance_gb18030.csv",
    "members_web_page_named.xls",
    "staff_web_archive.xls",
    "ledger_xml_spreadsheet_2003.xls",
    "members_bare_records_excel_2.xls",
)
SECONDS = 20  # that one file may take
BAD = ("raised", "hung", "unaccounted")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Some bytes flipped, taken out, doubled or zeroed; in an archive mostly within its parts."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _in_parts(data, chance)
    return _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) or 1)
        length = chance.choice((1, 1, 2, 4, 64))
        what = chance.randrange(8)
        if what < 4:
            found[at : at + 1] = bytes((chance.randrange(256),))
        elif what == 4:
            del found[at : at + length]
        elif what == 5:
            found[at:at] = found[at : at + length] * chance.choice((1, 1, 9, 999))
        elif what == 6:
            found[at : at + length] = bytes(length)
        else:
            found[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"9999"))
    return bytes(found[: chance.randrange(len(found) or 1)] if chance.random() < 0.05 else found)


def _in_parts(data: bytes, chance: random.Random) -> bytes:
    """The archive's own sums stay right, so that the damage reaches the reader."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        telling = [name for name in old.namelist() if name.endswith((".xml", ".bin", ".rels"))]
        hit = chance.choice(telling)
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _damaged(part, chance) if name == hit else part)
    return buffer.getvalue()


def outcome(data: bytes, name: str) -> str:
    """What came of one file, in a word or two."""
    try:
        report = child.report(data, Order(name, date(2017, 9, 1)))
    except MemoryError:
        return "died memory"
    except BaseException as failure:  # noqa: BLE001 - the very thing that is looked for
        place = traceback.extract_tb(failure.__traceback__)[-1]
        return f"raised {type(failure).__name__} {Path(place.filename).name}:{place.lineno}"
    if report.refused:
        return f"refused {report.refused[0]}"
    for sheet in report.sheets:
        if sheet.counts["rows"] != sum(sheet.counts[part] for part in COUNTED):
            return "unaccounted"
    return "read"


def outcomes(name: str, each: int, seed: int) -> Iterator[tuple[int, str]]:
    """(number of the mutation, what came of it) for one file."""
    data, at = (FILES / name).read_bytes(), 0
    while at < each:
        for at, told in _batch(data, name, range(at, each), seed):  # noqa: B020 - where it got to
            yield at, told
        at += 1


def _batch(data: bytes, name: str, numbers: range, seed: int) -> Iterator[tuple[int, str]]:
    """As far as one worker comes."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reading)
        _work(writing, data, name, numbers, seed)
    os.close(writing)
    last = numbers.start - 1
    with os.fdopen(reading, encoding="utf-8") as lines:
        for line in lines:
            number, _, told = line.rstrip("\n").partition(" ")
            last = int(number)
            yield last, told
    _, status = os.waitpid(worker, 0)
    if last + 1 < numbers.stop:
        slow = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU)
        yield last + 1, "hung" if slow else "died"


def _work(writing: int, data: bytes, name: str, numbers: range, seed: int) -> None:
    """The worker: silent but for one line per file."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    confinement.limit(Limits(child_seconds=SECONDS * len(numbers)))
    for number in numbers:
        signal.alarm(SECONDS)
        told = outcome(mutant(data, name, number, seed), name)
        os.write(writing, f"{number} {told}\n".encode())
    os._exit(0)


def mutant(data: bytes, name: str, number: int, seed: int) -> bytes:
    """That mutation of that file, again."""
    return mutated(data, random.Random(zlib.crc32(f"{name} {number} {seed}".encode())))  # noqa: S311


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--each", type=int, default=200, help="mutations of each file")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--only", default="", help="files whose name contains this")
    chosen = wanted.parse_args()
    total: Counter[str] = Counter()
    for name in (name for name in SEEDS if chosen.only in name):
        found: Counter[str] = Counter()
        for number, told in outcomes(name, chosen.each, chosen.seed):
            kind = told.partition(" ")[0]
            found[kind] += 1
            if kind in BAD:
                print(f"{name} --seed {chosen.seed} mutation {number}: {told}")
        print(f"{name:45} " + ", ".join(f"{n} {kind}" for kind, n in sorted(found.items())))
        total += found
    print("all: " + ", ".join(f"{n} {kind}" for kind, n in sorted(total.items())))
    return 1 if any(total[kind] for kind in BAD) else 0


if __name__ == "__main__":
    sys.exit(main())
