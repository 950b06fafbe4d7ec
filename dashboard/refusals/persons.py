"""What is said of one person's data."""

from __future__ import annotations

from dashboard.text import Text

PERSONS: dict[str, Text] = {
    "nobody_chosen": Text(
        "还没有选定是哪一位，没有做任何改动。请先在名单里勾选。",
        "Nobody is chosen yet, so nothing was changed. Tick who is meant first.",
    ),
    "namesakes": Text(
        "当时的名册里还有同名的人，无法确定哪些记录是谁的。",
        "Somebody else of that name was on the rosters then: nobody can tell whose rows are whose.",
    ),
    "backup_unreadable": Text(
        "备份不完整，读不出来。", "The backup is damaged and cannot be read."
    ),
    "backup_keeps": Text(
        "备份 {name} 里删不掉此人：{why}没有做任何改动到当前数据。"
        "可以勾选“无法重写的备份整份移除”（命令行写 --give-up-backups）后再试。",
        "The person cannot be deleted from the backup {name}: {why} The data of today was not"
        " changed. Retry with consent to remove such backups whole (--give-up-backups).",
    ),
    "bad_value": Text(
        "“{field}”不能改成这个值，没有做任何改动。{how}",
        "{field} cannot take this value; nothing was changed. {how}",
    ),
    "nobody_called": Text(
        "登记簿里没有工号或姓名是“{words}”的人。请核对写法。",
        "Nobody in the registers has the staff number or name {words}. Check the spelling.",
    ),
    "several_called": Text(
        "“{words}”有 {n} 位，没有做任何改动。请改写其中一位的工号或姓名；没有工号、分不开的，"
        "请到“个人信息”页勾选：",
        "{words} may be one of {n}; nothing was changed. Write the staff number or the name of one"
        " of them; who has no number is chosen on the page Personal data:",
    ),
    "no_such_line": Text(
        "--spare {n}：没有这一行，没有做任何改动。行号就是列出时前面的数字。",
        "--spare {n}: no such line; nothing was changed. It is the number it is listed by.",
    ),
    "not_deleted": Text("没有确认，没有删除。", "Not confirmed; nothing was deleted."),
    "nobody_deleted": Text(
        "没有删除过工号或姓名是“{words}”的人，不需要重新允许。请核对写法。",
        "Nobody of the staff number or name {words} was deleted, so nothing keeps them out."
        " Check the spelling.",
    ),
    "several_deleted": Text(
        "删除过不止一位“{words}”：{listed}。请改用工号，或写上面的代称。",
        "More than one {words} was deleted: {listed}. Write the staff number, or one of these"
        " words.",
    ),
    "nothing_corrected": Text(
        "没有需要更正的行：原值可能已经改过了。请重新查找这个人。",
        "No row holds the old value any more. Look the person up again.",
    ),
}
