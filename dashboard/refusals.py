"""What a refusal says, in both languages: what, where, and what to do. Marks are filled in."""

from __future__ import annotations

from dashboard.text import Text

REFUSALS: dict[str, Text] = {
    "empty": Text(
        "文件是空的。请确认导出时已选中数据，再上传。",
        "The file is empty. Check that the export contained data, then upload it again.",
    ),
    "too_large": Text(
        "文件有 {size} MB，超过上限 {limit} MB。请拆分后分次上传。",
        "The file is {size} MB; the limit is {limit} MB. Split it and upload the parts.",
    ),
    "password": Text(
        "文件设有密码，无法读取。请在 Excel 中另存为不加密的副本后上传。",
        "The file is protected by a password. Save a copy without one and upload that.",
    ),
    "damaged": Text(
        "文件已损坏或不完整，无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。",
        "The file is damaged or cut short. Open it in Excel or WPS, save as .xlsx, and retry.",
    ),
    "not_a_table": Text(
        "这不是表格文件（识别为 {kind}）。请上传 xlsx、xls、xlsb、ods 或 csv。",
        "This is not a spreadsheet (it looks like {kind}). Upload xlsx, xls, xlsb, ods or csv.",
    ),
    "not_a_plan": Text(
        "这不是文字的工作计划（识别为 {kind}）。请上传 .docx、.txt 或 .md，其他格式请先另存。",
        "This is no plan as text (it looks like {kind}). Upload .docx, .txt or .md.",
    ),
    "no_plan": Text(
        "没有读到工作计划的条目。请确认文件是中文的工作计划，而不是扫描件、乱码或表格。",
        "No item of a work plan was found: is it Chinese text, no scan, no table?",
    ),
    "encoding": Text(
        "无法确定文字编码。请在 Excel 中另存为“CSV UTF-8”或 .xlsx 后上传。",
        "The text encoding could not be determined. Save as 'CSV UTF-8' or .xlsx and retry.",
    ),
    "no_cells": Text(
        "文件里没有任何单元格内容。若只有图片，请上传原始表格。",
        "No cell holds anything. If it shows only a picture, upload the original table.",
    ),
    "too_complex": Text(
        "文件解压后过大或表格范围异常（上限 {limit}）。请删除多余的空行空列后另存再上传。",
        "The file is too large when unpacked, or its range is absurd (limit {limit})."
        " Delete surplus empty rows and columns, save, and retry.",
    ),
    "reader_died": Text(
        "读取这个文件时程序超出了时间或内存限制，已停止。"
        "请用 Excel 或 Word 另存为 .xlsx 或 .docx 后重试。",
        "Reading this file exceeded the time or memory limit and was stopped."
        " Save it again as .xlsx (a plan: .docx) and retry.",
    ),
    "too_heavy": Text(
        "这个 {size} MB 的文件内容太多，读取时超出了时间或内存限制，已停止。请拆分后分次打开。",
        "This file of {size} MB holds too much: reading it exceeded the time or memory limit and"
        " was stopped. Split it and open the parts.",
    ),
    "missing_file": Text(
        "找不到文件 {file}。请检查文件名和路径。",
        "There is no file {file}. Check its name and path.",
    ),
    "file_exists": Text(
        "文件 {file} 已经存在，没有改动它。请用 --out 换一个名字。",
        "The file {file} exists and was left as it is. Choose another name with --out.",
    ),
    "unwritable": Text(
        "无法写入文件 {file}：{reason}。请换一个位置。",
        "The file {file} cannot be written: {reason}. Choose another place.",
    ),
    "disk_full": Text(
        "磁盘空间不足，没有写入 {file}。请清理空间，或用 --out 换一个位置。",
        "The disk is full; {file} was not written. Free some space, or choose another place"
        " with --out.",
    ),
    "open_elsewhere": Text(
        "无法写入文件 {file}：没有权限，或它正在 Excel 等程序中打开。请关闭它，或换一个位置。",
        "The file {file} cannot be written: no permission, or another program has it open."
        " Close it there, or choose another place.",
    ),
    "no_folder": Text(
        "没有文件夹 {folder}。请先建好它，或用 --out 换一个位置。",
        "There is no folder {folder}. Make it first, or choose another place with --out.",
    ),
    "wrong_ending": Text(
        "--out {file} 的后缀应为 {ending}；若是文件夹，请先建好它。",
        "The name after --out, {file}, must end in {ending}; if it is a folder, make it first.",
    ),
    "export_failed": Text(
        "导出没有完成，这是程序的问题（{reason}）；没有写入任何文件。请把这句话告诉维护的人。",
        "The export failed through a fault of the program ({reason}); no file was written."
        " Please tell whoever looks after it.",
    ),
    "denied": Text(
        "您的身份（{role}）没有这项权限。请主席或委员操作，或请管理员调整您的身份。",
        "Your role ({role}) has no right to this. Ask an officer to do it, or the administrator"
        " to change your role.",
    ),
    "cancelled": Text("已取消，没有写入任何文件。", "Cancelled; no file was written."),
    "template_kind": Text(
        "这不是完整的 PowerPoint 演示文稿。请用 PowerPoint 或 WPS 另存为 .pptx 后再选作模板。",
        "This is no whole PowerPoint presentation. Save it as .pptx in PowerPoint or WPS, then"
        " choose it as the template.",
    ),
    "template_damaged": Text(
        "模板已损坏或含有不允许的内容。请用 PowerPoint 或 WPS 打开后另存为 .pptx 再选。",
        "The template is damaged, or holds what is not allowed. Open it in PowerPoint or WPS,"
        " save it as .pptx, and choose that.",
    ),
    "template_large": Text(
        "模板过大（上限 {limit}，解压后计）。请删去其中的幻灯片和大图片后再选。",
        "The template is too large (limit {limit}, unpacked as well). Delete its slides and large"
        " pictures, then choose it again.",
    ),
    "template_macros": Text(
        "模板含有宏，不能使用。请另存为不含宏的 .pptx 再选。",
        "The template contains macros. Save it as a .pptx without macros, and choose that.",
    ),
    "template_links": Text(
        "模板的母版链接到文件以外的内容。请在 PowerPoint 中删除这些链接，再选作模板。",
        "The template's master links to something outside the file. Remove those links in"
        " PowerPoint, then choose it again.",
    ),
    "no_dataset": Text(
        "没有认出任何一种台账。请在“对应关系”中指定数据类型，或使用 --dataset。",
        "No sheet matches a known register. Choose its dataset, or use --dataset.",
    ),
    "nothing_to_load": Text(
        "没有一行可以导入。请先处理列出的问题。",
        "Not one row can be loaded. Mend the issues listed first.",
    ),
    "unstorable": Text(
        "工作表“{sheet}”的数据无法保存（{reason}）。本次导入的内容都没有写入。",
        "The rows of sheet {sheet} cannot be stored ({reason}). Nothing of this import was.",
    ),
    "mode_not_offered": Text(
        "“{dataset}”不能用 {name} 方式导入。可用：{known}。",
        "{dataset} cannot be imported with the mode {name}. Known: {known}.",
    ),
    "no_period": Text(
        "工作表“{sheet}”没有一行有日期，不知道该替换哪一段。请改用“更新并补充”。",
        "No row of sheet {sheet} has a date, so what to replace is unknown."
        " Update and add instead.",
    ),
    "already_imported": Text(
        "{file} 的“{sheet}”{when} 已导入过，再加一遍会重复。如需重来，请先撤销那次导入。",
        "Sheet {sheet} of {file} was imported on {when} already; adding it again would double it."
        " To start over, undo that import first.",
    ),
    "unknown_import": Text(
        "没有第 {name} 次导入。请在导入记录中查看编号。",
        "There is no import {name}. Look up its number in the history.",
    ),
    "already_undone": Text(
        "第 {name} 次导入已在 {when} 撤销。", "Import {name} was undone on {when} already."
    ),
    "later_imports": Text(
        "在它之后还有导入：{which}。请先撤销它们，或选择连同它们一起撤销。",
        "There are imports after it: {which}. Undo those first, or undo them together with it.",
    ),
    "before_history": Text(
        "{which} 由旧版本导入，当时没有保存改动前的内容，无法撤销。",
        "{which}: imported by an older version that did not keep what it changed;"
        " it cannot be undone.",
    ),
    "refused_file": Text(
        "{file}：{message}本次导入的内容都没有写入。",
        "{file}: {message} Nothing of this import was stored.",
    ),
    "unknown_workspace": Text(
        "没有名为 {name} 的工作区。可用：{known}。",
        "There is no workspace {name}. Known: {known}.",
    ),
    "unknown_dataset": Text(
        "没有名为 {name} 的数据类型。可用：{known}。",
        "There is no dataset {name}. Known: {known}.",
    ),
    "unknown_period": Text(
        "看不懂时间段 {name}。例：2017、2017-09、2017-09:2018-07、2016-2017（学年）。",
        "The period {name} is not understood."
        " Examples: 2017, 2017-09, 2017-09:2018-07, 2016-2017 (school year).",
    ),
    "unknown_date": Text(
        "看不懂日期 {name}。请写成 2017-09-01。",
        "The date {name} is not understood. Write it as 2017-09-01.",
    ),
    "day_outside": Text(
        "日期 {name} 不在 {period} 之内，或还没有到。请换一天。",
        "{name} is not a day of {period}, or has not come yet. Choose another day.",
    ),
    "bad_calendar": Text(
        "校历设置有误：学年从 2–12 月中的一个月开始，统计年从 1–12 月中的一个月开始；"
        "第二学期写成月和日（不用 2 月 29 日），不能是学年的第一天。",
        "These calendars do not divide a year: a school year begins in a month from 2 to 12, a"
        " statistical year from 1 to 12; the second term on a month and day (not 29 February)"
        " that is not the school year's first.",
    ),
    "unknown_dimension": Text(
        "不能按“{name}”筛选。请写成 名称=值，名称可以是：{known}。",
        "There is no filter '{name}'. Write NAME=VALUE; the names are: {known}.",
    ),
    "no_such_value": Text(
        "{dimension}中没有“{name}”。现有：{known}。",
        "{dimension} knows no '{name}'. Known: {known}.",
    ),
    "unknown_value": Text(
        "{dimension}中没有“{name}”，已按全部显示。现有：{known}。",
        "{dimension} knows no '{name}', so all is shown. Known: {known}.",
    ),
    "unknown_block": Text(
        "没有“{name}”这个页面或板块。可用的页面：{known}。",
        "There is no page or block '{name}'. Known pages: {known}.",
    ),
    "unknown_figure": Text(
        "没有名为 {name} 的指标，可能链接不完整。",
        "There is no figure {name}; the link may be cut.",
    ),
    "bad_recipe": Text(
        "这张图不能这样统计：{reason}。请换一列或换一种图。",
        "This chart cannot be counted so: {reason}. Choose another column or another chart.",
    ),
    "too_much_memory": Text(
        "表格太大，这一步超出了内存限制，已停止。请先筛选，或拆分文件后再试。",
        "The tables are too large: this step passed its memory limit and was stopped."
        " Keep to fewer rows, or split the file.",
    ),
    "bad_setting": Text(
        "“{name}”应为 {low} 到 {high} 之间的数。", "{name} must be a number from {low} to {high}."
    ),
    "join_too_large": Text(
        "两表按这个键关联会有 {rows} 行（上限 {limit} 行），因为键在两边都重复。请换一个键。",
        "Joined on this key the tables would have {rows} rows (limit {limit}): it repeats on both"
        " sides. Choose a key that tells rows apart better.",
    ),
    "port_taken": Text(
        "端口 {port} 已被占用，看板可能已经在运行。请直接打开 http://localhost:{port}，"
        "或用 --port 换一个端口。",
        "Port {port} is in use; the dashboard may be running already."
        " Open http://localhost:{port}, or choose another with --port.",
    ),
    "busy": Text(
        "数据正被另一个程序使用（看板可能已在运行{pid}）。请先关闭它再试。",
        "Another program is using the data (the dashboard may be running already{pid})."
        " Close it and retry.",
    ),
    "storage": Text(
        "数据文件无法打开或写入：{reason}。请检查磁盘空间与文件夹权限；原有数据未改动。",
        "The data file cannot be opened or written: {reason}."
        " Check disk space and folder permissions; stored data is unchanged.",
    ),
    "no_cjk_font": Text(
        "这台电脑上没有可用的中文字体，无法生成 PDF（否则汉字会是空白）。Windows 一般自带微软雅黑；"
        "Linux 请安装 fonts-noto-cjk；也可以把 .ttf 或 .otf 字体文件放进 {folder} 后再试。",
        "No typeface on this computer writes Chinese, so no PDF was made: its characters would be"
        " blank. Windows normally has Microsoft YaHei; on Linux install fonts-noto-cjk; or put a"
        " .ttf or .otf file into {folder} and retry.",
    ),
    "definition": Text("内部定义有误：{reason}", "A definition is wrong: {reason}"),
}
