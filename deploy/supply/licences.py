"""docs/licences.md: who made what the dashboard stands on, and under which terms, as a table."""

from __future__ import annotations

from deploy.supply.bill import Component, components
from deploy.supply.bundled import BILLS, Part, parts
from deploy.supply.pins import ROOT, pins

LICENCES = ROOT / "docs" / "licences.md"

HEAD = """\
# Licences · 许可证

Made by `python -m deploy.supply list` from what is pinned and installed; a test fails when it is
out of date. The same parts in CycloneDX: [sbom.cdx.json](sbom.cdx.json). 由命令生成，请勿手改。

All terms allow use, also inside a school's network, without a fee. None is AGPL or SSPL. Two parts
of numpy are under the GPL with the runtime exception (which leaves what uses them free) and the
LGPL (a file of its own that may be exchanged); certifi's list of certificates is under the MPL.
None of them is changed by us. 均可免费使用；没有 AGPL；未改动任何组件。
"""
RUNS = "\n## What runs · 运行所需\n\n| Package | Version | Licence | Why |\n|---|---|---|---|\n"
INSIDE = "\n## Inside those · 随附部分\n\n| In | Part | Licence | Where |\n|---|---|---|---|\n"
BILLED = "\nTheir own bills of material, with every Rust or C part, come with: {names}.\n"
TESTS = "\n## What tests · 测试所需\n\n| Package | Version | Licence | Why |\n|---|---|---|---|\n"


def text() -> str:
    """The whole document."""
    lists = (
        HEAD,
        RUNS + _packages("requirements"),
        INSIDE + "".join(map(_part, parts())),
        BILLED.format(names=", ".join(BILLS)),
        TESTS + _packages("requirements-dev"),
    )
    return "".join(lists)


def _packages(stem: str) -> str:
    direct = [pin.name for pin in pins(ROOT / f"{stem}.in")]
    found = components(stem)
    found.sort(key=lambda one: (one.pin.name not in direct, one.pin.name))
    return "".join(map(_package, found))


def _package(one: Component) -> str:
    return f"| {one.pin.name} | {one.pin.version} | {one.licence} | {one.pin.why} |\n"


def _part(part: Part) -> str:
    name = f"{part.name} {part.version}".strip()
    return f"| {part.inside} | {name} | {part.licence} | {part.note} |\n"


def write() -> None:
    LICENCES.write_text(text(), encoding="utf-8", newline="\n")
