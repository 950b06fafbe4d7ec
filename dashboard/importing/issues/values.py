"""What can be doubtful about one value: a day, a time, an amount, a name."""

from __future__ import annotations

from dashboard.importing.issues.kind import Kind, error, info, warning

VALUES: dict[str, Kind] = {
    "week_no_day": error(
        "“{field}”写的是周次，不是日期",
        "'{field}' names a week, not a day",
        "请写成 2017-03-08。",
        "Write it as 2017-03-08.",
    ),
    "future_date": warning(
        "“{field}”在两年以后：{given}",
        "'{field}' lies more than two years ahead: {given}",
        "请核对年份。",
        "Check the year.",
    ),
    "not_yet": warning(
        "“{field}”是还没到的日子：{given}",
        "'{field}' is a day still to come: {given}",
        "请核对年份：只键入月日时，表格软件会补上当年。",
        "Check the year: spreadsheets add the current one where only month and day are typed.",
    ),
    "past_date": warning(
        "“{field}”早于二十年以前：{given}",
        "'{field}' lies more than twenty years back: {given}",
        "请核对年份。",
        "Check the year.",
    ),
    "bad_time": error(
        "“{field}”不是能识别的时刻",
        "'{field}' is not a time of day we can read",
        "请写成 08:30。",
        "Write it as 08:30.",
    ),
    "ambiguous_time": error(
        "“{field}”的时刻有两种读法，不作猜测",
        "The time in '{field}' can be read in two ways; it was not guessed",
        "请写成 08:30。",
        "Write it as 08:30.",
    ),
    "order_settled": info(
        "“{field}”的日与月先后按同列其他日期判断，记为 {given}",
        "Day and month of '{field}' are in the order of the column's other dates: {given}",
        "请核对；最好写成 2017-03-08。",
        "Check it; 2017-03-08 leaves no doubt.",
    ),
    "state_word": info(
        "“{field}”写的是“{given}”，按空值记，原文保留",
        "'{field}' says '{given}': no value yet; the words are kept with the row",
        "有了结果再补填。",
        "Fill it in when it is known.",
    ),
    "perhaps_carried": warning(
        "“{field}”像是结转或余额，这一行仍按收支计入",
        "'{field}' sounds like a balance carried over; the row is counted as money moved all the "
        "same",
        "若只是结转或余额，请写成“上年结余”“结转下年”等，或删去这一行。",
        "If it is only a balance, write 上年结余 or 结转下年, or delete the row.",
    ),
    "perhaps_void": warning(
        "“{field}”写着“作废”，这一行仍按收支计入",
        "'{field}' says 作废 (void); the row is counted as money moved all the same",
        "若已作废，请删去这一行后重新上传。",
        "If it is void, delete the row and upload again.",
    ),
    "unit_in_cell": info(
        "“{field}”的单位写在单元格里，换算后记为 {given}",
        "'{field}' has its own unit in the cell; converted, it is {given}",
        "请核对；最好全列用同一单位。",
        "Check it; one unit for the whole column is best.",
    ),
    "scientific_amount": warning(
        "“{field}”是科学计数法，记为 {given}，末位可能已被舍去",
        "'{field}' is in scientific notation, taken as {given}; digits may be lost",
        "请核对，把该列设为“数值”。",
        "Check it; format the column as numbers.",
    ),
    "shifted_cell": error(
        "“{field}”可能错了位：这一行的格数比表头多，金额里的逗号像是把它拆成了两格",
        "'{field}' may be another column's: the row is longer than the head, and a comma within an"
        " amount seems to have parted it",
        "请给带逗号的金额加上引号，或去掉逗号。",
        "Put the amount in quotation marks, or leave its comma out.",
    ),
    "capitals_differ": error(
        "“{field}”的大写与小写金额不一致",
        "The amounts in capitals and in figures in '{field}' differ",
        "请核对后只写数字。",
        "Check it and write digits only.",
    ),
    "several_people": error(
        "“{field}”里不止一个人",
        "'{field}' names more than one person",
        "一行只写一个人。",
        "One person a row.",
    ),
    "as_above": info(
        "“{field}”写的是“同上”或同上符号，按上一行读取",
        "'{field}' says 'as above'; the row above was read for it",
        "请核对。",
        "Check it.",
    ),
    "row_taken_apart": info(
        "“{field}”一格里有几个人，已按每人一行读取",
        "'{field}' names several people in one cell; read as a row for each",
    ),
    "several_names_unseparated": warning(
        "“{field}”里可能是几个人的姓名连在一起，按原文保留",
        "'{field}' may be several names run together; kept as it is",
        "几个姓名之间请用“、”隔开。",
        "Put 、 between names.",
    ),
}
