"""Pictures and pages through the reader child: shown, shrunk, stripped, or refused in a sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from crm_app.errors import BadInput
from crm_app.files import asking, previews, stripping
from tests.files import hostile
from tests.files.hostile import picture

RED, BLUE = (255, 0, 0), (0, 0, 255)


def close(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def pdf(pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 200))
    for _page in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 300, 200, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_picture_is_shown_no_larger_than_asked(kind: str) -> None:
    shown = previews.show(picture(kind, (640, 480)), "a", 64)
    assert (shown.width, shown.height, shown.clear) == (64, 48, False)
    assert close(tuple(shown.pixels[:3]), RED)
    assert close(tuple(shown.pixels[-3:]), BLUE)


def test_a_transparent_picture_keeps_its_transparency_and_small_ones_their_size() -> None:
    shown = previews.show(picture("PNG", (30, 20), "RGBA"), "a.png", 64)
    assert (shown.width, shown.height, shown.clear) == (30, 20, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_of_any_depth_is_shown(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (1, 900)).save(out, "PNG")
    shown = previews.show(out.getvalue(), "a.png", 90)
    assert (shown.width, shown.height) == (1, 90)


def test_a_photo_made_for_print_is_shown() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (90, 60)).save(out, "JPEG")
    assert previews.show(out.getvalue(), "a.jpg", 90).width == 90


def test_a_photo_is_turned_as_the_telephone_was_held() -> None:
    shown = previews.show(hostile.photo(orientation=6), "a.jpg", 64)
    assert (shown.width, shown.height) == (48, 64)


def test_the_pages_of_a_pdf_are_shown_one_by_one() -> None:
    shown = previews.show(pdf(3), "a.pdf", 150, page=2)
    assert (shown.width, shown.height, shown.pages) == (150, 100, 3)
    assert tuple(shown.pixels[:3]) == RED


def pdf_of_page(box: str) -> bytes:
    """Return a PDF of one empty page of a size, without the table a careful writer would add."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        f"3 0 obj{page}endobj\ntrailer<</Root 1 0 R>>"
    ).encode()


def test_a_page_of_any_shape_is_no_larger_than_asked() -> None:
    assert previews.show(pdf_of_page("0 0 300 200"), "a.pdf", 90).height == 60
    assert previews.show(pdf_of_page("0 0 14400 1"), "a.pdf", 90).height == 1
    with pytest.raises(BadInput, match="太大"):
        previews.show(pdf_of_page("0 0 9999999 9999999"), "a.pdf", 90)


def test_a_pdf_with_a_password_of_its_own_says_so() -> None:
    out = io.BytesIO()
    locked = Canvas(out, encrypt="secret")
    locked.showPage()
    locked.save()
    with pytest.raises(BadInput, match="密码"):
        previews.show(out.getvalue(), "a.pdf", 90)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空"),
        (b"<html><script>alert(1)</script></html>", "不是"),
        (b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', "不是"),
        (b"MZ" + bytes(500), "不是"),
        (picture()[:200], "损坏"),
        (picture("PNG")[:60], "损坏"),
        (b"\xff\xd8\xff\xe0" + bytes(1000), "损坏"),
        (pdf()[:40], "损坏"),
        (b"%PDF-1.7\n" + b"<" * 5000, "损坏"),
        (b"RIFF\x10\0\0\0WEBPVP8L" + bytes(40), "损坏"),
    ],
)
def test_what_is_no_picture_is_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        previews.show(content, "厂房.jpg", 64)


@pytest.mark.parametrize("side", [10_000, 30_000])
def test_a_small_file_with_very_many_pixels_is_not_decoded(side: int) -> None:
    bomb = hostile.huge_png(side)
    assert len(bomb) < 200_000
    for ask in (lambda: previews.show(bomb, "a.png", 64), lambda: previews.shrink(bomb, "a.png", 64)):
        with pytest.raises(BadInput, match="太大"):
            ask()


def test_a_photo_of_very_many_pixels_is_shown_by_an_eighth_of_each_side() -> None:
    out = io.BytesIO()
    Image.new("L", (13_000, 8_000), 128).save(out, "JPEG")
    assert previews.show(out.getvalue(), "a.jpg", 130).width == 130


def test_of_a_file_that_is_two_things_the_picture_alone_is_shown_and_kept() -> None:
    both = picture() + b"PK\x03\x04<script>"
    assert previews.show(both, "a.html", 64).width == 64
    assert b"script" not in previews.strip(both, "a.html")


