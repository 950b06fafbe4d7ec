from dashboard.layout import Explore, Page
from dashboard.text import Text

PAGE = Page(
    path="explore",
    order=62,
    title=Text("即席分析", "Explore"),
    question=Text("这张表说了什么？", "What does this spreadsheet say?"),
    icon=":material/troubleshoot:",
    group="data",
    rows=((Explore(),),),
    filtered=False,
)
