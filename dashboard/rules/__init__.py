"""Rules over spending: a dated table of ceilings, and what exceeds them. A finding asks for a look
and never judges.
"""

from dashboard.rules.ceilings import filled, load, standing
from dashboard.rules.checking import check, reading
from dashboard.rules.model import Cap, Checked, Finding

__all__ = ["Cap", "Checked", "Finding", "check", "filled", "load", "reading", "standing"]
