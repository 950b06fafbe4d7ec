"""The demonstration, built once in a process as a first start builds it, and laid where needed.

Each of its files goes through a reading child of its own, so building takes ten seconds; copying
what was built takes none. tests/test_browser.py looks at one its server builds.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from dashboard.importing import read
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces


def lay(data: Path) -> Path:
    """The data folder, with the demonstration in it."""
    if not (data / "demo").exists():
        shutil.copytree(_built(), data / "demo")
    return data


@cache
def _built() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with Workspaces(Settings(data=folder)) as spaces:
        spaces.ensure_demo(read)
    return folder / "demo"
