"""The proposals of two sessions of the staff congress, from the form to the satisfied proposer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from events import members_on
from records import MemberEntry, Proposal
from topics import TOPICS

REFUSED = ("不立案", "转建议", "撤案")


@dataclass(frozen=True, slots=True)
class Session:
    """One collection of proposals and how well it was handled."""

    name: str
    opens: date
    closes: date
    filed: date
    assigned: date
    due: date
    refused: tuple[int, int, int]  # as many as in REFUSED
    outcomes: tuple[int, int, int, int]  # A, B, C, still open
    late: int
    ratings: tuple[int, int, int, int]  # 满意, 基本满意, 不满意, not rated


SESSIONS = {
    2024: Session("七届一次", date(2024, 3, 13), date(2024, 4, 12), date(2024, 5, 8),
                  date(2024, 5, 15), date(2024, 9, 30), (3, 4, 1), (13, 8, 6, 4), 8,
                  (12, 9, 3, 3)),
    2025: Session("七届二次", date(2025, 3, 12), date(2025, 4, 11), date(2025, 5, 7),
                  date(2025, 5, 14), date(2025, 9, 30), (2, 4, 0), (20, 9, 4, 2), 4,
                  (21, 8, 1, 3)),
}  # fmt: skip


def build(rng: Random, rosters: tuple[MemberEntry, ...]) -> tuple[Proposal, ...]:
    """All submitted forms in the order of their numbers."""
    return tuple(p for year in SESSIONS for p in _session(rng, rosters, year))


def _session(rng: Random, rosters: tuple[MemberEntry, ...], year: int) -> Iterator[Proposal]:
    session, forms = SESSIONS[year], _forms(rng, rosters, year)
    cases = [n for n, form in enumerate(forms) if not form.merged_into]
    heads = {form.merged_into for form in forms}
    turned = rng.sample([n for n in cases if forms[n].number not in heads], sum(session.refused))
    verdicts = dict(zip(turned, _repeat(REFUSED, session.refused), strict=True))
    kept = [n for n in cases if n not in verdicts]
    fates = dict(zip(kept, _fates(rng, session), strict=True))
    for n, form in enumerate(forms):
        if n in fates:
            yield _handled(rng, form, session, *fates[n])
        else:
            yield replace(form, review=verdicts.get(n, "并案"), lead="")


def _repeat(words: tuple[str, ...], counts: tuple[int, ...]) -> list[str]:
    return [word for word, times in zip(words, counts, strict=True) for _ in range(times)]


def _fates(rng: Random, session: Session) -> list[tuple[str, str, bool]]:
    """Outcome, rating and lateness of each accepted case, in random order."""
    outcomes = _repeat(("A", "B", "C"), session.outcomes[:3])
    ratings = _repeat(("满意", "基本满意", "不满意", ""), session.ratings)
    late = [n < session.late for n in range(len(outcomes))]
    rng.shuffle(late)
    fates = list(zip(outcomes, ratings, late, strict=True))
    fates += [("", "", False)] * session.outcomes[3]
    rng.shuffle(fates)
    return fates


def _forms(rng: Random, rosters: tuple[MemberEntry, ...], year: int) -> list[Proposal]:
    """The forms as submitted; a merged one knows the number of its elder."""
    session, forms = SESSIONS[year], list[Proposal]()
    titles = list(_titles(year))
    days = sorted(session.opens + (session.closes - session.opens) * rng.random() for _ in titles)
    authors = [m for m in members_on(rosters, session.opens) if m.name != "王芳"]
    for n, (day, (category, lead, title)) in enumerate(zip(days, titles, strict=True), start=1):
        elder = forms[-1].number if title.startswith("＋") else ""
        people = rng.sample(authors, rng.choice((1, 1, 1, 2, 3)) + rng.choice((2, 2, 3)))
        split = max(1, len(people) - rng.choice((2, 3)))
        names = tuple(m.name for m in people)
        forms.append(Proposal(
            f"TA{year}-{n:02d}", session.name, day, names[:split], names[split:], people[0].dept,
            category, f"关于{title.lstrip('＋')}的提案", "", elder, None, lead, "", None, None,
            None, "", "", None))  # fmt: skip
    return forms


def _titles(year: int) -> Iterator[tuple[str, str, str]]:
    for category, lead, titles in TOPICS[year]:
        for title in titles.split("|"):
            yield category, lead, title


def _handled(
    rng: Random, form: Proposal, session: Session, outcome: str, rating: str, late: bool
) -> Proposal:
    """An accepted form on its way: filed, assigned, and replied to unless still open."""
    replied = _reply_day(rng, session, late) if outcome else None
    assist = rng.choice(("", "", "行政处" if form.lead != "行政处" else "教导处"))
    assigned = session.assigned + timedelta(days=rng.choice((0, 0, 1, 2)))
    return replace(
        form, review="立案", filed=session.filed, assist=assist, assigned=assigned,
        due=session.due, replied=replied, outcome=outcome, rating=rating,
        done=_done_day(rng, replied, outcome) if replied else None)  # fmt: skip


def _reply_day(rng: Random, session: Session, late: bool) -> date:
    days = rng.randint(4, 60) if late else -rng.randint(2, 110)
    return session.due + timedelta(days=days)


def _done_day(rng: Random, replied: date, outcome: str) -> date | None:
    """What was solved is done within weeks; half of what was scheduled, within months."""
    if outcome == "A":
        return min(replied + timedelta(days=rng.randint(5, 45)), replied.replace(month=12, day=28))
    if outcome == "B" and rng.random() < 0.5:
        return min(replied + timedelta(days=rng.randint(40, 80)), replied.replace(month=12, day=30))
    return None
