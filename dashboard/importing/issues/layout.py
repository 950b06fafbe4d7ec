"""What was done to a sheet so that it could be read: cut, turned, put together, left out."""

from __future__ import annotations

from dashboard.importing.issues.kind import Kind, info, warning

LAYOUT: dict[str, Kind] = {
    "matrix_turned": info(
        "宽表已转成长表：{people} 人 × {days} 天 = {rows} 行",
        "A table with one column a day, read row by row: {people} people × {days} days = {rows}",
        "请核对人数和天数。",
        "Check both counts.",
    ),
    "matrix_days_empty": info(
        "{count} 列没有任何记录，按尚未举行处理：{given}",
        "{count} columns hold not one mark; taken as not yet held: {given}",
        "若已举行而无人到场，请填 0 或 ×。",
        "If it was held and nobody came, enter 0 or ×.",
    ),
    "matrix_columns_left_out": info(
        "每人的统计列没有导入（会重新计算）：{given}",
        "Each person's own totals were left out, they are counted anew: {given}",
    ),
    "year_of_title": warning(
        "表头的日期没有年份，已按标题补全，第一列记为 {given}",
        "The dates in the header have no year; completed from the title, the first is {given}",
        "请核对年份。",
        "Check the year.",
    ),
    "month_of_title": info(
        "表头只写了几号，年月取自标题，第一列记为 {given}",
        "The header names only days of the month; month and year are the title's, the first is "
        "{given}",
        "请核对年月。",
        "Check month and year.",
    ),
    "date_put_together": info(
        "“{given}”几列合成一个日期",
        "The columns '{given}' were read as one date",
        "请核对日期。",
        "Check the dates.",
    ),
    "columns_joined": info(
        "“{field}”有几列，每行只填其中一列，已合为一列",
        "'{field}' has several columns of which each row fills one; read as one column",
    ),
    "days_of_title": info(
        "日期列只写了几号，年月取自标题：{given}",
        "The date column names only days of the month; month and year are the title's: {given}",
        "请核对年月。",
        "Check month and year.",
    ),
    "tables_cut": info(
        "这张工作表里有 {count} 个表格，分别读取",
        "This sheet holds {count} tables; each was read by itself",
        "请核对每个表格的范围。",
        "Check each table's area.",
    ),
    "department_from_sheet": info(
        "没有部门列，部门取自工作表名：{given}",
        "No column of departments; the sheet's name is taken: {given}",
        "请核对部门。",
        "Check the department.",
    ),
    "name_from_sheet": info(
        "没有姓名列，姓名取自工作表名：{given}",
        "No column of names; the sheet's name is taken: {given}",
        "请核对姓名。",
        "Check the name.",
    ),
    "rows_numbered_only": info(
        "{count} 行只有序号，没有内容，按空行处理",
        "{count} rows hold nothing but their number; taken as empty",
    ),
    "total_differs_by_unit": warning(
        "“{field}”与表内合计正好相差 {more} 倍：表内 {printed}，逐行相加 {computed}",
        "'{field}' and the sheet's total differ by exactly {more} times: printed {printed}, summed "
        "{computed}",
        "请核对单位：合计和各行可能一个按元、一个按千元或万元。",
        "Check the unit: the total and its rows may be given in different ones.",
    ),
    "total_without_texts": warning(
        "“{field}”与表内合计不一致：表内 {printed}，逐行相加 {computed}；"
        "差额正好是 {more} 个以文本存放的数字",
        "'{field}' disagrees with the sheet's total: printed {printed}, summed {computed}; the "
        "difference is that of {more} numbers kept as text",
        "表格的求和公式不计文本。请把这些单元格改成数字后重新求和。",
        "A sheet's own sum leaves out text. Turn those cells into numbers and sum again.",
    ),
    "total_with_words": warning(
        "“{field}”与表内合计不一致：表内 {printed}，逐行相加 {computed}；"
        "差额正好是这些没有读成数字的单元格：{more}",
        "'{field}' disagrees with the sheet's total: printed {printed}, summed {computed}; the "
        "difference is that of these cells, which are no plain numbers: {more}",
        "请把这些单元格改成纯数字，文字写到备注。",
        "Leave only the number in those cells; move the words to a note.",
    ),
}
