"""What is said of accounts, passwords and signing in."""

from __future__ import annotations

from dashboard.text import Text

ACCESS: dict[str, Text] = {
    "wrong": Text(
        "姓名或密码不对。请重新输入；忘记密码请找管理员重设。",
        "Name or password is wrong. Try again; if it is forgotten, ask an administrator.",
    ),
    "locked": Text(
        "输错次数过多，请 {minutes} 分钟后再试，或请管理员重设密码。",
        "Too many wrong passwords. Try again in {minutes} min, or ask an administrator for a new"
        " one.",
    ),
    "crowded": Text(
        "同时登录的人太多，请稍等一会儿再试。",
        "Too many people are signing in at once. Wait a moment and retry.",
    ),
    "short_password": Text(
        "密码至少要 {least} 个字符。用几个不相关的词连起来，又长又好记。",
        "A password needs at least {least} characters; a few unrelated words do well.",
    ),
    "long_password": Text(
        "密码最多 {most} 个字符，请短一些。", "A password has at most {most} characters."
    ),
    "common_password": Text(
        "这个密码太常见，或者和姓名几乎一样，容易被猜到。请换一个。",
        "This password is a common one, or hardly more than the name. Choose another.",
    ),
    "differing_passwords": Text(
        "两次输入的密码不一样，没有保存。请重新输入。",
        "The two passwords differ; nothing was stored. Try again.",
    ),
    "no_password": Text("没有输入密码，没有保存。", "No password was typed; nothing was stored."),
    "no_terminal": Text(
        "这里无法隐藏着输入密码。请在终端里运行，或加 --password-stdin 从标准输入读取。",
        "A password cannot be typed unseen here. Use a terminal, or --password-stdin.",
    ),
    "bad_name": Text(
        "账号姓名应为 1 到 {most} 个字，不能含控制字符。",
        "An account's name has 1 to {most} printable characters.",
    ),
    "bad_email": Text(
        "“{name}”不是邮箱地址。请检查后再试。", "{name} is no e-mail address. Check it and retry."
    ),
    "name_taken": Text(
        "已有同名或同邮箱的账号：{name}。请换一个，例如加上部门。",
        "There is an account with this name or address: {name}. Choose another.",
    ),
    "unknown_account": Text(
        "没有账号 {name}。用 python -m dashboard users list 查看全部账号。",
        "There is no account {name}; `python -m dashboard users list` shows them all.",
    ),
    "first_account": Text(
        "第一个账号必须是主席/委员（它同时是管理员）。请先建它，再建其他账号。",
        "The first account must be an officer's (and is an administrator's). Add that one first.",
    ),
    "last_administrator": Text(
        "至少要有一个身份为主席/委员的管理员，没有改动。请先指定另一个管理员。",
        "One administrator who is an officer must remain; nothing was changed. Appoint another"
        " first.",
    ),
    "accounts_exist": Text(
        "已经有账号了。请登录，或请管理员添加账号。",
        "There are accounts already. Sign in, or ask an administrator to add one.",
    ),
    "secret_weak": Text(
        "密钥文件 {file} 不可用：太短或不是随机数。请删除它后重新启动，看板会自动生成新的"
        "（所有人需重新登录）。",
        "The secret in {file} is too short ({bytes} random bytes are needed) or not random."
        " Delete the file and start again: a new one is made, and everybody signs in anew.",
    ),
    "no_room_to_share": Text(
        "磁盘只剩 {free} MB，共享至少需要 {least} MB。请清理空间后再启动，"
        "或不加 --share，只在本机使用。",
        "Only {free} MB of disk are free; sharing needs {least} MB. Free some space and start"
        " again, or leave --share out and use it on this computer.",
    ),
    "secret_open": Text(
        "密钥文件 {file} 可被其他用户读取，且无法更正权限，没有启动。请把数据目录移到自己的磁盘上，"
        "或执行 chmod 600。",
        "Others can read the secret {file}, and that could not be mended; nothing was started."
        " Move the data folder to a disk of your own, or run chmod 600 on the file.",
    ),
    "openid_settings": Text(
        "学校账号登录没有配置好：{file} 的 [auth] 里请检查 {names}（地址须为 https，"
        "回调地址以 /oauth2callback 结尾）。不用学校账号登录，就删除这一段。",
        "Signing in by the school's account is not set up rightly: see {names} under [auth] in"
        " {file} (addresses must be https, the way back ends in /oauth2callback). Delete that"
        " section to do without.",
    ),
}
