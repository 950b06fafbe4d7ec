"""Somebody who was deleted comes back: from then on imports bring them again.

No name is held to look for. What is typed is hashed as a name and as a staff number was, and the
marks with an equal hash, and all that were made with them, are theirs. They are kept for lines of
the books that stand without the name: else an old ledger would count those twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dashboard.contracts.spelling import number_key, plain
from dashboard.errors import RefusedRequest
from dashboard.schema import Cursor
from dashboard.veil import forms
from dashboard.warehouse import kept, tables
from dashboard.warehouse.erasing import digest, key_in


@dataclass(frozen=True, slots=True)
class Marked:
    """One deletion: the word that stands where the name stood, and its day."""

    instead: str
    on: date

    def __str__(self) -> str:
        return f"{self.instead} ({self.on:%Y-%m-%d})"


def allow(cursor: Cursor, words: str) -> Marked:
    """Take the marks of one deletion away, within somebody else's transaction.

    `words` are a staff number, a name, or the word that stands in its place. Raises RefusedRequest
    "nobody_deleted"; "several_deleted", which lists them.
    """
    found = _marked(cursor, words)
    if not found:
        raise RefusedRequest("nobody_deleted", words=words.strip())
    if len(found) > 1:
        listed = ", ".join(map(str, found))
        raise RefusedRequest("several_deleted", words=words.strip(), listed=listed)
    values = {"instead": found[0].instead}
    cursor.execute("update deleted_people set only_lines = true where instead = $instead", values)
    tables.newer(cursor)  # what an import would change was told under the version before
    kept.refresh(cursor, ())
    return found[0]


def _marked(cursor: Cursor, words: str) -> list[Marked]:
    sql = """
        select instead, max(deleted_at)::date
        from deleted_people
        where instead in (
            select instead from deleted_people where list_contains($marks, mark) or instead = $words
        ) and length = 0 and only_lines is not true
        group by instead order by all
    """
    values = {"marks": list(_hashes(cursor, words)), "words": words.strip()}
    return [Marked(*row) for row in cursor.execute(sql, values).fetchall()]


def _hashes(cursor: Cursor, words: str) -> Collection[str]:
    """What these words would have left as a mark: of whom it was, of a name alone, of a number."""
    key, bare = key_in(cursor), plain(words)
    if not bare:
        return ()
    names = {digest(key, form) for form in forms(words)}
    of_whom = {digest(key, "whom", one) for one in (bare, number_key(words))}
    return names | of_whom | {digest(key, "number", bare), digest(key, bare, "@")}
