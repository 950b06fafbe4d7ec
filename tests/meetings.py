"""Meetings made by hand: every form of an exhibit, hidden and missing values, long names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from dashboard.exhibits.model import (
    Cell,
    Definition,
    Exhibit,
    Figure,
    Form,
    Grid,
    Head,
    Meeting,
    Names,
    Plot,
    Section,
    Series,
    Source,
)
from dashboard.kpis import KPIS
from dashboard.kpis.model import Reading, Result
from dashboard.periods import Span
from dashboard.sqlfiles import ColumnKind
from dashboard.text import MONTHS_EN, Lang, Number, Text, number, percent

AS_OF = date(2025, 12, 31)
EVIL = '=HYPERLINK("http://x.example","点") *星* #bad $y$ [a] \\ @ref & <b>'
LONG = "城南实验学校教育集团第三校区语文教研组与图书馆联合工会小组（含返聘及外聘教师）"
HIDDEN, GAP = Cell(None, "*"), Cell(None, "—")
MONTHS = {
    "zh": tuple(f"{n}月" for n in range(1, 13)),
    "en": MONTHS_EN,
}


def share(top: int, bottom: int) -> Cell:
    value = Fraction(top, bottom)
    return Cell(value, percent(value))


def people(count: int, lang: Lang) -> Cell:
    return Cell(count, f"{number(count)} 人" if lang == "zh" else number(count))


def money(yuan: Number, lang: Lang) -> Cell:
    """As values under one another are told: all of them in 万元, or in thousands."""
    scaled = Fraction(str(yuan)) / (10_000 if lang == "zh" else 1_000)
    words = f"{number(scaled, 2)} 万元" if lang == "zh" else f"¥{number(scaled, 1)}k"
    return Cell(yuan, words)


def heads(*columns: tuple[str, ColumnKind]) -> tuple[Head, ...]:
    return tuple(Head(label, kind) for label, kind in columns)


def result(reading: Reading) -> Result:
    kpi, span = KPIS["enrollment_rate"], Span(date(2025, 1, 1), AS_OF)
    nothing = Reading(None, missing=Text("", ""))
    return Result(kpi, span, reading, nothing, None, None, "no_target", (), {}, "", ())


def figure(name: str, label: str, value: Cell, **more: str) -> Figure:
    quiet = dict.fromkeys(
        ("fraction", "target", "change", "than", "badge", "better", "variant"), ""
    ) | {"status": "no_target"}
    top = value.value if isinstance(value.value, int) else None
    return Figure(name, label, value, **quiet | more, result=result(Reading(top)))


def tiles(lang: Lang) -> tuple[Figure, ...]:
    t = Speech(lang)
    return (
        figure("enrollment_rate", t("入会率", "Enrolment rate"), share(118, 120),
               fraction=t("118/120 人", "118/120 people"), target=t("目标 100%", "target 100%"),
               change=t("+1.2 个百分点", "+1.2 pp"), than=t("较上年", "vs last year"),
               status="not_met", badge=t("未达标", "Not met"), better="good"),
        figure("member_total", t("会员数", "Members"), people(1118, lang),
               change=t("-3 人", "-3"), than=t("较上年", "vs last year")),
        figure("income_total", t("收入合计", "Income"), money(12345678, lang),
               target=t("目标高于上年 1,198.00 万元", "target above ¥11,980.0k"),
               status="met", badge=t("达标", "Met"), variant=t("按到账", "as received")),
        figure("hardship", t("慰问人数", "People visited"), HIDDEN),
        figure("none", t("提案办结率", "Proposals settled"), GAP),
    )  # fmt: skip


class Speech:
    """The one language of a meeting."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def plots(lang: Lang) -> dict[Form, Plot]:
    """One of each form."""
    t = Speech(lang)
    groups = (t("语文组", "Chinese"), t("数学组", "Mathematics"), LONG, EVIL, t("后勤", "Support"))
    shares = (share(40, 40), share(30, 32), share(20, 25), HIDDEN, share(3, 30))
    months = MONTHS[lang]
    income = [money(1234567 + 54321 * n, lang) for n in range(12)]
    spent = [*(money(987654 + 123456 * n, lang) for n in range(10)), GAP, HIDDEN]
    rate = [share(80 + n, 100) if n not in (4, 8) else GAP for n in range(12)]
    ahead = [*[GAP] * 10, share(89, 100), share(93, 100)]
    spans = ("2024-09-01", "2025-03-01", "2025-09-01")
    stages = tuple(t(*pair) for pair in (("征集", "Filed"), ("立案", "Taken up"),
                                         ("办结", "Settled")))  # fmt: skip
    cases = tuple(Cell(n, t(f"{n} 件", str(n))) for n in (42, 30, 7))
    rows = (t("文体活动", "Sports"), t("培训", "Training"), LONG)
    fields = [tuple(Cell(n, str(n)) if n else Cell(None, "") for n in (
        (row * 5 + month * 3) % 8 for month in range(12))) for row in range(3)]  # fmt: skip
    return {
        "bars": Plot("bars", groups, (Series(t("入会率", "Enrolment rate"), shares),), "ratio",
                     ("40/40", "30/32", "20/25", "", "3/30"), (False, True, True, False, True),
                     (Fraction(19, 20), t("目标 95%", "target 95%"))),
        "columns": Plot("columns", months, (Series(t("收入", "Income"), tuple(income)),
                                            Series(t("支出", "Spending"), tuple(spent))), "yuan"),
        "lines": Plot("lines", months, (Series(t("本年", "This year"), tuple(rate)),
                                        Series(t("估算", "Estimate"), tuple(ahead), True)),
                      "ratio", target=(Fraction(9, 10), t("目标 90%", "target 90%"))),
        "funnel": Plot("funnel", stages, (Series(t("件数", "Cases"), cases),), "cases",
                       ("100.0%", "71.4%", "16.7%")),
        "moves": Plot("moves", spans, (
            Series(t("入会", "Joined"), tuple(Cell(n, f"+{n}") for n in (12, 3, 8))),
            Series(t("退会", "Left"), tuple(Cell(n, f"−{-n}" if n else "0") for n in (-4, 0, -9))),
        ), "people", (t("净 +8", "net +8"), t("净 +3", "net +3"), t("净 −1", "net −1"))),
        "heat": Plot("heat", months, tuple(Series(*one) for one in zip(rows, fields, strict=True)),
                     "count"),
        "flows": Plot("flows", (), (), "yuan", flows=(
            (t("会费", "Dues"), t("活动支出", "Activities"), money(234567, lang)),
            (t("拨缴经费", "Contributions"), t("活动支出", "Activities"), money(1234567, lang)),
            (t("活动支出", "Activities"), LONG, money(34567, lang)),
        )),
    }  # fmt: skip


