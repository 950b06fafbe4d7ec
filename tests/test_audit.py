"""The audit log: nothing personal gets in, and nothing is changed in it unseen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import audit
from dashboard.audit.head import SIZE, Head, read, write
from dashboard.errors import BadDefinition, WorkspaceBusy
from dashboard.settings import ROOT

LOG, HEAD = "audit.jsonl", "audit.head"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small log of four lines."""
    data = tmp_path / "data"
    audit.note(data, "signed_in", "u1", NOON)
    audit.note(data, "imported", "u1", NOON, import_id=1, dataset="members", rows=120)
    audit.note(data, "exported", "u22", NOON, kind="xlsx", pages="overview,funds.3")
    audit.note(data, "undone", "local", NOON, import_id=1)
    return data


def lines(folder: Path) -> list[bytes]:
    return (folder / LOG).read_bytes().splitlines(keepends=True)


def put(folder: Path, *written: bytes) -> None:
    (folder / LOG).write_bytes(b"".join(written))


# -- what is written --------------------------------------------------------------------------


def test_what_was_noted_is_read_back(folder: Path) -> None:
    assert [(e.n, e.who, e.act) for e in audit.entries(folder)] == [
        (1, "u1", "signed_in"),
        (2, "u1", "imported"),
        (3, "u22", "exported"),
        (4, "local", "undone"),
    ]
    second = audit.entries(folder)[1]
    assert second.facts == {"import_id": 1, "dataset": "members", "rows": 120}
    assert second.at == NOON
    assert audit.verify(folder) == audit.Verified(4)


