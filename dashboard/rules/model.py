"""What a rule is, and what comes of looking at the cash book with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from dashboard.text import Lang, Text, day, money, number, percent, rounded, same

Shape = Literal["annual", "event", "frequency", "share", "ban"]
Per = Literal["member", "school"]
Severity = Literal["hard", "soft"]
State = Literal["checked", "unset", "not_in_force"]

UNITS: dict[Shape, Text] = {
    "annual": Text("元/人/年", "yuan per member a year"),
    "event": Text("元/人/次", "yuan per member on one occasion"),
    "frequency": Text("次/年", "times a year"),
    "share": Text("获奖人数 ÷ 参加人数", "winners ÷ participants"),
    "ban": Text("", ""),
}
STATES: dict[State, Text] = {
    "checked": Text("已检查", "Checked"),
    "unset": Text("未设上限", "No ceiling set"),
    "not_in_force": Text("本期未生效", "Not in force"),
}
SEVERITIES: dict[Severity, Text] = {
    "hard": Text("请核对", "Please check"),
    "soft": Text("待核", "To be looked at"),
}


@dataclass(frozen=True, slots=True)
class Matches:
    """Which payments a rule looks at; what is empty does not narrow.

    words, without  in the summary or the activity's name; simplified characters
    subjects        official subjects of either level
    kinds           codes of the activity the payment belongs to
    funds           words in the source of funds
    """

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """One row of the table of ceilings.

    value       yuan, times, or a share; None where nobody has told it
    per         of a frequency: each member's, or the school's
    place       where it holds; empty: everywhere, or where the school that filled it in is
    valid_from, valid_to  the first and the last day it holds; None: no bound
    verified    the document was read, not only heard of
    filled      the school itself set it
    private     of illness, hardship or death: nobody is named
    """

    id: str
    shape: Shape
    label: Text
    matches: Matches
    source: Text
    value: Fraction | None = None
    per: Per = "member"
    place: str = ""
    document: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    verified: bool = False
    filled: bool = False
    private: bool = False

    @property
    def judges(self) -> bool:
        """Whether there is anything to compare with."""
        return self.value is not None or self.shape == "ban"

    @property
    def unit(self) -> Text:
        return UNITS[self.shape]

    @property
    def severity(self) -> Severity:
        """A word in a summary is only a hint, whoever wrote the list."""
        certain = self.shape != "ban" and (self.verified or self.filled)
        return "hard" if certain else "soft"

    def holds_at(self, place: str) -> bool:
        """Whether it is meant for a school there; `place` may be finer, such as 江苏省常州市."""
        return self.filled or self.place in place

    def within(self, start: date, end: date) -> tuple[date, date] | None:
        """The days of a stretch on which it is in force, the first and the last."""
        since = max(start, self.valid_from or start)
        until = min(end, self.valid_to or end)
        return (since, until) if since <= until else None


@dataclass(frozen=True, slots=True)
class Finding:
    """Payments whose sum calls for a look.

    figure      yuan per member, times, or a share; of a ban the amount paid
    who         the person by name, or None: then it is an average, or the school's
    event       the occasion, or the word found
    is_average  whether something paid for several was divided among them
    bearers     how many people on the rosters bear the name; their sums are not told apart
    row_keys    the ledger's rows, in their order
    """

    cap: Cap
    in_year: int
    figure: Fraction
    who: str | None
    event: str | None
    is_average: bool
    bearers: int
    row_keys: tuple[str, ...]
    first_on: date
    last_on: date

    @property
    def id(self) -> str:
        """Stable from one look to the next."""
        told = (self.cap.id, str(self.in_year), self.who or "", self.event or "")
        once = self.row_keys[:1] if self.cap.shape in ("event", "ban") else ()
        return "|".join((*told, *once))

    @property
    def severity(self) -> Severity:
        return self.cap.severity

    @property
    def document(self) -> Text:
        """Where the ceiling is written."""
        told = self.cap.document
        return Text(told, told) if told else self.cap.source

    @property
    def message(self) -> Text:
        """`年节慰问品：2017 年 人均 2,200.01 元，超过设定上限 2,200.00 元，请核对`."""
        return (_BANNED if self.cap.shape == "ban" else _OVER).format(
            label=self.cap.label, about=self._about, figure=self._said(self.figure),
            cap=self._said(self.cap.value or Fraction(0)), note=self._note,
        )  # fmt: skip

    @property
    def _about(self) -> Text:
        yearly = self.cap.shape in ("annual", "frequency")
        parts = [
            Text(f"{self.in_year} 年", f"{self.in_year}") if yearly else same(day(self.first_on))
        ]
        parts += [same(word) for word in (self.who, self.event) if word]
        parts += [_AVERAGE] if self.is_average else []
        return Text(" ".join(p.zh for p in parts), " ".join(p.en for p in parts))

    @property
    def _note(self) -> Text:
        return _SHARED.format(n=self.bearers) if self.bearers > 1 else Text("", "")

    def _said(self, value: Fraction) -> Text:
        """More exactly where rounding would make the sum look like its ceiling."""
        near = self.figure != self.cap.value and rounded(self.figure, 2) == rounded(
            self.cap.value or 0, 2
        )
        return Text(worded(self.cap, value, "zh", near), worded(self.cap, value, "en", near))


_OVER = Text(
    "{label}：{about} {figure}，超过设定上限 {cap}，请核对{note}",
    "{label}: {about} {figure}, above the ceiling set, {cap}; please check{note}",
)
_BANNED = Text("{label}：{about} {figure}，请核对", "{label}: {about} {figure}; please check")
_AVERAGE = Text("人均", "on average")
_SHARED = Text(
    "（名册中有 {n} 位同名者，合并计算）", " ({n} people bear this name and are taken together)"
)


def worded(cap: Cap, value: Fraction, lang: Lang, exactly: bool = False) -> str:
    """A ceiling or a figure with its unit; `exactly` with more places than money has."""
    if cap.shape == "frequency":
        return f"{number(value)} 次" if lang == "zh" else f"{number(value)} ×"
    if cap.shape == "share":
        return f"{number(value * 100, 4)}%" if exactly else percent(value)
    if exactly:
        return f"{number(value, 6)} 元" if lang == "zh" else f"¥{number(value, 6)}"
    return money(value, lang)


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one rule: how many payments it looked at, and what it found.

    left_out  payments it cannot judge: no roster of the day, no heads, nobody named
    """

    cap: Cap
    state: State
    looked_at: int = 0
    left_out: int = 0
    findings: tuple[Finding, ...] = ()
