"""The printed report: what it says is what the meeting says, on A4, in glyphs that are there."""

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import meetings
import pypdf
import pytest
import typst

from dashboard.errors import Cancelled, MissingFont
from dashboard.exhibits.model import (
    Cell,
    Exhibit,
    Form,
    Grid,
    Head,
    Meeting,
    Plot,
    Section,
    Series,
    Value,
)
from dashboard.exports import widths
from dashboard.exports.document import document
from dashboard.exports.manuscript import reworded
from dashboard.exports.typefaces import FAMILIES, Typefaces
from dashboard.text import Lang

ROOT = Path(__file__).resolve().parent.parent
A4 = (595.28, 841.89)  # points
SPARE = 5 / 25.4  # inches of the page's edge that a printer cannot reach
NO_POPPLER = "pdftoppm is not installed (没有安装 poppler)"


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def bare(text: str) -> str:
    """Without blanks and line breaks, which depend on where a line ends."""
    return re.sub(r"\s+", "", text)


def words(data: bytes) -> str:
    """All that is read, page by page, without the furniture at head and foot."""
    return bare("".join(page.extract_text() for page in read(data).pages))


def shown(*exhibits: Exhibit, lang: Lang = "zh") -> str:
    return words(document(meetings.of(*exhibits, lang=lang)))


def plotted(plot: Plot) -> Exhibit:
    return meetings.exhibit(1, "图", form="chart", plot=plot)


def tabled(grid: Grid) -> Exhibit:
    return meetings.exhibit(1, "表", form="table", grid=grid)


def cells(*values: Value) -> tuple[Cell, ...]:
    return tuple(Cell(value, "—" if value is None else str(value)) for value in values)


# -- what it says -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_is_printed_with_all_its_words(lang: Lang) -> None:
    found = words(document(meetings.meeting(lang)))
    for figure in meetings.tiles(lang):
        told = (figure.label, figure.value.text, figure.fraction, figure.target, figure.change)
        for part in (*told, figure.than, figure.badge, figure.variant):
            assert bare(part) in found


def test_every_cell_of_every_table_is_printed() -> None:
    met = meetings.meeting()
    found = words(document(met))
    grids = [one.grid for one in met.exhibits if one.grid]
    assert len(grids) == 2
    for cell in (cell for grid in grids for row in grid.rows for cell in row):
        assert bare(cell.text) in found


def test_a_long_table_runs_on_with_its_heading_on_each_page() -> None:
    grid = meetings.table(400, 6, "zh")
    pages = read(document(meetings.of(tabled(grid)))).pages
    text = [bare(page.extract_text()) for page in pages]
    holding = [page for page in text if re.search(r"王\d{3}", page)]
    assert len(holding) > 5
    assert all("姓名说明1" in page for page in holding)
    assert all(f"王{at:03}" in "".join(holding) for at in range(3, 400))


@pytest.mark.parametrize("form", list(meetings.plots("zh")))
def test_a_chart_writes_every_number_it_draws(form: Form) -> None:
    plot = meetings.plots("zh")[form]
    found = shown(plotted(plot))
    texts = [cell.text for one in plot.series for cell in one.cells]
    for text in (*texts, *plot.notes, *(cell.text for _, _, cell in plot.flows)):
        assert bare(text).removesuffix("万元") in found
    for name in (*plot.names, *(one.name for one in plot.series if form not in ("bars", "funnel"))):
        assert bare(name) in found


def test_the_unit_that_stands_under_no_number_stands_with_the_name() -> None:
    found = shown(plotted(meetings.plots("zh")["columns"]))
    assert "收入（万元）123.46" in found


def test_a_chart_with_too_many_points_for_their_numbers_prints_its_table() -> None:
    names = tuple(f"第{at}周" for at in range(60))
    series = Series("人次", cells(*range(1000, 1060)))
    rows = tuple((Cell(n, n), cell) for n, cell in zip(names, series.cells, strict=True))
    grid = Grid((Head("周", "text"), Head("人次", "count")), rows)
    plot = Plot("lines", names, (series,), "count")
    found = shown(replace(plotted(plot), grid=grid))
    assert all(f"{name.text}{size.text}" in found for name, size in rows)


def test_a_target_is_drawn_with_its_word() -> None:
    assert "目标95%" in shown(plotted(meetings.plots("zh")["bars"]))


