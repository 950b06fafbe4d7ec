"""One person is found, and deleted down to the bytes; money and everybody else stay."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from arrivals import arrival, spent
from kept import school, without_marts
from schools import keyed, person

from dashboard import audit
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedRequest
from dashboard.keeping import backups, carrying, deeds
from dashboard.keeping.words import DELETED, preview
from dashboard.persons import erasing, finding
from dashboard.persons.correcting import asked, correct
from dashboard.persons.erasing import Deletion, delete
from dashboard.persons.finding import Found, sought
from dashboard.persons.holding import handed_over
from dashboard.warehouse.erasing import Erasure
from dashboard.workspaces import Workspaces

NAME, NUMBER = "欧阳海棠", "T90417"
DAY, LATER = date(2025, 9, 1), date(2026, 3, 1)
HER = person(NUMBER, NAME, "语文组", sex="female", birth_date=date(1979, 4, 23))


def load(spaces: Workspaces, dataset: str, rows: list[dict[str, Any]], **more: Any) -> int:
    held = keyed(dataset, rows)
    return spaces.warehouse("school").load([arrival(dataset, held, **more)]).import_id


def fill(spaces: Workspaces) -> None:
    """A school in which she stands everywhere, in two rosters, changed rows and backups."""
    others = [person(f"T{n}", f"某人{n}") for n in range(1, 6)]
    load(spaces, "staff", [HER, *others], as_of=DAY, file=f"名册 {NAME}.xlsx")
    load(spaces, "staff", [HER | {"post": "教研组长"}, *others], as_of=DAY)
    load(spaces, "members", [HER, *others], as_of=LATER)
    raws: list[dict[str, str]] = [{"beneficiary": f"{NAME}老师"}, {}]
    paid = spent("300", summary=f"慰问{NAME}（工号 {NUMBER}）", beneficiary=NAME)
    load(spaces, "ledger", [paid, spent("20", summary="茶叶")], raws=raws)
    case = {"proposal_no": "1", "submitted_on": DAY, "title": "增设饮水机"}
    case |= {"proposer": f"{NAME}、某人1", "grounds": "欧陽 海棠等人反映"}
    load(spaces, "proposals", [case])
    plan = {"name": "秋游", "held_on": DAY, "place": "植物园", "owner": NAME}
    load(spaces, "activities", [plan, plan | {"name": "冬训", "owner": "某人1"}])
    came = {"activity": "运动会", "place": "操场", "held_on": DAY, "presence": "present"}
    load(spaces, "attendance", [came | HER, came | person(None, NAME, "语文组"), came | others[0]])
    deeds.back_up(spaces, "local", at=datetime(2026, 3, 4, 12))


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as found:
        fill(found)
        yield found


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Workspaces]:
    """With everything that is told of the registers, as in use."""
    with school(tmp_path / "data") as found:
        fill(found)
        yield found


def found(spaces: Workspaces, name: str = NAME) -> Found:
    with spaces.warehouse("school").snapshot() as reader:
        return sought(reader, name)


def all_of(found: Found) -> Erasure:
    return finding.erasure(found, found.bearers, found.mentions, erasing.instead())


def deleted(spaces: Workspaces) -> Deletion:
    return delete(spaces, all_of(found(spaces)), "local")


def hits(folder: Path, *words: str) -> set[str]:
    """Files in whose bytes one of the words stands."""
    sought = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "gb18030")]
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in sought)
    }


def total(spaces: Workspaces) -> tuple[int, str]:
    sql = "select count(*) as rows, sum(expense)::varchar as paid from ledger"
    (row,) = spaces.warehouse("school").read(sql)
    return row["rows"], row["paid"]


# --- T30 -------------------------------------------------------------------------------------


def test_no_byte_of_somebody_deleted_is_left(whole: Workspaces) -> None:
    before = hits(whole.data, NAME, NUMBER)
    assert {"school/ledger.jsonl", "backups/school/by_hand/20260304-120000/dashboard.duckdb"} <= (
        before
    ), "a test that finds nothing before finds nothing"
    done = deleted(whole)
    assert done.traces == ()
    assert hits(whole.data, NAME, NUMBER, "欧陽 海棠") == set()
    whole.close()
    assert hits(whole.data, NAME, NUMBER, "欧陽 海棠") == set()


def test_the_books_stay_and_name_nobody(spaces: Workspaces) -> None:
    before = total(spaces)
    deleted(spaces)
    assert total(spaces) == before
    read = spaces.warehouse("school").read
    (paid,) = read("select summary, beneficiary, raw from ledger where expense = 300")
    assert paid["beneficiary"].startswith("已删除人员")
    assert paid["summary"] == f"慰问{paid['beneficiary']}（工号 {paid['beneficiary']}）"
    owners = read("select name, place, owner from activities order by name")
    assert owners[1] == {"name": "秋游", "place": "植物园", "owner": paid["beneficiary"]}
    assert owners[0]["owner"] == "某人1"
    (case,) = read("select proposer, grounds, title from proposals")
    assert case["proposer"] == f"{paid['beneficiary']}、某人1"
    assert case["title"] == "增设饮水机"


BROKEN = [NAME[:2] + blank + NAME[2:] for blank in ("\n", "\t", "\u3000", "\r\n")]
BROKEN += ["\n".join(NAME)]


def test_a_name_that_a_narrow_cell_broke_goes_from_what_the_cell_said(spaces: Workspaces) -> None:
    said = [f"慰问{name}（{NUMBER}）" for name in BROKEN]
    held = keyed("ledger", [spent("8", summary=words) for words in said])
    raws = [{"summary": words, "note": f"{NUMBER} 签收"} for words in said]
    warehouse = spaces.warehouse("school")
    warehouse.load([arrival("ledger", held, raws=raws, file=f"{BROKEN[0]}.xlsx")])
    assert deleted(spaces).traces == ()
    assert hits(spaces.data, NAME[2:], NUMBER, *BROKEN) == set()
    spaces.warehouse("school").load([arrival("ledger", held, raws=raws)])
    rows = spaces.warehouse("school").read("select raw from ledger where expense = 8")
    assert [row["raw"].count("已删除人员") for row in rows] == [3] * len(BROKEN)


def test_a_name_that_was_read_as_several_goes_as_the_one_it_is(spaces: Workspaces) -> None:
    case = {"proposal_no": "2", "submitted_on": DAY, "title": "停车"}
    case |= {"proposer": "欧阳、海棠", "seconders": "某人1、欧、阳海棠、某人2"}
    old = [arrival("proposals", keyed("proposals", [case]))]
    spaces.warehouse("school").load(old)
    deleted(spaces)
    spaces.warehouse("school").load(old)
    sql = "select proposer, seconders from proposals where proposal_no = '2'"
    (row,) = spaces.warehouse("school").read(sql)
    assert row["seconders"] == f"某人1、{row['proposer']}、某人2"
    assert row["proposer"].startswith("已删除人员")


def test_two_who_are_known_are_no_name_in_pieces(spaces: Workspaces) -> None:
    load(spaces, "staff", [person(f"T8{n}", name) for n, name in enumerate(("海棠", "欧阳"))],
         as_of=LATER)  # fmt: skip
    case = {"proposal_no": "2", "submitted_on": DAY, "title": "停车", "proposer": "欧阳、海棠"}
    load(spaces, "proposals", [case])
    deleted(spaces)
    sql = "select proposer from proposals where proposal_no = '2'"
    assert spaces.warehouse("school").read(sql) == [{"proposer": "欧阳、海棠"}]


def test_a_trace_of_a_broken_name_is_found_wherever_it_lies(spaces: Workspaces) -> None:
    """Within a piece that is read at once, and across two."""
    names = [NAME, *BROKEN, r"欧阳\n海棠", r"欧\u3000阳\r\n海\t棠"]
    codes, places = ("utf-8", "utf-16-le", "gb18030"), (0, (1 << 20) - 7, (1 << 20) - 1)
    every = [b"x" * at + name.encode(code) for name in names for code in codes for at in places]
    for nth, left in enumerate(every):
        (spaces.data / f"left{nth:02}.bin").write_bytes(left + b"x" * 99)
    assert deleted(spaces).traces == tuple(f"left{nth:02}.bin" for nth in range(len(every)))


def test_a_key_made_of_words_is_that_of_the_new_words(spaces: Workspaces) -> None:
    deleted(spaces)
    for row in spaces.warehouse("school").read("from ledger"):
        assert row["row_key"] == DATASETS["ledger"].key(row)


def test_everybody_else_stays(spaces: Workspaces) -> None:
    deleted(spaces)
    read = spaces.warehouse("school").read
    assert read("select count(*) as n from staff") == [{"n": 5}]
    assert read("select count(*) as n from members") == [{"n": 5}]
    assert read("select count(*) as n from attendance") == [{"n": 1}]


def test_the_ledger_outside_agrees_with_what_is_left(spaces: Workspaces) -> None:
    deleted(spaces)
    assert spaces.warehouse("school").verify().findings == ()
    load(spaces, "ledger", [spent("5", summary="信封")])
    spaces.close()
    assert spaces.warehouse("school").verified.findings == ()


def test_an_undo_brings_nobody_back(spaces: Workspaces) -> None:
    deleted(spaces)
    warehouse = spaces.warehouse("school")
    for _ in range(7):
        standing = [one for one in warehouse.history() if not one.undone_at]
        warehouse.undo(standing[0].import_id)
        assert found(spaces).bearers == ()
        assert hits(spaces.data, NAME, NUMBER) == set()
    assert warehouse.verify().findings == ()


def test_a_backup_is_whole_and_says_so_after_it(spaces: Workspaces) -> None:
    deleted(spaces)
    for kept in backups.listed(spaces.data):
        assert kept.is_whole
    assert {one.kind for one in backups.listed(spaces.data)} == {"by_hand", "weekly", "monthly"}
    done = deeds.restore(spaces, backups.distinct(spaces.data)[0], "local")
    assert done.preview.manifest.made_at == datetime(2026, 3, 4, 12)
    assert found(spaces).bearers == ()


def test_a_backup_that_was_taken_away_brings_nobody_back(spaces: Workspaces) -> None:
    taken = io.BytesIO()
    carrying.zipped(backups.distinct(spaces.data)[0], taken)
    before = total(spaces)
    deleted(spaces)
    with carrying.unpacked(spaces.data, taken, "taken.zip") as backup:
        seen = deeds.restore(spaces, backup, "local").preview
    assert DELETED.format(count=1) in preview(seen)
    assert found(spaces).bearers == found(spaces).mentions == ()
    assert hits(spaces.data, NAME, NUMBER, "欧陽 海棠") == set()
    assert total(spaces) == before
    assert spaces.warehouse("school").verify().findings == ()
    told = spaces.warehouse("school").load(
        [arrival("staff", keyed("staff", [HER, person("T1", "某人1")]), as_of=LATER)]
    )
    assert told.sheets[0].left_out == (5,)


def test_the_audit_log_says_that_somebody_was_deleted_and_not_who(spaces: Workspaces) -> None:
    deleted(spaces)
    last = audit.entries(spaces.data)[-1]
    assert last.act == "person_deleted"
    assert NAME not in str(last)


# --- who is meant ----------------------------------------------------------------------------


def test_a_namesake_is_told_apart_and_left_alone(spaces: Workspaces) -> None:
    load(spaces, "staff", [person("T777", NAME, "数学组")], as_of=LATER)
    seen = found(spaces)
    assert [one.number for one in seen.bearers] == ["T777", NUMBER]
    mine = seen.bearers[1]
    assert mine.counts == {"staff": 1, "members": 1, "attendance": 2}
    erasure = finding.erasure(seen, [mine], [], erasing.instead())
    assert erasure.only_there
    delete(spaces, erasure, "local")
    left = found(spaces)
    assert [one.number for one in left.bearers] == ["T777"]
    assert {one.register for one in left.mentions} == {"ledger", "proposals", "activities"}


def test_rows_said_to_mean_somebody_lose_the_name_others_keep_it(spaces: Workspaces) -> None:
    load(spaces, "staff", [person("T777", NAME, "数学组")], as_of=LATER)
    seen = found(spaces)
    meant = [one for one in seen.mentions if one.register == "ledger"]
    delete(spaces, finding.erasure(seen, [seen.bearers[1]], meant, "已删除人员X"), "local")
    assert {one.register for one in found(spaces).mentions} == {"proposals", "activities"}


def test_a_backup_with_a_namesake_of_then_is_named_and_nothing_is_changed(
    spaces: Workspaces,
) -> None:
    number = load(spaces, "staff", [person("T777", NAME, "数学组")], as_of=LATER)
    deeds.back_up(spaces, "local", at=datetime(2026, 3, 5, 12))
    spaces.warehouse("school").undo(number)
    with pytest.raises(RefusedRequest) as refused:
        deleted(spaces)
    assert refused.value.code == "backup_keeps"
    assert "20260305-120000" in refused.value.message.zh
    assert len(found(spaces).bearers) == 1
    done = delete(spaces, all_of(found(spaces)), "local", give_up_backups=True)
    assert [name for name, _ in done.gone] == ["20260305-120000"]
    assert hits(spaces.data, NAME, NUMBER) == set()


def test_words_that_only_look_like_the_name_can_be_spared(spaces: Workspaces) -> None:
    load(spaces, "proposals", [{"proposal_no": "9", "submitted_on": DAY,
                                "title": f"{NAME}纪念馆参观"}])  # fmt: skip
    seen = found(spaces)
    meant = [one for one in seen.mentions if "纪念馆" not in str(one.words)]
    delete(spaces, finding.erasure(seen, seen.bearers, meant, erasing.instead()), "local")
    titles = {
        row["title"] for row in spaces.warehouse("school").read("select title from proposals")
    }
    assert f"{NAME}纪念馆参观" in titles


def test_who_is_only_named_in_the_books_is_deleted_there(spaces: Workspaces) -> None:
    load(spaces, "ledger", [spent("8", summary="司马望月演出费", beneficiary="司马望月")])
    seen = found(spaces, "司马望月")
    assert [one.counts for one in seen.bearers] == [{}]
    done = delete(spaces, all_of(seen), "local")
    assert done.erased.unnamed == {"ledger": 1}
    assert done.traces == ()
    assert hits(spaces.data, "司马望月") == set()


def test_who_is_in_no_register_is_nobody(spaces: Workspaces) -> None:
    seen = found(spaces, "查无此人")
    assert (seen.bearers, seen.mentions) == ((), ())
    with pytest.raises(RefusedRequest):
        delete(spaces, all_of(seen), "local")


def test_every_register_says_what_becomes_of_its_rows() -> None:
    assert {one.on_delete for one in DATASETS.values()} == {"remove", "unname"}


# --- handed over and corrected ---------------------------------------------------------------


def told(spaces: Workspaces) -> list[tuple[str, ...]]:
    seen = found(spaces)
    return [item.line("zh") for item in handed_over(spaces, seen, seen.bearers, "local")]


def test_all_that_is_held_is_handed_over_with_its_cell(spaces: Workspaces) -> None:
    lines = told(spaces)
    born = [line for line in lines if line[2:4] == ("出生日期", "1979-04-23")]
    assert born[0] == ("教职工名册 2025-09-01", "现有", *born[0][2:4], "账.xlsx", "表1", "A5")
    assert [line[1] for line in born] == ["现有", "以前的内容（供撤销）", "现有"]
    assert ("教职工名册 2025-09-01", "现有", "岗位", "教研组长", "账.xlsx", "表1", "A5") in lines
    named = {line[0] for line in lines if line[1] == "提到此姓名"}
    assert named == {"经费收支明细", "提案登记", "活动台账"}
    assert not any("某人2" in part for line in lines for part in line)
    assert audit.entries(spaces.data)[-1].act == "person_exported"


def test_what_is_wrong_is_corrected_noted_and_can_be_undone(spaces: Workspaces) -> None:
    who = finding.person(found(spaces).bearers)
    change = asked("staff", who, "birth_date", date(1979, 4, 23), "1979-04-24")
    number = correct(spaces, change, "u3", "李老师")
    warehouse = spaces.warehouse("school")
    born = "select birth_date from staff where staff_no = 'T90417'"
    assert warehouse.read(born) == [{"birth_date": date(1979, 4, 24)}]
    assert warehouse.history()[0].files == ("更正",)
    assert "1979" not in str(audit.entries(spaces.data)[-1])
    warehouse.undo(number)
    assert warehouse.read(born) == [{"birth_date": date(1979, 4, 23)}]
    assert warehouse.verify().findings == ()


def test_a_corrected_name_is_found_by_the_next_roster(spaces: Workspaces) -> None:
    who = finding.person(found(spaces).bearers)
    correct(spaces, asked("attendance", who, "name", NAME, "欧阳海"), "local")
    rows = spaces.warehouse("school").read("from attendance where name = '欧阳海'")
    assert len(rows) == 2
    assert {row["row_key"] for row in rows} == {DATASETS["attendance"].key(row) for row in rows}


@pytest.mark.parametrize(("field", "words"), [("birth_date", "昨天"), ("sex", "x"), ("name", "")])
def test_what_the_register_cannot_hold_is_refused(
    spaces: Workspaces, field: str, words: str
) -> None:
    who = finding.person(found(spaces).bearers)
    with pytest.raises(RefusedRequest) as refused:
        asked("staff", who, field, None, words)
    assert refused.value.code == "bad_value"


# --- files that still have them --------------------------------------------------------------


def test_an_old_file_brings_nobody_back(spaces: Workspaces) -> None:
    deleted(spaces)
    came = {"activity": "运动会", "held_on": DAY, "presence": "present"}
    other = person("T1", "某人1")
    alone = [came | person(None, NAME, None), came | person(None, "欧陽海棠", "语文组")]
    held = [arrival("staff", keyed("staff", [HER, other]), as_of=LATER),
            arrival("attendance", keyed("attendance", [*alone, came | other]))]  # fmt: skip
    told = spaces.warehouse("school").load(held)
    assert [sheet.left_out for sheet in told.sheets] == [(5,), (5, 6)]
    assert found(spaces).bearers == ()


def test_an_old_ledger_finds_its_lines_again_and_no_yuan_is_counted_twice(
    spaces: Workspaces,
) -> None:
    before = total(spaces)
    deleted(spaces)
    paid = spent("300", summary=f"慰问{NAME}（工号 T90417）", beneficiary="欧陽 海棠")
    line = spent("12", summary="订书机")
    told = spaces.warehouse("school").load([arrival("ledger", keyed("ledger", [paid, line]))])
    assert told.sheets[0].unnamed == 1
    assert found(spaces).mentions == ()
    assert total(spaces) == (before[0] + 1, "332.0000")


def test_a_new_colleague_of_that_name_is_imported(spaces: Workspaces) -> None:
    deleted(spaces)
    new = person("T999", NAME, "数学组")
    load(spaces, "staff", [new], as_of=LATER)
    load(spaces, "proposals", [{"proposal_no": "7", "submitted_on": LATER, "proposer": NAME}])
    seen = found(spaces)
    assert [one.number for one in seen.bearers] == ["T999"]
    assert [one.register for one in seen.mentions] == ["proposals"]
