"""A finished deck as those who open it find it: its text, where it stands, what it is made of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn


@dataclass(frozen=True)
class Deck:
    data: bytes
    file: Any

    @classmethod
    def of(cls, data: bytes) -> Deck:
        return cls(data, Presentation(io.BytesIO(data)))

    @property
    def slides(self) -> list[Any]:
        return list(self.file.slides)

    @property
    def names(self) -> list[str]:
        """What is in the zip."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.namelist()

    def titled(self, words: str) -> list[Any]:
        """The slides whose title has these words."""
        return [slide for slide in self.slides if words in title(slide)]


def title(slide: Any) -> str:
    return slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""


def trees(slide: Any) -> Iterator[Any]:
    """The XML of the slide and of its charts."""
    yield slide.element
    yield from (shape.chart.element for shape in slide.shapes if shape.has_chart)


def written(slide: Any) -> str:
    """Every text of the slide: shapes, cells, and what its charts say."""
    found = []
    for tree in trees(slide):
        lines = [paragraph.iter(qn("a:t")) for paragraph in tree.iter(qn("a:p"))]
        found += ["".join(part.text or "" for part in line) for line in lines]
        found += [part.text or "" for part in tree.iter(qn("c:v"))]
    return "\n".join(found)


def noted(slide: Any) -> str:
    return slide.notes_slide.notes_text_frame.text


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables(slide: Any) -> list[list[list[str]]]:
    return [
        [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    ]


def runs(tree: Any) -> Iterator[Any]:
    """Every run's properties; a run without any fails the test that asks."""
    for run in tree.iter(qn("a:r"), qn("a:fld")):
        yield run.find(qn("a:rPr"))


def sides(shape: Any) -> tuple[int, int, int, int]:
    """Left, top, right, bottom; a table is as high as its rows."""
    height = shape.height
    if shape.has_table:
        height = sum(row.height for row in shape.table.rows)
    return shape.left, shape.top, shape.left + shape.width, shape.top + height
