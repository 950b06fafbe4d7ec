"""The chart of who came and went: bars up and down, told in words, told apart without colour."""

from datetime import date

import pytest

from dashboard.charts.moves import Stretch, moves, signed
from dashboard.charts.template import DARK, LIGHT, Chart, Mark
from dashboard.kpis import KPIS
from dashboard.periods import Span
from dashboard.text import Lang

JOINED, LEFT = KPIS["members_joined"], KPIS["members_left"]
STRETCHES = (
    Stretch(date(2024, 9, 1), date(2025, 3, 1), joined=2, left=0, members=111),
    Stretch(date(2025, 3, 1), date(2025, 9, 1), joined=1, left=4, members=108),
)


def chart(lang: Lang = "zh") -> Chart:
    return moves(STRETCHES, JOINED, LEFT, LIGHT, lang)


def test_who_joined_stands_above_the_line_and_who_left_below() -> None:
    up, down = chart().figure.data
    assert (list(up.y), list(down.y)) == ([2, 1], [0, -4])
    assert list(up.text) == ["<b>+2</b>", "<b>+1</b>"]
    assert list(down.text) == ["", "<b>−4</b>"]
    low, high = chart().figure.layout.yaxis.range
    assert low < -4
    assert high > 2
    assert chart().figure.layout.yaxis.zeroline


def test_they_are_told_apart_without_colour() -> None:
    up, down = chart().figure.data
    assert (up.marker.pattern.shape, down.marker.pattern.shape) == ("", "/")


def test_the_net_change_stands_under_each_roster() -> None:
    assert list(chart().figure.layout.xaxis.ticktext) == [
        "2025<br>03-01<br><b>净 +2</b>",
        "2025<br>09-01<br><b>净 −3</b>",
    ]
    assert "net −3" in chart("en").figure.layout.xaxis.ticktext[1]


def test_each_bar_opens_the_days_after_the_roster_before() -> None:
    first, second = (
        Span(date(2024, 9, 2), date(2025, 3, 1)),
        Span(date(2025, 3, 2), date(2025, 9, 1)),
    )
    assert chart().marks == (
        (Mark("members_joined", span=first), Mark("members_joined", span=second)),
        (Mark("members_left", span=first), Mark("members_left", span=second)),
    )


def test_the_twin_has_a_row_for_each_bar_in_the_order_of_the_marks() -> None:
    found = chart()
    assert found.twin
    assert found.twin.columns == ("时间段", "变动", "人次", "净变化", "期末会员")
    assert found.twin.rows == (
        ("2024-09-02 至 2025-03-01", "新增会员", "+2", "+2", "111"),
        ("2025-03-02 至 2025-09-01", "新增会员", "+1", "−3", "108"),
        ("2024-09-02 至 2025-03-01", "减少会员", "0", "+2", "111"),
        ("2025-03-02 至 2025-09-01", "减少会员", "−4", "−3", "108"),
    )
    assert "2025-03-02 至 2025-09-01 减少会员 −4" in found.alt


@pytest.mark.parametrize(("n", "told"), [(3, "+3"), (-3, "−3"), (0, "0")])
def test_a_change_has_its_sign(n: int, told: str) -> None:
    assert signed(n) == told


def test_stretches_without_any_change_keep_their_place() -> None:
    still = Stretch(date(2025, 3, 1), date(2025, 9, 1), joined=0, left=0, members=9)
    figure = moves([still], JOINED, LEFT, DARK, "zh").figure
    assert [list(bar.y) for bar in figure.data] == [[0], [0]]
    assert figure.layout.yaxis.range[0] < 0 < figure.layout.yaxis.range[1]
