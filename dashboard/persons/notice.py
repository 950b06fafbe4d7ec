"""What is kept of people, generated from the contracts: docs/personal-data.md."""

from __future__ import annotations

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column, Dataset
from dashboard.persons.retention import Rule, rules
from dashboard.text import Lang, Text

_ON_DELETE: dict[str, Text] = {
    "remove": Text("整行删除", "the row goes"),
    "unname": Text("行保留，姓名改为“已删除人员”", "the row stays, without the name"),
}
_HEAD = Text(
    "| 登记簿 | 保存的项目 | 核对后丢弃 | 删除某人时 | 年限 |",
    "| Register | Kept | Checked, then dropped | When a person is deleted | Years |",
)
_NOTHING = Text("无", "none")


def table(lang: Lang) -> str:
    """One line a register, as Markdown."""
    told = (_line(DATASETS[rule.register], rule, lang) for rule in rules())
    return "\n".join((_HEAD(lang), "|---|---|---|---|---|", *told))


def _line(dataset: Dataset, rule: Rule, lang: Lang) -> str:
    dropped = [column for column in dataset.columns if not column.keep]
    cells = (
        dataset.label(lang),
        _labels(dataset.kept, lang),
        _labels(dropped, lang),
        _ON_DELETE[dataset.on_delete](lang),
        str(rule.years),
    )
    return f"| {' | '.join(cells)} |"


def _labels(columns: tuple[Column, ...] | list[Column], lang: Lang) -> str:
    between = "、" if lang == "zh" else ", "
    return between.join(column.label(lang) for column in columns) or _NOTHING(lang)
