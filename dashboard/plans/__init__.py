"""A work plan as text becomes items that can be tracked: `read_plan`.

The file is opened by its content (word.py, letters.py), rid of noise (noise.py), put into
paragraphs (wrapping.py) and these into a tree (outline.py), from which the items are read
(reading.py) with their times (times.py, years.py).
"""

from __future__ import annotations

from dashboard.plans.model import Item, Plan
from dashboard.plans.plan import read_plan

__all__ = ["Item", "Plan", "read_plan"]
