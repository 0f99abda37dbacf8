"""What a file is called that is offered to be saved."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import paths


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("外出招商情况报告 2023/6", "外出招商情况报告 2023-6.pdf"),
        (r"a\b: <c>|d?*", "a-b- -c-d-.pdf"),
        ("con.合同", "_con.合同.pdf"),
        ("  ..", "-.pdf"),
    ],
)
def test_what_a_file_system_refuses_is_left_out(words: str, name: str) -> None:
    assert paths.file_name(words, ".pdf") == name


@given(st.text(max_size=400))
def test_any_words_make_a_file(words: str) -> None:
    name = paths.file_name(words, ".xlsx")
    assert not set(name) & set('<>:"/\\|?*')
    assert len(name.encode()) < 200
    with TemporaryDirectory() as folder:
        (Path(folder) / name).touch()
        assert [one.name for one in Path(folder).iterdir()] == [name]
