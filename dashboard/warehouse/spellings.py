"""Words written in traditional characters, with the simplified form they are compared in.

Registers keep their own spelling. A school whose files are written in one script has few rows
here, or none: where the other script occurs too, `shown` is the spelling under which both are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.contracts.spelling import plain, simplified
from dashboard.schema import Cursor

# What the marts compare or group by.
_COMPARED: Mapping[str, tuple[str, ...]] = {
    "staff": ("name", "department"),
    "members": ("name", "department"),
    "attendance": ("name", "department", "activity", "activity_no"),
    "activities": ("name", "activity_no", "department", "audience"),
    "ledger": ("summary", "activity"),
    "proposals": ("department", "kind"),
}
_AT_ONCE = 1000  # texts: who has a page open waits for no conversion of all of them
# Two people of one roster whose names differ in the script only are two: 於小明 and 于小明.
_TWO_PEOPLE = """
    delete from spelling_map as map
    where exists (
        from {roster} as one join {roster} as other using (as_of)
        where one.name = map.written and other.name = map.plain
    )
"""


def map_spellings(cursor: Cursor) -> None:
    """Fill `spelling_map` anew from what the registers hold."""
    written = " union ".join(
        # A number or a code is one byte a character, and the same in either script.
        f'select "{column}" from "{table}" where strlen("{column}") > length("{column}")'  # noqa: S608 - own names
        for table, columns in _COMPARED.items()
        for column in columns
    )
    texts = [text for (text,) in cursor.execute(written).fetchall()]
    rows = [(text, form, shown) for text, (form, shown) in mapped(texts).items()]
    cursor.execute("delete from spelling_map")
    if not rows:
        return
    lists = dict(
        zip(("written", "plain", "shown"), map(list, zip(*rows, strict=True)), strict=True)
    )
    cursor.execute(
        "insert into spelling_map (written, plain, shown) "
        "select unnest($written), unnest($plain), unnest($shown)",
        lists,
    )
    for roster in ("staff", "members"):
        cursor.execute(_TWO_PEOPLE.format(roster=roster))


def mapped(texts: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """Traditional spelling -> (its simplified form, how the same words stand in simplified)."""
    known = list(set(texts))
    other: dict[str, str] = {}
    for start in range(0, len(known), _AT_ONCE):
        several = known[start : start + _AT_ONCE]
        pairs = zip(several, simplified(several), strict=True)
        other |= {text: form for text, form in pairs if form != text}
    if not other:
        return {}
    known.sort(reverse=True)  # of two that are the same words, the first by the alphabet is told
    told = {plain(text): text for text in known if text not in other}
    return {text: (form, told.get(plain(text))) for text, form in sorted(other.items())}
