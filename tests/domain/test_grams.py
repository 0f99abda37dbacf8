import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import grams
from crm_app.domain.traditional import simplified

texts = st.lists(
    st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("新能源，臺A１ ㎡\x1f𠮷é_")))
)


def _runs(text: str) -> list[str]:
    folded = simplified(unicodedata.normalize("NFKC", text).casefold()).replace("\ua66e", " ")
    return "".join(char if char.isalnum() else " " for char in folded).split()


@given(texts)
def test_a_block_is_cut_as_each_text_by_itself(block: list[str]) -> None:
    cut = grams.pairs(grams.fold(block))
    assert len(cut) == len(block)
    names = grams.pairs(grams.fold(block), "=")
    for text, found, name in zip(block, cut, names, strict=True):
        assert grams.runs(text) == _runs(text)
        ended, marked = ([f"{before}{run}_" for run in _runs(text)] for before in ("", "_"))
        assert found.split() == [run[i : i + 2] for run in ended for i in range(len(run) - 1)]
        assert name.split() == [f"={run[i : i + 2]}" for run in marked for i in range(len(run) - 1)]


@given(st.lists(st.text("０1aＢ-新 ", max_size=8)))
def test_a_code_is_cut_into_windows_that_begin_at_each_of_its_characters(block: list[str]) -> None:
    for text, found in zip(block, grams.codes(block), strict=True):
        for run in _runs(text):
            assert {"#" + f"{run}__"[i : i + 3] for i in range(len(run))} <= set(found.split())


def test_initials_are_cut_with_their_beginning_and_syllables_in_pairs() -> None:
    assert grams.codes(["jwjy zs", ""], "~", begins=True)[0].split()[:2] == ["~_jw", "~jwj"]
    assert "~_zs" in grams.codes(["jwjy zs"], "~", begins=True)[0].split()
    assert grams.syllables(["ju wan ji", "", "wan"]) == ["+ju_wan +wan_ji +ji_", "", "+wan_"]


def test_a_key_knows_no_marks_no_case_no_width_and_no_traditional_characters() -> None:
    assert grams.key("臺積電") == grams.key("台积电") == "台积电"
    assert grams.key("ＢＹＤ（深圳） 有限公司") == "byd深圳有限公司"
    assert grams.keys(grams.fold(["ＢＹＤ（深圳）", "", "，"])) == ["byd深圳", "", ""]


@given(st.lists(st.text("０1aＢ-新_\x1f ", max_size=8)))
def test_a_block_of_codes_is_cut_as_each_by_itself(block: list[str]) -> None:
    for begins in (False, True):
        cut = grams.codes(block, begins=begins)
        assert cut == [words for text in block for words in grams.codes([text], begins=begins)]
    runs = grams.long_runs(grams.fold(block))
    assert runs == [found for text in block for found in grams.long_runs(grams.fold([text]))]
    assert [run for text in runs for run in text.split()] == [
        run for text in block for part in _runs(text) for run in _ascii_runs(part) if len(run) >= grams.CODE_WIDTH
    ]


def _ascii_runs(run: str) -> list[str]:
    return "".join(char if char.isascii() else " " for char in run).split()
