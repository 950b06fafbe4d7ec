"""What can be wrong with one cell or one row."""

from __future__ import annotations

from dashboard.importing.issues.kind import Kind, error, info, warning
from dashboard.text import Text

_SOURCE = Text("请检查原文件的编码。", "Check the encoding of the original file.")

CELLS: dict[str, Kind] = {
    "required_empty": error(
        "“{field}”为空，这一行没有导入",
        "'{field}' is empty; the row was not loaded",
        "补填后重新上传。",
        "Fill it in and upload again.",
    ),
    "bad_date": error(
        "“{field}”不是能识别的日期",
        "'{field}' is not a date we can read",
        "请写成 2017-03-08。",
        "Write it as 2017-03-08.",
    ),
    "ambiguous_date": error(
        "“{field}”的日期有两种读法，不作猜测",
        "The date in '{field}' can be read in two ways; it was not guessed",
        "请写成 2017-03-08。",
        "Write it as 2017-03-08.",
    ),
    "year_missing": error(
        "“{field}”没有年份，标题中也找不到",
        "The date in '{field}' has no year, and the title names none",
        "在日期或标题中写明年份。",
        "State the year in the date or in the title.",
    ),
    "bad_period": error(
        "“{field}”不是能识别的时间段",
        "'{field}' is not a period we can read",
        "例：2017年3月、3月、上半年。",
        "For example 2017年3月, 3月 or 上半年.",
    ),
    "bad_amount": error(
        "“{field}”不是能识别的金额",
        "'{field}' is not an amount we can read",
        "只写数字，如 1200.50。",
        "Write digits only, such as 1200.50.",
    ),
    "bad_count": error(
        "“{field}”不是整数",
        "'{field}' is not a whole number",
        "只写整数。",
        "Write a whole number.",
    ),
    "negative_count": error(
        "“{field}”是负数",
        "'{field}' is below nought",
        "人数、票数、场次没有负数，请核对。",
        "People, ballots and activities are never fewer than none: check it.",
    ),
    "personal_figure": error(
        "“{field}”里是身份证号、手机号或银行卡号，不是数字，没有读取",
        "'{field}' holds an identity, phone or card number and no figure; it was not read",
        "请核对这一行各格是否错位。",
        "Check whether the cells of this row stand in their columns.",
    ),
    "unknown_code": error(
        "“{field}”的写法不在可用值中：{known}",
        "'{field}' holds a word outside its list: {known}",
        "改为列出的写法之一。",
        "Use one of the words listed.",
    ),
    "damaged_number": error(
        "“{field}”的长数字已被表格软件改成近似值，末位不可信",
        "The long number in '{field}' was rounded by the spreadsheet; its last digits are lost",
        "把该列设为“文本”后重新填写。",
        "Format the column as text and enter it again.",
    ),
    "error_cell": error(
        "“{field}”是公式错误值",
        "'{field}' holds a formula's error",
        "修正公式，或直接填写数值。",
        "Mend the formula, or enter the value.",
    ),
    "uncalculated": error(
        "“{field}”是没有计算结果的公式",
        "'{field}' is a formula whose result was never stored",
        "用 Excel 或 WPS 打开并保存一次，再上传。",
        "Open the file in Excel or WPS, save it, and upload again.",
    ),
    "year_completed": warning(
        "“{field}”没有年份，已按标题补为 {given}",
        "'{field}' has no year; completed from the title as {given}",
        "请核对年份。",
        "Check the year.",
    ),
    "day_completed": warning(
        "“{field}”只写到月，按当月 1 日记为 {given}",
        "'{field}' names only a month; taken as its first day, {given}",
        "如需准确日期请补填。",
        "Add the day if it matters.",
    ),
    "range_start": warning(
        "“{field}”是一段日期，按第一天记为 {given}",
        "'{field}' is a range of days; its first is taken, {given}",
        "请核对。",
        "Check it.",
    ),
    "rounded_amount": warning(
        "“{field}”的小数超过四位，四舍五入到分，记为 {given}",
        "'{field}' has more than four decimals; rounded to the cent, {given}",
        "请核对金额。",
        "Check the amount.",
    ),
    "text_after_amount": warning(
        "“{field}”数字旁有文字，数值记为 {given}",
        "'{field}' has words beside its number, taken as {given}",
        "请核对数值，把说明移到备注。",
        "Check the number; move the words to the note.",
    ),
    "note_in_name": warning(
        "姓名后附有说明，姓名记为 {given}",
        "The name carries a note; the name is taken as {given}",
        "把说明移到备注列。",
        "Move the words to the note column.",
    ),
    "personal_number": info(
        "“{field}”中含身份证号、手机号或银行卡号，已隐去，不会保存",
        "'{field}' held an identity, phone or card number; it was masked and is not stored",
    ),
    "more_than_expected": warning(
        "实到多于应到",
        "More attended than were invited",
        "请核对两个人数。",
        "Check both counts.",
    ),
    "too_many_ballots": warning(
        "“{field}”多于前一步的人数或票数",
        "'{field}' is more than the count of the step before it",
        "请核对：应到≥实到≥发出≥收回≥有效，赞成、反对、弃权之和不超过投票数。",
        "Check them: delegates ≥ present ≥ issued ≥ returned ≥ valid ≥ all votes together.",
    ),
    "ballots_differ": warning(
        "“{field}”不等于各部分之和",
        "'{field}' is not the sum of its parts",
        "请核对：收回＝有效＋废票，有效＝赞成＋反对＋弃权。",
        "Check them: returned = valid + void, valid = in favour + against + abstained.",
    ),
    "day_of_title": warning(
        "没有“{field}”，按标题中的时间记为那一段的第一天",
        "No '{field}': the first day of what the title names stands for it",
        "请补填日期。",
        "Fill in the day.",
    ),
    "no_time": error(
        "没有计划时间也没有实际日期，无法归入任何时期",
        "Neither a planned nor an actual date: the row belongs to no period",
        "补填其中一个。",
        "Fill in one of them.",
    ),
    "no_activity_date": error(
        "没有活动日期，标题中也找不到",
        "No date of the activity, neither in the row nor in the title",
        "在标题或一列中写明日期。",
        "State the date in the title or in a column.",
    ),
    "no_activity": error(
        "没有活动名称，标题中也找不到",
        "No name of the activity, neither in the row nor in the title",
        "在标题或一列中写明活动名称。",
        "State the activity in the title or in a column.",
    ),
    "unknown_signature": warning(
        "签名既不是本人姓名，也不是能识别的标记",
        "The signature is neither the person's name nor a mark we know",
        "请核对是否出席。",
        "Check whether they attended.",
    ),
    "bad_name": error(
        "“{field}”不是姓名",
        "'{field}' is not a name",
        "请填写姓名；若是合计行，请写“合计”。",
        "Enter a name; a total row should say 合计.",
    ),
    "no_amount": error(
        "没有金额",
        "No amount",
        "补填收入或支出金额。",
        "Fill in an income or an expense.",
    ),
    "no_direction": error(
        "看不出是收入还是支出",
        "Income or expense cannot be told",
        "增加“收支类别”列，或把金额分成收入、支出两列。",
        "Add a direction column, or split the amount into income and expense.",
    ),
    "no_year": error(
        "没有年度，标题中也找不到",
        "No year, neither in the row nor in the title",
        "在标题或一列中写明年度。",
        "State the year in the title or in a column.",
    ),
    "bad_year": error(
        "“{field}”不像是年度",
        "'{field}' looks like no year",
        "写四位数的年度，如 2025。",
        "Write a year of four figures, such as 2025.",
    ),
    "day_assumed": warning(
        "没有“{field}”，按立案、交办日期或标题中的时间记",
        "No '{field}': the filing or assignment day, or the title's, stands for it",
        "请补填征集日期。",
        "Fill in the day of hand-in.",
    ),
    "wrong_order": warning(
        "“{field}”早于前一步的日期",
        "'{field}' is earlier than the step before it",
        "请核对日期先后。",
        "Check the order of the dates.",
    ),
    "joined_before_birth": warning(
        "入会日期早于出生日期",
        "Joined before being born",
        "请核对两个日期。",
        "Check both dates.",
    ),
    "ambiguous_person": warning(
        "同部门有同名的人且没有工号，按两个人计，不与其他表合并",
        "Two people share name and department and have no number; kept apart, matched to nothing",
        "补填工号。",
        "Add staff numbers.",
    ),
    "told_apart": info(
        "与第 {given} 行名称、日期相同，但部门、负责人或地点不同，按另一项活动计",
        "Name and day of row {given}, but another department, person or place: counted by itself",
    ),
    "same_name_and_day": warning(
        "与第 {given} 行名称、日期相同，又没有编号，两行都已计入",
        "The same name and day as row {given}, and no number; both are counted",
        "若是同一项活动，请删去一行。",
        "If it is the same activity, delete one of the rows.",
    ),
    "repeated_punch": info(
        "与第 {given} 行是同一人同一天的又一次打卡，只记第一次",
        "Another check-in of the person and day of row {given}; the first is kept",
    ),
    "activity_from_file": warning(
        "行、标题、工作表名都没有活动名称，取自文件名",
        "Neither row nor title nor sheet names the activity; the file's name is taken",
        "请核对；最好写在标题里。",
        "Check it; the title is the place for it.",
    ),
    "not_signed": info(
        "没有签到时间，记为缺席",
        "No time of signing in: counted as absent",
        "若本人到场，请补填时间。",
        "If they were there, fill in the time.",
    ),
    "repeated_row": info("与第 {given} 行相同，只记一次", "The same as row {given}; counted once"),
    "repeated_on_sheet": info(
        "工作表“{sheet}”已有这一行，只记一次", "Sheet '{sheet}' holds this line too; counted once"
    ),
    "repeated_key": warning(
        "与第 {given} 行是同一人同一活动，只记第一次",
        "The same person and activity as row {given}; the first is kept",
        "请核对。",
        "Check it.",
    ),
    "conflicting_key": error(
        "与第 {given} 行编号相同但内容不同，没有导入",
        "The same identifier as row {given} with other content; not loaded",
        "改正编号或删去其中一行。",
        "Correct the identifier or delete one of the rows.",
    ),
    "possible_duplicate": warning(
        "与第 {given} 行完全相同，两行都已计入",
        "Identical to row {given}; both are counted",
        "若是重复登记，请删去一行。",
        "If it was entered twice, delete one.",
    ),
    "mojibake": warning("“{field}”含乱码字符", "'{field}' is garbled", _SOURCE.zh, _SOURCE.en),
}
