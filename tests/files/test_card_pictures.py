"""The picture of a card: its lines in reading order, and a sentence where reading is not installed."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from crm_app.errors import BadInput
from crm_app.files import card_pictures
from crm_app.files.card_reader import in_lines


def test_texts_side_by_side_are_one_line_and_lines_stand_in_order() -> None:
    boxes = [
        (260.0, 222.0, 380.0, 250.0, "销售总监"),
        (60.0, 200.0, 180.0, 256.0, "张伟"),
        (60.0, 60.0, 500.0, 104.0, "渝江新能源科技有限公司"),
        (60.0, 340.0, 300.0, 370.0, "手机：13800000001"),
    ]
    assert in_lines(boxes) == ["渝江新能源科技有限公司", "张伟  销售总监", "手机：13800000001"]
    assert in_lines([]) == []


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_said_in_words(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"card\.png"):
        card_pictures.read(content, "card.png")


def test_a_picture_is_read_or_the_child_says_that_it_cannot() -> None:
    blank = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(blank, "PNG")
    with pytest.raises(BadInput, match=r"card\.png"):
        card_pictures.read(blank.getvalue(), "card.png")
