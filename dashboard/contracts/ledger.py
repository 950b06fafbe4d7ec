"""经费收支明细: one line of the union's cash book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.contracts import carried, codes
from dashboard.contracts.model import (
    Column,
    Dataset,
    Piece,
    Row,
    Shortcut,
    Surroundings,
    plain_or_empty,
)
from dashboard.contracts.people import NEVER_KEPT, NOTE
from dashboard.contracts.seen import double_entry
from dashboard.contracts.spelling import plain, plain_number
from dashboard.contracts.subjects import is_expense
from dashboard.text import Text


def key(row: Row) -> str:
    """Voucher within its month, else day and summary; equal ones are numbered in their order."""
    day = row.get("spent_on")
    if row.get("voucher_no") and day:
        return f"{day:%Y-%m}|{plain_number(row['voucher_no'])}"
    return f"{day}|{plain(row.get('summary') or '')}"


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """Every way of writing an amount ends as income or expense; an opening balance is neither."""
    amount, direction = row.pop("amount", None), row.pop("direction", None)
    words = carried.bare(row.get("summary"))
    if row.get("expense") is None and carried.opens(words):
        return _opening(row, amount, around)
    if row.get("spent_on") is None:
        return [("required_empty", "spent_on")]
    if row.get("income") is None and row.get("expense") is None:
        if amount is None:
            return [("no_amount", "amount")]
        side = direction or _named_side(row, around)
        if side is None and around.signed:  # the minus itself says it
            side, amount = ("expense", -amount) if amount < 0 else ("income", amount)
        elif side == "expense" and around.signed:
            amount = -amount
        if side is None:
            return [("no_direction", "amount")]
        row[side] = amount
    row["is_opening"] = False
    return _doubts(row, words)


def _doubts(row: Row, words: str) -> list[tuple[str, str]]:
    """What a line's own words make doubtful, though it is counted."""
    doubts = [("perhaps_carried", "summary")] if carried.may_be_carried(words) else []
    void = (name for name in ("summary", "note") if carried.may_be_void(row.get(name) or ""))
    return doubts + [("perhaps_void", name) for name in void]


def _opening(row: Row, amount: Decimal | None, around: Surroundings) -> list[tuple[str, str]]:
    """What was carried over; without a day of its own it stands at the beginning of the year."""
    if row.get("spent_on") is None and around.year is not None:
        row["spent_on"] = date(around.year, 1, 1)
    if row.get("spent_on") is None:
        return [("required_empty", "spent_on")]
    printed = (row.get("balance"), row.get("income"), amount)
    row["balance"] = next((value for value in printed if value is not None), None)
    row["income"] = row["expense"] = None
    row["is_opening"] = True
    return [] if row["balance"] is not None else [("no_amount", "balance")]


def _named_side(row: Row, around: Surroundings) -> str | None:
    """The subject's word, else the sheet's own; a minus there is a refund or a correction."""
    for words in (row.get("subject"), around.sheet + around.title):
        expense = is_expense(words)
        if expense is not None:
            return "expense" if expense else "income"
    return None


SHORTCUT = Shortcut(
    key=(
        Piece("spent_on", lambda day: f"{day:%Y-%m}|", when="voucher_no"),
        Piece("voucher_no", plain_number, when="voucher_no"),
        Piece("spent_on", lambda day: f"{day}|", unless="voucher_no"),
        Piece("summary", plain_or_empty, unless="voucher_no"),
    ),
    filled=("spent_on",),
    either=("income", "expense"),
    words={"summary": carried.CARRIED, "note": carried.VOID},
    sets={"is_opening": False},
)

