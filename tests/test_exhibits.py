"""What is shown to a meeting is what the pages say: the same figures, all blocks, in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from meeting_of_sample import held, pages, sample

from dashboard import layout
from dashboard.charts import words
from dashboard.charts.template import LIGHT
from dashboard.errors import RefusedRequest
from dashboard.exhibits.meeting import order
from dashboard.exhibits.model import Exhibit, Meeting
from dashboard.text import exact
from dashboard.warehouse import Warehouse

OFFICERS_OWN = (layout.Alerts, layout.Ceilings, layout.Unmet)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with sample(tmp_path_factory.mktemp("sample")) as warehouse:
        yield warehouse


@pytest.fixture(scope="module", params=["zh", "en"])
def shown(school: Warehouse, request: pytest.FixtureRequest) -> Meeting:
    return held(school, lang=request.param, safe=False, palette=LIGHT)[0]


@pytest.fixture(scope="module")
def safe(school: Warehouse) -> Meeting:
    return held(school)[0]


def blocks(path: str) -> list[layout.Block]:
    (page,) = (page for page in pages() if page.path == path)
    return [block for row in page.rows for block in row]


def test_every_block_of_every_board_page_is_shown(shown: Meeting) -> None:
    board = [page for page in pages() if layout.presents(page)]
    assert [section.path for section in shown.sections] == [page.path for page in board]
    for section in shown.sections:
        keys = [exhibit.key for exhibit in section.exhibits]
        every = [f"{section.path}.{n}" for n, _ in enumerate(blocks(section.path), 1)]
        assert [key for key in every if key in keys] == keys
        left_out = [blocks(section.path)[int(k.split(".")[1]) - 1] for k in set(every) - set(keys)]
        assert all(isinstance(block, layout.Ceilings) for block in left_out)


def test_figures_are_those_of_the_answers_word_for_word(school: Warehouse) -> None:
    meeting, answers = held(school, safe=False)
    told = 0
    for section in meeting.sections:
        for figure in (f for exhibit in section.exhibits for f in exhibit.figures):
            result = answers[section.path].results[figure.id]
            assert figure.value.value == result.now.value
            assert figure.value.text == words.read(result.now, result.kpi.unit, "zh")
            assert figure.fraction == words.fraction(result.now, result.kpi, "zh")
            told += 1
    assert told > 40


def test_a_chart_has_its_numbers_its_table_and_its_drawing(shown: Meeting) -> None:
    charts = [one for one in shown.exhibits if one.form == "chart" and not one.missing]
    assert {one.plot.form for one in charts if one.plot} == {
        "bars", "columns", "lines", "funnel", "moves", "heat", "flows",
    }  # fmt: skip
    for exhibit in charts:
        assert exhibit.grid
        assert exhibit.grid.rows
        assert exhibit.chart
        assert exhibit.plot
        for series in exhibit.plot.series:
            assert len(series.cells) == len(exhibit.plot.names)


def test_the_points_of_a_chart_are_those_the_screen_draws(school: Warehouse) -> None:
    meeting = held(school, safe=False, palette=LIGHT)[0]
    for exhibit in meeting.exhibits:
        if exhibit.plot and exhibit.chart and exhibit.plot.form in ("bars", "funnel"):
            drawn = [float(x) for x in exhibit.chart.figure.data[0].x if x is not None]
            told = [float(exact(number)) for number in numbers(exhibit)]
            assert drawn == pytest.approx(told)


def numbers(exhibit: Exhibit) -> list[Fraction | Decimal | int | float]:
    assert exhibit.plot
    cells = [cell.value for series in exhibit.plot.series for cell in series.cells]
    return [value for value in cells if isinstance(value, Fraction | Decimal | int | float)]


def test_every_row_of_a_grid_is_as_long_as_its_head(shown: Meeting) -> None:
    for exhibit in shown.exhibits:
        if exhibit.grid:
            assert {len(row) for row in exhibit.grid.rows} <= {len(exhibit.grid.heads)}


def test_a_list_of_people_is_shown_only_where_names_are(shown: Meeting, safe: Meeting) -> None:
    lists = {
        f"{page.path}.{n}"
        for page in pages()
        for n, block in enumerate(blocks(page.path), 1)
        if isinstance(block, OFFICERS_OWN) and page.group == "board"
    }
    assert lists & {one.key for one in safe.exhibits} == set()
    assert {"members.3", "overview.2"} <= {one.key for one in shown.exhibits}
    assert "members.11" in {one.key for one in shown.exhibits}  # 生日名单
    assert "members.11" not in {one.key for one in safe.exhibits}


def test_the_speaker_is_told_definition_and_n_of_n(shown: Meeting) -> None:
    for exhibit in shown.exhibits:
        for figure in exhibit.figures:
            told = "\n".join(exhibit.notes)
            assert figure.label in told
            assert figure.fraction in told
            assert figure.result.kpi.formula(shown.lang) in told


def test_sources_and_definitions_are_all_there(shown: Meeting) -> None:
    assert len(shown.sources) > 5
    assert all(len(source.sha256) == 64 and source.rows for source in shown.sources)
    told = {figure.id for exhibit in shown.exhibits for figure in exhibit.figures}
    assert told <= {one.id for one in shown.definitions}


def test_a_hint_about_clicking_is_for_the_screen_only(shown: Meeting) -> None:
    hints = [exhibit.hint for exhibit in shown.exhibits]
    assert not [hint for hint in hints if "点一" in hint or "click" in hint]


# -- the running order --------------------------------------------------------------------------


def test_a_running_order_names_pages_and_blocks(school: Warehouse) -> None:
    meeting = held(school, words="funds.3,funds.1,overview")[0]
    assert [section.path for section in meeting.sections] == ["funds", "overview"]
    assert [one.key for one in meeting.sections[0].exhibits] == ["funds.3", "funds.1"]


def test_an_order_reads_as_it_was_written() -> None:
    for words_ in ("overview", "funds.3,funds.1,overview", "members,members.2"):
        assert ",".join(item.words for item in order(words_, pages())) == words_


def test_nothing_comes_twice_however_often_an_address_says_it() -> None:
    said = ",".join(["overview", "funds.3", " overview ", "funds.1", "funds.03", "members"] * 500)
    assert (
        ",".join(item.words for item in order(said, pages())) == "overview,funds.3,funds.1,members"
    )


@pytest.mark.parametrize("odd", ["nowhere", "funds.0", "funds.99", "funds.x", "upload", "", "a,,b"])
def test_what_there_is_not_is_refused_with_what_there_is(odd: str) -> None:
    with pytest.raises(RefusedRequest) as refused:
        order(odd, pages())
    assert "overview" in refused.value.message("zh")


def test_a_school_without_data_says_what_is_missing(tmp_path: Path) -> None:
    with closing(Warehouse.open(tmp_path / "empty.duckdb")) as empty:
        meeting = held(empty, period=None)[0]
    assert meeting.exhibits
    for exhibit in meeting.exhibits:
        if exhibit.form != "tiles":
            assert exhibit.missing.strip(), exhibit.key
