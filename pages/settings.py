from dashboard.layout import Page, Settings
from dashboard.text import Text

PAGE = Page(
    path="settings",
    order=80,
    title=Text("设置", "Settings"),
    question=Text(
        "本校怎么算、目标是多少、什么时候提醒？", "How our school counts, aims and reminds"
    ),
    icon=":material/tune:",
    group="house",
    rows=((Settings(),),),
    filtered=False,
)
