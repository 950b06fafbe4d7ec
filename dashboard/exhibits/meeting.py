"""A running order and its answers, put together: all that goes out at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard import layout
from dashboard.answers import Answer
from dashboard.charts.template import Palette
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedRequest
from dashboard.exhibits.blocks import Stage, exhibits
from dashboard.exhibits.figures import definition
from dashboard.exhibits.model import Exhibit, Meeting, Section, Source
from dashboard.kpis import KPIS
from dashboard.kpis.model import Kpi
from dashboard.text import Lang, Text

ALL = "all"
OWN_SCHOOL = Text("本校工会", "Our union")
DEMO_SCHOOL = Text("演示学校（虚构）", "A fictional school")
TITLE = Text("工会工作数据", "The union in figures")
LEFT_OUT = Text("{label}：{n} 行未计入，{why}", "{label}: {n} rows not counted, {why}")
MISSING = Text("{label}：{why}", "{label}: {why}")
UNSTORED = Text("临时打开的表格，未入库", "Spreadsheets opened for a look, not stored")
Ask = Callable[[layout.Page], Answer]


@dataclass(frozen=True, slots=True)
class Item:
    """A page of the running order, or, by their numbers from one, some of its blocks."""

    page: layout.Page
    blocks: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """As the address has it: `overview`, `funds.3`."""
        return ",".join(f"{self.page.path}.{at}" for at in self.blocks) or self.page.path


def order(words: str, pages: Sequence[layout.Page]) -> tuple[Item, ...]:
    """`overview,funds.3` or `all` as items; raises RefusedRequest for what there is not.

    Pages that show nothing to a meeting (upload, settings, no pinned chart) are none of `all`.
    Nothing comes twice: an address has room for thousands of pages, and each takes its time.
    """
    shown = {page.path: page for page in pages if layout.presents(page)}
    if words.strip() == ALL:
        return tuple(Item(page) for page in shown.values())
    items = (_item(word.strip(), shown) for word in words.split(","))
    return tuple(_joined({item.words: item for item in items}.values()))


def _item(word: str, pages: dict[str, layout.Page]) -> Item:
    path, _, number = word.partition(".")
    page = pages.get(path)
    count = sum(len(row) for row in page.rows) if page else 0
    if page is None or (number and not (number.isdecimal() and 1 <= int(number) <= count)):
        raise RefusedRequest("unknown_block", name=word, known=", ".join(pages))
    return Item(page, (int(number),) if number else ())


def _joined(items: Iterable[Item]) -> Iterator[Item]:
    """Blocks of one page that follow one another are one item."""
    held: Item | None = None
    for item in items:
        if held and item.page == held.page and held.blocks and item.blocks:
            held = Item(held.page, held.blocks + item.blocks)
            continue
        if held:
            yield held
        held = item
    if held:
        yield held


def meeting(
    items: Sequence[Item],
    ask: Ask,
    lang: Lang,
    *,
    is_demo: bool = False,
    palette: Palette | None = None,
    step: Callable[[str], None] | None = None,
) -> Meeting:
    """Every item answered; with a `palette` its charts are drawn too. At least one item."""
    answers, sections = [], []
    for item in items:
        if step:
            step(item.page.title(lang))
        answers.append(answer := ask(item.page))
        sections.append(_section(item, Stage(item.page, answer, lang, palette)))
    first = answers[0]
    stored = any(item.page.filtered for item in items)  # else of dropped tables alone
    return Meeting(
        school=_school(first, is_demo, lang),
        title=TITLE(lang),
        caption=first.caption if stored else UNSTORED(lang),
        as_of=first.filters.as_of if stored else first.filters.today,
        period=first.filters.period.label(lang) if stored else UNSTORED(lang),
        lang=lang,
        names="hidden" if first.filters.safe else "shown",
        sections=tuple(sections),
        definitions=tuple(definition(kpi, lang) for kpi in _kpis(answers)),
        sources=tuple(_sources(first, lang)) if stored else (),
        quality=tuple(_quality(answers, lang)),
        view=_view(first, lang),
        is_demo=is_demo,
    )


def _section(item: Item, stage: Stage) -> Section:
    found = exhibits(stage)
    kept = [one for one in found if not item.blocks or _number(one) in item.blocks]
    if item.blocks:
        kept.sort(key=lambda one: item.blocks.index(_number(one)))
    page = item.page
    return Section(page.path, page.title(stage.lang), page.question(stage.lang), tuple(kept))


def _number(exhibit: Exhibit) -> int:
    return int(exhibit.key.rpartition(".")[2])


def _school(answer: Answer, is_demo: bool, lang: Lang) -> str:
    return DEMO_SCHOOL(lang) if is_demo else answer.school.name or OWN_SCHOOL(lang)


def _kpis(answers: Sequence[Answer]) -> list[Kpi]:
    """Every figure told, in the house's own order, as the school counts it."""
    told = {name: result.kpi for answer in answers for name, result in answer.results.items()}
    return [told[name] for name in KPIS if name in told]


def _sources(answer: Answer, lang: Lang) -> Iterator[Source]:
    for found in answer.imports:
        for sheet in found.sheets:
            yield Source(
                file=sheet.file,
                sheet=sheet.sheet,
                register=DATASETS[sheet.dataset].label(lang)
                if sheet.dataset in DATASETS
                else sheet.dataset,
                rows=sheet.counts.get("rows", 0),
                imported=found.imported_at.date(),
                sha256=sheet.sha256,
            )


def _quality(answers: Sequence[Answer], lang: Lang) -> Iterator[str]:
    """What could not be counted, and what is missing, each figure once."""
    told = {name: result for answer in answers for name, result in answer.results.items()}
    for result in (told[name] for name in KPIS if name in told):
        label, now = result.kpi.label, result.now
        if now.missing:
            yield MISSING.format(label=label, why=now.missing)(lang)
        elif now.left_out:
            why = result.kpi.lacking
            yield LEFT_OUT.format(label=label, n=now.left_out, why=why)(lang)


def _view(answer: Answer, lang: Lang) -> dict[str, str]:
    filters = answer.filters
    chosen = {} if filters.safe else dict(filters.chosen)
    view = {"period": filters.period.key, **chosen, "lang": lang}
    return view | ({"as_of": filters.day.isoformat()} if filters.day else {})
