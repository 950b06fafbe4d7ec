"""Figures that call for attention: a target that is not met, rows that could not be counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import takewhile
from math import ceil, floor

from dashboard.alerts.model import Alert, Look, ProofOf, Rule
from dashboard.kpis import KPIS, counted, targets
from dashboard.kpis.inputs import Inputs
from dashboard.kpis.model import Amount, Compare, Kpi, Result
from dashboard.kpis.omissions import omitted
from dashboard.kpis.proof import proof
from dashboard.proving import provable
from dashboard.roles import RIGHTS, Role
from dashboard.text import Lang, Text, money, number, percent, same

_REASON: dict[Compare, Text] = {
    "at_least": Text("低于目标 {bar}", "below the target of {bar}"),
    "at_most": Text("高于上限 {bar}", "above the limit of {bar}"),
    "above_previous": Text("未高于上年的 {bar}", "not above last year's {bar}"),
}
_SHORT, _ABOVE = Text("，还差 {gap}", "; {gap} short"), Text("，超出 {gap}", "; {gap} too many")
_OF = Text("（{n}/{all}）", " ({n}/{all})")


# -- targets ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missed:
    """One alert for each figure that misses its target. Its rows are those behind the gap, or, of
    what has no gap (a sum, a limit that is passed), those that count.
    """

    def find(self, rule: Rule, look: Look) -> list[Alert] | None:
        named = {target.kpi for target in targets.of(look.school)} & KPIS.keys()
        results = look.figures([name for name in KPIS if name in named])
        if not any(result.status in ("met", "not_met") for result in results):
            return None
        return [self._alert(rule, result, look) for result in results if result.status == "not_met"]

    def is_for(self, role: Role) -> bool:
        """Whether it reads those of any figure; of which, is looked at alert by alert."""
        return any(provable(role, kpi) for kpi in KPIS.values())

    def _alert(self, rule: Rule, result: Result, look: Look) -> Alert:
        unmet = _has_gap(result)
        first, *_ = proof(look.reader, result.kpi, look.filters, unmet=unmet, most=1)
        since, or_more = _since(result)
        return Alert(
            id=f"{rule.id}:{result.kpi.id}",
            rule=rule,
            reason=_missed(result),
            count=first.total if unmet else first.counted,
            rows=ProofOf(result.kpi.id, unmet=unmet),
            since=since,
            days=(look.filters.as_of - since).days if since else None,
            or_more=or_more,
        )


def _has_gap(result: Result) -> bool:
    limit = result.target is not None and result.target.compare == "at_most"
    return result.kpi.denominator is not None and not limit


def _missed(result: Result) -> Text:
    """`入会率 98.3%（118/120 人），低于目标 100%，还差 2 人`."""
    target, bar, now = result.target, result.bar, result.now
    if target is None or bar is None or now.value is None:
        return result.kpi.label
    said = _REASON[target.compare].format(bar=_round(_value(bar, result.kpi)))
    whole = Text("{label} {value}{of}，{said}{gap}", "{label} {value}{of}, {said}{gap}")
    return whole.format(
        label=result.kpi.label,
        value=_value(now.value, result.kpi),
        of=_fraction(result),
        said=said,
        gap=_gap(target.compare, bar, result),
    )


def _fraction(result: Result) -> Text:
    now, kpi = result.now, result.kpi
    if kpi.unit != "ratio" or now.numerator is None or now.denominator is None:
        return same("")
    if kpi.counted.zh == "元":
        return _OF.format(n=_yuan(now.numerator), all=_yuan(now.denominator))
    return _OF.format(n=number(now.numerator), all=_amount(now.denominator, kpi))


def _gap(compare: Compare, bar: Fraction, result: Result) -> Text:
    """How many more, or fewer, would have met it; nothing where no number would."""
    kpi, now = result.kpi, result.now
    if now.numerator is None or now.value is None:
        return same("")
    if kpi.unit != "ratio":
        short = now.value - bar if compare == "at_most" else bar - now.value
        return (_ABOVE if compare == "at_most" else _SHORT).format(gap=_value(short, kpi))
    whole = Fraction(now.denominator or 0)
    if compare == "at_most":
        return _ABOVE.format(gap=_amount(now.numerator - floor(bar * whole), kpi))
    needed = floor(bar * whole) + 1 if compare == "above_previous" else ceil(bar * whole)
    if needed > whole:
        return same("")
    return _SHORT.format(gap=_amount(needed - now.numerator, kpi))


def _amount(value: Amount | Fraction, kpi: Kpi) -> Text:
    """`2 人`, `1.20 万元`."""
    if kpi.counted.zh == "元":
        return _yuan(value)
    return _each(lambda lang: f"{number(value)} {kpi.counted(lang)}".rstrip())


def _value(value: Fraction, kpi: Kpi) -> Text:
    if kpi.unit == "ratio":
        return same(percent(value))
    return _yuan(value) if kpi.unit in ("yuan", "yuan_per_person") else _amount(value, kpi)


def _round(bar: Text) -> Text:
    """`100%`: what is asked for is said as people say it."""
    return Text(bar.zh.replace(".0%", "%"), bar.en.replace(".0%", "%"))


def _yuan(value: Amount | Fraction) -> Text:
    return _each(lambda lang: money(value, lang, brief=True))


def _each(words: Callable[[Lang], str]) -> Text:
    return Text(words("zh"), words("en"))


def _since(result: Result) -> tuple[date | None, bool]:
    """The end of the first month without a break at which it was missed, and whether that is as
    far back as the trend goes. A month's own flow says nothing of the target of a whole period.
    """
    is_stock = "span.start" not in result.kpi.numerator.when
    if not (is_stock or result.kpi.trend == "rolling"):
        return None, False
    missed = list(
        takewhile(
            lambda point: targets.status(result.target, result.bar, point.reading) == "not_met",
            reversed(result.trend),
        )
    )
    return (missed[-1].span.as_of if missed else None), len(missed) == len(result.trend)


# -- rows left out ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One alert for each kind of case of which some lack what a figure counts them by."""

    def find(self, rule: Rule, look: Look) -> list[Alert] | None:
        inputs = Inputs.read(look.reader)
        fallible = [kpi for kpi in _fallible(look) if not _missing(inputs, kpi, look)]
        if not fallible:
            return None
        by_case: dict[str, list[tuple[int, Kpi]]] = {}
        for kpi in fallible:
            if left_out := _left_out(kpi, look):
                by_case.setdefault(kpi.numerator.case, []).append((left_out, kpi))
        return [_told(rule, found) for found in by_case.values()]

    def is_for(self, role: Role) -> bool:
        """Whoever can complete them."""
        return "import" in RIGHTS[role]