DATASET = Dataset(
    name="ledger",
    label=Text("经费收支明细", "Ledger"),
    shape="record",
    on_delete="unname",
    key=key,
    titles=(
        "收支明细",
        "经费收支",
        "收支流水",
        "流水账",
        "日记账",
        "明细账",
        "收支账",
        "经费明细",
        "经费台账",
        "支出明细",
        "收入明细",
        "ledger",
    ),
    finish=finish,
    against=double_entry,
    dated=("spent_on",),
    shortcut=SHORTCUT,
    numbered=True,
    concludes=("balance",),
    derived=(("is_opening", "BOOLEAN"),),
    needs=("spent_on",),
    evidence=("income", "expense", "amount"),
    columns=(
        Column(
            "spent_on",
            Text("日期", "Date"),
            "date",
            (
                "记账日期",
                "交易日期",
                "时间",
                "发生日期",
                "入账日期",
                "凭证日期",
                "业务日期",
                "收支日期",
                "transaction date",
                "posting date",
            ),
            strict=True,
        ),
        Column(
            "voucher_no",
            Text("凭证号", "Voucher"),
            "id",
            (
                "凭证编号",
                "凭证",
                "凭证字号",
                "单据号",
                "票据号",
                "凭单号",
                "voucher no",
                "voucher number",
            ),
        ),
        Column(
            "summary",
            Text("摘要", "Summary"),
            "text",
            (
                "事项",
                "用途",
                "内容",
                "事由",
                "收支事项",
                "款项内容",
                "收支内容",
                "经济事项",
                "description",
                "memo",
            ),
        ),
        Column(
            "subject",
            Text("科目", "Subject"),
            "label",
            (
                "会计科目",
                "类别",
                "资金属性",
                "科目名称",
                "支出科目",
                "收支科目",
                "经费科目",
                "费用类别",
                "account",
                "category",
            ),
        ),
        Column(
            "income",
            Text("收入", "Income"),
            "money",
            (
                "收入金额",
                "交易收入金额",
                "借方",
                "借方金额",
                "借方发生额",
                "收方",
                "进账",
                "本期收入",
                "交易金额贷",
                "贷方发生额收入",
                "credit in",
            ),
            strict=True,
        ),
        Column(
            "expense",
            Text("支出", "Expense"),
            "money",
            (
                "支出金额",
                "交易支出金额",
                "贷方",
                "贷方金额",
                "贷方发生额",
                "付方",
                "出账",
                "本期支出",
                "交易金额借",
                "借方发生额支取",
                "spending",
            ),
            strict=True,
        ),
        Column(
            "amount",
            Text("金额", "Amount"),
            "money",
            ("收支", "收支金额", "发生额", "交易金额", "金额元"),
            strict=True,
            speaks_for=("income", "expense"),
        ),
        Column(
            "direction",
            Text("收支类别", "Direction"),
            "code",
            ("收支类型", "收付", "借贷", "收支方向", "收支标志", "方向"),
            codes=codes.DIRECTION,
            written=("收/支",),
            strict=True,
            speaks_for=("income", "expense"),
        ),
        Column(
            "balance",
            Text("余额", "Balance"),
            "money",
            ("结余", "账户余额", "结存", "本次余额", "期末余额"),
        ),
        Column(
            "booked",
            Text("是否入账", "Booked"),
            "code",
            ("入账情况", "记账状态", "入账状态"),
            codes=codes.BOOKED,
        ),
        Column(
            "handler",
            Text("经办人", "Handled by"),
            "name",
            ("经手人", "报销人", "领款人", "经办"),
            several="joined",
        ),
        Column(
            "approver",
            Text("审批人", "Approved by"),
            "name",
            ("审核人", "批准人", "审批"),
            several="joined",
        ),
        Column(
            "activity",
            Text("关联活动", "Activity"),
            "label",
            ("活动名称", "所属活动", "对应活动", "活动"),
        ),
        Column(
            "beneficiary",
            Text("受益人", "Beneficiary"),
            "name",
            ("受益对象", "收款人", "领取人"),
            several="joined",
        ),
        Column("fund_source", Text("经费来源", "Source of funds"), "label", ("资金来源", "来源")),
        NOTE,
        *NEVER_KEPT,
    ),
)
