"""A page as a browser with some address gets it, without a browser."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.settings import ROOT
from tests.demo import lay

PATIENCE = 120  # seconds; the first page of a process imports pandas, DuckDB and Plotly


def opened(folder: Path, path: str, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    """The page over this data folder, without an error; the demonstration where it has no other."""
    if not (folder / "active").exists():
        lay(folder)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    app = AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=PATIENCE)
    app.query_params.update(address)
    app.run()
    if path != "overview":
        app.switch_page(f"../pages/{path}.py").run()
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def unfolded(app: AppTest) -> AppTest:
    """With the pick lists that are drawn only once they are opened."""
    for key in ("narrow", "period_button"):
        app.session_state[key] = True
    return app.run()


def said(app: AppTest) -> str:
    """All words of the page, in one string."""
    elements = (*app.title, *app.subheader, *app.caption, *app.markdown, *app.warning, *app.info)
    return "\n".join(element.value for element in elements)


def keyed(elements: Sequence[Any], start: str) -> Any:
    return next(element for element in elements if str(element.key).startswith(start))
