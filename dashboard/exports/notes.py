"""The notes of a template: for every column whether it is needed, what it takes, an example."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dashboard.contracts.model import Column, Dataset
from dashboard.exports import examples, look, neutral
from dashboard.exports.demands import Demands
from dashboard.exports.look import Looks
from dashboard.importing.aside import SENTENCE
from dashboard.text import Lang, Text

NAME = Text("填写说明", "Notes")
TITLE = Text("{register}：填写说明", "{register}: how to fill it in")
NEEDED = Text("必填", "required")
EITHER = Text("至少填一项", "one of these")
FREE = Text("选填", "optional")
EITHER_OF = Text("{a}、{b}至少填一项", "{a} or {b}")
YUAN = Text("（元）", " (yuan)")
WHAT = {
    "id": Text("照原样写，保留前面的 0", "As it is, with its leading zeros"),
    "name": Text("只写姓名，说明写到备注", "The name alone; anything else is a note"),
    "label": Text("简短的名称，同一事物每次写法相同", "A short name, spelled the same each time"),
    "text": Text("文字，长短不限", "Words, of any length"),
    "date": Text("写成 2026-03-08 这样的日期", "A date such as 2026-03-08"),
    "time": Text("写成 13:05 这样的时刻", "A time of day such as 13:05"),
    "flag": Text("是或否", "是 (yes) or 否 (no)"),
    "period": Text(
        "写明年份：2026年3月、2026年上半年", "With its year: 2026年3月, 2026年上半年, 2026-03"
    ),
    "money": Text("只写数字，单位是元，如 1200.50", "Digits only, in yuan, such as 1200.50"),
    "count": Text("只写整数", "A whole number"),
    "code": Text("从下拉列表中选一个", "One word of the list"),
}
BLANK = Text("空着按“{word}”记", "left empty means {word}")
LINES = (
    Text(
        "在第一张工作表填写，一行一条，保存后直接上传这个文件。",
        "Fill in the first sheet, one line each; save, and upload this file.",
    ),
    Text(
        "深色表头要填，浅色可以空着；请不要改动表头的文字。没有用的列可以删除。",
        "Dark headers must be filled, pale ones may stay empty. Keep their words; columns you do"
        " not need may be deleted.",
    ),
)
AS_OF = Text(
    "“截止日期”是名册开始有效的那一天；空着时，上传后会请您补填。",
    "'As of' is the day from which the roster is true; left empty, you are asked at the upload.",
)
NEVER = Text(
    "请不要填写{columns}：看板用不到，读到也会立即隐去，不会保存。",
    "Leave out {columns}: nothing needs them, and what is found is masked and never stored.",
)
PERSONAL = Text("身份证号、联系电话、银行卡号", "identity, phone and bank card numbers")
HEADERS = (
    (Text("列", "Column"), 20),
    (Text("要求", "Needed"), 24),
    (Text("填什么", "What to write"), 42),
    (Text("可选内容", "Words of the list"), 48),
    (Text("例", "Example"), 28),
)


def header(column: Column, needs: Demands, lang: Lang) -> str:
    """What stands over a column: its label, its unit, and whether it must be filled."""
    label = column.label(lang) + (YUAN(lang) if column.type == "money" else "")
    if not needs.asks_for(column.name):
        return label
    need = NEEDED if column.name in needs.required else EITHER
    return f"{label}\n（{need(lang)}）" if lang == "zh" else f"{label}\n({need(lang)})"


def _need(column: Column, dataset: Dataset, needs: Demands) -> Text:
    if column.name in needs.required:
        return NEEDED
    pair = needs.pair(column.name)
    if pair is None:
        return FREE
    a, b = (dataset.column(name).label for name in pair)
    return EITHER_OF.format(a=a, b=b)


def hint(column: Column, lang: Lang) -> str:
    """The comment on a header: what its cells take."""
    words = _words(column, lang)
    return "\n".join(filter(None, (_what(column, lang), words)))


def _what(column: Column, lang: Lang) -> str:
    told = WHAT[column.type](lang)
    if not column.codes or column.blank is None:
        return told
    blank = BLANK.format(word=column.codes.label(column.blank))(lang)
    return f"{told}；{blank}" if lang == "zh" else f"{told}; {blank}"


def _words(column: Column, lang: Lang) -> str:
    codes = column.codes.codes if column.codes else ()
    return ("、" if lang == "zh" else ", ").join(code.label(lang) for code in codes)


def write(sheet: Worksheet, dataset: Dataset, needs: Demands, looks: Looks, lang: Lang) -> None:
    """The whole sheet: some lines on the file, then one line a column."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, TITLE.format(register=dataset.label)(lang), looks.title())
    lines = _lines(dataset, lang)
    for at, text in enumerate(lines, start=1):
        sheet.write_string(at, 0, text, looks.quiet())
    first = len(lines) + 2
    sheet.set_row(first, 24)
    for place, (label, wide) in enumerate(HEADERS):
        sheet.set_column(place, place, wide)
        sheet.write_string(first, place, label(lang), looks.head())
    for at, column in enumerate(dataset.kept, start=first + 1):
        _line(sheet, at, column, _need(column, dataset, needs), looks, lang)
    sheet.freeze_panes(first + 1, 1)
    look.printed(sheet, lang, first)


def _lines(dataset: Dataset, lang: Lang) -> list[str]:
    dropped = [column.label for column in dataset.columns if not column.keep]
    named = Text("、".join(label.zh for label in dropped), ", ".join(x.en for x in dropped))
    never = NEVER.format(columns=named if dropped else PERSONAL)
    day = (AS_OF,) if dataset.shape == "snapshot" else ()
    return [text(lang) for text in (SENTENCE, *LINES, *day, never)]


def _line(sheet: Worksheet, at: int, column: Column, need: Text, looks: Looks, lang: Lang) -> None:
    texts = (column.label(lang), need(lang), _what(column, lang), _words(column, lang))
    for place, text in enumerate(texts):
        sheet.write_string(at, place, text, looks.line(bold=place < 2 and need is not FREE))
    shown = looks.line(align="left", num_format=look.FORMATS.get(column.type, look.AS_TEXT))
    neutral.write(sheet, at, len(texts), examples.cell(column, lang), shown)
    lines = (
        -(-look.width(text) // (wide - 2)) for text, (_, wide) in zip(texts, HEADERS, strict=False)
    )
    sheet.set_row(at, 17 * max(1, *lines) + 4)
