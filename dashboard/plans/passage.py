"""Text that remembers which line of the source every part of it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.plans.model import Line


@dataclass(frozen=True, slots=True)
class Passage:
    """`sources`: from which place in `text` on it is which line; the first is at 0 or before."""

    text: str
    sources: tuple[tuple[int, Line], ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Passage:
        """Lines that belong together, one behind the other."""
        text, sources = "", []
        for line in lines:
            sources.append((len(text), line))
            text += line.text
        return cls(text, tuple(sources))

    def source(self) -> Line:
        """The line its first character stands on."""
        return [line for at, line in self.sources if at <= 0][-1]

    def part(self, start: int, end: int | None = None) -> Passage:
        end = len(self.text) if end is None else end
        moved = tuple((at - start, line) for at, line in self.sources if at < max(end, 1))
        return Passage(self.text[start:end], moved)

    def parts(self, texts: Iterable[str]) -> list[Passage]:
        """As `texts` cut it: each is found behind the one before."""
        found, at = [], 0
        for text in texts:
            start = self.text.index(text, at)
            at = start + len(text)
            found.append(self.part(start, at))
        return found

    def rest(self, text: str) -> Passage:
        """Its end, from where `text` begins."""
        return self.part(len(self.text) - len(text)) if self.text.endswith(text) else self
