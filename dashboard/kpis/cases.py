"""What a figure counts, told row by row: queries/cases/*.sql, one file per kind of case.

A case file names the key by which marts tell its rows apart, the columns a person reads, and the
register row each case stands in (`register`, `row_key`, `as_of` for rosters).
"""

from __future__ import annotations

from functools import cache

from dashboard.errors import BadDefinition
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, load


@cache
def cases() -> dict[str, Query]:
    """Every kind of case by name; raises BadDefinition for one without a key or without columns."""
    found = load(QUERIES / "cases")
    if odd := sorted(name for name, query in found.items() if not (query.key and query.columns)):
        raise BadDefinition(f"cases without a key, or without columns: {', '.join(odd)}")
    return found


def keys() -> dict[str, str]:
    """The column by which a report's row says which case it is: the key's plain name."""
    named = {"staff": "person_id", "member": "person_id"}
    return {name: named.get(name, query.key) for name, query in cases().items()}
