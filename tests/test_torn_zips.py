"""A zip that is torn, forged or unpacked on a full disk is refused in the right words."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from errno import EACCES, ENOSPC
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from kept import spending

from dashboard.errors import RefusedBackup
from dashboard.keeping import carrying, deeds, manifest
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import DATABASE, Manifest
from dashboard.workspaces import Workspaces

METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    with spending(tmp_path, monkeypatch, a="12.34") as found:
        yield found


@pytest.fixture
def backup(spaces: Workspaces) -> Backup:
    return deeds.back_up(spaces, "local", at=datetime(2026, 3, 4, 12))


def packed(backup: Backup, method: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for path in sorted(backup.folder.iterdir()):
            archive.write(path, path.name)
    return file.getvalue()


def refused(spaces: Workspaces, data: bytes) -> str:
    with (
        pytest.raises(RefusedBackup) as found,
        carrying.unpacked(spaces.data, BytesIO(data), "x.zip"),
    ):
        pass
    assert not list(spaces.data.glob("restore-*"))
    return found.value.code


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", [DATABASE, manifest.NAME])
def test_a_torn_member_is_a_damaged_backup(
    spaces: Workspaces, backup: Backup, method: int, name: str
) -> None:
    whole = bytearray(packed(backup, method))
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        member = archive.getinfo(name)
    begin = member.header_offset + 30 + len(name)
    for place in (begin + 1, begin + member.compress_size // 2):
        torn = bytearray(whole)
        for n in range(place, place + 20):
            torn[n] ^= 0xFF
        assert refused(spaces, bytes(torn)) == "backup_damaged"


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_short_is_damaged(
    spaces: Workspaces, backup: Backup, part: float
) -> None:
    whole = packed(backup, zipfile.ZIP_DEFLATED)
    assert refused(spaces, whole[: int(len(whole) * part)]) == "backup_damaged"


@pytest.mark.parametrize(("errno", "code"), [(ENOSPC, "unpack_space"), (EACCES, "unpack_failed")])
def test_a_disk_that_fails_under_it_is_not_a_damaged_backup(
    spaces: Workspaces, backup: Backup, errno: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno, "the disk")

    monkeypatch.setattr(carrying, "_take", fails)
    assert refused(spaces, packed(backup, zipfile.ZIP_DEFLATED)) == code


FORGED: dict[str, Any] = {
    "rows": {"ledger": {"rows": "abc"}},
    "sums": {"ledger": {"rows": 1, "sums": None}},
    "amount": {"ledger": {"rows": 1, "sums": {"expense": "abc"}}},
    "endless": {"ledger": {"rows": 1, "sums": {"expense": "NaN"}}},
    "checksum": {"ledger": {"rows": 1, "sums": {}, "checksum": 5}},
}


@pytest.mark.parametrize("name", FORGED)
def test_tables_of_no_backup_are_none_of_ours(backup: Backup, name: str) -> None:
    path = backup.folder / manifest.NAME
    held = json.loads(path.read_text("utf-8"))
    held["moment"]["tables"] = FORGED[name]
    path.write_text(json.dumps(held), "utf-8")
    assert Manifest.read(backup.folder) is None


@pytest.mark.parametrize("words", ["9" * 5000 + ".1", 5, None])
def test_a_version_without_end_is_none(backup: Backup, words: object) -> None:
    path = backup.folder / manifest.NAME
    held = json.loads(path.read_text("utf-8")) | {"engine": words}
    path.write_text(json.dumps(held), "utf-8")
    assert Manifest.read(backup.folder) is None


def test_a_manifest_nested_without_end_is_none(backup: Backup) -> None:
    (backup.folder / manifest.NAME).write_text("[" * 200_000)
    assert Manifest.read(backup.folder) is None
