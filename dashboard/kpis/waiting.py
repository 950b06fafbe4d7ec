"""提案 without an answer: what is open on a day, whenever it was handed in."""

from __future__ import annotations

from dashboard.kpis.model import Kpi, Measure, Unmet
from dashboard.text import Text

KPIS = (
    Kpi(
        id="open_cases",
        subject="proposals",
        order=212,
        label=Text("未答复提案", "Cases without an answer"),
        why=Text(
            "还有多少职工在等答复，等了多久。",
            "How many are waiting for an answer, and for how long.",
        ),
        formula=Text(
            "截至当日已立案而未答复的件数，含往期提出的；等待天数自交办日起（未交办的自立案日起）",
            "filed cases without an answer on the day, earlier sessions' included; they wait since"
            " assignment, before it since filing",
        ),
        unit="cases",
        numerator=Measure(
            "proposal_clock",
            "proposal",
            "filed_from <= span.as_of and submitted_on <= span.as_of",
            of="(replied_from <= span.as_of) is not true",
        ),
        needs=("proposals",),
        by=("department", "proposal_kind", "session", "lead", "waiting"),
        counted=Text("件", "cases"),
        open=True,
        unmet=Unmet(Text("未答复的提案", "Not answered"), ("due_on", "submitted_on")),
        better="down",
        source=Text("提案登记表：通行口径", "The proposal register: practice"),
    ),
)
