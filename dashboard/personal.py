"""`python -m dashboard person …`: the page 个人信息 for who has only a terminal.

The same functions, the same records. A name typed as an argument stays in the shell's memory of
commands; a staff number says less.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from dashboard import audit
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedRequest
from dashboard.exports import outfile
from dashboard.exports.person import workbook
from dashboard.keeping import backups
from dashboard.persons import allowing, erasing, words
from dashboard.persons.finding import Bearer, Found, called, erasure, is_lone
from dashboard.persons.holding import handed_over
from dashboard.roles import LOCAL
from dashboard.settings import Settings, data_folder
from dashboard.text import Lang, Text
from dashboard.warehouse.erasing import Mention
from dashboard.workspaces import SCHOOL, Workspaces

MENTIONS = Text(
    "提到此姓名的行（{n} 处）一并改写；不是指人的词（如“提高明显”里的“高明”）用 --spare 行号"
    " 保留：",
    "Rows that name somebody so called ({n}) are changed, too; words that are no name are left as"
    " they are by --spare LINE:",
)
NAMESAKES = Text(
    "有同名的人：另有 {n} 处提到此姓名，不改写。要改写，请到“个人信息”页勾选。",
    "There are namesakes: {n} more rows name somebody so called and stay as they are. Tick them on"
    " the page Personal data to change them.",
)
CONFIRM = Text(
    "输入“删除”继续，其他任意键取消：", "Type “delete” to go on, anything else to stop: "
)
_WORDS = ("删除", "delete")
TAKEN = Text("{file}：{n} 项", "{file}: {n} values")


def arguments(command: argparse.ArgumentParser) -> None:
    """One word for each deed, then whom."""
    deeds = command.add_subparsers(required=True, metavar="DEED")
    for name, deed, said, more in (
        ("find", _find, "查找 / who is in the registers", (_json,)),
        ("export", _export, "导出，交给本人 / everything held, for the person", (_out,)),
        ("delete", _delete, "删除 / delete, from every backup too", (_sure,)),
        ("allow", _allow, "删除后重新入职：允许再导入 / let one who is back be imported", ()),
    ):
        one = deeds.add_parser(name, help=said, description=said)
        one.set_defaults(deed=deed)
        one.add_argument("whom", metavar="NUMBER|NAME", help="工号或姓名 / staff number or name")
        one.add_argument("--data", type=Path, default=None)
        one.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
        for add in more:
            add(one)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true")


def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")


def _sure(command: argparse.ArgumentParser) -> None:
    command.add_argument("--yes", action="store_true", help="不再询问 / do not ask")
    command.add_argument(
        "--spare",
        type=int,
        action="append",
        default=[],
        metavar="LINE",
        help="列出的这一行不是指此人，可多次 / a listed line that means nobody",
    )
    command.add_argument(
        "--give-up-backups",
        action="store_true",
        help="无法重写的备份整份移除 / remove backups that cannot be rewritten",
    )


def run(options: argparse.Namespace) -> int:
    """Do the deed and say what came of it. Raises what the deed raises, WorkspaceBusy."""
    deed: Callable[[argparse.Namespace, Workspaces], Iterator[str]] = options.deed
    folder = options.data.expanduser().resolve() if options.data else data_folder()
    with Workspaces(replace(Settings(), data=folder)) as spaces:
        for said in deed(options, spaces):
            sys.stdout.write(f"{said}\n")
            sys.stdout.flush()
    return 0


# -- deeds: each yields what is printed --------------------------------------------------------


def _find(options: argparse.Namespace, spaces: Workspaces) -> Iterator[str]:
    """Everybody who may be meant; noted like a visit to the page."""
    found, bearers = _called(options, spaces)
    audit.opened_page(spaces.data, LOCAL.who, "persons")
    if options.json:
        yield json.dumps([_document(one) for one in bearers], ensure_ascii=False)
    else:
        yield from _listed(found, bearers, options.lang)


def _export(options: argparse.Namespace, spaces: Workspaces) -> Iterator[str]:
    """Refused before anything is told of, where the file cannot be written or is there already."""
    place: Path = options.out
    if place.suffix.lower() != ".xlsx":
        raise RefusedRequest("wrong_ending", file=place.name, ending=".xlsx")
    if place.exists():
        raise RefusedRequest("file_exists", file=place)
    outfile.check(place)
    found, one = _one(options, spaces)
    items = handed_over(spaces, found, [one], LOCAL.who)
    outfile.write(place, workbook(items, options.lang))
    yield TAKEN.format(file=place, n=len(items))(options.lang)


def _delete(options: argparse.Namespace, spaces: Workspaces) -> Iterator[str]:
    """What will go, then, confirmed, the thing itself. Raises as `erasing.delete`."""
    found, one = _one(options, spaces)
    meant = _meant(options, found, one)
    yield from _foretold(spaces, found, one, options.lang)
    if not options.yes and not _confirmed(options.lang):
        raise RefusedRequest("not_deleted")
    wanted = erasure(found, [one], meant, erasing.instead())
    done = erasing.delete(spaces, wanted, LOCAL.who, give_up_backups=options.give_up_backups)
    for said in words.done(done, searched=not wanted.only_there):
        yield said(options.lang)


def _allow(options: argparse.Namespace, spaces: Workspaces) -> Iterator[str]:
    yield allowing.allow(spaces, options.whom, LOCAL.who)(options.lang)


# -- whom --------------------------------------------------------------------------------------


def _called(options: argparse.Namespace, spaces: Workspaces) -> tuple[Found, tuple[Bearer, ...]]:
    with spaces.warehouse(SCHOOL).snapshot() as reader:
        return called(reader, options.whom)


def _one(options: argparse.Namespace, spaces: Workspaces) -> tuple[Found, Bearer]:
    """Raises RefusedRequest "nobody_called"; "several_called", after they are listed."""
    found, bearers = _called(options, spaces)
    if len(bearers) > 1:
        for said in _listed(found, bearers, options.lang):
            sys.stderr.write(f"{said}\n")
        raise RefusedRequest("several_called", words=options.whom, n=len(bearers))
    return found, bearers[0]


def _listed(found: Found, bearers: Sequence[Bearer], lang: Lang) -> Iterator[str]:
    yield from (words.line(one)(lang) for one in bearers)
    for one in found.others:
        if one not in bearers:
            yield f"{words.line(one)(lang)} · {words.OTHERS(lang)}"


def _document(one: Bearer) -> dict[str, object]:
    return {
        "name": one.name,
        "staff_no": one.number,
        "departments": one.departments,
        "rows": one.counts,
        "last": one.last.isoformat() if one.last else None,
    }


# -- before a deletion -------------------------------------------------------------------------


def _meant(options: argparse.Namespace, found: Found, one: Bearer) -> list[Mention]:
    """All but the spared where nobody else is so called; else none. Raises RefusedRequest
    "no_such_line".
    """
    listed = found.mentions if is_lone(found, [one]) else ()
    for line in options.spare:
        if not 1 <= line <= len(listed):
            raise RefusedRequest("no_such_line", n=line)
    return [row for place, row in enumerate(listed, 1) if place not in options.spare]


def _foretold(spaces: Workspaces, found: Found, one: Bearer, lang: Lang) -> Iterator[str]:
    yield from _listed(found, [one], lang)
    yield from (
        f"- {said(lang)}" for said in words.going([one], len(backups.distinct(spaces.data)))
    )
    if not found.mentions:
        return
    lone = is_lone(found, [one])
    yield (MENTIONS if lone else NAMESAKES).format(n=len(found.mentions))(lang)
    for place, row in enumerate(found.mentions if lone else (), 1):
        now, then = words.sides(row)
        yield f"{place:4d}  {DATASETS[row.register].label(lang)}  {now}  →  {then}"


def _confirmed(lang: Lang) -> bool:
    sys.stderr.write(CONFIRM(lang))
    sys.stderr.flush()
    return sys.stdin.readline().strip() in _WORDS
