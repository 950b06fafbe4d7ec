"""What is written down of faults: enough to mend them, and never a word of what a cell holds.

Every fault that somebody is told of has a code (`E-7K3F9`); `recent` and `found` bring back what
the log says under it.
"""

from dashboard.logs.incidents import incident
from dashboard.logs.kept import FOLDER, begin, keep
from dashboard.logs.looking import Incident, found, recent

__all__ = ["FOLDER", "Incident", "begin", "found", "incident", "keep", "recent"]
