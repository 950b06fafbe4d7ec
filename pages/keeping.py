from dashboard.layout import Keeping, Page
from dashboard.text import Text

PAGE = Page(
    path="keeping",
    order=85,
    title=Text("备份与恢复", "Backups"),
    question=Text(
        "硬盘坏了、文件删了、导错了，数据还在吗？",
        "A disk fails, a file is lost: is the data safe?",
    ),
    icon=":material/inventory_2:",
    group="house",
    rows=((Keeping(),),),
    filtered=False,
)
