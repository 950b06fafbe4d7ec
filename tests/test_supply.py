"""What is installed is what was tested, byte for byte, and every part of it is on a list."""

from __future__ import annotations

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.supply import bill, licences, lock
from deploy.supply.pins import Pin, pins
from deploy.supply.wheels import places

ROOT = Path(__file__).resolve().parent.parent
STEMS = (lock.RUN, lock.TEST)
ALL = [pin for stem in STEMS for pin in pins(ROOT / f"{stem}.txt")]
HERE = [pin for pin in ALL if pin.applies()]
everything_here = pytest.mark.skipif(
    not all(pin.applies() for pin in pins(ROOT / f"{lock.RUN}.txt")),
    reason="the lists are made where every package is installed",
)


@pytest.mark.parametrize("pin", ALL, ids=lambda pin: pin.name)
def test_every_package_is_pinned_to_bytes(pin: Pin) -> None:
    assert pin.hashes
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in pin.hashes)


@pytest.mark.parametrize("stem", STEMS)
def test_what_is_wanted_is_what_is_pinned_and_its_reason_goes_along(stem: str) -> None:
    pinned = {(pin.name, pin.version, pin.why) for pin in pins(ROOT / f"{stem}.txt")}
    wanted = pins(ROOT / f"{stem}.in")
    assert wanted
    assert {(pin.name, pin.version, pin.why) for pin in wanted} <= pinned
    assert all(pin.why for pin in ALL)


def test_no_package_is_pinned_twice() -> None:
    names = [pin.name for pin in ALL]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("pin", HERE, ids=lambda pin: pin.name)
def test_what_is_installed_is_what_is_pinned(pin: Pin) -> None:
    assert version(pin.name) == pin.version


def test_whatever_a_package_needs_is_pinned_too() -> None:
    names = {pin.name for pin in ALL}
    assert {name for pin in HERE for name in needed(pin.name)} <= names


def needed(name: str) -> set[str]:
    """What a package needs on this computer, extras left out."""
    wants = map(Requirement, distribution(name).requires or ())
    return {
        canonicalize_name(want.name)
        for want in wants
        if not want.marker or want.marker.evaluate({"extra": ""})
    }


@pytest.mark.parametrize("stem", STEMS)
def test_the_files_name_no_place_to_fetch_from(stem: str) -> None:
    for file in (f"{stem}.in", f"{stem}.txt"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host", text)


WHEELS: tuple[tuple[str, set[tuple[str, int]]], ...] = (
    ("a-1-cp312-cp312-win_amd64.whl", {("Windows x64", 12)}),
    ("a-1-cp312-cp312-musllinux_1_2_x86_64.whl", set()),
    ("a-1-cp312-cp312t-win_amd64.whl", set()),
    ("a-1-cp313-abi3-macosx_11_0_arm64.whl", {("macOS arm64", x) for x in (13, 14, 15)}),
    ("a-1-cp311-cp311-macosx_10_9_universal2.whl", {("macOS arm64", 11), ("macOS x64", 11)}),
    ("a-1-cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl", {("Linux aarch64", 11)}),
    ("a-1-py3-none-win32.whl", set()),
)


@pytest.mark.parametrize(("file", "expected"), WHEELS)
def test_a_wheels_name_says_where_it_runs(file: str, expected: set[tuple[str, int]]) -> None:
    assert places(file) == expected


def test_a_wheel_for_all_runs_on_all() -> None:
    assert len(places("a-1-py3-none-any.whl")) == 25


def test_a_platform_without_a_wheel_is_named() -> None:
    wheels = {"a-1-cp311-abi3-win_amd64.whl": "sha256:0"}
    windows_only = Pin("a", "1", "", "sys_platform == 'win32'")
    assert lock._with_hashes(windows_only, wheels).hashes == ("sha256:0",)
    with pytest.raises(SystemExit, match=r"a 1 has no wheel for macOS arm64 3\.11"):
        lock._with_hashes(Pin("a", "1", ""), wheels)


# --- the lists


@everything_here
def test_the_bill_of_material_is_up_to_date() -> None:
    assert bill.BILL.read_text(encoding="utf-8") == bill.text(), "run: python -m deploy.supply list"


@everything_here
def test_the_list_of_licences_is_up_to_date() -> None:
    assert licences.LICENCES.read_text(encoding="utf-8") == licences.text(), (
        "run: python -m deploy.supply list"
    )


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bill.BILL.read_text(encoding="utf-8"))
    return found


def test_the_bill_names_every_package_once_and_each_that_is_needed(
    document: dict[str, Any],
) -> None:
    names = [one["bom-ref"] for one in document["components"]]
    assert len(names) == len(set(names)) == len(pins(ROOT / "requirements.txt"))
    referred = {ref for one in document["dependencies"] for ref in one["dependsOn"]}
    assert referred <= set(names)
    assert set(names) <= referred  # nothing came along for nobody


def test_the_bill_says_nothing_of_this_computer_and_no_address(document: dict[str, Any]) -> None:
    text = json.dumps({key: value for key, value in document.items() if key != "$schema"})
    assert "://" not in text
    assert str(Path.home()) not in text
    assert str(ROOT) not in text


def test_no_licence_forbids_what_a_school_does() -> None:
    rows = licences.LICENCES.read_text(encoding="utf-8").splitlines()
    terms = {row.split(" | ")[2] for row in rows if row.startswith("| ")}
    copyleft = {term for term in terms if re.search(r"\b[AL]?GPL|SSPL|BUSL", term)}
    assert copyleft == {"GPL-3.0-or-later WITH GCC-exception-3.1", "LGPL-2.1-or-later"}


def test_a_licence_told_in_words_must_be_written_down(tmp_path: Path) -> None:
    info = tmp_path / "wordy-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: wordy\nVersion: 1\nLicense: Do what you like, friend\n")
    with pytest.raises(ValueError, match="write it down"):
        bill.licence("wordy", Distribution.at(info))


def test_an_absent_package_is_no_reason_to_guess() -> None:
    with pytest.raises((PackageNotFoundError, KeyError)):
        bill._component(Pin("nobody-has-this", "1", ""), set())
