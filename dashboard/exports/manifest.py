"""What a meeting's files were made from, and what they are: for those who check later.

Names of fields are an interface and stay. Amounts are text, so that no reader rounds them; a
share is written as its fraction, and beside it as people saw it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from dashboard.disclosure import K
from dashboard.exhibits.model import Figure, Meeting
from dashboard.exports.leaves import figures
from dashboard.settings import QUERIES, ROOT, RULES

NAME = "manifest.json"
_FORMAT = 1


def manifest(meeting: Meeting, outputs: Mapping[str, bytes]) -> bytes:
    """The JSON of the files `outputs`, by their names in the pack."""
    document = {
        "format": _FORMAT,
        "program": {"name": "工会数据看板 Union Dashboard", "sha256": program()},
        "school": meeting.school,
        "title": meeting.title,
        "period": meeting.period,
        "as_of": meeting.as_of.isoformat(),
        "caption": meeting.caption,
        "filters": dict(meeting.view),
        "language": meeting.lang,
        "names": meeting.names,
        "hidden_below": K if meeting.names == "hidden" else None,  # people of a group
        "sample_data": meeting.is_demo,
        "outputs": [
            {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in outputs.items()
        ],
        "inputs": [
            {
                "file": one.file,
                "sheet": one.sheet,
                "register": one.register,
                "rows": one.rows,
                "imported": one.imported.isoformat(),
                "sha256": one.sha256,
            }
            for one in meeting.sources
        ],
        "figures": [_figure(page, figure) for page, figure in figures(meeting)],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _figure(page: str, figure: Figure) -> dict[str, Any]:
    """Of a hidden figure nothing but that it is hidden."""
    result = figure.result
    now, is_told = result.now, not (result.now.hidden or result.now.missing)
    return {
        "id": figure.id,
        "page": page,
        "label": figure.label,
        "unit": result.kpi.unit,
        "shown": figure.value.text,
        "value": _exact(figure.value.value) if is_told else None,
        "numerator": _exact(now.numerator) if is_told else None,
        "denominator": _exact(now.denominator) if is_told else None,
        "from": result.span.start.isoformat(),
        "as_of": result.span.as_of.isoformat(),
        "target": _exact(result.bar),
        "status": result.status,
        "change": _exact(result.change) if is_told else None,
        "counted_as": figure.variant or None,
        "hidden": now.hidden,
    }


def _exact(value: object) -> str | None:
    """`59/60`, `1234.50`."""
    return None if value is None else str(value)


@cache
def program() -> str:
    """The digest of what the figures are computed with: code, queries, rules."""
    found = hashlib.sha256()
    for folder, ending in ((ROOT / "dashboard", "*.py"), (QUERIES, "*.sql"), (RULES, "*.toml")):
        for path in sorted(folder.rglob(ending)):
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
