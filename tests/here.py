"""Reading in this process: for the many files that no test expects to kill their reader.

The child process adds half a second a file and its limits; tests/test_reading.py, test_children.py
and test_hostile.py are about that.
"""

import io
from datetime import date
from typing import Any

from dashboard.importing import child, wire
from dashboard.importing.order import Order
from dashboard.importing.report import FileReport
from dashboard.settings import today


def read_here(
    data: bytes, name: str, *, dataset: str | None = None, as_of: date | None = None, **more: Any
) -> FileReport:
    """As dashboard.importing.read, with the way to the server and back, without the child."""
    order = Order(name, today(), dataset, as_of, **more)
    wire.send(child.report(data, order), sent := io.BytesIO())
    return wire.report_from_bytes(sent.getvalue())
