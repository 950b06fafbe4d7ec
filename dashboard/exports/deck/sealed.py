"""The file itself: the same bytes for the same meeting."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from dashboard.exhibits.model import Meeting

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STALE = (RT.EXTENDED_PROPERTIES, RT.CUSTOM_PROPERTIES, RT.THUMBNAIL)
AUTHOR = "工会数据看板 Union Dashboard"
_WORDS = ("category", "comments", "content_status", "identifier", "keywords", "version")


def sealed(deck: Any, meeting: Meeting) -> bytes:
    """With its own properties and no others, and no moment of today in it."""
    _properties(deck.core_properties, meeting)
    package = deck.part.package
    for key in [key for key, rel in package._rels.items() if rel.reltype in _STALE]:  # noqa: SLF001
        package.drop_rel(key)
    deck.save(buffer := io.BytesIO())
    return _timeless(buffer.getvalue())


def _properties(core: Any, meeting: Meeting) -> None:
    day = datetime.combine(meeting.as_of, time())
    core.title, core.subject = meeting.title[:255], meeting.caption[:255]
    core.author = core.last_modified_by = AUTHOR
    core.created = core.modified = core.last_printed = day
    core.revision, core.language = 1, "zh-CN" if meeting.lang == "zh" else "en-US"
    for name in _WORDS:
        setattr(core, name, "")


def _timeless(data: bytes) -> bytes:
    """The same entries in the same order, each with the same time."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, _EPOCH)
            fresh.compress_type, fresh.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(fresh, old.read(entry))
    return buffer.getvalue()
