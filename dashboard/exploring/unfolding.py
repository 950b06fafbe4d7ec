"""A table with a column for each month (quarter, year, day …) as a long one: a row for each.

Three columns at least whose headers name times of one span, and whose cells are of one kind, are
turned: the time becomes a column, their cells another; headers that differ by more than the time
(预算 1季度, 执行 1季度) make a column each. The other columns are repeated in every row, except
those of numbers: sums over the year and amounts of the whole row would count many times over.
Every cell of the turned columns stands in the long form once, empty ones and those that do not
fit as well, and each row keeps the number its row has in the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts.model import Surroundings
from dashboard.exploring.moments import LEAST, NAMES, Moment, Span, moments
from dashboard.importing.loose import values
from dashboard.importing.loose.column import arrow
from dashboard.importing.loose.model import NUMERIC, Kind, LooseColumn, LooseSheet, Places
from dashboard.importing.loose.values import Around
from dashboard.importing.values.absences import is_empty
from dashboard.importing.values.amounts import UNITS
from dashboard.text import Text

MOST = 4_000_000  # cells of a long form; beyond, the wide one must do
UNFOLDED = Text("展开", "unfolded")
NUMBER, WORD = Text("数值", "Value"), Text("内容", "Content")
MONEY = Text("金额", "Amount")
_WORDS = frozenset(("category", "text", "code"))
_FEW, _SHORT = 50, 20  # different values, and characters, a category has at most
_ANSWERED = 0.9  # of the filled cells, where yes and no stand beside other marks
_SHAPES: dict[Kind, re.Pattern[str]] = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "month": re.compile(r"\d{4}-\d\d|\d\d"),
    "year": re.compile(r"\d{4}"),
}
_KINDS: dict[Span, Kind] = {"day": "date", "lone_day": "date", "month": "month", "year": "year"}
_HAN = re.compile(r"[\u3400-\u9fff]")
_NOWHERE = Around(Surroundings())


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that differ by their time only: `places` by the time's value, and what all of their
    cells are.
    """

    rest: str
    places: dict[str, int]
    kind: Kind
    unit: str


def unfolded(sheet: LooseSheet) -> LooseSheet | None:
    """The long form; None where no columns are times, or it would be too long."""
    if sheet.table is None or not sheet.rows:
        return None
    headers = [column.header for column in sheet.columns]
    found = moments(headers, f"{sheet.title} {sheet.name}")
    groups = _groups(sheet, found)
    times = list(dict.fromkeys(one.value for one in found.values() if _is_used(one, groups)))
    turned = {place for group in groups for place in group.places.values()}
    others = [
        place
        for place, column in enumerate(sheet.columns)
        if place not in turned and column.kind not in NUMERIC | {"empty"}
    ]
    width = len(others) + len(groups) + 1
    if not groups or sheet.rows * len(times) * width > MOST:
        return None
    span = next(iter(found.values())).span
    return _Long(sheet, sheet.table, times, span, groups, others).sheet()


def _is_used(one: Moment, groups: Sequence[_Group]) -> bool:
    return any(one.rest == group.rest for group in groups)


def _groups(sheet: LooseSheet, found: dict[int, Moment]) -> list[_Group]:
    groups: list[_Group] = []
    for rest in dict.fromkeys(one.rest for one in found.values()):
        places = {one.value: at for at, one in found.items() if one.rest == rest}
        told = [sheet.columns[at] for at in places.values()]
        kind = _kind(sheet, list(places.values()))
        units = {column.unit for column in told if column.kind in NUMERIC}
        alone = len(places) == sum(one.rest == rest for one in found.values())
        if len(places) >= LEAST and alone and kind and len(units) <= 1:
            groups.append(_Group(rest, places, kind, next(iter(units), "")))
    return groups