def test_what_falls_short_is_told_by_a_pattern_and_its_word() -> None:
    plot = meetings.plots("zh")["bars"]
    assert "斜线：未达目标" in shown(plotted(plot))
    assert "斜线" not in shown(plotted(replace(plot, short=())))


def test_a_missing_block_prints_its_sentence() -> None:
    assert "还没有上传提案台账，请在“上传”页上传。" in words(document(meetings.meeting()))


def test_the_summary_tells_each_figure_once_and_counts_them() -> None:
    met = meetings.meeting()
    twice = replace(met, sections=(met.sections[0], replace(met.sections[0], title="会员之二")))
    page = bare(read(document(twice)).pages[1].extract_text())
    assert page.count("入会率") == 1
    assert "5项指标：1项达标，1项未达标，3项未设目标。" in page


def test_the_cover_says_whose_figures_they_are_and_whether_names_are_in_them() -> None:
    hidden, whole = meetings.meeting(), meetings.meeting(names="shown")
    cover = bare(read(document(replace(hidden, is_demo=True))).pages[0].extract_text())
    told = ("城南实验小学工会", "工会工作情况", "2025-12-31", "已隐去个人信息", "演示数据")
    assert all(one in cover for one in told)
    assert "含个人信息" in read(document(whole)).pages[0].extract_text()


def test_definitions_quality_and_sources_close_the_report() -> None:
    met = meetings.meeting()
    found = words(document(met))
    for one in met.definitions:
        assert all(bare(part) in found for part in (one.label, one.formula, one.why, one.source))
    for source in met.sources:
        told = (source.file, source.sheet, source.register, str(source.rows), source.sha256[:12])
        assert all(bare(part) in found for part in told)
    assert all(bare(line) in found for line in met.quality)


@pytest.mark.parametrize("text", [meetings.EVIL, "*x* #bad $y$ [a] \\ @ref", "#sys.inputs", "<b>&"])
def test_what_looks_like_markup_is_printed_as_it_is(text: str) -> None:
    met = meetings.of(tabled(Grid((Head(text, "text"),), ((Cell(text, text),),))))
    found = words(document(replace(met, school=text, title=text, quality=(text,))))
    assert found.count(bare(text)) >= 5


# -- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "form"), [("zh", "第{}页共{}页"), ("en", "Page{}of{}")])
def test_every_page_is_a4_and_all_but_the_cover_say_which_it_is(lang: Lang, form: str) -> None:
    pages = read(document(meetings.meeting(lang))).pages
    for number, page in enumerate(pages, start=1):
        size = sorted((float(page.mediabox.width), float(page.mediabox.height)))
        assert size == pytest.approx(A4, abs=0.1)
        assert (form.format(number, len(pages)) in bare(page.extract_text())) == (number > 1)


def test_a_table_too_wide_for_the_page_is_split_and_repeats_its_first_column() -> None:
    grid = meetings.table(5, 24, "zh")
    found = shown(tabled(grid))
    assert "续：其余各列" in found
    assert found.count("王003") == 2


def test_a_table_that_fits_across_turns_the_page() -> None:
    pages = read(document(meetings.of(tabled(meetings.table(5, 13, "zh"))))).pages
    assert any(page.mediabox.width > page.mediabox.height for page in pages)


def test_no_table_is_wider_than_its_page() -> None:
    for count in range(1, 29):
        plan = widths.ruled(meetings.table(3, count, "zh"))
        room = widths.ACROSS if plan["flipped"] else widths.UPRIGHT
        for part in plan["parts"]:
            assert sum(plan["widths"][at] for at in part) <= room + 0.01
        assert {at for part in plan["parts"] for at in part} == set(range(count))


def test_the_outline_leads_to_the_pages() -> None:
    outline = read(document(meetings.meeting())).outline
    titles = [one.title for one in outline if not isinstance(one, list)]
    assert titles == ["一览", "会员", "名单", "指标说明", "数据质量", "数据来源"]


def test_a_word_without_an_end_is_broken_and_still_found() -> None:
    address = "https://example.invalid/" + "abc" * 60
    grid = Grid((Head("地址", "text"), Head("号", "count")), (cells(address, 7), cells("xlsx", 8)))
    found = shown(tabled(grid))
    assert address in found
    assert "xlsx8" in found


# -- odd shapes ---------------------------------------------------------------------------------


