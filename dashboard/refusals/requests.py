"""What is said of something asked for that is not there, or cannot be done."""

from __future__ import annotations

from dashboard.text import Text

REQUESTS: dict[str, Text] = {
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
    "parts_by_year": Text(
        "按部门、性别等看人数，您的身份只能看年度；请把时间段改为年度。",
        "Your role sees people by department, sex and the like for calendar years only: choose a"
        " year.",
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
    "data_name": Text(
        "数据文件夹的路径里有 ?、\\ 或无法识别的字符，数据库打不开：{folder}。请换一个名称。",
        "The data folder's path has a ?, a \\ or no letters in it, so that the database cannot open"
        " it: {folder}. Give it another name.",
    ),
    "data_no_folder": Text(
        "{folder} 是文件，不是文件夹，不能存放数据。请用 --data 指定一个文件夹。",
        "{folder} is no folder, so no data can be kept in it. Name a folder with --data.",
    ),
    "no_such_folder": Text(
        "没有文件夹 {folder}。请先建好，或换一个位置。",
        "There is no folder {folder}. Make it first, or choose another place.",
    ),
    "not_letters": Text(
        "输入或文件名里有无法识别的字符（不是 UTF-8 文字）。请改正后再试。",
        "What was typed, or a name, holds bytes that are no letters (not UTF-8). Correct it and"
        " try again.",
    ),
    "bad_today": Text(
        "环境变量 DASHBOARD_TODAY 不是日期。请写成 2017-09-01，或去掉它。",
        "The environment's DASHBOARD_TODAY is no day. Write it as 2017-09-01, or leave it out.",
    ),
    "bad_port": Text(
        "没有端口 {port}。请用 --port 指定 1 到 65535 之间的数。",
        "There is no port {port}. Name one from 1 to 65535 with --port.",
    ),
    "unknown_host": Text(
        "找不到主机 {host}。请检查 --host 的写法；不写则只限本机。",
        "The host {host} is not known. Check --host; without it this computer alone is served.",
    ),
    "port_taken": Text(
        "端口 {port} 已被占用，看板可能已经在运行。请直接打开 http://localhost:{port}，"
        "或用 --port 换一个端口。",
        "Port {port} is in use; the dashboard may be running already."
        " Open http://localhost:{port}, or choose another with --port.",
    ),
}
