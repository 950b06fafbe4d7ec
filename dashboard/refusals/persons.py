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
        "可以勾选“删不掉的备份整份移除”后再试。",
        "The person cannot be deleted from the backup {name}: {why} The data of today was not"
        " changed. Retry with consent to remove such backups whole.",
    ),
    "bad_value": Text(
        "“{field}”不能改成这个值，没有做任何改动。{how}",
        "{field} cannot take this value; nothing was changed. {how}",
    ),
    "nothing_corrected": Text(
        "没有需要更正的行：原值可能已经改过了。请重新查找这个人。",
        "No row holds the old value any more. Look the person up again.",
    ),
}
