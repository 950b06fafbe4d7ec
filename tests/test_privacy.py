"""Identity numbers, phones and bank cards never reach the disk: the files' bytes are searched."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from dashboard.cli import main

# Made up; the region 990000 does not exist, the check digits are right.
IDENTITY, PHONE, CARD = "990000199003071235", "13900001234", "6222021234567890128"
SECRETS = (IDENTITY, PHONE, CARD, "平安路7号")


def staff_file(path: Path) -> None:
    """Personal numbers in their columns, as numbers, in notes, glued to a name, in the title."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet(f"名册{PHONE}")
    page.write_row(0, 0, [f"教职工名册 2017年9月1日 联系人{PHONE}"])
    headers = [
        "工号",
        "姓名",
        "部门",
        "入职日期",
        "身份证号",
        "手机",
        "银行卡号",
        "家庭住址",
        "备注",
        "其他",
    ]
    page.write_row(1, 0, headers)
    page.write_row(2, 0, ["1", f"张三{PHONE}", "语文组", "2010-9-1", IDENTITY, int(PHONE), CARD,
                          "平安路7号", f"卡{CARD}，证{IDENTITY}", PHONE])  # fmt: skip
    page.write_row(
        3, 0, [IDENTITY, "李四", "语文组", "待定", IDENTITY, PHONE, CARD, None, IDENTITY]
    )
    page.write_row(4, 0, ["3", None, PHONE, IDENTITY, None, None, None, None, f"电话 {PHONE}"])
    book.close()


def test_no_personal_number_is_on_the_disk_or_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in" / f"花名册{PHONE}.xlsx"
    source.parent.mkdir()
    staff_file(source)
    data = tmp_path / "data"
    assert main(["inspect", str(source), "--json"]) == 0
    assert main(["import", str(source), "--data", str(data), "--json"]) == 0
    assert main(["metrics", "--data", str(data), "--json"]) == 0
    printed = capsys.readouterr()
    stored = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert "张三".encode() in stored, "the search would find what is there"
    for secret in SECRETS:
        assert secret not in printed.out + printed.err
        for encoding in ("utf-8", "utf-16-le"):
            assert secret.encode(encoding) not in stored
        if secret.isdigit():
            assert int(secret).to_bytes(8, "little") not in stored
