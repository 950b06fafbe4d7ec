"""Rows that are taken away as a file: whoever takes them is noted first."""

from __future__ import annotations

from collections.abc import Callable

from dashboard import audit
from dashboard.settings import data_folder
from dashboard.ui import identity


def noted(kind: str, make: Callable[[], bytes], *, names: bool = False) -> Callable[[], bytes]:
    """What a download button calls, beside the page. Where it cannot be noted no file is made.
    `names`: of persons of the school.
    """
    folder, who = data_folder(), identity.who()

    @identity.later()
    def made() -> bytes:
        audit.note(folder, "exported", who, kind=kind, names=int(names))
        return make()

    return made
