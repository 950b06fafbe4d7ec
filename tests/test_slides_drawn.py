"""The slides as an office program draws them: each one a page, its words in a Chinese font."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard.exports.slides import slides
from tests import decks, meetings
from tests.decks import Deck

CHINESE = ("CJK", "Hei", "Song", "Han", "WenQuan")
NEEDED = ("soffice", "pdftotext", "pdffonts", "pdftoppm")
PATIENCE = 180  # seconds; the first start writes a profile


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Deck, Path]:
    """The deck and its pages; skipped without the programs, failed where they are required."""
    folder = tmp_path_factory.mktemp("drawn")
    deck = Deck.of(slides(meetings.meeting()))
    (folder / "deck.pptx").write_bytes(deck.data)
    if not all(shutil.which(name) for name in NEEDED) or not _converted(folder):
        if os.environ.get("DASHBOARD_OFFICE") == "required":
            pytest.fail("LibreOffice Impress and poppler are required here")
        pytest.skip("no LibreOffice Impress or no poppler on this computer")
    return deck, folder / "deck.pdf"


def _converted(folder: Path) -> bool:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "deck.pptx")], timeout=PATIENCE, capture_output=True, check=False
    )
    return (folder / "deck.pdf").exists()


def said(*command: str) -> str:
    return subprocess.run(
        command, capture_output=True, check=True, timeout=PATIENCE
    ).stdout.decode()


def test_every_slide_is_a_page_with_its_title(drawn: tuple[Deck, Path]) -> None:
    deck, pdf = drawn
    pages = said("pdftotext", str(pdf), "-").split("\f")[:-1]
    assert len(pages) == len(deck.slides)
    for page, slide in zip(pages, deck.slides, strict=True):
        bare = "".join(page.split()).replace("·", "")
        assert "".join(decks.title(slide).split()).replace("·", "") in bare


def test_its_values_are_drawn(drawn: tuple[Deck, Path]) -> None:
    told = "".join(said("pdftotext", str(drawn[1]), "-").split())
    for words in ("98.3%", "1,234.57", "93.8%", "30/32", "209.88", "+12", "−9", "42件", "目标95%"):
        assert words in told


def test_chinese_is_written_in_an_embedded_font_that_has_it(drawn: tuple[Deck, Path]) -> None:
    fonts = [line.split() for line in said("pdffonts", str(drawn[1])).splitlines()[2:]]
    chinese = [font for font in fonts if any(word in font[0] for word in CHINESE)]
    assert chinese
    assert {font[-5] for font in chinese} == {"yes"}  # embedded
    assert "\ufffd" not in said("pdftotext", str(drawn[1]), "-")


def test_no_ink_lies_at_the_edge_of_a_slide(drawn: tuple[Deck, Path], tmp_path: Path) -> None:
    """Two millimetres or so, where a projector or a printer would cut it."""
    said("pdftoppm", "-r", "30", "-gray", str(drawn[1]), str(tmp_path / "page"))
    pages = sorted(tmp_path.glob("page*.pgm"))
    assert pages
    for page in pages:
        head, _, pixels = page.read_bytes().partition(b"255\n")
        width, height = (int(word) for word in head.split()[1:3])
        rows = [pixels[at * width : (at + 1) * width] for at in range(height)]
        edge = {*rows[0], *rows[1], *rows[-1], *rows[-2]}
        edge |= {byte for row in rows for byte in (row[0], row[1], row[-1], row[-2])}
        assert min(edge) > 235, page.name