def _kind(sheet: LooseSheet, places: Sequence[int]) -> Kind | None:
    """What the cells of all these columns are; None where they are no one thing. A few columns
    that hold too few numbers to be known for such are read with the others.
    """
    kinds: list[Kind] = [k for p in places if (k := sheet.columns[p].kind) != "empty"]
    numbers = [kind for kind in kinds if kind in NUMERIC]
    if not set(kinds) <= NUMERIC | _WORDS | {"yes_no", "year"} or not kinds:
        return None
    if len(numbers) * 2 > len(kinds):
        return numbers[0] if len(set(numbers)) == 1 else "number"
    if numbers or "year" in kinds:
        return None
    if "yes_no" not in kinds:
        return "category" if set(kinds) == {"category"} else _worded(sheet, places)
    return "yes_no" if _answers(sheet, places) else "category"


def _worded(sheet: LooseSheet, places: Sequence[int]) -> Kind:
    """Few short words that stand again and again are a category, as in a single column."""
    words = [word for p in places for word in _texts(sheet, p) if word is not None]
    few = len(set(words)) <= _FEW and len(set(words)) * 2 <= len(words)
    return "category" if few and all(len(word) <= _SHORT for word in words) else "text"


def _answers(sheet: LooseSheet, places: Sequence[int]) -> bool:
    words = [word for p in places for word in _texts(sheet, p) if word is not None]
    said = sum(values.is_answer(word) for word in words)
    return said >= len(words) * _ANSWERED


def _texts(sheet: LooseSheet, place: int) -> list[str | None]:
    """The cells of a column in words; yes and no as 是 and 否."""
    if sheet.table is None:
        return []
    typed = sheet.table[f"c{place}"].to_pylist()
    kept = sheet.table[f"t{place}"].to_pylist()
    return [_text(a, b) for a, b in zip(typed, kept, strict=True)]


def _text(value: Any, kept: str | None) -> str | None:
    if value is None:
        return kept
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


# -- the long form -----------------------------------------------------------------------------


_Made = tuple[LooseColumn, dict[str, pa.Array]]  # a column, and its arrays by their letter


