"""Our own paper: a 16:9 master in the house's colours, type and calm."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from dashboard.charts.template import LIGHT
from dashboard.exports.deck.lettering import FONT
from dashboard.exports.deck.paper import Area
from dashboard.exports.deck.templates import emptied

WIDE, HIGH = 960.0, 540.0  # points: 13.333 by 7.5 inches
SIDE = 44.0
TITLE = Area(SIDE, 26, WIDE - 2 * SIDE, 50)
COVER, UNDER = Area(SIDE + 36, 150, 800, 120), Area(SIDE + 36, 290, 800, 190)
KEPT = ("Title Slide", "Title Only")
COLOURS = {
    "dk1": LIGHT.text, "lt1": LIGHT.paper, "dk2": LIGHT.quiet, "lt2": LIGHT.line,
    "hlink": LIGHT.series[0], "folHlink": LIGHT.series[4],
} | {f"accent{at}": colour for at, colour in enumerate(LIGHT.series, start=1)}  # fmt: skip


def ours() -> Any:
    """An empty presentation on our paper, with a title layout and one for everything else."""
    deck = Presentation()
    emptied(deck)
    deck.slide_width, deck.slide_height = Inches(40 / 3), Inches(7.5)
    del deck.element.find(qn("p:sldSz")).attrib["type"]
    layouts = deck.slide_layouts
    for layout in [one for one in layouts if one.name not in KEPT]:
        layouts.remove(layout)
    _set_theme(deck.slide_master.part.part_related_by(RT.THEME))
    _set_titles(deck.slide_master)
    for holder in (deck.slide_master, *layouts):
        _place(holder)
    _rule(layouts.get_by_name(KEPT[0]))
    return deck


def _set_theme(part: Any) -> None:
    """Colours and fonts, by which a copied slide is recoloured elsewhere."""
    root = parse_xml(part.blob)
    for name, colour in COLOURS.items():
        holder = next(root.iter(qn(f"a:{name}")))
        for old in list(holder):
            holder.remove(old)
        _add(holder, "a:srgbClr", val=colour.removeprefix("#"))
    for kind in ("a:majorFont", "a:minorFont"):
        fonts = next(root.iter(qn(kind)))
        for script in fonts.findall(qn("a:font")):
            fonts.remove(script)
        for name in ("a:latin", "a:ea"):
            fonts.find(qn(name)).set("typeface", FONT)
    part.blob = serialize_part_xml(root)


def _add(holder: Any, name: str, **attributes: str) -> Any:
    child = holder.makeelement(qn(name), attributes)
    holder.append(child)
    return child


def _set_titles(master: Any) -> None:
    level = next(master.element.iter(qn("p:titleStyle"))).find(qn("a:lvl1pPr"))
    level.set("algn", "l")
    level.find(qn("a:defRPr")).attrib.update({"sz": "2800", "b": "1"})


def _place(holder: Any) -> None:
    """Titles where ours stand; what a footer would be is drawn on the slides themselves."""
    is_cover = holder.name == KEPT[0]
    for shape in list(holder.placeholders):
        kind = shape.placeholder_format.type.name
        if kind in ("TITLE", "CENTER_TITLE"):
            _put(shape, COVER if is_cover else TITLE, "b" if is_cover else "ctr")
        elif kind == "SUBTITLE":
            _put(shape, UNDER, "t")
        elif kind == "BODY":
            _put(shape, Area(SIDE, 110, WIDE - 2 * SIDE, 370), "t")
        else:
            shape.element.getparent().remove(shape.element)


def _put(shape: Any, area: Area, anchor: str) -> None:
    shape.left, shape.top, shape.width, shape.height = area.sides()
    body = shape.element.find(qn("p:txBody")).find(qn("a:bodyPr"))
    body.attrib.update({"anchor": anchor, "lIns": "0", "rIns": "0", "tIns": "0", "bIns": "0"})
    for paragraph in shape.element.iter(qn("a:lvl1pPr")):
        paragraph.set("algn", "l")


def _rule(layout: Any) -> None:
    """The one red: a thick stroke beside the title."""
    shape = _rectangle(layout.shapes, *Area(SIDE, COVER.top + 52, 7, 190).sides())
    shape.getparent().insert(2, shape)  # behind the titles


def _rectangle(shapes: Any, *sides: int) -> Any:
    """A layout's shapes cannot be added to, so its tree is written into."""
    tree = shapes._spTree  # noqa: SLF001 - the library has no other way in
    shape = tree.add_autoshape(90, "Rule", MSO_SHAPE.RECTANGLE.xml_value, *sides)
    for old in shape.findall(qn("p:style")):
        shape.remove(old)
    _add(_add(shape.spPr, "a:solidFill"), "a:srgbClr", val=LIGHT.bad.removeprefix("#"))
    _add(_add(shape.spPr, "a:ln"), "a:noFill")
    return shape
