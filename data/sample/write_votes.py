"""The congress's votes as a file: one session under a header of two rows, one told by its title."""

from records import School, Vote
from sheets import BLANK, Row, Sheet, header
from votes import HANDS
from write_people import FOOTER

PARENTS = {4: "代表人数", 7: "票_数", 11: "表决结果"}  # each reaches to the next
COLUMNS = "届次 日_期 议_题 表决/方式 应到 实到 列席 发出 收回 有效 废票 赞成 反对 弃权 是否通过"
ALONE = "序号 表决议题 表决方式 赞成票 反对票 弃权票 废票 表决结果 备注"
PARTED = 4  # so many columns have no parent


def register(school: School) -> list[Sheet]:
    """A sheet per session."""
    first, second = dict.fromkeys(vote.session for vote in school.votes)
    return [
        _merged([vote for vote in school.votes if vote.session == first]),
        _titled([vote for vote in school.votes if vote.session == second]),
    ]


def _merged(votes: list[Vote]) -> Sheet:
    """Session, day and attendance stand once, merged over all motions of the day."""
    columns = header(COLUMNS)
    sheet = Sheet(votes[0].session, dates="yyyy/m/d")
    sheet.title(f"示例小学{votes[0].session}教职工代表大会表决记录", len(columns))
    top: Row = [*columns[:PARTED], *[None] * (len(columns) - PARTED)]
    for start, end in zip(PARENTS, [*list(PARENTS)[1:], len(columns)], strict=True):
        top[start] = header(PARENTS[start])[0]
        sheet.merges.append((1, start, 1, end - 1))
    sheet.merges += [(1, column, 2, column) for column in range(PARTED)]
    sheet.rows += [top, [*[None] * PARTED, *columns[PARTED:]]]
    begun = len(sheet.rows)
    sheet.rows += [_row(vote, is_first=n == 0) for n, vote in enumerate(votes)]
    sheet.merges += [(begun, at, len(sheet.rows) - 1, at) for at in (0, 1, 4, 5, 6)]
    no_such_day: Row = ["", "2024-02-30", "会费管理办法（试行）", "无记名", 42, 33, 5]
    sheet.rows.append([*no_such_day, 33, 33, 33, 0, 30, 2, 1, "通过"])
    sheet.rows.append(BLANK)
    sheet.title(FOOTER, len(columns))
    return sheet


def _row(v: Vote, *, is_first: bool) -> Row:
    once: Row = [v.session, v.held, v.due, v.present, v.observers] if is_first else [None] * 5
    return [*once[:2], v.motion, v.method, *once[2:], *_papers(v), v.in_favour, v.against,
            v.abstained, "通过" if v.adopted else "未通过"]  # fmt: skip


def _papers(v: Vote) -> Row:
    """Given out, brought back, valid, void; a show of hands has none."""
    if v.method == HANDS:
        return [None] * 4
    return [v.present, v.present, v.present - v.void, v.void]


def _titled(votes: list[Vote]) -> Sheet:
    """Session, day and attendance stand in the lines above the table."""
    columns = header(ALONE)
    told = votes[0]
    sheet = Sheet(told.session, [BLANK])
    sheet.title(f"示例小学{told.meeting}表决结果统计", len(columns))
    sheet.title(
        f"会议时间：{told.held.year}年{told.held.month}月{told.held.day}日　应到代表：{told.due}人"
        f"　实到代表：{told.present}人　列席：{told.observers}人",
        len(columns),
    )
    sheet.rows.append(columns)
    sheet.rows += [_counted(vote, n) for n, vote in enumerate(votes, start=1)]
    nameless: Row = [len(votes) + 1, None, "无记名投票", "30票", 4, 2, 0, "通过", "议题名称待补"]
    sheet.rows += [nameless, BLANK]
    sheet.title(FOOTER, len(columns))
    return sheet


def _counted(v: Vote, n: int) -> Row:
    in_favour = f"{v.in_favour}票" if n % 3 == 0 else v.in_favour
    adopted = ("通过", "表决通过", "获得通过")[n % 3]
    return [n, v.motion, v.method if n % 2 else "无记名", in_favour, v.against, v.abstained, v.void,
            adopted if v.adopted else "未获通过", ""]  # fmt: skip
