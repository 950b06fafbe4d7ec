"""What was checked, and what was found, as rows of two tables that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.rules.model import SEVERITIES, STATES, Cap, Checked, Finding, worded
from dashboard.sqlfiles import ReportColumn
from dashboard.text import DASH, Lang, Text

Row = dict[str, Any]

RULES = (
    ReportColumn("label", Text("规则", "Rule"), "text"),
    ReportColumn("state", Text("状态", "State"), "text"),
    ReportColumn("cap", Text("上限", "Ceiling"), "text"),
    ReportColumn("unit", Text("单位", "Unit"), "text"),
    ReportColumn("looked_at", Text("涉及笔数", "Payments"), "count"),
    ReportColumn("left_out", Text("无法判断", "Cannot tell"), "count"),
    ReportColumn("found", Text("待核对", "To check"), "count"),
    ReportColumn("place", Text("适用地区", "Place"), "text"),
    ReportColumn("document", Text("依据", "Document"), "text"),
    ReportColumn("source", Text("说明", "What is known"), "text"),
)
FINDINGS = (
    ReportColumn("severity", Text("性质", "Severity"), "text"),
    ReportColumn("message", Text("内容", "Finding"), "text"),
    ReportColumn("first_on", Text("自", "From"), "date"),
    ReportColumn("last_on", Text("至", "To"), "date"),
    ReportColumn("payments", Text("凭证数", "Payments"), "count"),
    ReportColumn("document", Text("依据", "Document"), "text"),
)


def rules(checked: Iterable[Checked], lang: Lang) -> list[Row]:
    """One row for each rule; those without a ceiling say so, and how much they would look at."""
    return [_rule(one, lang) for one in checked]


def findings(checked: Iterable[Checked], lang: Lang) -> list[Row]:
    """One row for each finding, the certain ones first; `row_keys` are its lines in the ledger."""
    found = [finding for one in checked for finding in one.findings]
    return [_finding(one, lang) for one in sorted(found, key=lambda one: one.severity)]


def _rule(one: Checked, lang: Lang) -> Row:
    cap = one.cap
    return {
        "id": cap.id,
        "label": cap.label(lang),
        "state": STATES[one.state](lang),
        "cap": _ceiling(cap, lang),
        "unit": cap.unit(lang),
        "looked_at": one.looked_at,
        "left_out": one.left_out,
        "found": len(one.findings),
        "place": cap.place,
        "document": cap.document,
        "source": cap.source(lang),
    }


def _ceiling(cap: Cap, lang: Lang) -> str:
    return DASH if cap.value is None else worded(cap, cap.value, lang)


def _finding(one: Finding, lang: Lang) -> Row:
    return {
        "id": one.id,
        "severity": SEVERITIES[one.severity](lang),
        "message": one.message(lang),
        "first_on": one.first_on,
        "last_on": one.last_on,
        "payments": len(one.row_keys),
        "row_keys": one.row_keys,
        "document": one.document(lang),
    }
