"""Font files of a bureau's own: which serve, why the others do not, and what a paper set in one looks like."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import paths
from crm_app.briefs import fonts, pdf
from crm_app.briefs.content import Heading, Paper, Paragraph, Run
from crm_app.briefs.marks import Role
from crm_app.briefs.typefaces import ROLES, read
from crm_app.domain.papers import PaperState
from crm_app.domain.typefaces import Typeface
from crm_app.errors import Refused
from tests.briefs import reading

KAI = paths.resources() / "fonts" / "OutreachKai-Regular.ttf"
BYTES = KAI.read_bytes()


def table(tag: bytes) -> int:
    """Return where the entry of a table stands in the font's directory."""
    return BYTES.index(tag)


def allowing(bits: int) -> bytes:
    at = struct.unpack_from(">L", BYTES, table(b"OS/2") + 8)[0] + 8
    return BYTES[:at] + struct.pack(">H", bits) + BYTES[at + 2 :]


def postscript() -> bytes:
    return BYTES.replace(b"glyf", b"CFF ", 1)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: allowing(0x0002), "不允许嵌入"),
        (lambda: allowing(0x0104), "不允许嵌入"),
        (postscript, "PostScript"),
        (lambda: BYTES[:2000], "已损坏"),
        (lambda: b"\x00\x01\x00\x00", "已损坏"),
        (lambda: (KAI.parent / "NotoSerifThai-Regular.ttf").read_bytes(), "没有中文字"),
    ],
)
def test_a_font_that_does_not_serve_is_refused_with_its_reason(
    tmp_path: Path, made: Callable[[], bytes], why: str
) -> None:
    file = tmp_path / "own.ttf"
    file.write_bytes(made())
    with pytest.raises(Refused, match=why):
        read(file)


def test_a_font_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="无法读取"):
        read(tmp_path / "none.ttf")


@given(st.integers(0, len(BYTES) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_font_is_read_or_refused(at: int, noise: bytes) -> None:
    file = paths.data_folder() / "damaged.ttf"
    file.parent.mkdir(parents=True, exist_ok=True)
    # Of a large font nearly every place is an outline; its directory and first tables are where harm is done.
    at %= 4000
    file.write_bytes(BYTES[:at] + noise + BYTES[at + len(noise) :])
    with contextlib.suppress(Refused):
        assert read(file).family


def test_a_paper_is_set_in_it_and_what_it_lacks_comes_from_ours() -> None:
    paper = Paper(
        "visit",
        "标题",
        "zh_CN",
        (
            Heading(1, "一、黑体"),
            Heading(2, "（一）楷体"),
            Paragraph((Run("正文𬭎与", bold=False), Run("重点", bold=True), Run("ไทย"))),
        ),
    )
    ours = pdf.render(paper, state=PaperState.FINAL)
    own = replace(read(KAI), family="仿宋_示例")
    with fonts.set_in(dict.fromkeys(ROLES[Typeface.BODY], own)):
        made = pdf.render(paper, state=PaperState.FINAL)
        assert fonts.own_family(Role.BODY) == "仿宋_示例"
    faces = reading.fonts_of(made)
    assert all(embedded for _name, embedded in faces)
    names = {name.rpartition("+")[2] for name, _embedded in faces}
    assert {name.split("-")[0] for name in names} == {"NotoSansSC", "NotoSerifSC", "NotoSerifThai", "OutreachKai"}
    assert sum(name.startswith("OutreachKai") for name in names) == 2, "ours, and a file of the same name"
    assert "正文𬭎与重点ไทย" in reading.text_of(made)
    assert pdf.render(paper, state=PaperState.FINAL) == ours, "for this paper alone"
