"""Plans made up and written down in many ways must come back as they were meant."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.contracts.spelling import simplified
from dashboard.errors import RefusedFile
from dashboard.periods import last_day
from dashboard.plans.plan import read_plan

TASKS = (
    "庆祝三八妇女节活动",
    "召开工会委员会议",
    "组织教职工拔河比赛",
    "慰问退休教师",
    "开展师德演讲比赛",
    "征集教代会提案",
    "协助学校举办六一文艺汇演",
    "更换校务公开栏",
    "为会员送生日蛋糕",
    "组织会员观看电影1~2次",
    "参加区教育工会“校长杯”乒乓球赛",
    "撰写通讯报道不少于3篇",
    "工会经费审计",
    "民主评议中层干部",
    "学习《工会法》",
)
NUMERALS = "一二三四五六七八九十"
CHINESE = [*NUMERALS, "十一", "十二"]
TRADITIONAL = str.maketrans(
    "会学师组织协办举开庆员议职课务务动经费报电观应节时为",
    "會學師組織協辦舉開慶員議職課務務動經費報電觀應節時為",
)
PINYIN = {
    "工": "gōng",
    "会": "huì",
    "學": "xué",
    "師": "shī",
    "組": "zǔ",
    "動": "dòng",
    "節": "jié",
}


@dataclass(frozen=True)
class Style:
    """How one school writes: its month headings, its numbers, its ends of lines, its noise."""

    month: str
    mark: str
    end: str
    blank: str
    wide: bool
    jumps: bool
    noise: str

    def heading(self, month: int) -> str:
        return self.month.format(number=month, word=CHINESE[month - 1])

    def numbered(self, place: int) -> str:
        place += self.jumps and place > 1
        return self.mark.format(
            number=place, word=CHINESE[place - 1], circle=chr(ord("①") + place - 1)
        )


STYLES = st.builds(
    Style,
    st.sampled_from(
        ("{word}月：", "{number}月", "{word}月份：", "{number}月份:", "{word}月 :",
         "【{number}月】", "（{word}月份）", "{word}月份工作安排", "**{number}月**")
    ),
    st.sampled_from(
        ("{number}、", "{number}.", "{number}．", "（{number}）", "({number})", "{number}) ",
         "{circle}", "（{word}）", "• ", "●", "※", "?、", "- ")
    ),
    st.sampled_from(("", "。", "；", ";", "．")),
    st.sampled_from(("", " ", "　　", "\t")),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("", "- 1 -", "第 2 页 共 3 页", "上一篇：工会总结", "http://www.example.com")),
)  # fmt: skip
MONTHS = st.dictionaries(
    st.integers(1, 12),
    st.lists(st.sampled_from(TASKS), min_size=1, max_size=4),
    min_size=1,
    max_size=12,
)


def written(plan: dict[int, list[str]], style: Style, spelled: str) -> str:
    """The plan as text, its months in order."""
    lines = [
        "XX小学2019年工会工作计划",
        "一、指导思想",
        "以教职工为本，做好各项工作。",
        "二、工作安排",
    ]
    for month in sorted(plan):
        lines.append(style.heading(month))
        lines += [
            f"{style.blank}{style.numbered(place)}{task}{style.end}"
            for place, task in enumerate(plan[month], start=1)
        ]
        lines.append(style.noise)
    text = "\n".join(lines)
    return _spelled(_wide(text) if style.wide else text, spelled)


def _wide(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})


def _spelled(text: str, how: str) -> str:
    if how == "simplified":
        return text
    text = text.translate(TRADITIONAL)
    if how == "pinyin in brackets":
        return "".join(f"{c}({PINYIN[c]})" if c in PINYIN else c for c in text)
    return text


@given(MONTHS, STYLES, st.sampled_from(("simplified", "traditional", "pinyin in brackets")))
def test_what_was_planned_comes_back(plan: dict[int, list[str]], style: Style, how: str) -> None:
    found = read_plan(written(plan, style, how).encode(), "plan.txt").items
    told = [(item.start, item.end, item.item) for item in found]
    assert told == [
        (date(2019, month, 1), last_day(2019, month), task)
        for month in sorted(plan)
        for task in plan[month]
    ]
    assert all(item.period and "月" in item.period for item in found)


@given(MONTHS, STYLES, st.sampled_from(("gb18030", "utf-8", "utf-16")))
def test_every_item_stands_on_the_line_it_names(
    plan: dict[int, list[str]], style: Style, encoding: str
) -> None:
    text = written(plan, style, "simplified")
    lines = text.splitlines()
    for item in read_plan(text.encode(encoding), "plan.txt").items:
        assert item.item in _narrow(lines[item.line - 1])


def _narrow(text: str) -> str:
    return text.translate({code + 0xFEE0: code for code in range(ord("0"), ord("9") + 1)})


@given(st.binary(max_size=400))
def test_whatever_bytes_come_they_are_read_or_refused(data: bytes) -> None:
    with suppress(RefusedFile):
        read_plan(data, "plan.txt")


@given(
    st.text(
        st.sampled_from("工会三月：1、２.（一）①?\n庆 ，。；活动每年100%次至—-|\t周第上下半年学期")
    )
)
@example("、 会")  # a mark that lost its figure, and a space behind it
def test_whatever_is_written_it_is_read_or_refused(text: str) -> None:
    try:
        found = read_plan(("学校工会工作计划\n三月：庆三八\n" + text).encode(), "plan.txt")
    except RefusedFile:
        return
    assert all(item.item for item in found.items)


def test_marks_that_lost_their_figures_may_have_spaces_about_them() -> None:
    text = "学校工会工作计划\n十月：\n 、 慈善一日捐 、 乒乓球比赛；\n"
    found = read_plan(text.encode(), "plan.txt")
    assert [one.item for one in found.items] == ["慈善一日捐", "乒乓球比赛"]


def test_the_made_up_tasks_are_simplified() -> None:
    assert simplified(TASKS) == list(TASKS)
