"""Other files in a workspace's place: all of them or none, whenever the computer is switched off.

    school.incoming/            beside school/: the files as they shall be
    school.incoming/ready       written last: from here on the exchange is finished, whatever
                                happens, by whoever opens the workspace next

Each step may be done twice; without `ready` the folder is rubbish, and the old files stand. Where
`school/` is a link to another disk, a file is copied there first, and then takes its name.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.errors import WorkspaceBusy
from dashboard.warehouse.ledger import unwritable

_READY = "ready"


def incoming(workspace: Path) -> Path:
    """An empty folder beside the workspace's own; what an earlier exchange left goes. Raises
    WorkspaceBusy where the disk, or a file in its place, forbids it.
    """
    folder = _incoming(workspace)
    if folder.is_file():
        raise WorkspaceBusy("in_the_way", name=folder.name)
    with _told():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
    return folder


def exchange(workspace: Path, gone: Collection[str] = ()) -> None:
    """Put the incoming files into their places; `gone` are names that shall not be there after.

    Nobody may have the database open. Raises WorkspaceBusy where the disk forbids it: then the old
    files stand, or, where some are exchanged already, whoever opens the workspace next finishes.
    """
    with _told():
        _make_ready(_incoming(workspace), gone)
        completed(workspace)


def _make_ready(folder: Path, gone: Collection[str]) -> None:
    come = sorted(file.name for file in folder.iterdir())
    for name in come:
        (folder / name).chmod(0o600)
        flushed(folder / name)
    ready = folder / _READY
    ready.write_text(json.dumps({"come": come, "gone": sorted(gone)}), encoding="utf-8")
    flushed(ready)
    flushed(folder)


def completed(workspace: Path) -> bool:
    """Finish an exchange that was cut off; answers whether there was one.

    To be called before the database is opened.
    """
    folder = _incoming(workspace)
    if (plan := _plan(folder)) is None:
        return False
    left = [name for name in plan["come"] if (folder / name).exists()]
    try:
        _exchanged(folder, workspace, left)
    except OSError:
        if all((folder / name).exists() for name in plan["come"]):  # nothing is exchanged yet
            (folder / _READY).unlink()
        raise
    for name in plan["gone"]:
        (workspace / name).unlink(missing_ok=True)
    flushed(workspace)
    (folder / _READY).unlink()
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _exchanged(folder: Path, workspace: Path, names: Collection[str]) -> None:
    workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in names:
        try:
            (folder / name).replace(workspace / name)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _across(folder / name, workspace / name)


def _across(file: Path, place: Path) -> None:
    """To another disk: no half file ever has the name."""
    aside = place.with_name(f"{place.name}.incoming")
    try:
        shutil.copyfile(file, aside)
        aside.chmod(0o600)
        flushed(aside)
        aside.replace(place)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    file.unlink()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(error) from error


def clear(workspace: Path) -> None:
    """Take away files that never became ready; what is ready is finished first."""
    with _told():
        completed(workspace)
    shutil.rmtree(_incoming(workspace), ignore_errors=True)


def _plan(folder: Path) -> dict[str, list[str]] | None:
    """What is to be done; None where it was not yet ready: a torn note is none."""
    try:
        plan = json.loads((folder / _READY).read_text(encoding="utf-8"))
        return {part: [str(name) for name in plan[part]] for part in ("come", "gone")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _incoming(workspace: Path) -> Path:
    return workspace.with_name(f"{workspace.name}.incoming")


def flushed(path: Path) -> None:
    """On the disk itself, where the system lets a folder be flushed a folder's names, too."""
    if path.is_dir() and os.name != "posix":
        return
    held = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(held)
    finally:
        os.close(held)
