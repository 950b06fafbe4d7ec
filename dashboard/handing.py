"""`python -m dashboard export KIND`: what goes to a meeting, as files.

The figures are those of the screen, read in one moment. Names stay hidden unless they are asked
for, and asking is recorded. A file is there whole or not at all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dashboard import deeds
from dashboard.answers import Question, answered, asking
from dashboard.contents import found
from dashboard.errors import Cancelled, RefusedRequest
from dashboard.exhibits.meeting import ALL, Item, meeting, order
from dashboard.exhibits.model import Meeting
from dashboard.exports import outfile
from dashboard.exports.pack import ENDINGS, KINDS, Kind, file_name, made, parts
from dashboard.exports.work import Step, Work
from dashboard.importing import read
from dashboard.ingest import bytes_of
from dashboard.roles import Role
from dashboard.settings import Settings, data_folder, today
from dashboard.views import view
from dashboard.warehouse import Warehouse, settings
from dashboard.workspaces import Workspaces

_GLANCE = 0.2  # seconds; on Windows nothing interrupts a longer wait


def view_arguments(command: argparse.ArgumentParser) -> None:
    """What is looked at: of which data, which period, which part."""
    command.add_argument("--data", type=Path, default=None)
    command.add_argument("--period", default=None, help="2017 | 2017-09:2018-07 | 2016-2017 | …")
    command.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="DIMENSION=VALUE",
        help="只看其中一部分，可多次 / narrow to a value, several times: sex=女",
    )
    command.add_argument(
        "--department",
        dest="by",
        action="append",
        type="department={}".format,
        metavar="NAME",
        help="即 --by department=NAME / the same as that",
    )
    command.add_argument("--demo", action="store_true", help="演示数据 / the sample school")
    command.add_argument("--json", action="store_true")


def arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=KINDS, metavar="|".join(KINDS))
    command.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help="文件或文件夹 / a file or a folder"
    )
    view_arguments(command)
    command.add_argument(
        "--names",
        choices=("hidden", "shown"),
        default="hidden",
        help="默认隐去个人信息 / hidden unless told",
    )
    command.add_argument(
        "--pages", default=ALL, metavar="PAGES", help="overview,funds.3 | all（默认 / default）"
    )
    command.add_argument(
        "--template", type=Path, default=None, metavar="FILE", help="学校的 .pptx / your own .pptx"
    )


def run(options: argparse.Namespace) -> int:
    """Make the file and say where it is; stopped with Ctrl-C, it leaves nothing."""
    kind: Kind = options.kind
    if not options.out.is_dir():
        _check_ending(options.out, kind)
        outfile.check(options.out)
    template = _template(options.template)
    items = order(options.pages, found())
    try:
        told, data = _made(options, items, template)
        place = options.out / file_name(told, kind) if options.out.is_dir() else options.out
        outfile.write(place, data)
        folder, names = (options.data or data_folder()).resolve(), told.names == "shown"
        deeds.exported(folder, "local", kind, options.pages, names=names)
    except KeyboardInterrupt:
        raise Cancelled from None
    _print(options, place, told, data)
    return 0


def _check_ending(place: Path, kind: Kind) -> None:
    if place.suffix.lower() != ENDINGS[kind]:
        raise RefusedRequest("wrong_ending", file=place.name, ending=ENDINGS[kind])


def _template(path: Path | None) -> bytes | None:
    return bytes_of(path) if path else None


def _made(
    options: argparse.Namespace, items: Sequence[Item], template: bytes | None
) -> tuple[Meeting, bytes]:
    """The meeting and its file, made beside: in the main thread Ctrl-C would reach the database
    in the middle of a query, which takes it for a fault. Raises what the work does, Cancelled.
    """
    kind: Kind = options.kind
    of = len(items) + parts(len(items), kind)

    def build(step: Step) -> tuple[Meeting, bytes]:
        told = _telling(step, of)
        found = _met(options, items, told)
        return found, made(found, kind, template, told)

    work = Work(build, of)
    while not _ended(work):
        work.cancel()
    if work.result is None:
        raise work.refusal or Cancelled
    return work.result


def _ended(work: Work[tuple[Meeting, bytes]]) -> bool:
    """Wait for it; False where Ctrl-C came first. Its part goes to the end, then it is over."""
    try:
        while not work.wait(_GLANCE):
            pass
    except KeyboardInterrupt:
        return False
    return True


def _met(options: argparse.Namespace, items: Sequence[Item], step: Step) -> Meeting:
    """The meeting as it is asked for; that names leave the house is kept before they do."""
    usual = replace(Settings(), data=(options.data or data_folder()).resolve())
    workspace = "demo" if options.demo else "school"
    with Workspaces(usual) as spaces:
        if options.demo:
            spaces.ensure_demo(read)
        warehouse = spaces.warehouse(workspace)
        found = _meeting(warehouse, items, options, step)
        if found.names == "shown":
            view = "&".join(f"{name}={value}" for name, value in found.view.items())
            view = f"pages={options.pages}&{view}"
            deeds.unmasked(usual.data, "local", options.kind, view, workspace)
        return found


def _meeting(
    warehouse: Warehouse, items: Sequence[Item], options: argparse.Namespace, step: Step
) -> Meeting:
    """All pages in one snapshot, as the school counts and aims."""
    with warehouse.snapshot() as reader:
        filters = view(reader, settings(reader), options.period, options.by, today())
        question = Question(
            folder="",
            workspace="",
            version=0,
            today=filters.today,
            period=filters.period.key,
            chosen=filters.chosen,
            as_of=None,
            lang=options.lang,
            role=Role.OFFICER,  # who sits at this computer
            safe=options.names == "hidden",
            taken=True,
        )
        return meeting(
            items,
            lambda page: answered(reader, asking(page, question)),
            options.lang,
            is_demo=options.demo,
            step=step,
        )


def _telling(step: Step, of: int) -> Step:
    """A line a part for people who wait; a program that reads along wants none."""
    if not sys.stderr.isatty():
        return step
    begun = [""]

    def told(words: str) -> None:
        step(words)
        if words != begun[-1]:
            begun.append(words)
            sys.stderr.write(f"{min(len(begun) - 1, of)}/{of} {words}\n")
            sys.stderr.flush()

    return told


def _print(options: argparse.Namespace, place: Path, told: Meeting, data: bytes) -> None:
    if not options.json:
        sys.stdout.write(f"{place}\n")
        return
    document = {
        "file": str(place),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "names": told.names,
        "as_of": told.as_of.isoformat(),
    }
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
