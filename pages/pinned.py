from dashboard.layout import NothingPinned, Page
from dashboard.text import Text

PAGE = Page(
    path="pinned",
    order=63,
    title=Text("钉住的图表", "Pinned charts"),
    question=Text(
        "手头表格里的图，开会时怎么说？", "What do the spreadsheets at hand say to a meeting?"
    ),
    icon=":material/keep:",
    group="board",
    rows=((NothingPinned(),),),
    filtered=False,
)
