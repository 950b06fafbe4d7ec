"""Every doubt a reader can have about a sheet: its code owns severity, words and remedy."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.importing.report import Issue, Severity
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """What every issue of one code has in common."""

    severity: Severity
    message: Text
    remedy: Text


def _error(zh: str, en: str, do_zh: str, do_en: str) -> Kind:
    return Kind("error", Text(zh, en), Text(do_zh, do_en))


def _warning(zh: str, en: str, do_zh: str, do_en: str) -> Kind:
    return Kind("warning", Text(zh, en), Text(do_zh, do_en))


def _info(zh: str, en: str, do_zh: str = "无需处理。", do_en: str = "Nothing to do.") -> Kind:
    return Kind("info", Text(zh, en), Text(do_zh, do_en))


_SOURCE = Text("请检查原文件的编码。", "Check the encoding of the original file.")
KINDS: dict[str, Kind] = {
    "required_empty": _error(
        "“{field}”为空，这一行没有导入",
        "'{field}' is empty; the row was not loaded",
        "补填后重新上传。",
        "Fill it in and upload again.",
    ),
    "bad_date": _error(
        "“{field}”不是能识别的日期",
        "'{field}' is not a date we can read",
        "请写成 2017-03-08。",
        "Write it as 2017-03-08.",
    ),
    "ambiguous_date": _error(
        "“{field}”的日期有两种读法，不作猜测",
        "The date in '{field}' can be read in two ways; it was not guessed",
        "请写成 2017-03-08。",
        "Write it as 2017-03-08.",
    ),
    "year_missing": _error(
        "“{field}”没有年份，标题中也找不到",
        "The date in '{field}' has no year, and the title names none",
        "在日期或标题中写明年份。",
        "State the year in the date or in the title.",
    ),
    "bad_period": _error(
        "“{field}”不是能识别的时间段",
        "'{field}' is not a period we can read",
        "例：2017年3月、3月、上半年。",
        "For example 2017年3月, 3月 or 上半年.",
    ),
    "bad_amount": _error(
        "“{field}”不是能识别的金额",
        "'{field}' is not an amount we can read",
        "只写数字，如 1200.50。",
        "Write digits only, such as 1200.50.",
    ),
    "bad_count": _error(
        "“{field}”不是整数",
        "'{field}' is not a whole number",
        "只写整数。",
        "Write a whole number.",
    ),
    "unknown_code": _error(
        "“{field}”的写法不在可用值中：{known}",
        "'{field}' holds a word outside its list: {known}",
        "改为列出的写法之一。",
        "Use one of the words listed.",
    ),
    "damaged_number": _error(
        "“{field}”的长数字已被表格软件改成近似值，末位不可信",
        "The long number in '{field}' was rounded by the spreadsheet; its last digits are lost",
        "把该列设为“文本”后重新填写。",
        "Format the column as text and enter it again.",
    ),
    "error_cell": _error(
        "“{field}”是公式错误值",
        "'{field}' holds a formula's error",
        "修正公式，或直接填写数值。",
        "Mend the formula, or enter the value.",
    ),
    "uncalculated": _error(
        "“{field}”是没有计算结果的公式",
        "'{field}' is a formula whose result was never stored",
        "用 Excel 或 WPS 打开并保存一次，再上传。",
        "Open the file in Excel or WPS, save it, and upload again.",
    ),
    "year_completed": _warning(
        "“{field}”没有年份，已按标题补为 {given}",
        "'{field}' has no year; completed from the title as {given}",
        "请核对年份。",
        "Check the year.",
    ),
    "day_completed": _warning(
        "“{field}”只写到月，按当月 1 日记为 {given}",
        "'{field}' names only a month; taken as its first day, {given}",
        "如需准确日期请补填。",
        "Add the day if it matters.",
    ),
    "range_start": _warning(
        "“{field}”是一段日期，按第一天记为 {given}",
        "'{field}' is a range of days; its first is taken, {given}",
        "请核对。",
        "Check it.",
    ),
    "rounded_amount": _warning(
        "“{field}”的小数超过四位，四舍五入到分，记为 {given}",
        "'{field}' has more than four decimals; rounded to the cent, {given}",
        "请核对金额。",
        "Check the amount.",
    ),
    "text_after_amount": _warning(
        "“{field}”数字旁有文字，数值记为 {given}",
        "'{field}' has words beside its number, taken as {given}",
        "请核对数值，把说明移到备注。",
        "Check the number; move the words to the note.",
    ),
    "banks_debit": _info(
        "这是银行流水：余额随“借方”减少，借方按支出、贷方按收入读取",
        "A bank statement: the balance falls by 借方, so it is read as spending",
        "请核对收支方向。",
        "Check the direction.",
    ),
    "unit_scaled": _info(
        "“{field}”的单位是{given}，金额已换算成元",
        "'{field}' is given in {given}; amounts were converted to yuan",
        "请核对换算后的金额。",
        "Check the converted amounts.",
    ),
    "note_in_name": _warning(
        "姓名后附有说明，姓名记为 {given}",
        "The name carries a note; the name is taken as {given}",
        "把说明移到备注列。",
        "Move the words to the note column.",
    ),
    "personal_number": _info(
        "“{field}”中含身份证号、手机号或银行卡号，已隐去，不会保存",
        "'{field}' held an identity, phone or card number; it was masked and is not stored",
    ),
    "more_than_expected": _warning(
        "实到多于应到",
        "More attended than were invited",
        "请核对两个人数。",
        "Check both counts.",
    ),
    "no_time": _error(
        "没有计划时间也没有实际日期，无法归入任何时期",
        "Neither a planned nor an actual date: the row belongs to no period",
        "补填其中一个。",
        "Fill in one of them.",
    ),
    "no_activity_date": _error(
        "没有活动日期，标题中也找不到",
        "No date of the activity, neither in the row nor in the title",
        "在标题或一列中写明日期。",
        "State the date in the title or in a column.",
    ),
    "no_activity": _error(
        "没有活动名称，标题中也找不到",
        "No name of the activity, neither in the row nor in the title",
        "在标题或一列中写明活动名称。",
        "State the activity in the title or in a column.",
    ),
    "unknown_signature": _warning(
        "签名既不是本人姓名，也不是能识别的标记",
        "The signature is neither the person's name nor a mark we know",
        "请核对是否出席。",
        "Check whether they attended.",
    ),
    "bad_name": _error(
        "“{field}”不是姓名",
        "'{field}' is not a name",
        "请填写姓名；若是合计行，请写“合计”。",
        "Enter a name; a total row should say 合计.",
    ),
    "no_amount": _error(
        "没有金额",
        "No amount",
        "补填收入或支出金额。",
        "Fill in an income or an expense.",
    ),
    "no_direction": _error(
        "看不出是收入还是支出",
        "Income or expense cannot be told",
        "增加“收支类别”列，或把金额分成收入、支出两列。",
        "Add a direction column, or split the amount into income and expense.",
    ),
    "no_year": _error(
        "没有年度，标题中也找不到",
        "No year, neither in the row nor in the title",
        "在标题或一列中写明年度。",
        "State the year in the title or in a column.",
    ),
    "day_assumed": _warning(
        "没有“{field}”，按立案、交办日期或标题中的时间记",
        "No '{field}': the filing or assignment day, or the title's, stands for it",
        "请补填征集日期。",
        "Fill in the day of hand-in.",
    ),
    "wrong_order": _warning(
        "“{field}”早于前一步的日期",
        "'{field}' is earlier than the step before it",
        "请核对日期先后。",
        "Check the order of the dates.",
    ),
    "joined_before_birth": _warning(
        "入会日期早于出生日期",
        "Joined before being born",
        "请核对两个日期。",
        "Check both dates.",
    ),
    "ambiguous_person": _warning(
        "同部门有同名的人且没有工号，按两个人计，不与其他表合并",
        "Two people share name and department and have no number; kept apart, matched to nothing",
        "补填工号。",
        "Add staff numbers.",
    ),
    "repeated_row": _info("与第 {given} 行相同，只记一次", "The same as row {given}; counted once"),
    "repeated_key": _warning(
        "与第 {given} 行是同一人同一活动，只记第一次",
        "The same person and activity as row {given}; the first is kept",
        "请核对。",
        "Check it.",
    ),
    "conflicting_key": _error(
        "与第 {given} 行编号相同但内容不同，没有导入",
        "The same identifier as row {given} with other content; not loaded",
        "改正编号或删去其中一行。",
        "Correct the identifier or delete one of the rows.",
    ),
    "possible_duplicate": _warning(
        "与第 {given} 行完全相同，两行都已计入",
        "Identical to row {given}; both are counted",
        "若是重复登记，请删去一行。",
        "If it was entered twice, delete one.",
    ),
    "mojibake": _warning("“{field}”含乱码字符", "'{field}' is garbled", _SOURCE.zh, _SOURCE.en),
    "column_missing": _error(
        "缺少必需的列“{field}”，没有一行可以导入",
        "The column '{field}' is missing; not one row can be loaded",
        "检查表头所在行，或在对应关系中指定。",
        "Check the header row, or assign the column.",
    ),
    "note_row": _info("这一行是说明文字，不作为数据", "This row is a remark, not data"),
    "hidden_sheet": _info(
        "工作表“{given}”是隐藏的，没有读取",
        "The sheet '{given}' is hidden and was not read",
        "需要时请在表格软件中取消隐藏。",
        "Unhide it in your spreadsheet program if it is needed.",
    ),
    "no_dataset": _warning(
        "没有认出这是哪一种台账",
        "This sheet matches no known register",
        "请指定数据类型，或检查表头。",
        "Choose its dataset, or check its headers.",
    ),
    "no_header": _warning(
        "没有找到表头",
        "No header row was found",
        "请确认第一行有数据的行是列名。",
        "Make sure the columns are named.",
    ),
    "as_of_unknown": _warning(
        "标题和文件名中没有截止日期，按今天 {given} 记",
        "Neither title nor file name gives an as-of date; today, {given}, is taken",
        "请确认名册的截止日期。",
        "Confirm the day the roster speaks of.",
    ),
    "column_repeated": _warning(
        "“{field}”有两列，只用了第一列",
        "'{field}' stands over two columns; only the first is used",
        "请核对对应关系。",
        "Check the mapping.",
    ),
    "total_differs": _warning(
        "“{field}”与表内合计不一致：表内 {printed}，逐行相加 {computed}",
        "'{field}' disagrees with the sheet's total: printed {printed}, summed {computed}",
        "请核对是否有漏行，或合计未更新。",
        "Check for missing rows, or a stale total.",
    ),
}


def issue(code: str, cell: str | None = None, value: str | None = None, **words: object) -> Issue:
    """An issue of that kind; `words` fill the marks of its sentence."""
    kind = KINDS[code]
    return Issue(code, kind.severity, kind.message.format(**words), kind.remedy, cell, value)
