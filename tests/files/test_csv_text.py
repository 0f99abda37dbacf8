"""CSV goes out guarded and comes back as it was."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from crm_app.files.csv_text import guard, read_csv, unguard, write_csv

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12)
NASTY = st.text("'=+-@\t＝a1", max_size=4)


@given(TEXTS | NASTY)
def test_a_guarded_text_comes_back_and_never_begins_a_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in tuple("=+-@\t＝＋－＠")


@given(st.lists(st.lists(TEXTS | NASTY, min_size=2, max_size=2), max_size=5))
@example([["\t", "\t\t"], ["\t\t", "\t\t"]])
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    data = b"".join(write_csv(["企业名称", "备注,说明,其他,再其他"], rows))
    read = list(read_csv(data))
    assert read[1:] == [[cell or None for cell in row] for row in rows]
