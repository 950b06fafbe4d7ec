"""One person's data: found, handed over, corrected, deleted."""

from dashboard.ui.persons.page import persons

__all__ = ["persons"]
