"""Columns of texts cross by themselves and come back as they were."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.import_texts import apart, together

columns = st.lists(st.none() | st.text("甲é \x1e\x1f\ud800", max_size=4), max_size=4) | st.lists(
    st.integers(), max_size=3
)


@given(st.dictionaries(st.text("ab"), columns | st.dictionaries(st.text("cd"), columns)))
def test_what_is_said_comes_back_as_it_was(said: dict[str, object]) -> None:
    left, texts = apart(said)
    assert together(json.loads(json.dumps(left)), texts) == said


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ({"a": {"texts": 2}}, "x"),
        ({"a": {"texts": 1}}, "x\x1fy"),
        ({"a": {"texts": -1}}, "x"),
        ({"a": {"texts": "x"}}, "x"),
        ({"a": {"texts": 1}}, b"\x00\xd8"),
        ([], "x"),
        (None, "x"),
    ],
)
def test_texts_that_fit_no_places_are_refused(said: object, texts: str | bytes) -> None:
    if isinstance(texts, str):
        texts = texts.encode("utf-16-le")
    with pytest.raises((ValueError, AttributeError, TypeError)):
        together(said, texts)
