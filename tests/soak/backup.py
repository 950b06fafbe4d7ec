"""T13: backups of the live file while imports go on, and the restore drill: to the cent."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

import duckdb
from arrivals import ledger, spent

from dashboard.keeping import backups, deeds, restoring
from dashboard.keeping.manifest import DATABASE
from dashboard.settings import Settings, data_folder
from dashboard.workspaces import Workspaces
from tests.soak.harness import Result, measured

GOAL = (
    "T13: 20/20 live backups whole with every acked import; restored to the cent; < 2 s per 30 MB"
)
_PAUSE = 0.1  # seconds between two imports
BACKUPS, ROWS = 20, 400_000  # rows of the first import: a backup of about 30 MB


def run(seconds: float) -> Result:
    """Twenty backups, or as many as the time allows; then each is restored into a fresh folder."""
    began = time.monotonic()
    with Workspaces(Settings(data=data_folder())) as spaces:
        acked = {"": _filled(spaces)}
        with _importing(spaces, acked):
            kept = [_backed_up(spaces, dict(acked), n) for n in range(BACKUPS)]
        left = began + seconds - time.monotonic()
        restored = _drill(spaces, [made for made, _, _ in kept], time.monotonic() + left)
    whole = sum(fine for _, fine, _ in kept)
    size = (kept[0][0].folder / DATABASE).stat().st_size / 2**20
    paces = [took * 30 / size for _, _, took in kept]
    pace = median(paces)
    told = (
        f"{whole}/{BACKUPS} whole among {len(acked)} imports; restored {restored[0]}/{restored[1]}"
    )
    found = f"{told} to the cent; {size:.0f} MB, per 30 MB {pace:.2f} s, slowest {max(paces):.2f} s"
    held = whole == BACKUPS and restored[0] == restored[1] > 0 and pace < 2
    return measured(__name__, GOAL, found, held, began)


def _filled(spaces: Workspaces) -> Decimal:
    def words(number: int) -> str:  # that cannot be pressed smaller: the file shall be large
        return "购" + hashlib.sha512(str(number).encode()).hexdigest()

    rows = {f"f{n}": spent(f"{n % 997}.{n % 100:02}", summary=words(n)) for n in range(ROWS)}
    spaces.warehouse("school").load([ledger(rows)])
    return sum((row["expense"] for row in rows.values()), Decimal(0))


@contextmanager
def _importing(spaces: Workspaces, acked: dict[str, Decimal]) -> Iterator[None]:
    """Somebody imports a line, and one more, and one more; `acked` tells what was acknowledged."""
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            key, amount = f"k{len(acked)}", Decimal(len(acked)) / 100
            spaces.warehouse("school").load([ledger({key: spent(str(amount))}, sheet=key)])
            acked[key] = amount
            time.sleep(_PAUSE)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


def _backed_up(
    spaces: Workspaces, acked: dict[str, Decimal], number: int
) -> tuple[backups.Backup, bool, float]:
    """A backup, whether it is whole with all that was acknowledged before, and its seconds."""
    began = time.monotonic()
    made = backups.make(
        spaces.warehouse("school"), spaces.data, "by_hand", datetime.now() + timedelta(hours=number)
    )
    took = time.monotonic() - began
    keep = made.folder.rename(spaces.data / f"kept-{number}")  # past the rotation
    made = backups.Backup(keep, None, made.manifest)
    with closing(duckdb.connect(str(keep / DATABASE), read_only=True)) as con:
        sql = "select row_key from ledger where not starts_with(row_key, 'f')"
        keys = {key for (key,) in con.execute(sql).fetchall()}
        (rows,) = con.execute("select count(*) from ledger").fetchall()[0]
    return made, made.is_whole and keys >= acked.keys() - {""} and rows == ROWS + len(keys), took


def _drill(spaces: Workspaces, kept: list[backups.Backup], until: float) -> tuple[int, int]:
    """Each backup, the newest first, in the place of today's data: how many were exact, of how
    many.
    """
    exact = tried = 0
    for made in reversed(kept):
        if time.monotonic() > until:
            break
        deeds.restore(spaces, made, "local", datetime.now() + timedelta(days=1 + tried))
        with spaces.warehouse("school").snapshot() as reader:
            sums = restoring.Moment.of(reader).tables["ledger"].sums
            (own,) = reader.read("select sum(expense) as expense from ledger")
        assert made.manifest
        then = made.manifest.moment.tables["ledger"].sums["expense"]
        exact += Decimal(sums["expense"]) == own["expense"] == Decimal(then)
        tried += 1
    return exact, tried