def table(rows: int, columns: int, lang: Lang) -> Grid:
    """People and their numbers; the first column has the names."""
    t = Speech(lang)
    kinds: Sequence[ColumnKind] = ("text", "date", "count", "money", "ratio", "people")
    words = {"text": t("说明", "Remark"), "date": t("日期", "Day"), "count": t("次数", "Times"),
             "money": t("金额（元）", "Amount (yuan)"), "ratio": t("比率", "Share"),
             "people": t("人数", "People")}  # fmt: skip
    found = [Head(t("姓名", "Name"), "label")]
    found += [Head(f"{words[kinds[at % 6]]} {at + 1}", kinds[at % 6]) for at in range(columns - 1)]
    return Grid(tuple(found), tuple(_row(at, found, lang) for at in range(rows)))


def _row(at: int, found: Sequence[Head], lang: Lang) -> tuple[Cell, ...]:
    name = {1: LONG, 2: EVIL}.get(at, f"王{at:03}" if lang == "zh" else f"Wang {at:03}")
    cells = [Cell(name, name)]
    for place, head in enumerate(found[1:]):
        size, day = at * 17 + place * 5, date(2025, 1 + at % 12, 1 + place % 28)
        cells.append({
            "text": Cell("已通知本人", "已通知本人"),
            "date": Cell(day, day.isoformat()),
            "count": Cell(size, number(size)),
            "money": Cell(size * 1000, number(size * 1000, 2)),
            "ratio": share(size % 100, 100) if size else GAP,
            "people": HIDDEN if size % 7 == 0 else Cell(size, number(size)),
        }[head.kind])  # fmt: skip
    return tuple(cells)


def exhibit(at: int, title: str, **more: object) -> Exhibit:
    notes = ("入会率 = 会员 ÷ 职工", "118/120 人")
    blank = {"key": f"page.{at}", "page": "page", "title": title, "hint": "", "notes": notes}
    return Exhibit(**blank | more)  # type: ignore[arg-type]


def meeting(lang: Lang = "zh", names: Names = "hidden") -> Meeting:
    """Every form once, a missing block, a table of one slide and two that are long."""
    t, drawn = Speech(lang), plots(lang)
    hint = t("虚线为目标", "the dotted line is the target")
    charts = [exhibit(at, f"{t('图', 'Chart')} {form}", hint=hint, form="chart", plot=plot)
              for at, (form, plot) in enumerate(drawn.items(), start=2)]  # fmt: skip
    none = t("还没有上传提案台账，请在“上传”页上传。", "No register of proposals yet. Upload one.")
    return Meeting(
        school=t("城南实验小学工会", "Chengnan Primary School Union"),
        title=t("工会工作情况", "The union's figures"),
        caption=t("2025 年 · 语文组 · 数据截至 2025-12-31", "2025 · Chinese · as of 2025-12-31"),
        as_of=AS_OF, period="2025", lang=lang, names=names,
        sections=(
            Section("members", t("会员", "Members"), t("谁入了会，谁还没有？", "Who has joined?"),
                    (exhibit(1, "", form="tiles", figures=tiles(lang)), *charts)),
            Section("lists", t("名单", "Lists"), t("还要做什么？", "What is left to do?"), (
                exhibit(1, t("短表", "Short table"), form="table", grid=table(8, 5, lang)),
                exhibit(2, t("长表", "Long table"), form="table", grid=table(40, 18, lang)),
                exhibit(3, t("提案", "Proposals"), form="table", missing=none),
            )),
        ),
        definitions=(Definition("enrollment_rate", t("入会率", "Enrolment rate"),
                                t("会员 ÷ 职工", "members ÷ staff"),
                                t("谁还没有入会", "who is not in"), "工会统计"),),
        sources=(Source("会员名册.xlsx", "Sheet1", t("会员名册", "Members"), 118, AS_OF, "a" * 64),
                 Source("经费 台账.xlsx", "2025", t("经费台账", "Ledger"), 402, AS_OF, "b" * 64)),
        quality=(t("经费台账有 2 行没有日期，未计入。", "2 lines of the ledger have no date."),),
        view={"period": "2025", "department": "语文组"},
    )  # fmt: skip


def of(*exhibits: Exhibit, lang: Lang = "zh") -> Meeting:
    """A meeting of these alone."""
    whole = meeting(lang)
    return replace(whole, sections=(replace(whole.sections[0], exhibits=exhibits),))
