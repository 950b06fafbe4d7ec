"""Files that no honest program writes, or that honest ones write and readers take wrongly: made by
code, each with what must be said of it. `BAD` is all of them; test_bad_files.py reads each.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADER = ("姓名", "部门", "入会时间")
PEOPLE = (("张三", "语文组", "2017-03-08"), ("李四", "数学组", "2016-09-01"))
HONEST = "姓名,部门,入会时间\n张三,语文组,2017-03-08\n李四,数学组,2016-09-01\n"
Make = Callable[[], bytes]


@dataclass(frozen=True)
class Said:
    """What must be said of a file. refused: the codes it may be refused with, and nothing else is
    right; loaded: rows that can be stored, over all sheets; issues: codes that must be among
    them; never: what must stand in no stored cell. Where both refused and loaded are given,
    either is right.
    """

    refused: tuple[str, ...] = ()
    loaded: int | None = None
    issues: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bad:
    """One file: how it is made, what it is called when it is uploaded, what must be said."""

    family: str
    make: Make
    said: Said
    upload: str


BAD: dict[str, Bad] = {}


def bad(family: str, name: str, said: Said, upload: str, make: Make) -> None:
    """Enter one file. Every name stands once."""
    assert name not in BAD, name
    BAD[name] = Bad(family, make, said, upload)


def refused(*codes: str) -> Said:
    return Said(refused=codes)


def read_as(loaded: int, *issues: str, never: tuple[str, ...] = ()) -> Said:
    return Said(loaded=loaded, issues=issues, never=never)


def either(loaded: int, *codes: str) -> Said:
    return Said(refused=codes, loaded=loaded)


def cell(place: str, value: object, kind: str = "inlineStr") -> str:
    inside = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
    return f'<c r="{place}" t="{kind}">{inside}</c>'


def row(number: int, *values: object, attributes: str = "") -> str:
    cells = "".join(
        cell(f"{chr(65 + at)}{number}", value, "inlineStr" if isinstance(value, str) else "n")
        for at, value in enumerate(values)
    )
    return f'<row r="{number}"{attributes}>{cells}</row>'


ROWS = row(1, *HEADER) + row(2, *PEOPLE[0]) + row(3, *PEOPLE[1])


def sheet(rows: str = ROWS, before: str = "", after: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts(
    sheets: dict[str, str] | None = None, texts: str = "", states: dict[str, str] | None = None
) -> dict[str, str | bytes]:
    """The parts of a workbook: sheet name -> its XML; states: sheet name -> hidden, veryHidden."""
    sheets, states = sheets or {"会员名册": sheet()}, states or {}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"'
        + (f' state="{states[name]}"' if name in states else "")
        + "/>"
        for at, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet"'
        f' Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    if texts:
        links += (
            f'<Relationship Id="rId99" Type="{RELATIONS}/sharedStrings"'
            ' Target="sharedStrings.xml"/>'
        )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?>'
        f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
    if texts:
        found["xl/sharedStrings.xml"] = f'<?xml version="1.0"?><sst xmlns="{MAIN}">{texts}</sst>'
    return found | {
        f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), 1)
    }


def zipped(held: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as book:
        for name, content in held.items():
            book.writestr(name, content)
    return buffer.getvalue()


def xlsx(rows: str = ROWS, before: str = "", after: str = "", **options: object) -> bytes:
    return zipped(parts({"会员名册": sheet(rows, before, after)}, **options))  # type: ignore[arg-type]


def with_parts(**changed: str | bytes | None) -> bytes:
    """That workbook with parts replaced, added or (None) left out, by path."""
    held: dict[str, str | bytes | None] = {**parts(), **changed}
    return zipped({name: content for name, content in held.items() if content is not None})
