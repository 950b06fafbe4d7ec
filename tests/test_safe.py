"""For a wall nothing is read that tells of one person: all that goes out is searched for it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from meeting_of_sample import held, sample
from nasty_school import FORBIDDEN, SMALL, nasty

from dashboard.charts.template import LIGHT
from dashboard.contracts.spelling import plain
from dashboard.exhibits.model import Meeting
from dashboard.exports.pack import Kind, made
from dashboard.groups import school_veil
from dashboard.veil import PRIVATE
from dashboard.warehouse import Warehouse

VIEWS = (
    ("zh", {}),
    ("en", {}),
    ("zh", {"department": "语文组", "sex": "male"}),
    ("zh", {"department": "校医室"}),
    ("en", {"lead": "王丽"}),
)
NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{16,19})(?!\d)")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with nasty(tmp_path_factory.mktemp("nasty")) as warehouse:
        yield warehouse


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with sample(tmp_path_factory.mktemp("sample")) as warehouse:
        yield warehouse


def names(warehouse: Warehouse) -> set[str]:
    with warehouse.snapshot() as reader:
        return {row["name"] for row in reader.read("select name from named_people")}


def words(value: Any, seen: set[int] | None = None) -> Iterator[str]:
    """Everything reachable that can be read, whatever it hangs from."""
    seen = set() if seen is None else seen
    if isinstance(value, str | bytes):
        yield value if isinstance(value, str) else value.decode("utf-8", "ignore")
    elif isinstance(value, int | float | None) or id(value) in seen:
        return
    elif (held_ := held_by(value)) is None:
        yield str(value)
    else:
        seen.add(id(value))
        for one in held_:
            yield from words(one, seen)


def held_by(value: Any) -> Iterable[Any] | None:
    """What is in it; None of what is nothing but itself."""
    if hasattr(value, "to_plotly_json"):
        return [value.to_plotly_json()]
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, list | tuple | set | frozenset):
        return value
    if hasattr(value, "tolist"):
        return [value.tolist()]
    if hasattr(value, "__dataclass_fields__"):
        return [getattr(value, name) for name in value.__dataclass_fields__]
    return None


def own(meeting: Meeting) -> list[str]:
    """What is the school's: our own words (formulas, sources of law) may speak of 困难补助."""
    return [word for word in words(meeting) if word not in OURS]


def _ours() -> frozenset[str]:
    from dashboard.kpis import KPIS
    from dashboard.reports import queries

    found = set(words(tuple(KPIS.values()))) | set(words(tuple(queries().values())))
    return frozenset(found)


OURS = _ours()
OUR_HARDSHIPS = sorted((word for word in OURS if PRIVATE.search(word)), key=len, reverse=True)


@pytest.mark.parametrize(("lang", "chosen"), VIEWS, ids=str)
def test_no_name_number_or_hardship_is_in_anything_shown(
    school: Warehouse, lang: str, chosen: dict[str, str]
) -> None:
    meeting = held(school, lang=lang, chosen=tuple(chosen.items()), palette=LIGHT)[0]
    everything = own(meeting)
    assert len(everything) > 300
    for forbidden in FORBIDDEN:
        found = [word for word in everything if plain(forbidden) in plain(word)]
        assert not found, (forbidden, found[:3])


@pytest.mark.parametrize(
    ("lang", "chosen"), [*VIEWS[:2], ("zh", {"department": "语文组"})], ids=str
)
def test_nobody_of_the_sample_is_in_anything_shown(
    demo: Warehouse, lang: str, chosen: dict[str, str]
) -> None:
    meeting = held(demo, lang=lang, chosen=tuple(chosen.items()), palette=LIGHT)[0]
    everything, known = own(meeting), names(demo)
    assert len(known) > 100
    joined = "\n".join(everything)
    assert not [name for name in known if name in joined]
    assert not NUMBERS.findall(joined)
    with demo.snapshot() as reader:
        titles = [
            row["title"]
            for row in reader.read("select title from proposals union select name from activities")
        ]
    private = [title for title in titles if title and PRIVATE.search(title)]
    assert not [title for title in private if title in joined]


