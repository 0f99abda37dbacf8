"""CSV goes out guarded and comes back as it was."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from crm_app.files import csv_text
from crm_app.files.csv_text import (
    UnknownEncoding,
    decode,
    decoded,
    guard,
    read_rows,
    unguard,
    write_csv,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12)
NASTY = st.text("'=+-@\t＝a1", max_size=4)


@given(TEXTS | NASTY)
def test_a_guarded_text_comes_back_and_never_begins_a_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in tuple("=+-@\t＝＋－＠")


@given(st.lists(st.lists(TEXTS | NASTY, min_size=2, max_size=2), max_size=5))
@example([["\t", "\t\t"], ["\t\t", "\t\t"]])
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    pieces: list[bytes] = []
    assert write_csv(pieces.append, ["企业名称", "备注,说明,其他,再其他"], rows) == len(rows)
    read = list(read_rows(decode(b"".join(pieces))))
    assert read[1:] == [[cell or None for cell in row] for row in rows]


@given(st.text(st.sampled_from("ab,,;\"\n\n\r'= \x0b\x1e\u2028"), max_size=40), st.integers(1, 12))
def test_pieces_are_parted_as_the_library_parts_all(text: str, piece: int) -> None:
    """Return the same rows, or the same trouble, but where a quote is closed by nothing."""
    lines = [*io.StringIO(text, newline="")]
    with contextlib.suppress(csv.Error):
        assume(len([*csv.reader([*lines, '",'])]) > len([*csv.reader(lines)]))

    def read(rows: Callable[[], Iterable[Sequence[object]]]) -> object:
        try:
            return [list(row) for row in rows()]
        except csv.Error:
            return csv.Error

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(csv_text, "_PIECE", piece)
        patched.setattr(csv_text, "_delimiter", lambda _text: ",")
        found = read(lambda: csv_text.read_rows(text))
    whole = read(lambda: csv.reader(io.StringIO(text, newline="")))
    if isinstance(whole, list):
        whole = [[unguard(cell) or None for cell in row] for row in whole]
    assert found == whole


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("企业名称,备注\n甲公司,说明\n", "utf-8"),
        ("企业名称,备注\n甲公司,说明\n", "gb18030"),
        ("企业名称,备注\n甲公司,说明\n", "utf-16"),
    ],
)
def test_the_encoding_is_found_and_may_be_chosen(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert decode(data) == decode(data, encoding) == text
    assert decoded(data)[1] == encoding
    assert list(read_rows(decode(data)))[1] == list(read_rows(text))[1]


def test_what_is_neither_is_guessed_at_and_can_be_put_right() -> None:
    text = "Société,Téléphone\nÉlectricité générale de l'Est, où ça\n" * 30
    data = text.encode("cp1252")
    assert decode(data).startswith("Société")
    assert decode(data, "cp1252") == text


def test_a_mark_before_utf_8_is_no_part_of_the_first_header() -> None:
    assert next(read_rows(decode("企业名称,备注\n".encode("utf-8-sig")))) == ["企业名称", "备注"]


@pytest.mark.parametrize("encoding", ["utf-8", "no-such-thing"])
def test_a_wrong_choice_is_refused(encoding: str) -> None:
    with pytest.raises(UnknownEncoding):
        decode("企业名称".encode("gb18030"), encoding)


@pytest.mark.parametrize("mark", ["", "'="])
def test_a_long_text_is_read_piece_by_piece_as_a_whole(mark: str) -> None:
    row = f'甲公司,"{mark}第一行\r\n第二行，{"很长" * 200}\n",乙\r\n'
    assert list(read_rows(row * 1_000)) == [["甲公司", f"{mark[1:]}第一行\r\n第二行，{'很长' * 200}\n", "乙"]] * 1_000


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_quote_that_nothing_closes_is_a_letter(end: str) -> None:
    whole = '甲,"一\n二"\n'
    assert list(read_rows(f'{whole}"乙,三{end}')) == [["甲", "一\n二"], ['"乙', "三"]]
    assert list(read_rows(f'{whole}"乙,三\n丙,四{end}')) == [["甲", "一\n二"], ['"乙', "三"], ["丙", "四"]]
    # More rows than one cell can hold, and lines as an old Mac ends them.
    long = '"乙,三\n' + "丙,四\n" * 50_000
    assert list(read_rows(long + end)) == [['"乙', "三"], *[["丙", "四"]] * 50_000, *([[]] if end else [])]
    assert list(read_rows(f'"乙,三\r丙,四{end}')) == [['"乙', "三"], ["丙", "四"]]
