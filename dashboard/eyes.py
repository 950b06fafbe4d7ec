"""What of the pages is for whose eyes. A page says itself who sees it; of its blocks those go that
tell of rows the role does not read, so that nothing is drawn around a hole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import rules
from dashboard.alerts import watches
from dashboard.kpis import KPIS
from dashboard.layout import Alerts, Block, Ceilings, Page, Table, Unmet
from dashboard.provenance import opens
from dashboard.proving import provable
from dashboard.reports import queries
from dashboard.roles import Role


def theirs(pages: Sequence[Page], role: Role) -> list[Page]:
    """The pages a role sees, each with the blocks it sees."""
    return [seen(page, role) for page in pages if role in page.seen_by]


def seen(page: Page, role: Role) -> Page:
    rows = (tuple(block for block in row if _is_for(block, role)) for row in page.rows)
    return replace(page, rows=tuple(row for row in rows if row))


def _is_for(block: Block, role: Role) -> bool:
    """Lists of people, and what calls for the attention of who reads its rows, are not for
    everybody.
    """
    if isinstance(block, Alerts):
        return watches(role)
    if isinstance(block, Ceilings):
        return opens(role, rules.reading())
    if isinstance(block, Unmet):
        return provable(role, KPIS[block.kpi])
    if isinstance(block, Table):
        query = queries()[block.report]
        return not query.people or opens(role, query)
    return True
