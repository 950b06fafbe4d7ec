"""A cell that names several people is as many rows; what was glued to a name is not lost."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.importing.columns import coded
from dashboard.importing.registers import people

PEOPLE = st.lists(st.sampled_from(["张三", "李四", "王小明", "欧阳娜娜"]), min_size=1, max_size=4)


@given(st.lists(PEOPLE, min_size=1, max_size=8), st.sampled_from("、，;\n/"))
def test_every_person_of_every_row_has_a_row_in_the_sheets_order(
    rows: list[list[str]], mark: str
) -> None:
    found = people.apart(coded([mark.join(row) for row in rows]))
    if all(len(row) == 1 for row in rows):
        assert found is None
        return
    assert found is not None
    told = [(row, str(found.cells[at])) for at, row in enumerate(found.rows.tolist())]
    assert told == [(at, person) for at, row in enumerate(rows) for person in row]
    assert found.shared.tolist() == [len(rows[at]) > 1 for at, _ in told]
    assert found.first.sum() == sum(len(row) > 1 for row in rows)


def test_a_remark_at_a_name_is_told_with_its_row() -> None:
    column = coded(["张三", "李四（借调）", None, "张三3月15离职"])
    assert list(people.notes(column)) == [(1, "借调"), (3, "3月15离职")]
