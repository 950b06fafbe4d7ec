"""What every issue of one code has in common: its severity, its words, its remedy."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.importing.report import Severity
from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """What every issue of one code has in common."""

    severity: Severity
    message: Text
    remedy: Text


def error(zh: str, en: str, do_zh: str, do_en: str) -> Kind:
    """A value or a row that could not be loaded."""
    return Kind("error", Text(zh, en), Text(do_zh, do_en))


def warning(zh: str, en: str, do_zh: str, do_en: str) -> Kind:
    """Loaded, yet somebody should look."""
    return Kind("warning", Text(zh, en), Text(do_zh, do_en))


def info(zh: str, en: str, do_zh: str = "无需处理。", do_en: str = "Nothing to do.") -> Kind:
    """Said so that nothing happens unseen."""
    return Kind("info", Text(zh, en), Text(do_zh, do_en))
