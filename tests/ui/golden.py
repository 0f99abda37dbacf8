"""Pictures that were looked at and found good, and how another is compared with them.

``python -m tests.ui.golden`` takes them anew: look at what changed before it is kept. They are small: their commonest
128 colours stand for all. Two pictures are the same when they are so from a step back: both are made a quarter as wide
and as high, and no more than ``SHARE`` of what is left may differ by more than ``LEVELS`` of 256 in any colour. So
another version of Qt may set its dots a little otherwise, while a word, a line or a shade that changed is seen.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from tests.ui import pictures
from tests.ui.pictures import VARIANTS, Studio, Variant

KEPT = Path(__file__).with_name("golden")
LEVELS, SHARE = 24, 0.002
CORE = (
    ("zh-light", "today"),
    ("zh-light", "enterprises"),
    ("zh-light", "enterprise"),
    ("zh-light", "projects-board"),
    ("zh-light", "trip-itinerary"),
    ("zh-light", "figures"),
    ("zh-light", "dialog-log"),
    ("zh-dark", "today"),
    ("en-light", "projects-table"),
)
"""Variant and scene, in the order in which the window is dressed least often."""
_STEP = 4
_COLOURS = 128


def taken(studio: Studio, variant: Variant, scene: str) -> QImage:
    """Return the picture of a scene in few colours, without the line at the foot, which tells the time of a backup."""
    if studio.variant is not variant or studio.program.window.size() != QSize(*variant.size):
        studio.dress(variant)
    picture = pictures.draw(studio, scene)
    status = studio.program.window.status
    painter = QPainter(picture)
    painter.fillRect(QRect(status.mapTo(studio.program.window, QPoint(0, 0)), status.size()), Qt.GlobalColor.gray)
    painter.end()
    return in_few_colours(picture)


def difference(one: QImage, other: QImage) -> float:
    """Return the share of two pictures, seen from a step back, that differs; 1 where their sizes do."""
    if one.size() != other.size():
        return 1.0
    a, b = _from_afar(one), _from_afar(other)
    off = sum(
        any(abs(x - y) > LEVELS for x, y in zip(a[at : at + 3], b[at : at + 3], strict=True))
        for at in range(0, len(a), 4)
        if a[at : at + 3] != b[at : at + 3]
    )
    return off / (len(a) // 4)


def beside(one: QImage, other: QImage, path: Path) -> None:
    """Keep two pictures beside each other, with what differs between them as a third."""
    width, height = one.width(), max(one.height(), other.height())
    whole = QImage(width * 2 + other.width(), height, QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.black)
    painter = QPainter(whole)
    painter.drawImage(0, 0, one)
    painter.drawImage(width, 0, other)
    painter.drawImage(width + other.width(), 0, one)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(width + other.width(), 0, other)
    painter.end()
    whole.save(str(path))


def path_of(variant: str, scene: str) -> Path:
    """Return where a golden picture is kept."""
    return KEPT / f"{variant}-{scene}.png"


def _from_afar(picture: QImage) -> bytes:
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    plain.setDevicePixelRatio(1)
    small = plain.scaled(
        plain.width() // _STEP,
        plain.height() // _STEP,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return bytes(small.convertToFormat(QImage.Format.Format_RGB32).constBits())


def in_few_colours(picture: QImage) -> QImage:
    """Return a picture in its commonest colours, every other by the nearest of them."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    common = Counter(plain.constBits().cast("I")).most_common(_COLOURS)
    return plain.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _dots in common])


def main() -> int:
    """Take every golden picture anew."""
    dressed = {one.name: one for one in VARIANTS}
    with tempfile.TemporaryDirectory(prefix="golden-") as folder, pictures.studio(Path(folder)) as studio:
        for variant, scene in CORE:
            KEPT.mkdir(exist_ok=True)
            taken(studio, dressed[variant], scene).save(str(path_of(variant, scene)), quality=0)
            print(path_of(variant, scene).name, flush=True)
    return 0


if __name__ == "__main__":
    pictures.alone()
    sys.exit(main())