def test_of_an_animation_the_first_picture_is_shown_and_stripped_it_still_moves() -> None:
    moving = hostile.animation()
    assert previews.show(moving, "a.gif", 16).width == 16
    still_moving = previews.strip(moving, "a.gif")
    assert Image.open(io.BytesIO(still_moving)).n_frames == 3
    assert hostile.CAMERA.encode() not in still_moving


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_place_time_and_camera_are_taken_out_and_no_pixel_changes(kind: str, orientation: int) -> None:
    taken = hostile.photo(kind, orientation=orientation)
    before, after = Image.open(io.BytesIO(taken)), Image.open(io.BytesIO(previews.strip(taken, "a")))
    assert before.getexif().get_ifd(0x8825)
    assert hostile.CAMERA in str(before.getexif().get(0x0110))
    told = dict(after.getexif())
    assert told == ({0x0112: 6} if orientation == 6 else {})
    assert not after.getexif().get_ifd(0x8825)
    assert after.tobytes() == before.tobytes()


def test_a_picture_behind_the_picture_goes_with_its_place() -> None:
    """Telephones put a second picture, with a place of its own, behind the end of the first (MPF)."""
    both = hostile.photo() + hostile.photo()
    assert b"Exif" not in previews.strip(both, "a.jpg")


def test_xmp_and_comments_are_taken_out() -> None:
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPSLatitude</x:xmpmeta>"
    plain = picture()
    marked = plain[:2] + b"\xff\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp + b"\xff\xfe\x00\x08secret" + plain[2:]
    assert previews.strip(marked, "a.jpg") == previews.strip(plain, "a.jpg")
    assert b"GPS" not in previews.strip(marked, "a.jpg")


_NAMES = st.sampled_from(
    [b"", b"Exif\0\0", b"JFIF\0", b"JFXX\0", b"MPF\0", b"Adobe", b"Photoshop 3.0\0", b"http://ns.adobe.com/"]
)


@given(st.lists(st.tuples(st.integers(0xE0, 0xEF) | st.just(0xFE), _NAMES, st.integers(0, 40)), max_size=5))
def test_whatever_a_program_puts_into_a_photo_goes(parts: list[tuple[int, bytes, int]]) -> None:
    plain = picture()
    secret = b"29.5521N 106.2583E"
    put_in = b""
    for marker, name, gap in parts:
        body = name + bytes(max(gap, 14)) + secret
        put_in += bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
    told = stripping.strip(plain[:2] + put_in + plain[2:], "image/jpeg", 1)
    assert secret not in told
    with Image.open(io.BytesIO(told)) as after, Image.open(io.BytesIO(plain)) as before:
        assert after.size == before.size


def test_what_cannot_be_stripped_says_so() -> None:
    with pytest.raises(BadInput, match="JPEG"):
        previews.strip(b"\0\0\0\x18ftypheic" + bytes(100), "IMG_1.HEIC")
    with pytest.raises(BadInput, match="损坏"):
        previews.strip(hostile.photo()[:300], "a.jpg")


def test_a_photo_is_shrunk_upright_and_silent() -> None:
    small = previews.shrink(hostile.photo(size=(3000, 2000), orientation=6), "a.jpg", 2000)
    image = Image.open(io.BytesIO(small))
    assert (image.format, image.size) == ("JPEG", (1333, 2000))
    assert not dict(image.getexif())


def test_a_transparent_picture_stays_one_when_it_is_shrunk() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (300, 200), (255, 0, 0, 80)).save(clear, "PNG")
    image = Image.open(io.BytesIO(previews.shrink(clear.getvalue(), "a.png", 100)))
    assert (image.format, image.size, image.mode) == ("PNG", (100, 67), "RGBA")


def test_a_child_that_lies_about_its_pixels_is_not_believed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lie = b'{"width":60,"height":60,"mode":"RGB","pages":1}', b'{"raw":3}'
    said = b"".join(len(part).to_bytes(4, "big") + part for part in lie) + b"abc" + b"\0\0\0\x0d" + b'{"done":true}'
    (tmp_path / "said").write_bytes(said)
    monkeypatch.setattr(asking, "_command", lambda: ["sh", "-c", f"cat {tmp_path / 'said'}; sleep 60"])
    with pytest.raises(BadInput, match="无法显示"):
        previews.show(picture(), "a.jpg", 64)
