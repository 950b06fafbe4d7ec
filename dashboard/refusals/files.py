"""What is said of a file that cannot be read, filled in or written."""

from __future__ import annotations

from dashboard.text import Text

FILES: dict[str, Text] = {
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
    "cell_too_long": Text(
        "单元格 {cell} 的文字过长（上限 {limit} 个字），无法读取。"
        "请检查那里是否漏了换行或引号，改短后重新上传。",
        "Cell {cell} is too long to read (limit {limit} characters). Look there for a line break or"
        " a quotation mark left out, shorten it, and retry.",
    ),
    "reader_died": Text(
        "读取这个文件时超出了限制（{seconds} 秒、{memory} MB 内存）或程序意外中断，已停止。"
        "请用 Excel 或 Word 另存为 .xlsx 或 .docx 后重试；仍不行，请删去多余的行列或拆分。",
        "Reading this file exceeded the limit ({seconds} s, {memory} MB of memory) or broke off."
        " Save it again as .xlsx (a plan: .docx) and retry; if that fails, too, delete surplus rows"
        " and columns, or split it.",
    ),
    "too_heavy": Text(
        "这个 {size} MB 的文件内容太多，读取时超出了限制（{seconds} 秒、{memory} MB 内存），"
        "已停止。请拆分后分次打开。",
        "This file of {size} MB holds too much: reading it exceeded the limit ({seconds} s,"
        " {memory} MB of memory) and was stopped. Split it and open the parts.",
    ),
    "missing_file": Text(
        "找不到文件 {file}。请检查文件名和路径。",
        "There is no file {file}. Check its name and path.",
    ),
    "not_a_file": Text(
        "{file} 不是文件（可能是文件夹或设备），无法读取。请指定一个文件。",
        "{file} is no file that can be read; it may be a folder or a device. Name a file.",
    ),
    "unreachable": Text(
        "无法读写 {file}：{reason}。请检查路径、权限和磁盘空间。",
        "{file} cannot be read or written: {reason}. Check the path, who may use it, and the disk.",
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
    "no_free_days": Text(
        "您的身份按年度、学年、学期、统计年或月查看，不能自选日期；这里显示默认时间段。",
        "Your role sees years, terms and months, not any stretch of days; the usual period is"
        " shown.",
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
}
