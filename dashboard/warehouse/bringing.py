"""A foreign database file, opened in a process of its own and copied into a clean one.

A crafted or damaged file may end the engine that opens it; here it ends a child, and the server
opens only what the child has written: tables and rows. `python -m dashboard.warehouse.bringing
FROM TO` is that child; it answers with one JSON line.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from dashboard.errors import RefusedBackup
from dashboard.settings import child_environment
from dashboard.warehouse.copying import Content, copied, reading

_LEAST, _PER_SECOND = 60, 2 * 2**20  # seconds for any file; bytes that are copied in one at least


def brought(source: Path, target: Path) -> dict[str, Content]:
    """Every table of `source` in the new file `target`; answers what they hold.

    Raises RefusedBackup "backup_damaged" where the file cannot be read to its end in time.
    """
    command = [sys.executable, "-m", __name__, str(source), str(target)]
    patience = _LEAST + source.stat().st_size // _PER_SECOND
    try:
        done = subprocess.run(
            command, capture_output=True, env=child_environment(), timeout=patience, check=True
        )
        held = json.loads(done.stdout)
        return {name: Content(**content) for name, content in held.items()}
    except (subprocess.SubprocessError, ValueError, TypeError) as failure:
        with suppress(OSError):
            target.unlink()
        raise RefusedBackup("backup_damaged", name=source.parent.name) from failure


def _bring(source: Path, target: Path) -> None:
    with _reachable(source, target) as near, reading(near) as reader:
        held = copied(reader, target)
    sys.stdout.write(json.dumps({name: asdict(content) for name, content in held.items()}))


@contextmanager
def _reachable(source: Path, target: Path) -> Iterator[Path]:
    """A path with a ? in it is none to the engine: then a copy beside the target, which goes."""
    if "?" not in str(source):
        yield source
        return
    near = target.with_name("arriving")
    try:
        shutil.copyfile(source, near)
        yield near
    finally:
        near.unlink(missing_ok=True)


if __name__ == "__main__":
    _bring(Path(sys.argv[1]), Path(sys.argv[2]))
