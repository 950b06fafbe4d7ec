"""The wall without a browser: which slides there are, what is on them, what the address says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.projected import LEAST, ROWS, projected
from dashboard.charts.template import LIGHT
from dashboard.exhibits.model import Cell, Exhibit, Grid, Head, Meeting, Section
from dashboard.exhibits.paging import em, height, naming, pages, widths
from dashboard.roles import Identity, Role
from dashboard.ui import identity
from dashboard.ui.present.drawing import html
from dashboard.ui.present.slides import HEIGHT, TABLE, TILES, WIDTH, slides
from tests.meeting_of_sample import held, sample
from tests.screens import keyed, opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def shown(folder: Path) -> Iterator[Meeting]:
    with sample(folder) as warehouse:
        yield held(warehouse, palette=LIGHT)[0]


def table(rows: int, columns: int, words: str = "城南") -> Grid:
    heads = tuple(Head(f"列{at}", "text" if at == 0 else "count") for at in range(columns))
    cells = tuple(
        (Cell(f"{words}{at}", f"{words}{at}"), *(Cell(n, f"{n}") for n in range(1, columns)))
        for at in range(rows)
    )
    return Grid(heads, cells)


def of(grid: Grid, meeting: Meeting) -> Meeting:
    """The same meeting with nothing but one table."""
    exhibit = Exhibit("x.1", "经费", "长表", "", "table", grid=grid)
    return replace(meeting, sections=(Section("x", "经费", "？", (exhibit,)),))


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def test_every_figure_of_the_meeting_stands_on_one_slide_of_at_most_four(shown: Meeting) -> None:
    found = [figure for slide in slides(shown) for figure in slide.figures]
    tiles = [one for one in shown.exhibits if one.form == "tiles"]
    assert found == [figure for one in tiles for figure in one.figures]
    assert all(len(slide.figures) <= TILES for slide in slides(shown))


def test_a_tile_tells_value_fraction_target_and_badge(shown: Meeting) -> None:
    slide = next(slide for slide in slides(shown) if slide.figures)
    told = plain(html(slide, 2, 9, shown)).replace(" ", "")
    for figure in slide.figures:
        for words in (figure.label, figure.value.text, figure.change, figure.target, figure.badge):
            assert words.replace(" ", "") in told


def test_every_chart_is_on_a_slide_and_grown_for_a_hall(shown: Meeting) -> None:
    charts = [one for one in shown.exhibits if one.chart]
    assert len([slide for slide in slides(shown) if slide.drawn]) >= len(charts) > 10
    for one in charts:
        assert one.chart
        for figure in projected(one.chart, WIDTH, HEIGHT):
            drawn = figure.to_plotly_json()
            assert (drawn["layout"]["width"], True) == (WIDTH, drawn["layout"]["height"] <= HEIGHT)
            assert min(letters(drawn)) >= LEAST
            assert not {"customdata", "hovertemplate"} & {key for t in drawn["data"] for key in t}


def letters(found: object, key: str = "") -> Iterator[float]:
    """The sizes of all letters of a figure."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name == "size" and key.endswith("font"):
                yield value
            yield from letters(value, name)
    elif isinstance(found, list | tuple):
        for value in found:
            yield from letters(value, key)


def test_more_bars_than_fit_go_on_and_none_is_lost(shown: Meeting) -> None:
    chart = next(one.chart for one in shown.exhibits if one.plot and one.plot.form == "bars")
    chart, many = deepcopy(chart), 2 * ROWS + 3
    assert chart
    figure = chart.figure
    figure.data[0].y = list(range(many))
    for axis in (figure.layout.yaxis, figure.layout.yaxis2):
        axis.tickvals, axis.ticktext = list(range(many)), [f"部门{at}" for at in range(many)]
    parts = projected(chart, WIDTH, HEIGHT)
    told = [part.layout.yaxis.ticktext for part in parts]
    assert [len(one) for one in told] == [11, 11, 9]
    assert [name for one in told for name in one] == [f"部门{at}" for at in range(many)]


def test_a_long_table_takes_a_few_slides_and_says_how_many_rows_are_left(shown: Meeting) -> None:
    found = slides(of(table(100, 5), shown))[1:]
    assert [slide.part for slide in found] == ["1/4", "2/4", "3/4", "4/4"]
    seen = sum(len(slide.grid.rows) for slide in found if slide.grid)
    assert [slide.left for slide in found] == ["", "", "", f"其余 {100 - seen} 行见工作簿"]
    assert found[-1].left in html(found[-1], 5, 5, shown)


def test_a_wide_table_repeats_the_column_that_names_the_row(shown: Meeting) -> None:
    found = slides(of(table(5, 40), shown))[1:]
    assert 1 < len(found) <= TABLE * 2
    assert all(slide.grid and slide.grid.heads[0].label == "列0" for slide in found)


