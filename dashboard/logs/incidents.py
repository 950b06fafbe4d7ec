"""A fault under a short code, for whoever met it to tell and for whoever mends it to find."""

from __future__ import annotations

import logging
import secrets

from dashboard.settings import VERSION

log = logging.getLogger(__name__)

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another when it is read out
_LENGTH = 5


def incident(failure: BaseException, page: str = "-", role: str = "-", who: str = "-") -> str:
    """Write down what failed, where and for whom; returns the code to tell (`E-7K3F9`)."""
    code = "E-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    log.error(
        "%s version=%s page=%s role=%s who=%s", code, VERSION, page, role, who, exc_info=failure
    )
    return code
