"""How the kinds of columns are called."""

from __future__ import annotations

from dashboard.text import Text

KINDS: dict[str, Text] = {
    "empty": Text("空列", "empty"),
    "count": Text("个数", "count"),
    "number": Text("数值", "number"),
    "money": Text("金额", "money"),
    "ratio": Text("比率", "ratio"),
    "date": Text("日期", "date"),
    "month": Text("月份", "month"),
    "year": Text("年份", "year"),
    "yes_no": Text("是否", "yes or no"),
    "category": Text("类别", "category"),
    "text": Text("文字", "text"),
    "code": Text("编号", "code"),
    "name": Text("姓名", "name"),
    "phone": Text("电话", "phone"),
    "identity": Text("身份证号", "identity number"),
    "card": Text("银行卡号", "bank card"),
    "address": Text("住址", "address"),
}
