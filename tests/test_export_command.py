"""`python -m dashboard export`: the same numbers in every file, whole files only, hidden names."""

from __future__ import annotations

import hashlib
import io
import json
import re
import signal
import zipfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from screens import opened

from dashboard import audit, handing, layout
from dashboard.answers import answered
from dashboard.cli import main
from dashboard.contents import found
from dashboard.exports import outfile
from dashboard.layout import Definitions, Unmet
from dashboard.settings import SAMPLE, Settings
from dashboard.workspaces import Workspaces
from tests.demo import lay

Export = Callable[..., int]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample school in it."""
    return lay(tmp_path_factory.mktemp("data"))


@pytest.fixture
def export(data: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")

    def run(kind: str, out: Path, *more: object) -> int:
        return main([str(one) for one in
                     ("export", kind, "--demo", "--data", data, "--out", out, *more)])  # fmt: skip

    return run


@pytest.fixture(scope="module")
def pack(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Everything for the sample school, names hidden; the three large ones by their endings."""
    place = tmp_path_factory.mktemp("pack") / "pack.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_TODAY", "2026-01-15")
        assert main(["export", "pack", "--demo", "--data", str(data), "--out", str(place)]) == 0
    with zipfile.ZipFile(place) as held:
        files = {name: held.read(name) for name in held.namelist()}
    large = {name: name.rpartition(".")[2] for name in files if "表格/" not in name}
    return {large.get(name, name): data for name, data in files.items()}


@pytest.fixture(scope="module")
def pages(pack: dict[str, bytes]) -> list[str]:
    """What the report's pages say."""
    return [bare(page.extract_text()) for page in PdfReader(io.BytesIO(pack["pdf"])).pages]


@pytest.fixture(scope="module")
def figures(pack: dict[str, bytes]) -> list[dict[str, Any]]:
    """As the manifest tells them."""
    found = json.loads(pack["json"])["figures"]
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def results(data: Path) -> dict[str, dict[str, Any]]:
    """The screen's figures by id, from the command that prints them."""
    with pytest.MonkeyPatch.context() as patch, io.StringIO() as printed:
        patch.setenv("DASHBOARD_TODAY", "2026-01-15")
        patch.setattr("sys.stdout", printed)
        assert main(["metrics", "--demo", "--data", str(data), "--json"]) == 0
        return {one["id"]: one for one in json.loads(printed.getvalue())}


# -- the same numbers everywhere --------------------------------------------------------------


def bare(words: str) -> str:
    """Without what a line break or a wide space does to words."""
    return re.sub(r"\s", "", words)


def test_the_manifests_figures_are_those_of_the_screen(
    figures: list[dict[str, Any]], results: dict[str, dict[str, Any]]
) -> None:
    shown = [page for page in found() if page.group == "board"]
    asked = {kpi for page in shown for row in page.rows for block in row for kpi in told(block)}
    assert {one["id"] for one in figures} == asked
    for one in figures:
        screen = results[one["id"]]
        assert one["status"] == screen["status"]
        if not one["hidden"]:
            for name in ("numerator", "denominator", "value"):
                assert exactly(one[name]) == exactly(screen[name]), one["id"]


def told(block: Any) -> tuple[str, ...]:
    """What a block tells as figures: tiles and charts do, lists do not."""
    return () if isinstance(block, Unmet | Definitions) else tuple(layout.figures(block))


def exactly(value: Any) -> float | None:
    return None if value is None else pytest.approx(float(Fraction(str(value))))


def test_the_workbooks_figures_are_the_manifests(
    pack: dict[str, bytes], figures: list[dict[str, Any]]
) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(pack["xlsx"]))
    rows = book.get_sheet_by_name("指标").to_python()[4:]
    assert [row[1] for row in rows] == [one["label"] for one in figures]
    for row, one in zip(rows, figures, strict=True):
        assert row[4] == one["shown"]
        if one["value"] is not None:
            assert row[2] == exactly(one["value"])
            assert row[5] == exactly(one["numerator"])
            assert (row[6] or None) == exactly(one["denominator"])


