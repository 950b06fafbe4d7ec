"""One school's data in one DuckDB file; the only place that speaks to the database.

A load is one transaction, a reading is one read-only transaction on a cursor of its own, so nobody
ever sees half an import. The database is locked down before the first statement: it reads no file,
attaches nothing, installs nothing, and its settings cannot be changed. Statements are the project's
own; what people bring arrives as parameters and typed Arrow columns only.
"""

from dashboard.warehouse.comparing import Comparison, FieldChange, RowChange, SheetComparison
from dashboard.warehouse.database import Reader, Row
from dashboard.warehouse.disclosures import Disclosure
from dashboard.warehouse.history import Import, ImportedSheet
from dashboard.warehouse.history import history as imports
from dashboard.warehouse.modes import Way, ways
from dashboard.warehouse.remembered import Remembered
from dashboard.warehouse.verifying import REMEDY, Finding, Verified, told_of
from dashboard.warehouse.workspace import Warehouse, settings

__all__ = [
    "REMEDY",
    "Comparison",
    "Disclosure",
    "FieldChange",
    "Finding",
    "Import",
    "ImportedSheet",
    "Reader",
    "Remembered",
    "Row",
    "RowChange",
    "SheetComparison",
    "Verified",
    "Warehouse",
    "Way",
    "imports",
    "settings",
    "told_of",
    "ways",
]
