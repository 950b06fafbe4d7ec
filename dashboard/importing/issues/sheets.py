"""What can be wrong with a sheet or a whole column, and what was left out of it."""

from __future__ import annotations

from dashboard.importing.issues.kind import Kind, error, info, warning

SHEETS: dict[str, Kind] = {
    "banks_debit": info(
        "这是银行流水：余额随“借方”减少，借方按支出、贷方按收入读取",
        "A bank statement: the balance falls by 借方, so it is read as spending",
        "请核对收支方向。",
        "Check the direction.",
    ),
    "banks_debit_named": info(
        "名称说明这是银行流水，“借方”按支出、“贷方”按收入读取",
        "Its name says it is a bank statement, so 借方 is read as spending",
        "请核对收支方向。",
        "Check the direction.",
    ),
    "debit_unproved": warning(
        "没有余额可以核对，“借方”按收入、“贷方”按支出读取",
        "No balance tells what 借方 means; it is read as income and 贷方 as spending",
        "请核对收支方向；若是银行流水，请在标题或文件名中写明“银行对账单”，重新上传。",
        "Check the direction; name a bank statement 银行对账单 in its title or file name.",
    ),
    "signs_mixed": warning(
        "支出的“{field}”有正有负（{plus} 正 {minus} 负），{given}",
        "Of the spending in '{field}', {plus} have no minus and {minus} have one; {given}",
        "请核对；退回的款项最好记作收入，或在摘要中写明。",
        "Check it; money that came back is best entered as income.",
    ),
    "section_unheeded": warning(
        "这一行下面没有再写表头，下面各行仍按“{field}”读取",
        "No header follows this row; the rows below are still read as '{field}'",
        "请在这一行下面再写一次表头，或增加“收支类别”列，然后重新上传。",
        "Repeat the header below this row, or add a direction column, and upload again.",
    ),
    "unit_scaled": info(
        "“{field}”的单位是{given}，金额已换算成元",
        "'{field}' is given in {given}; amounts were converted to yuan",
        "请核对换算后的金额。",
        "Check the converted amounts.",
    ),
    "unit_unknown": warning(
        "“{field}”的单位写的是“{given}”，不能换算成元，金额按原数读取",
        "'{field}' is given in '{given}', which is no unit of yuan; it is read as it is",
        "请换算成元后重新上传。",
        "Convert the amounts to yuan and upload again.",
    ),
    "unit_below": warning(
        "这一行说单位是{given}，与表上所写不同，金额没有按它换算",
        "This row gives {given} as the unit, the table's head does not; nothing was converted",
        "请把单位写在表头上方或列名中，不同单位分成不同的表。",
        "State the unit above the header or in it; keep one unit in a table.",
    ),
    "column_missing": error(
        "缺少必需的列“{field}”，没有一行可以导入",
        "The column '{field}' is missing; not one row can be loaded",
        "检查表头所在行，或在对应关系中指定。",
        "Check the header row, or assign the column.",
    ),
    "note_row": info("这一行是说明文字，不作为数据", "This row is a remark, not data"),
    "no_worksheet": info(
        "“{given}”是图表或宏，不是工作表，没有单元格可以读取",
        "'{given}' is a chart or a macro, no worksheet; it has no cells to read",
    ),
    "hidden_sheet": info(
        "工作表“{given}”是隐藏的，没有读取",
        "The sheet '{given}' is hidden and was not read",
        "需要时请在表格软件中取消隐藏。",
        "Unhide it in your spreadsheet program if it is needed.",
    ),
    "hidden_rows": warning(
        "隐藏的第 {given} 行没有读取；表内合计若包含这些行，会与读取结果不一致",
        "Hidden rows {given} were not read; a printed total that includes them will disagree",
        "需要时选择“读取隐藏的行和列”，或在表格软件中取消隐藏后重新上传。",
        "Choose to read hidden rows and columns, or unhide them and upload again.",
    ),
    "filtered_rows": warning(
        "筛选隐藏了第 {given} 行，没有读取；表内合计若包含这些行，会与读取结果不一致",
        "A filter hides rows {given}; they were not read, and a printed total may disagree",
        "在表格软件中点“数据—清除筛选”并保存后重新上传，或选择“读取隐藏的行和列”。",
        "Clear the filter (Data, Clear), save and upload again, or choose to read hidden rows.",
    ),
    "hidden_columns": warning(
        "隐藏的 {given} 列没有读取",
        "Hidden columns {given} were not read",
        "需要时选择“读取隐藏的行和列”，或在表格软件中取消隐藏后重新上传。",
        "Choose to read hidden rows and columns, or unhide them and upload again.",
    ),
    "scaled_format": warning(
        "{given} 列的数字格式只显示缩小后的数：显示 {shown}，实际 {stored}；按实际数值读取",
        "Column {given} shows its numbers scaled: {shown} on screen, {stored} stored and read",
        "请核对金额的单位。",
        "Check the unit of the amounts.",
    ),
    "odd_format": warning(
        "{given} 列的数字格式显示了外币、负号或每人：显示 {shown}，实际 {stored}；按实际数值读取",
        "Column {given} shows a currency, a minus or a rate: {shown} on screen, {stored} read",
        "请核对这些金额，换算成元后填写。",
        "Check these amounts; enter them in yuan.",
    ),
    "struck_cells": warning(
        "第 {given} 行有划掉（删除线）的单元格，仍按未划掉读取",
        "Rows {given} hold cells that are struck out; they were read all the same",
        "若划掉表示作废，请删去这些行或单元格后重新上传。",
        "If they are meant as void, delete them and upload again.",
    ),
    "picture_cells": warning(
        "{given} 列有 {count} 个单元格只放了图片，没有可读取的内容",
        "{count} cells of column {given} hold only a picture; there is nothing to read in them",
        "需要时把图片里的文字填入单元格。",
        "Type what the pictures say into the cells, if it is needed.",
    ),
    "no_column_name": warning(
        "{given} 列没有列名，其中 {count} 个单元格没有读取",
        "Column {given} has no name; {count} cells in it were not read",
        "如果需要，请补上列名；也可能是某一行多了一格。",
        "Name the column if it matters; or some row has a cell too many.",
    ),
    "open_quote": warning(
        "引号没有成对（从这一行起），每一行都单独读取，引号内的换行不起作用",
        "A quotation mark is never closed from this row on; each line was read by itself",
        "请检查这一行的引号，改正后重新上传。",
        "Check the quotation marks of this row, correct them and upload again.",
    ),
    "no_dataset": warning(
        "没有认出这是哪一种台账",
        "This sheet matches no known register",
        "请指定数据类型，或检查表头。",
        "Choose its dataset, or check its headers.",
    ),
    "no_header": warning(
        "没有找到表头",
        "No header row was found",
        "请确认第一行有数据的行是列名。",
        "Make sure the columns are named.",
    ),
    "as_of_unknown": warning(
        "标题和文件名中没有截止日期，按今天 {given} 记",
        "Neither title nor file name gives an as-of date; today, {given}, is taken",
        "请确认名册的截止日期。",
        "Confirm the day the roster speaks of.",
    ),
    "in_part": warning(
        "标题写着“{given}”，像是只列了一部分人；按完整名册读取，没有列出的人不再算在册",
        "The title says '{given}', as if only some people were listed; it is read as the whole"
        " roster, and who is not on it counts as gone",
        "若只是部分人员的名单，请跳过这张表，改为上传完整的名册。",
        "If it lists only some, skip this sheet and upload the whole roster.",
    ),
    "column_qualified": warning(
        "“{given}”说的不是“{field}”本身（另一年、人均、百分比、累计、预算或一部分人），没有读取",
        "'{given}' is another year's, a head's, a share … and no plain '{field}'; not read",
        "确实要用这一列时，请在对应关系中指定。",
        "Assign the column if it is what you mean.",
    ),
    "column_repeated": warning(
        "“{field}”有两列，只用了第一列",
        "'{field}' stands over two columns; only the first is used",
        "请核对对应关系。",
        "Check the mapping.",
    ),
    "total_differs": warning(
        "“{field}”与表内合计不一致：表内 {printed}，逐行相加 {computed}",
        "'{field}' disagrees with the sheet's total: printed {printed}, summed {computed}",
        "请核对是否有漏行，或合计未更新。",
        "Check for missing rows, or a stale total.",
    ),
}
