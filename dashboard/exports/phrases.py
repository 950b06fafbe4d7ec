"""The report's own words, in both languages."""

from __future__ import annotations

from dashboard.text import Lang, Text

PHRASES: dict[str, Text] = {
    "page": Text("第 {page} 页 共 {pages} 页", "Page {page} of {pages}"),
    "contents": Text("目录", "Contents"),
    "summary": Text("一览", "At a glance"),
    "definitions": Text("指标说明", "Definitions"),
    "quality": Text("数据质量", "Data quality"),
    "sources": Text("数据来源", "Sources"),
    "no_quality": Text("没有发现需要说明的问题。", "Nothing to report."),
    "no_sources": Text("没有导入记录。", "Nothing was imported."),
    # the cover
    "data_until": Text("数据截至", "Data as of"),
    "view": Text("范围", "Scope"),
    "names_hidden": Text("已隐去个人信息", "Names hidden"),
    "names_shown": Text("含个人信息，请勿外传", "Contains personal data: do not pass on"),
    "demo": Text("演示数据", "Demonstration data"),
    # the figures at one view
    "told": Text("{n} 项指标：{parts}。", "{n} figures: {parts}."),
    "comma": Text("，", ", "),
    "status_met": Text("{n} 项达标", "{n} met"),
    "status_not_met": Text("{n} 项未达标", "{n} not met"),
    "status_no_target": Text("{n} 项未设目标", "{n} without a target"),
    "status_no_value": Text("{n} 项暂无数值", "{n} without a value"),
    "status_missing": Text("{n} 项缺少数据", "{n} lacking data"),
    "figure": Text("指标", "Figure"),
    "value": Text("数值", "Value"),
    "fraction": Text("分子/分母", "n/N"),
    "target": Text("目标", "Target"),
    "badge": Text("状态", "Status"),
    "counted": Text("{label}（{way}）", "{label} ({way})"),
    "change": Text("变化", "Change"),
    # charts
    "short": Text("斜线：未达目标", "hatched: short of the target"),
    "not_zero": Text("纵轴不从零开始", "the axis does not start at zero"),
    "from": Text("从", "From"),
    "to": Text("到", "To"),
    "amount": Text("金额", "Amount"),
    "unit": Text("（{unit}）", " ({unit})"),
    # tables
    "other_columns": Text("续：其余各列", "continued: the other columns"),
    # definitions
    "formula": Text("公式", "Formula"),
    "why": Text("意义", "Why"),
    "source": Text("出处", "Source"),
    # sources
    "file": Text("文件", "File"),
    "sheet": Text("工作表", "Sheet"),
    "register": Text("台账", "Register"),
    "rows": Text("行数", "Rows"),
    "imported": Text("导入日期", "Imported"),
    "sha256": Text("SHA-256（前 12 位）", "SHA-256 (first 12)"),
    # while it is made
    "setting": Text("排版", "Setting the pages"),
    # characters without a glyph
    "and": Text("、", ", "),
    "unwritten": Text(
        "本机字体写不出以下字符，文中以“{mark}”代替：{found}。",
        "No typeface here writes these characters; {mark} stands for them: {found}.",
    ),
}


class Speech:
    """The words of a report in its one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, name: str, **values: object) -> str:
        return PHRASES[name].format(**values)(self.lang)
