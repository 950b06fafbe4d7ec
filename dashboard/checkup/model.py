"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dashboard.text import Text
from dashboard.workspaces import Workspaces

State = Literal["ok", "doubt", "bad"]
WORDS: dict[State, Text] = {
    "ok": Text("正常", "Fine"),
    "doubt": Text("留意", "Look at it"),
    "bad": Text("需处理", "Act now"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found; the words say what to do where there is something to do."""

    state: State
    words: Text


@dataclass(frozen=True, slots=True)
class Check:
    """`look` is given the open workspaces, and whether to read everything back (`thorough`).
    `is_slow`: it takes more than a blink either way. `page` is where something is done about it.
    """

    label: Text
    look: Callable[[Workspaces, bool], Found]
    is_slow: bool = False
    page: str = ""


def joined(parts: list[Text]) -> Text:
    """Sentences one after the other."""
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))
