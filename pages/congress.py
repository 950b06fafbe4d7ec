from dashboard.layout import EVERYBODY, Breakdown, Page, Table, Tiles, Unmet
from dashboard.text import Text

PAGE = Page(
    path="congress",
    order=55,
    title=Text("教代会", "Staff congress"),
    question=Text(
        "该议的议了吗，怎么定的？", "What was put to the congress, and how was it decided?"
    ),
    icon=":material/gavel:",
    group="board",
    rows=(
        (Tiles(("congress_attendance", "adoption_rate", "ballot_rate")),),
        (
            Table(
                "votes_list",
                Text("议题表决", "Motions and votes"),
                Text("最近的会议在前", "the latest meeting first"),
            ),
        ),
        (Unmet("adoption_rate", Text("按当前口径", "by the rule in force")),),
        (
            Table(
                "votes_disagree",
                Text("登记结果请核对", "Results to check"),
                Text(
                    "登记的结果与当前表决规则不一致",
                    "what is written is not what the rule in force makes of the votes",
                ),
            ),
        ),
        (
            Table(
                "meetings_list",
                Text("到会情况", "Who came"),
                Text("列席人员不计入应到", "observers are not counted"),
            ),
            Breakdown(
                "adoption_rate",
                Text("各届次议案通过率", "Motions adopted by session"),
                by="session",
            ),
        ),
    ),
    seen_by=EVERYBODY,
)
