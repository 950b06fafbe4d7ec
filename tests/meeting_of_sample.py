"""The sample school's meeting, as slides and files get it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from dashboard.answers import Answer, Question, answered, asking
from dashboard.charts.template import Palette
from dashboard.exhibits.meeting import meeting, order
from dashboard.exhibits.model import Meeting
from dashboard.layout import Page
from dashboard.roles import Role
from dashboard.settings import ROOT, Settings
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces
from tests.demo import lay

TODAY = date(2026, 1, 15)


def pages() -> list[Page]:
    """All pages, in their order."""
    found = [import_module(f"pages.{path.stem}").PAGE for path in (ROOT / "pages").glob("*.py")]
    return sorted(found, key=lambda page: page.order)


@contextmanager
def sample(folder: Path) -> Iterator[Warehouse]:
    """The demonstration's own database."""
    spaces = Workspaces(Settings(data=lay(folder)))
    yield spaces.warehouse("demo")
    spaces.close()


def held(
    warehouse: Warehouse, words: str = "all", palette: Palette | None = None, **view: Any
) -> tuple[Meeting, dict[str, Answer]]:
    """The meeting, and the answers it was made from, by page; `view` as a Question has it."""
    usual = {"today": TODAY, "period": "2025", "chosen": (), "as_of": None, "lang": "zh"}
    usual |= {"safe": True, "taken": True, "role": Role.OFFICER}
    question = Question(folder="", workspace="demo", version=0, **(usual | view))
    answers: dict[str, Answer] = {}
    with warehouse.snapshot() as reader:

        def ask(page: Page) -> Answer:
            return answers.setdefault(page.path, answered(reader, asking(page, question)))

        items = order(words, pages())
        shown = meeting(items, ask, question.lang, is_demo=True, palette=palette)
    return shown, answers
