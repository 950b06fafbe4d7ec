"""预算: what was approved per subject and year."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.contracts.model import Column, Dataset, Row, Surroundings
from dashboard.contracts.people import NOTE
from dashboard.contracts.seen import Seen
from dashboard.contracts.spelling import plain
from dashboard.contracts.subjects import resolve
from dashboard.text import Text

_SHORT, _YEARS = range(10, 60), range(1949, 2101)


def key(row: Row) -> str:
    words = (plain(row.get("subject_code") or ""), plain(row.get("subject") or ""))
    return "|".join((str(row.get("year")), *words))


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """The year stands in the title more often than in a column; 25 is 2025. A budget of the year
    20255 would be in no figure, and nobody told.
    """
    year = around.year if row.get("year") is None else row["year"]
    if year is None:
        row["year"] = None
        return [("no_year", "year")]
    row["year"] = year + 2000 if year in _SHORT else year
    return [] if row["year"] in _YEARS else [("bad_year", "year")]


def against(seen: Seen) -> bool:
    """A list of subjects without any amount is no budget."""
    return not seen.fields & {"approved", "adjusted", "settled", "last_settled"}


def parents(rows: Sequence[Row]) -> set[int]:
    """Level-1 lines whose parts are listed too: they sum up their parts."""
    known = [resolve(row.get("subject") or "") for row in rows]
    split = {subject.level1 for subject in known if subject and subject.level2}
    return {
        place
        for place, subject in enumerate(known)
        if subject and subject.level2 is None and subject.level1 in split
    }


DATASET = Dataset(
    name="budget",
    label=Text("预算", "Budget"),
    shape="record",
    on_delete="unname",
    key=key,
    titles=("预算", "预算表", "经费预算", "收支预算", "预决算", "budget"),
    finish=finish,
    against=against,
    dated=("year",),
    sums_up=parents,
    evidence=("approved", "adjusted"),
    columns=(
        Column(
            "year", Text("年度", "Year"), "count", ("预算年度", "年份", "会计年度"), strict=True
        ),
        Column(
            "subject_code",
            Text("科目编码", "Subject code"),
            "id",
            ("科目代码", "科目编号", "编码", "subject no"),
        ),
        Column(
            "subject",
            Text("科目名称", "Subject"),
            "label",
            (
                "科目",
                "预算科目",
                "项目",
                "预算项目",
                "支出项目",
                "收支项目",
                "会计科目",
                "项目名称",
                "account",
            ),
            required=True,
        ),
        Column(
            "approved",
            Text("核定预算数", "Approved budget"),
            "money",
            (
                "预算数",
                "预算金额",
                "年初预算",
                "年初预算数",
                "预算",
                "本年预算",
                "本年预算数",
                "批复预算",
                "核定数",
                "approved",
                "budget amount",
                "年度预算",
            ),
            strict=True,
        ),
        Column(
            "adjusted",
            Text("调整后预算", "Adjusted budget"),
            "money",
            ("调整预算", "调整后预算数", "调整预算数", "年中调整后"),
            strict=True,
        ),
        Column(
            "settled",
            Text("决算数", "Settled"),
            "money",
            ("决算", "执行数", "实际支出", "实际执行数", "决算金额", "actual"),
        ),
        Column(
            "last_settled",
            Text("上年决算数", "Settled last year"),
            "money",
            ("上年决算", "上年执行数", "上年实际"),
        ),
        NOTE,
    ),
)
