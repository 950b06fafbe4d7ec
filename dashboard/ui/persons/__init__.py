"""One person's data: found, handed over, corrected, deleted."""

from dashboard.ui.persons.page import persons
from dashboard.ui.persons.reminder import reminder

__all__ = ["persons", "reminder"]
