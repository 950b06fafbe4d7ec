"""A fault under a short code, for whoever met it to tell and for whoever mends it to find."""

from __future__ import annotations

import logging
import secrets
import threading
import time
import traceback
from collections import OrderedDict

from dashboard.settings import VERSION

log = logging.getLogger(__name__)

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another when it is read out
_LENGTH = 5
# One person's same fault is written down so often within these seconds, then told under the code it
# has: whoever causes one on purpose cannot wash the others out of the log.
_FEW, _SECONDS = 3, 3600.0
_KEPT = 2_000  # different faults remembered

_Place = tuple[object, ...]
_codes: OrderedDict[_Place, list[tuple[float, str]]] = OrderedDict()
_lock = threading.Lock()


def incident(failure: BaseException, page: str = "-", role: str = "-", who: str = "-") -> str:
    """Write down what failed, where and for whom; returns the code to tell (`E-7K3F9`)."""
    new = "E-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    code = _code(_place(failure, who), new)
    if code == new:
        log.error(
            "%s version=%s page=%s role=%s who=%s", code, VERSION, page, role, who, exc_info=failure
        )
    return code


def _place(failure: BaseException, who: str) -> _Place:
    """Every step to where it failed, for whom; what a step had in hand is of no account."""
    steps = traceback.walk_tb(failure.__traceback__)
    return who, type(failure), *((frame.f_code, line) for frame, line in steps)


def _code(place: _Place, new: str) -> str:
    """The new one, or the last that was written down where there were enough of late."""
    now = time.monotonic()
    with _lock:
        late = [told for told in _codes.pop(place, []) if now - told[0] < _SECONDS]
        if len(late) < _FEW:
            late.append((now, new))
        _codes[place] = late
        if len(_codes) > _KEPT:
            _codes.popitem(last=False)
        return late[-1][1]
