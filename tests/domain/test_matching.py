"""Where a query stands in a text: whatever of a name is typed as characters, syllables or initials is found there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import matching, pinyin

_CHARACTERS = "重庆长沙安徽西安单曾乐银行新能源科技电池光伏厂房湾巨储恩"


@st.composite
def _typed(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """Draw a name, what is typed of some of its characters in a row, and where these begin and end."""
    name = draw(st.text(_CHARACTERS, min_size=1, max_size=8))
    start = draw(st.integers(0, len(name) - 1))
    end = draw(st.integers(start + 1, len(name)))
    syllables = pinyin.full(name).split()
    typed = [draw(st.sampled_from([name[at], syllables[at], syllables[at][0]])) for at in range(start, end)]
    last = draw(st.integers(1, len(typed[-1])))
    return name, "".join([*typed[:-1], typed[-1][:last]]), start, end


@given(_typed())
def test_what_is_typed_of_a_name_is_found_in_it(typed: tuple[str, str, int, int]) -> None:
    """By characters, whole syllables and initials in any mixture, the last syllable perhaps unfinished."""
    name, run, start, end = typed

    ((found_start, found_end),) = matching.spans(name, [run], read=True, reading=pinyin.full(name))

    assert found_start <= start
    assert found_end - found_start <= len(run)
    assert found_start < start or found_end <= end


@given(_typed())
def test_a_name_is_marked_where_it_is_read_so(typed: tuple[str, str, int, int]) -> None:
    """What is marked can be read as what was typed, from its first character to its last."""
    name, run, *_where = typed
    ((start, end),) = matching.spans(name, [run], read=True, reading=pinyin.full(name))

    syllables = pinyin.full(name).split()
    ways = {""}
    for at in range(start, end):
        last = [syllables[at][:length] for length in range(1, len(syllables[at]) + 1)] if at == end - 1 else []
        said = {name[at], syllables[at], syllables[at][0], *last}
        ways = {way + one for way in ways for one in said if run.startswith(way + one)}
    assert run in ways


def test_a_piece_of_a_phone_is_marked_across_its_spaces() -> None:
    """A number is shown in groups, and looked for without them."""
    assert matching.spans("138 0000 1234", ["00012"]) == ((5, 11),)


def test_brackets_and_wide_letters_do_not_hide_a_reading() -> None:
    """What stands between the characters, and letters of double width, are passed over."""
    name = "巨湾（广州）ＡＢ技研"
    assert matching.spans(name, ["gzab"], read=True) == ((3, 8),)
    assert matching.spans(name, ["wan广zhou"], read=True) == ((1, 5),)
