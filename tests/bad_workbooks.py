"""Bad workbooks: around the zip archive, within its XML, in binary records."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from bad_files import (
    HEADER,
    MAIN,
    PEOPLE,
    ROWS,
    Said,
    bad,
    cell,
    either,
    parts,
    read_as,
    refused,
    row,
    sheet,
    with_parts,
    xlsx,
    zipped,
)

from dashboard.importing.formats.compound import Compound

FILES = Path(__file__).parent / "files"
BROKEN = refused("damaged")
HEAVY = refused("too_complex", "reader_died", "no_cells")
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


# --- around the zip archive


def entry_field(data: bytes, name: bytes, at: int, value: bytes, local: int | None = None) -> bytes:
    """One field of an entry changed in the directory, and at `local` of its own header."""
    changed = bytearray(data)
    place = changed.rfind(name) - 46
    changed[place + at : place + at + len(value)] = value
    if local is not None:
        place = changed.find(name) - 30
        changed[place + local : place + local + len(value)] = value
    return bytes(changed)


def doubled(second: str, content: str) -> bytes:
    buffer = BytesIO(zipped(parts()))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as book:
        warnings.simplefilter("ignore")
        book.writestr(second, content)
    return buffer.getvalue()


def many_entries(count: int, name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        for number in range(count):
            book.writestr(f"xl/{number}{name}", b"")
    return buffer.getvalue()


def wrong_sum(name: str) -> bytes:
    """The entry's checksum is another's, in both places."""
    return entry_field(zipped(parts(texts="<si><t>x</t></si>")), name.encode(), 16, b"abcd", 14)


def damaged_inside(name: str) -> bytes:
    """A byte of the packed stream is another."""
    data = bytearray(zipped(parts()))
    at = data.find(name.encode()) + len(name) + 40
    data[at] ^= 0xFF
    return bytes(data)


def other_archive(**held: str) -> bytes:
    return zipped(
        {name.replace("__", "/").replace("_x_", "."): text for name, text in held.items()}
    )


def zip_family() -> None:
    def one(name: str, said: object, make: object, upload: str = "会员名册.xlsx") -> None:
        bad("zip", f"zip_{name}", said, upload, make)  # type: ignore[arg-type]

    whole = zipped(parts())
    one(
        "without_entries",
        refused("damaged", "not_a_table", "encoding", "no_cells"),
        lambda: zipped({}),
    )
    one("cut_in_half", BROKEN, lambda: whole[: len(whole) // 2])
    one("without_its_last_byte", BROKEN, lambda: whole[:-1])
    one("with_a_tail", either(2, "damaged"), lambda: whole + b"\0" * 100)
    one("without_its_first_byte", refused("not_a_table", "encoding", "damaged"), lambda: whole[1:])
    one("other_checksum_of_a_sheet", BROKEN, lambda: wrong_sum(SHEET))
    one("other_checksum_of_texts", BROKEN, lambda: wrong_sum("xl/sharedStrings.xml"))
    one("damaged_stream", BROKEN, lambda: damaged_inside(SHEET))
    one("two_of_one_name", BROKEN, lambda: doubled(SHEET, sheet(row(1, *HEADER))))
    one("two_names_by_case", BROKEN, lambda: doubled(SHEET.upper(), sheet()))
    one("two_names_by_slash", BROKEN, lambda: doubled(SHEET.replace("/", "\\"), sheet()))
    one("way_up", BROKEN, lambda: with_parts(**{"../../etc/cron.d/x": "x"}))
    one("absolute_path", BROKEN, lambda: with_parts(**{"/etc/cron.d/x": "x"}))
    one("way_up_by_backslash", BROKEN, lambda: with_parts(**{"..\\..\\x.dll": "x"}))
    one("sixty_thousand_entries", refused("too_complex"), lambda: many_entries(60_000, ".png"))
    one("endless_directory", refused("too_complex"), lambda: many_entries(6_000, "x" * 250))
    one(
        "under_a_password",
        refused("password", "damaged"),
        lambda: entry_field(whole, SHEET.encode(), 8, b"\1\0", 6),
    )
    one("unknown_compression", BROKEN, lambda: entry_field(whole, SHEET.encode(), 10, b"\x63\0", 8))
    one(
        "directory_says_less",
        BROKEN,
        lambda: entry_field(xlsx(" " * 9_000_000), SHEET.encode(), 24, b"\xe8\3\0\0"),
    )
    one(
        "directory_says_two_gigabytes",
        refused("too_complex"),
        lambda: entry_field(whole, SHEET.encode(), 24, b"\0\0\0\x80"),
    )
    one(
        "header_elsewhere",
        BROKEN,
        lambda: entry_field(whole, SHEET.encode(), 42, b"\xff\xff\xff\0"),
    )
    one(
        "two_entries_in_one_place",
        BROKEN,
        lambda: entry_field(whole, BOOK.encode(), 42, b"\0\0\0\0"),
    )
    one("directory_elsewhere", BROKEN, lambda: whole[:-6] + b"\xff\xff\xff\x7f" + whole[-2:])
    one("counts_of_zip64_without_it", BROKEN, lambda: whole[:-14] + b"\xff" * 12 + whole[-2:])
    one("pictures_only", refused("not_a_table"), lambda: zipped({"a.png": b"\x89PNG"}))
    one("of_workbooks", refused("not_a_table"), lambda: zipped({"a.xlsx": whole}))
    one(
        "is_a_word_document",
        refused("not_a_table"),
        lambda: zipped({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}),
    )
    one(
        "is_a_presentation",
        refused("not_a_table"),
        lambda: zipped({"ppt/presentation.xml": "<x/>"}),
    )
    one(
        "is_a_text_document",
        refused("not_a_table"),
        lambda: zipped(
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"},
            zipfile.ZIP_STORED,
        ),
    )
    one("is_encrypted_inside", refused("password"), lambda: zipped({"EncryptedPackage": b"x"}))
    one("bomb_of_blanks", HEAVY, lambda: xlsx(row(1, *HEADER) + " " * 80_000_000))
    one("empty_name", either(2, "damaged"), lambda: with_parts(**{" ": "x"}))
    one("spreads_over_disks", BROKEN, lambda: entry_field(whole, b"PK\5\6", 50, b"\5\0\5\0"))


# --- within the XML of an xlsx


def texts(*said: str) -> str:
    return "".join(f"<si><t>{text}</t></si>" for text in said)


def shared(index: str, *said: str) -> bytes:
    """The second person's name is this shared text."""
    named = row(3, *PEOPLE[1]).replace(cell("A3", "李四"), cell("A3", index, "s"))
    return xlsx(row(1, *HEADER) + row(2, *PEOPLE[0]) + named, texts=texts(*said))