def _fallible(look: Look) -> list[Kpi]:
    """The figures that leave rows out, those that do so by the same condition once."""
    found: dict[str, Kpi] = {}
    for name in KPIS:
        kpi = counted(name, look.school.variants)
        for measure in kpi.measures.values():
            if measure.left_out:
                found.setdefault(f"{measure.mart}: {measure.left_out}", kpi)
    return list({kpi.id: kpi for kpi in found.values()}.values())


def _missing(inputs: Inputs, kpi: Kpi, look: Look) -> Text | None:
    return inputs.missing(kpi, look.filters.as_of, look.filters)


def _left_out(kpi: Kpi, look: Look) -> int:
    if kpi.id in look.results:
        return look.results[kpi.id].now.left_out
    return omitted(look.reader, kpi, look.filters)


def _told(rule: Rule, found: Sequence[tuple[int, Kpi]]) -> Alert:
    """By the figure that most rows are missing from."""
    n, worst = max(found, key=lambda pair: pair[0])
    return Alert(
        id=f"{rule.id}:{worst.numerator.case}",
        rule=rule,
        reason=rule.reason.format(label=worst.label, n=number(n)),
        count=n,
        rows=ProofOf(worst.id, unmet=False),
    )


RULES = (
    Rule(
        id="target_missed",
        label=Text("指标未达标", "Targets not met"),
        severity="attention",
        reason=Text("未达标", "not met"),
        page="definitions",
        source=Missed(),
    ),
    Rule(
        id="rows_left_out",
        label=Text("数据不全未计入", "Rows left out"),
        severity="notice",
        reason=Text(
            "{label}：{n} 行数据不全，未计入，请补全",
            "{label}: rows that lack data and are not counted: {n}; please complete them",
        ),
        page="definitions",
        source=LeftOut(),
    ),
)
