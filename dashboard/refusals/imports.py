"""What is said of an import, and of taking it back."""

from __future__ import annotations

from dashboard.text import Text

IMPORTS: dict[str, Text] = {
    "no_dataset": Text(
        "没有认出任何一种台账。请在“对应关系”中指定数据类型，或使用 --dataset。",
        "No sheet matches a known register. Choose its dataset, or use --dataset.",
    ),
    "nothing_to_load": Text(
        "没有一行可以导入。请先处理列出的问题。",
        "Not one row can be loaded. Mend the issues listed first.",
    ),
    "unstorable": Text(
        "工作表“{sheet}”的数据无法保存（{reason}）。本次导入的内容都没有写入。",
        "The rows of sheet {sheet} cannot be stored ({reason}). Nothing of this import was.",
    ),
    "mode_not_offered": Text(
        "“{dataset}”不能用 {name} 方式导入。可用：{known}。",
        "{dataset} cannot be imported with the mode {name}. Known: {known}.",
    ),
    "no_period": Text(
        "工作表“{sheet}”没有一行有日期，不知道该替换哪一段。请改用“更新并补充”。",
        "No row of sheet {sheet} has a date, so what to replace is unknown."
        " Update and add instead.",
    ),
    "already_imported": Text(
        "{file} 的“{sheet}”{when} 已导入过，再加一遍会重复。如需重来，请先撤销那次导入。",
        "Sheet {sheet} of {file} was imported on {when} already; adding it again would double it."
        " To start over, undo that import first.",
    ),
    "unknown_import": Text(
        "没有第 {name} 次导入。请在导入记录中查看编号。",
        "There is no import {name}. Look up its number in the history.",
    ),
    "already_undone": Text(
        "第 {name} 次导入已在 {when} 撤销。", "Import {name} was undone on {when} already."
    ),
    "later_imports": Text(
        "在它之后还有导入：{which}。请先撤销它们，或选择连同它们一起撤销。",
        "There are imports after it: {which}. Undo those first, or undo them together with it.",
    ),
    "before_history": Text(
        "{which} 由旧版本导入，当时没有保存改动前的内容，无法撤销。",
        "{which}: imported by an older version that did not keep what it changed;"
        " it cannot be undone.",
    ),
    "refused_file": Text(
        "{file}：{message}本次导入的内容都没有写入。",
        "{file}: {message} Nothing of this import was stored.",
    ),
}
