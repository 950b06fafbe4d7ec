"""7 daily, 4 weekly, 12 monthly backups by the calendar; 5 by hand. Two years, day by day."""

from datetime import datetime, timedelta
from pathlib import Path

from dashboard.keeping.manifest import DATABASE, File, Manifest, Moment
from dashboard.keeping.rotation import KEPT, Kind, day_of, name_of, names, rotate

BEGIN = datetime(2024, 9, 1, 17, 30)


def keep(place: Path, kind: Kind, at: datetime, serial: int = 0) -> str:
    """One more backup, of one small file."""
    folder = place / kind / name_of(at)
    folder.mkdir(parents=True)
    (folder / DATABASE).write_text(folder.name)
    Manifest(at, "daily", "", "", Moment("", 1, {}, ()), {DATABASE: File(1, "")}, serial).write(
        folder
    )
    rotate(place, kind, folder.name)
    return folder.name


def test_two_years_of_daily_backups(tmp_path: Path) -> None:
    for number in range(730):
        at = BEGIN + timedelta(days=number)
        keep(tmp_path, "daily", at)
        days = {name: day_of(name) for name in names(tmp_path / "daily")}
        assert len(days) == min(7, number + 1)
        assert min(days) == name_of(at - timedelta(days=min(6, number)))
    found = {kind: names(tmp_path / kind) for kind in KEPT}
    assert {kind: len(held) for kind, held in found.items()} == {
        "daily": 7, "weekly": 4, "monthly": 12, "by_hand": 0, "before": 0,
    }  # fmt: skip
    weeks = [(day_of(name) or at).isocalendar() for name in found["weekly"]]
    assert [week.weekday for week in weeks] == [1, 1, 1, 1], "the first of each week"
    assert [name[4:8] for name in found["monthly"]] == [
        "0901", "1001", "1101", "1201", "0101", "0201", "0301", "0401", "0501", "0601", "0701",
        "0801",
    ]  # fmt: skip
    oldest = day_of(found["monthly"][0])
    assert oldest
    assert at - oldest > timedelta(days=330)


def test_what_is_kept_longer_has_the_same_bytes_and_stays_when_the_day_goes(tmp_path: Path) -> None:
    first = keep(tmp_path, "daily", BEGIN)
    for number in range(1, 9):
        keep(tmp_path, "daily", BEGIN + timedelta(days=number))
    assert first not in names(tmp_path / "daily")
    assert (tmp_path / "monthly" / first / "dashboard.duckdb").read_text() == first


def test_a_school_that_backs_up_by_hand_only_has_weeks_and_months_too(tmp_path: Path) -> None:
    for number in range(0, 400, 10):
        keep(tmp_path, "by_hand", BEGIN + timedelta(days=number))
    assert [len(names(tmp_path / kind)) for kind in ("by_hand", "weekly", "monthly")] == [5, 4, 12]


def test_what_was_kept_before_a_restore_does_not_crowd_out_the_others(tmp_path: Path) -> None:
    first = keep(tmp_path, "daily", BEGIN)
    for number in range(9):
        keep(tmp_path, "before", BEGIN + timedelta(minutes=number))
    assert len(names(tmp_path / "before")) == 5
    assert names(tmp_path / "daily") == names(tmp_path / "monthly") == [first]


def test_a_wrong_clock_lets_go_of_what_was_made_first(tmp_path: Path) -> None:
    """A computer whose battery is empty starts in 2000; another time its clock runs ahead."""
    days = [BEGIN + timedelta(days=number) for number in range(7)]
    days += [datetime(2000, 1, 1 + number) for number in range(2)]
    days += [datetime(2099, 1, 1 + number) for number in range(3)]
    days += [BEGIN + timedelta(days=8 + number) for number in range(3)]
    made = []
    for serial, day in enumerate(days, 1):
        made.append(keep(tmp_path, "daily", day, serial))
        assert set(names(tmp_path / "daily")) == set(made[-7:])


def test_of_many_that_were_put_there_few_go_at_a_time(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / "daily" / name_of(BEGIN + timedelta(days=number))).mkdir(parents=True)
    keep(tmp_path, "daily", BEGIN + timedelta(days=20), 1)
    assert len(names(tmp_path / "daily")) == 11