def test_only_the_owner_may_read_the_files(folder: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("a folder's rights are the account's there")
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == {LOG: 0o600, HEAD: 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_deeds_may_be_chosen_by_kind_and_time(folder: Path) -> None:
    audit.note(folder, "undone", "u1", NOON + timedelta(days=3), import_id=2)
    assert [e.n for e in audit.entries(folder, None, "undone")] == [4, 5]
    assert [e.n for e in audit.entries(folder, NOON + timedelta(days=2))] == [5]
    assert [e.n for e in audit.entries(folder, NOON, "signed_in", "undone")] == [1, 4, 5]


def test_a_log_longer_than_a_block_is_read_whole(tmp_path: Path) -> None:
    for n in range(700):
        audit.note(tmp_path, "imported", "local", NOON, import_id=n)
    assert (tmp_path / LOG).stat().st_size > 2 * (1 << 16)
    assert [e.facts["import_id"] for e in audit.entries(tmp_path)] == list(range(700))


def test_a_folder_in_which_nothing_was_noted_is_whole(tmp_path: Path) -> None:
    assert audit.verify(tmp_path) == audit.Verified(0)
    assert audit.entries(tmp_path) == []


# -- what may be in it ------------------------------------------------------------------------

PERSONAL = [
    "王小明",
    "Wang Xiaoming",
    "13812345678",
    "110101199003074514",
    "11010119900307451x",
    "6222020200112230119",
    "name@school.cn",
    "会员名册.xlsx",
    "a" * 65,
    13812345678,
    1.5,
    True,
    None,
]


@pytest.mark.parametrize("fact", PERSONAL, ids=repr)
def test_a_personal_value_is_no_fact(tmp_path: Path, fact: object) -> None:
    with pytest.raises(BadDefinition) as refused:
        audit.note(tmp_path, "imported", "u1", NOON, file=fact)  # type: ignore[arg-type]
    assert str(fact) not in str(refused.value)
    assert not (tmp_path / LOG).exists()


@pytest.mark.parametrize("who", ["王小明", "officer", "u0", "u", "", "u1 "])
def test_who_acted_is_a_number(tmp_path: Path, who: str) -> None:
    with pytest.raises(BadDefinition):
        audit.note(tmp_path, "imported", who)


@pytest.mark.parametrize("key", ["hash", "before", "n", "Name", "王"])
def test_a_fact_cannot_stand_for_what_is_the_lines_own(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadDefinition):
        audit.note(tmp_path, "imported", "u1", NOON, **{key: 1})


@given(st.text(max_size=20), st.integers())
def test_whatever_is_taken_for_a_fact_is_a_code(words: str, number: int) -> None:
    for fact in (words, number):
        try:
            audit.acts.checked("imported", "local", {"fact": fact})
        except BadDefinition:
            continue
        assert str(fact).isascii()
        assert str(fact) == str(fact).lower()


@given(st.binary())
def test_every_digest_may_stand_in_the_log(data: bytes) -> None:
    audit.acts.checked("imported", "local", {"file": audit.digest(data)})


def test_an_address_says_its_page_and_hides_what_it_narrows(tmp_path: Path) -> None:
    facts = audit.shown("pages=overview,funds.3&period=2025-09:2026-02&department=王小明")
    assert facts == {
        "pages": "overview,funds.3",
        "period": "2025-09:2026-02",
        "view": audit.digest("pages=overview,funds.3&period=2025-09:2026-02&department=王小明"),
    }
    audit.note(tmp_path, "unmasked", "local", NOON, place="wall", **facts)


@pytest.mark.parametrize(
    "address",
    ["name=wangxiaoming", "period=wangxiaoming", "pages=13812345678", "as_of=王", "&&==%zz", ""],
)
def test_whatever_is_typed_into_an_address_stays_out(address: str) -> None:
    assert audit.shown(address) == {"view": audit.digest(address)}


def test_the_pages_that_were_asked_for_are_not_those_somebody_typed() -> None:
    assert audit.shown("pages=funds&pages=wangxiaoming")["pages"] == "funds"


# -- what cannot be done unseen ---------------------------------------------------------------


def test_one_flipped_byte_is_found_wherever_it_is(folder: Path) -> None:
    whole = (folder / LOG).read_bytes()
    missed = []
    for place, byte in enumerate(whole):
        flipped = byte ^ (1 << place % 8)
        put(folder, whole[:place], bytes([flipped]), whole[place + 1 :])
        found = audit.verify(folder)
        line = whole[:place].count(b"\n") + 1
        if (found.broken, found.reason) != (line, "changed"):
            missed.append((place, flipped, found))
    assert missed == []


def test_lines_that_changed_places_are_found(folder: Path) -> None:
    one, two, three, four = lines(folder)
    put(folder, one, three, two, four)
    assert audit.verify(folder).broken == 2


@pytest.mark.parametrize("gone", range(3))
def test_a_line_that_was_taken_out_is_found(folder: Path, gone: int) -> None:
    kept = lines(folder)
    del kept[gone]
    put(folder, *kept)
    assert (audit.verify(folder).broken, audit.verify(folder).reason) == (gone + 1, "changed")


def test_a_line_that_was_put_in_is_found(folder: Path, tmp_path: Path) -> None:
    audit.note(tmp_path, "exported", "u9", NOON)
    one, two, *rest = lines(folder)
    for strange in (lines(tmp_path)[0], one, b"{}\n", b"\n"):
        put(folder, one, two, strange, *rest)
        assert audit.verify(folder).broken == 3


def test_a_line_written_anew_with_its_own_hash_is_found(folder: Path) -> None:
    """The chain of the lines after it hangs on the old one; of the last, the head does."""
    for n, entry in enumerate(audit.entries(folder)):
        told = lines(folder)
        forged = audit.Entry(entry.n, entry.at, "u7", entry.act, entry.facts, entry.before)
        put(folder, *told[:n], forged.sealed(), *told[n + 1 :])
        assert audit.verify(folder).broken in (n + 1, n + 2)
        put(folder, *told)


@pytest.mark.parametrize("kept", range(4))
def test_a_tail_that_was_cut_off_is_found(folder: Path, kept: int) -> None:
    put(folder, *lines(folder)[:kept])
    assert (audit.verify(folder).broken, audit.verify(folder).reason) == (kept + 1, "cut")


def test_a_log_that_is_gone_is_found(folder: Path) -> None:
    (folder / LOG).unlink()
    assert (audit.verify(folder).broken, audit.verify(folder).reason) == (1, "cut")


def test_a_cut_tail_is_still_found_after_the_log_went_on(folder: Path) -> None:
    for cut in (1, 60):
        whole = (folder / LOG).read_bytes()
        put(folder, whole[:-cut])
        audit.note(folder, "signed_in", "u1", NOON)
        assert not audit.verify(folder).is_whole
        assert audit.entries(folder)[-1].act == "signed_in"


@pytest.mark.parametrize("head", [None, b"", b"\0" * SIZE, b"x" * 700])
def test_without_its_head_the_log_is_not_whole_and_goes_on(
    folder: Path, head: bytes | None
) -> None:
    (folder / HEAD).unlink()
    if head is not None:
        (folder / HEAD).write_bytes(head)
    assert audit.verify(folder).reason == "headless"
    audit.note(folder, "signed_in", "u1", NOON)
    assert audit.verify(folder) == audit.Verified(4, 5, "headless")
    assert [e.act for e in audit.entries(folder)][-2:] == ["resumed", "signed_in"]


# -- cut off in the middle --------------------------------------------------------------------


@pytest.mark.parametrize("torn", [b'{"act":"ope', b"\0" * 300, b'{"a"\n{"b"\n', b"\xff\n"])
def test_a_torn_last_line_is_told_from_tampering_and_stays_in_the_story(
    folder: Path, torn: bytes
) -> None:
    put(folder, *lines(folder), torn)
    assert audit.verify(folder) == audit.Verified(4, torn=True)
    audit.note(folder, "signed_in", "u1", NOON)
    audit.note(folder, "signed_out", "u1", NOON)
    assert torn in (folder / LOG).read_bytes()
    assert audit.verify(folder) == audit.Verified(7, resumed=1)
    mended = audit.entries(folder)[4]
    assert (mended.act, mended.facts["why"], mended.facts["bytes"]) == (
        "resumed",
        "torn",
        len(torn),
    )


def test_what_is_torn_cannot_be_changed_later(folder: Path) -> None:
    put(folder, *lines(folder), b'{"act":"ope')
    audit.note(folder, "signed_in", "u1", NOON)
    whole = (folder / LOG).read_bytes()
    torn = whole.index(b'{"act":"ope') - 2
    for place in range(torn, torn + 60):
        put(folder, whole[:place], bytes([whole[place] ^ 1]), whole[place + 1 :])
        assert not audit.verify(folder).is_whole, place


def test_a_line_whose_head_was_never_written_is_taken_over(folder: Path) -> None:
    """Killed between the two: the log is a line further than its head."""
    before = (folder / HEAD).read_bytes()
    audit.note(folder, "signed_in", "u1", NOON)
    (folder / HEAD).write_bytes(before)
    assert audit.verify(folder) == audit.Verified(5)
    audit.note(folder, "signed_out", "u1", NOON)
    assert audit.verify(folder) == audit.Verified(6)


def test_a_head_torn_while_it_was_written_leaves_the_one_before(folder: Path) -> None:
    whole = (folder / HEAD).read_bytes()
    older = read(whole[:512]), read(whole[512:])
    assert {head.n for head in older if head} == {3, 4}
    for size in range(64):  # the fourth stands in the first place
        (folder / HEAD).write_bytes(b"\0" * (64 - size) + whole[64 - size :])
        assert audit.verify(folder).is_whole


def test_a_head_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = os.open(tmp_path / "head", os.O_RDWR | os.O_CREAT)
    for head in (Head(), Head(1, 200, "ab" * 32), Head(2, 400, "cd" * 32)):
        write(file, head)
        assert read((tmp_path / "head").read_bytes()) == head
    os.close(file)


WRITER = """
import sys
from pathlib import Path
from dashboard import audit
for n in range(int(sys.argv[2])):
    audit.note(Path(sys.argv[1]), "imported", "u1", import_id=n)
    print(n, flush=True)
"""


def writer(folder: Path, notes: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(notes)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_eight_programs_at_once_leave_one_whole_chain(tmp_path: Path) -> None:
    writers = [writer(tmp_path, 100) for _ in range(8)]
    assert [one.communicate(timeout=60) and one.returncode for one in writers] == [0] * 8
    assert audit.verify(tmp_path) == audit.Verified(800)


def test_killed_at_any_moment_nothing_that_was_acknowledged_is_missing(tmp_path: Path) -> None:
    acknowledged = 0
    for cycle in range(8):
        one = writer(tmp_path, 1_000_000)
        assert one.stdout is not None
        one.stdout.readline()
        time.sleep(0.02 + 0.013 * cycle)
        one.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        acknowledged += 1 + sum(
            line.endswith("\n") for line in one.communicate()[0].splitlines(True)
        )
        found = audit.verify(tmp_path)
        assert found.is_whole
    done = [e for e in audit.entries(tmp_path) if e.act == "imported"]
    assert acknowledged <= len(done) <= acknowledged + 8


# -- a disk that fails ------------------------------------------------------------------------


FULL = """
import resource, sys
from pathlib import Path
from dashboard import audit
from dashboard.errors import WorkspaceBusy
folder = Path(sys.argv[1])
audit.note(folder, "signed_in", "u1")
size = (folder / "audit.jsonl").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, size + 100))
try:
    audit.note(folder, "unmasked", "u1", place="wall")
except WorkspaceBusy as refusal:
    print(refusal.code, (folder / "audit.jsonl").stat().st_size - size)
audit.opened_page(folder, "u1", "overview")
"""


def test_what_cannot_be_noted_is_refused_and_leaves_nothing_half(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="no limit of a file's size there")
    command = [sys.executable, "-c", FULL, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["storage", "0"]
    assert audit.verify(tmp_path) == audit.Verified(1)
    audit.note(tmp_path, "signed_out", "u1")
    assert audit.verify(tmp_path) == audit.Verified(2)


def test_a_folder_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(WorkspaceBusy) as refused:
        audit.note(tmp_path / "data", "signed_in", "u1")
    assert refused.value.code == "storage"


# -- who opened what --------------------------------------------------------------------------


def test_a_page_is_noted_once_an_hour_and_person(tmp_path: Path) -> None:
    for minutes in (0, 1, 59, 60, 61, 130):
        audit.opened_page(tmp_path, "u1", "overview", NOON + timedelta(minutes=minutes))
    audit.opened_page(tmp_path, "u1", "funds", NOON + timedelta(minutes=130))
    audit.opened_page(tmp_path, "u2", "overview", NOON + timedelta(minutes=130))
    told = audit.opened(tmp_path, now=NOON + timedelta(days=1))
    assert {(one.who, one.page): one.times for one in told} == {
        ("u1", "overview"): 3,
        ("u1", "funds"): 1,
        ("u2", "overview"): 1,
    }
    assert told[0].last == NOON + timedelta(minutes=130)


def test_openings_are_told_for_thirty_days(tmp_path: Path) -> None:
    for days in (0, 10, 45):
        audit.opened_page(tmp_path, "u1", "overview", NOON + timedelta(days=days))
    assert [one.times for one in audit.opened(tmp_path, now=NOON + timedelta(days=46))] == [1]
    assert [one.times for one in audit.opened(tmp_path, 60, NOON + timedelta(days=46))] == [3]


def test_a_clock_set_back_leaves_no_opening_out(tmp_path: Path) -> None:
    for days in (365, 0, 1):
        audit.opened_page(tmp_path, "u1", "overview", NOON + timedelta(days=days))
    assert len(audit.entries(tmp_path)) == 3


def test_a_program_started_anew_knows_what_was_noted_in_the_last_hour(tmp_path: Path) -> None:
    audit.note(tmp_path, "opened", "u1", NOON, page="overview")
    audit.opened_page(tmp_path, "u1", "overview", NOON + timedelta(minutes=30))
    assert audit.verify(tmp_path).count == 1


def test_a_note_costs_the_same_however_long_the_log_is(tmp_path: Path) -> None:
    """Counted in bytes read, for a clock would measure the machine."""
    script = (
        "import sys; from pathlib import Path; from dashboard import audit; import os\n"
        "folder, real, seen = Path(sys.argv[1]), os.read, []\n"
        "def counted(file, size):\n"
        "    data = real(file, size); seen.append(len(data)); return data\n"
        "os.read = counted\n"
        "for n in range(300): audit.note(folder, 'imported', 'u1', import_id=n)\n"
        "print(max(seen), len(seen))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    largest, reads = map(int, told.split())
    assert largest <= SIZE
    assert reads <= 300 * 3
