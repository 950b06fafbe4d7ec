"""`python -m dashboard …`: for those who automate, and for checking.

Exit 0 on success, 2 with one clear line on a refusal. With --json one document goes to standard
output and nothing else.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from dashboard import (
    backing,
    checks,
    deeds,
    handing,
    handout,
    ingest,
    lines,
    personal,
    planning,
    surroundings,
    undoing,
    users,
    verifying,
)
from dashboard.contracts import dataset
from dashboard.documents import (
    add_comparison,
    add_doubts,
    add_outcome,
    file_document,
    metric_document,
    plain,
)
from dashboard.errors import DashboardError, RefusedFile, RefusedRequest, cause
from dashboard.importing import read
from dashboard.importing.report import FileReport
from dashboard.keeping import words as kept
from dashboard.kpis import KPIS, counted, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.model import Result
from dashboard.schema import Mode
from dashboard.settings import Settings, data_folder, today, user_name
from dashboard.text import Lang
from dashboard.views import view
from dashboard.warehouse import settings
from dashboard.workspaces import Workspaces

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    data = getattr(options, "data", None) or data_folder()
    try:
        return _run(options, data.absolute())
    except DashboardError as refusal:
        print(kept.refused(refusal, data)(_lang(options)), file=sys.stderr)
    except BrokenPipeError:  # `… | head`: who listened has heard enough
        surroundings.unheard()
        return 0
    except (OSError, UnicodeError) as failure:
        log.info("refused by the system", exc_info=failure)
        print(surroundings.refused(failure, data).message(_lang(options)), file=sys.stderr)
    return 2


def _run(options: argparse.Namespace, data: Path) -> int:
    surroundings.check_today()
    if "data" in options:
        surroundings.checked(data)
    code = int(options.run(options))
    surroundings.flushed()
    return code


def _lang(options: argparse.Namespace) -> Lang:
    return "en" if options.lang == "en" else "zh"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="工会数据看板")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, words in (
        ("serve", _serve, "启动看板 / serve the dashboard"),
        ("inspect", _inspect, "读文件，不保存 / read files without storing them"),
        ("import", _import, "读文件并保存 / read files and store them"),
        ("history", undoing.history, "导入记录 / what was imported"),
        ("undo", undoing.undo, "撤销一次导入 / take an import back"),
        ("metrics", _metrics, "列出全部指标 / list every figure"),
        ("template", handout.run, "空白模板 / an empty workbook to fill in"),
        ("plan", planning.run, "工作计划读成条目 / the items of a work plan as text"),
        ("export", handing.run, "会议材料 / slides, report, workbook for a meeting"),
        ("backup", backing.backup, "备份 / back up the school's data"),
        ("restore", backing.restore, "恢复备份 / bring a backup back"),
        ("archive", backing.archive, "长期存档 / plain files for twenty years"),
        ("users", users.run, "账号 / who may sign in"),
        ("person", personal.run, "一个人的信息 / what is held about one person"),
        ("verify", verifying.run, "核对记录是否完好 / whether what is kept is whole"),
    ):
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        command.add_argument("--lang", choices=("zh", "en"), default="zh")
        _ARGUMENTS[name](command)
    return parser


def _serve_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8501)
    command.add_argument("--host", default=None, help="默认只限本机 / default: this computer")
    command.add_argument(
        "--share", action="store_true", help="向局域网共享，需账号登录 / people sign in"
    )
    command.add_argument(
        "--name", action="append", default=[], metavar="HOSTNAME", help="共享时的名称 / its names"
    )
    command.add_argument(
        "--tls", action="store_true", help="在本机 TLS 代理之后 / behind a TLS proxy here"
    )
    command.add_argument("--no-browser", action="store_true")
    command.add_argument("--data", type=Path, default=None)


def _inspect_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--json", action="store_true")


def _import_arguments(command: argparse.ArgumentParser) -> None:
    _inspect_arguments(command)
    command.add_argument("--data", type=Path, default=None)
    command.add_argument("--dataset", default=None)
    command.add_argument("--as-of", default=None, metavar="DATE")
    command.add_argument(
        "--mode",
        choices=get_args(Mode),
        default="merge",
        help="更新补充、整段替换、全部另加 / update and add, replace the period, add every row",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="只比较，不保存 / compare, store nothing"
    )


_ARGUMENTS = {
    "serve": _serve_arguments,
    "inspect": _inspect_arguments,
    "import": _import_arguments,
    "history": undoing.history_arguments,
    "undo": undoing.undo_arguments,
    "metrics": handing.view_arguments,
    "template": handout.arguments,
    "plan": planning.arguments,
    "export": handing.arguments,
    "backup": backing.backup_arguments,
    "restore": backing.restore_arguments,
    "archive": backing.archive_arguments,
    "users": users.arguments,
    "person": personal.arguments,
    "verify": verifying.arguments,
}


# -- serve ------------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    from dashboard.serve import Sharing, serve  # the server's packages take seconds to import

    sharing = Sharing(options.host, options.share, tuple(options.name), options.tls)
    return serve(sharing, options.port, options.data, browser=not options.no_browser)


# -- reading ----------------------------------------------------------------------------------


def _read_all(options: argparse.Namespace, **given: Any) -> list[FileReport]:
    return [_read(path, **given) for path in options.files]


def _read(path: Path, **given: Any) -> FileReport:
    """A file that is not there is refused like any other, so the others are still told of."""
    try:
        return read(ingest.bytes_of(path), path.name, **given)
    except RefusedFile as refusal:
        return FileReport(path.name, "", "unknown", refused=(refusal.code, refusal.message))


def _inspect(options: argparse.Namespace) -> int:
    lang = _lang(options)
    found = _read_all(options)
    documents = [file_document(report, lang) for report in found]
    if options.json:
        _print_json(documents[0] if len(documents) == 1 else documents)
    else:
        print("\n".join(lines.file(report, lang) for report in found))
    refused = [report.refused[1](lang) for report in found if report.refused]
    if refused:
        print(refused[0], file=sys.stderr)
    return 2 if len(refused) == len(found) else 0


def _import(options: argparse.Namespace) -> int:
    if options.dataset:
        dataset(options.dataset)  # an unknown one is refused before anything is read
    found = _read_all(options, dataset=options.dataset, as_of=_day(options.as_of))
    with _workspaces(options.data) as spaces:
        if options.dry_run:
            return _compare(options, spaces, found)
        return _store(options, spaces, found)


def _store(options: argparse.Namespace, spaces: Workspaces, found: list[FileReport]) -> int:
    lang, warehouse = _lang(options), spaces.warehouse("school")
    stored = ingest.store(warehouse, found, options.mode, user_name())
    deeds.imported(options.data or data_folder(), "local", stored)
    try:
        spaces.enter("school")
    except OSError as failure:  # what was stored stands, and is told
        print(lines.NOT_SHOWN.format(reason=cause(failure))(lang), file=sys.stderr)
    doubts = checks.doubts(warehouse, today())
    documents = [file_document(report, lang) for report in found]
    for document in documents:
        add_outcome(document, stored)
        add_doubts(document, doubts, lang)
    told = [lines.file(report, lang) for report in found] + lines.outcome(stored)
    return _print_all(options, documents, told)


def _compare(options: argparse.Namespace, spaces: Workspaces, found: list[FileReport]) -> int:
    lang = _lang(options)
    comparison = ingest.compare(spaces.warehouse("school"), found, options.mode)
    documents = [file_document(report, lang) for report in found]
    for document in documents:
        add_comparison(document, comparison)
    told = [lines.file(report, lang) for report in found]
    return _print_all(options, documents, told + lines.comparison(comparison, lang))


def _print_all(options: argparse.Namespace, documents: list[Any], told: list[str]) -> int:
    if options.json:
        _print_json(documents[0] if len(documents) == 1 else documents)
    else:
        print("\n".join(told))
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedRequest("unknown_date", name=text) from None


def _workspaces(data: Path | None) -> Workspaces:
    usual = Settings()
    return Workspaces(replace(usual, data=data.resolve()) if data else usual)


# -- figures ----------------------------------------------------------------------------------


def _metrics(options: argparse.Namespace) -> int:
    lang = _lang(options)
    with _workspaces(options.data or data_folder()) as spaces:
        if options.demo:
            spaces.ensure_demo(read)
        warehouse = spaces.warehouse("demo" if options.demo else "school")
        sys.stderr.write(lines.doubts(warehouse.verified, lang))
        results = _results(warehouse, options)
    if options.json:
        _print_json([metric_document(result, lang) for result in results])
    else:
        print("\n".join(lines.metric(result, lang) for result in results))
    return 0


def _results(warehouse: Any, options: argparse.Namespace) -> list[Result]:
    """As the school counts and aims, so that they are the figures of its screens."""
    with warehouse.snapshot() as reader:
        school = settings(reader)
        filters = view(reader, school, options.period, options.by, today())
        wanted = [counted(name, school.variants) for name in KPIS]
        return evaluate_all(reader, filters, targets.of(school), wanted)


def _print_json(document: object) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, default=plain) + "\n")
