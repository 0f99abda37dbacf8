"""Pictures that were looked at and found good, and how another is compared with them.

``python -m tests.ui.golden`` takes them anew: look at what changed before it is kept. They are small: their commonest
128 colours stand for all. Two pictures are the same when they are so from a step back: both are made a quarter as wide
and as high, and no more than ``SHARE`` of what is left may differ by more than ``LEVELS`` of 256 in any colour. So
another version of Qt may set its dots a little otherwise, while a word, a line or a shade that changed is seen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tests.ui import pictures
from tests.ui.pictures import VARIANTS, Studio, Variant

KEPT = Path(__file__).with_name("golden")
EVERY = KEPT / "every"
"""Every place and dialog in the variant ``EVERY_IN``, seen from a step back in sixteen greys: a few KB each."""
EVERY_IN = "zh-light"
OF_THE_MOMENT = ("settings-book", "dialog-erase", "dialog-restore")
"""Scenes that tell in which folder the book lies and when its backups were made."""
FOOT = 39
"""The height of the line at the foot, in dots, where it is highest: it tells how long ago a backup was made."""
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


def without_foot(picture: QImage) -> QImage:
    """Return a picture without the line at the window's foot."""
    return picture.copy(0, 0, picture.width(), picture.height() - FOOT)


def from_afar_in_greys(picture: QImage) -> QImage:
    """Return what is kept of a scene that is none of the core."""
    whole = without_foot(picture)
    width, height = whole.width() // _STEP, whole.height() // _STEP
    plain = QImage(_from_afar(whole), width, height, width * 4, QImage.Format.Format_RGB32)
    greys = [QColor(17 * n, 17 * n, 17 * n).rgb() for n in range(16)]
    return plain.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(
        QImage.Format.Format_Indexed8, greys, Qt.ImageConversionFlag.ThresholdDither
    )


def differs_from_afar(kept: QImage, picture: QImage) -> float:
    """Return the share of a scene that differs from what is kept of it; 1 where their sizes do."""
    seen = from_afar_in_greys(picture)
    if kept.size() != seen.size():
        return 1.0
    one, other = (bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits()) for image in (kept, seen))
    return sum(abs(a - b) > LEVELS for a, b in zip(one[::4], other[::4], strict=True)) / (len(one) // 4)


def keep_every(folder: Path) -> None:
    """Keep the pictures of a folder as found good, and no others."""
    EVERY.mkdir(exist_ok=True)
    for old in EVERY.glob("*.png"):
        old.unlink()
    for path in folder.glob("*.png"):
        if path.stem not in OF_THE_MOMENT:
            from_afar_in_greys(QImage(str(path))).save(str(EVERY / path.name), quality=0)


def unlike_kept(folder: Path) -> list[str]:
    """Return the pictures of a folder that are not as they were found good, and those that are on one side alone."""
    drawn = {path.stem for path in folder.glob("*.png")} - set(OF_THE_MOMENT)
    kept = {path.stem for path in EVERY.glob("*.png")}
    off = [f"{name}: drawn or kept alone" for name in sorted(drawn ^ kept)]
    for name in sorted(drawn & kept):
        share = differs_from_afar(QImage(str(EVERY / f"{name}.png")), QImage(str(folder / f"{name}.png")))
        if share > SHARE:
            off.append(f"{folder / name}.png: {share:.1%} is not as it was found good")
    return off


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
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        # By a process of its own, as they are drawn to be compared: what was shown before leaves its traces.
        drawing = [sys.executable, "-m", "tests.ui.pictures", folder, "--variants", EVERY_IN]
        subprocess.run(drawing, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})
        keep_every(Path(folder) / EVERY_IN)
    return 0


if __name__ == "__main__":
    pictures.alone()
    sys.exit(main())
