"""Loose reading in this process, with the way to the server and back, without the child."""

import io
from pathlib import Path

from dashboard.importing import child
from dashboard.importing import wire as reports
from dashboard.importing.loose import wire
from dashboard.importing.loose.model import LooseFile, LooseSheet
from dashboard.importing.order import Order
from dashboard.settings import today

FILES = Path(__file__).parent / "files" / "explore"


def loosely(data: bytes, name: str = "表.csv", secret: str = "") -> LooseFile:
    order = wire.order_to_json(Order(name, today(), secret=secret))
    found = child.loosely(data, reports.order_from_json(order))
    wire.send(found, sent := io.BytesIO())
    return wire.file_from_bytes(sent.getvalue(), bool(secret))


def only(text: str, name: str = "表.csv") -> LooseSheet:
    """The only table of a text file."""
    (sheet,) = loosely(text.encode(), name).sheets
    return sheet


def case(name: str) -> LooseSheet:
    """The only table of one of the odd sheets."""
    (sheet,) = loosely((FILES / name).read_bytes(), name).sheets
    return sheet
