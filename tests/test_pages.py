"""Every page opens, in both languages, with the sample and without; the address is the view."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from screens import PATIENCE, keyed, opened, said, unfolded
from streamlit.testing.v1 import AppTest

from dashboard.kpis import KPIS
from dashboard.layout import Breakdown, Funnel, Page, Table, Tiles, Trend, Unmet, asked
from dashboard.settings import ROOT, Settings
from dashboard.ui.markdown import escaped
from dashboard.workspaces import Workspaces
from tests.demo import lay

PAGES: dict[str, Page] = {
    path.stem: import_module(f"pages.{path.stem}").PAGE for path in (ROOT / "pages").glob("*.py")
}
ORDERED = [path for path, page in sorted(PAGES.items(), key=lambda found: found[1].order)]
both = pytest.mark.parametrize("lang", ["zh", "en"])
every = pytest.mark.parametrize("path", ORDERED)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose demonstration is built from the sample, and shown."""
    folder = tmp_path_factory.mktemp("full")
    spaces = Workspaces(Settings(data=lay(folder)))
    spaces.enter("demo")
    spaces.close()
    return folder


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school that has not uploaded anything yet."""
    folder = tmp_path_factory.mktemp("empty")
    Workspaces(Settings(data=folder)).enter("school")
    return folder


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")


def test_the_pages_are_those_of_the_plan_in_its_order() -> None:
    assert len({page.order for page in PAGES.values()}) == len(PAGES)
    assert ORDERED[:5] == ["overview", "members", "activities", "funds", "proposals"]
    assert all(name == page.path for name, page in PAGES.items())


@every
def test_a_page_is_a_value_and_nothing_else(path: str) -> None:
    tree = ast.parse((ROOT / "pages" / f"{path}.py").read_text(encoding="utf-8"))
    *imports, value = tree.body
    assert all(isinstance(node, ast.ImportFrom) for node in imports)
    modules = {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert modules == {"dashboard.layout", "dashboard.text"}
    assert isinstance(value, ast.Assign)
    assert ast.unparse(value.targets[0]) == "PAGE"


def test_every_figure_is_on_a_page() -> None:
    boards = [page for page in PAGES.values() if page.filtered]
    assert {name for page in boards for name in asked(page)[0]} == set(KPIS)


@every
@both
def test_every_page_opens_with_the_sample(
    demo: Path, path: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(demo, path, monkeypatch, lang=lang)
    page = PAGES[path]
    assert app.title[0].value == (page.title.zh if lang == "zh" else page.title.en)
    blocks = [block for row in page.rows for block in row]
    tiles = [name for block in blocks if isinstance(block, Tiles) for name in block.kpis]
    assert len(app.metric) == len(tiles)
    charts = [b for b in blocks if isinstance(b, Trend | Breakdown | Funnel)]
    assert len(app.get("plotly_chart")) >= len(charts)
    assert bool(app.dataframe) >= any(isinstance(b, Table) for b in blocks)
    assert ("演示数据" if lang == "zh" else "Demo data") in said(app)


@every
@both
def test_every_page_opens_with_nothing(
    nothing: Path, path: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(nothing, path, monkeypatch, lang=lang)
    assert all(metric.value == "—" for metric in app.metric)
    assert not app.get("plotly_chart")
    assert ("演示数据" if lang == "zh" else "Demo data") not in said(app)
    blocks = [block for row in PAGES[path].rows for block in row]
    boards = [b for b in blocks if isinstance(b, Trend | Breakdown | Funnel | Table | Unmet)]
    tiles = [name for block in blocks if isinstance(block, Tiles) for name in block.kpis]
    assert len(app.page_link) >= len(boards) + len(tiles), "every empty block leads to the upload"


def test_the_address_is_the_view(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(demo, "members", monkeypatch, period="2024", department="语文组", lang="zh")
    unfolded(app)
    assert "2024 年 · 语文组 · 数据截至 2024" in said(app).replace("\\", "")
    assert app.selectbox(key="period_picker").value == "2024"
    app.segmented_control(key="period_kind").select("school_year").run()
    app.selectbox(key="period_picker").select("2023-2024").run()
    assert app.query_params["period"] == "2023-2024"
    app.switch_page("../pages/funds.py").run()
    assert app.query_params["department"] == "语文组"
    assert app.selectbox(key="period_picker").value == "2023-2024"


def test_the_address_may_be_nonsense(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(demo, "overview", monkeypatch, period="soon", department="![x](http://a.b/c.png)")
    told = said(app)
    assert "unknown_period" in told
    assert "unknown_value" in told
    assert "![x](" not in told


def test_the_first_period_is_the_latest_year_with_data(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = unfolded(opened(demo, "overview", monkeypatch))
    assert app.selectbox(key="period_picker").value == "2025"


@pytest.mark.parametrize(
    ("locale", "title", "other", "switched"),
    [
        ("zh-CN", "总览", "en", "Overview"),
        ("en-GB", "Overview", "zh", "总览"),
        ("de", "Overview", "zh", "总览"),
    ],
)
def test_the_language_follows_the_browser_until_switched(
    nothing: Path,
    locale: str,
    title: str,
    other: str,
    switched: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(nothing))
    app = AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=PATIENCE)
    app.context = {"locale": locale}
    app.run()
    assert app.title[0].value == title
    app.segmented_control(key="lang_picker").set_value(other).run()
    assert app.title[0].value == switched
    assert app.query_params["lang"] == other


def test_one_button_leaves_the_demonstration_and_one_comes_back(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(demo, "upload", monkeypatch, lang="zh")
    app.button(key="leave_demo").click().run()
    assert "演示数据" not in said(app)
    app.button(key="look_at_demo").click().run()
    assert "演示数据" in said(app)


# -- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["![x](http://a.b/c.png)", "$x$", "*a*", "<b>", ":red[a]", "`a`", "[a](b)", "# a"]
)
def test_marks_in_data_mean_themselves(name: str) -> None:
    safe = escaped(name)
    assert safe.replace("\\", "").replace("\u2060", "") == name
    assert all(
        safe[place - 1] == "\\" for place in range(len(safe)) if safe[place] in "[]()$*<>`:#"
    )


@pytest.mark.parametrize("name", ["http://a.b", "看 HTTPS://a.b", "www.a.b", "wang@a.b"])
def test_an_address_in_data_becomes_no_link(name: str) -> None:
    """Streamlit looks for addresses once the backslashes are gone; a mark nobody sees stands in
    each.
    """
    shown = escaped(name).replace("\\", "")
    assert not re.search(r"(?i)https?://|www\.|@\w", shown)
    assert shown.replace("\u2060", "") == name


def test_invisible_marks_are_dropped() -> None:
    assert escaped("张\u202e三\u200b") == "张三"


TILES = {
    name: page.path
    for page in PAGES.values()
    for row in page.rows
    for block in row
    if isinstance(block, Tiles)
    for name in block.kpis
}


@pytest.mark.parametrize("name", TILES)
def test_a_tiles_drawer_shows_its_proof_its_trend_and_its_groups(
    demo: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kpi = KPIS[name]
    app = opened(demo, TILES[name], monkeypatch)
    before = len(app.get("plotly_chart"))
    keyed(app.button, f"open_{name}").click().run()
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) >= before + 1 + bool(kpi.by)
    assert any(frame.key and frame.key.startswith(f"proof_{name}") for frame in app.dataframe)