def test_words_of_a_school_are_nothing_but_words(shown: Meeting) -> None:
    evil = "<img src=x onerror=alert(1)> & [a](http://x.example) $y$"
    meeting = replace(of(table(2, 2, evil), shown), school=evil, caption=evil, title=evil)
    for at, slide in enumerate(slides(meeting), start=1):
        page = html(replace(slide, title=evil, hint=evil), at, 2, meeting)
        assert "<img" not in page
        assert "&lt;img" in page


def test_what_is_missing_is_said_in_its_sentence(shown: Meeting) -> None:
    exhibit = Exhibit("x.1", "经费", "流向", "", "chart", missing="还没有数据。")
    meeting = replace(shown, sections=(Section("x", "经费", "？", (exhibit,)),))
    slide = slides(meeting)[1]
    assert (slide.kind, "还没有数据。" in html(slide, 2, 2, meeting)) == ("missing", True)


def test_every_slide_says_whether_persons_are_on_it(shown: Meeting) -> None:
    for names, words in (("hidden", "已隐去个人信息"), ("shown", "含个人信息")):
        meeting = replace(shown, names=names)
        assert all(words in html(slide, 1, 1, meeting) for slide in slides(meeting))


# -- tables in parts --------------------------------------------------------------------------

WORDS = st.text("城南实验abc 12", max_size=40)
GRIDS = st.integers(1, 8).flatmap(
    lambda columns: st.lists(
        st.tuples(*[WORDS.map(lambda words: Cell(words, words))] * columns), max_size=30
    ).map(lambda rows: Grid(tuple(Head(f"列{at}", "text") for at in range(columns)), tuple(rows)))
)


@given(grid=GRIDS, rows=st.integers(3, 15), ems=st.floats(36, 80))
def test_parts_hold_every_cell_and_fit(grid: Grid, rows: int, ems: float) -> None:
    parts, seen = pages(grid, rows, ems), dict.fromkeys(grid.heads, 0)
    first = grid.heads[naming(grid)]
    for part in parts:
        assert sum(height(row) for row in part.rows) <= max(rows, 3)
        assert (
            len(part.heads) <= 2
            or sum(widths(grid)[grid.heads.index(h)] for h in part.heads) <= ems
        )
        assert first in part.heads
        for head in part.heads:
            seen[head] += len(part.rows)
    assert all(count == len(grid.rows) for head, count in seen.items() if head != first)


def test_a_chinese_letter_is_as_wide_as_high() -> None:
    assert em("城南") == 2
    assert em("ab") < em("城") * 1.2


# -- the address ------------------------------------------------------------------------------


def stage(app: object) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))  # type: ignore[attr-defined]


def test_the_address_opens_its_slide(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    app = opened(folder, "overview", monkeypatch, present="overview", slide="3", lang="zh")
    assert re.findall(r'data-slide="(\d+)"', stage(app)) == ["3", "4", "2"]
    assert not app.title, "nothing of the page around it is drawn"


@pytest.mark.parametrize(("said", "at"), [("999", "6"), ("0", "1"), ("²", "1"), ("-3", "1")])
def test_a_slide_there_is_not_is_the_nearest(
    folder: Path, monkeypatch: pytest.MonkeyPatch, said: str, at: str
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    app = opened(folder, "overview", monkeypatch, present="overview", slide=said, lang="zh")
    assert at in re.findall(r'data-slide="(\d+)"', stage(app))


def test_names_in_the_address_show_no_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    app = opened(folder, "overview", monkeypatch, present="members", names="shown", lang="zh")
    assert "已隐去个人信息" in stage(app)
    assert "含个人信息" not in stage(app)


def test_the_button_stands_on_pages_that_have_something_to_show(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    page = opened(folder, "funds", monkeypatch, lang="zh")
    assert keyed(page.button, "present_button").label == "投影"
    other = opened(folder, "settings", monkeypatch, lang="zh")
    assert not [button for button in other.button if button.key == "present_button"]


@pytest.mark.parametrize("role", Role)
def test_the_button_that_shows_names_is_drawn_for_who_has_the_right_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    monkeypatch.setattr(identity, "signed_in", lambda: Identity("u1", "李", role))
    app = opened(folder, "overview", monkeypatch, present="overview", lang="zh")
    (remote,) = (one.proto for one in app.get("bidi_component"))
    words = json.loads(remote.json)["words"]
    assert words["leave"] == "结束投影"
    assert words["names"] == ("显示个人信息…" if role is Role.OFFICER else "")


def test_a_turn_told_again_after_leaving_is_not_written_into_the_address() -> None:
    """A browser tells its last turn once more with a second Escape, when the slides are gone."""

    def page() -> None:
        import streamlit as st

        from dashboard.ui import address
        from dashboard.ui.present import remote

        address.restore()
        remote.start("members", "en")
        st.session_state[remote.KEY] = {"turned": {"slide": 2, "turns": 1}}
        remote.turn()
        assert address.said("slide") == "2"
        remote.leave()
        remote.turn()
        remote.leave()

    app = AppTest.from_function(page)
    app.query_params["period"], app.query_params["lang"] = "2024", "zh"
    app.run()
    assert not app.exception
    assert app.query_params == {"period": "2024", "lang": "zh"}
