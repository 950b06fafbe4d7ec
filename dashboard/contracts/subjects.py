"""The chart of accounts: what a cash book's subject means, however the school writes it.

The entries are data (data/rules/subjects.toml). A subject nobody knows is None and is shown as
未归类; its money is counted all the same.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from dashboard.contracts.spelling import folded, plain
from dashboard.errors import BadDefinition
from dashboard.settings import RULES

Kind = Literal["income", "expense"]
_BETWEEN = re.compile(r"[-—–·・•/>:\\;]+")
_ENUMERATED = re.compile(r"^\s*[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]\s*")
_LEADING_CODE = re.compile(r"^\s*(\d{3,})[\s.、]*")


@dataclass(frozen=True, slots=True)
class Subject:
    """One account. `level2` is None for a whole level-1 account.

    `code` is its own, else its level-1 account's, else None (newer lines have none yet).
    """

    code: str | None
    level1: str
    level2: str | None
    kind: Kind
    version: str


@dataclass(frozen=True)
class Chart:
    """`words`: plain form -> account; `codes`: code -> account."""

    words: Mapping[str, Subject]
    codes: Mapping[str, Subject]

    def resolve(self, text: str) -> Subject | None:
        """The account a school's words mean: as a whole, by its last or first part, by its code."""
        bare = _ENUMERATED.sub("", folded(text))
        parts = [part for part in _BETWEEN.split(bare) if plain(part)]
        for words in (bare, *parts[-1:], *parts[:1]):
            found = self._named(words)
            if found:
                return found
        return self._coded(bare)

    def _named(self, words: str) -> Subject | None:
        return self.words.get(plain(words)) or self.words.get(plain(_LEADING_CODE.sub("", words)))

    def _coded(self, words: str) -> Subject | None:
        """50102 is part of 501, even where nobody told us which part."""
        code = _LEADING_CODE.match(words)
        known = (code[1][:length] for length in range(len(code[1]), 2, -1)) if code else ()
        return next((self.codes[prefix] for prefix in known if prefix in self.codes), None)


def load(path: Path) -> Chart:
    """The chart of one file; a word or code that would mean two accounts raises BadDefinition."""
    words: dict[str, Subject] = {}
    codes: dict[str, Subject] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["subject"]:
        for subject, own in _accounts(entry):
            _enter(codes, own.get("code"), subject)
            for word in (own["name"], *own.get("aliases", ())):
                _enter(words, plain(word), subject)
    return Chart(words, codes)


def _accounts(entry: Mapping[str, Any]) -> Iterator[tuple[Subject, Mapping[str, Any]]]:
    """The level-1 account and its parts, each with its own lines of the file."""
    if entry["kind"] not in get_args(Kind):
        raise BadDefinition(f"subject {entry['name']}: {entry['kind']} is no kind")
    name, kind, version, code = entry["name"], entry["kind"], entry["version"], entry.get("code")
    yield Subject(code, name, None, kind, version), entry
    for part in entry.get("part", ()):
        yield Subject(part.get("code", code), name, part["name"], kind, version), part


def _enter(known: dict[str, Subject], word: str | None, subject: Subject) -> None:
    if word and known.setdefault(word, subject) != subject:
        raise BadDefinition(f"subject {word} means two accounts")


@cache
def chart() -> Chart:
    """The chart shipped with the project."""
    return load(RULES / "subjects.toml")


@lru_cache(maxsize=10_000)
def resolve(text: str) -> Subject | None:
    """The account of a subject as written, or None."""
    return chart().resolve(text)


def is_official(words: str) -> bool:
    """Whether this is an account's own name, as the chart of accounts writes it."""
    found = resolve(words)
    return found is not None and words in (found.level1, found.level2)


def is_expense(subject: str | None) -> bool | None:
    """What the subject's own words say; None where they say nothing."""
    known = resolve(subject or "")
    if known:
        return known.kind == "expense"
    if ("收入" in (subject or "")) != ("支出" in (subject or "")):
        return "支出" in (subject or "")
    return None
