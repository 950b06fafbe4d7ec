"""A school's own template: used as it is, emptied of its slides, refused where it is not safe."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Emu, Inches

from dashboard.errors import RefusedFile
from dashboard.exports.deck import templates
from dashboard.exports.slides import slides
from tests import decks, meetings
from tests.decks import Deck

OLD = "去年的幻灯片"


def school(*, wide: bool = False, font: str = "") -> bytes:
    """A template with a band, two slides of last year, one of them with a chart's notes."""
    deck = Presentation()
    if wide:
        deck.slide_width = Inches(13.333)
    master = deck.slide_master
    tree = master.shapes._spTree
    tree.add_autoshape(91, "band", MSO_SHAPE.RECTANGLE.xml_value, *(
        Inches(side) for side in (0, 6.9, 10, 0.6)
    ))  # fmt: skip
    if font:
        theme = master.part.part_related_by(RT.THEME)
        theme.blob = theme.blob.replace(
            b'<a:ea typeface=""/>', f'<a:ea typeface="{font}"/>'.encode()
        )
    for layout in (deck.slide_layouts[1], deck.slide_layouts[5]):
        slide = deck.slides.add_slide(layout)
        slide.shapes.title.text = OLD
        slide.notes_slide.notes_text_frame.text = OLD
    return saved(deck)


def saved(deck: Any) -> bytes:
    deck.save(buffer := io.BytesIO())
    return buffer.getvalue()


def repacked(data: bytes, **changed: bytes) -> bytes:
    """The zip with other contents, by a part's file name without its ending."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            short = name.rsplit("/", 1)[-1].partition(".")[0]
            new.writestr(name, changed.pop(short, None) or old.read(name))
        for name, content in changed.items():
            new.writestr(f"ppt/{name}.bin", content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return Deck.of(slides(meetings.meeting(), school()))


def test_its_size_and_its_layouts_are_used(deck: Deck) -> None:
    assert (deck.file.slide_width, deck.file.slide_height) == (Inches(10), Inches(7.5))
    assert deck.slides[0].slide_layout.name == "Title Slide"
    assert {slide.slide_layout.name for slide in deck.slides[1:]} == {"Title Only"}
    assert all(slide.shapes.title is not None for slide in deck.slides)


def test_its_own_slides_are_gone_without_a_trace(deck: Deck) -> None:
    kept = [name for name in deck.names if name.startswith("ppt/slides/slide")]
    assert len(kept) == len(deck.slides)
    with zipfile.ZipFile(io.BytesIO(deck.data)) as archive:
        assert not [name for name in archive.namelist() if OLD.encode() in archive.read(name)]


def test_the_slides_stay_clear_of_what_it_draws(deck: Deck) -> None:
    for slide in deck.slides[1:]:
        for shape in slide.shapes:
            left, top, right, bottom = decks.sides(shape)
            assert left >= 0
            assert right <= deck.file.slide_width
            if not shape.is_placeholder:
                assert top > 0
                assert bottom <= Inches(6.9) + Emu(12700), (decks.title(slide), shape.name)


def test_colours_are_the_themes_and_so_is_its_font() -> None:
    deck = Deck.of(slides(meetings.meeting(), school(font="华文楷体")))
    chart = decks.charts(deck.titled(" columns")[0])[0]
    assert b'schemeClr val="accent1"' in chart.part.blob
    faces = {
        p.get("typeface") for s in deck.slides for p in s.element.iter() if p.tag.endswith("}ea")
    }
    assert faces == {"华文楷体"}


def test_a_wide_one_is_used_as_wide() -> None:
    assert Deck.of(slides(meetings.meeting(), school(wide=True))).file.slide_width == Inches(13.333)


def test_the_numbers_are_the_same_on_any_paper(deck: Deck) -> None:
    plain = Deck.of(slides(meetings.meeting()))
    for form in ("bars", "columns", "lines", "moves"):
        one, other = (decks.charts(d.titled(f" {form}")[0])[0] for d in (deck, plain))
        assert [s.values for s in one.plots[0].series] == [s.values for s in other.plots[0].series]


def test_a_template_whose_only_layout_has_no_title_still_serves() -> None:
    bare = Presentation()
    for layout in [one for one in bare.slide_layouts if one.name != "Blank"]:
        bare.slide_layouts.remove(layout)
    found = Deck.of(slides(meetings.meeting(), saved(bare)))
    assert "工会工作情况" in decks.written(found.slides[0])
    assert any("短表" in decks.written(slide) for slide in found.slides)


def refused(data: bytes) -> str:
    with pytest.raises(RefusedFile) as told:
        slides(meetings.meeting(), data)
    assert told.value.message.zh
    return told.value.code


def test_what_is_no_presentation_is_refused() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert {refused(data) for data in (b"", b"%PDF-1.7", b"PK\x03\x04", other.getvalue())} == {
        "template_kind"
    }


def test_a_damaged_one_is_refused() -> None:
    assert refused(repacked(school(), presentation=b"<p:nothing")) == "template_damaged"
    assert refused(repacked(school(), slideMaster1=b"<a/>")) == "template_damaged"
    assert refused(school()[:-4000]) == "template_kind"


def test_one_with_macros_is_refused() -> None:
    assert refused(repacked(school(), vbaProject=b"macro")) == "template_macros"
    types = part(school(), "[Content_Types].xml")
    plain = b"vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    macros = types.replace(plain, b"vnd.ms-powerpoint.presentation.macroEnabled.main+xml")
    assert macros != types
    assert refused(repacked(school(), **{"[Content_Types]": macros})) == "template_macros"


def test_one_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(school(), bomb=bytes(templates.UNPACKED + 1))
    assert len(bomb) < templates.LARGEST
    assert refused(bomb) == "template_large"
    monkeypatch.setattr(templates, "LARGEST", 1000)
    assert refused(school()) == "template_large"


def test_one_that_reaches_outside_is_refused() -> None:
    deck = Presentation()
    deck.slide_master.part.relate_to("http://x.example/logo.png", RT.IMAGE, is_external=True)
    assert refused(saved(deck)) == "template_links"


def test_links_on_the_slides_that_go_do_not_matter() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.part.relate_to("http://x.example/", RT.HYPERLINK, is_external=True)
    assert b"x.example" not in slides(meetings.meeting(), saved(deck))


def test_one_with_a_document_type_is_refused() -> None:
    theme = b'<!DOCTYPE a [<!ENTITY b "c">]>' + part(school(), "ppt/theme/theme1.xml")
    assert refused(repacked(school(), theme1=theme)) == "template_damaged"


def test_values_keep_to_one_line_in_the_widest_font_that_may_stand_in() -> None:
    """A narrow slide, and figures in a substitute whose bold digits take 0.7 em."""
    deck = Presentation(io.BytesIO(slides(meetings.meeting("zh"), four_by_three())))
    cards = [one for slide in deck.slides for one in slide.shapes if one.name.startswith("tile ")]
    assert cards
    for card in cards:
        runs = card.text_frame.paragraphs[1].runs
        wide = sum(
            run.font.size.pt * (1.0 if mark > "\u2e80" else 0.35 if mark in " .,:" else 0.7)
            for run in runs
            for mark in run.text
        )
        assert wide <= card.width.pt - 2 * 14, card.text_frame.text


def four_by_three() -> bytes:
    """The template that python-pptx itself brings."""
    held = io.BytesIO()
    Presentation().save(held)
    return held.getvalue()
