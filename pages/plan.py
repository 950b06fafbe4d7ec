from dashboard.layout import Page, PlanText
from dashboard.text import Text

PAGE = Page(
    path="plan",
    order=61,
    title=Text("工作计划", "Work plan"),
    question=Text("计划里写了哪些事，什么时候做？", "What does the plan want done, and when?"),
    icon=":material/event_note:",
    group="data",
    rows=((PlanText(),),),
    filtered=False,
)
