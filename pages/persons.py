from dashboard.layout import Page, Persons
from dashboard.text import Text

PAGE = Page(
    path="persons",
    order=83,
    title=Text("个人信息", "Personal data"),
    question=Text(
        "看板里有某个人的哪些信息？怎样查阅、更正、删除？",
        "What is held about one person, and how is it handed over, corrected, deleted?",
    ),
    icon=":material/badge:",
    group="house",
    rows=((Persons(),),),
    filtered=False,
)
