"""Every bad file is answered as its manifest says, in bounded time, by a child that is gone after.

The corpus is made by code (bad_files, bad_workbooks, bad_texts) and read as uploads are read.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bad_texts
import bad_workbooks
import pytest
from bad_files import BAD, Bad
from here import read_here

from dashboard.importing import children, read
from dashboard.importing.confinement import watch
from dashboard.importing.report import COUNTED, FileReport
from dashboard.refusals import REFUSALS
from dashboard.settings import Limits

FAMILIES = (bad_texts, bad_workbooks)  # importing them enters their files
LIMITS = replace(Limits(), child_seconds=40, child_memory=900 * 2**20, cells=300_000)
SLOWEST = 45.0  # seconds; the child has 40 where the machine is busy with other things
REMEDY = ("请", "可以", "重新", "删除", "另存")


@pytest.fixture(scope="module", autouse=True)
def ready() -> Iterator[None]:
    children.prepare()
    yield
    children.dismiss()


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this process and its children would put what they leave."""
    folder = tmp_path_factory.mktemp("left")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setenv(name, str(folder))
        patch.setattr(tempfile, "tempdir", None)
        yield folder


def test_there_are_enough_of_every_family() -> None:
    assert len(BAD) >= 120
    families = {one.family for one in BAD.values()}
    assert families == {"zip", "xlsx", "xls", "xlsb", "ods", "csv", "page", "other", "name"}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_answered_as_it_must_be(name: str, temporary: Path) -> None:
    one = BAD[name]
    data, begun = one.make(), time.monotonic()
    reading = read if may_kill(one) else read_here  # `soak files` reads all of them apart
    report = reading(data, one.upload, limits=LIMITS)
    assert time.monotonic() - begun < SLOWEST
    assert_answered(report, one)
    assert list(temporary.iterdir()) == []


def may_kill(one: Bad) -> bool:
    """What a process may die of, or what only the way in looks at."""
    deadly = {"reader_died", "too_complex"} & set(one.said.refused)
    return bool(deadly) or one.family in ("name", "other", "xls", "xlsb", "zip")


def assert_answered(report: FileReport, one: Bad) -> None:
    if report.refused:
        assert report.refused[0] in one.said.refused
        assert_says_what_to_do(report)
        return
    assert one.said.loaded is not None, sheets_told(report)
    assert sum(sheet.loaded for sheet in report.sheets) == one.said.loaded, sheets_told(report)
    told = {issue.code for sheet in report.sheets for issue in sheet.issues}
    assert set(one.said.issues) <= told, sheets_told(report)
    for sheet in report.sheets:
        assert sheet.counts["rows"] == sum(sheet.counts[part] for part in COUNTED)
        assert_stands_nowhere(one.said.never, str(sheet.rows))
        for issue in sheet.issues:
            assert issue.message.zh
            assert issue.remedy.zh


def sheets_told(report: FileReport) -> list[object]:
    return [
        (sheet.name, sheet.loaded, sheet.dataset, [(i.code, i.cell, i.value) for i in sheet.issues])
        for sheet in report.sheets
    ]


def assert_stands_nowhere(never: tuple[str, ...], stored: str) -> None:
    for text in never:
        assert text not in stored


def assert_says_what_to_do(report: FileReport) -> None:
    """A remedy always, and the limit where one was passed."""
    assert report.refused
    code, message = report.refused
    assert any(word in message.zh for word in REMEDY), message.zh
    assert message.en
    if "{limit}" in REFUSALS[code].zh:
        assert any(mark.isdigit() for mark in message.zh), message.zh


def test_the_server_has_not_grown() -> None:
    """After all of the above in this process; the parts of a report are all it took."""
    before = watch.resident(os.getpid())
    for name in ("xlsx_far_cell", "csv_five_million_commas", "zip_sixty_thousand_entries"):
        read(BAD[name].make(), BAD[name].upload, limits=LIMITS)
    after = watch.resident(os.getpid())
    if before and after:
        assert after - before < 50 * 2**20