@dataclass(frozen=True, slots=True)
class _Long:
    source: LooseSheet
    table: pa.Table
    times: Sequence[str]
    span: Span
    groups: Sequence[_Group]
    others: Sequence[int]

    def sheet(self) -> LooseSheet:
        made = [*map(self._repeated, self.others), self._time(), *map(self._measure, self.groups)]
        arrays = {"row": self._each(self.table["row"])}
        for place, (_, columns) in enumerate(made):
            arrays |= {f"{letter}{place}": array for letter, array in columns.items()}
        return replace(
            self.source, name=f"{self.source.name} · {self._spoken(UNFOLDED)}", unfolded=True,
            known=None, known_columns=0, score=0.0, columns=[told for told, _ in made],
            totals_check=[], same_rows=0, same_at=[], left_out=[], table=pa.table(arrays),
            people=self.source.tells_of_people,
        )  # fmt: skip

    def _each(self, values: pa.ChunkedArray) -> pa.Array:
        """Every row's cell as often as there are times."""
        rows = np.repeat(np.arange(self.source.rows), len(self.times))
        return values.combine_chunks().take(pa.array(rows))

    def _repeated(self, place: int) -> _Made:
        """What is doubtful in it is told of the wide form. What stood once a row stands in many
        now: short words are a category.
        """
        column, often = self.source.columns[place], len(self.times)
        told = replace(
            column, kind=self._kind(place), filled=column.filled * often,
            empty=column.empty * often, misfits=column.misfits * often, other_units=Places(),
            repeated=(), repeated_total=0, alike=(),
        )  # fmt: skip
        there = [letter for letter in "ctkp" if f"{letter}{place}" in self.table.column_names]
        return told, {letter: self._each(self.table[f"{letter}{place}"]) for letter in there}

    def _kind(self, place: int) -> Kind:
        column = self.source.columns[place]
        few = column.distinct <= _FEW and column.filled >= self.source.rows * _ANSWERED
        if column.kind != "text" or not few:
            return column.kind
        longest = pc.max(pc.utf8_length(self.table[f"c{place}"])).as_py() or 0
        return "category" if longest <= _SHORT else "text"

    def _time(self) -> _Made:
        kind = _KINDS.get(self.span, "category")
        if kind != "category" and not all(map(_SHAPES[kind].fullmatch, self.times)):
            kind = "category"
        said = [date.fromisoformat(one) if kind == "date" else one for one in self.times]
        height = self.source.rows * len(said)
        places = np.tile(np.arange(len(said)), self.source.rows)
        typed = pa.array(said, arrow(kind)).take(pa.array(places))
        name = self._unlike(self._spoken(NAMES[self.span]))
        letters = self._letters([p for group in self.groups for p in group.places.values()])
        told = LooseColumn(name, letters, kind, height, 0, 0, len(said))
        return told, {"c": typed, "t": pa.nulls(height, pa.string())}

    def _measure(self, group: _Group) -> _Made:
        typed = [self._typed(group, time) for time in self.times]
        fineness = max((one.type.scale for one, _ in typed if group.kind in NUMERIC), default=0)
        values = self._woven([one.cast(arrow(group.kind, fineness)) for one, _ in typed])
        kept = self._woven([texts for _, texts in typed])
        unfit = _unfit(kept)
        filled = len(values) - values.null_count + len(unfit)
        told = LooseColumn(
            group.rest or self._spoken(_called(group.kind)),
            self._letters(list(group.places.values())), group.kind, filled, len(values) - filled,
            len(unfit), len(values.drop_null().unique()) + len(unfit.unique()), group.unit,
        )  # fmt: skip
        return told, {"c": values, "t": kept}

    def _typed(self, group: _Group, time: str) -> tuple[pa.Array, pa.Array]:
        """The cells of one time; none where the group lacks it."""
        if (place := group.places.get(time)) is None:
            return pa.nulls(self.source.rows, arrow(group.kind)), self._nothing
        column, kind = self.source.columns[place], group.kind
        if column.kind == kind or (column.kind in NUMERIC and kind in NUMERIC):
            found = self.table.select([f"c{place}", f"t{place}"]).columns
            return found[0].combine_chunks(), found[1].combine_chunks()
        texts = pa.array(_texts(self.source, place), pa.string())
        if kind not in NUMERIC | {"yes_no"}:
            return texts, self._nothing
        return _read(texts, kind, UNITS.get(group.unit, 1))

    @property
    def _nothing(self) -> pa.Array:
        return pa.nulls(self.source.rows, pa.string())

    def _woven(self, columns: Sequence[pa.Array]) -> pa.Array:
        """Row by row, in each row time by time."""
        rows, times = self.source.rows, len(columns)
        order = np.arange(rows * times).reshape(times, rows).T.ravel()
        return pa.concat_arrays(columns).take(pa.array(order))

    def _letters(self, places: Sequence[int]) -> str:
        first, last = (self.source.columns[pick(places)].letter for pick in (min, max))
        return f"{first}–{last}"

    def _spoken(self, name: Text) -> str:
        """In the sheet's own language."""
        words = "".join([self.source.title, *(column.header for column in self.source.columns)])
        return name.zh if _HAN.search(words) else name.en

    def _unlike(self, name: str) -> str:
        taken = {self.source.columns[place].header for place in self.others}
        return f"{name} #2" if name in taken else name


def _called(kind: Kind) -> Text:
    return MONEY if kind == "money" else NUMBER if kind in NUMERIC else WORD


def _read(texts: pa.Array, kind: Kind, scale: int) -> tuple[pa.Array, pa.Array]:
    """Words of a column as what the others hold; those that are none stay the words they are."""
    known = texts.dictionary_encode()
    found: list[Any] = [_value(word, kind, scale) for word in known.dictionary.to_pylist()]
    fineness = max((_fineness(one) for one in found if isinstance(one, Decimal)), default=0)
    typed = pa.array(found, arrow(kind, fineness)).take(known.indices)
    return typed, pc.if_else(typed.is_valid(), None, texts)


def _value(word: str, kind: Kind, scale: int) -> Decimal | bool | None:
    if kind == "yes_no":
        return values.yes_no(word, _NOWHERE)
    found = values.number(word, scale)
    return found[0] if found and _fineness(found[0]) <= values.PLACES else None


def _fineness(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _unfit(kept: pa.Array) -> pa.Array:
    """The texts that are no value, dashes that say there is none left out."""
    words = [word for word in kept.drop_null().unique().to_pylist() if not is_empty(word)]
    return kept.filter(pc.is_in(kept, pa.array(words, pa.string())))
