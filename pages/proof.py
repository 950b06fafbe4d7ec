from dashboard.layout import READERS, Page, Proof
from dashboard.text import Text

PAGE = Page(
    path="proof",
    order=75,
    title=Text("计算依据", "Proof"),
    question=Text("这个数是怎么来的？", "Where does this number come from?"),
    icon=":material/fact_check:",
    group="data",
    rows=((Proof(),),),
    seen_by=READERS,
)
