"""``python -m tools.app_icons`` makes the program's icon for Windows (.ico) and macOS (.icns) from its drawing.

Both hold PNG pictures of every size a system asks for. The formats are a table of pictures each: that of Windows since
Vista, https://learn.microsoft.com/windows/win32/uxguide/vis-icons, and Apple's, of the kinds ``icp4`` to ``ic14``.
"""

from __future__ import annotations

import os
import struct
import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from crm_app import paths

_ICONS = paths.resources() / "icons"
_DRAWING = _ICONS / "outreach-crm.svg"
_OF_WINDOWS = (16, 20, 24, 32, 40, 48, 64, 256)
_OF_APPLE = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic08": 256, b"ic13": 256, b"ic09": 512,
    b"ic14": 512, b"ic10": 1024,
}  # fmt: skip
_MARGIN = 100 / 1024
"""Apple draws a program's icon with air around it."""


def picture(side: int, margin: float = 0.0) -> bytes:
    """Return the icon as a PNG of so many pixels; ``margin`` is the share that is left at each side."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    inset = side * margin
    QSvgRenderer(str(_DRAWING)).render(painter, QRectF(inset, inset, side - 2 * inset, side - 2 * inset))
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def for_windows() -> bytes:
    """Return the .ico: a head, an entry for each picture, the pictures."""
    pictures = [(side, picture(side)) for side in _OF_WINDOWS]
    at = 6 + 16 * len(pictures)
    entries = b""
    for side, content in pictures:
        entries += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(content), at)
        at += len(content)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(content for _side, content in pictures)


def for_apple() -> bytes:
    """Return the .icns: a head, and each picture behind its kind and length."""
    drawn = ((kind, picture(side, _MARGIN)) for kind, side in _OF_APPLE.items())
    body = b"".join(kind + struct.pack(">I", len(content) + 8) + content for kind, content in drawn)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main() -> int:
    """Write both beside the drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QGuiApplication(sys.argv[:1])
    (_ICONS / "outreach-crm.ico").write_bytes(for_windows())
    (_ICONS / "outreach-crm.icns").write_bytes(for_apple())
    return 0


if __name__ == "__main__":
    sys.exit(main())
