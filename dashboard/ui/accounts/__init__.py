"""Who may sign in, and what was looked at lately: for administrators."""

from dashboard.ui.accounts.page import accounts

__all__ = ["accounts"]
