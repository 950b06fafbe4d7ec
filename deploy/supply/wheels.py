"""Which computers a wheel is for, told by its file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packaging.tags import Tag
from packaging.utils import parse_wheel_filename

PYTHONS = (11, 12, 13)  # of 3.x: what is promised
LATER = (14, 15)  # taken along where there are wheels


@dataclass(frozen=True, slots=True)
class Platform:
    """A kind of computer, its wheels' platform tags, and what a marker asks about it."""

    name: str
    tags: re.Pattern[str]
    system: str
    machine: str
    family: str = "posix"

    def surroundings(self, python: int) -> dict[str, str]:
        """What a marker is evaluated with."""
        systems = {"win32": "Windows", "darwin": "Darwin", "linux": "Linux"}
        return {
            "sys_platform": self.system,
            "platform_system": systems[self.system],
            "platform_machine": self.machine,
            "os_name": self.family,
            "python_version": f"3.{python}",
            "python_full_version": f"3.{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }


PLATFORMS = (
    Platform("Windows x64", re.compile(r"win_amd64"), "win32", "AMD64", "nt"),
    Platform("macOS arm64", re.compile(r"macosx_\d+_\d+_(arm64|universal2)"), "darwin", "arm64"),
    Platform("macOS x64", re.compile(r"macosx_\d+_\d+_(x86_64|universal2)"), "darwin", "x86_64"),
    Platform("Linux x86_64", re.compile(r"manylinux\w+_x86_64"), "linux", "x86_64"),
    Platform("Linux aarch64", re.compile(r"manylinux\w+_aarch64"), "linux", "aarch64"),
)


def places(file: str) -> set[tuple[str, int]]:
    """The (platform, 3.x) a wheel can be installed on."""
    _, _, _, tags = parse_wheel_filename(file)
    return {place for tag in tags for place in _places_of(tag)}


def _places_of(tag: Tag) -> Iterator[tuple[str, int]]:
    for platform in PLATFORMS:
        if tag.platform == "any" or platform.tags.fullmatch(tag.platform):
            yield from ((platform.name, x) for x in (*PYTHONS, *LATER) if _runs(tag, x))


def _runs(tag: Tag, python: int) -> bool:
    """An ABI of its own needs that very Python, the stable one that Python or a later one."""
    if tag.interpreter in ("py3", f"py3{python}"):
        return tag.abi == "none"
    oldest = re.fullmatch(r"cp3(\d+)", tag.interpreter)
    if not oldest:
        return False
    if tag.abi == "abi3":
        return int(oldest[1]) <= python
    return int(oldest[1]) == python and tag.abi in (f"cp3{python}", "none")


def glibc(files: Iterable[str]) -> int:
    """The oldest glibc 2.x that one of the Linux wheels works with; 0 of none."""
    old = {"manylinux1": 5, "manylinux2010": 12, "manylinux2014": 17}
    found = [
        int(new[1]) if new else old[tag.platform.partition("_")[0]]
        for file in files
        for tag in parse_wheel_filename(file)[3]
        if tag.platform.startswith("manylinux")
        for new in [re.match(r"manylinux_2_(\d+)_", tag.platform)]
    ]
    return min(found, default=0)
