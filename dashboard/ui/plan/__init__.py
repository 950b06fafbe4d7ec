"""The page 工作计划: a plan as text becomes items, looked through and handed to the import."""

from dashboard.ui.plan.page import plan

__all__ = ["plan"]
