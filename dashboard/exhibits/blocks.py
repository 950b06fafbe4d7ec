"""From a block and the page's answer to what is shown of it; one function per kind of block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import layout
from dashboard.answers import Answer
from dashboard.charts.explored import explored
from dashboard.charts.history import points
from dashboard.charts.template import Palette
from dashboard.charts.words import HIDDEN
from dashboard.exhibits import absent, grids, pinned, plots
from dashboard.exhibits.drawing import chart
from dashboard.exhibits.figures import figure, notes
from dashboard.exhibits.model import Exhibit, Grid, Head
from dashboard.kpis.model import Result
from dashboard.reports import worded
from dashboard.rules.listing import FINDINGS, findings
from dashboard.text import Lang, Text

TILES = Text("主要数据", "Key figures")
CEILINGS = Text("经费规则核对", "Rules over spending")
ATTENTION = Text("需要关注", "Needs attention")
REASON, COUNT = Text("事项", "What"), Text("件数", "Rows")
ALL_MET = Text("全部达到，没有缺口。", "Nobody and nothing is missing.")
MARK = Text("* 人数不足 5 人，或为防推算一并隐去", "* under five people, or hidden with such")
CLICKED = ("点一", "click", "choose", "a row opens")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a block is shown: on which page, from which answer, in which colours if drawn."""

    page: layout.Page
    answer: Answer
    lang: Lang
    palette: Palette | None

    def results(self, names: Sequence[str]) -> list[Result]:
        return [self.answer.results[name] for name in names]


def exhibits(stage: Stage) -> list[Exhibit]:
    """The page's blocks in order. What is for the officer alone is not among them."""
    blocks = [block for row in stage.page.rows for block in row]
    return [
        _explained(
            replace(found, key=f"{stage.page.path}.{at}", page=stage.page.title(stage.lang)),
            stage.lang,
        )
        for at, block in enumerate(blocks, start=1)
        if (found := exhibit(block, stage))
    ]


def _explained(shown: Exhibit, lang: Lang) -> Exhibit:
    """What the mark means, where it stands in a chart or table."""
    cells = [cell.text for row in shown.grid.rows for cell in row] if shown.grid else []
    if shown.form == "tiles" or HIDDEN not in cells:
        return shown
    return replace(shown, hint=" · ".join(part for part in (shown.hint, MARK(lang)) if part))


def exhibit(block: layout.Block, stage: Stage) -> Exhibit | None:
    """One block; None where it belongs to nobody but who works with the data."""
    if isinstance(block, layout.Charted):
        return _charted(block, stage)
    return SHOWN[type(block)](block, stage) if type(block) in SHOWN else None


def _tiles(block: layout.Tiles, stage: Stage) -> Exhibit:
    results = stage.results(block.kpis)
    return Exhibit(
        "",
        "",
        TILES(stage.lang),
        "",
        "tiles",
        figures=tuple(figure(result, stage.lang) for result in results),
        grid=grids.of_figures(results, stage.lang),
        notes=notes(results, stage.lang),
    )


# -- charts -----------------------------------------------------------------------------------

PLOTTED: dict[type[Any], Callable[[Any, Answer, Lang], plots.Drawn]] = {
    layout.Trend: plots.of_trend,
    layout.Years: plots.of_years,
    layout.Breakdown: plots.of_breakdown,
    layout.Funnel: plots.of_funnel,
    layout.Moves: plots.of_moves,
    layout.CalendarHeat: plots.of_calendar,
    layout.Sankey: plots.of_sankey,
}


def _charted(block: layout.Charted, stage: Stage) -> Exhibit:
    lang, results = stage.lang, _told(block, stage)
    bare = Exhibit(
        "", "", block.title(lang), _hint(block, stage), "chart", notes=notes(results, lang)
    )
    if why := _nothing(block, results, stage):
        return replace(bare, missing=why)
    block = _by_first(block, stage)
    plot, grid = PLOTTED[type(block)](block, stage.answer, lang)
    return replace(
        bare,
        figures=tuple(figure(result, lang) for result in results),
        grid=grid,
        plot=plot,
        chart=chart(block, stage.answer, stage.palette, lang) if stage.palette else None,
    )


def _by_first(block: layout.Charted, stage: Stage) -> Any:
    """Of several dimensions the first that is not narrowed to one value anyway."""
    if not isinstance(block, layout.Breakdown) or not block.choices:
        return block
    narrowed = dict(stage.answer.filters.chosen)
    first = next((one for one in block.choices if one not in narrowed), block.choices[0])
    return replace(block, by=first)


def _hint(block: layout.Charted, stage: Stage) -> str:
    if isinstance(block, layout.Years):
        return points(stage.answer.histories[block.kpi], block.projected)(stage.lang)
    return read(block.hint, stage.lang)


def read(hint: Text, lang: Lang) -> str:
    """How it is read; what it says of clicking is for the screen."""
    return "" if any(word in hint(lang) for word in CLICKED) else hint(lang)


def _told(block: layout.Charted, stage: Stage) -> list[Result]:
    names = layout.figures(block)
    return stage.results(tuple(names))