def doctype(entities: str, text: str) -> bytes:
    xml = sheet(row(1, *HEADER) + row(2, text, "语文组", "2017-03-08"))
    head, _, rest = xml.partition("?>")
    return with_parts(**{SHEET: f"{head}?><!DOCTYPE x [{entities}]>{rest}"})


def far(place: str, number: int) -> bytes:
    return xlsx(row(1, *HEADER) + f'<row r="{number}"><c r="{place}"><v>1</v></c></row>')


def ledger(*amounts: str, before: str = "") -> bytes:
    """A cash book whose expenses are these cells' XML."""
    head = row(1, "日期", "凭证号", "科目", "摘要", "支出金额")
    rows = "".join(
        row(at, "2017-03-08", f"记-{at}", "职工活动支出", "活动").replace(
            "</row>", f"{amount}</row>"
        )
        for at, amount in enumerate(amounts, 2)
    )
    return zipped(parts({"收支台账": sheet(head + rows, before)}))


def amount(at: int, value: str, kind: str = "n") -> str:
    return cell(f"E{at}", value, kind)


def xlsx_family() -> None:
    def one(name: str, said: object, make: object, upload: str = "会员名册.xlsx") -> None:
        bad("xlsx", f"xlsx_{name}", said, upload, make)  # type: ignore[arg-type]

    one("far_cell", refused("too_complex"), lambda: far("XFD1048576", 1_048_576))
    one("far_row_within_few_columns", HEAVY, lambda: far("ZZ1048576", 1_048_576))
    one("far_column", refused("too_complex"), lambda: far("XFD2", 2))
    one(
        "row_beyond_the_last",
        refused("too_complex", "damaged", "reader_died"),
        lambda: far("A9999999", 9_999_999),
    )
    one(
        "row_number_of_twenty_digits",
        refused("too_complex", "damaged", "reader_died"),
        lambda: far("A99999999999999999999", 99_999_999_999_999_999_999),
    )
    one(
        "row_nought",
        either(2, "damaged", "reader_died"),
        lambda: xlsx('<row r="0"><c r="A0"><v>1</v></c></row>' + ROWS),
    )
    one(
        "row_below_nought",
        either(2, "damaged", "reader_died"),
        lambda: xlsx('<row r="-5"><c r="A-5"><v>1</v></c></row>' + ROWS),
    )
    one(
        "reference_of_letters_only",
        refused("damaged", "reader_died", "too_complex"),
        lambda: xlsx(ROWS + '<row r="4"><c r="ZZZZZZZZ"><v>1</v></c></row>'),
    )
    one("declared_range_only", read_as(2), lambda: xlsx(before='<dimension ref="A1:XFD1048576"/>'))
    one(
        "blank_cell_in_the_last_row",
        either(2, "too_complex"),
        lambda: xlsx(ROWS + '<row r="1048576"><c r="A1048576" s="0"/></row>'),
    )
    one(
        "more_cells_than_anybody_keeps",
        HEAVY,
        lambda: xlsx(row(1, *HEADER) + f"<row>{'<c><v>1</v></c>' * 100}</row>" * 4_000),
    )
    one(
        "sixteen_thousand_columns",
        refused("too_complex"),
        lambda: xlsx(f"<row>{'<c><v>1</v></c>' * 16_384}</row>"),
    )
    one(
        "styled_empty_rows",
        HEAVY,
        lambda: xlsx("".join(f'<row r="{n}" s="1"/>' for n in range(1, 900_000))),
    )
    one(
        "a_text_of_a_megabyte_20000_times",
        HEAVY,
        lambda: xlsx(
            "".join(f'<row r="{n}">{cell(f"A{n}", 0, "s")}</row>' for n in range(1, 20_001)),
            texts=texts("长" * 350_000),
        ),
    )
    one(
        "longest_legal_text_200000_times",
        HEAVY,
        lambda: xlsx(
            "".join(f'<row r="{n}">{cell(f"A{n}", 0, "s")}</row>' for n in range(1, 200_001)),
            texts=texts("长" * 32_767),
        ),
    )
    one(
        "unused_texts",
        either(2, "too_complex", "reader_died"),
        lambda: xlsx(texts=texts(*["x"] * 1_000_000)),
    )
    one(
        "laughs",
        BROKEN,
        lambda: doctype(
            '<!ENTITY a "ha">'
            + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)),
            "&j;",
        ),
    )
    one(
        "quadratic_laughs", BROKEN, lambda: doctype(f'<!ENTITY a "{"ha" * 50_000}">', "&a;" * 9_999)
    )
    one(
        "external_entity", BROKEN, lambda: doctype('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;")
    )
    one(
        "remote_entity", BROKEN, lambda: doctype('<!ENTITY e SYSTEM "http://127.0.0.1:9/x">', "&e;")
    )
    one(
        "document_type_alone",
        either(2, "damaged"),
        lambda: doctype("", "张三").replace(b"\0", b"\0"),
    )
    one(
        "entity_in_the_book",
        BROKEN,
        lambda: with_parts(**{BOOK: '<!DOCTYPE x [<!ENTITY e "e">]><workbook>&e;</workbook>'}),
    )
    one("deep_tags", refused("damaged", "reader_died", "no_cells"), lambda: xlsx("<row>" * 200_000))
    one("unclosed", refused("damaged", "reader_died"), lambda: with_parts(**{SHEET: sheet()[:-60]}))
    one(
        "crossed_tags",
        either(2, "damaged"),
        lambda: xlsx(ROWS.replace("</is></c></row>", "</is></row></c>", 1)),
    )
    one("no_xml_at_all", refused("damaged", "no_cells"), lambda: with_parts(**{SHEET: "no XML"}))
    one("empty_part", refused("damaged", "no_cells"), lambda: with_parts(**{SHEET: ""}))
    one("missing_part", refused("damaged", "no_cells"), lambda: with_parts(**{SHEET: None}))
    one(
        "missing_relations",
        refused("damaged", "no_cells"),
        lambda: with_parts(**{"xl/_rels/workbook.xml.rels": None}),
    )
    one(
        "relation_to_itself",
        refused("damaged", "no_cells"),
        lambda: with_parts(
            **{
                "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace(
                    "worksheets/sheet1.xml", "workbook.xml"
                )
            }
        ),
    )  # type: ignore[arg-type]
    one(
        "relation_to_the_net",
        refused("damaged", "no_cells"),
        lambda: with_parts(
            **{
                "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace(
                    'Target="worksheets/sheet1.xml"',
                    'Target="http://127.0.0.1:9/s.xml" TargetMode="External"',
                )
            }
        ),
    )  # type: ignore[arg-type]
    one(
        "relation_to_a_file",
        refused("damaged", "no_cells"),
        lambda: with_parts(
            **{
                "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace(
                    "worksheets/sheet1.xml", "../../../../etc/passwd"
                )
            }
        ),
    )  # type: ignore[arg-type]
    one(
        "no_sheets",
        refused("damaged", "no_cells"),
        lambda: with_parts(**{BOOK: f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}),
    )
    one(
        "no_utf8_inside",
        refused("damaged", "reader_died"),
        lambda: with_parts(**{SHEET: sheet().encode().replace("张三".encode(), b"\xff\xfe\xc0")}),
    )
    one(
        "utf16_inside",
        either(2, "damaged", "no_cells"),
        lambda: with_parts(**{SHEET: sheet().replace("UTF-8", "UTF-16").encode("utf-16")}),
    )
    one(
        "control_mark_in_a_name", either(2, "damaged"), lambda: xlsx(ROWS.replace("张三", "张\1三"))
    )
    one(
        "escaped_control_mark", either(2, "damaged"), lambda: xlsx(ROWS.replace("张三", "张&#0;三"))
    )
    one("row_number_twice", BROKEN, lambda: xlsx(ROWS + row(3, "王五", "语文组", "2017-03-08")))
    one(
        "rows_out_of_order",
        BROKEN,
        lambda: xlsx(row(1, *HEADER) + row(3, *PEOPLE[1]) + row(2, *PEOPLE[0])),
    )
    one(
        "cell_twice",
        BROKEN,
        lambda: xlsx(ROWS.replace("</row>", cell("A3", "王五") + "</row>", 3)),
    )
    one("text_number_beyond", BROKEN, lambda: shared("99", "李四"))
    one("text_number_below_nought", BROKEN, lambda: shared("-1", "姓名", "李四"))
    one("text_number_of_letters", BROKEN, lambda: shared("abc", "姓名", "李四"))
    one("text_number_with_a_point", BROKEN, lambda: shared("1.5", "姓名", "李四"))
    one("text_number_of_twenty_digits", BROKEN, lambda: shared("9" * 20, "姓名", "李四"))
    one(
        "texts_missing",
        refused("damaged"),
        lambda: xlsx(
            row(1, *HEADER) + f'<row r="2">{cell("A2", 0, "s")}{cell("B2", "语文组")}</row>'
        ),
    )
    one(
        "error_cells",
        read_as(1, "error_cell"),
        lambda: ledger(amount(2, "#REF!", "e"), amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "error_of_its_own_words",
        Said(("damaged",), 1, ("error_cell",)),
        lambda: ledger(amount(2, "#GIBT_ES_NICHT", "e"), amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "formula_never_calculated",
        read_as(1, "uncalculated"),
        lambda: ledger('<c r="E2"><f>SUM(A1)</f></c>', amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "amount_not_a_number",
        either(1, "damaged", "reader_died"),
        lambda: ledger(amount(2, "NaN"), amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "amount_endless",
        either(1, "damaged", "reader_died"),
        lambda: ledger(amount(2, "1e999"), amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "amount_of_400_digits",
        either(1, "damaged", "reader_died"),
        lambda: ledger(amount(2, "9" * 400), amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "amount_of_words",
        either(1, "damaged", "reader_died"),
        lambda: ledger(amount(2, "八十"), amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "unknown_kind_of_cell",
        either(1, "damaged", "reader_died"),
        lambda: ledger(amount(2, "80", "zzz"), amount(3, "80")),
        "收支台账2017.xlsx",
    )
    one(
        "day_before_time",
        read_as(2, "bad_date"),
        lambda: xlsx(row(1, *HEADER) + row(2, "张三", "语文组", -99_999) + row(3, *PEOPLE[1])),
    )
    one(
        "day_beyond_time",
        read_as(2, "bad_date"),
        lambda: xlsx(row(1, *HEADER) + row(2, "张三", "语文组", 1e300) + row(3, *PEOPLE[1])),
    )
    one(
        "number_of_a_person_as_number",
        read_as(2, "damaged_number", never=("9900001950010100",)),
        lambda: xlsx(
            row(1, "工号", *HEADER)
            + row(2, 990000195001010048, "张三", "语文组", "2017-03-08")
            + row(3, "1002", *PEOPLE[1])
        ),
    )
    one(
        "first_sheet_hidden",
        read_as(1, "hidden_sheet", never=("草稿甲",)),
        lambda: zipped(
            parts(
                {
                    "草稿": sheet(row(1, *HEADER) + row(2, "草稿甲", "语文组", "2017-03-08")),
                    "会员名册": sheet(row(1, *HEADER) + row(2, *PEOPLE[0])),
                },
                states={"草稿": "hidden"},
            )
        ),
    )
    one(
        "sheet_very_hidden",
        read_as(1, "hidden_sheet", never=("草稿甲",)),
        lambda: zipped(
            parts(
                {
                    "草稿": sheet(row(1, *HEADER) + row(2, "草稿甲", "语文组", "2017-03-08")),
                    "会员名册": sheet(row(1, *HEADER) + row(2, *PEOPLE[0])),
                },
                states={"草稿": "veryHidden"},
            )
        ),
    )
    one(
        "hidden_row",
        read_as(1, "hidden_rows", never=("李四",)),
        lambda: xlsx(
            row(1, *HEADER) + row(2, *PEOPLE[0]) + row(3, *PEOPLE[1], attributes=' hidden="1"')
        ),
    )
    one(
        "hidden_column",
        read_as(2, "hidden_columns", never=("语文组",)),
        lambda: xlsx(before='<cols><col min="2" max="2" hidden="1"/></cols>'),
    )
    one(
        "pictures_in_cells",
        read_as(2, "picture_cells", never=("DISPIMG",)),
        lambda: xlsx(
            row(1, *HEADER, "照片")
            + row(2, *PEOPLE[0]).replace(
                "</row>",
                '<c r="D2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f>'
                '<v>=DISPIMG("ID_1",1)</v></c></row>',
            )
            + row(3, *PEOPLE[1])
        ),
    )
    one(
        "headers_twice",
        read_as(2, "column_repeated"),
        lambda: xlsx(
            row(1, *HEADER, "部门") + row(2, *PEOPLE[0], "英语组") + row(3, *PEOPLE[1], "体育组")
        ),
    )
    one(
        "without_a_header",
        read_as(0, "no_header"),
        lambda: xlsx(row(1, *PEOPLE[0]) + row(2, *PEOPLE[1])),
        "a.xlsx",
    )
    one(
        "merged_over_each_other",
        either(0, "damaged"),
        lambda: xlsx(
            after='<mergeCells><mergeCell ref="A1:C3"/>'
            '<mergeCell ref="B2:XFD1048576"/></mergeCells>'
        ),
    )
    one(
        "hundred_thousand_merges",
        either(2, "too_complex", "reader_died"),
        lambda: xlsx(after="<mergeCells>" + '<mergeCell ref="E1:F2"/>' * 100_000 + "</mergeCells>"),
    )
    one(
        "merge_of_nonsense",
        either(2, "damaged", "reader_died"),
        lambda: xlsx(after='<mergeCells><mergeCell ref="A1:B"/><mergeCell ref=""/></mergeCells>'),
    )
    one(
        "two_sheets_of_one_name",
        either(4, "damaged"),
        lambda: with_parts(
            **{
                BOOK: parts({"a": sheet(), "b": sheet()})[BOOK].replace('"b"', '"a"'),  # type: ignore[arg-type]
                "xl/worksheets/sheet2.xml": sheet(),
                "xl/_rels/workbook.xml.rels": parts({"a": sheet(), "b": sheet()})[
                    "xl/_rels/workbook.xml.rels"
                ],
            }
        ),
    )
    one(
        "three_hundred_empty_sheets",
        refused("no_cells", "too_complex"),
        lambda: zipped(parts({f"s{n}": sheet("") for n in range(300)})),
    )
    one(
        "name_that_is_a_formula",
        read_as(2, never=()),
        lambda: xlsx(ROWS.replace("张三", "=HYPERLINK(&quot;http://x&quot;)")),
    )
    one(
        "link_to_the_net",
        read_as(2),
        lambda: xlsx(
            after='<hyperlinks><hyperlink ref="A2" location="javascript:alert(1)"/></hyperlinks>'
        ),
    )
    one(
        "macros_beside",
        read_as(2),
        lambda: with_parts(**{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    )
    one(
        "nothing_but_a_chart",
        refused("no_cells", "damaged"),
        lambda: with_parts(
            **{
                "xl/_rels/workbook.xml.rels": parts()["xl/_rels/workbook.xml.rels"].replace(
                    "/worksheet", "/chartsheet"
                ),  # type: ignore[arg-type]
                SHEET: f'<chartsheet xmlns="{MAIN}"/>',
            }
        ),
    )


# --- binary records

BOF = b"\x09\x08\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00"
EOF = b"\x0a\x00\x00\x00"


def biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def old(name: str = "members_other.xls") -> bytearray:
    return bytearray((FILES / name).read_bytes())


def records(data: bytes) -> list[tuple[int, int, int]]:
    """(kind, its place in the stream, its length) of every record of the workbook's stream."""
    stream, at, found = Compound(data).stream("Workbook", "Book"), 0, []
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        found.append((kind, at, length))
        at += 4 + length
    return found


def in_record(kind: int, place: int, value: bytes, nth: int = 0) -> bytes:
    """The nth record of that kind, with other bytes from `place` on (-4: its kind, -2: its
    length, 0: its content).
    """
    data = old()
    whole = Compound(bytes(data))
    at = [at for found, at, _ in records(bytes(data)) if found == kind][nth] + 4 + place
    for offset, byte in enumerate(value):
        data[whole.spot(at + offset, "Workbook", "Book")] = byte
    return bytes(data)


def compound(fat: list[int], more: bytes = b"") -> bytes:
    """A compound file's header and one table of sectors."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    header[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header[44:76] = struct.pack("<IIIIIIII", 1, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header[76:512] = struct.pack("<I", 0) + b"\xff" * 432
    return bytes(header) + struct.pack("<128I", *(fat * 128)[:128]) + more


def xls_family() -> None:
    def one(name: str, said: object, make: object) -> None:
        bad("xls", f"xls_{name}", said, "会员名册.xls", make)  # type: ignore[arg-type]

    dead = refused("damaged", "reader_died", "too_complex")
    workbook = "Workbook".encode("utf-16-le")
    one("shell_without_content", dead, lambda: compound([0xFFFFFFFE]) + workbook * 99)
    one("sectors_in_a_circle", dead, lambda: compound([0], workbook * 32))
    one("sectors_beyond_the_end", dead, lambda: compound([0x7FFFFFFF], workbook * 32))
    one(
        "sector_size_of_nonsense", dead, lambda: bytes(old()[:30]) + b"\xff\xff" + bytes(old()[32:])
    )
    one(
        "word_document",
        refused("not_a_table", "damaged"),
        lambda: compound([0xFFFFFFFE], "WordDocument".encode("utf-16-le")),
    )
    one(
        "encrypted_shell",
        refused("password"),
        lambda: compound([0xFFFFFFFE], "EncryptedPackage".encode("utf-16-le")),
    )
    one(
        "under_a_password",
        refused("password", "damaged", "reader_died"),
        lambda: in_record(0x42, -4, struct.pack("<HH", 0x2F, 2)),
    )
    one(
        "cut_in_half",
        refused("damaged", "reader_died", "not_a_table"),
        lambda: bytes(old()[: len(old()) // 2]),
    )
    one("record_longer_than_the_file", dead, lambda: in_record(0xFC, -2, b"\xff\xff"))
    one(
        "texts_count_lies",
        either(2, "damaged", "reader_died", "too_complex"),
        lambda: in_record(0xFC, 0, b"\xff\xff\xff\x7f\xff\xff\xff\x7f"),
    )
    one("text_longer_than_its_record", dead, lambda: in_record(0xFC, 8, b"\xff\xff"))
    one("text_number_beyond", dead, lambda: in_record(0xFD, 6, b"\xff\xff\xff\x7f"))
    one("sheet_beyond_the_end", dead, lambda: in_record(0x85, 0, b"\xff\xff\xff\x7f"))
    one("sheet_in_the_middle_of_a_record", dead, lambda: in_record(0x85, 0, b"\x11\0\0\0"))
    one("rows_far_apart", dead, lambda: in_record(0xFD, 0, struct.pack("<HH", 65_535, 255)))
    one("bare_without_end", refused("damaged", "no_cells", "reader_died"), lambda: BOF)
    one(
        "bare_far_cell",
        dead,
        lambda: BOF + biff(0x203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0)) + EOF,
    )
    one("bare_record_cut", dead, lambda: BOF + biff(0x203, bytes(14))[:-5])
    one("bare_length_lies", dead, lambda: BOF + struct.pack("<HH", 0x203, 0xFFFF) + bytes(14))
    one(
        "bare_text_longer_than_its_record",
        either(0, "damaged", "reader_died"),
        lambda: BOF + biff(0x204, struct.pack("<HHHH", 0, 0, 0, 60_000) + b"abc") + EOF,
    )
    one(
        "bare_zeros_for_records",
        refused("damaged", "no_cells", "reader_died"),
        lambda: BOF + bytes(4_000),
    )


def xlsb(part: str, at: int, value: bytes) -> bytes:
    """members_other.xlsb with bytes of one part changed."""
    source = zipfile.ZipFile(FILES / "members_other.xlsb")
    held: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
    content = bytearray(held[part])  # type: ignore[arg-type]
    content[at : at + len(value)] = value
    return zipped(held | {part: bytes(content)})


def cut_xlsb(part: str, length: int) -> bytes:
    source = zipfile.ZipFile(FILES / "members_other.xlsb")
    held: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
    return zipped(held | {part: held[part][:length]})


def far_xlsb(row_number: int) -> bytes:
    """The first row says that it is this one."""
    content = zipfile.ZipFile(FILES / "members_other.xlsb").read("xl/worksheets/sheet1.bin")
    at = content.index(b"\x91\x01") + 2  # the data begins
    while content[at] != 0:  # to the first row's record: its kind, its length, its number
        at += 1
    return xlsb("xl/worksheets/sheet1.bin", at + 2, struct.pack("<I", row_number))


def xlsb_family() -> None:
    dead = refused("damaged", "reader_died", "too_complex", "no_cells")
    page, book = "xl/worksheets/sheet1.bin", "xl/workbook.bin"
    for name, make in {
        "sheet_cut": lambda: cut_xlsb(page, 200),
        "sheet_empty": lambda: cut_xlsb(page, 0),
        "sheet_of_ones": lambda: xlsb(page, 0, b"\xff" * 400),
        "book_of_ones": lambda: xlsb(book, 0, b"\xff" * 40),
        "relations_cut": lambda: cut_xlsb("xl/_rels/workbook.bin.rels", 100),
        "row_beyond_the_last": lambda: far_xlsb(0x7FFFFFFF),
        "row_far_away": lambda: far_xlsb(1_048_575),
        "book_cut": lambda: cut_xlsb("xl/workbook.bin", 30),
    }.items():
        bad("xlsb", f"xlsb_{name}", dead, "会员名册.xlsb", make)


def ods(rows: str, head: str = "", **more: str | bytes) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content xmlns:office="{space}:office:1.0"'
        f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="会员名册">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    manifest = {"META-INF/manifest.xml": f'<m:manifest xmlns:m="{space}:manifest:1.0"/>'}
    return zipped({**kind, **manifest, "content.xml": content, **more}, zipfile.ZIP_STORED)


def ods_row(*values: str, attributes: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        for value in values
    )
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def ods_family() -> None:
    def one(name: str, said: object, make: object) -> None:
        bad("ods", f"ods_{name}", said, "会员名册.ods", make)  # type: ignore[arg-type]

    honest = ods_row(*HEADER) + ods_row(*PEOPLE[0]) + ods_row(*PEOPLE[1])
    million, wide = (
        ' table:number-rows-repeated="1048573"',
        ' table:number-columns-repeated="16384"',
    )
    one(
        "repeats_without_end",
        refused("too_complex", "damaged", "reader_died"),
        lambda: ods(
            ods_row("张")
            .replace("<table:table-cell", f"<table:table-cell{wide}")
            .replace("<table:table-row", f"<table:table-row{million}")
        ),
    )
    one(
        "errors_without_end",
        refused("too_complex", "damaged", "reader_died"),
        lambda: ods(
            f'<table:table-row{million}><table:table-cell table:formula="of:=1"{wide}/>'
            "</table:table-row>"
        ),
    )
    one(
        "empty_rows_to_the_end",
        read_as(2),
        lambda: ods(
            f"{honest}<table:table-row{million}><table:table-cell{wide}/></table:table-row>"
        ),
    )
    one(
        "repeats_below_nought",
        either(2, "damaged", "reader_died"),
        lambda: ods(
            honest + '<table:table-row table:number-rows-repeated="-9"><table:table-cell/>'
            "</table:table-row>"
        ),
    )
    one(
        "repeats_of_twenty_digits",
        either(2, "damaged", "reader_died", "too_complex"),
        lambda: ods(honest + ods_row("x", attributes=f' table:number-rows-repeated="{"9" * 20}"')),
    )
    one(
        "laughs",
        refused("damaged"),
        lambda: ods(ods_row("&b;"), '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
    )
    one(
        "external_entity",
        refused("damaged"),
        lambda: ods(ods_row("&a;"), '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    )
    one(
        "under_a_password",
        refused("password"),
        lambda: ods(honest, **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
    )
    one(
        "without_content",
        refused("damaged", "not_a_table", "no_cells"),
        lambda: zipped(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED
        ),
    )
    one(
        "day_that_is_none",
        read_as(2),
        lambda: ods(
            ods_row(*HEADER)
            + ods_row(*PEOPLE[1])
            + ods_row("张三", "语文组").replace(
                "</table:table-row>",
                '<table:table-cell office:value-type="date" '
                'office:date-value="2017-02-31"/></table:table-row>',
            )
        ),
    )
    one(
        "number_that_is_none",
        either(2, "damaged", "reader_died"),
        lambda: ods(
            honest.replace(
                "</table:table-row>",
                '<table:table-cell office:value-type="float" '
                'office:value="abc"/></table:table-row>',
                1,
            )
        ),
    )
    one(
        "tables_in_tables",
        either(2, "damaged", "no_cells", "reader_died"),
        lambda: ods(honest + "<table:table-row><table:table-cell>" * 3_000),
    )


def packed_bytes() -> None:
    """Streams that lie about themselves, whatever they hold."""
    squeezed = zlib.compress(bytes(50_000_000), 9)
    bad(
        "zip",
        "zip_naked_stream",
        refused("not_a_table", "encoding", "damaged"),
        "a.xlsx",
        lambda: squeezed,
    )


zip_family()
xlsx_family()
xls_family()
xlsb_family()
ods_family()
packed_bytes()
