"""The meeting pack: one zip, true to its manifest; a file on the disk whole, or not at all."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import zipfile
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import meetings
import pytest

from dashboard.errors import Cancelled, RefusedRequest
from dashboard.exhibits.model import Cell, Meeting
from dashboard.exports import outfile
from dashboard.exports.pack import ENDINGS, KINDS, Kind, archive, file_name, made, parts
from dashboard.kpis.model import Reading

BUILT = ("pptx", "pdf", "xlsx")


@pytest.fixture(scope="module")
def whole() -> bytes:
    return made(meetings.meeting(), "pack")


def held(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def manifest(data: bytes) -> dict[str, Any]:
    found = json.loads(held(data)["manifest.json"])
    assert isinstance(found, dict)
    return found


# -- what is in it ----------------------------------------------------------------------------


def test_the_pack_holds_slides_report_workbook_tables_and_manifest(whole: bytes) -> None:
    meeting, names = meetings.meeting(), list(held(whole))
    assert names[:3] == [file_name(meeting, kind) for kind in ("pptx", "pdf", "xlsx")]
    assert names[-1] == "manifest.json"
    assert "表格/指标.csv" in names
    assert all(name.startswith("表格/") and name.endswith(".csv") for name in names[3:-1])


def test_each_file_in_it_is_the_file_by_itself(whole: bytes) -> None:
    meeting = meetings.meeting()
    for kind in BUILT:
        assert held(whole)[file_name(meeting, kind)] == made(meeting, kind)


def test_the_manifest_tells_the_digest_and_size_of_every_other_file(whole: bytes) -> None:
    files = held(whole)
    told = {one["file"]: (one["sha256"], one["bytes"]) for one in manifest(whole)["outputs"]}
    assert told == {
        name: (hashlib.sha256(data).hexdigest(), len(data))
        for name, data in files.items()
        if name != "manifest.json"
    }


def test_the_manifest_tells_the_view_the_inputs_and_what_is_hidden(whole: bytes) -> None:
    meeting, told = meetings.meeting(), manifest(whole)
    assert told["filters"] == dict(meeting.view)
    assert (told["as_of"], told["period"], told["language"]) == ("2025-12-31", "2025", "zh")
    assert (told["names"], told["hidden_below"], told["sample_data"]) == ("hidden", 5, False)
    assert told["inputs"][0] == {
        "file": "会员名册.xlsx",
        "sheet": "Sheet1",
        "register": "会员名册",
        "rows": 118,
        "imported": "2025-12-31",
        "sha256": "a" * 64,
    }
    assert len(told["program"]["sha256"]) == 64


def figured(reading: Reading, value: Cell) -> dict[str, Any]:
    """What the manifest says of one figure."""
    one = replace(
        meetings.figure("enrollment_rate", "入会率", value), result=meetings.result(reading)
    )
    meeting = meetings.of(meetings.exhibit(1, "", form="tiles", figures=(one,)))
    (found,) = manifest(archive({"manifest.json": _manifest(meeting)}, meeting))["figures"]
    return dict(found)


def _manifest(meeting: Meeting) -> bytes:
    from dashboard.exports.manifest import manifest

    return manifest(meeting, {})


def test_a_figure_is_told_exactly() -> None:
    found = figured(Reading(118, 120, is_ratio=True), Cell(Fraction(118, 120), "98.3%"))
    assert (found["numerator"], found["denominator"], found["value"]) == ("118", "120", "59/60")
    assert (found["shown"], found["unit"], found["hidden"]) == ("98.3%", "ratio", False)


def test_a_hidden_figure_is_not_told() -> None:
    found = figured(Reading(3, 4, is_ratio=True, hidden=True), Cell(None, "*"))
    assert found["hidden"]
    assert found["shown"] == "*"
    assert [found[name] for name in ("numerator", "denominator", "value", "change")] == [None] * 4


# -- names and bytes --------------------------------------------------------------------------


def test_the_same_meeting_gives_the_same_bytes(whole: bytes) -> None:
    assert made(meetings.meeting(), "pack") == whole
    assert made(meetings.meeting(), "csv") == made(meetings.meeting(), "csv")


def test_names_in_the_zip_are_marked_as_utf_8(whole: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as found:
        entries = found.infolist()
    assert all(one.flag_bits & 0x800 for one in entries if not one.filename.isascii())
    assert {one.date_time for one in entries} == {(2025, 12, 31, 0, 0, 0)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_files_name_says_what_it_is(kind: Kind) -> None:
    meeting = replace(meetings.meeting(), period="2025 年")
    name = file_name(meeting, kind)
    assert name.startswith("工会数据_2025年_语文组_截至2025-12-31")
    assert name.endswith(ENDINGS[kind])
    shown = file_name(replace(meeting, names="shown", is_demo=True), kind)
    assert "含个人信息" in shown
    assert "演示数据" in shown
    assert file_name(meetings.meeting("en"), kind).isascii()


def test_a_files_name_is_valid_on_windows() -> None:
    caption = 'x · CON:<>"/\\|?*\t. · ' + "很长" * 60 + " · y"
    name = file_name(replace(meetings.meeting(), caption=caption), "pdf")
    assert not set(name) & set('<>:"/\\|?*\t ')
    assert len(name) <= 84
    assert not name.removesuffix(".pdf").endswith((".", " "))


def test_every_kind_tells_how_far_it_is_and_stops_where_it_is_told_to() -> None:
    meeting = meetings.meeting()
    for kind in KINDS:
        told: list[str] = []
        made(meeting, kind, step=told.append)
        assert len(list(groupby(told))) == parts(len(meeting.sections), kind)

        def stop(words: str, most: int = len(told) // 2) -> None:
            nonlocal heard
            heard += 1
            if heard > most:
                raise Cancelled

        heard = 0
        with pytest.raises(Cancelled):
            made(meeting, kind, step=stop)


# -- on the disk ------------------------------------------------------------------------------


def test_a_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    outfile.check(tmp_path / "a.zip")
    outfile.write(tmp_path / "a.zip", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.zip", b"new")]


def test_a_name_that_just_fits_is_written(tmp_path: Path) -> None:
    caption = "x · " + "很长的部门名称" * 20 + " · y"
    place = tmp_path / file_name(replace(meetings.meeting(), caption=caption), "pack")
    outfile.check(place)
    outfile.write(place, b"new")
    assert [path.name for path in tmp_path.iterdir()] == [place.name]


@pytest.mark.parametrize("when", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EACCES, "open_elsewhere"), (errno.EIO, "unwritable")],
)
def test_a_failing_disk_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, number: int, code: str
) -> None:
    place = tmp_path / "材料.zip"
    place.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*((os, "fsync") if when == "fsync" else (Path, "replace")), fail)
    with pytest.raises(RefusedRequest, match=code) as refused:
        outfile.write(place, b"new")
    assert str(place) in refused.value.message.zh
    monkeypatch.undo()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("材料.zip", b"old")]


def test_stopped_in_the_middle_of_writing_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        outfile.write(tmp_path / "a.zip", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(RefusedRequest, match="no_folder"):
        outfile.check(tmp_path / "nowhere" / "a.zip")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to_is_refused_before_the_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RefusedRequest, match="open_elsewhere"):
        outfile.check(tmp_path / "a.zip")