def _nothing(block: layout.Charted, results: Sequence[Result], stage: Stage) -> str:
    """Why there is no chart, or nothing."""
    if told := absent.missing(results):
        return absent.joined(told, stage.lang)
    if is_small(block, results, stage.answer):
        return absent.SMALL(stage.lang)
    if isinstance(block, layout.Moves | layout.CalendarHeat | layout.Sankey):
        found = stage.answer.reports[block.report]
        return "" if found.rows else absent.report(block.report, stage.answer, stage.lang)
    return "" if _says(block, results, stage) else absent.NOTHING(stage.lang)


def is_small(block: layout.Charted, results: Sequence[Result], answer: Answer) -> bool:
    """Whether it would tell of too few people."""
    if isinstance(block, layout.Years):
        return answer.histories[block.kpi].is_hidden
    if isinstance(block, layout.Moves):
        return bool(answer.reports[block.report].hidden)
    if isinstance(block, layout.Trend):
        return all(point.reading.hidden for result in results for point in result.trend)
    if isinstance(block, layout.Breakdown):
        parts = [part.reading for held in results[0].parts.values() for part in held]
        return results[0].now.hidden or (bool(parts) and all(one.hidden for one in parts))
    return any(result.now.hidden for result in results)


def _says(block: layout.Charted, results: Sequence[Result], stage: Stage) -> bool:
    if isinstance(block, layout.Years):
        return stage.answer.histories[block.kpi].says_anything
    if isinstance(block, layout.Breakdown):
        return bool(results[0].parts.get(_by_first(block, stage).by))
    if isinstance(block, layout.Funnel):
        return any(result.now.numerator for result in results)
    return any(point.reading.value is not None for r in results for point in r.trend)


def _pinned(block: layout.Pinned, stage: Stage) -> Exhibit:
    """A chart of a dropped table; no figure stands behind it."""
    answer, lang = stage.answer, stage.lang
    shown = pinned.seen(block, answer)
    bare = Exhibit("", "", shown.title(lang), pinned.hint(shown, answer, lang), "chart")
    if pinned.is_withheld(block, answer):
        return replace(bare, missing=absent.SMALL(lang))
    if not (shown.counted.names or shown.counted.dots):
        return replace(bare, missing=absent.NOTHING(lang))
    plot, grid = pinned.of_pinned(shown, lang)
    drawn = explored(shown.counted, stage.palette, lang) if stage.palette else None
    return replace(bare, grid=grid, plot=plot, chart=drawn)


# -- tables -----------------------------------------------------------------------------------


def _table(block: layout.Table, stage: Stage) -> Exhibit | None:
    found = stage.answer.reports[block.report]
    if found.private:
        return None
    if block.only:
        found = found.only(*block.only)
    bare = Exhibit("", "", block.title(stage.lang), read(block.hint, stage.lang), "table")
    if not found.rows:
        return replace(bare, missing=absent.report(block.report, stage.answer, stage.lang))
    return replace(bare, grid=grids.of_report(found, stage.lang))


def _unmet(block: layout.Unmet, stage: Stage) -> Exhibit | None:
    """The list behind a gap; a list of people has no place on a wall."""
    found = stage.answer.unmet.get(block.kpi)
    if found is None or found.result.kpi.unmet is None:
        return None
    bare = Exhibit(
        "", "", found.result.kpi.unmet.title(stage.lang), block.hint(stage.lang), "table"
    )
    if found.result.now.missing:
        return replace(bare, missing=found.result.now.missing(stage.lang))
    counting = next((one for one in found.countings if one.rows), None)
    if counting is None:
        return replace(bare, missing=ALL_MET(stage.lang))
    rows = [worded(counting.case, dict(row.values), stage.lang) for row in counting.rows]
    return replace(bare, grid=grids.of_rows(counting.case.columns, rows, stage.lang))


def _ceilings(block: layout.Ceilings, stage: Stage) -> Exhibit | None:
    found = findings(stage.answer.ceilings, stage.lang)
    if stage.answer.filters.safe or not found:
        return None
    grid = grids.of_rows(FINDINGS, found, stage.lang)
    return Exhibit("", "", CEILINGS(stage.lang), "", "table", grid=grid)


def _alerts(block: layout.Alerts, stage: Stage) -> Exhibit | None:
    found = stage.answer.attention
    if found is None or not found.alerts or stage.answer.filters.safe:
        return None
    heads = Head(REASON(stage.lang), "text"), Head(COUNT(stage.lang), "count")
    rows = tuple(
        (grids.cell(alert.reason(stage.lang), "text"), grids.cell(alert.count, "count"))
        for alert in found.alerts
    )
    return Exhibit("", "", ATTENTION(stage.lang), "", "table", grid=Grid(heads, rows))


SHOWN: dict[type[Any], Callable[[Any, Stage], Exhibit | None]] = {
    layout.Tiles: _tiles,
    layout.Pinned: _pinned,
    layout.Table: _table,
    layout.Unmet: _unmet,
    layout.Ceilings: _ceilings,
    layout.Alerts: _alerts,
}
