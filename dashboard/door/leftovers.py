"""Uploaded files that nobody takes any more, let go of by the clock.

Streamlit keeps the files of a tab that was closed until another tab comes or goes, and those sent
to no uploader at all for as long as the tab is open. Our uploader takes a file out as soon as it is
there (ui/uploader.py): what lies long is nobody's.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

ROUND = 15.0  # seconds between two looks
OLD = 300.0  # seconds a file may lie; of several dropped at once the first waits for the last

Place = tuple[str, str]  # Streamlit's session, and the file in it


@dataclass
class Leftovers:
    """When each file was first seen lying there. For one thread: the event loop's."""

    since: dict[Place, float] = field(default_factory=dict)

    async def keep(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(ROUND)
            if runtime.exists():
                self.sweep(time.monotonic())

    def sweep(self, now: float) -> None:
        """Let go of the files of tabs that are gone for good, and of what lies too long."""
        server = runtime.get_instance()
        files, tabs = server.uploaded_file_mgr, server._session_mgr  # noqa: SLF001 - nobody else knows
        if not isinstance(files, MemoryUploadedFileManager):
            return
        standing = {held.session.id for held in tabs.list_sessions()}
        for session in set(files.file_storage) - standing:
            files.remove_session_files(session)
        lying = [(at, one) for at, held in list(files.file_storage.items()) for one in list(held)]
        self.since = {place: self.since.get(place, now) for place in lying}
        for place, seen in self.since.items():
            if now - seen > OLD:
                files.remove_file(*place)
