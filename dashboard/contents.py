"""What the dashboard has: its pages, as values, in their order."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from dashboard.layout import Page
from dashboard.settings import PAGES


@cache
def found() -> tuple[Page, ...]:
    """The values of `pages/`, in their order."""
    modules = [import_module(f"pages.{path.stem}") for path in sorted(PAGES.glob("*.py"))]
    return tuple(sorted((module.PAGE for module in modules), key=lambda page: page.order))
