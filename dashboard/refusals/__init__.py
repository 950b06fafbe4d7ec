"""What a refusal says, in both languages: what, where, and what to do. Marks are filled in."""

from __future__ import annotations

from dashboard.refusals.access import ACCESS
from dashboard.refusals.files import FILES
from dashboard.refusals.imports import IMPORTS
from dashboard.refusals.keeping import KEEPING
from dashboard.refusals.persons import PERSONS
from dashboard.refusals.requests import REQUESTS
from dashboard.text import Text

REFUSALS: dict[str, Text] = FILES | IMPORTS | REQUESTS | KEEPING | ACCESS | PERSONS
