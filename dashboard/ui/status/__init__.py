"""How the house is: what was checked, what runs, who is in; and who opened what."""

from dashboard.ui.status.page import status

__all__ = ["status"]
