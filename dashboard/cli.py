"""`python -m dashboard …`: for those who automate, and for checking.

Exit 0 on success, 2 with one clear line on a refusal. With --json one document goes to standard
output and nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dashboard import checks, ingest, reports
from dashboard.contracts import dataset
from dashboard.documents import add_doubts, add_outcome, file_document, metric_document, plain
from dashboard.errors import DashboardError, RefusedFile, RefusedRequest
from dashboard.filters import Filters
from dashboard.importing import read
from dashboard.importing.report import FileReport
from dashboard.kpis import KPIS, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.model import Result
from dashboard.periods import parse
from dashboard.settings import Settings, data_folder, today
from dashboard.text import DASH, Lang, money, number, percent
from dashboard.workspaces import Workspaces


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DashboardError as refusal:
        print(refusal.message(_lang(options)), file=sys.stderr)
        return 2


def _lang(options: argparse.Namespace) -> Lang:
    return "en" if options.lang == "en" else "zh"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="工会数据看板")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, words in (
        ("serve", _serve, "启动看板 / serve the dashboard"),
        ("inspect", _inspect, "读文件，不保存 / read files without storing them"),
        ("import", _import, "读文件并保存 / read files and store them"),
        ("metrics", _metrics, "列出全部指标 / list every figure"),
    ):
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        command.add_argument("--lang", choices=("zh", "en"), default="zh")
        _ARGUMENTS[name](command)
    return parser


def _serve_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8501)
    command.add_argument(
        "--host", default="127.0.0.1", help="默认只限本机 / default: this computer"
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


def _metrics_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=None)
    command.add_argument("--period", default=None, help="2017 | 2017-09:2018-07 | 2016-2017 | …")
    command.add_argument("--department", default=None)
    command.add_argument("--demo", action="store_true", help="演示数据 / the sample school")
    command.add_argument("--json", action="store_true")


_ARGUMENTS = {
    "serve": _serve_arguments,
    "inspect": _inspect_arguments,
    "import": _import_arguments,
    "metrics": _metrics_arguments,
}


# -- serve ------------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    from dashboard.serve import serve  # the server's packages take seconds to import

    return serve(options.host, options.port, options.data, browser=not options.no_browser)


# -- reading ----------------------------------------------------------------------------------


def _read_all(options: argparse.Namespace, **given: Any) -> list[FileReport]:
    return [_read(path, **given) for path in options.files]


def _read(path: Path, **given: Any) -> FileReport:
    """A file that is not there is refused like any other, so the others are still told of."""
    try:
        return read(path.read_bytes(), path.name, **given)
    except OSError:
        refusal = RefusedFile("missing_file", file=path)
        return FileReport(path.name, "", "unknown", refused=(refusal.code, refusal.message))


def _inspect(options: argparse.Namespace) -> int:
    lang = _lang(options)
    found = _read_all(options)
    documents = [file_document(report, lang) for report in found]
    if options.json:
        _print_json(documents[0] if len(documents) == 1 else documents)
    else:
        print("\n".join(_file_lines(report, lang) for report in found))
    refused = [report.refused[1](lang) for report in found if report.refused]
    if refused:
        print(refused[0], file=sys.stderr)
    return 2 if len(refused) == len(found) else 0


def _file_lines(report: FileReport, lang: Lang) -> str:
    if report.refused:
        return f"{report.file}: {report.refused[1](lang)}"
    lines = [f"{report.file} ({report.kind}{', ' + report.encoding if report.encoding else ''})"]
    for sheet in report.sheets:
        counts = " ".join(f"{name}={n}" for name, n in sheet.counts.items() if n)
        lines.append(f"  {sheet.name}: {sheet.dataset or DASH}  {counts}")
        lines += [
            f"    {i.cell or ''} {i.message(lang)}  {i.remedy(lang)}"
            for i in sheet.issues
            if i.severity != "info"
        ]
    return "\n".join(lines)


def _import(options: argparse.Namespace) -> int:
    lang = _lang(options)
    if options.dataset:
        dataset(options.dataset)  # an unknown one is refused before anything is read
    found = _read_all(options, dataset=options.dataset, as_of=_day(options.as_of))
    with _workspaces(options.data) as spaces:
        warehouse = spaces.warehouse("school")
        stored = ingest.store(warehouse, found)
        spaces.enter("school")
        doubts = checks.doubts(warehouse, today())
    documents = [file_document(report, lang) for report in found]
    for document in documents:
        add_outcome(document, stored)
        add_doubts(document, doubts, lang)
    if options.json:
        _print_json(documents[0] if len(documents) == 1 else documents)
    else:
        print("\n".join(_file_lines(report, lang) for report in found))
        print(
            "\n".join(
                f"{s.file} / {s.sheet}: +{s.added} ~{s.changed} ={s.unchanged}"
                for s in stored.sheets
            )
        )
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedRequest("unknown_date", name=text) from None


def _workspaces(data: Path | None) -> Workspaces:
    settings = Settings()
    return Workspaces(replace(settings, data=data.resolve()) if data else settings)


# -- figures ----------------------------------------------------------------------------------


def _metrics(options: argparse.Namespace) -> int:
    lang = _lang(options)
    with _workspaces(options.data or data_folder()) as spaces:
        if options.demo:
            spaces.ensure_demo(read)
        results = _results(spaces.warehouse("demo" if options.demo else "school"), options)
    if options.json:
        _print_json([metric_document(result, lang) for result in results])
    else:
        print("\n".join(_metric_line(result, lang) for result in results))
    return 0


def _results(warehouse: Any, options: argparse.Namespace) -> list[Result]:
    with warehouse.snapshot() as reader:
        period = (
            parse(options.period) if options.period else reports.default_period(reader, today())
        )
        _known_department(reader, options.department)
        filters = Filters(period, today(), options.department)
        return evaluate_all(reader, filters, targets.load(), KPIS.values())


def _known_department(reader: Any, name: str | None) -> None:
    known = reports.departments(reader)
    if name is not None and name not in known:
        raise RefusedRequest("unknown_department", name=name, known="、".join(known) or DASH)


def _metric_line(result: Result, lang: Lang) -> str:
    value, unit = result.now.value, result.kpi.unit
    shown = (
        percent(value)
        if unit == "ratio"
        else money(value, lang)
        if unit.startswith("yuan")
        else number(value)
    )
    why = f"  {result.now.missing(lang)}" if result.now.missing else ""
    parts = f"  {result.now.numerator}/{result.now.denominator}" if result.now.is_ratio else ""
    return f"{result.kpi.label(lang)}: {shown}{parts}{why}"


def _print_json(document: object) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, default=plain) + "\n")
