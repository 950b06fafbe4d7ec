"""Charts that were pinned: blocks of a page of their own, for this session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.errors import DashboardError
from dashboard.exploring.charting.saying import kept_to
from dashboard.exploring.charting.validity import LARGEST_TOP, fault
from dashboard.exploring.shelf import Dropped, Pin
from dashboard.layout import NothingPinned, Page, Pinned
from dashboard.text import Text, same
from dashboard.ui.explore import dropping
from dashboard.ui.explore.board import At

ACROSS = 2  # charts side by side
SHEET = Text("{file} · {sheet}", "{file} · {sheet}")


def with_pins(pages: Sequence[Page]) -> list[Page]:
    """The pages of this session: where nothing is pinned by itself, what it has pinned."""
    blocks = [block for _, block in pinned()]
    rows = tuple(tuple(blocks[at : at + ACROSS]) for at in range(0, len(blocks), ACROSS))
    return [replace(page, rows=rows) if rows and _is_for_pins(page) else page for page in pages]


def _is_for_pins(page: Page) -> bool:
    return any(isinstance(block, NothingPinned) for row in page.rows for block in row)


def pinned() -> list[tuple[Pin, Pinned]]:
    """What this session has pinned, in that order, each with its numbers."""
    pins = dropping.shelf().pins()
    if not pins:
        return []
    files = {file.read.sha256: file for file in dropping.shelf().files()}
    made = [(pin, _block(pin, files.get(pin.sha256))) for pin in pins]
    return [(pin, block) for pin, block in made if block]


def _block(pin: Pin, file: Dropped | None) -> Pinned | None:
    """One whose table can no longer be counted so is left out."""
    if file is None or pin.place >= len(file.read.sheets):
        return None
    try:
        counted = At(pin.sha256, pin.place).counted(pin.recipe)
        kept = kept_to(file.read.sheets[pin.place], pin.recipe.kept)
        return Pinned(counted, _source(file, pin.place), kept, _fewest(pin, file))
    except DashboardError:
        return None


def _fewest(pin: Pin, file: Dropped) -> int | None:
    """Of how many different people the mark of the fewest is: one may stand in many rows. Counted
    over all names, the tail's too; None where no column names people, or none can be counted so.
    """
    sheet = file.read.sheets[pin.place]
    asked = replace(pin.recipe, how="distinct", top=LARGEST_TOP)
    found = [
        amount.value
        for at, column in enumerate(sheet.columns)
        if column.of_persons and fault(sheet, one := replace(asked, measure=at)) is None
        for _, amounts in At(pin.sha256, pin.place).counted(one).series
        for amount in amounts
        if amount.value
    ]
    return int(min(found)) if found else None


def _source(file: Dropped, place: int) -> Text:
    """The file, and of several tables which."""
    if len(file.read.sheets) == 1:
        return same(file.name)
    return SHEET.format(file=file.name, sheet=file.read.sheets[place].name)


def is_pinned(pin: Pin) -> bool:
    return pin in dropping.shelf().pins()


def turn(pin: Pin) -> None:
    """Pin it, or let it go."""
    shelf = dropping.shelf()
    (shelf.unpin if is_pinned(pin) else shelf.pin)(pin)
