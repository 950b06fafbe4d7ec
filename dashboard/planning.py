"""`python -m dashboard plan FILE`: a work plan as text, as a list of what it wants done."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from dashboard.contracts.codes import ACTIVITY_KIND
from dashboard.importing.planned import read_plan
from dashboard.ingest import bytes_of
from dashboard.plans.model import Item, Plan
from dashboard.text import DASH, Lang, Text

_HEAD = Text(
    "行\t时间\t起止\t事项\t类别\t目标\t责任人", "line\ttime\tdays\titem\tkind\ttarget\tin charge"
)
_KINDS = {code.value: code.label for code in ACTIVITY_KIND.codes}


def arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help=".docx .txt .md")
    command.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Print the items in the order of the text."""
    plan = read_plan(bytes_of(options.file), options.file.name)
    if options.json:
        document = [document_of(item) for item in plan.items]
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_told(plan, options.lang)) + "\n")
    return 0


def document_of(item: Item) -> dict[str, str | int | None]:
    """An item as it is printed for programs."""
    return {
        "period": item.period,
        "from": item.start.isoformat() if item.start else None,
        "to": item.end.isoformat() if item.end else None,
        "item": item.item,
        "kind": item.kind,
        "target": item.target,
        "owner": item.owner,
        "line": item.line,
    }


def _told(plan: Plan, lang: Lang) -> list[str]:
    return [title for title in plan.titles if title] + [
        _HEAD(lang),
        *(_line(item, lang) for item in plan.items),
    ]


def _line(item: Item, lang: Lang) -> str:
    kind = _KINDS[item.kind](lang) if item.kind else DASH
    days = f"{_day(item.start)} ~ {_day(item.end)}" if item.end else DASH
    cells = (item.period, days, item.item, kind, item.target, item.owner)
    return "\t".join([str(item.line), *(cell or DASH for cell in cells)])


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
