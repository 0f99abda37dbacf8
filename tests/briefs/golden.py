"""Pictures of papers that were looked at and found good: the first page of each kind, a third of its size, in greys.

``python -m tests.briefs.golden`` takes them anew: look at what changed before it is kept. Two are the same when they
are so from a step back: made a quarter as wide and as high, no more than ``SHARE`` of them may differ by more than
``LEVELS`` of 256; a version of pdfium may set its dots a little otherwise, while a word or a rule that moved is seen.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from crm_app import i18n

KEPT = Path(__file__).with_name("golden")
LEVELS, SHARE = 24, 0.004
_SCALE = 0.55
_GREYS = 16
_STEP = 4


def picture(pdf: bytes) -> Image.Image:
    """Return the first page of a paper in few greys, as a black-and-white printer would see it."""
    with PdfDocument(pdf) as document:
        return document[0].render(scale=_SCALE, grayscale=True).to_pil().convert("L").quantize(_GREYS)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of two pictures, seen from a step back, that differs; 1 where their sizes do."""
    if one.size != other.size:
        return 1.0
    size = (one.width // _STEP, one.height // _STEP)
    small = [picture.convert("L").resize(size, Image.Resampling.BOX) for picture in (one, other)]
    counts = ImageChops.difference(*small).histogram()
    return sum(counts[LEVELS + 1 :]) / sum(counts)


def path_of(kind: str) -> Path:
    """Return where the picture of a kind is kept."""
    return KEPT / f"{kind}.png"


def kinds() -> list[str]:
    """Return the kinds of which a picture is kept."""
    return sorted(path.stem for path in KEPT.glob("*.png"))


def kept(kind: str) -> Image.Image:
    """Return the picture of a kind that was found good."""
    return Image.open(io.BytesIO(path_of(kind).read_bytes()))


def main() -> None:
    """Take every picture anew."""
    from tests.briefs.test_sheets import PAPERS, made  # noqa: PLC0415 -- the tests import this module

    i18n.set_language("zh_CN")
    KEPT.mkdir(exist_ok=True)
    for kind in PAPERS:
        picture(made(kind)[1]).save(path_of(kind), optimize=True)
        print(path_of(kind).name)


if __name__ == "__main__":
    main()
