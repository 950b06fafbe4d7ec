"""Honest files changed where it hurts: within zip members, XML tags, binary records, CSV bytes."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from pathlib import Path

from dashboard.errors import RefusedFile
from dashboard.importing.formats.compound import Compound

FILES = Path(__file__).resolve().parent.parent / "files"
PROGRAMS = FILES.parent / "programs"
SEEDS: dict[str, tuple[Path, ...]] = {
    "xlsx": (
        FILES / "members_title_total_footer.xlsx", PROGRAMS / "ledger_xlsxwriter.xlsx",
        PROGRAMS / "ledger_openpyxl.xlsx", PROGRAMS / "ledger_libreoffice.xlsx",
    ),
    "xls": (
        FILES / "members_other.xls", PROGRAMS / "ledger_libreoffice.xls",
        PROGRAMS / "roster_libreoffice.xls",
    ),
    "xlsb": (FILES / "members_other.xlsb",),
    "ods": (PROGRAMS / "ledger_libreoffice.ods", FILES / "members_other.ods"),
    "csv": (
        PROGRAMS / "ledger_libreoffice.csv", PROGRAMS / "ledger_libreoffice_gb18030.csv",
        PROGRAMS / "ledger_libreoffice_utf16.csv", FILES / "members_traditional_big5.csv",
    ),
    "html": (PROGRAMS / "ledger_libreoffice.html", PROGRAMS / "ledger_pandas.html"),
}  # fmt: skip
_WORDS = (
    b"", b"-1", b"0", b"999999999999", b"1e999", b"NaN", b"abc", b"#REF!", b"\xef\xbf\xbe",
    b"&#0;", b"&lt;", b"<![CDATA[x]]>", b"A1048576", b"XFD1", b"A" * 300, b"../../x",
    b"9" * 40, b"\x00", b"\xff\xfe", b"t=\"e\"", b"2147483648", b"4294967295", b"=DISPIMG(1)",
)  # fmt: skip
_ATTRIBUTE = re.compile(rb'="[^"]*"')
_VALUE = re.compile(rb">[^<>]+<")
_TAG = re.compile(rb"</?[\w:]+[^<>]*>")
_MARKS = (
    b",",
    b'"',
    b"\n",
    b"\r",
    b";",
    b"\t",
    b"\x00",
    b"=",
    b"\xff",
    b"sep=;\n",
    b"\xef\xbb\xbf",
)


def mutant(kind: str, seed: int, dice: random.Random) -> tuple[bytes, str]:
    """One changed file and its name."""
    source = SEEDS[kind][seed % len(SEEDS[kind])]
    data = source.read_bytes()
    change = {"xlsx": _packed, "ods": _packed, "xlsb": _packed, "xls": _old, "csv": _text,
              "html": _marked}[kind]  # fmt: skip
    return change(data, dice), source.name


def _packed(data: bytes, dice: random.Random) -> bytes:
    """A member changed by its own kind; now and then the archive's bytes themselves."""
    if dice.random() < 0.1:
        return _noise(data, dice)
    old = zipfile.ZipFile(io.BytesIO(data))
    names = [name for name in old.namelist() if old.getinfo(name).file_size]
    likely = [name for name in names if re.search(r"sheet|content|workbook|shared", name)]
    chosen, buffer = dice.choice(likely or names), io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        warnings.simplefilter("ignore")
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                content = _records12(content, dice) if name.endswith(".bin") else _marked(
                    content, dice)  # fmt: skip
            elif dice.random() < 0.01:
                continue
            new.writestr(name, content)
    return buffer.getvalue()


def _marked(data: bytes, dice: random.Random) -> bytes:
    """Attributes, values and tags of XML or a page."""
    for _ in range(dice.randint(1, 4)):
        pattern = dice.choice((_ATTRIBUTE, _VALUE, _TAG))
        places = [found.span() for found in pattern.finditer(data)]
        if not places:
            continue
        start, end = dice.choice(places)
        piece = data[start:end]
        data = data[:start] + _other(pattern, piece, dice) + data[end:]
    return data


def _other(pattern: re.Pattern[bytes], piece: bytes, dice: random.Random) -> bytes:
    if pattern is _ATTRIBUTE:
        return b'="' + dice.choice(_WORDS) + b'"'
    if pattern is _VALUE:
        return b">" + dice.choice(_WORDS) + b"<"
    return dice.choice((b"", piece * 2, piece * dice.randint(2, 2_000), piece.upper(), piece[:-1]))


def _old(data: bytes, dice: random.Random) -> bytes:
    """Records of the workbook's stream: their kind, their length, their content."""
    try:
        whole = Compound(data)
        stream = whole.stream("Workbook", "Book")
        places = _places(stream)
    except RefusedFile:
        return _noise(data, dice)
    changed = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        at, length = dice.choice(places)
        inside = dice.randrange(4 + max(length, 1))
        value = dice.choice((b"\xff", b"\0", b"\x7f", b"\x80", dice.randbytes(1)))
        size = dice.choice((1, 1, 2, 4))
        for offset in range(size):
            if at + inside + offset < len(stream):
                changed[whole.spot(at + inside + offset, "Workbook", "Book")] = value[0]
    return bytes(changed)


def _places(stream: bytes) -> list[tuple[int, int]]:
    at, found = 0, []
    while at + 4 <= len(stream):
        length = struct.unpack_from("<H", stream, at + 2)[0]
        found.append((at, length))
        at += 4 + length
    return found or [(0, 0)]


def _records12(data: bytes, dice: random.Random) -> bytes:
    """Records of an xlsb: bytes replaced, doubled, left out."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(changed) or 1)
        what = dice.random()
        if what < 0.6:
            size = dice.choice((1, 2, 4))
            changed[at : at + size] = dice.choice((b"\xff", b"\0", dice.randbytes(1))) * size
        elif what < 0.8:
            changed[at:at] = changed[at : at + dice.randint(1, 64)]
        else:
            del changed[at : at + dice.randint(1, 64)]
    return bytes(changed)


def _text(data: bytes, dice: random.Random) -> bytes:
    """Marks put in, bytes left out, pieces repeated."""
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(data))
        what, before, after = dice.randrange(4), data[:at], data[at:]
        if what == 0:
            after = dice.choice(_MARKS) + after
        elif what == 1:
            after = after[dice.randint(1, 9) :]
        elif what == 2:
            after = dice.choice(_WORDS) + after
        else:
            after = after[:50] * dice.randint(2, 400) + after
        data = before + after or b","
    return data


def _noise(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed[: dice.randrange(len(changed))] if dice.random() < 0.1 else changed)
