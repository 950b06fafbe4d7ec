"""T29: of ten thousand numbers of persons, written as people write them, no figure stays."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_numbers import GROUPS, written

from dashboard.contracts.model import Column, Surroundings
from dashboard.importing.registers.bulk import read_all
from dashboard.importing.values.coerce import Reader
from dashboard.importing.values.private import MASK, hint, masked, masked_beside_numbers
from dashboard.text import Text
from dashboard.veil import veil

READER, TEXTS = Reader(Surroundings()), Column("x", Text("备注", "x"), "text")
VEIL = veil((), "a school's own")


def figures(words: str) -> int:
    return sum(letter.isdigit() for letter in words)


@pytest.mark.parametrize("kind", GROUPS)
def test_no_figure_of_a_number_stays_however_it_is_written(kind: str) -> None:
    """In one go or in groups, wide or not, with blanks and strokes of all kinds."""
    lot = Random(kind)  # noqa: S311 - a test school is no secret
    every = [written(lot, kind) for _ in range(3400)]
    assert not [said for said in every if figures(masked(said)) or MASK not in masked(said)]
    assert not [said for said in every if figures(VEIL.over(said, "zh"))]


@pytest.mark.parametrize("kind", GROUPS)
def test_beside_a_schools_own_numbers_only_eleven_bare_figures_stay(kind: str) -> None:
    lot = Random(f"{kind} beside")  # noqa: S311
    for said in (written(lot, kind) for _ in range(500)):
        kept = figures(masked_beside_numbers(said))
        assert kept == 0 or (kind == "phone" and kept == figures(said) == 11)


@pytest.mark.parametrize(
    "said",
    ["13,900,001,234", "13，900，001，234", "13,900,001,234.00", "990,000,199,003,071,235",
     "139    0000    1234", "990000      19900307      1235"],
)  # fmt: skip
def test_nor_of_one_that_stands_as_an_amount_or_far_apart(said: str) -> None:
    """A plain form would put its figures together again: in a row's key, in a name's."""
    for text in (said, f"联系{said}请"):
        assert masked(text) == text.replace(said.removesuffix(".00"), MASK)
        assert read_all([READER], TEXTS, [text, "一般"]).objects()[0] == masked(text)


@pytest.mark.parametrize(
    "said", ["21,900,001,234", "1,234,567.00", "100,200,300,400", "139,000,012", "12,138,001,112"]
)
def test_amounts_in_thousands_stay(said: str) -> None:
    assert masked(said) == said


@given(st.text("0123456789０１２３４５６７８９Xx -　\u00a0\t–张", max_size=60))
def test_a_mask_over_a_mask_changes_nothing(said: str) -> None:
    once = masked(said)
    assert masked(once) == once
    assert figures(once) <= figures(said)
    for lang in ("zh", "en"):
        over = VEIL.over(said, lang)
        assert VEIL.over(over, lang) == over


@given(st.text(max_size=80))
def test_of_a_dropped_column_only_the_length_is_told(said: str) -> None:
    assert hint(said) == (f"{MASK}（{len(said)} 位）" if said else "")
