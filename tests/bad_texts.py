"""Bad text files, pages, files of other kinds, and files with bad names."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable
from functools import partial

from bad_files import HONEST, Said, bad, either, read_as, refused, xlsx

SIGNED = "2025-03-08,张三,√\n2025-03-08,李四,√\n"
LEDGER = "日期,凭证号,科目,摘要,支出金额\n"


def more(count: int = 40) -> str:
    """More people of an honest list."""
    return "".join(f"张{chr(0x4E00 + n)},语文组,2017-03-08\n" for n in range(count))


def line(number: int, amount: str = "80") -> str:
    return f"2017-03-08,记-{number},职工活动支出,活动,{amount}\n"


def long_cells(piece: str) -> bytes:
    """Twenty cells as long as a spreadsheet holds, in columns of days, words and amounts."""
    long = (piece * 30_000)[:30_000]
    spoilt = ("2017-03-08", "记-{}", "职工活动支出", "活动", "80")
    rows = [",".join(spoilt).format(n) for n in (1, 2)]
    for n in range(20):
        cells = list(spoilt)
        cells[(0, 3, 4)[n % 3]] = f'"张三{long}{n}!"'
        cells[4] = cells[4] if n % 3 != 1 else "x"
        rows.append(",".join(cells).format(n + 3))
    return (LEDGER + "\n".join(rows) + "\n").encode()


def csv_family() -> None:
    def one(name: str, said: Said, make: Callable[[], bytes], upload: str = "会员名册.csv") -> None:
        bad("csv", f"csv_{name}", said, upload, make)

    nothing, book = refused("empty", "no_cells"), "收支台账2017.csv"
    one("of_nothing", refused("empty"), lambda: b"")
    one("of_blanks", nothing, lambda: b" \r\n\t " * 1_000)
    one("of_a_mark_alone", refused("empty", "no_cells"), lambda: b"\xef\xbb\xbf")
    one("of_a_utf16_mark_alone", refused("empty", "no_cells", "encoding"), lambda: b"\xff\xfe")
    one("of_zeros", refused("empty", "not_a_table"), lambda: bytes(5_000))
    one("of_commas", refused("no_cells"), lambda: b",,,,\n" * 99)
    one("noise", refused("not_a_table", "encoding"), lambda: bytes(range(256)) * 40)
    one("five_million_commas", refused("too_complex"), lambda: b"," * 5_000_000)
    one("hundred_thousand_columns", refused("too_complex"), ("姓名," * 100_000).encode)
    one("one_endless_cell", refused("cell_too_long"), (HONEST + "x" * 9_000_000).encode)
    for place, piece in enumerate(("1 ", "1 3 8 ", "1", "1.", " ", "张 ", "2025年", "等 ")):
        one(
            f"long_cells_{place}",  # patterns that begin again at each character take minutes
            read_as(2, "bad_date", "bad_amount"),
            partial(long_cells, piece),
            upload=book,
        )
    one(
        "title_of_many_years",
        read_as(2),
        ("2025年" * 16 + "会,,\n日期,姓名,签到\n" + SIGNED).encode,
        upload="签到2025.csv",
    )
    one("without_line_ends", refused("cell_too_long"), lambda: b"x" * 12_000_000)
    one("a_million_short_lines", either(0, "too_complex"), lambda: b"x\n" * 400_000)
    one(
        "zero_byte_in_a_name",
        either(2, "damaged", "not_a_table", "encoding"),
        lambda: HONEST.replace("张三", "张\0三").encode(),
    )
    one(
        "control_marks_in_a_name",
        read_as(41, "repeated_row", never=("\x08",)),
        lambda: (HONEST + more()).replace("张三", "张\x08三").encode(),
    )
    one(
        "turning_marks_in_a_name",
        read_as(2, never=("\u202e",)),
        lambda: HONEST.replace("张三", "张\u202e三").encode(),
    )
    one(
        "half_a_letter",
        refused("encoding"),
        lambda: HONEST.encode().replace("张三".encode(), b"\xed\xa0\x80") * 2,
    )
    one(
        "letter_written_too_long",
        refused("encoding", "not_a_table"),
        lambda: HONEST.encode().replace("张三".encode(), b"\xc0\xaf\xe0\x80\xaf\xff") * 2,
    )
    one(
        "two_encodings",
        refused("encoding"),
        lambda: HONEST.encode() * 20 + HONEST.encode("gb18030") * 20,
    )
    one(
        "big5",
        read_as(2),
        lambda: "姓名,部門,入會時間\n張三,語文組,2017-03-08\n李四,數學組,2016-09-01\n".encode(
            "big5"
        ),
    )
    one("gb18030", read_as(2), lambda: HONEST.encode("gb18030"))
    one("utf16_without_a_mark", either(2, "encoding"), lambda: HONEST.encode("utf-16-le"))
    one("utf16_cut_in_a_letter", either(2, "encoding"), lambda: HONEST.encode("utf-16")[:-1])
    one("utf32", read_as(2), lambda: HONEST.encode("utf-32"))
    for name, mark in {
        "semicolons": ";",
        "tabs": "\t",
        "strokes": "|",
        "wide_commas": "，",
    }.items():
        one(name, read_as(2), lambda mark=mark: HONEST.replace(",", mark).encode())  # type: ignore[misc]
    one("old_line_ends", read_as(2), lambda: HONEST.replace("\n", "\r").encode())
    one("mixed_line_ends", read_as(2), lambda: HONEST.replace("\n", "\r\n", 1).encode())
    one(
        "line_ends_of_unicode",
        read_as(0),
        lambda: HONEST.replace("\n", "\u2028", 2).encode(),
    )
    one("says_its_mark", read_as(2), ("sep=;\n" + HONEST.replace(",", ";")).encode)
    one("says_a_mark_it_has_not", read_as(2), ("sep=|\n" + HONEST).encode)
    one(
        "lines_of_unequal_length",
        read_as(20),
        (
            HONEST.splitlines()[0]
            + "\n"
            + "".join(f"张{chr(0x4E00 + n)},语文组,2017-03-08{',' * (n % 4)}\n" for n in range(20))
        ).encode,
    )
    one(
        "quote_never_closed",
        read_as(3),
        (LEDGER + line(1) + line(2).replace("活动,", '活"动,') + line(3)).encode,
        book,
    )
    one(
        "quote_opened_at_a_cell",
        read_as(3, "open_quote"),
        (LEDGER + line(1) + line(2).replace("活动,", '"活动,') + line(3)).encode,
        book,
    )
    one(
        "header_missing",
        read_as(0, "no_header"),
        HONEST.partition("\n")[2].encode,
        "a.csv",
    )
    one("header_only", read_as(0), HONEST.partition("\n")[0].encode)
    one("header_twice", read_as(2), (HONEST.partition("\n")[0] + "\n" + HONEST).encode)
    one(
        "columns_of_one_name",
        read_as(2, "column_repeated"),
        lambda: (
            HONEST.replace("入会时间", "入会时间,部门")
            .replace("-08", "-08,英语组")
            .replace("-01\n", "-01,体育组\n")
            .encode()
        ),
    )
    one(
        "text_after_many_numbers",
        read_as(20_000, "bad_amount"),
        (LEDGER + "".join(map(line, range(20_000))) + line(20_001, "八十元整左右")).encode,
        book,
    )
    one("amount_in_words", read_as(1), (LEDGER + line(1, "约") + line(2)).encode, book)
    one(
        "amount_as_a_formula",
        read_as(1),
        (LEDGER + line(1, "=1+1|cmd") + line(2)).encode,
        book,
    )
    one(
        "amount_of_a_thousand_digits",
        read_as(1, "bad_amount"),
        (LEDGER + line(1, "9" * 1_000) + line(2)).encode,
        book,
    )
    one(
        "amount_in_powers",
        read_as(2, "scientific_amount"),
        (LEDGER + line(1, "1.2E+5") + line(2)).encode,
        book,
    )
    one(
        "amount_with_a_huge_power",
        read_as(1),
        (LEDGER + line(1, "1e999999999") + line(2)).encode,
        book,
    )
    one(
        "number_of_a_person_in_powers",
        read_as(2, never=("9.9E+17", "990000000000000000")),
        lambda: (
            HONEST.replace("姓名", "姓名,身份证号")
            .replace("张三", "张三,9.9E+17")
            .replace("李四", "李四,9.9E+17")
            .encode()
        ),
    )
    one(
        "staff_number_in_powers",
        read_as(2, "personal_number", never=("E+17", "990000195001010")),
        lambda: (
            HONEST.replace("姓名", "工号,姓名")
            .replace("张三", "9.90000195001010E+17,张三")
            .replace("李四", "1002,李四")
            .encode()
        ),
    )
    one(
        "day_that_is_none",
        read_as(2, "bad_date"),
        lambda: HONEST.replace("2017-03-08", "2017-02-30").encode(),
    )
    one(
        "error_of_a_formula",
        read_as(1, "error_cell"),
        (LEDGER + line(1, "#REF!") + line(2)).encode,
        book,
    )
    one(
        "name_that_is_a_formula",
        read_as(2),
        lambda: HONEST.replace("张三", '"=cmd calc!A1"').encode(),
    )
    one("packed", refused("not_a_table"), lambda: gzip.compress(bytes(5_000_000)))
    one(
        "packed_and_named_so",
        refused("not_a_table"),
        lambda: gzip.compress(HONEST.encode()),
        "会员名册.csv.gz",
    )


# --- pages and workbooks in one XML


def page(rows: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><table>{rows}</table></body></html>".encode()


def page_row(*cells: str, attributes: str = "") -> str:
    return f"<tr{attributes}>" + "".join(f"<td>{one}</td>" for one in cells) + "</tr>"


def book_xml(rows: str, head: str = "") -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{head}<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="会员名册"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def book_row(*values: str, attributes: str = "") -> str:
    cells = "".join(f'<Cell><Data ss:Type="String">{one}</Data></Cell>' for one in values)
    return f"<Row{attributes}>{cells}</Row>"


def page_family() -> None:
    def one(name: str, said: Said, make: Callable[[], bytes]) -> None:
        bad("page", f"page_{name}", said, "会员名册.xls", make)

    lines = [each.split(",") for each in HONEST.splitlines()]
    rows = "".join(page_row(*each) for each in lines)
    book = "".join(book_row(*each) for each in lines)
    head = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    one("with_a_program", read_as(2), lambda: page(rows, "<script>document.write('x')</script>"))
    one(
        "with_remote_pictures",
        read_as(2, never=("http",)),
        lambda: page(rows + page_row("<img src='http://127.0.0.1:9/x.png'>")),
    )
    one("without_a_table", refused("not_a_table"), lambda: b"<html><body>" + b"x" * 999)
    one(
        "never_closed",
        either(2, "damaged", "not_a_table"),
        lambda: page(rows)[:-40] + b"<tr><td>" * 20_000,
    )
    one(
        "cells_over_a_thousand_rows",
        either(0, "too_complex", "no_cells", "reader_died"),
        lambda: page(("<tr>" + '<td rowspan="1000">x</td>' * 60 + "</tr>") * 600),
    )
    one(
        "cell_over_all_columns",
        refused("too_complex"),
        lambda: page(rows + '<tr><td colspan="99999999">x</td><td colspan="999">x</td></tr>'),
    )
    one(
        "span_of_nonsense",
        read_as(2),
        lambda: page(rows.replace("<td>", '<td colspan="-3" rowspan="x">', 1)),
    )
    one(
        "tables_in_tables",
        either(0, "reader_died", "too_complex", "not_a_table"),
        lambda: b"<html>" + b"<table><tr><td>" * 20_000,
    )
    one(
        "lies_about_its_letters",
        read_as(2),
        lambda: page(rows, '<meta charset="utf-8">').decode().encode("gb18030"),
    )
    one("names_unknown_letters", read_as(2), lambda: page(rows, '<meta charset="x-none">'))
    one(
        "comment_never_closed",
        either(2, "not_a_table", "reader_died"),
        lambda: page(rows) + b"<!--" * 50_000,
    )
    one(
        "marks_never_closed",
        either(2, "not_a_table", "reader_died"),
        lambda: page(rows) + b"<![" * 50_000,
    )
    one(
        "xml_far_cell",
        refused("too_complex", "damaged"),
        lambda: book_xml(book + book_row("x", attributes=' ss:Index="9999999"')),
    )
    one(
        "xml_row_twice",
        refused("damaged"),
        lambda: book_xml(book_row("x", attributes=' ss:Index="2"') * 2),
    )
    one(
        "xml_laughs",
        refused("damaged"),
        lambda: book_xml(book_row("&b;"), '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
    )
    one(
        "xml_external_entity",
        refused("damaged"),
        lambda: book_xml(book_row("&a;"), '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    )
    one("xml_cut", refused("damaged"), lambda: book_xml(book)[:-30])
    one(
        "xml_deep",
        refused("damaged", "no_cells", "reader_died"),
        lambda: book_xml("<Row><Cell>" * 50_000),
    )
    one(
        "xml_in_other_letters",
        either(2, "damaged", "encoding"),
        lambda: (
            book_xml(book).replace(b'"1.0"', b'"1.0" encoding="gb2312"').decode().encode("gb18030")
        ),
    )
    one(
        "archive_in_archives",
        refused("not_a_table", "damaged", "reader_died"),
        lambda: head + b"--b\nContent-Type: message/rfc822\n\n" * 3_000,
    )
    one(
        "archive_of_bad_base64",
        refused("not_a_table", "damaged", "encoding"),
        lambda: (
            head
            + b"--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!!\n--b--\n"
        ),
    )
    one("archive_without_pages", refused("not_a_table", "damaged"), lambda: head + b"--b--\n")


# --- other kinds under a table's name


def other_family() -> None:
    kinds = {
        "png": b"\x89PNG\r\n\x1a\n" + bytes(99), "jpeg": b"\xff\xd8\xff\xe0" + bytes(99),
        "gif": b"GIF89a" + bytes(99), "pdf": b"%PDF-1.7\n" + b"x" * 99,
        "rtf": b"{\\rtf1 x}", "rar": b"Rar!\x1a\x07\0" + bytes(99),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(99), "program": b"MZ" + bytes(999),
        "linux_program": b"\x7fELF" + bytes(999), "bmp": b"BM" + bytes(range(256)) * 9,
        "webp": b"RIFF\x10\0\0\0WEBPVP8 " + bytes(range(256)),
        "tiff": b"II*\0" + bytes(range(256)) * 4, "heic": b"\0\0\0\x18ftypheic" + bytes(range(256)),
        "mp4": b"\0\0\0\x20ftypisom" + bytes(range(256)) * 4,
        "sqlite": b"SQLite format 3\0" + bytes(range(256)) * 9,
        "parquet": b"PAR1" + bytes(range(256)) * 9 + b"PAR1",
        "duckdb": bytes(8) + b"DUCK" + bytes(range(256)) * 20,
        "pickle": b"\x80\x04\x95" + bytes(range(256)) * 4,
        "tar": b"a.csv".ljust(100, b"\0") + bytes(412) + b"\1" * 512,
        "bzip2": b"BZh91AY&SY" + bytes(range(128, 256)) * 4,
        "xz": b"\xfd7zXZ\0" + bytes(range(128, 256)) * 4,
        "font": b"\0\1\0\0" + bytes(range(256)) * 4,
    }  # fmt: skip
    for name, content in kinds.items():
        for ending in ("xlsx", "csv"):
            bad(
                "other",
                f"other_{name}_as_{ending}",
                refused("not_a_table", "encoding", "damaged", "empty"),
                f"会员名册.{ending}",
                lambda content=content: content,
            )  # type: ignore[misc]
    bad(
        "other",
        "other_json_as_csv",
        either(0, "not_a_table"),
        "a.csv",
        lambda: b'{"a": [1, 2], "b": {"c": "http://x"}}',
    )
    bad(
        "other",
        "other_svg_as_csv",
        refused("not_a_table"),
        "a.csv",
        lambda: b'<?xml version="1.0"?><svg><image href="http://127.0.0.1:9/x"/></svg>',
    )
    bad("other", "other_workbook_named_csv", read_as(2), "会员名册.csv", xlsx)
    bad("other", "other_text_named_xlsx", read_as(2), "会员名册.xlsx", HONEST.encode)
    bad(
        "other",
        "other_old_record_cut",
        refused("damaged", "not_a_table", "encoding", "no_cells"),
        "a.xls",
        lambda: struct.pack("<HH", 0x809, 8),
    )


# --- honest files with bad names; the content is always the honest one

NAMES = {
    "long": "会员名册" + "很长" * 500 + ".csv",
    "turned": "会员名册\u202evsc.exe.csv",
    "isolated": "会员\u2066名册\u2069.csv",
    "invisible": "会\u200b员\ufeff名册.csv",
    "of_control_marks": "会员\x00\x07\x1b[31m名册.csv",
    "way_up": "../../../etc/会员名册.csv",
    "way_up_by_backslash": "..\\..\\windows\\会员名册.csv",
    "absolute": "/etc/cron.d/会员名册.csv",
    "of_a_device": "CON.csv",
    "picture": "![会员](http://127.0.0.1:9/x.png)名册.csv",
    "link": "[会员名册](javascript:alert(1)).csv",
    "page": "<img src=x onerror=alert(1)>会员名册.csv",
    "formula": "=HYPERLINK(\"http://x\")会员名册.csv",
    "tex": "$\\href{http://x}{会员名册}$.csv",
    "of_a_person": "会员名册990000199003071235.csv",
    "of_a_phone": "会员名册13900001234.csv",
    "without_ending": "会员名册",
    "only_an_ending": ".csv",
    "only_points": "....",
    "of_nothing": "",
    "of_half_a_letter": "会员\ud800名册.csv",
    "with_line_ends": "会员\r\n名册\u2028.csv",
}  # fmt: skip


def name_family() -> None:
    for name, upload in NAMES.items():
        bad("name", f"name_{name}", read_as(2), upload, HONEST.encode)


csv_family()
page_family()
other_family()
name_family()
