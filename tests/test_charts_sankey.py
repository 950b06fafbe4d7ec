"""The Sankey: every flow told, the drawn ones conserved, the long tail folded, one hue."""

import json
import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from dashboard.charts.sankey import MOST, sankey
from dashboard.charts.template import DARK, LIGHT, Palette

Row = dict[str, Any]


def flow(source: str, target: str, value: str, layer: int, to: int | None = None) -> Row:
    ends = {"from_layer": layer, "to_layer": layer + 1 if to is None else to}
    named = {"source": source, "target": target, "subject": source}
    return named | {"value": Decimal(value)} | ends


ROWS = [
    flow("会费收入", "工会经费", "30000", 0),
    flow("未归类", "工会经费", "10000", 0),
    flow("工会经费", "未归类", "25000", 1),
    flow("工会经费", "期末结余", "15000", 1),
    flow("未归类", "<b>春游</b>", "25000", 2),
]


def drawn(rows: list[Row], palette: Palette = LIGHT) -> Any:
    (trace,) = sankey(rows, palette, "zh").figure.data
    return trace


def test_every_flow_is_a_sentence() -> None:
    chart = sankey(ROWS, LIGHT, "zh")
    assert chart.alt == (
        "会费收入流入工会经费 3.00 万元; 未归类流入工会经费 1.00 万元; "
        "工会经费流向未归类 2.50 万元; 工会经费流向期末结余 1.50 万元; "
        "未归类用于<b>春游</b> 2.50 万元"
    )
    english = sankey(ROWS, LIGHT, "en").alt
    assert english.startswith("¥30.0k from 会费收入 into 工会经费; ")
    assert "¥15.0k from 工会经费 to 期末结余" in english


def test_one_word_at_both_ends_is_two_places() -> None:
    trace = drawn(ROWS)
    assert len(trace.node.label) == 6
    assert Counter(label.split()[0] for label in trace.node.label)["未归类"] == 2
    assert list(trace.link.value) == [30000, 10000, 25000, 15000, 25000]


def test_labels_say_what_flows_through_and_no_mark_up_comes_in() -> None:
    labels = list(drawn(ROWS).node.label)
    assert "工会经费 4.00 万元" in labels
    assert "&lt;b&gt;春游&lt;/b&gt; 2.50 万元" in labels


def test_the_long_tail_of_each_subject_is_one_band_of_its_sum() -> None:
    parts = [flow(f"科目{n % 2}", f"活动{n}", str(1000 - n), 2) for n in range(MOST + 5)]
    trace = drawn([*ROWS[:1], *parts])
    labels = [label.rsplit(" ", 2)[0] for label in trace.node.label]
    assert [label for label in labels if label.startswith("其余")] == ["其余 3 项", "其余 2 项"]
    assert sum(trace.link.value) == sum(row["value"] for row in [*ROWS[:1], *parts])
    assert "活动14" in sankey(parts, LIGHT, "zh").alt


def test_a_tail_of_one_keeps_its_name() -> None:
    parts = [flow("科目", f"活动{n}", str(1000 - n), 2) for n in range(MOST + 1)]
    assert not [label for label in drawn(parts).node.label if "其余" in label]


def test_what_runs_backwards_is_told_and_not_drawn() -> None:
    back = flow("春游", "未归类", "700", 3, 2)
    chart = sankey([*ROWS, back], LIGHT, "zh")
    assert chart.alt.endswith("春游退回未归类 0.07 万元")
    assert len(chart.figure.data[0].link.value) == len(ROWS)


def test_nothing_flows_and_nothing_is_drawn() -> None:
    chart = sankey([], LIGHT, "zh")
    assert (len(chart.figure.data), chart.alt) == (0, "")
    assert "NaN" not in json.dumps(chart.figure.to_plotly_json(), default=list)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_places_stand_out_from_the_paper_in_one_hue(palette: Palette) -> None:
    trace = drawn(ROWS, palette)
    for colour in set(trace.node.color):
        assert contrast(colour, palette.paper) >= 3
    assert contrast(palette.text, trace.link.color) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, as the accessibility guidelines define it."""
    parts = [int(pair, 16) / 255 for pair in re.findall("[0-9A-Fa-f]{2}", colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
