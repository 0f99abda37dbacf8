"""Plain pixels from the reader child as a picture of Qt's; and what the clipboard holds as something to attach."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from crm_app import clock
from crm_app.i18n import _
from crm_app.services.attachments import Given, Picture

_LONGEST_TITLE = 24


def image_of(picture: Picture) -> QImage:
    """Return a picture of Qt's; its pixels are copied, so nothing of the answer must be kept."""
    kind = QImage.Format.Format_RGBA8888 if picture.clear else QImage.Format.Format_RGB888
    stride = picture.width * (4 if picture.clear else 3)
    return QImage(picture.pixels, picture.width, picture.height, stride, kind).copy()


def picture_in(data: QMimeData, title: str = "") -> Given | None:
    """Return the picture of the clipboard to be attached, called after the record and the moment; None without one.

    Spreadsheets copy a picture of their cells along: what bears a text is no picture.
    """
    if not data.hasImage() or data.text().strip():
        return None
    # The bytes as another program put them there: they are not decoded here.
    content = bytes(data.data("image/png").data()) if data.hasFormat("image/png") else _as_png(data)
    moment = f"{clock.local(clock.now_ms()):%Y-%m-%d %H.%M.%S}"
    words = _("{title} {moment}.png") if title else _("Picture {moment}.png")
    return Given(words.format(title=title[:_LONGEST_TITLE].strip(), moment=moment), content) if content else None


def _as_png(data: QMimeData) -> bytes:
    image = data.imageData()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if isinstance(image, QImage):
        image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
