"""What is about a command, and no fault of the program: odd folders, closed and narrow terminals,
names that are none. Each is one plain answer.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from kept import school, spend, without_marts

from dashboard.cli import main
from dashboard.keeping import carrying, deeds

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")


def refused(
    capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 2
) -> tuple[str, str]:
    """What a command says that is refused, in both languages."""
    told = []
    for lang in ("zh", "en"):
        assert main([*map(str, arguments), "--lang", lang]) == code
        told.append(capsys.readouterr().err)
        assert told[-1].strip()
        assert "Traceback" not in told[-1]
    assert told[0] != told[1]
    return told[0], told[1]


# -- the data folder ----------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("name", ["a?b", "a\\b", "\udcff\udcfe"])
@pytest.mark.parametrize("command", [["history"], ["verify"], ["backup"], ["serve"]])
def test_a_name_the_database_cannot_open_is_refused_at_the_start(
    name: str, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, *command, "--data", tmp_path / name)
    assert "换一个名称" in told[0]
    assert not list(tmp_path.iterdir())


@POSIX
@pytest.mark.parametrize("name", ["a?b", "第?次 #1"])
def test_a_good_backup_with_an_odd_name_is_no_damaged_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder and as a zip file."""
    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as spaces:
        spend(spaces, "a", "1")
        made = deeds.back_up(spaces, "local")
        odd = shutil.copytree(made.folder, tmp_path / "odd" / name)
        with (tmp_path / f"{name}.zip").open("wb") as file:
            carrying.zipped(made, file)
        for place in (odd, tmp_path / f"{name}.zip"):
            with carrying.sought(spaces.data, str(place)) as backup:
                assert deeds.restore(spaces, backup, "local").kept
