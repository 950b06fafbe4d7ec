"""The proposal register as a file, a sheet per session."""

from records import Proposal, School
from sheets import BLANK, Cell, Row, Sheet, header, spelled
from write_people import FOOTER, TOTAL

COLUMNS = {
    2024: "提案/编号 届次 征集日期 提案人 附议人 部_门 类_别 案_______由 审查/结果 并入/编号"
    " 立案日期 承办部门 协办 交办日期 要求办结/日期 答复日期 办理结果 满意度 落实日期 备注",
    2025: "提案编号 届次 提出时间 提案人 附议人 部门 类别 案由 审查结果 并入编号"
    " 立案日期 主办 协办 交办日期 要求办结日期 答复日期 办理结果 满意度 落实日期 备注",
}
WIDTH = 20
OUTCOMES = {
    "A": ("A.解决或基本解决", "A", "解决或基本解决"),
    "B": ("B.列入计划拟解决", "B", "列入计划拟解决"),
    "C": ("C.因条件所限等原因暂不能解决，留作参考", "C", "暂不能解决，留作参考"),
    "": ("", "", ""),
}
BETWEEN = ("、", "、", "\n", "     ")
PAGE = 25  # the header comes again after so many rows of the second session


def register(school: School) -> list[Sheet]:
    """The proposals of both sessions."""
    return [_session(school, year) for year in COLUMNS]


def _session(school: School, year: int) -> Sheet:
    forms = [p for p in school.proposals if p.submitted.year == year]
    sheet = Sheet(forms[0].session, dates="yyyy/m/d")
    sheet.title(f"示例小学{forms[0].session}教代会提案登记表（{year}年）", WIDTH)
    sheet.title("单位名称：示例小学工会", WIDTH)
    columns = header(COLUMNS[year])
    sheet.rows.append(columns)
    rows = [_row(p, n) for n, p in enumerate(forms)]
    if year == 2024:
        sheet.rows += [*rows, _undated(), [TOTAL, f"{len(forms)}件"]]
    else:
        sheet.rows += [*rows[:PAGE], columns, *rows[PAGE:], _unnumbered()]
    sheet.rows.append(BLANK)
    sheet.title(FOOTER, WIDTH)
    return sheet


def _row(p: Proposal, n: int) -> Row:
    between = BETWEEN[n % 4]
    asked = ("typed", "short", "dot", "words", "compact")[n % 5]
    replied = ("typed", "dot", "typed")[n % 3]
    return [p.number, p.session, spelled(p.submitted, asked), between.join(p.proposers),
            between.join(p.seconders), p.dept, p.category, p.title, p.review, p.merged_into,
            p.filed, p.lead, p.assist, p.assigned, spelled(p.due, "dot" if n % 4 else "typed"),
            spelled(p.replied, replied), OUTCOMES[p.outcome][n % 3], p.rating, p.done,
            _note(p)]  # fmt: skip


def _note(p: Proposal) -> str:
    return {"并案": f"并入{p.merged_into}", "转建议": "转相关部门参考"}.get(p.review, "")


def _undated() -> Row:
    cells: list[Cell] = ["", "七届一次", "2024-02-30", "陈龑", "", "数学组", "民主管理"]
    return [*cells, None, "立案"]


def _unnumbered() -> Row:
    cells: list[Cell] = ["", "七届二次", "待定", "陈龑", "", "科学信息组", "福利待遇"]
    return [*cells, "关于开放午间阅览室的提案", "", *[None] * 10, "会后补交"]
