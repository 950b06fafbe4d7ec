from dashboard.layout import EVERYBODY, Definitions, Page
from dashboard.text import Text

PAGE = Page(
    path="definitions",
    order=70,
    title=Text("指标说明", "Definitions"),
    question=Text("每个数字怎么算、依据什么", "How each figure is computed, and on what authority"),
    icon=":material/menu_book:",
    group="data",
    rows=((Definitions(),),),
    filtered=False,
    seen_by=EVERYBODY,
)
