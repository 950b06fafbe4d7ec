"""Accounts of the people who may sign in, and the sessions in which they are; one file for both."""

from dashboard.access.accounts import Account, Accounts
from dashboard.access.sessions import Sessions, Standing

__all__ = ["Account", "Accounts", "Sessions", "Standing"]
