"""What is said of the data file, of backups, and of the house itself."""

from __future__ import annotations

from dashboard.text import Text

KEEPING: dict[str, Text] = {
    "busy": Text(
        "数据正被另一个程序使用（看板可能已在运行{pid}）。请先关闭它再试。",
        "Another program is using the data (the dashboard may be running already{pid})."
        " Close it and retry.",
    ),
    "no_room": Text(
        "磁盘已满，这次没有保存任何内容；原有数据完好，可以照常查看。请清理磁盘后再试一次。",
        "The disk is full. Nothing was saved; what is stored is whole and can be read as ever."
        " Free some space and try again.",
    ),
    "damaged_data": Text(
        "数据文件 dashboard.duckdb 已损坏（校验不符），没有对它做任何改动。"
        "请到“备份与恢复”恢复最近的备份，或运行 python -m dashboard restore。",
        "The data file dashboard.duckdb is damaged: its checksums do not agree. It was left as it"
        " is. Restore the newest backup on the page Backups, or by python -m dashboard restore.",
    ),
    "unverified": Text(
        "数据与导入账本不一致，已停止写入，以免越改越乱。"
        "请先到“数据导入”页查看缺少什么，再决定恢复备份或按现有数据继续。",
        "The data does not agree with its import ledger, so nothing is written to it. See on the"
        " import page what is missing, then restore a backup or go on with what is there.",
    ),
    "storage": Text(
        "数据文件无法打开或写入：{reason}。请检查磁盘空间与文件夹权限；原有数据未改动。",
        "The data file cannot be opened or written: {reason}."
        " Check disk space and folder permissions; stored data is unchanged.",
    ),
    "unnoted": Text(
        "操作记录无法写入：{reason}，因此没有交出文件。请检查磁盘空间与文件夹权限；数据未改动。",
        "The audit log cannot be written: {reason}. So no file was handed over. Check disk space"
        " and folder permissions; the data is unchanged.",
    ),
    "replaced": Text(
        "数据文件 dashboard.duckdb 在看板运行时被删除、移走或替换了，这次没有保存任何内容。"
        "请停止看板，把原来的文件放回去或恢复备份，再启动。",
        "The data file dashboard.duckdb was deleted, moved or replaced while the dashboard had it"
        " open. Nothing was saved. Stop the dashboard, put the file back or restore a backup, and"
        " start it again.",
    ),
    "in_the_way": Text(
        "数据文件夹里的 {name} 不是看板的文件，占了它的位置。请把它移到别处，再试一次；"
        "现有数据未改动。",
        "{name} in the data folder is none of the dashboard's, and stands in its place. Move it"
        " elsewhere and try again; stored data is unchanged.",
    ),
    "in_use": Text(
        "有人正在导出或读取大量数据，暂时不能更换数据文件。请稍等一分钟再试。",
        "A long export or reading is under way, so the data file cannot be exchanged now."
        " Try again in a minute.",
    ),
    "backup_damaged": Text(
        "备份 {name} 不完整或已损坏，没有恢复，现有数据未改动。请换一份备份。",
        "The backup {name} is damaged or cut short. Nothing was changed; choose another backup.",
    ),
    "restore_differs": Text(
        "备份 {name} 已恢复，但读回来不一致，磁盘可能有故障。恢复之前的数据也备份了，"
        "请换一块磁盘后再恢复。",
        "The backup {name} was restored but reads back differently: the disk may be failing. What"
        " was there before is backed up, too; restore again on another disk.",
    ),
    "backup_foreign": Text(
        "{name} 不是本看板的备份。请选择一个备份文件夹，或从“备份与恢复”下载的 zip 文件。",
        "{name} is no backup of this dashboard. Choose a backup's folder or its zip file.",
    ),
    "backup_newer": Text(
        "备份 {name} 由更新版本的看板生成。请先更新本机的看板，再恢复。现有数据未改动。",
        "The backup {name} was made by a newer version of the dashboard. Update this one first."
        " Nothing was changed.",
    ),
    "backup_none": Text(
        "没有完好的备份可以恢复。如有 U 盘上的备份，请写明它的 zip 文件。",
        "There is no whole backup to restore. Name the zip file of one that was taken away.",
    ),
    "backup_unknown": Text(
        "没有备份 {name}。用 python -m dashboard backup --list 查看已有的备份。",
        "There is no backup {name}; `python -m dashboard backup --list` shows those there are.",
    ),
    "backup_space": Text(
        "磁盘空间不足：需要约 {need} MB，只有 {free} MB。没有生成备份。请清理空间后重试。",
        "Too little disk space: about {need} MB are needed, {free} MB are free. No backup was made;"
        " free some space and retry.",
    ),
    "unpack_space": Text(
        "磁盘已满，备份 {name} 没有解开，没有恢复；现有数据未改动。请清理空间后重试。",
        "The disk is full: the backup {name} was not unpacked. Nothing was restored or changed;"
        " free some space and retry.",
    ),
    "unpack_failed": Text(
        "备份 {name} 没有解开：{reason}。没有恢复，现有数据未改动。请检查磁盘与文件夹权限。",
        "The backup {name} was not unpacked: {reason}. Nothing was restored or changed. Check the"
        " disk and folder permissions.",
    ),
    "backup_failed": Text(
        "备份没有完成：{reason}。没有留下不完整的备份，现有数据未改动。",
        "The backup was not finished: {reason}. No half backup was left; the data is unchanged.",
    ),
    "backup_differs": Text(
        "备份写完后读回来与原数据不一致，已删除。请检查磁盘后重试，现有数据未改动。",
        "The backup read back differently from the data and was removed. Check the disk and retry;"
        " the data is unchanged.",
    ),
    "keeping_busy": Text(
        "另一次备份或恢复正在进行，请等它完成。",
        "Another backup or restore is under way. Wait until it ends.",
    ),
    "unconfirmed": Text("没有确认，没有恢复。", "Not confirmed; nothing was restored."),
    "server_silent": Text(
        "看板正在运行，但 {seconds} 秒内没有答复。请在页面“备份与恢复”中操作，或先停止看板再试。",
        "The dashboard is running but did not answer in {seconds} s. Use its page, or stop it and"
        " retry.",
    ),
    "server_gone": Text(
        "看板没有答复就停止了，不知道这件事是否已经完成。请用 python -m dashboard backup --list 和"
        " python -m dashboard history 看一看，再决定是否重做。",
        "The dashboard stopped without an answer, so nobody can say whether it was done. Look at"
        " `python -m dashboard backup --list` and `python -m dashboard history` before you do it"
        " again.",
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
