"""The floors of the house, read from the imports themselves.

A module sees lower floors only; neighbours on one floor are strangers; modules of one package
know each other.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "dashboard"

FLOORS: dict[str, int] = {
    "errors": 0, "heap": 0, "refusals": 0, "resting": 0, "text": 0, "settings": 0,
    "icon": 0,
    "contracts": 1, "periods": 1, "survival": 1, "workdays": 1, "disclosure": 1, "filters": 1,
    "logs": 1, "dimensions": 1, "school": 1, "veil": 1, "roles": 1,
    "importing": 2, "sandbox": 2, "plans": 2, "sqlfiles": 2, "choices": 2, "projection": 2,
    "groups": 2,
    "warehouse": 3, "schema": 3, "audit": 3, "provenance": 3,
    "kpis": 4, "reports": 4, "rules": 4, "ingest": 4, "checks": 4, "lineage": 4,
    "witnesses": 4,
    "exploring": 5,
    "layout": 5, "alerts": 5, "proving": 5, "views": 5, "withheld": 5, "unnamed": 5, "small": 5,
    "access": 5,
    "workspaces": 5, "deeds": 5, "persons": 5, "keeping": 5,
    "charts": 6, "checkup": 6, "answers": 6, "eyes": 6,
    "exhibits": 7, "exports": 7,
    "ui": 8, "door": 8,
    "app": 9, "backing": 9, "cli": 9, "contents": 9, "documents": 9, "handing": 9, "handout": 9,
    "lines": 9, "personal": 9, "planning": 9, "serve": 9, "surroundings": 9, "undoing": 9,
    "users": 9, "verifying": 9,
    "__main__": 9, "__init__": 9,
}  # fmt: skip

# Who may know the big libraries.
HOMES = {
    "streamlit": {"ui", "app", "door"},
    "starlette": {"door"},
    "uvicorn": {"door"},
    "duckdb": {"warehouse", "schema", "sqlfiles", "exploring", "sandbox"},
    "plotly": {"charts"},
    "python_calamine": {"importing"},
    "opencc": {"contracts"},
    "rapidfuzz": {"importing"},
    "pptx": {"exports"},
    "typst": {"exports"},
    "xlsxwriter": {"exports"},
}

# A neighbour that may be known, each with its reason.
NEIGHBOURS = {
    ("errors", "refusals"): "an error says what its code's words are",
    ("errors", "text"): "… and a value of theirs may be a Text",
    ("refusals", "text"): "what is said is a Text",
    ("filters", "periods"): "a filter holds a period",
    ("school", "periods"): "a school has calendars of its own",
    ("school", "contracts"): "… and its name is shown as a cell is, without marks nobody sees",
    ("filters", "dimensions"): "… and what it is narrowed to",
    ("dimensions", "contracts"): "code lists give their values words",
    ("veil", "contracts"): "a name is known in whatever spelling",
    ("withheld", "small"): "what of a list is hidden is reckoned apart",
    ("withheld", "unnamed"): "what money was for is told without what may not be named",
    ("alerts", "proving"): "an alert is for whoever reads the rows behind it",
    ("layout", "exploring"): "a pinned chart is a value",
    ("kpis", "lineage"): "a proof leads to its cells",
    ("warehouse", "schema"): "one thing in two files: the statements and who runs them",
    ("exports", "exhibits"): "what goes out is what is shown to a meeting",
    ("__main__", "cli"): "the way in",
    ("cli", "documents"): "what a command prints",
    ("cli", "lines"): "what a command prints for people",
    ("cli", "handout"): "one of the commands",
    ("cli", "handing"): "one of the commands",
    ("cli", "backing"): "one of the commands",
    ("keeping", "workspaces"): "backups are of a workspace, and are put in its place",
    ("keeping", "deeds"): "what was done stands, whether it can be noted or not",
    ("persons", "deeds"): "… that, too",
    ("workspaces", "deeds"): "what was done before and not noted is noted at the opening",
    ("persons", "workspaces"): "somebody is deleted from a workspace",
    ("persons", "keeping"): "… and from its backups",
    ("importing", "plans"): "a plan is opened in the child that opens every file",
    ("importing", "sandbox"): "a question is asked in the child that opens every file",
    ("cli", "personal"): "one of the commands",
    ("cli", "planning"): "one of the commands",
    ("app", "contents"): "the pages it leads to",
    ("handing", "contents"): "the pages a meeting may be made of",
    ("cli", "serve"): "one of the commands",
    ("cli", "surroundings"): "what is looked at before any of them",
    ("__main__", "surroundings"): "… and whom it speaks to",
    ("cli", "users"): "one of the commands",
    ("cli", "verifying"): "one of the commands",
    ("cli", "undoing"): "two of the commands",
    ("undoing", "documents"): "what a command prints",
    ("undoing", "lines"): "what a command prints for people",
}

# A lower floor that is reached for from beside: the chart of accounts reads its own rules file.
MODULES = sorted(path for path in HOUSE.rglob("*.py"))


def part(path: Path) -> str:
    """The package or module of the house a file belongs to."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from _from(node)


def _from(node: ast.ImportFrom) -> Iterator[str]:
    """`from dashboard import ingest` means dashboard.ingest."""
    if node.module == "dashboard":
        yield from (f"dashboard.{alias.name}" for alias in node.names)
    else:
        yield node.module or ""


def strangers(path: Path) -> list[str]:
    mine, found = part(path), []
    for name in imports(path):
        if not name.startswith("dashboard."):
            continue
        other = name.split(".")[1]
        if other == mine or (mine, other) in NEIGHBOURS:
            continue
        if FLOORS[other] >= FLOORS[mine]:
            found.append(f"{mine} (floor {FLOORS[mine]}) -> {other} (floor {FLOORS[other]})")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_sees_lower_floors_only(path: Path) -> None:
    assert part(path) in FLOORS, "name its floor in FLOORS"
    assert strangers(path) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_big_libraries_stay_at_home(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imports(path)}
    lost = {lib for lib, homes in HOMES.items() if lib in libraries and part(path) not in homes}
    assert lost == set()


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_is_a_value(path: Path) -> None:
    assert {name.partition(".")[0] for name in imports(path)} <= {"dashboard", "__future__"}
    own = {name for name in imports(path) if name.startswith("dashboard")}
    assert own <= {"dashboard.layout", "dashboard.text"}
    tree = ast.parse(path.read_text("utf-8"))
    steps = (ast.If, ast.For, ast.While, ast.FunctionDef, ast.Lambda, ast.ListComp, ast.IfExp)
    assert not [node for node in ast.walk(tree) if isinstance(node, steps)]


def test_no_module_is_named_like_the_standard_librarys() -> None:
    """dashboard/ stands first on sys.path under `streamlit run`."""
    names = {path.stem for path in MODULES if path.parent == HOUSE}
    assert names & (set(sys.stdlib_module_names) - {"__main__"}) == set()


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {path.stem for path in MODULES}
    assert names & {"utils", "helpers", "common", "manager", "misc", "util"} == set()


def test_the_guard_sees_an_upward_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "periods.py"
    bad.write_text("from dashboard import ui\nfrom dashboard.kpis.model import Kpi\n", "utf-8")
    monkeypatch.setitem(globals(), "HOUSE", tmp_path)
    assert len(strangers(bad)) == 2


def test_only_settings_reads_the_environment() -> None:
    readers = {
        path.name
        for path in MODULES
        if any(name in path.read_text("utf-8") for name in ("os.environ", "os.getenv"))
    }
    assert readers == {"settings.py"}


def test_files_stay_short() -> None:
    long = {p.name: n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert long == {}