def test_every_figure_is_in_the_slides_as_it_is_shown(
    pack: dict[str, bytes], figures: list[dict[str, Any]]
) -> None:
    slides = [
        bare(" ".join(words(slide))) for slide in Presentation(io.BytesIO(pack["pptx"])).slides
    ]
    for one in figures:
        label, shown = bare(one["label"]), bare(one["shown"])
        assert any(label in slide and shown in slide for slide in slides), one["id"]


def words(slide: Any) -> Iterator[str]:
    """All a slide says: its shapes, its tables, its notes."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
    yield slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def test_every_figure_is_in_the_report_as_it_is_shown(
    pages: list[str], figures: list[dict[str, Any]]
) -> None:
    for one in figures:
        label, shown = bare(one["label"]), bare(one["shown"])
        assert any(label in page and shown in page for page in pages), one["id"]


def test_every_tile_of_the_screen_says_the_same(
    data: Path, figures: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    shown = {one["label"]: one["shown"] for one in figures if not one["hidden"]}
    compared = set()
    for page in (page for page in found() if page.group == "board"):
        for metric in opened(data, page.path, monkeypatch, lang="zh").metric:
            label, value = (words.replace("\\", "") for words in (metric.label, metric.value))
            if label in shown:
                assert bare(value) == bare(shown[label])
                compared.add(label)
    assert len(compared) > 20


# -- what is hidden ---------------------------------------------------------------------------


def people(data: Path) -> set[str]:
    """Everybody the sample school knows by name."""
    with Workspaces(Settings(data=data)) as spaces:
        sql = "select name from staff union select name from members"
        return {row["name"] for row in spaces.warehouse("demo").read(sql) if row["name"]}


def text(pack: dict[str, bytes]) -> str:
    """All that can be read in the pack's other files, whatever holds it."""
    told = [data.decode() for name, data in pack.items() if name not in ("pdf", "pptx", "xlsx")]
    for ending in ("pptx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(pack[ending])) as held:
            told += [held.read(name).decode("utf-8", "replace") for name in held.namelist()]
    return "\n".join(told)


def test_no_name_is_in_the_pack_unless_it_is_asked_for(
    data: Path, pack: dict[str, bytes], pages: list[str], export: Export, tmp_path: Path
) -> None:
    said = "\n".join((text(pack), *pages))
    assert sorted(name for name in people(data) if name in said) == []
    assert export("xlsx", tmp_path / "a.xlsx", "--names", "shown") == 0
    with zipfile.ZipFile(tmp_path / "a.xlsx") as held:
        shown = held.read("xl/sharedStrings.xml").decode()
    assert any(name in shown for name in people(data))


def test_every_file_of_the_sample_is_named_as_a_source(pack: dict[str, bytes]) -> None:
    told = {one["sha256"] for one in json.loads(pack["json"])["inputs"]}
    files = [path for path in SAMPLE.iterdir() if path.suffix in (".xlsx", ".csv")]
    assert told == {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_that_names_were_let_be_seen_is_kept(data: Path, export: Export, tmp_path: Path) -> None:
    asked = ("--pages", "congress", "--by", "department=语文组", "--period", "2024")
    before = noted(data)
    assert export("xlsx", tmp_path / "a.xlsx", *asked) == 0
    assert noted(data) == [*before, ("exported", "xlsx", None)]
    assert export("xlsx", tmp_path / "a.xlsx", *asked, "--names", "shown") == 0
    view = audit.digest("pages=congress&period=2024&department=语文组&lang=zh")
    assert noted(data)[-2:] == [("unmasked", "xlsx", view), ("exported", "xlsx", None)]


def test_names_that_cannot_be_noted_do_not_leave(
    data: Path, export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, aside = data / "audit.jsonl", tmp_path / "aside"
    export("xlsx", tmp_path / "first.xlsx", "--pages", "congress")
    log.replace(aside)
    log.mkdir()
    asked = ("--pages", "congress", "--names", "shown")
    assert export("xlsx", tmp_path / "a.xlsx", *asked) == 2
    assert not (tmp_path / "a.xlsx").exists()
    log.rmdir()
    aside.replace(log)


def noted(data: Path) -> list[tuple[str, object, object]]:
    found = audit.entries(data, None, "exported", "unmasked")
    return [
        (
            e.act,
            e.facts.get("place", e.facts.get("kind")),
            e.facts["view"] if e.act == "unmasked" else None,
        )
        for e in found
    ]


# -- where it goes ----------------------------------------------------------------------------


def test_into_a_folder_it_goes_under_its_usual_name(
    export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export("csv", tmp_path, "--pages", "congress") == 0
    (place,) = tmp_path.iterdir()
    assert place.name == "工会数据_2025年_截至2025-12-31_演示数据_表格.zip"
    assert capsys.readouterr().out == f"{place}\n"


def test_with_json_one_document_says_what_was_made(
    export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "a.xlsx"
    assert export("xlsx", place, "--json", "--pages", "congress") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "file": str(place),
        "bytes": place.stat().st_size,
        "sha256": hashlib.sha256(place.read_bytes()).hexdigest(),
        "names": "hidden",
        "as_of": "2025-12-31",
    }


def test_what_is_asked_for_is_what_it_holds(export: Export, tmp_path: Path) -> None:
    place = tmp_path / "a.xlsx"
    asked = ("--pages", "members,overview", "--period", "2024", "--by", "department=语文组",
             "--lang", "en")  # fmt: skip
    assert export("xlsx", place, *asked) == 0
    book = CalamineWorkbook.from_path(place)
    about = " ".join(str(one) for row in book.get_sheet_by_index(0).to_python() for one in row)
    assert "2024 · 语文组 · as of 2024-12-31" in about
    assert "Figures" in book.sheet_names
    pages = [row[1] for row in book.get_sheet_by_name("About").to_python()]
    assert pages.index("Members") < pages.index("Overview")


def test_an_old_file_is_replaced_by_the_new_one(export: Export, tmp_path: Path) -> None:
    place = tmp_path / "a.xlsx"
    place.write_bytes(b"old")
    assert export("xlsx", place, "--pages", "congress") == 0
    assert place.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("xlsx nowhere/a.xlsx", "nowhere"),
        ("xlsx a.pdf", ".xlsx"),
        ("pack a.pptx", ".zip"),
        ("xlsx a.xlsx --pages nothing", "overview"),
        ("xlsx a.xlsx --pages funds.99", "funds"),
        ("xlsx a.xlsx --period someday", "2016-2017"),
        ("xlsx a.xlsx --by department=没有的组", "语文组"),
        ("pptx a.pptx --template nowhere.pptx", "nowhere.pptx"),
    ],
)
def test_a_refusal_is_one_line_and_leaves_nothing(
    export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: str, told: str
) -> None:
    kind, out, *more = asked.split()
    for lang in ("zh", "en"):
        assert export(kind, tmp_path / out, *more, "--lang", lang) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
        assert told in said.err
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("when", ["while it reads", "while it writes"])
def test_stopped_with_the_keyboard_it_leaves_the_old_file(
    export: Export,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    when: str,
) -> None:
    place = tmp_path / "a.xlsx"
    place.write_bytes(b"old")

    def stop(*given: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return answered(*given) if when == "while it reads" else None

    reads, writes = (handing, "answered"), (outfile.os, "fsync")
    monkeypatch.setattr(*(reads if when == "while it reads" else writes), stop)
    assert export("xlsx", place, "--pages", "congress,overview") == 2
    assert "已取消" in capsys.readouterr().err
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.xlsx", b"old")]


def test_who_waits_at_a_terminal_is_told_each_part(
    export: Export,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert export("xlsx", tmp_path / "a.xlsx", "--pages", "congress,overview") == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert export("xlsx", tmp_path / "a.xlsx", "--pages", "congress,overview") == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in lines] == [f"{at}/5" for at in range(1, 6)]
    assert lines[-1].endswith("总览")
