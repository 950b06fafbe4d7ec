from dashboard.layout import Page, Upload
from dashboard.text import Text

PAGE = Page(
    path="upload",
    order=60,
    title=Text("上传", "Upload"),
    question=Text("把工会现有的表格交给看板", "Hand over the spreadsheets the union keeps"),
    icon=":material/upload_file:",
    group="data",
    rows=((Upload(),),),
    filtered=False,
)
