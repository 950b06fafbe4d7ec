"""Any table at once: what it holds, what is doubtful in it; nothing is stored.

Charts, pivots, comparisons and questions over dropped tables belong here, too.
"""

from dashboard.exploring.profile import profile

__all__ = ["profile"]
