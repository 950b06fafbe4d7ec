"""What the command line prints for people: plain lines, one thing each."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.importing.report import FileReport
from dashboard.ingest import Stored
from dashboard.kpis.model import Result
from dashboard.text import DASH, Lang, Text, day, money, number, percent
from dashboard.warehouse import (
    REMEDY,
    Comparison,
    Import,
    RowChange,
    SheetComparison,
    Verified,
)

SHOWN = 20  # rows of each kind
_TELLING = {"id", "name", "label", "text"}  # types of fields that say which row it is
SAME = Text(
    "没有任何变化：这些内容都已经在了。", "Nothing would change: all of it is there already."
)
MORE = Text("    … 另有 {n} 行", "    … {n} rows more")
SINCE = Text("与 {day} 的名册相比", "compared with the roster of {day}")
PERIOD = Text("替换 {first} 至 {last}", "replaces {first} to {last}")
BEFORE = Text("这张表 {day} 已导入过", "this sheet was imported on {day}")
NO_IMPORTS = Text("还没有导入过。", "Nothing has been imported yet.")
NOT_SHOWN = Text(
    "已导入，但数据文件夹里的 active 写不进（{reason}）：看板可能仍显示演示数据，请在页面上切换。",
    "It was imported, but active in the data folder cannot be written ({reason}): the dashboard may"
    " still show the demonstration; change to the school's data on its page.",
)
UNDONE = Text("已撤销（{day} {who}）", "undone ({day} {who})")


def file(report: FileReport, lang: Lang) -> str:
    """A file's sheets with what was counted, and each doubt with its cell."""
    if report.refused:
        return f"{report.file}: {report.refused[1](lang)}"
    told = [f"{report.file} ({report.kind}{', ' + report.encoding if report.encoding else ''})"]
    for sheet in report.sheets:
        counts = " ".join(f"{name}={n}" for name, n in sheet.counts.items() if n)
        told.append(f"  {sheet.name}: {sheet.dataset or DASH}  {counts}")
        told += [
            f"    {i.cell or ''} {i.message(lang)}  {i.remedy(lang)}"
            for i in sheet.issues
            if i.severity != "info"
        ]
    return "\n".join(told)


def outcome(stored: Stored) -> list[str]:
    """Each stored sheet: rows added, changed, unchanged, removed."""
    return [
        f"{s.file} / {s.sheet}: +{s.added} ~{s.changed} ={s.unchanged}"
        + (f" -{s.removed}" if s.removed else "")
        + "".join(f"  {text.zh} / {text.en}" for text in s.deleted)
        for s in stored.sheets
    ]


def comparison(found: Comparison, lang: Lang) -> list[str]:
    """What would change: each sheet's counts, then its rows."""
    told = [line for sheet in found.sheets for line in _compared(sheet, lang)]
    return told if found.changed else [*told, SAME(lang)]


def _compared(sheet: SheetComparison, lang: Lang) -> list[str]:
    counts = f"+{sheet.added} ~{sheet.changed} ={sheet.unchanged} -{sheet.vanished}"
    told = [f"{sheet.file} / {sheet.sheet}: {counts}", *_circumstances(sheet, lang)]
    for mark, rows, count in (
        ("+", sheet.added_rows, sheet.added),
        ("~", sheet.changed_rows, sheet.changed),
        ("-", sheet.vanished_rows, sheet.vanished),
    ):
        told += [_row(mark, row, DATASETS[sheet.dataset], lang) for row in rows[:SHOWN]]
        if count > SHOWN:
            told.append(MORE.format(n=count - SHOWN)(lang))
    return told


def _circumstances(sheet: SheetComparison, lang: Lang) -> list[str]:
    told: list[Text] = []
    told += ingest.of_deleted(sheet.stored)
    if sheet.since:
        told.append(SINCE.format(day=sheet.since))
    if sheet.period:
        told.append(PERIOD.format(first=sheet.period[0], last=sheet.period[1]))
    if sheet.imported_at:
        told.append(BEFORE.format(day=day(sheet.imported_at.date())))
    return [f"    {text(lang)}" for text in told]


def _row(mark: str, row: RowChange, dataset: Dataset, lang: Lang) -> str:
    """A row as its register knows it, and what changes in it."""
    changes = [
        f"{dataset.label_of(c.field)(lang)}: "
        f"{_said(c.field, c.before, dataset, lang)} → {_said(c.field, c.after, dataset, lang)}"
        for c in row.changes
    ]
    return f"  {mark} {_named(row, dataset)}  {'; '.join(changes)}".rstrip()


def _named(row: RowChange, dataset: Dataset) -> str:
    """The fields that say which row it is, shortened; of a person no birthday."""
    telling = _TELLING | ({"date"} if dataset.shape == "record" else set())
    names = [column.name for column in dataset.kept if column.type in telling]
    return " ".join(str(row.fields[name]) for name in names if row.fields[name] is not None)[:60]


def _said(name: str, value: object, dataset: Dataset, lang: Lang) -> str:
    codes = next((c.codes for c in dataset.kept if c.name == name), None)
    if value is None:
        return DASH
    return codes.label(str(value))(lang) if codes else str(value)


def history(imports: Sequence[Import], lang: Lang) -> list[str]:
    """Each import, and what became of its sheets."""
    return [_imported(found, lang) for found in imports] or [NO_IMPORTS(lang)]


def _imported(found: Import, lang: Lang) -> str:
    undone = found.undone_at
    when = UNDONE.format(day=day(undone.date()), who=found.undone_by)(lang) if undone else ""
    first = f"#{found.import_id} {found.imported_at:%Y-%m-%d %H:%M} {found.who} {when}".rstrip()
    sheets = [
        f"  {s.file} / {s.sheet}: {s.dataset} {s.mode or DASH}"
        f" +{s.added} ~{s.changed} ={s.unchanged} -{s.removed}  {s.sha256[:12]}"
        for s in found.sheets
    ]
    return "\n".join([first, *sheets])


def doubts(found: Verified, lang: Lang) -> str:
    """What is missing or differs, and what to do; nothing where the data is whole."""
    told = [] if found.whole else [*(one.message for one in found.findings), REMEDY]
    return "".join(f"{one(lang)}\n" for one in told)


def metric(result: Result, lang: Lang) -> str:
    """One figure: its value, n and N, or why there is none."""
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