def test_with_names_shown_the_same_search_finds_them(school: Warehouse) -> None:
    meeting = held(school, safe=False, palette=LIGHT)[0]
    joined = plain("\n".join(own(meeting)))
    assert {f for f in FORBIDDEN if plain(f) in joined} >= {"王丽", "欧阳娜娜", "住院", "投诉"}


def test_no_department_of_one_to_four_is_told_apart(school: Warehouse) -> None:
    meeting = held(school, palette=LIGHT)[0]
    for exhibit in meeting.exhibits:
        for row in exhibit.grid.rows if exhibit.grid and exhibit.form == "chart" else ():
            if row[0].text in SMALL:
                assert {cell.text for cell in row[1:]} == {"*"}, exhibit.title


def test_what_two_people_cost_is_not_to_be_read_anywhere(school: Warehouse) -> None:
    """座谈会: two came, and it cost 123.45; its line of the book stands with others or unnamed."""
    meeting = held(school, palette=LIGHT)[0]
    for exhibit in meeting.exhibits:
        for row in exhibit.grid.rows if exhibit.grid else ():
            texts = [cell.text for cell in row]
            assert not ("座谈会" in texts and any("123" in text for text in texts)), texts
            if exhibit.key == "funds.6":
                assert not any("123.45" in text for text in texts), texts


def test_a_list_of_cases_is_not_narrowed_to_some_people(school: Warehouse) -> None:
    meeting = held(school, chosen=(("department", "总务处"),))[0]
    lists = [e for e in meeting.exhibits if e.key.startswith("proposals.") and e.form == "table"]
    assert lists
    assert all(one.missing and one.grid is None for one in lists)


# -- pseudonyms ---------------------------------------------------------------------------------


def test_a_pseudonym_lasts_and_is_each_schools_own(tmp_path: Path) -> None:
    told = []
    for place in ("one", "one", "other"):
        (tmp_path / place).mkdir(exist_ok=True)
        warehouse = Warehouse.open(tmp_path / place / "school.duckdb")
        with warehouse.snapshot() as reader:
            told.append(school_veil(reader).pseudonym("王丽"))
        warehouse.close()
    assert told[0] == told[1] != told[2]


def test_the_schools_secret_is_in_nothing_that_goes_out(school: Warehouse) -> None:
    with school.snapshot() as reader:
        key = school_veil(reader).key
    assert len(key) >= 32
    for safe in (True, False):
        meeting = held(school, safe=safe, palette=LIGHT)[0]
        assert key not in "\n".join(words(meeting))


# -- bytes --------------------------------------------------------------------------------------


def inside(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Every file in a file, as text; PDF streams inflated and its pages read."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as held_:
            for part in held_.namelist():
                yield name, part
                yield from inside(f"{name}/{part}", held_.read(part))
    elif data[:4] == b"%PDF":
        from pypdf import PdfReader

        read = PdfReader(io.BytesIO(data))
        yield name, str(read.metadata)
        yield from ((name, page.extract_text()) for page in read.pages)
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                yield name, zlib.decompress(stream).decode("utf-8", "ignore")
            except zlib.error:
                yield name, stream.decode("utf-8", "ignore")
    else:
        yield name, data.decode("utf-8", "ignore")


def glossary(text: str) -> str:
    for ours in OUR_HARDSHIPS:
        text = text.replace(ours, "")
    return text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_number_or_hardship_is_in_the_bytes_of_the_pack(
    school: Warehouse, lang: str
) -> None:
    kind: Kind = "pack"
    data = made(held(school, lang=lang)[0], kind)
    parts = [(where, glossary(text)) for where, text in inside("pack", data)]
    assert {Path(where).suffix for where, _ in parts} >= {".xml", ".csv", ".json", ".pdf"}
    for where, text in parts:
        squeezed = plain(text)
        for forbidden in FORBIDDEN:
            assert plain(forbidden) not in squeezed, (where, forbidden)


def test_nobody_of_the_sample_is_in_the_bytes_of_the_pack(demo: Warehouse) -> None:
    data = made(held(demo)[0], "pack")
    known = names(demo)
    for where, text in inside("pack", data):
        assert not [name for name in known if name in text], where
