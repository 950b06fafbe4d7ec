"""Every record of Python's logging, whoever writes it, stripped when it is made.

Our own words are constants, and what fills their marks must be a code or a number. Of a library's
record only the place is kept: the code there says what it would have said, without the cell.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from dashboard.logs.traces import short, traced

OURS = "dashboard"
_CODE = re.compile(r"[A-Za-z0-9_.:/,=+-]{0,80}")
_DIGITS = re.compile(r"\d{11,}")  # a telephone number has eleven
_TOLD_BY_US = "streamlit.error_util"  # what a script raises is told under a code


def strip_all() -> None:
    """From now on in this process, for every logger there is or will be."""
    logging.setLogRecordFactory(_made)
    logging.raiseExceptions = False  # a record that cannot be written is not printed either
    logging.getLogger(_TOLD_BY_US).addFilter(lambda record: record.levelno < logging.ERROR)


def _made(*values: Any, **named: Any) -> logging.LogRecord:
    record = logging.LogRecord(*values, **named)
    _adopt(record.name)
    strip(record)
    return record


def strip(record: logging.LogRecord) -> None:
    """Take out whatever could hold a cell's content."""
    failure = record.exc_info[1] if record.exc_info else None
    if str(record.name).partition(".")[0] == OURS:
        arguments = record.args if isinstance(record.args, tuple) else ()
        record.args = tuple(_plain(one) for one in arguments)
    else:
        place = f"{short(record.pathname)}:{record.lineno} {record.funcName}"
        record.msg, record.args = place, ()
    record.exc_text = "\n".join(f"  {line}" for line in traced(failure)) if failure else None
    record.exc_info = record.stack_info = None


def _plain(value: object) -> object:
    """A code or a number as it is; anything else is left out."""
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 10**10):
        return value
    if isinstance(value, str) and _CODE.fullmatch(value) and not _DIGITS.search(value):
        return value
    return "…"


def _adopt(name: str) -> None:
    """Libraries that set up printing of their own say what they say through our log."""
    logger: logging.Logger | None = logging.getLogger(name)
    while logger is not None and logger is not logging.root:
        logger.propagate = True
        logger.handlers.clear()
        logger = logger.parent
