"""Words at the bars' ends and beside the points of a native chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.exports.deck.lettering import clean

_FIELDS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at a point: its value (a live one follows the data), and a quiet note.

    `place`: where it stands, if not where the series' others do.
    """

    words: str
    live: bool = True
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """Those of one series by their points; `code` writes the values of the rest, if `all`."""

    code: str
    size: float
    place: str  # outEnd, t, r …
    points: Mapping[int, Label]
    all: bool


def attach(series: Any, labels: Labels) -> None:
    """Replace whatever labels the series (a `c:ser`) has."""
    holder = series.get_or_add_dLbls()
    for old in list(holder):
        holder.remove(old)
    for at, label in sorted(labels.points.items()):
        if not labels.all or not label.live or label.note or label.place:
            holder.append(parse_xml(_one(at, label, labels)))
    for element in parse_xml(_rest(labels)):
        holder.append(element)


def _shows(value: int) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _look(size: float, *, bold: bool) -> str:
    return f'sz="{int(size * 100)}" b="{int(bold)}"'


def _colour(ink: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{ink}"/></a:solidFill>'


def _one(at: int, label: Label, labels: Labels) -> str:
    """A label of its own; the value in it is a field, so that it changes with the data."""
    strong = f"<a:rPr {_look(labels.size, bold=True)}>{_colour('tx1')}</a:rPr>"
    words = escape(clean(label.words))
    key = uuid5(NAMESPACE_OID, f"{at} {words} {label.note}")
    value = (
        f'<a:fld id="{{{str(key).upper()}}}" type="VALUE">'
        f"{strong}<a:pPr/><a:t>{words}</a:t></a:fld>"
        if label.live
        else f"<a:r>{strong}<a:t>{words}</a:t></a:r>"
    )
    quiet = f"<a:rPr {_look(labels.size, bold=False)}>{_colour('tx1')}</a:rPr>"
    note = f"<a:r>{quiet}<a:t>{escape(clean(f'  {label.note}'))}</a:t></a:r>" if label.note else ""
    return (
        f'<c:dLbl {nsdecls("c", "a")} xmlns:c15="{_C15}"><c:idx val="{at}"/><c:tx><c:rich>'
        f'<a:bodyPr wrap="none"/><a:p><a:pPr><a:defRPr/></a:pPr>{value}{note}</a:p></c:rich></c:tx>'
        f'<c:dLblPos val="{label.place or labels.place}"/>{_shows(1)}'
        f'<c:extLst><c:ext uri="{_FIELDS}">'
        '<c15:dlblFieldTable/><c15:showDataLabelsRange val="0"/></c:ext></c:extLst></c:dLbl>'
    )


def _rest(labels: Labels) -> str:
    """The series' own: every other value by the number format, or none."""
    return (
        f"<c:dLbls {nsdecls('c', 'a')}>"
        f'<c:numFmt formatCode="{escape(labels.code, {chr(34): "&quot;"})}" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>'
        f"<a:defRPr {_look(labels.size, bold=True)}>{_colour('tx1')}</a:defRPr></a:pPr>"
        f'<a:endParaRPr/></a:p></c:txPr><c:dLblPos val="{labels.place}"/>{_shows(int(labels.all))}'
        "</c:dLbls>"
    )


def placed(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Fix the plot itself (without what is written around it), as shares of the chart."""
    area = next(chart.element.iter(qn("c:plotArea")))
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    sides = "".join(
        f'<c:{name} val="{value:.5f}"/>'
        for name, value in (("x", left), ("y", top), ("w", width), ("h", height))
    )
    area.insert(0, parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
    ))  # fmt: skip
