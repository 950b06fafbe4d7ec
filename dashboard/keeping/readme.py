"""What an archive holds, in words drawn from the contracts, for whoever opens it in 20 years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column, Dataset
from dashboard.schema import columns_of
from dashboard.text import Text

_PROVENANCE = ("source_id", "source_row")
_IMPORTS = {
    "source_id": ("INTEGER", Text("来源号，各表 source_id 指向这里", "what source_id points to")),
    "import_id": ("INTEGER", Text("第几次导入", "number of the import")),
    "imported_at": ("TIMESTAMP", Text("导入时间（当地）", "when, local time")),
    "undone_at": ("TIMESTAMP", Text("撤销时间，空为未撤销", "when taken back, if it was")),
    "file": ("VARCHAR", Text("原文件名", "name of the file")),
    "sha256": ("VARCHAR", Text("原文件的指纹", "the file's sha256")),
    "sheet": ("VARCHAR", Text("工作表", "sheet")),
    "dataset": ("VARCHAR", Text("归入哪个登记簿", "register it went to")),
    "as_of": ("DATE", Text("名册日期", "day of the roster")),
    "added": ("INTEGER", Text("新增行数", "rows new")),
    "changed": ("INTEGER", Text("更新行数", "rows changed")),
    "unchanged": ("INTEGER", Text("未变行数", "rows unchanged")),
    "removed": ("INTEGER", Text("移除行数", "rows removed")),
}
_OWN = {
    "as_of": Text("名册日期", "day of the roster"),
    "source_id": Text("来源号，见 imports", "where it came from: see imports"),
    "source_row": Text("原表行号", "row in that sheet"),
}
_TYPES: dict[str, Text] = {
    "VARCHAR": Text("文字", "text"),
    "DATE": Text("日期 年-月-日", "day, year-month-day"),
    "TIMESTAMP": Text("日期和时间", "day and time"),
    "DECIMAL(20,4)": Text("精确小数", "exact decimal"),
    "BIGINT": Text("整数", "whole number"),
    "INTEGER": Text("整数", "whole number"),
    "BOOLEAN": Text("是/否 True/False", "True or False"),
}
_NO_FIELD = frozenset({"row_key", "source_column", "raw"})  # how the program works, no content


def _columns(dataset: Dataset) -> dict[str, str]:
    return {n: kind for n, kind in columns_of(dataset).items() if n not in _NO_FIELD}


# table -> column -> SQL type; and where its rows are
COLUMNS: dict[str, dict[str, str]] = {
    **{name: _columns(dataset) for name, dataset in DATASETS.items()},
    "imports": {name: kind for name, (kind, _) in _IMPORTS.items()},
}
TABLES: dict[str, str] = {
    **{name: f'"{name}"' for name in DATASETS},
    "imports": "sources join imports using (import_id)",
}
_LABELS: dict[str, Text] = {
    **{name: dataset.label for name, dataset in DATASETS.items()},
    "imports": Text("导入记录", "Imports"),
}

_HEAD = Text(
    "工会数据看板 · 长期存档\n{at} 的全部登记簿。每张表有两份：csv/ 里的逗号分隔文本"
    "（UTF-8，Excel、WPS、记事本都能打开）和 parquet/ 里的同样内容。\n"
    "空格子是没有填写。文字以 = + - @ ' 开头的，前面加了一个 '，免得被当成公式；数字原样。\n"
    "身份证号、手机号、银行卡号从未保存，这里也没有。SHA256SUMS 可核对文件是否完好。\n"
    "这些表含个人信息，请锁好。",
    "Union Dashboard: an archive to keep\nEvery register as of {at}. Each table stands here twice:"
    " as comma-separated text in csv/ (UTF-8) and, the same, in parquet/.\n"
    "An empty cell was left empty. Text that begins with = + - @ ' has one ' more in front, so"
    " that no program runs it; numbers are as they were.\n"
    "Identity, telephone and card numbers were never stored and are not here. SHA256SUMS tells"
    " whether the files are whole.\nThese tables tell of persons: keep them locked away.",
)
_ROWS = Text("{n} 行", "{n} rows")


def readme(counts: Mapping[str, int], at: datetime) -> str:
    """Chinese first, then English."""
    return "\r\n".join((*_told(counts, at, "zh"), "", "-" * 72, "", *_told(counts, at, "en"), ""))


def _told(counts: Mapping[str, int], at: datetime, lang: Any) -> list[str]:
    lines = _HEAD.format(at=f"{at:%Y-%m-%d %H:%M}")(lang).splitlines()
    for name, rows in counts.items():
        lines += ["", f"{name}  {_LABELS[name](lang)}  ({_ROWS.format(n=rows)(lang)})"]
        lines += [f"    {column}  {_line(name, column, lang)}" for column in COLUMNS[name]]
    return lines


def _line(table: str, column: str, lang: Any) -> str:
    label, kind = _label(table, column)(lang), _TYPES[COLUMNS[table][column]](lang)
    codes = "; ".join(f"{value} = {word(lang)}" for value, word in _codes(table, column).items())
    return f"{label} [{kind}]" + (f"  {codes}" if codes else "")


def words_of(table: str, column: str) -> dict[str, Any]:
    """A column for programs: label in both languages, SQL type, code list."""
    label = _label(table, column)
    said: dict[str, Any] = {"zh": label.zh, "en": label.en, "type": COLUMNS[table][column]}
    if codes := _codes(table, column):
        said["codes"] = {value: {"zh": w.zh, "en": w.en} for value, w in codes.items()}
    return said


def _label(table: str, column: str) -> Text:
    if table == "imports":
        return _IMPORTS[column][1]
    return _OWN.get(column) or DATASETS[table].label_of(column)


def _codes(table: str, column: str) -> dict[str, Text]:
    found = _column(table, column)
    if found is None or found.codes is None:
        return {}
    return {code.value: code.label for code in found.codes.codes}


def _column(table: str, column: str) -> Column | None:
    if table not in DATASETS:
        return None
    return next((one for one in DATASETS[table].columns if one.name == column), None)
