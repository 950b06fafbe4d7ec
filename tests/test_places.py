"""Places where data should not lie: network drives, synced folders, folders open to others."""

import os
import sys
from pathlib import Path

import pytest

from dashboard.warehouse import places

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="other mounts and modes")
MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
//server/union /mnt/共享\040盘 cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    (tmp_path / "mounts").write_text(MOUNTS, "utf-8")
    return tmp_path / "mounts"


def told(folder: str, mounts: Path) -> str:
    own = (places.ROOT_USER, places.OPEN_TO_OTHERS)
    return " ".join(text.zh for text in places.doubts(Path(folder), mounts) if text not in own)


@POSIX
@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/mnt/共享 盘/data", "cifs"), ("/home/li/data", "nfs4"), ("/home", "nfs4")],
)
def test_a_network_drive_is_a_bad_place(folder: str, kind: str, mounts: Path) -> None:
    assert kind in told(folder, mounts)


@POSIX
@pytest.mark.parametrize("folder", ["/srv/data", "/home/local/data", "/homes/data"])
def test_a_disk_of_ones_own_is_a_good_place(folder: str, mounts: Path) -> None:
    assert told(folder, mounts) == ""


@POSIX
@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("/srv/OneDrive - 实验小学/工会", "OneDrive"),
        ("/srv/我的坚果云/data", "坚果云"),
        ("/srv/坚果云/data", "坚果云"),
        ("/srv/BaiduSyncdisk/data", "百度网盘"),
        ("/srv/Dropbox/data", "Dropbox"),
    ],
)
def test_a_synced_folder_is_a_bad_place(folder: str, name: str, mounts: Path) -> None:
    assert name in told(folder, mounts)


@POSIX
def test_a_folder_open_to_others_is_told_and_then_mended(tmp_path: Path, mounts: Path) -> None:
    folder = tmp_path / "data"
    (folder / "school").mkdir(parents=True)
    (folder / "school" / "dashboard.duckdb").write_text("")
    for path in (folder, folder / "school"):
        path.chmod(0o755)
    (folder / "school" / "dashboard.duckdb").chmod(0o644)
    assert places.OPEN_TO_OTHERS in places.doubts(folder, mounts)
    places.kept_to_oneself(folder)
    modes = [path.stat().st_mode & 0o777 for path in (folder, *sorted(folder.rglob("*")))]
    assert modes == [0o700, 0o700, 0o600]
    assert places.OPEN_TO_OTHERS not in places.doubts(folder, mounts)


@POSIX
def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "theirs").write_text("")
    (tmp_path / "theirs").chmod(0o644)
    (tmp_path / "data" / "link").symlink_to(tmp_path / "theirs")
    places.kept_to_oneself(tmp_path / "data")
    assert (tmp_path / "theirs").stat().st_mode & 0o777 == 0o644


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="not root here")
def test_running_as_root_is_told(tmp_path: Path, mounts: Path) -> None:
    assert places.ROOT_USER in places.doubts(tmp_path, mounts)
