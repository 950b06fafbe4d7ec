"""The page 即席分析: any spreadsheet is dropped and at once read, typed and looked at."""

from dashboard.ui.explore.page import explore

__all__ = ["explore"]
