"""Which typeface a document is set in, and what it cannot write.

A typesetter is content to leave a character blank; a report on a school's people must not. So a
typeface counts only where it has shown that it writes Chinese, and a character that no typeface
of this computer has is found while the pages are written, not by whoever reads them.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typst

from dashboard.errors import MissingFont
from dashboard.settings import Settings

REPORT = Path(__file__).parent / "report"
ARCHIVE: Literal["a-2u"] = "a-2u"  # kept by archives; forbids a character without a glyph
FAMILIES = (
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Sarasa Gothic SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Songti SC",
    "SimSun",
    "FangSong",
    "KaiTi",
    "Droid Sans Fallback",
)
LATIN = ("Arial", "Helvetica Neue", "Liberation Sans", "DejaVu Sans")  # where it writes none
_ASKED = {"chinese": "工会会员活动经费提案职工", "plain": string.ascii_letters + string.digits}
_UNWRITTEN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Where typefaces are looked for: a folder of the school's own, and this computer's."""

    folder: Path
    system: bool = True

    @classmethod
    def usual(cls) -> Typefaces:
        """Those of the computer, and the folder `fonts` beside the data."""
        return cls(Settings().fonts)

    def found(self) -> typst.Fonts:
        return self._fonts(system=self.system)

    def own(self) -> tuple[str, ...]:
        """The families in the folder: who puts one there wants it."""
        return tuple(self._fonts(system=False).families())

    def _fonts(self, *, system: bool) -> typst.Fonts:
        folders = [self.folder] if self.folder.is_dir() else []
        return typst.Fonts(system, include_embedded_fonts=False, font_paths=folders)


def chosen(where: Typefaces, found: typst.Fonts) -> str:
    """The first family that writes Chinese. Raises MissingFont where none does."""
    held, own = set(found.families()), where.own()
    usual = [family for family in FAMILIES if family in held]
    first = [family for family in usual if family in own]
    for family in dict.fromkeys((*first, *own, *usual)):
        if _writes(family, found):
            return family
    raise MissingFont("no_cjk_font", folder=where.folder)


def _writes(family: str, found: typst.Fonts) -> bool:
    try:
        pages("probe.typ", {"family": family} | _ASKED, found)
    except typst.TypstError:
        return False
    return True


def pages(name: str, inputs: Mapping[str, str], found: typst.Fonts, stamp: int = 0) -> bytes:
    """A template of ours as PDF. Raises typst.TypstError, among others for what has no glyph.

    stamp: seconds since 1970, the moment the file says it was made.
    """
    made = typst.compile(
        REPORT / name,
        root=REPORT,
        font_paths=found,
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
        format="pdf",
        pdf_standards=[ARCHIVE],
        timestamp=stamp,
    )
    if not isinstance(made, bytes):
        raise TypeError(name)
    return made


def unwritten(error: typst.TypstError) -> set[str]:
    """The characters for want of which the pages could not be written; nothing for other errors."""
    told = _UNWRITTEN.findall(error.diagnostic)
    return {_ESCAPE.sub(lambda found: chr(int(found[1], 16)), one) for one in told}
