from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import numbering

tables = st.sampled_from(sorted(numbering.PREFIXES))


@given(tables, st.integers(2000, 2100), st.integers(1, 9999))
def test_a_number_made_here_is_never_taken_for_an_assigned_one(table: str, year: int, n: int) -> None:
    number = numbering.draft_number(table, year, n)
    assert number.startswith(numbering.draft_start(table, year))
    assert numbering.assigned(number) is None


@given(tables, st.integers(2000, 2100), st.integers(1, 9999), st.integers(1, 9999))
def test_draft_numbers_of_a_year_sort_as_they_were_made(table: str, year: int, one: int, other: int) -> None:
    numbers = [numbering.draft_number(table, year, n) for n in (one, other)]
    assert (numbers[0] < numbers[1]) == (one < other)


def test_what_the_office_wrote_stands() -> None:
    assert numbering.assigned("XS-2023-0001") == "XS-2023-0001"
    assert numbering.assigned(None) is None
    assert numbering.assigned("") is None
