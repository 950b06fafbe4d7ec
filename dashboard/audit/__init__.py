"""What was done, by whom, when: an append-only log in the data folder, with a chain of hashes.

No name, no number of a person and no file name is in it: who acted stands as an account's number.
"""

from dashboard.audit.acts import ACTS, Act, Fact, digest, shown
from dashboard.audit.entry import Entry
from dashboard.audit.openings import Opening, opened, opened_page
from dashboard.audit.reading import entries
from dashboard.audit.verifying import Verified, verify
from dashboard.audit.writing import note

__all__ = [
    "ACTS",
    "Act",
    "Entry",
    "Fact",
    "Opening",
    "Verified",
    "digest",
    "entries",
    "note",
    "opened",
    "opened_page",
    "shown",
    "verify",
]
