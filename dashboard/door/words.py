"""What stands on the pages of the door."""

from __future__ import annotations

from dashboard.text import Text

NAME = Text("工会数据看板", "Union Dashboard")
OTHER = Text("English", "中文")
SIGN_IN = Text("登录", "Sign in")
SIGN_OUT = Text("退出登录", "Sign out")
SET_UP = Text("设置第一个账号", "The first account")
OPENING = Text("正在打开…", "Opening…")
ON = Text("继续", "Go on")
BACK = Text("返回看板", "Back to the dashboard")
ACCOUNT = Text("姓名", "Name")
PASSWORD = Text("密码", "Password")
OWN_NAME = Text("您的姓名", "Your name")
NEW_PASSWORD = Text("密码（至少 10 个字符）", "Password (10 characters at least)")
AGAIN = Text("再输一次密码", "The password once more")
CODE = Text("设置码（见启动看板的窗口）", "Set-up code (in the window the dashboard runs in)")
MAKE = Text("建立账号并登录", "Make the account and sign in")
FIRST = Text(
    "共享看板前需要一位管理员。这个账号身份为“主席/委员”，以后由它增减其他账号。",
    "Sharing needs somebody to look after it. This account is an officer's;"
    " it adds and removes the others.",
)
SIGNED_IN_AS = Text("当前账号：{name}", "Signed in as {name}")
STALE = Text("页面已过期，请再试一次。", "This page had expired. Please try again.")
OFTEN = Text(
    "尝试次数过多。请 {minutes} 分钟后再试。", "Too many attempts. Retry in {minutes} minutes."
)
SCHOOL = Text("用学校账号登录", "Sign in with the school's account")
SCHOOL_FAILED = Text(
    "学校账号登录没有完成。请再试一次。", "Signing in at the school did not succeed. Try again."
)
SCHOOL_UNVERIFIED = Text(
    "学校账号没有确认过的邮箱，无法登录。请先在学校的账号系统里确认邮箱。",
    "The school's account has no verified e-mail address, so it cannot sign in. Verify it there.",
)
SCHOOL_UNKNOWN = Text(
    "这个学校账号还不能使用看板。请管理员先添加带有您邮箱的账号。",
    "This account of the school may not use the dashboard yet. Ask whoever looks after the"
    " dashboard to add an account with your e-mail address.",
)
SCHOOL_UNREACHABLE = Text(
    "连不上学校的登录服务器。请稍后再试，或用看板账号登录。",
    "The school's sign-in server cannot be reached. Retry later, or sign in with an account here.",
)
UNEQUAL = Text("两次输入的密码不一样。", "The two passwords differ.")
NO_CODE = Text(
    "设置码不对。它显示在启动看板的窗口里。",
    "That is not the set-up code; it stands in the window the dashboard runs in.",
)
HAS_CODE = Text(
    "还没有账号。在这台电脑上打开 {url}/set-up 设置；在别的电脑上设置，需要设置码：{code}",
    "There is no account yet. Open {url}/set-up on this computer;"
    " from another computer the set-up code is needed: {code}",
)
