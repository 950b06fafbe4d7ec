"""The page 即席分析: any spreadsheet is dropped and at once read, typed and looked at."""

from dashboard.ui.explore.page import explore
from dashboard.ui.explore.standing import nothing_pinned, pinned_chart

__all__ = ["explore", "nothing_pinned", "pinned_chart"]