ODD = {
    "nothing known": Plot("bars", ("甲",), (Series("a", cells(None)),), "people"),
    "one bar": Plot("bars", ("甲",), (Series("a", cells(0)),), "people"),
    "below zero": Plot("columns", ("甲", "乙"), (Series("a", cells(-3, 5)),), "people"),
    "all below zero": Plot("bars", ("甲", "乙"), (Series("a", cells(-3, -5)),), "people"),
    "no line": Plot("lines", ("甲", "乙"), (Series("a", cells(None, None)),), "people"),
    "flat": Plot("lines", ("甲", "乙"), (Series("a", cells(7, 7)),), "people"),
    "one moved": Plot("moves", ("甲",), (Series("a", cells(0)), Series("b", cells(0))), "people"),
    "no heat": Plot("heat", ("甲",), (Series("a", cells(None)),), "count"),
    "six lines": Plot("lines", ("甲", "乙"),
                      tuple(Series(f"线{n}", cells(n, n + 1)) for n in range(8)), "people"),
    "a hundred bars": Plot("bars", tuple(f"组{n}" for n in range(100)),
                           (Series("a", cells(*range(100))),), "people"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(ODD))
def test_an_odd_chart_is_drawn_all_the_same(name: str) -> None:
    found = shown(plotted(ODD[name]))
    assert all(one in found for one in ODD[name].names)


def test_a_chart_of_nothing_falls_back_to_its_table() -> None:
    grid = Grid((Head("名称", "text"),), (cells("只有这一行"),))
    assert "只有这一行" in shown(replace(plotted(Plot("bars", (), (), "people")), grid=grid))


def test_a_meeting_about_nothing_is_a_report_too() -> None:
    met = replace(meetings.meeting(), sections=(), definitions=(), sources=(), quality=())
    assert "没有发现需要说明的问题。" in words(document(met))
    bare_section = Section("a", "空页", "", ())
    assert "空页" in words(document(replace(met, sections=(bare_section,))))


def test_a_cell_longer_than_a_page_is_printed_to_its_end() -> None:
    text = "很长的说明" * 1500 + "完"
    grid = Grid((Head("说明", "text"), Head("号", "count")), (cells(text, 7),))
    found = shown(tabled(grid))
    assert found.count("很长的说明") > 1400
    assert "完" in found


# -- glyphs -------------------------------------------------------------------------------------


def fonts_of(data: bytes) -> dict[str, bool]:
    """Every font of the file, and whether it is in it."""
    found = {}
    for page in read(data).pages:
        for font in (one.get_object() for one in page["/Resources"].get("/Font", {}).values()):
            inner = font["/DescendantFonts"][0].get_object()
            held = inner["/FontDescriptor"].get_object()
            found[str(font["/BaseFont"])] = any(f"/FontFile{n}" in held for n in ("", 2, 3))
    return found


def test_every_font_is_in_the_file() -> None:
    found = fonts_of(document(meetings.meeting()))
    assert found
    assert all(found.values())


def test_without_a_chinese_font_there_is_an_error_and_no_file(tmp_path: Path) -> None:
    nowhere = Typefaces(tmp_path / "fonts", system=False)
    with pytest.raises(MissingFont) as refused:
        document(meetings.meeting(), fonts=nowhere)
    assert refused.value.code == "no_cjk_font"
    assert str(tmp_path / "fonts") in refused.value.message.zh
    assert "fonts-noto-cjk" in refused.value.message.en


def test_a_font_without_chinese_is_no_way_out(tmp_path: Path) -> None:
    latin = next(iter(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
    if latin is None:
        pytest.skip("no Latin font to try")
    shutil.copy(latin, tmp_path / "Noto Sans SC.ttf")
    with pytest.raises(MissingFont):
        document(meetings.meeting(), fonts=Typefaces(tmp_path, system=False))


def test_a_font_in_the_schools_own_folder_is_enough(tmp_path: Path) -> None:
    known = {one.family: one.path for one in typst.Fonts().fonts() if one.path}
    family = next(one for one in FAMILIES if one in known)
    path = Path(known[family])
    (tmp_path / path.name).symlink_to(path)
    data = document(meetings.meeting(), fonts=Typefaces(tmp_path, system=False))
    embedded = "".join(fonts_of(data)).casefold()
    assert family.replace(" ", "").casefold() in embedded


def test_a_letter_no_font_has_does_not_steer_the_page_astray() -> None:
    """Words that choose a form or a language look like words that are read."""
    told = {"lang": "zh", "words": {"a": "zh"}, "plots": [{"form": "bars", "name": "bars"}]}
    assert reworded(told, lambda _: "〓") == {
        "lang": "zh",
        "words": {"a": "〓"},
        "plots": [{"form": "bars", "name": "〓"}],
    }


def test_a_character_no_font_has_is_marked_and_told() -> None:
    lost = "\U00032003"  # no character is assigned to this place
    met = replace(meetings.meeting(), school=f"王{lost}𬭎小学")
    data = document(met)
    assert "王〓𬭎小学" in read(data).pages[0].extract_text()
    assert "以“〓”代替：U+32003。" in words(data)


def test_marks_that_turn_or_join_what_stands_beside_them_are_left_out() -> None:
    met = replace(meetings.meeting(), school="甲\u202e乙\u200d丙\x00\x07丁")
    assert "甲乙丙丁" in read(document(met)).pages[0].extract_text()


# -- the file -----------------------------------------------------------------------------------


AGAIN = """
import hashlib, sys
sys.path[:0] = {paths!r}
import meetings
from dashboard.exports.document import document
print(hashlib.sha256(document(meetings.meeting())).hexdigest())
"""


def test_the_same_meeting_is_the_same_file_byte_for_byte() -> None:
    program = AGAIN.format(paths=[str(ROOT), str(ROOT / "tests")])
    sums = set()
    for seed in ("1", "2"):
        around = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        run = subprocess.run(
            [sys.executable, "-c", program], env=around, capture_output=True, check=True, text=True
        )
        sums.add(run.stdout)
    assert len(sums) == 1


def test_the_file_says_what_it_is() -> None:
    found = read(document(meetings.meeting()))
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == ("工会工作情况", "城南实验小学工会")
    created = found.metadata.creation_date
    assert created is not None
    assert created.date() == date(2025, 12, 31)
    root = found.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfaid:part>2" in root["/Metadata"].get_object().get_data().decode()


def test_work_is_told_before_each_block_and_can_be_stopped() -> None:
    told: list[str] = []
    met = meetings.meeting()
    document(met, told.append)
    assert told == [*["会员"] * 8, *["名单"] * 3, "排版"]

    def stop(words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        document(met, stop)


# -- pictures -----------------------------------------------------------------------------------


def pictures(met: Meeting, folder: Path) -> list[tuple[int, int, bytes]]:
    """Every page in grey at 60 dots an inch: width, height, a byte a dot."""
    if shutil.which("pdftoppm") is None:
        pytest.skip(NO_POPPLER)
    (folder / "report.pdf").write_bytes(document(met))
    draw = ["pdftoppm", "-r", "60", "-gray", "report.pdf", "page"]
    subprocess.run(draw, cwd=folder, check=True, capture_output=True)
    return [picture(path.read_bytes()) for path in sorted(folder.glob("page-*.pgm"))]


def picture(data: bytes) -> tuple[int, int, bytes]:
    """A PGM: its head is `P5 width height 255`."""
    _, width, height, _, rest = re.split(rb"\s", data, maxsplit=4)
    return int(width), int(height), rest


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_stands_where_no_printer_reaches(lang: Lang, tmp_path: Path) -> None:
    spare = round(SPARE * 60)
    for width, height, dots in pictures(meetings.meeting(lang), tmp_path):
        rows = [dots[at * width : (at + 1) * width] for at in range(height)]
        edges = rows[:spare] + rows[-spare:] + [row[:spare] + row[-spare:] for row in rows]
        assert min(min(row) for row in edges) > 250
        assert min(min(row) for row in rows) < 200


def test_in_grey_a_bar_that_falls_short_is_lighter_than_one_that_does_not(tmp_path: Path) -> None:
    names, value = ("甲", "乙"), (Series("a", cells(10, 10)),)
    drawn = Plot("bars", names, value, "people", short=(False, True))
    width, _, dots = pictures(meetings.of(plotted(drawn)), tmp_path)[3]
    rows = [dots[at * width : (at + 1) * width] for at in range(len(dots) // width)]
    greys = [sum(row[width // 3 : width // 2]) / (width // 2 - width // 3) for row in rows]
    bars = [grey for grey in greys if grey < 235]
    assert min(bars) < 110
    assert any(120 < grey < 235 for grey in bars)
