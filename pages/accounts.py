from dashboard.layout import Accounts, Page
from dashboard.text import Text

PAGE = Page(
    path="accounts",
    order=88,
    title=Text("账号与访问", "Accounts"),
    question=Text("谁可以登录？最近谁看过什么？", "Who may sign in, and who looked at what?"),
    icon=":material/manage_accounts:",
    group="house",
    rows=((Accounts(),),),
    filtered=False,
)
