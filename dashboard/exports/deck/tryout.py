"""A school's template, first opened where it can do no harm: in a child like the one that reads
spreadsheets. What comes back is the template without its slides, written anew by the child.

Standard input: one line of JSON (the limits), then the template's bytes.
Standard output: `R` and a refusal as JSON, or `T` and the template.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import asdict, replace

from dashboard.errors import RefusedFile
from dashboard.exports.deck import templates
from dashboard.importing import children, confinement, provisions
from dashboard.settings import Limits

_LIMITS = replace(Limits(), child_memory=1024 * 2**20, child_seconds=30)
_REFUSED, _TAKEN = b"R", b"T"


def tried(data: bytes) -> bytes:
    """The template, emptied. Raises RefusedFile with what to do."""
    templates.check_outside(data)
    order, entry = json.dumps(asdict(_LIMITS)).encode(), "dashboard.exports.deck.tryout"
    try:
        answer = children.answer(order, data, _LIMITS.child_seconds, entry=entry)
        found = children.understood(answer, _found)
    except subprocess.SubprocessError:
        raise RefusedFile("template_damaged") from None
    if isinstance(found, RefusedFile):
        raise found
    return found


def _found(answer: bytes) -> bytes | RefusedFile:
    if answer[:1] == _TAKEN:
        templates.check_outside(answer[1:])
        return answer[1:]
    code, values = json.loads(answer.removeprefix(_REFUSED))
    return RefusedFile(code, **values)


def _answer(data: bytes) -> bytes:
    try:
        deck = templates.opened(data)
    except RefusedFile as refusal:
        return _REFUSED + json.dumps((refusal.code, refusal.values)).encode()
    deck.save(sent := io.BytesIO())
    return _TAKEN + sent.getvalue()


def main() -> None:
    """One template, one answer."""
    confinement.die_with_the_server()
    provisions.load()
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    confinement.limit(limits)
    confinement.shut()
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
