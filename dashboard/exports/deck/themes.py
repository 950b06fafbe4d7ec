"""What a presentation's theme says: its Chinese font, and whether its paper is dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from dashboard.charts.shades import contrast
from dashboard.exports.deck.lettering import FONT


@dataclass(frozen=True, slots=True)
class Theme:
    """That of the first master."""

    typeface: str
    is_dark: bool

    @classmethod
    def of(cls, deck: Any) -> Theme:
        """Our font and light paper where the theme names none."""
        master = deck.slide_master
        root = parse_xml(master.part.part_related_by(RT.THEME).blob)
        named = root.find(f".//{qn('a:minorFont')}/{qn('a:ea')}")
        face = named.get("typeface") if named is not None else ""
        return cls(face or FONT, _is_dark(_paper(master.element, root)))


def _paper(master: Any, theme: Any) -> str:
    """The colour behind everything, as six digits; white where it is a picture or unknown."""
    fill = master.find(f".//{qn('p:bg')}//{qn('a:srgbClr')}")
    if fill is not None:
        return str(fill.get("val"))
    scheme = master.find(f".//{qn('p:bg')}//{qn('a:schemeClr')}")
    asked = scheme.get("val") if scheme is not None else "bg1"
    name = master.find(qn("p:clrMap")).get(asked, asked)
    holder = theme.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
    colour = holder[0] if holder is not None and len(holder) else None
    return str(colour.get("lastClr") or colour.get("val")) if colour is not None else "FFFFFF"


def _is_dark(paper: str) -> bool:
    """Whether white is read better on it than black."""
    if len(paper) != 6:
        return False
    return contrast("#FFFFFF", f"#{paper}") > contrast("#000000", f"#{paper}")
