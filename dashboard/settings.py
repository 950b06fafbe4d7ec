"""Where things lie and how large they may grow. The only reader of the environment.

Environment: DASHBOARD_DATA (the data folder), DASHBOARD_SHARED (1 where others on the network may
sign in; `serve` sets it), DASHBOARD_UPLOAD_MB (what one upload may weigh, 1 to
1000 megabytes; else 100), DASHBOARD_SESSION_MB (what one visitor may upload within ten minutes;
else 200), DASHBOARD_TODAY (an ISO date that stands in for today, so that a
demonstration or a test reads the same tomorrow).
"""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

VERSION = "0.7.0"  # of the program; CHANGELOG.md says what is in it
ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
RULES = ROOT / "data" / "rules"
SAMPLE = ROOT / "data" / "sample"
PAGES = ROOT / "pages"


_UPLOAD, _SESSION, _LARGEST = 100, 200, 1_000  # megabytes


def upload_megabytes() -> int:
    """DASHBOARD_UPLOAD_MB, where it is a number that can be meant; else 100."""
    named = os.environ.get("DASHBOARD_UPLOAD_MB", "").strip()
    meant = named.isdecimal() and 1 <= int(named) <= _LARGEST
    return int(named) if meant else _UPLOAD


def session_megabytes() -> int:
    """DASHBOARD_SESSION_MB, where it is a number that can be meant; else 200, or two uploads."""
    named = os.environ.get("DASHBOARD_SESSION_MB", "").strip()
    usual = max(_SESSION, 2 * upload_megabytes())
    return int(named) if named.isdecimal() and 1 <= int(named) <= 10 * _LARGEST else usual


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a file may cost; bytes, seconds, counts."""

    upload_bytes: int = field(default_factory=lambda: upload_megabytes() * 2**20)
    child_memory: int = 1536 * 2**20
    child_seconds: int = 60
    zip_entries: int = 2_000
    unpacked_bytes: int = 1_200 * 2**20
    cells: int = 12_000_000
    columns: int = 1_024
    issues_kept: int = 2_000
    question_memory: int = 1280 * 2**20  # of the child that answers a question in SQL
    question_seconds: int = 20
    question_rows: int = 10_000
    union_rows: int = 1_000_000  # of one of the union's tables that a question may read


def data_folder() -> Path:
    """DASHBOARD_DATA, else `data/local` in the project, which git ignores."""
    named = os.environ.get("DASHBOARD_DATA")
    return Path(named).expanduser().absolute() if named else ROOT / "data" / "local"


def is_shared() -> bool:
    """Whether others than who sits at this computer may open the pages: then they sign in."""
    return os.environ.get("DASHBOARD_SHARED") == "1"


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's surroundings. `data` holds the workspaces, one folder each."""

    data: Path = field(default_factory=data_folder)
    limits: Limits = field(default_factory=Limits)
    database_memory: str = "1GB"

    def workspace(self, name: str) -> Path:
        return self.data / name

    @property
    def fonts(self) -> Path:
        """Where a school puts typefaces that its computer lacks."""
        return self.data / "fonts"


def today() -> date:
    """Today, or the day DASHBOARD_TODAY names."""
    named = os.environ.get("DASHBOARD_TODAY")
    return date.fromisoformat(named) if named else date.today()


def user_name() -> str:
    """Who is logged in on this computer, or nothing."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a computer that knows no names
        return ""


def enter_project(data: Path | None) -> None:
    """Stand in the project's folder, where the server looks for its options; name the data."""
    if data:
        os.environ["DASHBOARD_DATA"] = str(data.expanduser().resolve())
    os.chdir(ROOT)


def share(on: bool) -> None:
    """Whether what runs in this process is for others on the network, too: `is_shared`."""
    os.environ["DASHBOARD_SHARED"] = "1" if on else "0"


def child_environment() -> dict[str, str]:
    """What the reading child may know: where Python and the system lie, nothing else."""
    kept = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "LANG", "LC_ALL")
    return {k: os.environ[k] for k in kept if k in os.environ} | {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "2",  # Arrow's threads; each takes room, whatever it does
        "MALLOC_ARENA_MAX": "2",
    }
