"""Any table at once, and nothing is stored: what it holds, what is doubtful in it, its charts,
pivots, comparisons, joins, and questions in SQL.
"""

from dashboard.exploring.profile import profile

__all__ = ["profile"]
