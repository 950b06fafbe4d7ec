from dashboard.layout import Page, Status
from dashboard.text import Text

PAGE = Page(
    path="status",
    order=90,
    title=Text("运行状态", "Status"),
    question=Text(
        "看板运行正常吗？数据、备份、记录都完好吗？",
        "Is all well with the dashboard, its data and its backups?",
    ),
    icon=":material/monitor_heart:",
    group="house",
    rows=((Status(),),),
    filtered=False,
)
