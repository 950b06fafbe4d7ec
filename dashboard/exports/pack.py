"""The meeting's files: each by itself, or all in one with the manifest that ties them together."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from dashboard.exhibits.model import Meeting
from dashboard.exports import manifest
from dashboard.exports.work import Step, silent
from dashboard.exports.workbook import tables, workbook
from dashboard.text import Text

Kind = Literal["pptx", "pdf", "xlsx", "csv", "pack"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ENDINGS: dict[Kind, str] = {
    "pptx": ".pptx",
    "pdf": ".pdf",
    "xlsx": ".xlsx",
    "csv": ".zip",
    "pack": ".zip",
}
MIMES: dict[Kind, str] = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "pack": "application/zip",
}
_STEM = Text("工会数据", "union_data")
_UNTIL = Text("截至{day}", "as_of_{day}")
_SHOWN = Text("含个人信息", "with_names")
_DEMO = Text("演示数据", "sample_data")
_PARTS = {"csv": Text("表格", "tables"), "pack": Text("会议材料", "meeting_pack")}
_WORDS: dict[Kind, Text] = {
    "pptx": Text("幻灯片：{part}", "slides: {part}"),
    "pdf": Text("报告：{part}", "report: {part}"),
    "xlsx": Text("工作簿：{part}", "workbook: {part}"),
    "csv": Text("表格：{part}", "tables: {part}"),
}
_BUILT: tuple[Kind, ...] = ("pptx", "pdf", "xlsx", "csv")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|\s+')
_UNNAMED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_LONGEST = 80  # letters of a name; a path on Windows ends at 260
_FIRST = date(1980, 1, 1)  # no zip knows an earlier day


def file_name(meeting: Meeting, kind: Kind) -> str:
    """`工会数据_2025年_截至2025-12-31.pptx`: valid on every system, the same for the same view."""
    lang = meeting.lang
    narrowed = meeting.caption.split(" · ")[1:-1]
    parts = [_STEM(lang), meeting.period, *narrowed, _UNTIL.format(day=meeting.as_of)(lang)]
    parts += [_DEMO(lang)] if meeting.is_demo else []
    parts += [_SHOWN(lang)] if meeting.names == "shown" else []
    parts += [_PARTS[kind](lang)] if kind in _PARTS else []
    stem = "_".join(_FORBIDDEN.sub("", part).strip(". ") for part in parts)
    return stem[:_LONGEST] + ENDINGS[kind]


def parts(pages: int, kind: Kind) -> int:
    """How many parts the work has: of each file its beginning, and every page."""
    return (pages + 1) * (len(_BUILT) if kind == "pack" else 1)


def made(meeting: Meeting, kind: Kind, template: bytes | None = None, step: Step = silent) -> bytes:
    """One file. `template`: the school's own .pptx. Raises what its maker does."""
    if kind == "pack":
        return archive(_all(meeting, template, step), meeting)

    told = _telling(kind, meeting, step)
    if kind == "pptx":
        from dashboard.exports.slides import slides  # takes a while to import, as does the other

        return slides(meeting, template, told)
    if kind == "pdf":
        from dashboard.exports.document import document

        return document(meeting, told)
    if kind == "xlsx":
        return workbook(meeting, told)
    return archive(_files(meeting, told), meeting)


def _telling(kind: Kind, meeting: Meeting, step: Step) -> Step:
    """The step of one file, which names the file before the page."""
    return lambda words: step(_WORDS[kind].format(part=words)(meeting.lang))


def _all(meeting: Meeting, template: bytes | None, step: Step) -> dict[str, bytes]:
    """Slides, document, workbook and tables of one meeting, and what they are."""
    found: dict[str, bytes] = {}
    for kind in _BUILT[:-1]:
        found[file_name(meeting, kind)] = made(meeting, kind, template, step)
    folder = _PARTS["csv"](meeting.lang)
    listed = _files(meeting, _telling("csv", meeting, step))
    found |= {f"{folder}/{name}": data for name, data in listed.items()}
    return found | {manifest.NAME: manifest.manifest(meeting, found)}


def _files(meeting: Meeting, step: Step) -> dict[str, bytes]:
    """The tables by file name; a sheet's name may hold what a file's must not."""
    found: dict[str, bytes] = {}
    for name, data in tables(meeting, step).items():
        stem = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]', " ", name).strip(". ")
        found[f"{stem}.csv"] = data
    return found


def archive(files: Mapping[str, bytes], meeting: Meeting) -> bytes:
    """A zip of them, dated by the meeting's day: the same files give the same bytes."""
    day = max(meeting.as_of, _FIRST)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # whatever computer this is
            entry.compress_type = zipfile.ZIP_DEFLATED
            held.writestr(entry, data)
    return buffer.getvalue()
